package meetings

import (
	"context"
	"slices"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// CreateMeeting plans a single meeting. Fields as in CreateSeries, with "starts",
// "initiative" and "open". Meetings of the cycle are private. An x with an ID, which
// its form was given, is planned once however often the form is sent.
func (m *Module) CreateMeeting(ctx context.Context, x Meeting, guests []Guest) (Meeting, error) {
	if !id.Valid(x.ID) {
		x.ID = id.New()
	}
	asked := x
	err := m.db.Write(ctx, func(ctx context.Context) error {
		w, err := m.begin(ctx, x)
		if err != nil {
			return err
		}
		w.Meeting.ID = asked.ID
		if there, known, err := m.planned(ctx, &w.Meeting); err != nil || known {
			x = there
			return err
		}
		if err := w.plan(ctx, guests); err != nil {
			return err
		}
		x = w.Meeting
		return w.tell(ctx, EventPlanned, false, nil, nil)
	})
	if db.IsUnique(err) { // sent twice at the same time
		if there, known, _ := m.planned(ctx, &asked); known {
			return there, nil
		}
	}
	return x, err
}

// planned is the meeting that this form has made already. A form that says
// something else by now, which its sender went back to, makes another.
func (m *Module) planned(ctx context.Context, x *Meeting) (there Meeting, known bool, err error) {
	there, known, err = db.Find[Meeting](ctx, m.db, `SELECT `+meetingColumns+` FROM meetings_meeting WHERE id = $1`, x.ID)
	if known && (there.Kind != x.Kind || there.Title != strings.TrimSpace(x.Title) || !there.Starts.Equal(x.Starts.UTC().Truncate(time.Minute))) {
		x.ID, known = id.New(), false
	}
	return there, known, err
}

// begin is the act of planning a meeting, once the policy allows it.
func (m *Module) begin(ctx context.Context, x Meeting) (*work, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	w := &work{m: m, Who: people.Me(ctx), Case: Case{Charter: ch, Meeting: fresh(x)}}
	if err := w.convene(ctx); err != nil {
		return nil, err
	}
	w.As, err = w.Require(w.Who, PlanMeeting)
	return w, err
}

// fresh is what of a form's meeting is read.
func fresh(x Meeting) Meeting {
	return Meeting{Kind: x.Kind, Title: x.Title, Purpose: x.Purpose, Place: x.Place, Link: x.Link, Starts: x.Starts.UTC().Truncate(time.Minute),
		Length: x.Length, Chair: x.Chair, Secretaries: x.Secretaries, Capacity: x.Capacity, Quorum: x.Quorum, Private: x.Private || x.Kind.Cycle(),
		Initiative: x.Initiative, Guest: x.Guest, Host: x.Host, Logistics: x.Logistics, Axis: x.Axis, Materials: x.Materials, Open: x.Open,
		State: Planned, Version: 1, Invented: x.Invented}
}

// convene finds who convenes a collaborative meeting: whoever sponsors its
// initiative.
func (w *work) convene(ctx context.Context) error {
	x := &w.Meeting
	if x.Kind != Collaborative {
		x.Initiative, x.Open = "", false
		return nil
	}
	if x.Initiative == "" {
		var c fault.Check
		c.Fail("initiative", "fault.required")
		return c.Err()
	}
	i, err := w.m.Steps.ByID(ctx, x.Initiative)
	if err != nil {
		return err
	}
	x.Convener = i.Sponsor
	return nil
}

// plan checks and writes the meeting of the act with its guests.
func (w *work) plan(ctx context.Context, guests []Guest) error {
	c := form{ch: w.Charter}
	c.texts(ctx, &w.Meeting)
	c.future(ctx, "starts", w.Meeting.Starts)
	guests, err := w.m.checkGuests(ctx, w.Charter, &c.Check, guests)
	if err != nil {
		return err
	}
	if err := c.Err(); err != nil {
		return err
	}
	if w.Meeting.ID == "" {
		w.Meeting.ID = id.New()
	}
	if err := w.m.insertAs(ctx, w.Charter, &w.Meeting); err != nil {
		return err
	}
	return w.m.insertGuests(ctx, w.Meeting.ID, officers(w.Charter, guests, w.Meeting.Chair, w.Meeting.Secretaries))
}

// insert gives a new meeting its names and writes it.
func (m *Module) insert(ctx context.Context, ch *charter.Charter, x *Meeting) error {
	x.ID = id.New()
	return m.insertAs(ctx, ch, x)
}

// insertAs is insert of a meeting that has its id.
func (m *Module) insertAs(ctx context.Context, ch *charter.Charter, x *Meeting) (err error) {
	x.Made = clock.Now(ctx)
	x.Changed = x.Made
	if x.UID == "" {
		x.UID = x.ID
	}
	if x.Number, err = m.nextNumber(ctx, ch, prefixMeeting, x.Starts); err != nil {
		return err
	}
	return m.db.Insert(ctx, "meetings_meeting", *x)
}

func (m *Module) insertGuests(ctx context.Context, owner string, guests []Guest) error {
	for _, g := range guests {
		g.Owner = owner
		if err := m.putGuest(ctx, g); err != nil {
			return err
		}
	}
	return m.bump(ctx, owner)
}

// EditMeeting changes what a coming meeting says, save its time and place (see
// MoveMeeting). Conflict holds the stored Meeting when version is old.
func (m *Module) EditMeeting(ctx context.Context, number string, version int, x Meeting) (Meeting, error) {
	err := m.act(ctx, number, EditMeeting, func(ctx context.Context, w *work) error {
		if err := w.current(version); err != nil {
			return err
		}
		if err := w.edit(ctx, x); err != nil {
			return err
		}
		x = w.Meeting
		return w.tell(ctx, EventEdited, false, nil, nil)
	})
	return x, err
}

// current is Conflict unless version is that of the stored meeting.
func (w *work) current(version int) error {
	if version == w.Meeting.Version {
		return nil
	}
	f := fault.New(fault.Conflict, "meetings.fault.edited")
	f.Theirs = w.Meeting
	return f
}

func (w *work) edit(ctx context.Context, x Meeting) error {
	old := w.Meeting
	y := &w.Meeting
	y.Title, y.Purpose, y.Chair, y.Secretaries, y.Capacity, y.Quorum = x.Title, x.Purpose, x.Chair, x.Secretaries, x.Capacity, x.Quorum
	y.Guest, y.Host, y.Logistics, y.Axis, y.Materials = x.Guest, x.Host, x.Logistics, x.Axis, x.Materials
	y.Open = x.Open && y.Kind == Collaborative
	y.Public = y.Public && (y.Open || !y.Released.IsZero()) || y.Open && y.State == Called
	y.Version++
	c := form{ch: w.Charter}
	c.texts(ctx, y)
	if err := c.Err(); err != nil {
		return err
	}
	y.Apart = y.Apart || y.Series != ""
	if err := w.reseat(ctx, old); err != nil {
		return err
	}
	w.touched(ctx)
	if err := w.m.bump(ctx, y.lists()...); err != nil || y.Title == old.Title && y.Purpose == old.Purpose {
		return err
	}
	y.Sequence++
	return w.tellAll(ctx, Request, "")
}

// reseat puts chair and secretaries on the list of guests when they change, and
// tells those who follow the room.
func (w *work) reseat(ctx context.Context, old Meeting) error {
	x := w.Meeting
	if x.Chair == old.Chair && equal(x.Secretaries, old.Secretaries) {
		return nil
	}
	guests, err := w.m.allGuests(ctx, x)
	if err != nil {
		return err
	}
	changed := slices.DeleteFunc(officers(w.Charter, guests, x.Chair, x.Secretaries), func(g Guest) bool {
		return slices.ContainsFunc(guests, func(o Guest) bool { return o.Key == g.Key && o.Role == g.Role })
	})
	if err := w.m.insertGuests(ctx, x.ID, changed); err != nil {
		return err
	}
	return w.change(ctx, ChangeGuests, false) // who may see what is asked anew
}

// tellAll tells every guest of the meeting.
func (w *work) tellAll(ctx context.Context, method Method, why string) error {
	if w.Meeting.Called.IsZero() || w.m.inviter == nil {
		return nil
	}
	guests, err := w.m.allGuests(ctx, w.Meeting)
	if err != nil {
		return err
	}
	return w.notify(ctx, method, guests, why)
}
