package people

import (
	"context"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

type termRow struct {
	ID      string    `db:"id"`
	Post    string    `db:"post"`
	Person  string    `db:"person"`
	Since   clock.Day `db:"since"`
	Until   clock.Day `db:"until"`
	Act     string    `db:"act"`
	Created time.Time `db:"created_at"`
}

const termColumns = "h.id, h.post, h.person, h.since, h.until, h.act, h.created_at"

// wasInForce leaves out terms that were called off before they began.
const wasInForce = `(h.until = '' OR h.since < h.until)`

func (r termRow) term() Term {
	return Term{ID: r.ID, Post: r.Post, Person: r.Person, From: r.Since, To: r.Until, Act: r.Act}
}

// Term is the term with that id, fault.NotFound without one.
func (m *Module) Term(ctx context.Context, id string) (Term, error) {
	r, err := db.One[termRow](ctx, m.db, `SELECT `+termColumns+` FROM people_holding h WHERE h.id = $1`, id)
	return r.term(), err
}

func (m *Module) termList(ctx context.Context, query string, args ...any) ([]Term, error) {
	rows, err := db.Query[termRow](ctx, m.db, query, args...)
	out := make([]Term, len(rows))
	for i, r := range rows {
		out[i] = r.term()
	}
	return out, err
}

// termsOfPost are the terms of a post, in order of time.
func (m *Module) termsOfPost(ctx context.Context, post string) ([]Term, error) {
	return m.termList(ctx, `SELECT `+termColumns+` FROM people_holding h WHERE h.post = $1 AND `+wasInForce+` ORDER BY h.since, h.id`, post)
}

// TermsOf are the terms of a person, newest first.
func (m *Module) TermsOf(ctx context.Context, person string) ([]Term, error) {
	return m.termList(ctx, `SELECT `+termColumns+` FROM people_holding h WHERE h.person = $1 AND `+wasInForce+`
		ORDER BY h.since DESC, h.id DESC`, person)
}

// TermsHeld are the terms of some persons on a day, longest first.
func (m *Module) TermsHeld(ctx context.Context, day clock.Day, persons ...string) ([]Term, error) {
	if len(persons) == 0 {
		return nil, nil
	}
	marks, args := list(persons, 2)
	return m.termList(ctx, `SELECT `+termColumns+` FROM people_holding h WHERE h.since <= $1 AND (h.until = '' OR h.until > $1)
		AND h.person IN (`+marks+`) ORDER BY h.since, h.id`, append([]any{day}, args...)...)
}

// TermsIn are the terms of all posts that are or were of the body, newest first.
func (m *Module) TermsIn(ctx context.Context, body string) ([]Term, error) {
	return m.termList(ctx, `SELECT `+termColumns+` FROM people_holding h
		WHERE h.post IN (SELECT post FROM people_post_term WHERE body = $1) AND `+wasInForce+` ORDER BY h.since DESC, h.id DESC`, body)
}

// TermsOn are the terms of all posts on a day, longest first.
func (m *Module) TermsOn(ctx context.Context, day clock.Day) ([]Term, error) {
	return m.termList(ctx, `SELECT `+termColumns+` FROM people_holding h
		WHERE h.since <= $1 AND (h.until = '' OR h.until > $1) ORDER BY h.since, h.id`, day)
}

func (m *Module) insertTerm(ctx context.Context, t Term) error {
	return m.db.Insert(ctx, "people_holding", termRow{t.ID, t.Post, t.Person, t.From, t.To, t.Act, clock.Now(ctx)})
}

func (m *Module) setTermEnd(ctx context.Context, id string, until clock.Day) error {
	_, err := m.db.Exec(ctx, `UPDATE people_holding SET until = $2 WHERE id = $1`, id, until)
	return err
}

// lockPost makes other changes of the same post wait; NotFound without one.
func (m *Module) lockPost(ctx context.Context, post string) error {
	n, err := m.db.Exec(ctx, `UPDATE people_post SET turn = turn + 1 WHERE code = $1`, post)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	return err
}

// cutTerms ends terms with the post they are of.
func (m *Module) cutTerms(ctx context.Context) error {
	_, err := m.db.Exec(ctx, `UPDATE people_holding SET until = CASE WHEN people_holding.since < p.until THEN p.until ELSE people_holding.since END
		FROM people_post p WHERE p.code = people_holding.post AND p.until <> ''
		AND (people_holding.until = '' OR people_holding.until > p.until) AND (people_holding.until = '' OR people_holding.since < people_holding.until)`)
	if err != nil {
		return err
	}
	return m.cutDelegations(ctx)
}

// cutDelegations ends delegations with the term they were given in; those that
// would begin after it never do.
func (m *Module) cutDelegations(ctx context.Context) error {
	_, err := m.db.Exec(ctx, `UPDATE people_delegation SET until = CASE WHEN people_delegation.since < h.until THEN h.until ELSE people_delegation.since END
		FROM people_holding h WHERE h.id = people_delegation.holding AND h.until <> ''
		AND people_delegation.until > h.until AND people_delegation.since < people_delegation.until`)
	return err
}
