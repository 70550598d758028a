package workplan

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// ChangeState is where a change request stands.
type ChangeState string

// The states of a change request.
const (
	Asked    ChangeState = "asked"
	Accepted ChangeState = "accepted"
	Refused  ChangeState = "refused"
	Dropped  ChangeState = "dropped" // taken back by those who asked
)

// Change is a change request: edits of what is agreed, and why. It is public with
// its initiative, but for the persons in its edits.
type Change struct {
	Number       string      `db:"number"` // "CAM-2026-0003"
	State        ChangeState `db:"state"`
	Reason       string      `db:"reason"`
	Edits        []Edit      //
	Written      string      `db:"edits"`         // JSON of Edits
	Version      int64       `db:"version"`       // of the plan that it began from
	FinishBefore clock.Day   `db:"finish_before"` // last day of the plan when it was asked
	FinishAfter  clock.Day   `db:"finish_after"`  // last day if it is accepted, as computed then
	Moved        int         `db:"moved"`         // tasks whose days it would move
	Post         string      `db:"post"`          // who asked
	Body         string      `db:"body"`
	At           time.Time   `db:"at"`
	Answer       string      `db:"answer"`
	DecidedPost  string      `db:"decided_post"`
	DecidedAt    time.Time   `db:"decided_at"`
	Baseline     int         `db:"baseline"` // number of the one it made, 0 without
}

const changeColumns = `number, state, reason, edits, version, finish_before, finish_after, moved, post, body, at, answer, decided_post, decided_at, baseline`

// prefixChange begins the readable numbers of change requests.
const prefixChange = "CAM"

// changes are those of an initiative, newest first.
func (m *Module) changes(ctx context.Context, initiative string) ([]Change, error) {
	list, err := db.Query[Change](ctx, m.db, `SELECT `+changeColumns+` FROM workplan_change WHERE initiative = $1 ORDER BY at DESC, number DESC`, initiative)
	for n := range list {
		if err == nil {
			err = list[n].read()
		}
	}
	return list, err
}

// read reads the edits of a change request.
func (c *Change) read() error {
	if err := json.Unmarshal([]byte(c.Written), &c.Edits); err != nil {
		return fmt.Errorf("change request %s: %w", c.Number, err)
	}
	return nil
}

// AskChange asks Planning for edits of what is agreed. They must be possible as the
// plan stands. Faults: those of Edit, Invalid on reason; Conflict when nothing is
// frozen, and Edit does.
func (m *Module) AskChange(ctx context.Context, number string, version int64, reason string, edits ...Edit) (out Change, err error) {
	_, err = m.act(ctx, number, delivery.AskChange, func(ctx context.Context, w *work) error {
		if err := needText("reason", reason); err != nil {
			return err
		}
		frozen, err := m.frozen(ctx, w.Case, w.was.Baseline)
		if err != nil || !frozen {
			return or(err, fault.New(fault.Conflict, "delivery.workplan.fault.free"))
		}
		out = Change{State: Asked, Reason: reason, Edits: edits, Version: version, Post: w.as.Post, Body: w.as.Body, At: clock.Now(ctx)}
		if err := w.foresee(&out); err != nil {
			return err
		}
		if err := w.answerers(ctx); err != nil {
			return err
		}
		return w.ask(ctx, &out)
	})
	return out, err
}

// foresee does the edits of a change request to the plan in memory, and notes what
// they would bring about.
func (w *work) foresee(x *Change) error {
	before, err := w.was.compute("", w.calendar, w.today)
	if err != nil {
		return err
	}
	if _, err := w.now.apply(w.calendar, x.Version, x.Edits); err != nil {
		return err
	}
	if w.now.agrees(w.was) {
		return fault.New(fault.Conflict, "delivery.workplan.fault.nothing")
	}
	if err := w.recompute(); err != nil {
		return err
	}
	x.FinishBefore, x.FinishAfter = kept(before.Finish), kept(w.done.Finish)
	old := map[string]int{}
	for n, t := range w.was.tasks {
		old[t.Code] = n
	}
	for n, t := range w.now.tasks {
		at, there := old[t.Code]
		if !there || before.Tasks[at].Start != w.done.Tasks[n].Start || before.Tasks[at].Finish != w.done.Tasks[n].Finish {
			x.Moved++
		}
	}
	return nil
}

