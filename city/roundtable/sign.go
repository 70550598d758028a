package roundtable

import (
	"context"
	"time"

	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Signature is one that was given; Reopened is when it was taken back, zero while
// it stands.
type Signature struct {
	ID         string    `db:"id"`
	Initiative string    `db:"initiative"`
	Step       string    `db:"step"`
	Person     string    `db:"person"`
	Post       string    `db:"post"`
	Body       string    `db:"body"`
	Delegated  bool      `db:"delegated"`
	Note       string    `db:"note"`
	At         time.Time `db:"at"`
	Reopened   time.Time `db:"reopened_at"`
}

// SignStep closes a step in the name of its office, or confirms it when an
// earlier step was re-opened since. Every item needs its evidence, and the
// attendance that the step asks for must be recorded. note may be empty.
func (m *Module) SignStep(ctx context.Context, number, stepCode, note string) error {
	return m.act(ctx, number, SignStep, stepCode, func(ctx context.Context, w *work) error {
		if err := w.Fits(SignStep); err != nil {
			return err
		}
		var c fault.Check
		c.Text("note", note, false, ReasonMax)
		if err := c.Err(); err != nil {
			return err
		}
		confirmed := w.Step.Flagged
		if err := w.complete(ctx); err != nil {
			return err
		}
		if err := w.guarded(ctx); err != nil {
			return err
		}
		if err := w.Round.Move(stepCode, Sign, clock.Now(ctx)); err != nil {
			return err
		}
		return w.signed(ctx, note, confirmed)
	})
}

// complete is Invalid while an item of the step lacks something; each item is a
// field of the form.
func (w *work) complete(ctx context.Context) error {
	given, err := w.m.evidence(ctx, w.Initiative.ID, w.Step.Code)
	if err != nil {
		return err
	}
	step, _ := w.Charter.Flow.Steps.Get(w.Step.Code)
	var c fault.Check
	for _, x := range missing(step, *w.Step, given) {
		c.Fail("item-"+x.Item.Code, x.Key, x.Args...)
	}
	return c.Err()
}

func (w *work) signed(ctx context.Context, note string, confirmed bool) error {
	now := clock.Now(ctx)
	w.Step.Signer, w.Step.SignerPost = w.Who.Person, w.As.Post
	if err := w.m.db.Insert(ctx, "roundtable_signature", Signature{ID: id.New(), Initiative: w.Initiative.ID, Step: w.Step.Code,
		Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body, Delegated: w.As.Delegated, Note: note, At: now}); err != nil {
		return err
	}
	data := map[string]string{"step": w.Step.Code}
	if confirmed {
		data["confirmed"] = "yes"
	}
	return w.tell(ctx, EventSigned, true, data, words("note", note))
}

// words is a text of an event, nil when nothing was written.
func words(name, text string) map[string]string {
	if text == "" {
		return nil
	}
	return map[string]string{name: text}
}

// ReturnStep sends the dossier back to its sponsor with remarks.
func (m *Module) ReturnStep(ctx context.Context, number, stepCode, remarks string) error {
	return m.move(ctx, number, ReturnStep, Return, stepCode, EventReturned, "remarks", remarks, func(w *work) { w.Initiative.Returns++ })
}

// Resubmit gives a returned step back to its office, saying what was done.
func (m *Module) Resubmit(ctx context.Context, number, stepCode, answer string) error {
	return m.move(ctx, number, Resend, Resubmit, stepCode, EventResubmitted, "answer", answer, nil)
}

// ReopenStep takes a signature back, with a reason. The old signature stays on
// record and the later steps are flagged.
func (m *Module) ReopenStep(ctx context.Context, number, stepCode, reason string) error {
	return m.move(ctx, number, ReopenStep, Reopen, stepCode, EventReopened, "reason", reason, nil)
}

// move is what returning, resubmitting and re-opening have in common.
func (m *Module) move(ctx context.Context, number string, action Action, act Act, stepCode, kind, field, text string, also func(*work)) error {
	return m.act(ctx, number, action, stepCode, func(ctx context.Context, w *work) error {
		if err := w.Fits(action); err != nil {
			return err
		}
		if err := needReason(field, text); err != nil {
			return err
		}
		wasSigned := w.Step.State == Signed
		if err := w.Round.Move(stepCode, act, clock.Now(ctx)); err != nil {
			return err
		}
		if wasSigned {
			if err := w.takeBack(ctx); err != nil {
				return err
			}
		}
		if also != nil {
			also(w)
		}
		return w.tell(ctx, kind, true, map[string]string{"step": stepCode}, map[string]string{field: text})
	})
}

// takeBack marks the standing signatures of the step as taken back.
func (w *work) takeBack(ctx context.Context) error {
	_, err := w.m.db.Exec(ctx, `UPDATE roundtable_signature SET reopened_at = $3 WHERE initiative = $1 AND step = $2 AND reopened_at = 0`,
		w.Initiative.ID, w.Step.Code, clock.Now(ctx))
	return err
}

// RecordAttendance records that the office a step asks for was there. note says
// where and when.
func (m *Module) RecordAttendance(ctx context.Context, number, stepCode, note string) error {
	return m.act(ctx, number, Attend, stepCode, func(ctx context.Context, w *work) error {
		if err := w.Fits(Attend); err != nil {
			return err
		}
		if err := needReason("note", note); err != nil {
			return err
		}
		if err := w.Round.Move(stepCode, Present, clock.Now(ctx)); err != nil {
			return err
		}
		return w.tell(ctx, EventAttended, true, map[string]string{"step": stepCode}, map[string]string{"note": note})
	})
}

const signatureSQL = `SELECT id, initiative, step, person, post, body, delegated, note, at, reopened_at FROM roundtable_signature`
