package roundtable

import (
	"testing"

	"ronda/city/charter"
	"ronda/platform/event"
)

// TestWhatIsToldIsTakenOnce: evidence that another module gives stands once for
// each source, follows it, and never touches what is signed.
func TestWhatIsToldIsTakenOnce(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		i, err := r.byNumber(r.as(), number)
		r.must(err)
		source := event.Subject{Kind: "meeting", ID: "m1"}
		tell := func(x Told) {
			t.Helper()
			x.Source, x.Item, x.Day = source, "discutida", "2026-03-01"
			r.must(r.Tell(r.as(), i.ID, x))
		}
		stands := func(want ...string) {
			t.Helper()
			list, err := r.evidence(r.as(), i.ID, "discusion-interna")
			r.must(err)
			var got []string
			for _, e := range list {
				got = append(got, e.Text)
			}
			if len(got) != len(want) || len(want) > 0 && got[0] != want[0] {
				t.Errorf("evidence %v, want %v", got, want)
			}
		}
		note := Told{Kind: charter.EvidenceNote, Text: "REU-1"}
		for range 3 {
			tell(note)
		}
		stands("REU-1")
		tell(Told{Kind: charter.EvidenceNote, Text: "REU-1, corregida"})
		stands("REU-1, corregida")
		tell(Told{Withdrawn: true})
		stands()
		tell(note)
		stands("REU-1")
		tell(Told{Kind: charter.EvidenceFigure, Figure: 3})
		stands("REU-1")
		r.must(r.Tell(r.as(), i.ID, Told{Source: source, Item: "no-such-item", Kind: charter.EvidenceNote, Text: "x"}))
		r.must(r.Tell(r.as(), "no-such-initiative", note))
		list, err := r.evidence(r.as(), i.ID, "discusion-interna")
		r.must(err)
		r.must(r.RemoveEvidence(r.as(proposer), number, "discusion-interna", list[0].ID, "No corresponde a esta"))
		tell(note)
		stands()
	})
}

// TestWhatSpecialistsSaidIsTold once, with the presence that the step asks for.
func TestWhatSpecialistsSaidIsTold(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		i, err := r.byNumber(r.as(), r.filed())
		r.must(err)
		for range 2 {
			r.must(r.Tell(r.as(), i.ID, Told{Source: event.Subject{Kind: "specialist", ID: "s1"}, Item: "especialista",
				Specialist: &Specialist{Name: "Ana", Organisation: "Universidad", Area: "educación", Stance: StanceConfirms, Day: "2026-03-01"}}))
		}
		list, err := r.specialists(r.as(), i.ID)
		r.must(err)
		if len(list) != 1 || list[0].Organisation != "Universidad" {
			t.Errorf("specialists: %+v", list)
		}
		presence := Told{Source: event.Subject{Kind: "meeting", ID: "m1"}, Item: "coordinacion-presente", Kind: charter.EvidencePresence, Text: "REU-1"}
		r.must(r.Tell(r.as(), i.ID, presence)) // its step is not in course yet
		round, err := r.round(r.as(), r.ch, i.ID)
		r.must(err)
		if s := round.Step("especialistas"); !s.PresentAt.IsZero() {
			t.Errorf("present at a step that was not reached: %+v", s)
		}
	})
}
