package meetings

import (
	"context"
	"slices"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// Approve freezes the minutes in the name of the chair. Conflict while an item
// is not closed.
func (m *Module) Approve(ctx context.Context, number string) error {
	return m.act(ctx, number, ApproveMinutes, func(ctx context.Context, w *work) error {
		v, err := m.whole(ctx, w)
		if err != nil {
			return err
		}
		if open := slices.IndexFunc(v.Items, func(i Item) bool { return i.State != ItemClosed }); open >= 0 {
			return fault.New(fault.Conflict, "meetings.fault.open_items", "title", v.Items[open].Title)
		}
		notes, err := m.notes(ctx, w.Meeting.ID)
		if err != nil {
			return err
		}
		now := clock.Now(ctx)
		w.Meeting.State, w.Meeting.Approved = Minuted, now
		doc, digest, err := freeze(v.minutes(notes))
		if err != nil {
			return err
		}
		last, _, err := m.lastMinutes(ctx, w.Meeting.ID)
		if err != nil {
			return err
		}
		if err := m.db.Insert(ctx, "meetings_minutes", minutesRow{Meeting: w.Meeting.ID, Version: last.Version + 1, Doc: doc, SHA256: digest,
			ApprovedAt: now, ApprovedBy: w.Who.Person, ApprovedPost: w.As.Post}); err != nil {
			return err
		}
		if err := w.change(ctx, ChangeMinuted, false); err != nil {
			return err
		}
		return w.tell(ctx, EventApproved, false, map[string]string{"sha256": digest}, nil, subjectsOf(v.Items)...)
	})
}

// whole is the view of a meeting with nothing left out, inside an act.
func (m *Module) whole(ctx context.Context, w *work) (View, error) {
	v := View{Case: w.Case, Inside: true}
	return v, m.fill(ctx, &v)
}

// subjectsOf are what the items that are not private are about, each once.
func subjectsOf(items []Item) []event.Subject {
	var out []event.Subject
	for _, i := range items {
		if i.SubjectID != "" && !i.Private && !slices.Contains(out, i.Subject()) {
			out = append(out, i.Subject())
		}
	}
	return out
}

// Sign signs approved minutes in the name of the coordination.
func (m *Module) Sign(ctx context.Context, number string) error {
	return m.act(ctx, number, SignMinutes, func(ctx context.Context, w *work) error {
		now := clock.Now(ctx)
		digest, err := db.One[string](ctx, m.db, `UPDATE meetings_minutes SET signed_at = $2, signed_by = $3, signed_post = $4
			WHERE meeting = $1 AND returned_at = 0 AND signed_at = 0 RETURNING sha256`, w.Meeting.ID, now, w.Who.Person, w.As.Post)
		if err != nil {
			return err
		}
		w.Meeting.State, w.Meeting.SignedAt = Signed, now
		if err := w.change(ctx, ChangeSigned, false); err != nil {
			return err
		}
		return w.tell(ctx, EventSigned, false, map[string]string{"sha256": digest}, nil)
	})
}

// ReturnMinutes takes approved minutes back to be corrected, with a reason. The
// text that was approved stays on record.
func (m *Module) ReturnMinutes(ctx context.Context, number, why string) error {
	return m.act(ctx, number, ReturnMinutes, func(ctx context.Context, w *work) error {
		if err := reason("why", why); err != nil {
			return err
		}
		if _, err := m.db.Exec(ctx, `UPDATE meetings_minutes SET returned_at = $2, returned_why = $3 WHERE meeting = $1 AND returned_at = 0`,
			w.Meeting.ID, clock.Now(ctx), why); err != nil {
			return err
		}
		w.Meeting.State, w.Meeting.Approved = Held, time.Time{}
		if err := w.change(ctx, ChangeMinutesBack, false); err != nil {
			return err
		}
		return w.tell(ctx, EventReturned, false, nil, words("why", why))
	})
}

// Release makes parts of signed minutes public; what was released stays so.
// Private items, what was recorded of them and what a person owes are never
// released: Invalid on "items", "decisions", "commitments".
func (m *Module) Release(ctx context.Context, number string, what Release) error {
	return m.act(ctx, number, ReleaseMinutes, func(ctx context.Context, w *work) error {
		v, err := m.whole(ctx, w)
		if err != nil {
			return err
		}
		if err := v.checkRelease(what); err != nil {
			return err
		}
		w.Meeting.Public = true
		if w.Meeting.Released.IsZero() {
			w.Meeting.Released = clock.Now(ctx)
		}
		if err := w.publish(ctx, v, what); err != nil {
			return err
		}
		last, _, err := m.lastMinutes(ctx, w.Meeting.ID)
		if err != nil {
			return err
		}
		released := slices.DeleteFunc(v.Items, func(i Item) bool { return !slices.Contains(what.Items, i.ID) })
		return w.tell(ctx, EventReleased, true, map[string]string{"items": itoa(len(what.Items)), "decisions": itoa(len(what.Decisions)),
			"commitments": itoa(len(what.Commitments)), "sha256": last.SHA256}, map[string]string{"title": w.Meeting.Title}, subjectsOf(released)...)
	})
}

func (v View) checkRelease(what Release) error {
	var c fault.Check
	for _, id := range what.Items {
		ok := slices.ContainsFunc(v.Items, func(i Item) bool { return i.ID == id && !i.Private })
		c.Require(ok || c.Failed("items"), "items", "meetings.fault.release")
	}
	for _, n := range what.Decisions {
		ok := slices.ContainsFunc(v.Decisions, func(d Decision) bool { return d.Number == n && !v.hides(d.Item) && d.State != Dropped })
		c.Require(ok || c.Failed("decisions"), "decisions", "meetings.fault.release")
	}
	for _, n := range what.Commitments {
		ok := slices.ContainsFunc(v.Commitments, func(x Commitment) bool {
			return x.Number == n && !v.hides(x.Item) && x.State != Dropped && (x.WhoKind == WhoPost || x.WhoKind == WhoBody)
		})
		c.Require(ok || c.Failed("commitments"), "commitments", "meetings.fault.release")
	}
	c.Require(len(what.Items)+len(what.Decisions)+len(what.Commitments) > 0, "items", "fault.required")
	return c.Err()
}

// hides says whether the item is private.
func (v View) hides(item string) bool {
	return slices.ContainsFunc(v.Items, func(i Item) bool { return i.ID == item && i.Private })
}

// publish marks what is released and tells of each decision and commitment.
func (w *work) publish(ctx context.Context, v View, what Release) error {
	for _, id := range what.Items {
		if _, err := w.m.db.Exec(ctx, `UPDATE meetings_item SET released = TRUE WHERE id = $1 AND meeting = $2`, id, w.Meeting.ID); err != nil {
			return err
		}
	}
	for _, d := range v.Decisions {
		if !slices.Contains(what.Decisions, d.Number) || d.Public {
			continue
		}
		if _, err := w.m.db.Exec(ctx, `UPDATE meetings_decision SET public = TRUE WHERE id = $1`, d.ID); err != nil {
			return err
		}
		if err := w.tell(ctx, EventDecisionOut, true, map[string]string{"decision": d.Number, "owner": d.Owner, "due": string(d.Due)},
			words("decision", d.Text), w.outward(SubjectDecision, d.ID, d.Owner, d.Initiative)...); err != nil {
			return err
		}
	}
	for _, x := range v.Commitments {
		if !slices.Contains(what.Commitments, x.Number) || x.Public {
			continue
		}
		if _, err := w.m.db.Exec(ctx, `UPDATE meetings_commitment SET public = TRUE WHERE id = $1`, x.ID); err != nil {
			return err
		}
		if err := w.tell(ctx, EventCommitmentOut, true, map[string]string{"commitment": x.Number, "who": x.Who, "due": string(x.Due)},
			words("commitment", x.What), w.outward(SubjectCommitment, x.ID, x.Who, x.Initiative)...); err != nil {
			return err
		}
	}
	return nil
}

// outward are the subjects of a record that becomes public.
func (w *work) outward(kind, id, owner, initiative string) []event.Subject {
	out := []event.Subject{{Kind: kind, ID: id}}
	if _, ok := w.Charter.Bodies.Get(owner); ok {
		out = append(out, event.Subject{Kind: "body", ID: owner})
	}
	if initiative != "" && initiative != w.Meeting.Initiative {
		out = append(out, event.Subject{Kind: subjectInitiative, ID: initiative})
	}
	return out
}
