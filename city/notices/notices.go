// Package notices tells people what happens to the things they follow, and
// reminds them once a day of what they owe.
//
// Whoever follows a subject finds its public acts on the notices page and, next
// morning, in one mail together with what the desk expects. Nobody gets a mail
// for each act. A mail is written only when there is something in it.
package notices

import (
	"context"
	"embed"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this module.
var Migrations = db.Migrations{Module: "notices", FS: migrations}

// Messages are what this module says.
//
//go:embed messages.*.toml
var Messages embed.FS

// Module keeps who follows what.
type Module struct {
	db  *db.DB
	log *event.Log
}

// New makes the module and has it hear of events.
func New(d *db.DB, l *event.Log) *Module {
	m := &Module{db: d, log: l}
	l.Listen("notices", m.hear)
	return m
}

// Follow makes the signed-in person follow a subject. Following twice is
// following once.
func (m *Module) Follow(ctx context.Context, s event.Subject) error {
	me := people.Me(ctx)
	if !me.SignedIn() {
		return fault.New(fault.Forbidden, "fault.sign_in")
	}
	return m.Subscribe(ctx, me.Person, s)
}

// Subscribe makes a person follow a subject, e.g. the author of what becomes one.
func (m *Module) Subscribe(ctx context.Context, person string, s event.Subject) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		n, err := m.db.Exec(ctx, `INSERT INTO notices_follow (person, subject_kind, subject_id, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT DO NOTHING`, person, s.Kind, s.ID, clock.Now(ctx))
		if err != nil || n == 0 {
			return err
		}
		return m.bump(ctx, s, 1)
	})
}

// Leave makes the signed-in person stop following.
func (m *Module) Leave(ctx context.Context, s event.Subject) error {
	me := people.Me(ctx)
	if !me.SignedIn() {
		return fault.New(fault.Forbidden, "fault.sign_in")
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		n, err := m.db.Exec(ctx, `DELETE FROM notices_follow WHERE person = $1 AND subject_kind = $2 AND subject_id = $3`, me.Person, s.Kind, s.ID)
		if err != nil || n == 0 {
			return err
		}
		return m.bump(ctx, s, -1)
	})
}

func (m *Module) bump(ctx context.Context, s event.Subject, by int) error {
	_, err := m.db.Exec(ctx, `INSERT INTO notices_count (subject_kind, subject_id, n) VALUES ($1, $2, $3)
		ON CONFLICT (subject_kind, subject_id) DO UPDATE SET n = notices_count.n + excluded.n`, s.Kind, s.ID, by)
	return err
}

// Following says whether the person follows the subject, and how many do.
func (m *Module) Following(ctx context.Context, person string, s event.Subject) (follows bool, n int, err error) {
	type row struct {
		N       int  `db:"n"`
		Follows bool `db:"follows"`
	}
	r, _, err := db.Find[row](ctx, m.db, `SELECT n, EXISTS (SELECT 1 FROM notices_follow WHERE person = $3 AND subject_kind = $1 AND subject_id = $2) AS follows
		FROM notices_count WHERE subject_kind = $1 AND subject_id = $2`, s.Kind, s.ID, person)
	return r.Follows, r.N, err
}

// Followed lists what a person follows of a kind, last begun first.
func (m *Module) Followed(ctx context.Context, person, kind string, limit int) ([]string, error) {
	return db.Query[string](ctx, m.db, `SELECT subject_id FROM notices_follow WHERE person = $1 AND subject_kind = $2 ORDER BY at DESC LIMIT $3`, person, kind, limit)
}

// Forget drops all that is kept of a person whose account ends.
func (m *Module) Forget(ctx context.Context, person string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		follows, err := db.Query[subjectRow](ctx, m.db, `SELECT subject_kind, subject_id FROM notices_follow WHERE person = $1`, person)
		if err != nil {
			return err
		}
		for _, f := range follows {
			if err := m.bump(ctx, event.Subject{Kind: f.Kind, ID: f.ID}, -1); err != nil {
				return err
			}
		}
		for _, table := range []string{"notices_follow", "notices_notice", "notices_person"} {
			if _, err := m.db.Exec(ctx, `DELETE FROM `+table+` WHERE person = $1`, person); err != nil {
				return err
			}
		}
		return nil
	})
}

type subjectRow struct {
	Kind string `db:"subject_kind"`
	ID   string `db:"subject_id"`
}

const noticesKept = 90 * 24 * time.Hour

// hear notes a public act for everybody who followed its subject by then, but not
// for whoever did it. Hearing twice notes once.
func (m *Module) hear(ctx context.Context, e event.Event) error {
	if !e.Public {
		return nil
	}
	if _, n, err := m.Following(ctx, "", e.Subject); err != nil || n == 0 {
		return err // most acts: nobody to tell, nothing to write
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `INSERT INTO notices_notice (person, event_id, seen, mailed)
			SELECT person, $1, FALSE, FALSE FROM notices_follow WHERE subject_kind = $2 AND subject_id = $3 AND person <> $4 AND at <= $5
			ON CONFLICT DO NOTHING`, e.ID, e.Subject.Kind, e.Subject.ID, e.Actor.Person, e.At)
		return err
	})
}

// Unseen is how many notices wait for a person, up to 99.
func (m *Module) Unseen(ctx context.Context, person string) (int, error) {
	return db.One[int](ctx, m.db, `SELECT count(*) FROM (SELECT 1 FROM notices_notice WHERE person = $1 AND seen = FALSE LIMIT 99) x`, person)
}

// Notices are the newest of a person with their events, and are seen by that.
func (m *Module) Notices(ctx context.Context, person string, limit int) ([]event.Event, error) {
	ids, err := db.Query[string](ctx, m.db, `SELECT event_id FROM notices_notice WHERE person = $1 ORDER BY event_id DESC LIMIT $2`, person, limit)
	if err != nil {
		return nil, err
	}
	events, err := m.events(ctx, ids)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return events, m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `UPDATE notices_notice SET seen = TRUE WHERE person = $1 AND seen = FALSE`, person)
		return err
	})
}

func (m *Module) events(ctx context.Context, ids []string) ([]event.Event, error) {
	var out []event.Event
	for _, id := range ids {
		e, err := m.log.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// Sweep drops what is old.
func (m *Module) Sweep(ctx context.Context) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		oldest := clock.Now(ctx).Add(-noticesKept)
		_, err := m.db.Exec(ctx, `DELETE FROM notices_notice WHERE event_id < $1`, before(oldest))
		return err
	})
}
