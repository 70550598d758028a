package meetings

import (
	"context"
	"slices"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
)

// Meeting reads a meeting for the person of the context, NotFound when it is not
// for them to know of.
func (m *Module) Meeting(ctx context.Context, number string) (v View, err error) {
	x, err := m.byNumber(ctx, number)
	if err != nil {
		return v, err
	}
	if v.Charter, err = m.Charters.Current(ctx); err != nil {
		return v, err
	}
	v.Meeting = x
	who := people.Me(ctx)
	if v.Guests, err = m.viewGuests(ctx, x, who); err != nil {
		return v, err
	}
	if _, err := v.Require(who, SeeMeeting); err != nil {
		return v, err
	}
	_, v.Inside = v.Can(who, SeeInside)
	v.May, v.Today = v.may(who), v.Charter.Today(clock.Now(ctx))
	v.Me = ownKey(who, v.Case)
	if err := m.fill(ctx, &v); err != nil {
		return v, err
	}
	v.keepSecrets(who)
	v.reckon()
	return v, nil
}

// viewGuests are the rows of the lists of a meeting; once it began, when there are
// attendees, the person's own alone.
func (m *Module) viewGuests(ctx context.Context, x Meeting, who people.Standing) ([]Guest, error) {
	if x.Began.IsZero() {
		return m.guestRows(ctx, x.lists()...)
	}
	return m.ownGuests(ctx, who, x.lists()...)
}

// ByID finds a meeting by its id, e.g. for the subject of an event; NotFound for
// what the person must not know of.
func (m *Module) ByID(ctx context.Context, id string) (Meeting, error) {
	x, err := m.byID(ctx, id)
	if err != nil {
		return x, err
	}
	c, err := m.look(ctx, x, SeeMeeting)
	if _, inside := c.Can(people.Me(ctx), SeeInside); !inside {
		x.Link, x.Logistics = "", ""
	}
	return x, err
}

// look is the case of a meeting for the person of the context, who must be
// allowed the action.
func (m *Module) look(ctx context.Context, x Meeting, action Action) (c Case, err error) {
	if c.Charter, err = m.Charters.Current(ctx); err != nil {
		return c, err
	}
	who := people.Me(ctx)
	c.Meeting = x
	if c.Guests, err = m.ownGuests(ctx, who, x.lists()...); err != nil {
		return c, err
	}
	_, err = c.Require(who, action)
	return c, err
}

// ownKey is the key by which the person is of the meeting.
func ownKey(who people.Standing, c Case) string {
	for _, k := range keysOf(who) {
		if g, ok := c.guest(k); ok && g.Role != RoleOut {
			return k
		}
	}
	return ""
}

const (
	itemColumns = `id, meeting, series, position, title, text, subject_kind, subject_id, wanted, minutes, presenter, section, documents, private,
	state, outcome, outcome_text, released, proposed_by, proposed_body, opened_at, closed_at, spent, from_item, made_at, version`
	attendeeColumns = `meeting, key, post, person, body, ministry, address, name, role, rank, reply, replied_at, in_at, out_at, spent, stands_for`
	decisionColumns = `id, number, meeting, item, text, owner, ministry, due, state, public, private, initiative, done_text, at, closed_at`
	taskColumns     = `id, number, meeting, item, what, who, who_kind, ministry, due, state, public, private, initiative, agenda, done_text, at, closed_at`
)

// fill reads what hangs on a meeting. What cannot be there yet is not asked for.
func (m *Module) fill(ctx context.Context, v *View) (err error) {
	x := v.Meeting
	if v.Items, err = m.items(ctx, x.ID); err != nil {
		return err
	}
	if x.Series != "" {
		s, err := m.seriesBy(ctx, "id", x.Series)
		if err != nil {
			return err
		}
		v.Series = &s
	}
	if err := m.fillPeople(ctx, v); err != nil {
		return err
	}
	if !x.Began.IsZero() {
		if v.Decisions, err = db.Query[Decision](ctx, m.db, `SELECT `+decisionColumns+` FROM meetings_decision WHERE meeting = $1 ORDER BY id`, x.ID); err != nil {
			return err
		}
		if v.Commitments, err = db.Query[Commitment](ctx, m.db, `SELECT `+taskColumns+` FROM meetings_commitment WHERE meeting = $1 ORDER BY id`, x.ID); err != nil {
			return err
		}
	}
	if x.Polling {
		if v.Slots, err = m.slots(ctx, x.ID, v.Me); err != nil {
			return err
		}
	}
	if x.Open {
		if v.Wishes, err = m.wishes(ctx, x.ID); err != nil {
			return err
		}
	}
	return m.fillKin(ctx, v)
}

