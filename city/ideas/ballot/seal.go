package ballot

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math/big"
	"strconv"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// EventCounted tells that a vote closed and its ballots are sealed: public, with
// data "number", "voters", "digest" (SHA-256 of the file of ballots) and "file"
// (its name). It says nothing of what was chosen.
const EventCounted = "ideas.ballot.counted"

// Tick seals and counts every contest whose time is up. It is for the schedule,
// at least once a minute; doing it twice changes nothing.
func (m *Module) Tick(ctx context.Context) (err error) {
	defer fault.Wrap(&err, "Tick")
	ended, err := m.Source.Ended(ctx)
	if err != nil {
		return err
	}
	for _, c := range ended {
		if c.Stage != Over {
			continue
		}
		if err := m.Count(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// Count seals the ballots of a contest that is over and counts them, unless that
// is done. Sealing and counting are two transactions: the count can take seconds
// and needs nothing but the sealed file.
func (m *Module) Count(ctx context.Context, c Contest) (err error) {
	defer fault.Wrap(&err, "Count(%s)", c.Number)
	if c.Stage != Over {
		return closed()
	}
	all, err := m.Source.Options(ctx, c)
	if err != nil {
		return err
	}
	err = m.DB.Write(ctx, func(ctx context.Context) error { return m.seal(ctx, c, sheetOf(c, all)) })
	if err != nil {
		return err
	}
	s, file, done, err := m.sealed(ctx, c.ID)
	if err != nil || done {
		return err
	}
	result, err := s.count(file)
	if err != nil {
		return err
	}
	text, err := json.Marshal(result)
	if err != nil {
		return err
	}
	return m.DB.Write(ctx, func(ctx context.Context) error {
		_, err := m.DB.Exec(ctx, `UPDATE ballot_poll SET result = $2 WHERE challenge = $1`, c.ID, string(text))
		return err
	})
}

// seal takes the ballots from the people who cast them into one file, in random
// order, and tells its digest in public. It does so once.
func (m *Module) seal(ctx context.Context, c Contest, s sheet) error {
	if err := m.open(ctx, c); err != nil {
		return err
	}
	first, err := m.DB.Exec(ctx, `UPDATE ballot_poll SET counted_at = $2 WHERE challenge = $1 AND counted_at = $3`, c.ID, clock.Now(ctx), time.Time{})
	if err != nil || first == 0 {
		return err
	}
	ballots, err := m.anonymous(ctx, c, s.Options)
	if err != nil {
		return err
	}
	file, err := s.write(ballots)
	if err != nil {
		return err
	}
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	digest := digestOf(file)
	for _, q := range []string{`DELETE FROM ballot_voice WHERE challenge = $1`, `DELETE FROM ballot_pair WHERE challenge = $1`} {
		if _, err := m.DB.Exec(ctx, q, c.ID); err != nil {
			return err
		}
	}
	if _, err := m.DB.Exec(ctx, `UPDATE ballot_poll SET voters = $2, digest = $3, file = $4, sheet = $5 WHERE challenge = $1`,
		c.ID, len(ballots), digest, file, string(text)); err != nil {
		return err
	}
	return m.tellCounted(ctx, c, s, len(ballots), digest)
}

func (m *Module) tellCounted(ctx context.Context, c Contest, s sheet, voters int, digest string) error {
	_, err := m.Log.Append(ctx, event.Event{Kind: EventCounted, Subject: c.Subject(), Related: []event.Subject{{Kind: "body", ID: c.Body}}, Public: true,
		Data: map[string]string{"number": c.Number, "voters": strconv.Itoa(voters), "digest": digest, "file": s.FileName()}})
	return err
}

// anonymous reads every ballot without its person, in random order. Someone whose
// every choice is gone has cast an empty ballot, which counts as one.
func (m *Module) anonymous(ctx context.Context, c Contest, options []Option) ([]Ballot, error) {
	var ballots []Ballot
	person, raw := "", Ballot{}
	flush := func() {
		if person != "" {
			ballots = append(ballots, c.Counting(raw, options))
		}
	}
	err := db.Each(ctx, m.DB, `SELECT person, idea, other, value FROM ballot_voice WHERE challenge = $1 ORDER BY person`, []any{c.ID}, func(v voice) error {
		if v.Person != person {
			flush()
			person, raw = v.Person, Ballot{}
		}
		raw[Key{v.Idea, v.Other}] = v.Value
		return nil
	})
	if err != nil {
		return nil, err
	}
	flush()
	return ballots, shuffle(ballots)
}

// shuffle puts the ballots in an order that nobody can find again.
func shuffle(ballots []Ballot) error {
	for i := len(ballots) - 1; i > 0; i-- {
		j, err := rand.Int(rand.Reader, big.NewInt(int64(i+1)))
		if err != nil {
			return err
		}
		k := int(j.Int64())
		ballots[i], ballots[k] = ballots[k], ballots[i]
	}
	return nil
}

func digestOf(file string) string {
	sum := sha256.Sum256([]byte(file))
	return hex.EncodeToString(sum[:])
}

// sealed reads what the count needs; done says that it was made.
func (m *Module) sealed(ctx context.Context, challenge string) (s sheet, file string, done bool, err error) {
	row, err := db.One[struct {
		Sheet  string `db:"sheet"`
		File   string `db:"file"`
		Result string `db:"result"`
	}](ctx, m.DB, `SELECT sheet, file, result FROM ballot_poll WHERE challenge = $1`, challenge)
	if err != nil {
		return s, "", false, err
	}
	return s, row.File, row.Result != "", json.Unmarshal([]byte(row.Sheet), &s)
}
