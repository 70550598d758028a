package indicators

import (
	"context"

	"ronda/city/charter"
	"ronda/city/indicators/index"
	"ronda/city/roundtable"
)

// readProofs reads evidence where it may have changed under a signature. A figure
// below the threshold of its item shows nothing.
func (g *gathering) readProofs(ctx context.Context) error {
	return g.m.Roundtable.EachReopenedProof(ctx, func(p roundtable.Proof) error {
		if g.below(p) {
			return nil
		}
		if g.proofs[p.Initiative] == nil {
			g.proofs[p.Initiative] = map[stepItem][]index.Span{}
		}
		key := stepItem{p.Step, p.Item}
		g.proofs[p.Initiative][key] = append(g.proofs[p.Initiative][key], index.Span{From: p.At, To: p.Removed})
		return nil
	})
}

// below says whether an item needs a figure that this evidence does not give.
func (g *gathering) below(p roundtable.Proof) bool {
	ch := g.charters[g.of(p.Initiative).Rules]
	if ch == nil {
		return false
	}
	item, _, _ := ch.Flow.Item(p.Item)
	return item.Threshold != nil && (p.Kind != string(charter.EvidenceFigure) || p.Figure < int64(item.Threshold.Min))
}

// readSignatures turns signatures into what stood signed, and those of the step of
// specialists into confirmations.
func (g *gathering) readSignatures(ctx context.Context) error {
	return g.m.Roundtable.EachSignature(ctx, func(s roundtable.PublicSignature) error {
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
		i.Signed = append(i.Signed, g.signed(s, step)...)
		return nil
	})
}

// signed is what a signature stood over. Whoever was asked to be present was: no
// such step is signed without.
func (g *gathering) signed(s roundtable.PublicSignature, step charter.Step) []index.Signed {
	rules := index.Step{Code: step.Code}
	span := index.Span{From: s.At, To: s.Reopened}
	shown := map[string][]index.Span{}
	given, changed := g.proofs[s.Initiative]
	for _, item := range step.Items.All() {
		rules.Items = append(rules.Items, item.Code)
		shown[item.Code] = given[stepItem{step.Code, item.Code}]
		if len(item.Evidence) == 1 && item.Evidence[0] == charter.EvidencePresence {
			shown[item.Code] = []index.Span{span}
		}
	}
	if !changed {
		return []index.Signed{{Step: rules.Code, Items: rules.Items, Span: span}}
	}
	return index.Cover(rules, span, shown)
}

func (g *gathering) readSteps(ctx context.Context) error {
	return g.m.Roundtable.EachStep(ctx, func(s roundtable.PublicStep) error {
		if s.State == roundtable.Signed {
			i := g.of(s.Initiative)
			i.Times = append(i.Times, index.StepTime{Step: s.Code, Signed: s.SignedAt, Spent: s.Spent})
		}
		return nil
	})
}
