package jury

import (
	"context"
	"slices"
	"time"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// ofIdea are the kinds of event after which an idea may need other reviewers.
var ofIdea = []string{ideas.EventPublished, ideas.EventImported, ideas.EventRestored, ideas.EventHidden, ideas.EventWithdrawn,
	ideas.EventFamilyJoined, ideas.EventFamilyLeft}

// Listen shares out ideas as they are published, and anew when the jury changes.
func (m *Module) Listen(l *event.Log) {
	l.Listen("jury", func(ctx context.Context, e event.Event) error {
		switch {
		case slices.Contains(ofIdea, e.Kind) && e.Subject.Kind == ideas.SubjectIdea:
			return m.ShareIdea(ctx, e.Subject.ID)
		case e.Kind == ideas.EventRulesChanged && e.Subject.Kind == ideas.SubjectChallenge:
			return m.Settle(ctx, e.Subject.ID)
		}
		return nil
	})
}

// ShareIdea takes in what became of an idea (id): a published one is given to
// jurors, one that is gone is taken from those who had not reviewed it. Doing it
// twice changes nothing.
func (m *Module) ShareIdea(ctx context.Context, id string) (err error) {
	defer fault.Wrap(&err, "ShareIdea(%s)", id)
	i, err := m.City.IdeaByID(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	var authors []string
	if i.Public() && i.Challenge != "" {
		if authors, err = m.authors(ctx, i); err != nil {
			return err
		}
	}
	return m.DB.Write(ctx, func(ctx context.Context) error { return m.share(ctx, i, authors) })
}

// authors are the persons who wrote the idea or one of its family.
func (m *Module) authors(ctx context.Context, i ideas.Idea) ([]string, error) {
	v, err := m.City.Idea(people.With(ctx, people.Standing{}), i.Number)
	if err != nil {
		return nil, err
	}
	out := []string{i.Author}
	for _, k := range v.Kin {
		out = append(out, k.Person)
	}
	return out, nil
}

func (m *Module) share(ctx context.Context, i ideas.Idea, authors []string) error {
	if err := m.keepIdea(ctx, i); err != nil || i.Challenge == "" {
		return err
	}
	c, err := m.City.ChallengeByID(ctx, i.Challenge)
	if err != nil {
		return err
	}
	p, err := m.lock(ctx, c)
	if err != nil || !p.Sealed.IsZero() {
		return err
	}
	duties, err := db.Query[duty](ctx, m.DB, selectDuties+` WHERE idea = $1 ORDER BY person`, i.ID)
	if err != nil {
		return err
	}
	if !i.Public() {
		return m.takeBack(ctx, c, i, duties)
	}
	if duties, err = m.bar(ctx, c, i, authors, duties); err != nil {
		return err
	}
	load, err := m.loads(ctx, c.ID)
	if err != nil {
		return err
	}
	s := newShares(c.Jury, load)
	s.add(i.ID, duties...)
	s.dropLeft(i.ID)
	s.fill(i.ID)
	return m.apply(ctx, c, map[string]string{i.ID: i.Number}, s.moves)
}

// takeBack frees those who have not finished an idea that is gone.
func (m *Module) takeBack(ctx context.Context, c ideas.Challenge, i ideas.Idea, duties []duty) error {
	var moves []move
	for _, d := range duties {
		if d.State == Owed {
			moves = append(moves, move{Idea: i.ID, From: d.Person})
		}
	}
	return m.apply(ctx, c, map[string]string{i.ID: i.Number}, moves)
}

// bar marks the jurors who wrote the idea. A review one of them has given since
// counts no more.
func (m *Module) bar(ctx context.Context, c ideas.Challenge, i ideas.Idea, authors []string, duties []duty) ([]duty, error) {
	for _, person := range c.Jury {
		at := slices.IndexFunc(duties, func(d duty) bool { return d.Person == person })
		if !slices.Contains(authors, person) || at >= 0 && duties[at].State == Own {
			continue
		}
		if at >= 0 {
			if err := m.uncount(ctx, c.ID, duties[at]); err != nil {
				return nil, err
			}
			duties = slices.Delete(duties, at, at+1)
		}
		own := duty{Idea: i.ID, Person: person, State: Own}
		if err := m.putDuty(ctx, c, i.Number, own); err != nil {
			return nil, err
		}
		duties = append(duties, own)
	}
	return duties, nil
}

// Settle shares the ideas of a challenge (id) out anew: after the jury changed,
// or somebody declared a conflict. What is finished or begun stays.
func (m *Module) Settle(ctx context.Context, challenge string) (err error) {
	defer fault.Wrap(&err, "Settle(%s)", challenge)
	c, err := m.City.ChallengeByID(ctx, challenge)
	if err != nil {
		return err
	}
	return m.DB.Write(ctx, func(ctx context.Context) error {
		p, err := m.lock(ctx, c)
		if err != nil || !p.Sealed.IsZero() {
			return err
		}
		return m.settle(ctx, c)
	})
}

func (m *Module) settle(ctx context.Context, c ideas.Challenge) error {
	rows, err := db.Query[struct {
		Idea   string `db:"idea"`
		Number string `db:"number"`
	}](ctx, m.DB, `SELECT idea, number FROM jury_idea WHERE challenge = $1 AND live = TRUE`, c.ID)
	if err != nil {
		return err
	}
	duties, err := db.Query[duty](ctx, m.DB, selectDuties+` WHERE challenge = $1 ORDER BY idea, person`, c.ID)
	if err != nil {
		return err
	}
	load, err := m.loads(ctx, c.ID)
	if err != nil {
		return err
	}
	s, numbers := newShares(c.Jury, load), map[string]string{}
	for _, r := range rows {
		s.add(r.Idea)
		numbers[r.Idea] = r.Number
	}
	for _, d := range duties {
		if s.duties[d.Idea] != nil {
			s.duties[d.Idea][d.Person] = d
		}
	}
	return m.apply(ctx, c, numbers, s.settle())
}

// apply writes moves of one challenge.
func (m *Module) apply(ctx context.Context, c ideas.Challenge, numbers map[string]string, moves []move) error {
	for _, v := range moves {
		if v.From != "" {
			if err := m.uncount(ctx, c.ID, duty{Idea: v.Idea, Person: v.From, State: Owed}); err != nil {
				return err
			}
		}
		if v.To != "" {
			if err := m.putDuty(ctx, c, numbers[v.Idea], duty{Idea: v.Idea, Person: v.To, State: Owed}); err != nil {
				return err
			}
		}
	}
	return nil
}

// uncount drops a duty with its share of the load.
func (m *Module) uncount(ctx context.Context, challenge string, d duty) error {
	if _, err := m.DB.Exec(ctx, `DELETE FROM jury_review WHERE idea = $1 AND person = $2`, d.Idea, d.Person); err != nil {
		return err
	}
	return m.bump(ctx, challenge, d.Person, d.State, -1)
}

// putDuty adds a duty with its share of the load.
func (m *Module) putDuty(ctx context.Context, c ideas.Challenge, number string, d duty) error {
	err := m.DB.Insert(ctx, "jury_review", Review{Idea: d.Idea, Person: d.Person, Challenge: c.ID, Number: number, State: d.State,
		Grades: "{}", Spot: spot(d.Idea, d.Person), Assigned: clock.Now(ctx)})
	if err != nil {
		return err
	}
	return m.bump(ctx, c.ID, d.Person, d.State, 1)
}

// bump keeps the counters of a juror.
func (m *Module) bump(ctx context.Context, challenge, person string, s State, by int) error {
	owed, done := 0, 0
	switch s {
	case Owed:
		owed = by
	case Done:
		done = by
	default:
		return nil
	}
	_, err := m.DB.Exec(ctx, `INSERT INTO jury_load (challenge, person, owed, done) VALUES ($1, $2, $3, $4)
		ON CONFLICT (challenge, person) DO UPDATE SET owed = jury_load.owed + excluded.owed, done = jury_load.done + excluded.done`, challenge, person, owed, done)
	return err
}

// panel is where the evaluation of a challenge stands, without its file and
// ranking.
type panel struct {
	Challenge string    `db:"challenge"`
	Number    string    `db:"number"`
	Places    int       `db:"places"`
	Sealed    time.Time `db:"sealed_at"`
	Digest    string    `db:"digest"`
	Published time.Time `db:"published_at"`
}

// lock holds the evaluation of a challenge until the transaction ends: acts on
// it follow one another, on every copy of the program.
func (m *Module) lock(ctx context.Context, c ideas.Challenge) (panel, error) {
	_, err := m.DB.Exec(ctx, `INSERT INTO jury_panel (challenge, number, places, sealed_at, file, digest, ranking, published_at)
		VALUES ($1, $2, 0, $3, '', '', '', $3) ON CONFLICT (challenge) DO NOTHING`, c.ID, c.Number, time.Time{})
	if err != nil {
		return panel{}, err
	}
	return db.One[panel](ctx, m.DB, `UPDATE jury_panel SET number = $2 WHERE challenge = $1
		RETURNING challenge, number, places, sealed_at, digest, published_at`, c.ID, c.Number)
}
