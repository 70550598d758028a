package people

import (
	"context"
	"slices"
	"strings"

	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/id"
)

// Appointment is what a form says of a new term. Days are as typed.
type Appointment struct {
	Post    string `form:"post"`
	Person  string `form:"person"`
	From    string `form:"from"`    // first day
	Last    string `form:"last"`    // last day; empty: the post's own length, or open
	Act     string `form:"act"`     // decree or other act, may be empty
	Replace bool   `form:"replace"` // ends the term of whoever holds the post the day before
}

const actMax = 200 // runes of an act of appointment

// Appoint gives a person a post from a day on. An administrator who appoints
// themselves needs another one: pending tells that this was proposed. Faults:
// Forbidden, NotFound, Invalid on the form's fields.
func (m *Module) Appoint(ctx context.Context, a Appointment) (t Term, pending bool, err error) {
	defer fault.Wrap(&err, "Appoint(%s)", a.Post)
	if err := m.mayAppoint(ctx, a.Post); err != nil {
		return Term{}, false, err
	}
	if me := Me(ctx); me.Administrator() && a.Person == me.Person {
		c, err := m.Propose(ctx, ChangeAppoint, a.data())
		return Term{}, c.State == ChangePending, err
	}
	err = m.db.Write(ctx, func(ctx context.Context) error {
		t, err = m.appoint(ctx, a)
		return err
	})
	return t, false, err
}

// mayAppoint refuses whoever may not appoint to the post, without telling
// strangers whether there is such a post.
func (m *Module) mayAppoint(ctx context.Context, post string) error {
	if err := allow(ctx, ActAppoint); err != nil {
		return err
	}
	p, err := m.Post(ctx, post)
	if err != nil {
		return err
	}
	b, err := m.Body(ctx, p.Body)
	if err != nil {
		return err
	}
	if !CanAppoint(Me(ctx), p, b) {
		return fault.New(fault.Forbidden, "people.fault.not_yours")
	}
	return nil
}

// appointing is an appointment that holds against every rule: the new term and
// those that end for it.
type appointing struct {
	term Term
	post Post
	ends []Term
}

// appoint checks and stores a term in the running transaction.
func (m *Module) appoint(ctx context.Context, a Appointment) (Term, error) {
	if err := m.lockPost(ctx, a.Post); err != nil {
		return Term{}, err
	}
	p, err := m.planAppointment(ctx, a)
	if err != nil {
		return Term{}, err
	}
	for _, t := range p.ends {
		if err := m.endTerm(ctx, t, p.post.Body, p.term.From); err != nil {
			return Term{}, err
		}
	}
	p.term.ID = id.New()
	if err := m.insertTerm(ctx, p.term); err != nil {
		return Term{}, err
	}
	if err := m.becomeOfficial(ctx, p.term.Person); err != nil {
		return Term{}, err
	}
	return p.term, m.announce(ctx, ofPost(EventAppointed, p.post.Code, p.post.Body,
		map[string]string{"from": string(p.term.From), "to": string(p.term.To)}))
}

// planAppointment reads the form and holds it against every rule; it changes
// nothing.
func (m *Module) planAppointment(ctx context.Context, a Appointment) (p appointing, err error) {
	today, err := m.Today(ctx)
	if err != nil {
		return p, err
	}
	if p.post, err = m.Post(ctx, a.Post); err != nil {
		return p, err
	}
	if p.term, err = m.readAppointment(ctx, a, p.post, today); err != nil {
		return p, err
	}
	held, err := m.termsOfPost(ctx, p.post.Code)
	if err != nil {
		return p, err
	}
	if a.Replace {
		held, p.ends, err = makeRoom(held, p.post, p.term.From, today)
		if err != nil {
			return p, err
		}
	}
	if err := checkSeats(held, p.term, p.post); err != nil {
		return p, err
	}
	return p, m.checkNoDelegate(ctx, p.term)
}

// checkNoDelegate refuses a person who acts for a colleague in the same post on
// one of the days: nobody sits twice.
func (m *Module) checkNoDelegate(ctx context.Context, t Term) error {
	given, err := m.delegationsOfPost(ctx, t.Post)
	if err != nil {
		return err
	}
	var c fault.Check
	if slices.ContainsFunc(given, func(d Delegation) bool { return d.Delegate == t.Person && overlap(d.From, d.To, t.From, t.To) }) {
		c.Fail("person", "people.fault.is_delegate")
	}
	return c.Err()
}

// readAppointment checks the fields of the form one by one.
func (m *Module) readAppointment(ctx context.Context, a Appointment, p Post, today clock.Day) (Term, error) {
	var c fault.Check
	if _, err := m.Person(ctx, a.Person); fault.Is(err, fault.NotFound) {
		c.Fail("person", "people.fault.person")
	} else if err != nil {
		return Term{}, err
	}
	t := Term{Post: p.Code, Person: a.Person, Act: strings.TrimSpace(a.Act), From: checkDay(&c, "from", a.From, true)}
	t.To = after(checkDay(&c, "last", a.Last, false), 1)
	c.Text("act", a.Act, false, actMax)
	if !Me(ctx).Administrator() {
		forbidPast(ctx, &c, "from", t.From, today)
	}
	if t.To != "" && t.To <= t.From {
		c.Fail("last", "people.fault.backwards")
	}
	if err := c.Err(); err != nil {
		return t, err
	}
	t.To = p.bounded(ctx, &c, t)
	return t, c.Err()
}

