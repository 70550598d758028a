package pages

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// landscape shows all ideas on the map of the city.
func (p *Pages) landscape(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	counts, err := p.ideas.Counts(ctx)
	if err != nil {
		return err
	}
	level := charter.LevelNeighbourhood
	if r.URL.Query().Get("nivel") == "comunas" || len(say.ch.AtLevel(level)) == 0 {
		level = charter.LevelDistrict
	}
	view, err := p.mapOf(ctx, say, level, counts.Kind(ideas.FilterPlace), "")
	if err != nil {
		return err
	}
	heading := ui.Heading{Title: t(ctx, "map.title"), Lead: t(ctx, "map.lead")}
	levels := ui.Filters{Groups: []ui.FilterGroup{{Name: t(ctx, "map.level"), Choices: []ui.Choice{
		{Text: say.ch.LevelName(charter.LevelNeighbourhood).In(say.lang), Href: "/ideas/mapa", On: level == charter.LevelNeighbourhood, Count: -1},
		{Text: say.ch.LevelName(charter.LevelDistrict).In(say.lang), Href: "/ideas/mapa?nivel=comunas", On: level == charter.LevelDistrict, Count: -1},
	}}}}
	whole := say.ch.Whole().Code
	return web.Render(w, r, pageOf(heading.Title, heading.Lead, mapBody(heading, tabs(ctx, "/ideas/mapa"), levels, view,
		ui.Link{Href: Href(ideas.FilterPlace, whole), Text: t(ctx, "map.whole", "count", counts.Of(ideas.FilterPlace, whole))})))
}

// mapOf draws how many ideas are from each part of the city: on real boundaries
// when they were imported, on tiles otherwise. Each part leads to its ideas, of
// one challenge when its number is given.
func (p *Pages) mapOf(ctx context.Context, say words, level charter.Level, counts map[string]int, challenge string) (templ.Component, error) {
	if p.slots.Land != nil {
		land, err := p.slots.Land(ctx, level)
		if err != nil || land != nil {
			return say.geoMap(ctx, level, land, counts, challenge), err
		}
	}
	return say.tileMap(ctx, level, counts, challenge), nil
}

func placeHref(place, challenge string) string {
	q := url.Values{params[ideas.FilterPlace]: {place}}
	if challenge != "" {
		q.Set(params[ideas.FilterChallenge], challenge)
	}
	return "/ideas?" + q.Encode()
}

func (w words) tileMap(ctx context.Context, level charter.Level, counts map[string]int, challenge string) ui.TileMap {
	m := ui.TileMap{Label: t(ctx, "map.label"), Unit: t(ctx, "map.unit"), Column: w.ch.LevelName(level).In(w.lang)}
	for _, x := range w.ch.AtLevel(level) {
		if x.Tile == nil {
			continue
		}
		tile := ui.Tile{Col: x.Tile.Col, Row: x.Tile.Row, Label: short(x, w.lang), Name: x.Name.In(w.lang), Value: float64(counts[x.Code])}
		if counts[x.Code] > 0 {
			tile.Href = placeHref(x.Code, challenge)
		}
		m.Tiles = append(m.Tiles, tile)
	}
	return m
}

func (w words) geoMap(ctx context.Context, level charter.Level, land *ui.Land, counts map[string]int, challenge string) ui.GeoMap {
	m := ui.GeoMap{Label: t(ctx, "map.label"), Unit: t(ctx, "map.unit"), Column: w.ch.LevelName(level).In(w.lang), Land: land}
	for _, x := range w.ch.AtLevel(level) {
		place := ui.Place{Code: x.Code, Name: x.Name.In(w.lang), Value: float64(counts[x.Code]), Href: placeHref(x.Code, challenge)}
		if level == charter.LevelDistrict {
			place.Label = x.Short
		}
		m.Places = append(m.Places, place)
	}
	return m
}

// short is what fits on a tile: a code for a district, "VLu" for Villa Lugano.
func short(x charter.Territory, lang i18n.Lang) string {
	if x.Level != charter.LevelNeighbourhood {
		return x.Short
	}
	parts := strings.Fields(x.Name.In(lang))
	if len(parts) == 1 {
		return cut(parts[0], 3)
	}
	return cut(parts[0], 1) + cut(parts[len(parts)-1], 2)
}

func cut(s string, n int) string {
	r := []rune(s)
	return string(r[:min(n, len(r))])
}
