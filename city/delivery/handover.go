package delivery

import (
	"context"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// HandOverState is where a request to execute an initiative stands.
type HandOverState string

// The states of a request.
const (
	HandOverAsked    HandOverState = "asked"
	HandOverAccepted HandOverState = "accepted"
	HandOverRefused  HandOverState = "refused"
	HandOverBack     HandOverState = "taken_back" // by whoever asked
)

// Handing is a request that a ministry execute an initiative, and its answer.
type Handing struct {
	ID           string        `db:"id"`
	Initiative   string        `db:"initiative"`
	From         string        `db:"from_body"`
	To           string        `db:"to_body"`
	Note         string        `db:"note"` // what is handed over, and what whoever takes it should know
	State        HandOverState `db:"state"`
	Person       string        `db:"person"` // never public, nor is AnswerPerson
	Post         string        `db:"post"`
	At           time.Time     `db:"at"`
	Answer       string        `db:"answer"`
	AnswerPerson string        `db:"answer_person"`
	AnswerPost   string        `db:"answer_post"`
	AnsweredAt   time.Time     `db:"answered_at"` // zero while it waits
}

const handingColumns = `id, initiative, from_body, to_body, note, state, person, post, at, answer, answer_person, answer_post, answered_at`

// HandOver asks a ministry to execute an adopted initiative. Faults: Invalid on
// "ministry" and "note", Conflict while another is asked.
func (m *Module) HandOver(ctx context.Context, number, ministry, note string) error {
	return m.act(ctx, number, HandOver, func(ctx context.Context, w *work) error {
		if w.Asked != "" {
			return fault.New(fault.Conflict, "delivery.fault.asked")
		}
		var c fault.Check
		reason(&c, "note", &note)
		w.checkMinistry(ctx, &c, ministry)
		if err := c.Err(); err != nil {
			return err
		}
		h := Handing{ID: id.New(), Initiative: w.Initiative.ID, From: w.carrier(), To: ministry, Note: note, State: HandOverAsked,
			Person: w.Who.Person, Post: w.As.Post, At: clock.Now(ctx)}
		if err := m.db.Insert(ctx, "delivery_handover", h); err != nil {
			return err
		}
		w.State.Asked = ministry
		return w.tell(ctx, EventHandedOver, map[string]string{"from": h.From, "to": h.To}, "note", note)
	})
}

// checkMinistry refuses what is no ministry of today, and the one that executes it.
func (w *work) checkMinistry(ctx context.Context, c *fault.Check, ministry string) {
	body, ok := w.Charter.Bodies.Get(ministry)
	c.Require(ok && body.Kind.Ministerial() && body.ActiveOn(w.today(ctx)), "ministry", "roundtable.fault.unknown")
	if !c.Failed("ministry") {
		c.Require(ministry != w.Executor, "ministry", "delivery.fault.executes")
	}
}

// TakeBack withdraws the request that waits.
func (m *Module) TakeBack(ctx context.Context, number, why string) error {
	return m.answer(ctx, number, HandOver, HandOverBack, EventTakenBack, "reason", why)
}

// Accept makes the ministry that is asked the one that executes the initiative, in
// the name of somebody who signs for it. note may be empty.
func (m *Module) Accept(ctx context.Context, number, note string) error {
	return m.answer(ctx, number, Accept, HandOverAccepted, EventAccepted, "note", note)
}

// Refuse answers no, with the reason.
func (m *Module) Refuse(ctx context.Context, number, why string) error {
	return m.answer(ctx, number, Accept, HandOverRefused, EventRefused, "reason", why)
}

// answer ends the request that waits.
func (m *Module) answer(ctx context.Context, number string, action Action, state HandOverState, kind, field, text string) error {
	return m.act(ctx, number, action, func(ctx context.Context, w *work) error {
		if w.Asked == "" {
			return fault.New(fault.Conflict, "delivery.fault.nobody_asked")
		}
		var c fault.Check
		text = strings.TrimSpace(text)
		if state == HandOverAccepted {
			c.Text(field, text, false, ReasonMax)
		} else {
			reason(&c, field, &text)
		}
		if err := c.Err(); err != nil {
			return err
		}
		n, err := m.db.Exec(ctx, `UPDATE delivery_handover SET state = $2, answer = $3, answer_person = $4, answer_post = $5, answered_at = $6
			WHERE initiative = $1 AND state = 'asked'`, w.Initiative.ID, state, text, w.Who.Person, w.As.Post, clock.Now(ctx))
		if err := db.Changed(n, err, "delivery.fault.nobody_asked"); err != nil {
			return err
		}
		if err := w.tell(ctx, kind, map[string]string{"from": w.carrier(), "to": w.Asked}, field, text); err != nil {
			return err
		}
		if state == HandOverAccepted {
			if err := w.take(ctx); err != nil {
				return err
			}
		}
		w.State.Asked = ""
		return nil
	})
}

// take makes the asked ministry the one that executes: the one of before no longer
// does, and what it took part in before it now leads.
func (w *work) take(ctx context.Context) error {
	w.State.Executor, w.State.Since = w.Asked, clock.Now(ctx)
	w.State.Next = after(w.today(ctx), w.Charter.Execution.ReportEvery, w.Case)
	_, err := w.m.db.Exec(ctx, `DELETE FROM delivery_part WHERE initiative = $1 AND ministry = $2`, w.Initiative.ID, w.Asked)
	return err
}

// Handings are the requests to execute an initiative, newest first. Whether the
// person may know of the initiative Case says.
func (m *Module) Handings(ctx context.Context, initiative string) ([]Handing, error) {
	return db.Query[Handing](ctx, m.db, `SELECT `+handingColumns+` FROM delivery_handover WHERE initiative = $1 ORDER BY id DESC`, initiative)
}
