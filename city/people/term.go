package people

import (
	"context"

	"ronda/platform/clock"
	"ronda/platform/fault"
)

// Term is the stretch of days for which a person holds a post.
type Term struct {
	ID       string
	Post     string // code
	Person   string // id
	From, To clock.Day
	Act      string // decree or other act of the appointment, may be empty
}

// On says whether the term holds the day.
func (t Term) On(day clock.Day) bool { return day.Within(t.From, t.To) }

// EndTerm ends a term after its last day, typed as "2006-01-02". A day that is
// past rewrites who held the post when, so it takes two administrators: pending
// tells that it was proposed. A term that has not begun can be called off with
// any day before it. Faults: Forbidden, NotFound, Conflict when the term ends
// by then already, Invalid on "last".
func (m *Module) EndTerm(ctx context.Context, term, last string) (pending bool, err error) {
	defer fault.Wrap(&err, "EndTerm(%s)", term)
	if err := allow(ctx, ActAppoint); err != nil {
		return false, err
	}
	t, err := m.Term(ctx, term)
	if err != nil {
		return false, err
	}
	if err := m.mayAppoint(ctx, t.Post); err != nil {
		return false, err
	}
	var c fault.Check
	day := checkDay(&c, "last", last, true)
	if err := c.Err(); err != nil {
		return false, err
	}
	today, err := m.Today(ctx)
	if err != nil {
		return false, err
	}
	data := map[string]string{"term": term, "last": string(day)}
	if day < today && t.From <= today {
		return m.endPast(ctx, data)
	}
	return false, m.db.Write(ctx, func(ctx context.Context) error { return m.endTermOf(ctx, data) })
}

// endPast proposes an end in the past; heads of bodies can not.
func (m *Module) endPast(ctx context.Context, data map[string]string) (pending bool, err error) {
	if !Me(ctx).Administrator() {
		var c fault.Check
		c.Fail("last", "people.fault.past_administrator")
		return false, c.Err()
	}
	c, err := m.Propose(ctx, ChangeEndTerm, data)
	return c.State == ChangePending, err
}

// endTermOf ends the term of the data in the running transaction. One that would
// end before it begins never was.
func (m *Module) endTermOf(ctx context.Context, data map[string]string) error {
	t, err := m.Term(ctx, data["term"])
	if err != nil {
		return err
	}
	if err := m.lockPost(ctx, t.Post); err != nil {
		return err
	}
	if t, err = m.Term(ctx, t.ID); err != nil { // again, now that nobody else changes it
		return err
	}
	until := max(after(clock.Day(data["last"]), 1), t.From)
	if ends(t.To, until) {
		return fault.New(fault.Conflict, "people.term.ended")
	}
	p, err := m.Post(ctx, t.Post)
	if err != nil {
		return err
	}
	return m.endTerm(ctx, t, p.Body, until)
}

// endTerm stores the end of a term, with the delegations given in it.
func (m *Module) endTerm(ctx context.Context, t Term, body string, until clock.Day) error {
	if err := m.setTermEnd(ctx, t.ID, until); err != nil {
		return err
	}
	if err := m.cutDelegations(ctx); err != nil {
		return err
	}
	return m.announce(ctx, ofPost(EventTermEnded, t.Post, body, map[string]string{"to": string(until)}))
}

// coverEnds registers the end of a term in the past as a change.
func (m *Module) coverEnds() {
	m.Cover(ChangeKind{
		Kind: ChangeEndTerm,
		Title: func(ctx context.Context, data map[string]string) (string, error) {
			t, err := m.Term(ctx, data["term"])
			if err != nil {
				return "", err
			}
			return m.termTitle(ctx, "people.change.end_term", t.Post, t.Person, data["last"])
		},
		Apply: m.endTermOf,
	})
}
