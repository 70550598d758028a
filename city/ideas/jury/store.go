package jury

import (
	"context"
	"encoding/json"
	"time"

	"ronda/city/ideas"
	"ronda/platform/db"
)

// Review is what one juror says of one idea.
type Review struct {
	Idea      string    `db:"idea"`
	Person    string    `db:"person"`
	Challenge string    `db:"challenge"`
	Number    string    `db:"number"` // of the idea
	State     State     `db:"state"`
	Reason    string    `db:"reason"` // of a declared conflict
	Grades    string    `db:"grades"` // JSON: grade 1 to 5 by criterion
	Note      string    `db:"note"`   // the juror's own: nobody else reads it
	Spot      int64     `db:"spot"`
	Assigned  time.Time `db:"assigned_at"`
	At        time.Time `db:"at"`
}

const reviewColumns = `idea, person, challenge, number, state, reason, grades, note, spot, assigned_at, at`

const selectDuties = `SELECT idea, person, state, (grades <> '{}' OR note <> '') AS begun FROM jury_review`

// grades are the review's grades by criterion.
func (r Review) grades() (map[string]int, error) {
	out := map[string]int{}
	return out, json.Unmarshal([]byte(r.Grades), &out)
}

// Load is how much a juror has to do in one challenge.
type Load struct {
	Challenge string `db:"challenge"`
	Person    string `db:"person"`
	Owed      int    `db:"owed"`
	Done      int    `db:"done"`
}

// All is everything the juror was given.
func (l Load) All() int { return l.Owed + l.Done }

func (m *Module) loads(ctx context.Context, challenge string) (map[string]int, error) {
	rows, err := db.Query[Load](ctx, m.DB, `SELECT challenge, person, owed, done FROM jury_load WHERE challenge = $1`, challenge)
	out := map[string]int{}
	for _, r := range rows {
		out[r.Person] = r.All()
	}
	return out, err
}

// loadOf is one juror's load.
func (m *Module) loadOf(ctx context.Context, challenge, person string) (Load, error) {
	l, _, err := db.Find[Load](ctx, m.DB, `SELECT challenge, person, owed, done FROM jury_load WHERE challenge = $1 AND person = $2`, challenge, person)
	return l, err
}

// total is the load of all jurors together.
func (m *Module) total(ctx context.Context, challenge string) (Load, error) {
	return db.One[Load](ctx, m.DB, `SELECT '' AS challenge, '' AS person, CAST(COALESCE(SUM(owed), 0) AS BIGINT) AS owed,
		CAST(COALESCE(SUM(done), 0) AS BIGINT) AS done FROM jury_load WHERE challenge = $1`, challenge)
}

func (m *Module) review(ctx context.Context, idea, person string) (Review, bool, error) {
	return db.Find[Review](ctx, m.DB, `SELECT `+reviewColumns+` FROM jury_review WHERE idea = $1 AND person = $2`, idea, person)
}

// next is the first idea that a juror owes after a spot, from the start again at
// the end; empty when nothing is owed.
func (m *Module) next(ctx context.Context, challenge, person string, after int64) (string, error) {
	for _, from := range []int64{after, -1} {
		number, ok, err := db.Find[string](ctx, m.DB, `SELECT number FROM jury_review WHERE challenge = $1 AND person = $2 AND state = $3 AND spot > $4
			ORDER BY spot LIMIT 1`, challenge, person, Owed, from)
		if ok || err != nil {
			return number, err
		}
	}
	return "", nil
}

// mine is a page of a juror's reviews in one state, in their own order.
func (m *Module) mine(ctx context.Context, challenge, person string, s State, after int64, limit int) ([]Review, error) {
	return db.Query[Review](ctx, m.DB, `SELECT `+reviewColumns+` FROM jury_review WHERE challenge = $1 AND person = $2 AND state = $3 AND spot > $4
		ORDER BY spot LIMIT $5`, challenge, person, s, after, limit)
}

func (m *Module) panelOf(ctx context.Context, challenge string) (panel, error) {
	p, _, err := db.Find[panel](ctx, m.DB, `SELECT challenge, number, places, sealed_at, digest, published_at FROM jury_panel WHERE challenge = $1`, challenge)
	return p, err
}

// keepIdea brings the row of an idea and the counters of its challenge in line
// with whether everybody can see it.
func (m *Module) keepIdea(ctx context.Context, i ideas.Idea) error {
	was, had, err := db.Find[readRow](ctx, m.DB, `SELECT `+readColumns+` FROM jury_idea WHERE idea = $1`, i.ID)
	if err != nil {
		return err
	}
	switch {
	case !had && !i.Public():
		return nil
	case !had:
		row := readRow{Idea: i.ID, Challenge: i.Challenge, Number: i.Number, Author: i.Author, Live: true, Chance: spot(i.ID, "")}
		if err := m.DB.Insert(ctx, "jury_idea", row); err != nil {
			return err
		}
		return m.bumpShare(ctx, i.Challenge, 1, 0)
	case was.Live == i.Public():
		return nil
	}
	if _, err := m.DB.Exec(ctx, `UPDATE jury_idea SET live = $2 WHERE idea = $1`, i.ID, i.Public()); err != nil {
		return err
	}
	by, read := 1, 0
	if was.Live {
		by = -1
	}
	if was.Reader != "" {
		read = by
	}
	return m.bumpShare(ctx, was.Challenge, by, read)
}

// idOf finds an idea of a challenge by its number.
func (m *Module) idOf(ctx context.Context, challenge, number string) (string, bool, error) {
	return db.Find[string](ctx, m.DB, `SELECT idea FROM jury_idea WHERE number = $1 AND challenge = $2`, number, challenge)
}
