package charter

import "ronda/city/charter/internal/strict"

func (p *parser) frame(o *strict.Object) {
	p.c.Frame = Frame{
		Axes: each(o, "axes", func(o *strict.Object) Axis {
			return Axis{Entry: p.entry(o, "axis"), Color: o.Int("color", 1, 12)}
		}),
		Goals:    each(o, "goals", func(o *strict.Object) Goal { return Goal{p.entry(o, "goal")} }),
		Purposes: each(o, "purposes", func(o *strict.Object) Purpose { return Purpose{p.entry(o, "purpose")} }),
		Pillars:  each(o, "pillars", func(o *strict.Object) Pillar { return Pillar{p.entry(o, "pillar")} }),
		Groups:   each(o, "groups", func(o *strict.Object) Group { return Group{p.entry(o, "group")} }),
		Barriers: each(o, "barriers", func(o *strict.Object) BarrierKind { return BarrierKind{p.entry(o, "barrier")} }),
		Types:    each(o, "types", func(o *strict.Object) InitiativeType { return InitiativeType{p.entry(o, "type")} }),
	}
}
