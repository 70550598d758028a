package people

import (
	"context"
	"slices"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Delegation lets another person act for a post on certain days.
type Delegation struct {
	ID       string
	Term     string // id of the giver's term in the post
	Post     string // code
	Giver    string // person id: the holder
	Delegate string // person id
	From, To clock.Day
	Planned  clock.Day // the end it was given with; To is earlier when it was revoked or the term ended
	Reason   string    // for officials, never public
	Stopped  time.Time // when it was revoked at once; zero otherwise
}

// On says whether the delegate could act on the day.
func (d Delegation) On(day clock.Day) bool { return d.From < d.To && day.Within(d.From, d.To) }

// DelegationForm is what a form says of a new delegation. Days are as typed.
type DelegationForm struct {
	Post     string `form:"post"`
	Delegate string `form:"person"`
	From     string `form:"from"` // first day
	Last     string `form:"last"` // last day
	Reason   string `form:"reason"`
}

// Delegate lets another official act for a post that whoever acts in ctx holds,
// from today or later up to a last day within the own term. Faults: Forbidden
// to anybody but the holder, Invalid on the form's fields.
func (m *Module) Delegate(ctx context.Context, f DelegationForm) (d Delegation, err error) {
	defer fault.Wrap(&err, "Delegate(%s)", f.Post)
	if err := m.mayDelegate(ctx, f.Post); err != nil {
		return d, err
	}
	today, err := m.Today(ctx)
	if err != nil {
		return d, err
	}
	if d, err = readDelegation(ctx, f, today); err != nil {
		return d, err
	}
	err = m.db.Write(ctx, func(ctx context.Context) error {
		if err := m.lockPost(ctx, d.Post); err != nil {
			return err
		}
		if err := m.checkDelegation(ctx, &d); err != nil {
			return err
		}
		return m.storeDelegation(ctx, d)
	})
	return d, err
}

// mayDelegate refuses whoever does not hold the post themselves.
func (m *Module) mayDelegate(ctx context.Context, post string) error {
	if err := allow(ctx, ActDelegate); err != nil {
		return err
	}
	own := func(h Holding) bool { return h.Post == post && !h.Delegated }
	if !slices.ContainsFunc(Me(ctx).Posts, own) {
		return fault.New(fault.Forbidden, "people.fault.not_holder")
	}
	return nil
}

// readDelegation checks the fields of the form one by one.
func readDelegation(ctx context.Context, f DelegationForm, today clock.Day) (Delegation, error) {
	var c fault.Check
	d := Delegation{ID: id.New(), Post: f.Post, Giver: Me(ctx).Person, Delegate: f.Delegate, Reason: strings.TrimSpace(f.Reason)}
	c.Require(d.Delegate != d.Giver, "person", "people.fault.yourself")
	d.From = checkDay(&c, "from", f.From, true)
	forbidPast(ctx, &c, "from", d.From, today)
	d.Planned = after(checkDay(&c, "last", f.Last, true), 1)
	d.To = d.Planned
	if d.To != "" && d.To <= d.From {
		c.Fail("last", "people.fault.backwards")
	}
	c.Text("reason", f.Reason, true, reasonMax)
	return d, c.Err()
}

// checkDelegation finds the giver's term that holds all days of d and refuses a
// delegate who could act for the post on one of them anyway.
func (m *Module) checkDelegation(ctx context.Context, d *Delegation) error {
	var c fault.Check
	p, err := m.Person(ctx, d.Delegate)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	c.Require(err == nil && p.Official, "person", "people.fault.official")
	held, err := m.termsOfPost(ctx, d.Post)
	if err != nil {
		return err
	}
	own := slices.IndexFunc(held, func(t Term) bool { return t.Person == d.Giver && t.On(d.From) })
	switch {
	case own < 0:
		c.Fail("from", "people.fault.outside_term")
	case !ends(d.To, held[own].To):
		c.Fail("last", "people.fault.too_late", "day", dayText(ctx, after(held[own].To, -1)))
	default:
		d.Term = held[own].ID
	}
	if takenBy(held, Term{Person: d.Delegate, From: d.From, To: d.To}) {
		c.Fail("person", "people.fault.holds_already")
	}
	given, err := m.delegationsOfPost(ctx, d.Post)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(given, func(o Delegation) bool { return o.Delegate == d.Delegate && overlap(o.From, o.To, d.From, d.To) }) {
		c.Fail("person", "people.fault.delegated_already")
	}
	return c.Err()
}

func (m *Module) storeDelegation(ctx context.Context, d Delegation) error {
	if err := m.insertDelegation(ctx, d); err != nil {
		return err
	}
	return m.announceDelegation(ctx, EventDelegated, d, map[string]string{"from": string(d.From), "to": string(d.To)})
}

// RevokeDelegation ends a delegation from a day on, typed as "2006-01-02", not
// before today. From today means at once; what the delegate signed today
// stands. Only the giver may, and administrators. Faults: Forbidden, NotFound,
// Conflict when it is over by then already, Invalid on "from".
func (m *Module) RevokeDelegation(ctx context.Context, delegation, from string) (err error) {
	defer fault.Wrap(&err, "RevokeDelegation(%s)", delegation)
	me := Me(ctx)
	if !Can(me, ActDelegate) && !me.Administrator() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	d, err := m.Delegation(ctx, delegation)
	if err != nil {
		return err
	}
	if d.Giver != me.Person && !me.Administrator() {
		return fault.New(fault.Forbidden, "people.fault.not_giver")
	}
	today, err := m.Today(ctx)
	if err != nil {
		return err
	}
	var c fault.Check
	day := checkDay(&c, "from", from, true)
	forbidPast(ctx, &c, "from", day, today)
	if err := c.Err(); err != nil {
		return err
	}
	return m.db.Write(ctx, func(ctx context.Context) error { return m.revoke(ctx, d.ID, day, today) })
}

// revoke ends a delegation in the running transaction.
func (m *Module) revoke(ctx context.Context, delegation string, day, today clock.Day) error {
	d, err := m.Delegation(ctx, delegation)
	if err != nil {
		return err
	}
	if err := m.lockPost(ctx, d.Post); err != nil {
		return err
	}
	if d, err = m.Delegation(ctx, delegation); err != nil { // again, now that nobody else changes it
		return err
	}
	if d.To <= day || d.From >= d.To || !d.Stopped.IsZero() {
		return fault.New(fault.Conflict, "people.delegation.over")
	}
	switch {
	case day <= d.From && today < d.From:
		d.To = d.From // it never begins
	case day == today:
		d.To, d.Stopped = after(today, 1), clock.Now(ctx)
	default:
		d.To = day
	}
	if err := m.endDelegation(ctx, d); err != nil {
		return err
	}
	return m.announceDelegation(ctx, EventDelegationRevoked, d, map[string]string{"to": string(d.To)})
}

func (m *Module) announceDelegation(ctx context.Context, kind string, d Delegation, data map[string]string) error {
	p, err := m.Post(ctx, d.Post)
	if err != nil {
		return err
	}
	e := ofPost(kind, d.Post, p.Body, data)
	e.Actor.Person, e.Actor.Post, e.Actor.Body = Me(ctx).Person, d.Post, p.Body
	if d.Giver != e.Actor.Person { // an administrator revoked it
		e.Actor.Post, e.Actor.Body = "", ""
	}
	return m.announce(ctx, e)
}
