package roundtable

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"ronda/city/charter"
	"ronda/platform/fault"
)

func TestFromAThoughtToAdoption(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		i, err := r.Propose(r.as("director-espacios-verdes"), Thought{Title: "  Aprendizajes   significativos ", Line: "Cada escuela arma un proyecto."})
		r.must(err)
		if i.State != Idea || i.Number != "INI-2026-0001" || i.Title != "Aprendizajes significativos" {
			t.Errorf("a thought is %+v", i)
		}
		r.must(r.TakeUp(r.as(proposer), i.Number, proposerOf))
		r.must(r.Edit(r.as(proposer), i.Number, r.filled(1)))
		r.must(r.File(r.as(proposer), i.Number))
		for _, s := range r.ch.Flow.Steps.All() {
			r.now = r.now.Add(24 * time.Hour)
			r.sign(i.Number, s.Code)
		}
		r.must(r.Adopt(r.as(mayor), i.Number, "Todos los pasos están firmados."))
		got := r.get(i.Number)
		if got.State != Adopted || got.Ring != "ssssss" || got.Override || got.Ministry != "min-educacion" {
			t.Errorf("at the end %+v", got)
		}
		public, err := r.PublicHistory(r.as(), got, "", 100)
		r.must(err)
		if len(public) == 0 || public[0].Kind != EventAdopted || public[len(public)-1].Kind != EventFiled {
			t.Errorf("the public history has %d acts and does not go from filing to adoption", len(public))
		}
		for _, e := range public {
			if e.Actor.Person == "" || e.Actor.Post == "" || e.Actor.Body == "" {
				t.Errorf("%s has no actor: %+v", e.Kind, e.Actor)
			}
		}
	})
}

// Nobody but the one office signs each step: every other post of the city, and
// whoever holds the right post but stands on the proposer's side, is refused,
// and nothing changes.
func TestNobodyElseSigns(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		posts := []string{"", "citizen", proposer, planning, coordinator, speaker, mayor, chief, "ministro-educacion", "coordinador-laboratorio",
			"analista-planificacion", "equipo-mesa", "presidente-comuna-8", "director-informacion"}
		for _, step := range r.ch.Flow.Steps.All() {
			r.prove(number, step.Code)
			if step.Attendance != "" {
				r.must(r.RecordAttendance(r.as(coordinator), number, step.Code, "En la sede, a las diez"))
			}
			right := signer(step)
			for _, post := range posts {
				if post == right {
					continue
				}
				for name, act := range map[string]func(ctx context.Context) error{
					"sign":   func(ctx context.Context) error { return r.SignStep(ctx, number, step.Code, "") },
					"return": func(ctx context.Context) error { return r.ReturnStep(ctx, number, step.Code, "Falta el presupuesto.") },
				} {
					if err := act(r.as(post)); !fault.Is(err, fault.Forbidden) {
						t.Errorf("%s: %q may %s: %v", step.Code, post, name, err)
					}
				}
			}
			if err := r.SignStep(r.as(right, proposer), number, step.Code, ""); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: signed by somebody of the proposer's general direction: %v", step.Code, err)
			}
			r.must(r.SignStep(r.as(right), number, step.Code, ""))
		}
	})
}

func TestAStepIsNotSignedWithoutItsItems(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		first := r.ch.Flow.Steps.All()[0]
		err := r.SignStep(r.as(planning), number, first.Code, "")
		if !fault.Is(err, fault.Invalid) {
			t.Fatalf("signed without evidence: %v", err)
		}
		r.sign(number, first.Code)
		item := first.Items.All()[0].Code
		if err := r.AddEvidence(r.as(proposer), number, Evidence{Step: first.Code, Item: item, Kind: charter.EvidenceList, Text: "otra"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("a signed item was edited: %v", err)
		}
	})
}

