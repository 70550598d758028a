package meetings

import (
	"context"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// Decision is one decision that the person may know of.
func (m *Module) Decision(ctx context.Context, number string) (DecisionRow, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return DecisionRow{}, err
	}
	var q query
	sight := q.recordSight(ch, people.Me(ctx))
	return db.One[DecisionRow](ctx, m.db, `SELECT `+columnsOf("r", decisionColumns)+registerMeeting+` FROM meetings_decision r
		JOIN meetings_meeting m ON m.id = r.meeting WHERE r.number = `+q.arg(number)+` AND `+sight, q.args...)
}

// Commitment is one commitment that the person may know of.
func (m *Module) Commitment(ctx context.Context, number string) (CommitmentRow, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return CommitmentRow{}, err
	}
	var q query
	sight := q.recordSight(ch, people.Me(ctx))
	return db.One[CommitmentRow](ctx, m.db, `SELECT `+columnsOf("r", taskColumns)+registerMeeting+` FROM meetings_commitment r
		JOIN meetings_meeting m ON m.id = r.meeting WHERE r.number = `+q.arg(number)+` AND `+sight, q.args...)
}

// KeepCommitment says that a commitment is kept, and how.
func (m *Module) KeepCommitment(ctx context.Context, number, text string) error {
	return m.settleTask(ctx, number, text, DueDone)
}

// DropCommitment gives a commitment up, with a reason.
func (m *Module) DropCommitment(ctx context.Context, number, why string) error {
	return m.settleTask(ctx, number, why, Dropped)
}

// DecisionDone says that a decision is carried out, and how.
func (m *Module) DecisionDone(ctx context.Context, number, text string) error {
	return m.settleDecision(ctx, number, text, DueDone)
}

// DropDecision gives a decision up, with a reason.
func (m *Module) DropDecision(ctx context.Context, number, why string) error {
	return m.settleDecision(ctx, number, why, Dropped)
}

func (m *Module) settleTask(ctx context.Context, number, text string, to DueState) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		row, err := m.Commitment(ctx, number)
		if err != nil {
			return err
		}
		return m.settleDue(ctx, row.Meeting, CloseCommitment, commitmentLedger, due{ID: row.ID, Number: number, Kind: SubjectCommitment,
			Public: row.Public, Item: row.Item}, text, to, func(c *Case) { c.Commitment = &row.Commitment })
	})
}

func (m *Module) settleDecision(ctx context.Context, number, text string, to DueState) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		row, err := m.Decision(ctx, number)
		if err != nil {
			return err
		}
		return m.settleDue(ctx, row.Meeting, CloseDecision, decisionLedger, due{ID: row.ID, Number: number, Kind: SubjectDecision,
			Public: row.Public, Item: row.Item}, text, to, func(c *Case) { c.Decision = &row.Decision })
	})
}

// due is what settling a decision and a commitment have in common.
type due struct {
	ID, Number, Kind, Item string
	Public                 bool
}

// settleDue closes a row of a register: done with a word on how, or given up
// with a reason.
func (m *Module) settleDue(ctx context.Context, meeting string, action Action, l ledger, d due, text string, to DueState, about func(*Case)) error {
	x, err := m.byID(ctx, meeting)
	if err != nil {
		return err
	}
	w, err := m.open(ctx, x.Number)
	if err != nil {
		return err
	}
	about(&w.Case)
	var ok bool
	if w.As, ok = w.Can(w.Who, action); !ok {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	if err := reason("text", text); err != nil {
		return err
	}
	n, err := m.db.Exec(ctx, `UPDATE `+l.table+` SET state = $2, done_text = $3, closed_at = $4 WHERE id = $1 AND state = 'open'`, d.ID, to, text, clock.Now(ctx))
	if err := db.Changed(n, err, "meetings.fault.settled"); err != nil {
		return err
	}
	if err := w.untask(ctx, d, to); err != nil {
		return err
	}
	kind, name := EventKept, "how"
	if to == Dropped {
		kind, name = EventDropped, "why"
	}
	return w.tell(ctx, kind, d.Public, map[string]string{d.Kind: d.Number}, words(name, text), event.Subject{Kind: d.Kind, ID: d.ID})
}

// untask tells a room of what is given up in it. What an item closed with is not
// given up before the minutes are approved: the item would have no outcome.
func (w *work) untask(ctx context.Context, d due, to DueState) error {
	s := w.Meeting.State
	if to != Dropped || s != Running && s != Held {
		return nil
	}
	if d.Item != "" {
		i, err := w.item(ctx, d.Item)
		if err != nil {
			return err
		}
		if i.State == ItemClosed {
			return fault.New(fault.Conflict, "meetings.fault.item_closed")
		}
	}
	if err := w.change(ctx, ChangeDropped, false, "number", d.Number); err != nil {
		return err
	}
	return w.m.save(ctx, w.Meeting)
}
