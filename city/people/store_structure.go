package people

import (
	"context"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
)

// Rows of people_turn.
const (
	turnStructure = "structure" // bodies and posts
	turnChanges   = "changes"   // roles, and changes of two administrators
)

// takeTurn makes every other write that takes the same turn wait for this one.
func (m *Module) takeTurn(ctx context.Context, name string) error {
	_, err := m.db.Exec(ctx, `UPDATE people_turn SET taken = taken + 1 WHERE name = $1`, name)
	return err
}

func (m *Module) synced(ctx context.Context) (string, error) {
	digest, _, err := db.Find[string](ctx, m.db, `SELECT digest FROM people_synced`)
	return digest, err
}

func (m *Module) setSynced(ctx context.Context, digest string) error {
	if _, err := m.db.Exec(ctx, `DELETE FROM people_synced`); err != nil {
		return err
	}
	_, err := m.db.Exec(ctx, `INSERT INTO people_synced (digest) VALUES ($1)`, digest)
	return err
}

const bodyTermColumns = "body, since, until, kind, name, short, about, parent, territory"

// bodyTerms are all terms by body, in order of time.
func (m *Module) bodyTerms(ctx context.Context) (map[string][]bodyTerm, error) {
	out := map[string][]bodyTerm{}
	err := db.Each(ctx, m.db, `SELECT `+bodyTermColumns+` FROM people_body_term ORDER BY body, since`, nil, func(t bodyTerm) error {
		out[t.Body] = append(out[t.Body], t)
		return nil
	})
	return out, err
}

type codeDay struct {
	Code string    `db:"code"`
	Day  clock.Day `db:"until"`
}

func (m *Module) codeDays(ctx context.Context, query string) (map[string]clock.Day, error) {
	out := map[string]clock.Day{}
	err := db.Each(ctx, m.db, query, nil, func(r codeDay) error { out[r.Code] = r.Day; return nil })
	return out, err
}

// endedBodies are the days on which bodies ended in the program.
func (m *Module) endedBodies(ctx context.Context) (map[string]clock.Day, error) {
	return m.codeDays(ctx, `SELECT code, until FROM people_body WHERE ended = TRUE`)
}

// endedPosts are the days on which posts ended in the program.
func (m *Module) endedPosts(ctx context.Context) (map[string]clock.Day, error) {
	return m.codeDays(ctx, `SELECT code, until FROM people_post WHERE ended = TRUE`)
}

type lifeRow struct {
	Code  string    `db:"code"`
	Since clock.Day `db:"since"`
	Until clock.Day `db:"until"`
}

// bodyLives are the lives of all bodies.
func (m *Module) bodyLives(ctx context.Context) (map[string]lifeRow, error) {
	out := map[string]lifeRow{}
	err := db.Each(ctx, m.db, `SELECT code, since, until FROM people_body`, nil, func(r lifeRow) error { out[r.Code] = r; return nil })
	return out, err
}

func (m *Module) putBody(ctx context.Context, code string, since, until clock.Day, place int, ofCharter bool) error {
	_, err := m.db.Exec(ctx, `INSERT INTO people_body (code, since, until, place, charter, ended) VALUES ($1, $2, $3, $4, $5, FALSE)
		ON CONFLICT (code) DO UPDATE SET since = excluded.since, until = excluded.until, place = excluded.place, charter = excluded.charter`,
		code, since, until, place, ofCharter)
	return err
}

func (m *Module) putPost(ctx context.Context, code string, since, until clock.Day, place int, ofCharter bool) error {
	_, err := m.db.Exec(ctx, `INSERT INTO people_post (code, since, until, place, charter, ended, turn) VALUES ($1, $2, $3, $4, $5, FALSE, 0)
		ON CONFLICT (code) DO UPDATE SET since = excluded.since, until = excluded.until, place = excluded.place, charter = excluded.charter`,
		code, since, until, place, ofCharter)
	return err
}

// replaceBodyTerms puts terms in the place of all that the bodies had.
func (m *Module) replaceBodyTerms(ctx context.Context, bodies []string, terms []bodyTerm) error {
	for _, code := range bodies {
		if _, err := m.db.Exec(ctx, `DELETE FROM people_body_term WHERE body = $1`, code); err != nil {
			return err
		}
	}
	for _, t := range terms {
		if err := m.db.Insert(ctx, "people_body_term", t); err != nil {
			return err
		}
	}
	return nil
}