// bounded holds a term against the life of the post and the length of its
// terms, and gives its end: the one asked for, or the one these impose.
func (p Post) bounded(ctx context.Context, c *fault.Check, t Term) clock.Day {
	if t.From < p.From || ends(p.To, t.From) {
		c.Fail("from", "people.fault.no_post")
		return t.To
	}
	end := p.To
	if p.Years > 0 {
		end = earlier(end, years(t.From, p.Years))
	}
	if t.To != "" && end != "" && end < t.To {
		c.Fail("last", "people.fault.too_late", "day", dayText(ctx, after(end, -1)))
	}
	return earlier(t.To, end)
}

// makeRoom is the terms of a post with its only seat free from a day on, and
// the terms that end for it. From today on somebody may have acted already, so
// the day must be still to come.
func makeRoom(held []Term, p Post, day, today clock.Day) (rest, ended []Term, err error) {
	var c fault.Check
	for _, h := range held {
		if h.On(day) {
			c.Require(p.Seats == 1, "replace", "people.fault.which_seat")
			c.Require(day > today, "from", "people.fault.tomorrow")
			c.Require(h.From < day, "from", "people.fault.same_day")
			ended = append(ended, h)
			h.To = day
		}
		rest = append(rest, h)
	}
	return rest, ended, c.Err()
}

// checkSeats refuses a term for which no seat is free or the person has one
// already, or that would be one renewal too many.
func checkSeats(held []Term, t Term, p Post) error {
	var c fault.Check
	switch {
	case takenBy(held, t):
		c.Fail("person", "people.fault.holds_already")
	case fullest(held, t) >= p.Seats:
		c.Fail("from", "people.fault.no_seat", "count", p.Seats)
	case p.Years > 0 && p.Renewals >= 0 && inARow(held, t) > p.Renewals+1:
		c.Fail("person", "people.fault.renewals", "count", p.Renewals)
	}
	return c.Err()
}

// takenBy says whether the person of t has a seat on a day of t already.
func takenBy(held []Term, t Term) bool {
	return len(keep(held, func(h Term) bool { return h.Person == t.Person && overlap(h.From, h.To, t.From, t.To) })) > 0
}

// fullest is the most seats taken on any one day of t; their number grows only
// where a term begins.
func fullest(held []Term, t Term) int {
	days := []clock.Day{t.From}
	for _, h := range held {
		if h.From > t.From && (t.To == "" || h.From < t.To) {
			days = append(days, h.From)
		}
	}
	most := 0
	for _, day := range days {
		most = max(most, len(keep(held, func(h Term) bool { return h.On(day) })))
	}
	return most
}

// inARow is how many terms of the person follow each other without a gap, up to
// and with t.
func inARow(held []Term, t Term) int {
	for n := 1; ; n++ {
		before := keep(held, func(h Term) bool { return h.Person == t.Person && h.To == t.From && h.From < h.To })
		if len(before) == 0 {
			return n
		}
		t = before[0]
	}
}

func (a Appointment) data() map[string]string {
	data := map[string]string{"post": a.Post, "person": a.Person, "from": a.From, "last": a.Last, "act": a.Act}
	if a.Replace {
		data["replace"] = "true"
	}
	return data
}

func appointmentOf(data map[string]string) Appointment {
	return Appointment{Post: data["post"], Person: data["person"], From: data["from"], Last: data["last"], Act: data["act"], Replace: data["replace"] == "true"}
}

// coverAppointment registers an administrator's own appointment as a change.
func (m *Module) coverAppointment() {
	m.Cover(ChangeKind{
		Kind: ChangeAppoint,
		Title: func(ctx context.Context, data map[string]string) (string, error) {
			return m.termTitle(ctx, "people.change.appoint", data["post"], data["person"], data["from"])
		},
		Check: func(ctx context.Context, data map[string]string) error {
			_, err := m.planAppointment(ctx, appointmentOf(data))
			return err
		},
		Apply: func(ctx context.Context, data map[string]string) error {
			_, err := m.appoint(ctx, appointmentOf(data))
			return err
		},
	})
}

// termTitle is the line of a change about somebody in a post.
func (m *Module) termTitle(ctx context.Context, key, post, person, day string) (string, error) {
	names, err := m.Names(ctx, person)
	if err != nil {
		return "", err
	}
	p, err := m.Post(ctx, post)
	return i18n.T(ctx, key, "name", names[person], "post", p.Title, "day", dayText(ctx, clock.Day(day))), err
}
