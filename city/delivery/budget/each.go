package budget

import (
	"context"

	"ronda/platform/clock"
	"ronda/platform/db"
)

// Drawn is a draw with its initiative and its line, for exports.
type Drawn struct {
	Draw
	Code     string `db:"code"`
	Currency string `db:"currency"`
}

// EachDraw reads the draws of a year by line, year 0 those of all years. It says
// initiatives by their ids; the caller leaves out those that are not public.
func (m *Module) EachDraw(ctx context.Context, year int, fn func(Drawn) error) error {
	return db.Each(ctx, m.db, `SELECT d.id, d.line, d.year, d.initiative, d.amount, d.committed, d.accrued, d.paid, d.short, d.at, l.code, w.currency
		FROM budget_draw d JOIN budget_line l ON l.id = d.line JOIN budget_law w ON w.year = d.year
		WHERE ($1 = 0 OR d.year = $1) ORDER BY d.year, l.code, d.id`, []any{year}, fn)
}

// Amended is an amendment with its line, for exports.
type Amended struct {
	Amendment
	Code string `db:"code"`
}

// EachAmendment reads the amendments of a year by day.
func (m *Module) EachAmendment(ctx context.Context, year int, fn func(Amended) error) error {
	return db.Each(ctx, m.db, `SELECT a.id, a.line, a.amount, a.day, a.act, a.why, a.post, a.body, a.at, l.code
		FROM budget_amendment a JOIN budget_line l ON l.id = a.line WHERE l.year = $1 ORDER BY a.day, a.id`, []any{year}, fn)
}

// Staged is a month of spending with its line, for exports.
type Staged struct {
	Stage
	Code string `db:"code"`
}

// EachStage reads what was spent of the lines of a year, by line and month.
func (m *Module) EachStage(ctx context.Context, year int, fn func(Staged) error) error {
	return db.Each(ctx, m.db, `SELECT s.line, s.initiative, s.period, s.committed, s.accrued, s.paid, s.at, l.code
		FROM budget_stage s JOIN budget_line l ON l.id = s.line WHERE l.year = $1 ORDER BY l.code, s.initiative, s.period`, []any{year}, fn)
}

// Forget drops the files that a person was trying to import, when the account
// ends. What the person did for a post stays with the post.
func (m *Module) Forget(ctx context.Context, person string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `DELETE FROM budget_upload WHERE person = $1`, person)
		return err
	})
}

// Sweep drops files that nobody went on importing.
func (m *Module) Sweep(ctx context.Context) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `DELETE FROM budget_upload WHERE at < $1`, clock.Now(ctx).Add(-uploadKept))
		return err
	})
}
