package meetings

import (
	"context"
	"slices"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// CloseItem closes an item with its outcome, in the room or, for what was left
// over, after the meeting. What is put off goes on in another item. Faults on
// outcome, text, and those of the records as "decisions" and "commitments".
func (m *Module) CloseItem(ctx context.Context, number, item string, c Closing) error {
	return m.act(ctx, number, Record, func(ctx context.Context, w *work) error {
		i, err := w.item(ctx, item)
		if err != nil {
			return err
		}
		if i.State == ItemClosed {
			return fault.New(fault.Conflict, "meetings.fault.item_closed")
		}
		c.Text = strings.TrimSpace(c.Text)
		if err := w.checkClosing(ctx, i, &c); err != nil {
			return err
		}
		if err := w.recordAll(ctx, i, c); err != nil {
			return err
		}
		return w.closeItem(ctx, i, c)
	})
}

// checkClosing says what an outcome still lacks.
func (w *work) checkClosing(ctx context.Context, i Item, c *Closing) error {
	f := form{ch: w.Charter}
	f.Require(slices.Contains(Outcomes, c.Outcome), "outcome", "fault.choice")
	f.Require(c.Outcome != Informed || i.Wanted == Inform, "outcome", "meetings.fault.informed")
	f.Text("text", c.Text, c.Outcome.PutsOff(), TextMax)
	for n := range c.Decisions {
		w.checkDecision(ctx, &f, &c.Decisions[n])
	}
	for n := range c.Commitments {
		if err := w.checkCommitment(ctx, &f, &c.Commitments[n]); err != nil {
			return err
		}
	}
	if err := f.Err(); err != nil {
		return err
	}
	return w.backed(ctx, i, c, &f)
}

// backed is Invalid when an outcome says that something was recorded and nothing is.
func (w *work) backed(ctx context.Context, i Item, c *Closing, f *form) error {
	var sql, key string
	fresh := 0
	switch c.Outcome {
	case Decided:
		sql, key, fresh = `SELECT count(*) FROM meetings_decision WHERE item = $1 AND state <> 'dropped'`, "meetings.fault.no_decision", len(c.Decisions)
	case Tasked:
		sql, key, fresh = `SELECT count(*) FROM meetings_commitment WHERE item = $1 AND state <> 'dropped'`, "meetings.fault.no_task", len(c.Commitments)
	default:
		return nil
	}
	n, err := db.One[int](ctx, w.m.db, sql, i.ID)
	f.Require(err != nil || n+fresh > 0, "outcome", key)
	if err != nil {
		return err
	}
	return f.Err()
}

func (w *work) recordAll(ctx context.Context, i Item, c Closing) error {
	for _, d := range c.Decisions {
		if _, err := w.decide(ctx, i, d); err != nil {
			return err
		}
	}
	for _, x := range c.Commitments {
		if _, err := w.commit(ctx, i, x); err != nil {
			return err
		}
	}
	return nil
}

// closeItem writes the outcome and lets what was put off go on.
func (w *work) closeItem(ctx context.Context, i Item, c Closing) error {
	now := clock.Now(ctx)
	i.Spent = i.Elapsed(now)
	i.State, i.Outcome, i.OutcomeText, i.OpenedAt, i.ClosedAt = ItemClosed, c.Outcome, c.Text, time.Time{}, now
	if err := w.m.saveItem(ctx, i); err != nil {
		return err
	}
	if c.Outcome.PutsOff() {
		if err := w.putOff(ctx, i); err != nil {
			return err
		}
	}
	if err := w.change(ctx, ChangeItemClosed, i.Private, "item", i.ID, "outcome", string(c.Outcome), "spent", seconds(i.Spent)); err != nil {
		return err
	}
	var related []event.Subject
	if i.SubjectID != "" && !i.Private {
		related = append(related, i.Subject())
	}
	return w.tell(ctx, EventItemClosed, false, map[string]string{"item": i.ID, "outcome": string(c.Outcome)}, nil, related...)
}

// putOff makes the item in which a closed one goes on: on the agenda of the next
// meeting of the series, or in the backlog.
func (w *work) putOff(ctx context.Context, i Item) error {
	next := freshItem(i)
	next.ID, next.From, next.Made, next.Proposed, next.Body = id.New(), i.ID, clock.Now(ctx), i.Proposed, i.Body
	next.Series = w.Meeting.Series
	if i.Outcome == Deferred && w.Meeting.Series != "" {
		to, ok, err := db.Find[string](ctx, w.m.db, `SELECT id FROM meetings_meeting WHERE series = $1 AND starts > $2 AND id <> $3
			AND state IN ('planned', 'called') ORDER BY starts, id LIMIT 1`, w.Meeting.Series, w.Meeting.Starts, w.Meeting.ID)
		if err != nil {
			return err
		}
		if ok {
			n, err := w.m.lastPlace(ctx, to)
			if err == nil {
				next.Meeting, next.Series, next.Position = to, "", n+1
			} else if !fault.Is(err, fault.Conflict) { // a full agenda leaves it to the backlog
				return err
			}
		}
	}
	return w.m.db.Insert(ctx, "meetings_item", next)
}
