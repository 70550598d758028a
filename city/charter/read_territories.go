package charter

import (
	"slices"

	"ronda/city/charter/internal/strict"
)

func (p *parser) territories(o *strict.Object) {
	p.c.levelNames = names(o, "levels", Levels)
	p.c.Territories = each(o, "territories", p.territory)
	p.Later(func() { p.checkWhole(o) })
	p.Later(p.checkTiles)
}

func (p *parser) territory(o *strict.Object) Territory {
	t := Territory{
		Entry: p.entry(o, "territory"), Level: Level(o.Choice("level", as[string](Levels)...)),
		Parent: o.OptRef("parent", "territory"), Short: o.OptText("short"),
	}
	o.OptTexts("also", func(s string, _ strict.At) { t.Also = append(t.Also, s) })
	o.OptObject("tile", func(o *strict.Object) { t.Tile = &Tile{Col: o.Int("col", 0, 99), Row: o.Int("row", 0, 99)} })
	o.OptObject("population", func(o *strict.Object) {
		t.Population = &Population{Count: o.Int("count", 0, 100_000_000), Year: o.Int("year", 1500, 2200), Source: o.Text("source")}
	})
	if t.Level != "" && p.c.levelNames[t.Level] == nil {
		o.Fail("level", "charter.problem.unnamed", "value", t.Level, "name", "levels")
	}
	p.Later(func() { p.checkLevel(o, t) })
	return t
}

// checkLevel wants every part to lie in one of the level right above.
func (p *parser) checkLevel(o *strict.Object, t Territory) {
	depth := slices.Index(Levels, t.Level)
	parent, ok := p.c.Territories.Get(t.Parent)
	switch {
	case depth < 0:
	case depth == 0 && t.Parent != "":
		o.Fail("parent", "charter.problem.city_parent")
	case depth > 0 && t.Parent == "":
		o.Fail("parent", "charter.problem.missing", "name", "parent")
	case depth > 0 && ok && parent.Level != "" && parent.Level != Levels[depth-1]:
		o.Fail("parent", "charter.problem.level", "value", t.Level, "want", Levels[depth-1], "code", parent.Code, "got", parent.Level)
	}
}

func (p *parser) checkWhole(o *strict.Object) {
	if n := len(p.c.AtLevel(LevelCity)); n != 1 {
		o.Fail("territories", "charter.problem.one_city", "count", n)
	}
}

// checkTiles refuses two tiles of one level at one place.
func (p *parser) checkTiles() {
	type place struct {
		level Level
		tile  Tile
	}
	taken := map[place]string{}
	for _, t := range p.c.Territories.all {
		if t.Tile == nil {
			continue
		}
		at := place{t.Level, *t.Tile}
		if other, ok := taken[at]; ok {
			p.Fail(p.Where("territory", t.Code), "charter.problem.tile", "code", t.Code, "other", other, "col", t.Tile.Col, "row", t.Tile.Row)
			continue
		}
		taken[at] = t.Code
	}
}