// fillPeople reads who is invited, or who was there once it began.
func (m *Module) fillPeople(ctx context.Context, v *View) (err error) {
	if !v.Meeting.Began.IsZero() {
		v.Attendees, err = m.attendees(ctx, v.Meeting.ID)
		return err
	}
	for _, g := range invitees(v.Meeting, v.Guests) {
		v.Attendees = append(v.Attendees, v.seat(g))
	}
	return nil
}

func (m *Module) attendees(ctx context.Context, meeting string) ([]Attendee, error) {
	return db.Query[Attendee](ctx, m.db, `SELECT `+attendeeColumns+` FROM meetings_attendee WHERE meeting = $1 ORDER BY key`, meeting)
}

// fillKin reads the meeting that a group is of, and the groups of a meeting.
func (m *Module) fillKin(ctx context.Context, v *View) error {
	kin, err := db.Query[Meeting](ctx, m.db, `SELECT `+meetingColumns+` FROM meetings_meeting WHERE parent = $1 OR id = $2 ORDER BY number`, v.Meeting.ID, v.Meeting.Parent)
	for _, k := range kin {
		if k.ID == v.Meeting.Parent {
			v.Parent = &k
		} else {
			v.Groups = append(v.Groups, k)
		}
	}
	return err
}

// seat is a guest as an attendee who has not come yet.
func (c Case) seat(g Guest) Attendee {
	a := Attendee{Meeting: c.Meeting.ID, Key: g.Key, Post: g.Post, Person: g.Person, Body: g.Body, Address: g.Address, Name: g.Name, Role: g.Role,
		Reply: g.Reply, RepliedAt: g.RepliedAt, Rank: RankGuest, Ministry: c.ministryOf(g.Body)}
	switch {
	case g.Post != "":
		if p, ok := c.Charter.Posts.Get(g.Post); ok {
			a.Rank = string(p.Rank)
		}
	case g.Body != "":
		for _, p := range c.Charter.PostsOf(g.Body) {
			if p.Signs {
				a.Rank = string(p.Rank)
				break
			}
		}
	case g.Person != "":
		a.Rank = RankCitizen
	}
	return a
}

// ministryOf is the code of the ministry a body belongs to; its own code for one
// outside every ministry.
func (c Case) ministryOf(body string) string {
	if body == "" {
		return ""
	}
	if b, ok := c.Charter.Ministry(body); ok {
		return b.Code
	}
	return body
}

// keepSecrets takes out of the view what is not for the person.
func (v *View) keepSecrets(who people.Standing) {
	if _, all := v.Can(who, SeePrivate); !all {
		v.Items = slices.DeleteFunc(v.Items, func(i Item) bool { return i.Private })
		v.Decisions = slices.DeleteFunc(v.Decisions, func(d Decision) bool { return d.Private && !d.Public })
		v.Commitments = slices.DeleteFunc(v.Commitments, func(c Commitment) bool { return c.Private && !c.Public })
	}
	if _, convenes := v.Can(who, EditMeeting); !convenes {
		v.Wishes = slices.DeleteFunc(v.Wishes, func(w Wish) bool { return w.Person != who.Person || w.Person == "" })
	}
	if v.Inside {
		return
	}
	released := func(x Item) bool { return x.Released }
	v.Items = slices.DeleteFunc(v.Items, func(i Item) bool { return !released(i) })
	v.Decisions = slices.DeleteFunc(v.Decisions, func(d Decision) bool { return !d.Public })
	v.Commitments = slices.DeleteFunc(v.Commitments, func(c Commitment) bool { return !c.Public })
	v.Attendees, v.Guests, v.Slots, v.Series, v.Parent, v.Groups = nil, nil, nil, nil, nil, nil
	v.Meeting.Link, v.Meeting.Logistics = "", ""
}

// reckon sums the agenda up and says what does not fit.
func (v *View) reckon() {
	v.Budget.Length = v.Meeting.Length
	present, coming := 0, 0
	for _, i := range v.Items {
		v.Budget.Planned += i.Minutes
		v.Budget.Spent += int(i.Spent.Minutes())
	}
	for _, a := range v.Attendees {
		if a.Present() {
			present++
		}
		if a.Reply != Declined {
			coming++
		}
	}
	if over := v.Budget.Over(); over > 0 && v.Inside {
		v.warn("agenda", "meetings.warn.agenda", "minutes", v.Budget.Planned, "length", v.Budget.Length, "over", over)
	}
	heads := coming
	if v.Meeting.State == Running {
		heads = present
	}
	if v.Meeting.Capacity > 0 && heads > v.Meeting.Capacity {
		v.warn("capacity", "meetings.warn.capacity", "count", heads, "max", v.Meeting.Capacity)
	}
	if v.Inside && v.Meeting.Quorum > heads {
		v.warn("quorum", "meetings.warn.quorum", "count", heads, "min", v.Meeting.Quorum)
	}
}

func (v *View) warn(code, key string, args ...any) {
	v.Warnings = append(v.Warnings, Warning{Code: code, Key: key, Args: args})
}
