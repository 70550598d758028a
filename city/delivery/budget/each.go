package budget

import (
	"context"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
)

// Ref is what every row of the exports says of its line and its initiative.
type Ref struct {
	LineYear int    `db:"line_year"`
	Code     string `db:"code"` // of the line
	Currency string `db:"currency"`
	Number   string // of the initiative, empty for what is of none
	Title    string
	Of       string `db:"of_id"` // id of the initiative
}

// Drawn is a draw for exports.
type Drawn struct {
	Ref
	Draw
}

// Amended is an amendment for exports.
type Amended struct {
	Ref
	Amendment
}

// Staged is a month of spending for exports.
type Staged struct {
	Ref
	Stage
}

func (d *Drawn) ref() *Ref   { return &d.Ref }
func (a *Amended) ref() *Ref { return &a.Ref }
func (s *Staged) ref() *Ref  { return &s.Ref }

const ofLine = ` JOIN budget_line l ON l.id = x.line JOIN budget_law w ON w.year = l.year WHERE ($1 = 0 OR l.year = $1)`

// EachDraw reads the draws of a year, or of all years when it is 0, by line: of
// initiatives that the person of the context may know of.
func (m *Module) EachDraw(ctx context.Context, year int, fn func(Drawn) error) error {
	return each(ctx, m, `SELECT l.year AS line_year, l.code, w.currency, x.initiative AS of_id, x.id, x.line, x.year, x.initiative, x.amount, x.committed, x.accrued, x.paid, x.short, x.at
		FROM budget_draw x`+ofLine+` ORDER BY l.year, l.code, x.id`, year, (*Drawn).ref, fn)
}

// EachAmendment reads the amendments of a year, or of all, by day.
func (m *Module) EachAmendment(ctx context.Context, year int, fn func(Amended) error) error {
	return each(ctx, m, `SELECT l.year AS line_year, l.code, w.currency, '' AS of_id, x.id, x.line, x.amount, x.day, x.act, x.why, x.post, x.body, x.at
		FROM budget_amendment x`+ofLine+` ORDER BY x.day, x.id`, year, (*Amended).ref, fn)
}

// EachStage reads what was spent of the lines of a year, or of all, by line and
// month: on initiatives that the person of the context may know of, and on the
// lines' own uses.
func (m *Module) EachStage(ctx context.Context, year int, fn func(Staged) error) error {
	return each(ctx, m, `SELECT l.year AS line_year, l.code, w.currency, x.initiative AS of_id, x.line, x.initiative, x.period, x.committed, x.accrued, x.paid, x.at
		FROM budget_stage x`+ofLine+` ORDER BY l.year, l.code, x.initiative, x.period`, year, (*Staged).ref, fn)
}

// eachChunk is how many rows wait for the names of their initiatives.
const eachChunk = 1000

// each gives rows with the numbers of their initiatives and leaves out those of
// initiatives that the person of the context must not know of. The rows of a
// reader that stays open are not mixed with other questions: whole lists are
// read in pieces.
func each[T any](ctx context.Context, m *Module, query string, year int, ref func(*T) *Ref, fn func(T) error) error {
	for from := 0; ; from += eachChunk {
		rows := make([]T, 0, eachChunk)
		if err := db.Each(ctx, m.db, query+` LIMIT $2 OFFSET $3`, []any{year, eachChunk, from}, func(x T) error {
			rows = append(rows, x)
			return nil
		}); err != nil {
			return err
		}
		if err := name(ctx, m, rows, ref, fn); err != nil || len(rows) < eachChunk {
			return err
		}
	}
}

// name gives rows on with their initiatives.
func name[T any](ctx context.Context, m *Module, rows []T, ref func(*T) *Ref, fn func(T) error) error {
	var ids []string
	for i := range rows {
		if id := ref(&rows[i]).Of; id != "" {
			ids = append(ids, id)
		}
	}
	cards, err := m.Roundtable.Cards(ctx, ids...)
	if err != nil {
		return err
	}
	of := make(map[string]roundtable.Card, len(cards))
	for _, c := range cards {
		of[c.ID] = c
	}
	for i := range rows {
		r := ref(&rows[i])
		card, ok := of[r.Of]
		if !ok && r.Of != "" {
			continue
		}
		r.Number, r.Title = card.Number, card.Title
		if err := fn(rows[i]); err != nil {
			return err
		}
	}
	return nil
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
