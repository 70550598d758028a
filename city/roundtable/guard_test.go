package roundtable

import (
	"context"
	"errors"
	"testing"

	"ronda/city/charter"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// TestAGuardKeepsAStepFromBeingSigned: every guard is asked after the roundtable's
// own check; who signs reads what all of them lack, and what a guard wrote stands or
// falls with the signature.
func TestAGuardKeepsAStepFromBeingSigned(t *testing.T) {
	run(t, func(t *testing.T, r *room) {
		number := r.filed()
		asked, lacking := 0, true
		guard := func(item string) Guard {
			return func(ctx context.Context, i Initiative, step charter.Step) error {
				asked++
				if i.Number != number || step.Code != "efectividad" {
					t.Errorf("asked of %s, %s", i.Number, step.Code)
				}
				if _, err := r.db.Exec(ctx, `INSERT INTO roundtable_draft (person, form, data, at) VALUES ($1, $2, '{}', 0)`, item, item); err != nil {
					return err
				}
				var c fault.Check
				c.Require(!lacking, "item-"+item, "fault.required")
				return c.Err()
			}
		}
		r.GuardSignature(guard("presupuesto"))
		r.GuardSignature(guard("cronograma"))
		if err := r.SignStep(r.as(planning), number, "efectividad", ""); !fault.Is(err, fault.Invalid) || asked != 0 {
			t.Errorf("without evidence: %v, guards asked %d times", err, asked)
		}
		r.prove(number, "efectividad")
		var f *fault.Error
		if err := r.SignStep(r.as(planning), number, "efectividad", ""); !errors.As(err, &f) || len(f.Fields) != 2 || f.Fields[0].Name != "item-presupuesto" || f.Fields[1].Name != "item-cronograma" {
			t.Errorf("what is lacking: %v", err)
		}
		written := func() int {
			n, err := db.One[int](r.as(), r.db, `SELECT count(*) FROM roundtable_draft`)
			r.must(err)
			return n
		}
		if written() != 0 {
			t.Error("what a guard wrote stands without the signature")
		}
		lacking = false
		r.must(r.SignStep(r.as(planning), number, "efectividad", ""))
		if written() != 2 {
			t.Error("what a guard wrote is gone")
		}
		r.GuardSignature(func(context.Context, Initiative, charter.Step) error { return errors.New("the disk is full") })
		r.must(r.ReopenStep(r.as(planning), number, "efectividad", "Hay que mirarlo otra vez."))
		if err := r.SignStep(r.as(planning), number, "efectividad", ""); err == nil || fault.Is(err, fault.Invalid) {
			t.Errorf("a guard that fails: %v", err)
		}
	})
}
