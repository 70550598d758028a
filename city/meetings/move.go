package meetings

import (
	"context"
	"slices"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

func equal(a, b Codes) bool { return slices.Equal(a, b) }

// MoveMeeting moves a coming meeting to another time, length, place or link; of
// to these four are read. An occurrence keeps its Occurrence. Answers to the old
// time are asked again.
func (m *Module) MoveMeeting(ctx context.Context, number string, version int, to Meeting, why string) error {
	return m.act(ctx, number, EditMeeting, func(ctx context.Context, w *work) error {
		if err := w.current(version); err != nil {
			return err
		}
		if w.Meeting.Polling {
			return fault.New(fault.Conflict, "meetings.fault.polling")
		}
		if err := w.checkMove(ctx, &to, why); err != nil {
			return err
		}
		w.Meeting.Version++
		return w.move(ctx, to, why)
	})
}

func (w *work) checkMove(ctx context.Context, to *Meeting, why string) error {
	to.Place, to.Link = strings.TrimSpace(to.Place), strings.TrimSpace(to.Link)
	to.Starts = to.Starts.UTC().Truncate(time.Minute)
	c := form{ch: w.Charter}
	c.future(ctx, "starts", to.Starts)
	c.number("length", to.Length, 5, MinutesMax)
	c.Text("place", to.Place, false, LineMax)
	c.link("link", to.Link, false)
	c.Text("why", why, !w.Meeting.Called.IsZero(), TextMax)
	return c.Err()
}

// move writes the new time and place and tells of it.
func (w *work) move(ctx context.Context, to Meeting, why string) error {
	x := &w.Meeting
	old := *x
	x.Starts, x.Length, x.Place, x.Link, x.Why = to.Starts, to.Length, to.Place, to.Link, why
	x.Apart = x.Apart || x.Series != ""
	if err := w.outrank(ctx); err != nil {
		return err
	}
	w.rescheduled(ctx)
	if !x.Starts.Equal(old.Starts) {
		if _, err := w.m.db.Exec(ctx, `UPDATE meetings_guest SET reply = '', replied_at = 0 WHERE owner = $1`, x.ID); err != nil {
			return err
		}
	}
	if err := w.m.bump(ctx, x.lists()...); err != nil {
		return err
	}
	if err := w.tellAll(ctx, Request, why); err != nil {
		return err
	}
	return w.tell(ctx, EventMoved, x.Public, map[string]string{"from": stamp(old.Starts), "to": stamp(x.Starts)}, words("why", why))
}

// outrank makes the sequence of an occurrence at least that of its series.
func (w *work) outrank(ctx context.Context) error {
	if w.Meeting.Series == "" {
		return nil
	}
	n, err := db.One[int](ctx, w.m.db, `SELECT sequence FROM meetings_series WHERE id = $1`, w.Meeting.Series)
	w.Meeting.Sequence = max(w.Meeting.Sequence, n)
	return err
}

// stamp is an instant in the data of an event.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// CancelMeeting cancels a coming meeting; its items go to the backlog.
func (m *Module) CancelMeeting(ctx context.Context, number, why string) error {
	return m.act(ctx, number, CancelMeeting, func(ctx context.Context, w *work) error {
		if err := reason("why", why); err != nil {
			return err
		}
		return w.cancel(ctx, why)
	})
}

func (w *work) cancel(ctx context.Context, why string) error {
	x := &w.Meeting
	x.State, x.Why, x.Apart, x.Polling = Cancelled, why, x.Apart || x.Series != "", false
	if err := w.outrank(ctx); err != nil {
		return err
	}
	w.rescheduled(ctx)
	if err := w.m.itemsBack(ctx, x.Series, x.ID); err != nil {
		return err
	}
	if err := w.m.bump(ctx, x.lists()...); err != nil {
		return err
	}
	if err := w.tellAll(ctx, Cancel, why); err != nil {
		return err
	}
	return w.tell(ctx, EventCancelled, x.Public, map[string]string{"at": stamp(x.Starts)}, words("why", why))
}

// CallMeeting sends the invitations of a meeting.
func (m *Module) CallMeeting(ctx context.Context, number string) error {
	return m.act(ctx, number, EditMeeting, func(ctx context.Context, w *work) error {
		x := &w.Meeting
		if x.State != Planned {
			return fault.New(fault.Conflict, "meetings.fault.called")
		}
		if x.Polling {
			return fault.New(fault.Conflict, "meetings.fault.polling")
		}
		if !x.Starts.After(clock.Now(ctx)) {
			return fault.New(fault.Conflict, "meetings.fault.past")
		}
		x.State, x.Called, x.Public = Called, clock.Now(ctx), x.Public || x.Open
		w.touched(ctx)
		guests, err := m.allGuests(ctx, *x)
		if err != nil {
			return err
		}
		if err := m.bump(ctx, x.lists()...); err != nil {
			return err
		}
		if err := w.notify(ctx, Request, guests, ""); err != nil {
			return err
		}
		return w.tell(ctx, EventCalled, x.Public, map[string]string{"guests": itoa(len(guests)), "bodies": itoa(len(bodiesOf(guests)))}, nil)
	})
}

// bodiesOf are the codes of the bodies among guests, each once.
func bodiesOf(guests []Guest) []string {
	var out []string
	for _, g := range guests {
		if g.Body != "" && !slices.Contains(out, g.Body) {
			out = append(out, g.Body)
		}
	}
	return out
}
