package meetings

import (
	"context"
	"strings"

	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// RecordDecision records a decision from the beginning of a meeting until its
// minutes are approved; item may be empty. Faults on text, owner, due.
func (m *Module) RecordDecision(ctx context.Context, number, item string, d Decision) (Decision, error) {
	err := m.act(ctx, number, Record, func(ctx context.Context, w *work) error {
		i, err := w.about(ctx, item)
		if err != nil {
			return err
		}
		c := form{ch: w.Charter}
		w.checkDecision(ctx, &c, &d)
		if err := c.Err(); err != nil {
			return err
		}
		d, err = w.decide(ctx, i, d)
		return err
	})
	return d, err
}

// about is the item that something is recorded of, the zero Item for none.
func (w *work) about(ctx context.Context, item string) (Item, error) {
	if item == "" {
		return Item{}, nil
	}
	return w.item(ctx, item)
}

func (w *work) checkDecision(ctx context.Context, c *form, d *Decision) {
	d.Text, d.Owner = strings.TrimSpace(d.Text), strings.TrimSpace(d.Owner)
	c.Text("text", d.Text, true, TextMax)
	if d.Owner != "" {
		_, _, ok := w.ower(ctx, d.Owner)
		c.Require(ok, "owner", "meetings.fault.owner")
	}
	c.due(ctx, "due", d.Due)
}

// ower is the kind and the body of a code of a post or a body of today.
func (w *work) ower(ctx context.Context, code string) (kind, body string, ok bool) {
	today := w.Charter.Today(clock.Now(ctx))
	if p, is := w.Charter.Posts.Get(code); is && p.ActiveOn(today) {
		return WhoPost, p.Body, true
	}
	if b, is := w.Charter.Bodies.Get(code); is && b.ActiveOn(today) {
		return WhoBody, b.Code, true
	}
	return "", "", false
}

// decide writes a decision that was checked.
func (w *work) decide(ctx context.Context, i Item, d Decision) (Decision, error) {
	number, err := w.m.nextNumber(ctx, w.Charter, prefixDecision, clock.Now(ctx))
	if err != nil {
		return d, err
	}
	_, body, _ := w.ower(ctx, d.Owner)
	d = Decision{ID: id.New(), Number: number, Meeting: w.Meeting.ID, Item: i.ID, Text: d.Text, Owner: d.Owner, Ministry: w.ministryOf(body), Due: d.Due,
		State: DueOpen, Private: w.Meeting.Private || i.Private, Initiative: w.initiative(i), At: clock.Now(ctx)}
	if err := w.m.db.Insert(ctx, "meetings_decision", d); err != nil {
		return d, err
	}
	if err := w.change(ctx, ChangeDecided, i.Private, "decision", d.Number, "item", i.ID); err != nil {
		return d, err
	}
	return d, w.tell(ctx, EventDecided, false, map[string]string{"decision": d.Number}, nil, w.related(SubjectDecision, d.ID, i)...)
}

// initiative is the id of the initiative that an item is about, or the meeting.
func (w *work) initiative(i Item) string {
	if i.SubjectKind == subjectInitiative {
		return i.SubjectID
	}
	return w.Meeting.Initiative
}

// related are the subjects of a record; that of a private item is left out.
func (w *work) related(kind, id string, i Item) []event.Subject {
	out := []event.Subject{{Kind: kind, ID: id}}
	if i.SubjectID != "" && !i.Private {
		out = append(out, i.Subject())
	}
	return out
}

// RecordCommitment is the same for a commitment. Faults on what, who, due.
func (m *Module) RecordCommitment(ctx context.Context, number, item string, x Commitment) (Commitment, error) {
	err := m.act(ctx, number, Record, func(ctx context.Context, w *work) error {
		i, err := w.about(ctx, item)
		if err != nil {
			return err
		}
		c := form{ch: w.Charter}
		if err := w.checkCommitment(ctx, &c, &x); err != nil {
			return err
		}
		if err := c.Err(); err != nil {
			return err
		}
		x, err = w.commit(ctx, i, x)
		return err
	})
	return x, err
}

// checkCommitment checks what a form says; who is the code of a post or a body,
// the id of a person, or a name from outside.
func (w *work) checkCommitment(ctx context.Context, c *form, x *Commitment) error {
	x.What, x.Who = strings.TrimSpace(x.What), strings.TrimSpace(x.Who)
	c.Text("what", x.What, true, TextMax)
	c.Text("who", x.Who, true, LineMax)
	c.due(ctx, "due", x.Due)
	kind, body, ok := w.ower(ctx, x.Who)
	switch {
	case ok:
		x.WhoKind, x.Ministry = kind, w.ministryOf(body)
	case id.Valid(x.Who):
		x.WhoKind, x.Ministry = WhoPerson, ""
		_, err := w.m.People.Person(ctx, x.Who)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		c.Require(err == nil, "who", "meetings.fault.owner")
	default:
		x.WhoKind, x.Ministry = WhoOutside, ""
	}
	return nil
}

// commit writes a commitment that was checked.
func (w *work) commit(ctx context.Context, i Item, x Commitment) (Commitment, error) {
	number, err := w.m.nextNumber(ctx, w.Charter, prefixCommitment, clock.Now(ctx))
	if err != nil {
		return x, err
	}
	x = Commitment{ID: id.New(), Number: number, Meeting: w.Meeting.ID, Item: i.ID, What: x.What, Who: x.Who, WhoKind: x.WhoKind, Ministry: x.Ministry,
		Due: x.Due, State: DueOpen, Private: w.Meeting.Private || i.Private, Initiative: w.initiative(i), At: clock.Now(ctx)}
	if err := w.m.db.Insert(ctx, "meetings_commitment", x); err != nil {
		return x, err
	}
	if err := w.change(ctx, ChangeCommitted, i.Private, "commitment", x.Number, "item", i.ID); err != nil {
		return x, err
	}
	return x, w.tell(ctx, EventCommitted, false, map[string]string{"commitment": x.Number}, nil, w.related(SubjectCommitment, x.ID, i)...)
}
