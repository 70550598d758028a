package ballot

import (
	"context"
	"time"

	"ronda/platform/db"
)

// poll is the stored state of a contest.
type poll struct {
	Challenge string    `db:"challenge"`
	Number    string    `db:"number"`
	Voters    int       `db:"voters"`
	Taps      int       `db:"taps"`
	Counted   time.Time `db:"counted_at"`
	Published time.Time `db:"published_at"`
	Digest    string    `db:"digest"`
	Chosen    string    `db:"chosen"` // JSON
	Override  bool      `db:"override"`
	Reason    string    `db:"reason"`
}

const pollColumns = `challenge, number, voters, taps, counted_at, published_at, digest, chosen, override, reason`

// poll reads the state of a contest; ok is false before anything happened in it.
func (m *Module) poll(ctx context.Context, challenge string) (p poll, ok bool, err error) {
	return db.Find[poll](ctx, m.DB, `SELECT `+pollColumns+` FROM ballot_poll WHERE challenge = $1`, challenge)
}

// open makes the row of a contest unless it is there.
func (m *Module) open(ctx context.Context, c Contest) error {
	_, err := m.DB.Exec(ctx, `INSERT INTO ballot_poll (challenge, number, voters, taps, counted_at, published_at, digest, file, sheet, result, chosen, override, reason)
		VALUES ($1, $2, 0, 0, $3, $3, '', '', '', '', '', FALSE, '') ON CONFLICT (challenge) DO NOTHING`, c.ID, c.Number, time.Time{})
	return err
}

// enter takes the contest's row for one tap, so that taps and the close follow
// one another; false says that the ballots are sealed.
func (m *Module) enter(ctx context.Context, c Contest) (bool, error) {
	const q = `UPDATE ballot_poll SET taps = taps + 1 WHERE challenge = $1 AND counted_at = $2`
	n, err := m.DB.Exec(ctx, q, c.ID, time.Time{})
	if err != nil || n > 0 {
		return n > 0, err
	}
	if err := m.open(ctx, c); err != nil {
		return false, err
	}
	n, err = m.DB.Exec(ctx, q, c.ID, time.Time{})
	return n > 0, err
}

// voice is one stored voice.
type voice struct {
	Person string `db:"person"`
	Idea   string `db:"idea"`
	Other  string `db:"other"`
	Value  int    `db:"value"`
}

// ballot reads one person's ballot.
func (m *Module) ballot(ctx context.Context, challenge, person string) (Ballot, error) {
	rows, err := db.Query[voice](ctx, m.DB, `SELECT person, idea, other, value FROM ballot_voice WHERE challenge = $1 AND person = $2`, challenge, person)
	b := make(Ballot, len(rows))
	for _, r := range rows {
		b[Key{r.Idea, r.Other}] = r.Value
	}
	return b, err
}

// save writes what changed between two states of a person's ballot, and counts
// the person as a voter while there is anything on it.
func (m *Module) save(ctx context.Context, challenge, person string, was, is Ballot) error {
	for k := range was {
		if _, stays := is[k]; !stays {
			if _, err := m.DB.Exec(ctx, `DELETE FROM ballot_voice WHERE challenge = $1 AND person = $2 AND idea = $3 AND other = $4`, challenge, person, k.Idea, k.Other); err != nil {
				return err
			}
		}
	}
	for k, v := range is {
		if old, there := was[k]; there && old == v {
			continue
		}
		if _, err := m.DB.Exec(ctx, `INSERT INTO ballot_voice (challenge, person, idea, other, value) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (challenge, person, idea, other) DO UPDATE SET value = excluded.value`, challenge, person, k.Idea, k.Other, v); err != nil {
			return err
		}
	}
	return m.countVoter(ctx, challenge, person, len(was) > 0, len(is) > 0)
}

// countVoter keeps the number of voters, who are those with a ballot.
func (m *Module) countVoter(ctx context.Context, challenge, person string, was, is bool) error {
	q, step := `INSERT INTO ballot_voter (challenge, person) VALUES ($1, $2)`, 1
	switch {
	case was == is:
		return nil
	case was:
		q, step = `DELETE FROM ballot_voter WHERE challenge = $1 AND person = $2`, -1
	}
	if _, err := m.DB.Exec(ctx, q, challenge, person); err != nil {
		return err
	}
	_, err := m.DB.Exec(ctx, `UPDATE ballot_poll SET voters = voters + $2 WHERE challenge = $1`, challenge, step)
	return err
}

// duel is how often two options met.
type duel struct {
	Idea   string `db:"idea"`
	Other  string `db:"other"`
	First  int64  `db:"first"`
	Second int64  `db:"second"`
	Met    int64  `db:"met"`
}

// duels reads how often all pairs met.
func (m *Module) duels(ctx context.Context, challenge string) ([]duel, error) {
	return db.Query[duel](ctx, m.DB, `SELECT idea, other, first, second, met FROM ballot_pair WHERE challenge = $1`, challenge)
}

// countDuel moves the counters of a pair when a voice about it changes.
func (m *Module) countDuel(ctx context.Context, challenge string, k Key, was, is int) error {
	d := duel{First: won(is, FirstWins) - won(was, FirstWins), Second: won(is, SecondWins) - won(was, SecondWins), Met: said(is) - said(was)}
	if d == (duel{}) {
		return nil
	}
	_, err := m.DB.Exec(ctx, `INSERT INTO ballot_pair (challenge, idea, other, first, second, met) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (challenge, idea, other) DO UPDATE SET first = ballot_pair.first + excluded.first,
		second = ballot_pair.second + excluded.second, met = ballot_pair.met + excluded.met`, challenge, k.Idea, k.Other, d.First, d.Second, d.Met)
	return err
}

func won(value, side int) int64 {
	if value == side {
		return 1
	}
	return 0
}

func said(value int) int64 {
	if value > 0 {
		return 1
	}
	return 0
}