// ask writes a change request under the next number. The plan stays as it was.
func (w *work) ask(ctx context.Context, x *Change) error {
	text, err := json.Marshal(x.Edits)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%s-%d", prefixChange, x.At.In(w.charter.City.Zone).Year())
	n, err := db.One[int64](ctx, w.m.db, `INSERT INTO workplan_counter (name, n) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET n = workplan_counter.n + 1 RETURNING n`, name)
	if err != nil {
		return err
	}
	x.Number, x.Written = fmt.Sprintf("%s-%04d", name, n), string(text)
	w.now = w.was
	if _, err := w.m.db.Exec(ctx, `INSERT INTO workplan_change (number, initiative, state, reason, edits, version, finish_before, finish_after, moved,
		person, post, body, at, answer, decided_person, decided_post, decided_at, baseline)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, '', '', '', 0, 0)`, x.Number, w.Initiative.ID, x.State, x.Reason, x.Written,
		x.Version, x.FinishBefore, x.FinishAfter, x.Moved, people.Me(ctx).Person, x.Post, x.Body, x.At); err != nil {
		return err
	}
	return w.tell(ctx, EventAsked, map[string]string{"change": x.Number, "moved": strconv.Itoa(x.Moved)}, map[string]string{"reason": x.Reason})
}

// DecideChange accepts a change request, which does its edits and makes the next
// baseline, or refuses it; the answer says why. Whoever asked does not decide.
// Faults: Invalid on answer; Conflict when it is decided already, or when the plan
// changed so that the edits are no longer what was asked for.
func (m *Module) DecideChange(ctx context.Context, number, change string, accept bool, answer string) error {
	_, err := m.act(ctx, number, delivery.DecideChange, func(ctx context.Context, w *work) error {
		x, err := w.change(ctx, change)
		if err != nil {
			return err
		}
		if err := needText("answer", answer); err != nil {
			return err
		}
		if x.asker == people.Me(ctx).Person {
			return fault.New(fault.Forbidden, "delivery.workplan.fault.own")
		}
		if !accept {
			return w.decide(ctx, x.Change, Refused, EventRefused, answer)
		}
		if _, err := w.now.apply(w.calendar, x.Version, x.Edits); err != nil {
			return overtaken(err)
		}
		if err := w.freeze(ctx, ByChange, x.Number); err != nil {
			return overtaken(err)
		}
		if err := w.settle(ctx); err != nil {
			return overtaken(err)
		}
		if err := w.decide(ctx, x.Change, Accepted, EventAccepted, answer); err != nil {
			return err
		}
		return w.tellFrozen(ctx, ByChange)
	})
	return err
}

// overtaken tells whoever decides that the plan went on since the change was asked
// for: the edits cannot be done any more.
func overtaken(err error) error {
	if fault.Is(err, fault.Internal) {
		return err
	}
	return &fault.Error{Kind: fault.Conflict, Key: "delivery.workplan.fault.overtaken", Err: err}
}

// asking is a change request with who asked for it.
type asking struct {
	Change
	asker string
}

// change is an open change request of the plan.
func (w *work) change(ctx context.Context, number string) (asking, error) {
	type row struct {
		Change
		Person string `db:"person"`
	}
	x, err := db.One[row](ctx, w.m.db, `SELECT `+changeColumns+`, person FROM workplan_change WHERE number = $1 AND initiative = $2`, number, w.Initiative.ID)
	if err != nil {
		return asking{}, err
	}
	if x.State != Asked {
		return asking{}, fault.New(fault.Conflict, "delivery.workplan.fault.decided")
	}
	err = x.Change.read()
	return asking{x.Change, x.Person}, err
}

// decide writes what became of a change request.
func (w *work) decide(ctx context.Context, x Change, state ChangeState, kind, answer string) error {
	baseline := 0
	if state == Accepted {
		baseline = w.now.Baseline
	}
	n, err := w.m.db.Exec(ctx, `UPDATE workplan_change SET state = $2, answer = $3, decided_person = $4, decided_post = $5, decided_at = $6, baseline = $7
		WHERE number = $1 AND state = 'asked'`, x.Number, state, answer, people.Me(ctx).Person, w.as.Post, clock.Now(ctx), baseline)
	if err := db.Changed(n, err, "delivery.workplan.fault.decided"); err != nil {
		return err
	}
	return w.tell(ctx, kind, map[string]string{"change": x.Number, "baseline": strconv.Itoa(baseline)}, words("answer", answer))
}

// DropChange takes a change request back.
func (m *Module) DropChange(ctx context.Context, number, change string) error {
	_, err := m.act(ctx, number, delivery.AskChange, func(ctx context.Context, w *work) error {
		x, err := w.change(ctx, change)
		if err != nil {
			return err
		}
		return w.decide(ctx, x.Change, Dropped, EventDropped, "")
	})
	return err
}

// needText checks a reason or an answer.
func needText(field, text string) error {
	var c fault.Check
	c.Text(field, text, true, ReasonMax)
	return c.Err()
}

// words is a text of an event, nil when nothing was written.
func words(name, text string) map[string]string {
	if text == "" {
		return nil
	}
	return map[string]string{name: text}
}
