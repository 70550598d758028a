package ideas

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"time"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this module.
var Migrations = db.Migrations{Module: "ideas", FS: migrations}

const ideaColumns = `id, number, challenge, state, outcome, title, text, place, lat, lon, author, signature, supports, elsewhere, comments,
	family, cost, body, answer_due, answered_at, initiative, axis, tags, images, imported, source, invented, held_until, created_at,
	published_at, moved_at, why, version`

// ideaRow is an idea as it is inserted.
type ideaRow struct {
	Idea
	Line   string `db:"line"`   // how the text begins, for lists
	Voices int    `db:"voices"` // persons who wrote comments so far
	Draft  string `db:"draft"`  // what it was sent from
}

// lineMax is how much of a text a list shows, in characters.
const lineMax = 200

// lineOf is how a text begins, on one line.
func lineOf(text string) string {
	out, blank := make([]rune, 0, lineMax+1), true
	for _, r := range text {
		if space := r == ' ' || r == '\n' || r == '\t' || r == '\r'; space {
			if blank {
				continue
			}
			r, blank = ' ', true
		} else {
			blank = false
		}
		if len(out) == lineMax {
			return string(out) + "…"
		}
		out = append(out, r)
	}
	return string(out)
}

func (m *Module) byNumber(ctx context.Context, number string) (Idea, error) {
	return db.One[Idea](ctx, m.db, `SELECT `+ideaColumns+` FROM ideas_idea WHERE number = $1`, number)
}

func (m *Module) byID(ctx context.Context, id string) (Idea, error) {
	return db.One[Idea](ctx, m.db, `SELECT `+ideaColumns+` FROM ideas_idea WHERE id = $1`, id)
}

// lock reads an idea for a change: acts on one idea follow one another.
func (m *Module) lock(ctx context.Context, number string) (Idea, error) {
	return db.One[Idea](ctx, m.db, `UPDATE ideas_idea SET version = version WHERE number = $1 RETURNING `+ideaColumns, number)
}

// update writes what an act has changed of an idea. Supports and comments are
// counted where they are written, never here.
func (m *Module) update(ctx context.Context, i Idea) error {
	n, err := m.db.Exec(ctx, `UPDATE ideas_idea SET challenge = $2, state = $3, outcome = $4, title = $5, text = $6, line = $7, place = $8,
		lat = $9, lon = $10, signature = $11, family = $12, cost = $13, body = $14, answer_due = $15, answered_at = $16,
		initiative = $17, axis = $18, tags = $19, held_until = $20, published_at = $21, moved_at = $22, why = $23, version = $24 WHERE id = $1`,
		i.ID, i.Challenge, i.State, i.Outcome, i.Title, i.Text, lineOf(i.Text), i.Place, i.Lat, i.Lon, i.Signature, i.Family, i.Cost, i.Body,
		i.AnswerDue, i.AnsweredAt, i.Initiative, i.Axis, i.Tags, i.HeldUntil, i.Published, i.Moved, i.Why, i.Version)
	return db.Changed(n, err, "fault.conflict")
}

// The prefixes of readable numbers.
const (
	ideaPrefix      = "IDEA"
	challengePrefix = "DES"
)

// nextNumber makes the next readable number of the year, with so many digits.
// The counter's row is locked until the transaction ends, so no number is given
// twice.
func (m *Module) nextNumber(ctx context.Context, ch *charter.Charter, prefix string, digits int) (string, error) {
	name := fmt.Sprintf("%s-%d", prefix, clock.Now(ctx).In(ch.City.Zone).Year())
	n, err := db.One[int64](ctx, m.db, `INSERT INTO ideas_counter (name, n) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET n = ideas_counter.n + 1 RETURNING n`, name)
	return fmt.Sprintf("%s-%0*d", name, digits, n), err
}

