package indicators

import (
	"context"

	"ronda/city/charter"
	"ronda/city/indicators/index"
	"ronda/city/roundtable"
)

// readProofs reads evidence where it may have changed under a signature.
func (g *gathering) readProofs(ctx context.Context) error {
	return g.m.Roundtable.EachReopenedProof(ctx, func(p roundtable.Proof) error {
		if g.proofs[p.Initiative] == nil {
			g.proofs[p.Initiative] = map[stepItem][]roundtable.Proof{}
		}
		key := stepItem{p.Step, p.Item}
		g.proofs[p.Initiative][key] = append(g.proofs[p.Initiative][key], p)
		return nil
	})
}

// shown is when an item was shown by its evidence, which is in the order in which
// it was given. Of an item with a threshold the latest figure that stands counts.
func shown(item charter.Item, given []roundtable.Proof) []index.Span {
	var out []index.Span
	for n, p := range given {
		span := index.Span{From: p.At, To: p.Removed}
		switch {
		case item.Threshold == nil:
			out = append(out, span)
		case p.Kind == string(charter.EvidenceFigure) && p.Figure >= int64(item.Threshold.Min):
			out = append(out, outlasting(span, given[n+1:])...)
		}
	}
	return out
}

// outlasting is what is left of a span while no later figure stood.
func outlasting(span index.Span, later []roundtable.Proof) []index.Span {
	for n, p := range later {
		if p.Kind != string(charter.EvidenceFigure) || !span.At(p.At) {
			continue
		}
		out := outlasting(index.Span{From: span.From, To: p.At}, later[n+1:])
		if !p.Removed.IsZero() && span.At(p.Removed) {
			out = append(out, outlasting(index.Span{From: p.Removed, To: span.To}, later[n+1:])...)
		}
		return out
	}
	return []index.Span{span}
}

// readSignatures turns signatures into what stood signed, and those of the step of
// specialists into confirmations.
func (g *gathering) readSignatures(ctx context.Context) error {
	return g.m.Roundtable.EachSigning(ctx, func(s roundtable.Signing) error {
		i := g.of(s.Initiative)
		ch := g.charters[i.Rules]
		if ch == nil {
			return nil
		}
		step, ok := ch.Flow.Steps.Get(s.Step)
		if !ok {
			return nil
		}
		if step.Attendance != "" {
			i.Acts = append(i.Acts, index.Act{Ministry: g.ministryOf(i, s.Body), Kind: index.Confirmation, At: s.At})
		}
		i.Signed = append(i.Signed, g.signed(s, i.Rules, step)...)
		return nil
	})
}

// signed is what a signature stood over. Whoever was asked to be present was: no
// such step is signed without.
func (g *gathering) signed(s roundtable.Signing, rules string, step charter.Step) []index.Signed {
	span := index.Span{From: s.At, To: s.Reopened}
	items := g.itemsOf(rules, step)
	given, changed := g.proofs[s.Initiative]
	if !changed {
		return []index.Signed{{Step: step.Code, Items: items, Span: span}}
	}
	stood := map[string][]index.Span{}
	for _, item := range step.Items.All() {
		stood[item.Code] = shown(item, given[stepItem{step.Code, item.Code}])
		if len(item.Evidence) == 1 && item.Evidence[0] == charter.EvidencePresence {
			stood[item.Code] = []index.Span{span}
		}
	}
	return index.Cover(index.Step{Code: step.Code, Items: items}, span, stood)
}

// itemsOf are the items of a step under a version of the rules, one list for all
// signatures over them.
func (g *gathering) itemsOf(rules string, step charter.Step) []string {
	if list, ok := g.items[rules][step.Code]; ok {
		return list
	}
	if g.items[rules] == nil {
		g.items[rules] = map[string][]string{}
	}
	var list []string
	for _, item := range step.Items.All() {
		list = append(list, item.Code)
	}
	g.items[rules][step.Code] = list
	return list
}

func (g *gathering) readSteps(ctx context.Context) error {
	return g.m.Roundtable.EachStepTime(ctx, func(s roundtable.StepTime) error {
		i := g.of(s.Initiative)
		i.Times = append(i.Times, index.StepTime{Step: g.same(s.Step), Signed: s.Signed, Spent: s.Spent})
		return nil
	})
}
