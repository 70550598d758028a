package jury

import (
	"context"
	"slices"
	"time"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// Quota is how many unread ideas a juror or moderator is drawn at a time.
const Quota = 5

// drawnFor is how long a drawn idea waits for whoever it was drawn to.
const drawnFor = 7 * 24 * time.Hour

// readRow is an idea as the promise to read every one keeps it.
type readRow struct {
	Idea      string    `db:"idea"`
	Challenge string    `db:"challenge"`
	Number    string    `db:"number"`
	Author    string    `db:"author"` // it is not drawn to
	Live      bool      `db:"live"`
	Chance    int64     `db:"chance"`
	DrawnTo   string    `db:"drawn_to"`
	DrawnAt   time.Time `db:"drawn_at"`
	Reader    string    `db:"reader"` // who read it first: never shown
	ReadAt    time.Time `db:"read_at"`
}

const readColumns = `idea, challenge, number, author, live, chance, drawn_to, drawn_at, reader, read_at`

// Share is how many of the ideas a person has read.
type Share struct {
	Ideas int `db:"ideas"`
	Read  int `db:"read"`
}

// Share is how far the promise is kept in a challenge (id), or at the standing
// door (empty).
func (m *Module) Share(ctx context.Context, challenge string) (Share, error) {
	s, _, err := db.Find[Share](ctx, m.DB, `SELECT ideas, read FROM jury_share WHERE challenge = $1`, challenge)
	return s, err
}

func (m *Module) bumpShare(ctx context.Context, challenge string, ideas, read int) error {
	_, err := m.DB.Exec(ctx, `INSERT INTO jury_share (challenge, ideas, read) VALUES ($1, $2, $3)
		ON CONFLICT (challenge) DO UPDATE SET ideas = jury_share.ideas + excluded.ideas, read = jury_share.read + excluded.read`, challenge, ideas, read)
	return err
}

// reads gives the challenges (ids) whose ideas may be drawn to the person; all
// is for moderators, whom every idea may be drawn to.
func (m *Module) reads(ctx context.Context) (challenges []string, all bool, err error) {
	who := people.Me(ctx)
	if !who.SignedIn() {
		return nil, false, fault.New(fault.Forbidden, "fault.sign_in")
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, false, err
	}
	if _, moderates := (ideas.Case{Charter: ch}).Can(who, ideas.MayModerate); moderates {
		return nil, true, nil
	}
	challenges, err = db.Query[string](ctx, m.DB, `SELECT challenge FROM jury_load WHERE person = $1`, who.Person)
	if err == nil && len(challenges) == 0 {
		err = fault.New(fault.Forbidden, "fault.forbidden")
	}
	return challenges, false, err
}

// Drawn are the unread ideas that wait for the person of the context, up to Quota
// of them; what is missing is drawn by lot. Faults: Forbidden to whoever is
// neither a juror nor a moderator.
func (m *Module) Drawn(ctx context.Context) (numbers []string, err error) {
	defer fault.Wrap(&err, "Drawn")
	challenges, all, err := m.reads(ctx)
	if err != nil {
		return nil, err
	}
	me := people.Me(ctx).Person
	err = m.DB.Write(ctx, func(ctx context.Context) error {
		if err := m.draw(ctx, me, challenges, all); err != nil {
			return err
		}
		numbers, err = m.drawn(ctx, me)
		return err
	})
	return numbers, err
}

func (m *Module) drawn(ctx context.Context, person string) ([]string, error) {
	return db.Query[string](ctx, m.DB, `SELECT number FROM jury_idea WHERE drawn_to = $1 AND live = TRUE AND reader = '' ORDER BY drawn_at, chance`, person)
}

// draw fills the person's quota. The lot is the order of chance that every idea
// got when it came; what was drawn to somebody else waits for them a week.
func (m *Module) draw(ctx context.Context, person string, challenges []string, all bool) error {
	have, err := m.drawn(ctx, person)
	if err != nil || len(have) >= Quota {
		return err
	}
	if all {
		return m.drawFrom(ctx, person, `1 = 1`, "", Quota-len(have))
	}
	for _, c := range challenges {
		if have, err = m.drawn(ctx, person); err != nil || len(have) >= Quota {
			return err
		}
		if err := m.drawFrom(ctx, person, `challenge = $5`, c, Quota-len(have)); err != nil {
			return err
		}
	}
	return nil
}

func (m *Module) drawFrom(ctx context.Context, person, where, challenge string, n int) error {
	now := clock.Now(ctx)
	args := []any{person, now, now.Add(-drawnFor), n}
	if challenge != "" {
		args = append(args, challenge)
	}
	_, err := m.DB.Exec(ctx, `UPDATE jury_idea SET drawn_to = $1, drawn_at = $2 WHERE idea IN (
		SELECT idea FROM jury_idea WHERE live = TRUE AND reader = '' AND drawn_to <> $1 AND author <> $1 AND drawn_at < $3 AND `+where+` ORDER BY chance LIMIT $4)`, args...)
	return err
}

// Read says that the person of the context has read an idea.
func (m *Module) Read(ctx context.Context, number string) (err error) {
	defer fault.Wrap(&err, "Read(%s)", number)
	challenges, all, err := m.reads(ctx)
	if err != nil {
		return err
	}
	v, err := m.City.Idea(ctx, number)
	if err != nil {
		return err
	}
	if me := people.Me(ctx).Person; me == v.Idea.Author || !all && !slices.Contains(challenges, v.Idea.Challenge) {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return m.DB.Write(ctx, func(ctx context.Context) error { return m.markRead(ctx, v.Idea.ID, people.Me(ctx).Person) })
}

// markRead counts an idea as read, once.
func (m *Module) markRead(ctx context.Context, idea, person string) error {
	challenge, first, err := db.Find[string](ctx, m.DB, `UPDATE jury_idea SET reader = $2, read_at = $3 WHERE idea = $1 AND reader = '' AND live = TRUE
		RETURNING challenge`, idea, person, clock.Now(ctx))
	if err != nil || !first {
		return err
	}
	return m.bumpShare(ctx, challenge, 0, 1)
}