// replacePostTerms puts terms in the place of all that the posts had.
func (m *Module) replacePostTerms(ctx context.Context, posts []string, terms []postTerm) error {
	for _, code := range posts {
		if _, err := m.db.Exec(ctx, `DELETE FROM people_post_term WHERE post = $1`, code); err != nil {
			return err
		}
	}
	for _, t := range terms {
		if err := m.db.Insert(ctx, "people_post_term", t); err != nil {
			return err
		}
	}
	return nil
}

// putHeirs notes what the charter says bodies were merged or split into.
func (m *Module) putHeirs(ctx context.Context, c *charter.Charter) error {
	for _, b := range c.Bodies.All() {
		for _, before := range b.SuccessorOf {
			if err := m.putHeir(ctx, before, b.Code); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *Module) putHeir(ctx context.Context, body, heir string) error {
	_, err := m.db.Exec(ctx, `INSERT INTO people_heir (body, heir) VALUES ($1, $2) ON CONFLICT (body, heir) DO NOTHING`, body, heir)
	return err
}

// structure reads the government over all days.
func (m *Module) structure(ctx context.Context) (structure, error) {
	terms, err := m.bodyTerms(ctx)
	if err != nil {
		return structure{}, err
	}
	heirs, err := m.heirs(ctx)
	if err != nil {
		return structure{}, err
	}
	moves := map[string][]moveRow{}
	err = db.Each(ctx, m.db, `SELECT body, since, parent FROM people_move ORDER BY body, since`, nil, func(r moveRow) error {
		moves[r.Body] = append(moves[r.Body], r)
		return nil
	})
	return structure{terms, heirs, moves}, err
}

// rebuildLines derives again what stands above each body.
func (m *Module) rebuildLines(ctx context.Context) error {
	s, err := m.structure(ctx)
	if err != nil {
		return err
	}
	if _, err := m.db.Exec(ctx, `DELETE FROM people_line`); err != nil {
		return err
	}
	for _, l := range s.lines() {
		if err := m.db.Insert(ctx, "people_line", l); err != nil {
			return err
		}
	}
	return nil
}

// setBodyEnd ends a body in the program.
func (m *Module) setBodyEnd(ctx context.Context, code string, until clock.Day) error {
	return m.each(ctx, []string{
		`UPDATE people_body SET until = $2, ended = TRUE WHERE code = $1`,
		`DELETE FROM people_body_term WHERE body = $1 AND since >= $2`,
		`UPDATE people_body_term SET until = $2 WHERE body = $1 AND (until = '' OR until > $2)`,
	}, code, until)
}

// setPostEnd ends a post in the program.
func (m *Module) setPostEnd(ctx context.Context, code string, until clock.Day) error {
	return m.each(ctx, []string{
		`UPDATE people_post SET until = $2, ended = TRUE WHERE code = $1`,
		`DELETE FROM people_post_term WHERE post = $1 AND since >= $2 AND since > (SELECT MIN(since) FROM people_post_term WHERE post = $1)`,
		`UPDATE people_post_term SET until = $2 WHERE post = $1 AND (until = '' OR until > $2)`,
	}, code, until)
}

// each runs several statements with the same arguments.
func (m *Module) each(ctx context.Context, queries []string, args ...any) error {
	for _, q := range queries {
		if _, err := m.db.Exec(ctx, q, args...); err != nil {
			return err
		}
	}
	return nil
}

func (m *Module) putMove(ctx context.Context, r moveRow) error {
	_, err := m.db.Exec(ctx, `INSERT INTO people_move (body, since, parent) VALUES ($1, $2, $3)
		ON CONFLICT (body, since) DO UPDATE SET parent = excluded.parent`, r.Body, r.Since, r.Parent)
	return err
}

func (m *Module) hasBody(ctx context.Context, code string) (bool, error) {
	_, ok, err := db.Find[string](ctx, m.db, `SELECT code FROM people_body WHERE code = $1`, code)
	return ok, err
}

func (m *Module) hasPost(ctx context.Context, code string) (bool, error) {
	_, ok, err := db.Find[string](ctx, m.db, `SELECT code FROM people_post WHERE code = $1`, code)
	return ok, err
}
