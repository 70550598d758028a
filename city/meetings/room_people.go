package meetings

import (
	"context"
	"slices"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// Arrival is somebody who comes in: a guest by Key, or somebody not invited by
// Post, Body or Name. Rank is that of the post when empty; For says whose place a
// delegate takes, by the code of the post.
type Arrival struct{ Key, Post, Body, Name, Rank, For string }

// CheckIn records that somebody is in the room; the zero Arrival is the person.
func (m *Module) CheckIn(ctx context.Context, number string, a Arrival) error {
	action := CheckIn
	if a == (Arrival{}) {
		action = CheckInSelf
	}
	return m.act(ctx, number, action, func(ctx context.Context, w *work) error {
		at, err := w.arrive(ctx, a)
		if err != nil {
			return err
		}
		if at.Present() {
			return nil
		}
		if w.Meeting.State == Running {
			at.In, at.Out = clock.Now(ctx), time.Time{}
		} else { // remembered afterwards: there for all of it
			at.In, at.Out, at.Spent = w.Meeting.Began, w.Meeting.Ended, w.Meeting.Ended.Sub(w.Meeting.Began)
		}
		if err := m.saveAttendee(ctx, at); err != nil {
			return err
		}
		return w.change(ctx, ChangeIn, false, "key", at.Key, "rank", at.Rank)
	})
}

// arrive is the attendee of an arrival, with the rank in which they came.
func (w *work) arrive(ctx context.Context, a Arrival) (Attendee, error) {
	self := a == (Arrival{})
	if self {
		a.Key = ownKey(w.Who, w.Case)
	}
	at, ok, err := w.attendee(ctx, a.Key)
	if err != nil {
		return at, err
	}
	if !ok {
		if a.Key != "" {
			return at, notFound()
		}
		if at, err = w.walkIn(ctx, a); err != nil {
			return at, err
		}
	}
	if self && at.Person != "" && at.Person != w.Who.Person {
		if at, err = w.another(ctx, at); err != nil {
			return at, err
		}
	}
	if self {
		at.Person = w.Who.Person
		if h, ok := w.Who.Holds(at.Post); ok {
			a.Rank = h.Attends()
		}
	}
	return at, w.rank(&at, a)
}

// another is a second holder of an invited post, who came too: they are there by
// name.
func (w *work) another(ctx context.Context, seat Attendee) (Attendee, error) {
	g := Guest{Owner: w.Meeting.ID, Key: "person:" + w.Who.Person, Person: w.Who.Person, Post: seat.Post, Body: seat.Body, Role: RoleRequired}
	if err := w.m.putGuest(ctx, g); err != nil {
		return Attendee{}, err
	}
	at := w.seat(g)
	return at, w.m.db.Insert(ctx, "meetings_attendee", at)
}

// attendee is the row of somebody who is of the meeting.
func (w *work) attendee(ctx context.Context, key string) (Attendee, bool, error) {
	return db.Find[Attendee](ctx, w.m.db, `SELECT `+attendeeColumns+` FROM meetings_attendee WHERE meeting = $1 AND key = $2`, w.Meeting.ID, key)
}

// seated is the attendee of a key, the person's own for an empty one; NotFound
// for whoever is not of the meeting.
func (w *work) seated(ctx context.Context, key string) (Attendee, error) {
	if key == "" {
		key = ownKey(w.Who, w.Case)
	}
	a, ok, err := w.attendee(ctx, key)
	if err == nil && !ok {
		err = notFound()
	}
	return a, err
}

// rank gives an attendee the rank they came with.
func (w *work) rank(at *Attendee, a Arrival) error {
	var c fault.Check
	known := slices.Contains(charter.Ranks, charter.Rank(a.Rank)) || slices.Contains([]string{RankGuest, RankSpecialist, RankCitizen}, a.Rank)
	c.Require(a.Rank == "" || known, "rank", "fault.choice")
	if a.For != "" {
		_, ok := w.Charter.Posts.Get(a.For)
		c.Require(ok, "for", "meetings.fault.post")
	}
	if a.Rank != "" {
		at.Rank = a.Rank
	}
	at.For = a.For
	if at.Rank == string(charter.RankDelegate) && at.For == "" && at.Post != "" {
		if p, ok := w.Charter.Posts.Get(at.Post); ok && p.Rank != charter.RankDelegate {
			at.For = at.Post
		}
	}
	return c.Err()
}

// walkIn puts somebody who was not invited on the lists of the meeting.
func (w *work) walkIn(ctx context.Context, a Arrival) (Attendee, error) {
	var c fault.Check
	g := Guest{Post: a.Post, Body: a.Body, Name: a.Name, Role: RoleGuest}
	if a.Post == "" && a.Body != "" && strings.TrimSpace(a.Name) != "" {
		g.Body = "" // a person of a body, by name
	}
	list, err := w.m.checkGuests(ctx, w.Charter, &c, []Guest{g})
	if err != nil {
		return Attendee{}, err
	}
	if err := c.Err(); err != nil {
		return Attendee{}, err
	}
	g = list[0]
	if a.Body != "" && g.Body == "" {
		b, ok := w.Charter.Bodies.Get(a.Body)
		c.Require(ok, "guests", "meetings.fault.guest", "guest", a.Body)
		g.Body = b.Code
	}
	if err := c.Err(); err != nil {
		return Attendee{}, err
	}
	if at, ok, err := w.attendee(ctx, g.Key); err != nil || ok {
		return at, err
	}
	g.Owner = w.Meeting.ID
	if err := w.m.putGuest(ctx, g); err != nil {
		return Attendee{}, err
	}
	at := w.seat(g)
	return at, w.m.db.Insert(ctx, "meetings_attendee", at)
}

func (m *Module) saveAttendee(ctx context.Context, a Attendee) error {
	n, err := m.db.Exec(ctx, `UPDATE meetings_attendee SET person = $3, rank = $4, in_at = $5, out_at = $6, spent = $7, stands_for = $8
		WHERE meeting = $1 AND key = $2`, a.Meeting, a.Key, a.Person, a.Rank, a.In, a.Out, a.Spent, a.For)
	return db.Changed(n, err, "fault.conflict")
}

// leave adds the stay that ends to the time the attendee gave.
func (m *Module) leave(ctx context.Context, a Attendee, now time.Time) error {
	a.Out = now
	a.Spent += max(0, now.Sub(a.In))
	return m.saveAttendee(ctx, a)
}

// CheckOut records that they went; an empty key is the person.
func (m *Module) CheckOut(ctx context.Context, number, key string) error {
	action := CheckIn
	if key == "" {
		action = CheckInSelf
	}
	return m.act(ctx, number, action, func(ctx context.Context, w *work) error {
		if err := w.onlyIn(Running); err != nil {
			return err
		}
		a, err := w.seated(ctx, key)
		if err != nil || !a.Present() {
			return err
		}
		if err := m.leave(ctx, a, clock.Now(ctx)); err != nil {
			return err
		}
		return w.change(ctx, ChangeOut, false, "key", a.Key)
	})
}

// TimeGiven is the time given to meetings that ended in [from, to), by ministry,
// most first: for each attendance how long they were in the room.
func (m *Module) TimeGiven(ctx context.Context, from, to time.Time) ([]TimeGiven, error) {
	return db.Query[TimeGiven](ctx, m.db, `SELECT a.ministry, CAST(sum(a.spent) AS BIGINT) AS spent, count(DISTINCT a.meeting) AS meetings, count(*) AS stays
		FROM meetings_attendee a JOIN meetings_meeting m ON m.id = a.meeting
		WHERE m.ended_at >= $1 AND m.ended_at < $2 AND m.ended_at > 0 AND a.in_at > 0 GROUP BY a.ministry ORDER BY sum(a.spent) DESC, a.ministry`, from, to)
}
