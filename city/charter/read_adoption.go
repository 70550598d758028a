package charter

import (
	"slices"

	"ronda/city/charter/internal/strict"
)

func (p *parser) adoption(o *strict.Object) {
	a := Adoption{
		Proposers: as[Kind](o.Choices("proposers", as[string](Kinds)...)),
		Decide:    o.Refs("decide", "post"), Override: o.OptRefs("override", "post"),
		AnswerDays: o.Int("answer_days", 1, 365), OpinionDays: o.Int("opinion_days", 1, 365),
		DueSoonDays: o.Int("due_soon_days", 0, 365),
	}
	o.Object("similarity", func(o *strict.Object) {
		a.SimilarShow, a.SimilarExplain = o.Share("show"), o.Share("explain")
		if a.SimilarExplain < a.SimilarShow {
			o.Fail("explain", "charter.problem.similarity")
		}
	})
	p.c.Adoption = a
	p.Later(func() { p.checkAdoption(o, a) })
}

func (p *parser) checkAdoption(o *strict.Object, a Adoption) {
	for _, key := range []string{"decide", "override"} {
		for _, code := range map[string][]string{"decide": a.Decide, "override": a.Override}[key] {
			if post, ok := p.c.Posts.Get(code); ok && !post.Signs {
				o.Fail(key, "charter.problem.decides_unsigned", "code", code)
			}
		}
	}
	for _, kind := range a.Proposers {
		if !slices.ContainsFunc(p.c.Bodies.all, func(b Body) bool { return b.Kind == kind }) {
			o.Fail("proposers", "charter.problem.no_proposer", "value", kind)
		}
	}
}
