package charter

import (
	"ronda/city/charter/internal/strict"
	"ronda/platform/clock"
)

func (p *parser) bodies(o *strict.Object) {
	p.c.kindNames = names(o, "kinds", Kinds)
	p.c.offices = map[string]string{}
	o.Object("offices", p.officesOf)
	p.c.Bodies = each(o, "bodies", p.body)
	p.Later(p.checkParents)
}

// officesOf reads which body holds which office. The names are free, because
// the steps of a city may need offices that no other city has.
func (p *parser) officesOf(o *strict.Object) {
	for _, office := range o.Keys() {
		p.c.offices[office] = o.Ref(office, "body")
		p.Declare("office", office, o.AtKey(office))
	}
	if _, ok := p.c.offices[OfficeCoordination]; !ok {
		o.Fail(OfficeCoordination, "charter.problem.no_coordination")
	}
}

func (p *parser) body(o *strict.Object) Body {
	b := Body{
		Entry: p.entry(o, "body"), Kind: Kind(o.Choice("kind", as[string](Kinds)...)), Short: o.OptText("short"),
		Parent: o.OptRef("parent", "body"), SuccessorOf: o.OptRefs("successor_of", "body"),
		Territory: o.OptRef("territory", "territory"),
	}
	if b.Kind != "" && p.c.kindNames[b.Kind] == nil {
		o.Fail("kind", "charter.problem.unnamed", "value", b.Kind, "name", "kinds")
	}
	p.Later(func() { p.checkBody(o, b) })
	return b
}

func (p *parser) checkBody(o *strict.Object, b Body) {
	if parent, ok := p.c.Bodies.Get(b.Parent); ok && !overlap(b.Entry, parent.Entry) {
		o.Fail("parent", "charter.problem.apart", "code", b.Code, "other", parent.Code)
	}
	for _, code := range b.SuccessorOf {
		old, ok := p.c.Bodies.Get(code)
		switch {
		case !ok:
		case old.To == "" || b.From == "":
			o.Fail("successor_of", "charter.problem.succession_open", "code", b.Code, "other", code)
		case b.From < old.To:
			o.Fail("successor_of", "charter.problem.succession_early", "code", b.Code, "other", code, "day", old.To)
		}
	}
}

// overlap says whether there is a day on which both are valid.
func overlap(a, b Entry) bool { return before(a.From, b.To) && before(b.From, a.To) }

// before says whether a term that begins on from begins before one ends on to.
func before(from, to clock.Day) bool { return from == "" || to == "" || from < to }

// checkParents finds bodies that stand above themselves and reports each circle
// once, at its first body in the file.
func (p *parser) checkParents() {
	done := map[string]bool{}
	for _, start := range p.c.Bodies.all {
		onPath := map[string]bool{}
		b, ok := start, true
		for ok && !done[b.Code] && !onPath[b.Code] {
			onPath[b.Code] = true
			b, ok = p.c.Bodies.Get(b.Parent)
		}
		if ok && onPath[b.Code] {
			p.Fail(p.Where("body", b.Code), "charter.problem.circle", "code", b.Code)
		}
		for code := range onPath {
			done[code] = true
		}
	}
}
