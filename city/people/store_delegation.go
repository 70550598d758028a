package people

import (
	"context"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
)

type delegationRow struct {
	ID       string    `db:"id"`
	Holding  string    `db:"holding"`
	Post     string    `db:"post"`
	Giver    string    `db:"giver"`
	Delegate string    `db:"delegate"`
	Since    clock.Day `db:"since"`
	Until    clock.Day `db:"until"`
	Planned  clock.Day `db:"planned"`
	Reason   string    `db:"reason"`
	Created  time.Time `db:"created_at"`
	Stopped  time.Time `db:"stopped_at"`
}

const delegationColumns = "id, holding, post, giver, delegate, since, until, planned, reason, created_at, stopped_at"

func (r delegationRow) delegation() Delegation {
	return Delegation{ID: r.ID, Term: r.Holding, Post: r.Post, Giver: r.Giver, Delegate: r.Delegate, From: r.Since, To: r.Until,
		Planned: r.Planned, Reason: r.Reason, Stopped: r.Stopped}
}

// Delegation is the delegation with that id, fault.NotFound without one.
func (m *Module) Delegation(ctx context.Context, id string) (Delegation, error) {
	r, err := db.One[delegationRow](ctx, m.db, `SELECT `+delegationColumns+` FROM people_delegation WHERE id = $1`, id)
	return r.delegation(), err
}

func (m *Module) delegationList(ctx context.Context, query string, args ...any) ([]Delegation, error) {
	rows, err := db.Query[delegationRow](ctx, m.db, query, args...)
	out := make([]Delegation, len(rows))
	for i, r := range rows {
		out[i] = r.delegation()
	}
	return out, err
}

// delegationsOfPost are all delegations of a post, in order of time.
func (m *Module) delegationsOfPost(ctx context.Context, post string) ([]Delegation, error) {
	return m.delegationList(ctx, `SELECT `+delegationColumns+` FROM people_delegation WHERE post = $1 ORDER BY since, id`, post)
}

// DelegationsGiven are the delegations a person gave, newest first.
func (m *Module) DelegationsGiven(ctx context.Context, person string) ([]Delegation, error) {
	return m.delegationList(ctx, `SELECT `+delegationColumns+` FROM people_delegation WHERE giver = $1 ORDER BY since DESC, id DESC`, person)
}

// DelegationsReceived are the delegations a person was given, newest first.
func (m *Module) DelegationsReceived(ctx context.Context, person string) ([]Delegation, error) {
	return m.delegationList(ctx, `SELECT `+delegationColumns+` FROM people_delegation WHERE delegate = $1 ORDER BY since DESC, id DESC`, person)
}

// DelegationsOn are the delegations in force on a day of posts that are or were
// of the body, oldest first.
func (m *Module) DelegationsOn(ctx context.Context, body string, day clock.Day) ([]Delegation, error) {
	return m.delegationList(ctx, `SELECT `+delegationColumns+` FROM people_delegation
		WHERE post IN (SELECT post FROM people_post_term WHERE body = $1) AND since <= $2 AND until > $2 AND stopped_at = 0 ORDER BY since, id`, body, day)
}

func (m *Module) insertDelegation(ctx context.Context, d Delegation) error {
	return m.db.Insert(ctx, "people_delegation", delegationRow{d.ID, d.Term, d.Post, d.Giver, d.Delegate, d.From, d.To, d.Planned,
		d.Reason, clock.Now(ctx), d.Stopped})
}

func (m *Module) endDelegation(ctx context.Context, d Delegation) error {
	_, err := m.db.Exec(ctx, `UPDATE people_delegation SET until = $2, stopped_at = $3 WHERE id = $1`, d.ID, d.To, d.Stopped)
	return err
}