func TestAThresholdHolds(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		for _, s := range r.ch.Flow.Steps.All()[:4] {
			r.sign(number, s.Code)
		}
		fifth := r.ch.Flow.Steps.All()[4]
		r.prove(number, fifth.Code)
		r.must(r.AddEvidence(r.as(proposer), number, Evidence{Step: fifth.Code, Item: "umbral-de-alcance", Kind: charter.EvidenceFigure, Figure: 59}))
		if err := r.SignStep(r.as(planning), number, fifth.Code, ""); !fault.Is(err, fault.Invalid) {
			t.Errorf("signed below the threshold: %v", err)
		}
		r.must(r.AddEvidence(r.as(proposer), number, Evidence{Step: fifth.Code, Item: "umbral-de-alcance", Kind: charter.EvidenceFigure, Figure: 60}))
		r.must(r.SignStep(r.as(planning), number, fifth.Code, ""))
	})
}

func TestReturnReopenAndTheOldSignature(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number, steps := r.filed(), r.ch.Flow.Steps.All()
		if err := r.ReturnStep(r.as(planning), number, steps[0].Code, "no"); !fault.Is(err, fault.Invalid) {
			t.Errorf("returned with a remark that helps nobody: %v", err)
		}
		r.must(r.ReturnStep(r.as(planning), number, steps[0].Code, "Falta la partida del presupuesto."))
		if err := r.Resubmit(r.as(planning), number, steps[0].Code, "Ya está todo cargado."); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the office resubmitted for the sponsor: %v", err)
		}
		r.must(r.Resubmit(r.as(proposer), number, steps[0].Code, "Ya está la partida cargada."))
		r.sign(number, steps[0].Code)
		r.sign(number, steps[1].Code)
		r.must(r.ReopenStep(r.as(planning), number, steps[0].Code, "Cambió la ley de presupuesto."))
		got := r.get(number)
		if got.Ring != "cfoooo" || got.Returns != 1 {
			t.Errorf("after re-opening %s, %d returns", got.Ring, got.Returns)
		}
		all, err := r.Signatures(t.Context(), got.ID)
		r.must(err)
		if len(all) != 2 || all[0].Reopened.IsZero() || !all[1].Reopened.IsZero() {
			t.Errorf("signatures %+v", all)
		}
		if err := r.Adopt(r.as(mayor), number, "Así como está se adopta."); !fault.Is(err, fault.Conflict) {
			t.Errorf("adopted with open steps: %v", err)
		}
	})
}

func TestOnlyTheChiefOverrides(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		for _, post := range []string{"", "citizen", proposer, planning, coordinator, mayor, "ministro-educacion"} {
			if err := r.Overrule(r.as(post), number, "Es urgente para la ciudad."); !fault.Is(err, fault.Forbidden) {
				t.Errorf("%q overrides: %v", post, err)
			}
		}
		if err := r.Overrule(r.as(chief), number, " "); !fault.Is(err, fault.Invalid) {
			t.Errorf("overridden without a reason: %v", err)
		}
		r.must(r.Overrule(r.as(chief), number, "Es urgente para la ciudad."))
		e := r.events(number)[0]
		if e.Kind != EventOverridden || !e.Public || e.Text["reason"] == "" || e.Data["open"] == "" || !r.get(number).Override {
			t.Errorf("the override is not on public record: %+v", e)
		}
	})
}

// Evidence of a day that no official has seen is a slip: the year is asked again.
func TestEvidenceIsOfOurTime(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		first := r.ch.Flow.Steps.All()[0]
		e := Evidence{Step: first.Code, Item: first.Items.All()[0].Code, Kind: charter.EvidenceList, Text: "Quiénes van.", Day: "1800-01-01"}
		var f *fault.Error
		err := r.AddEvidence(r.as(proposer), number, e)
		if !errors.As(err, &f) || !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Name == "day" && x.Key == "roundtable.fault.long_ago" }) {
			t.Errorf("evidence of 1800: %v", err)
		}
	})
}
