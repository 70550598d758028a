package opinions

import (
	"cmp"
	"context"
	"slices"
	"time"

	"ronda/method/opinion"
	"ronda/platform/db"
)

// withdrawn is the answer of a row whose person took it back.
const withdrawn opinion.Vote = 2

const statementCols = `id, challenge, no, text, normal, author, body, state, cause, why, voted, version, at, changed_at`

// voteRow is one answer as other copies of the program need to hear of it.
type voteRow struct {
	Person string       `db:"person"`
	No     int          `db:"no"`
	Answer opinion.Vote `db:"answer"`
	At     time.Time    `db:"at"`
}

func (m *Module) statement(ctx context.Context, challenge string, no int) (Statement, error) {
	return db.One[Statement](ctx, m.db, `SELECT `+statementCols+` FROM opinions_statement WHERE challenge = $1 AND no = $2`, challenge, no)
}

// changedStatements are those of a challenge that changed at or after since.
func (m *Module) changedStatements(ctx context.Context, challenge string, since time.Time) ([]Statement, error) {
	return db.Query[Statement](ctx, m.db, `SELECT `+statementCols+` FROM opinions_statement WHERE challenge = $1 AND changed_at >= $2 ORDER BY changed_at`, challenge, since)
}

// heldStatements are those of a challenge that wait for a moderator, the longest
// first.
func (m *Module) heldStatements(ctx context.Context, challenge string, limit int) ([]Statement, error) {
	return db.Query[Statement](ctx, m.db, `SELECT `+statementCols+` FROM opinions_statement WHERE state = 'held' AND challenge = $1 ORDER BY at, id LIMIT $2`, challenge, limit)
}

// ownStatements are the last ones of a citizen in a challenge.
func (m *Module) ownStatements(ctx context.Context, challenge, person string, limit int) ([]Statement, error) {
	return db.Query[Statement](ctx, m.db, `SELECT `+statementCols+` FROM opinions_statement
		WHERE author = $2 AND challenge = $1 AND body = '' ORDER BY at DESC LIMIT $3`, challenge, person, limit)
}

// votesSince reads the answers that were given, changed or taken back at or
// after since.
func (m *Module) votesSince(ctx context.Context, challenge string, since time.Time, fn func(voteRow) error) error {
	return db.Each(ctx, m.db, `SELECT person, no, answer, at FROM opinions_vote WHERE challenge = $1 AND at >= $2`, []any{challenge, since}, fn)
}

// votesOf are the answers of one person, the last given first. They are put in
// order here: asked to, SQLite would walk everybody's answers by their time.
func (m *Module) votesOf(ctx context.Context, challenge, person string) ([]voteRow, error) {
	rows, err := db.Query[voteRow](ctx, m.db, `SELECT person, no, answer, at FROM opinions_vote WHERE challenge = $1 AND person = $2 AND answer <> 2`, challenge, person)
	slices.SortFunc(rows, func(a, b voteRow) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.No, b.No)) })
	return rows, err
}

// keepVote writes the answer of a person, in place of one before.
func (m *Module) keepVote(ctx context.Context, challenge string, v voteRow) error {
	_, err := m.db.Exec(ctx, `INSERT INTO opinions_vote (challenge, person, no, answer, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (challenge, person, no) DO UPDATE SET answer = excluded.answer, at = excluded.at`, challenge, v.Person, v.No, v.Answer, v.At)
	return err
}

// nextNo takes the next number for a statement of the challenge. It never
// happens twice, however many write at once.
func (m *Module) nextNo(ctx context.Context, c Challenge) (int, error) {
	return db.One[int](ctx, m.db, `INSERT INTO opinions_assembly (challenge, number, statements, state) VALUES ($1, $2, 1, '')
		ON CONFLICT (challenge) DO UPDATE SET statements = opinions_assembly.statements + 1 RETURNING statements`, c.ID, c.Number)
}

// keepState stores what the last map left.
func (m *Module) keepState(ctx context.Context, challenge, state string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `UPDATE opinions_assembly SET state = $2 WHERE challenge = $1`, challenge, state)
		return err
	})
}

func (m *Module) state(ctx context.Context, challenge string) (string, error) {
	s, _, err := db.Find[string](ctx, m.db, `SELECT state FROM opinions_assembly WHERE challenge = $1`, challenge)
	return s, err
}
