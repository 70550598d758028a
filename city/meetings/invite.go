package meetings

import (
	"context"
	"slices"

	"ronda/platform/clock"
	"ronda/platform/fault"
)

// Invite adds guests to a meeting, or changes their role. Fault: Invalid on
// "guests" with the one that cannot be.
func (m *Module) Invite(ctx context.Context, number string, guests ...Guest) error {
	return m.act(ctx, number, EditMeeting, func(ctx context.Context, w *work) error {
		return w.invite(ctx, guests)
	})
}

func (w *work) invite(ctx context.Context, guests []Guest) error {
	var c fault.Check
	guests, err := w.m.checkGuests(ctx, w.Charter, &c, guests)
	if err != nil {
		return err
	}
	now, err := w.m.allGuests(ctx, w.Meeting)
	if err != nil {
		return err
	}
	c.Require(len(now)+len(guests) <= GuestsMax, "guests", "fault.too_many", "max", GuestsMax)
	if err := c.Err(); err != nil {
		return err
	}
	var fresh []Guest
	for _, g := range guests {
		n := slices.IndexFunc(now, func(o Guest) bool { return o.Key == g.Key })
		switch {
		case n < 0:
			fresh = append(fresh, g)
		case now[n].Role == RoleChair:
			continue // a chair stays one
		default:
			g.Reply, g.RepliedAt, g.ReplySeq = now[n].Reply, now[n].RepliedAt, now[n].ReplySeq
		}
		g.Owner = w.Meeting.ID
		if err := w.m.putGuest(ctx, g); err != nil {
			return err
		}
	}
	w.touched(ctx)
	if err := w.m.bump(ctx, w.Meeting.ID); err != nil {
		return err
	}
	if err := w.change(ctx, ChangeGuests, false); err != nil {
		return err
	}
	return w.notify(ctx, Request, fresh, "")
}

// Uninvite takes a guest off a coming meeting, also one of its series. Chair and
// secretaries are replaced, not taken off.
func (m *Module) Uninvite(ctx context.Context, number, key string) error {
	return m.act(ctx, number, EditMeeting, func(ctx context.Context, w *work) error {
		guests, err := m.allGuests(ctx, w.Meeting)
		if err != nil {
			return err
		}
		n := slices.IndexFunc(guests, func(g Guest) bool { return g.Key == key })
		if n < 0 {
			return notFound()
		}
		g := guests[n]
		if g.Role == RoleChair || g.Post != "" && w.Meeting.Secretaries.Has(g.Post) {
			return fault.New(fault.Conflict, "meetings.fault.officer")
		}
		out := g
		out.Owner, out.Role, out.Reply = w.Meeting.ID, RoleOut, ""
		if err := m.putGuest(ctx, out); err != nil {
			return err
		}
		w.touched(ctx)
		if err := m.bump(ctx, w.Meeting.ID); err != nil {
			return err
		}
		if err := w.change(ctx, ChangeGuests, false); err != nil {
			return err
		}
		return w.notify(ctx, Cancel, []Guest{g}, "")
	})
}

// Respond is the answer of the person of the context to an invitation; series
// answers for all occurrences to come.
func (m *Module) Respond(ctx context.Context, number string, a Answer, series bool) error {
	return m.act(ctx, number, Reply, func(ctx context.Context, w *work) error {
		if !slices.Contains([]Answer{Accepted, Declined, Tentative}, a) {
			var c fault.Check
			c.Fail("reply", "fault.choice")
			return c.Err()
		}
		owner := w.Meeting.ID
		if series && w.Meeting.Series != "" {
			owner = w.Meeting.Series
		}
		for _, k := range keysOf(w.Who) {
			if g, ok := w.guest(k); ok && g.Role != RoleOut {
				return w.m.answer(ctx, owner, g, a, g.ReplySeq)
			}
		}
		return notFound()
	})
}

// answer writes a guest's answer on a list.
func (m *Module) answer(ctx context.Context, owner string, g Guest, a Answer, sequence int) error {
	g.Owner, g.Reply, g.RepliedAt, g.ReplySeq = owner, a, clock.Now(ctx), sequence
	if err := m.putGuest(ctx, g); err != nil {
		return err
	}
	_, err := m.db.Exec(ctx, `INSERT INTO meetings_stamp (key, n) VALUES ($1, 1) ON CONFLICT (key) DO UPDATE SET n = meetings_stamp.n + 1`, g.Key)
	return err
}