// challengeRow is a challenge as it is stored.
type challengeRow struct {
	ID           string    `db:"id"`
	Number       string    `db:"number"`
	Phase        Phase     `db:"phase"`
	Body         string    `db:"body"`
	Moderation   string    `db:"moderation"`
	Closes       time.Time `db:"closes_at"`
	Rules        string    `db:"rules"`
	RulesHash    string    `db:"rules_hash"`
	RulesVersion int       `db:"rules_version"`
	Ideas        int       `db:"ideas"`
	Answered     int       `db:"answered"`
	Conclusion   string    `db:"conclusion"`
	Invented     bool      `db:"invented"`
	Created      time.Time `db:"created_at"`
	Opened       time.Time `db:"opened_at"`
	Evaluated    time.Time `db:"evaluated_at"`
	Published    time.Time `db:"published_at"`
	Version      int       `db:"version"`
}

const challengeColumns = `id, number, phase, body, moderation, closes_at, rules, rules_hash, rules_version, ideas, answered, conclusion, invented,
	created_at, opened_at, evaluated_at, published_at, version`

func (r challengeRow) unpack() (Challenge, error) {
	c := Challenge{ID: r.ID, Number: r.Number, Phase: r.Phase, RulesHash: r.RulesHash, RulesVersion: r.RulesVersion, Ideas: r.Ideas, Answered: r.Answered,
		Created: r.Created, Opened: r.Opened, Evaluated: r.Evaluated, Published: r.Published, Invented: r.Invented, Version: r.Version}
	if err := json.Unmarshal([]byte(r.Rules), &c.Rules); err != nil {
		return c, fmt.Errorf("challenge %s: rules: %w", r.Number, err)
	}
	if r.Conclusion != "" {
		if err := json.Unmarshal([]byte(r.Conclusion), &c.Conclusion); err != nil {
			return c, fmt.Errorf("challenge %s: conclusion: %w", r.Number, err)
		}
	}
	return c, nil
}

func (c Challenge) pack() (challengeRow, error) {
	rules, err := json.Marshal(c.Rules)
	if err != nil {
		return challengeRow{}, err
	}
	conclusion := ""
	if c.Conclusion != (Conclusion{}) {
		b, err := json.Marshal(c.Conclusion)
		if err != nil {
			return challengeRow{}, err
		}
		conclusion = string(b)
	}
	return challengeRow{c.ID, c.Number, c.Phase, c.Body, c.Moderation, c.Closes, string(rules), c.RulesHash, c.RulesVersion, c.Ideas, c.Answered, conclusion, c.Invented,
		c.Created, c.Opened, c.Evaluated, c.Published, c.Version}, nil
}

// challengeWhere reads one challenge by a column.
func (m *Module) challengeWhere(ctx context.Context, column, value string) (Challenge, error) {
	r, err := db.One[challengeRow](ctx, m.db, `SELECT `+challengeColumns+` FROM ideas_challenge WHERE `+column+` = $1`, value)
	if err != nil {
		return Challenge{}, err
	}
	return r.unpack()
}

// lockChallenge reads a challenge for a change.
func (m *Module) lockChallenge(ctx context.Context, number string) (Challenge, error) {
	r, err := db.One[challengeRow](ctx, m.db, `UPDATE ideas_challenge SET version = version WHERE number = $1 RETURNING `+challengeColumns, number)
	if err != nil {
		return Challenge{}, err
	}
	return r.unpack()
}

// updateChallenge writes what an act has changed, but for the counters.
func (m *Module) updateChallenge(ctx context.Context, c Challenge) error {
	r, err := c.pack()
	if err != nil {
		return err
	}
	n, err := m.db.Exec(ctx, `UPDATE ideas_challenge SET phase = $2, body = $3, closes_at = $4, rules = $5, rules_hash = $6, rules_version = $7,
		conclusion = $8, opened_at = $9, evaluated_at = $10, published_at = $11, version = $12, moderation = $13 WHERE id = $1`,
		r.ID, r.Phase, r.Body, r.Closes, r.Rules, r.RulesHash, r.RulesVersion, r.Conclusion, r.Opened, r.Evaluated, r.Published, r.Version, r.Moderation)
	return db.Changed(n, err, "fault.conflict")
}
