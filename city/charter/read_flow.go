package charter

import (
	"slices"

	"ronda/city/charter/internal/strict"
)

func (p *parser) steps(o *strict.Object) {
	p.c.Flow.Order = Order(o.Choice("order", string(Sequential), string(Parallel)))
	number := 0
	p.c.Flow.Steps = each(o, "steps", func(o *strict.Object) Step {
		number++
		return p.step(o, number)
	})
}

func (p *parser) step(o *strict.Object, number int) Step {
	s := Step{
		Entry: p.entry(o, "step"), Number: o.Int("number", 1, 99), Question: o.Words("question"),
		Office: o.Ref("office", "office"), DueDays: o.Int("due_days", 1, 365), Never: o.OptRefs("never", "office"),
		Attendance: o.OptRef("attendance", "office"), Parallel: o.OptRefs("parallel_with", "step"),
	}
	s.Items = each(o, "items", func(o *strict.Object) Item { return p.item(o, s) })
	if s.Number != 0 && s.Number != number {
		o.Fail("number", "charter.problem.step_number", "value", s.Number, "want", number)
	}
	p.Later(func() { p.checkSigner(o, s) })
	p.Later(func() { p.checkParallel(o, s) })
	return s
}

func (p *parser) item(o *strict.Object, s Step) Item {
	it := Item{
		Entry: p.entry(o, "item"), Hint: o.Words("hint"),
		Evidence: as[Evidence](o.Choices("evidence", as[string](EvidenceKinds)...)),
	}
	if o.Has("proof") {
		it.Proof = Proof(o.Choice("proof", as[string](Proofs)...))
		p.Declare("proof", string(it.Proof), o.AtKey("proof")) // of one item alone
	}
	o.OptObject("threshold", func(o *strict.Object) {
		it.Threshold = &Threshold{
			Min: o.Int("min", 0, 1_000_000_000), Of: o.OptInt("of", 1, 1_000_000_000, 0),
			Unit: o.Words("unit"), Ours: o.OptBool("ours"),
		}
		if it.Threshold.Of != 0 && it.Threshold.Min > it.Threshold.Of {
			o.Fail("min", "charter.problem.threshold", "min", it.Threshold.Min, "of", it.Threshold.Of)
		}
	})
	if it.Threshold != nil && !slices.Contains(it.Evidence, EvidenceFigure) {
		o.Fail("threshold", "charter.problem.no_figure")
	}
	if slices.Contains(it.Evidence, EvidencePresence) && s.Attendance == "" {
		o.Fail("evidence", "charter.problem.no_attendance")
	}
	return it
}

// checkSigner refuses a step that its own office may never sign, and one whose
// office has nobody to sign.
func (p *parser) checkSigner(o *strict.Object, s Step) {
	body := p.c.offices[s.Office]
	for _, barred := range s.Never {
		if barred == s.Office || body != "" && p.c.offices[barred] == body {
			o.Fail("never", "charter.problem.own_never", "office", s.Office, "other", barred)
		}
	}
	if !p.c.Bodies.Has(body) {
		return
	}
	if !slices.ContainsFunc(p.c.PostsOf(body), func(post Post) bool { return post.Signs }) {
		o.Fail("office", "charter.problem.no_signer", "office", s.Office, "code", body)
	}
}

func (p *parser) checkParallel(o *strict.Object, s Step) {
	for _, code := range s.Parallel {
		if other, ok := p.c.Flow.Steps.Get(code); ok && other.Number >= s.Number {
			o.Fail("parallel_with", "charter.problem.parallel_later", "code", code)
		}
	}
}
