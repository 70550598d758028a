package town

import (
	"context"
	"math/rand/v2"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
)

// evidence gives every item of a step what it asks for.
func (t *Town) evidence(r *rand.Rand, sponsor, head people.Standing, step charter.Step) []act {
	var out []act
	for _, item := range step.Items.All() {
		kind, ok := KindFor(item)
		if !ok {
			continue
		}
		e := roundtable.Evidence{Step: step.Code, Item: item.Code, Kind: kind, Text: pick(r, middles)}
		switch kind {
		case charter.EvidenceLink:
			e.URL = "https://example.org/" + item.Code
		case charter.EvidenceFigure:
			e.Text, e.Figure = "", 75
			if item.Threshold != nil {
				e.Figure = int64(item.Threshold.Min) + 3
			}
		}
		out = append(out, act{sponsor, func(ctx context.Context, m *roundtable.Module, number string) error {
			return m.AddEvidence(ctx, number, e)
		}})
	}
	return append(out, t.attendance(head, step)...)
}

// KindFor is a kind of evidence that a sponsor gives for the item without a
// file; false when presence alone counts.
func KindFor(item charter.Item) (charter.Evidence, bool) {
	if item.Threshold != nil {
		return charter.EvidenceFigure, true
	}
	for _, k := range item.Evidence {
		if k != charter.EvidencePresence && k != charter.EvidenceDocument {
			return k, true
		}
	}
	return "", false
}

// attendance records the presence that a step asks for.
func (t *Town) attendance(head people.Standing, step charter.Step) []act {
	if step.Attendance == "" {
		return nil
	}
	return []act{{head, func(ctx context.Context, m *roundtable.Module, number string) error {
		return m.RecordAttendance(ctx, number, step.Code, "En la sede, a las diez.")
	}}}
}
