package ideas

import (
	"context"
	"strings"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/id"
)

// goneMark begins what stands for a person whose account has ended.
const goneMark = "gone:"

func gone(person string) bool { return strings.HasPrefix(person, goneMark) }

// Forget parts a person whose account ends from everything here. Drafts go; ideas
// and comments stay without an author; voices stay counted, under a random name
// that tells nobody whose they were.
func (m *Module) Forget(ctx context.Context, person string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		drafts, err := db.Query[string](ctx, m.db, `SELECT id FROM ideas_draft WHERE owner = $1`, person)
		if err != nil {
			return err
		}
		for _, d := range drafts {
			if err := m.eraseDraft(ctx, d); err != nil {
				return err
			}
		}
		for _, sql := range []string{
			`UPDATE ideas_words SET signature = '' WHERE idea IN (SELECT id FROM ideas_idea WHERE author = $1 AND author <> '')`,
			`UPDATE ideas_idea SET author = '', signature = '', draft = '' WHERE author = $1 AND author <> ''`,
			`UPDATE ideas_comment SET person = '' WHERE person = $1 AND person <> ''`,
			`UPDATE ideas_ask SET person = '' WHERE person = $1`,
			`DELETE FROM ideas_report WHERE person = $1`,
		} {
			if _, err := m.db.Exec(ctx, sql, person); err != nil {
				return err
			}
		}
		mark := goneMark + id.Secret()
		for _, sql := range []string{`UPDATE ideas_support SET person = $2 WHERE person = $1`, `UPDATE ideas_voice SET person = $2 WHERE person = $1`} {
			if _, err := m.db.Exec(ctx, sql, person, mark); err != nil {
				return err
			}
		}
		return nil
	})
}

// Sweep drops drafts that were left alone, and counters of past days. A job calls
// it every day.
func (m *Module) Sweep(ctx context.Context) error {
	now := clock.Now(ctx)
	old, err := db.Query[string](ctx, m.db, `SELECT id FROM ideas_draft WHERE at < $1 AND (owner LIKE 'v:%' OR at < $2)`, now.Add(-visitorKept), now.Add(-personKept))
	if err != nil {
		return err
	}
	for _, d := range old {
		err := m.db.Write(ctx, func(ctx context.Context) error {
			_, ok, err := db.Find[string](ctx, m.db, `SELECT id FROM ideas_draft WHERE id = $1 AND at < $2`, d, now.Add(-visitorKept))
			if err != nil || !ok {
				return err // somebody goes on with it
			}
			return m.eraseDraft(ctx, d)
		})
		if err != nil {
			return err
		}
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		// A proof of work that was taken is remembered for as long as it would hold.
		if _, err := m.db.Exec(ctx, `DELETE FROM ideas_limit WHERE hour < $1`, hourOf(now.Add(-proofLife))-1); err != nil {
			return err
		}
		_, err := m.db.Exec(ctx, `DELETE FROM ideas_surge WHERE hour < $1`, hourOf(now)-brigadeHours)
		return err
	})
}
