package crash

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"ronda/city/roundtable"
	"ronda/platform/db"
	"ronda/platform/record"
)

// look holds the database against the journal, against itself and against the
// record's seal. At rest no program runs; then time passes for what the dead one
// had reserved, so that the next need not wait for it.
func (c *city) look(rest bool) {
	c.t.Helper()
	ctx, d := c.t.Context(), c.database()
	defer d.Close()
	if err := alone(ctx, d); err != nil {
		c.fail(err.Error())
	}
	have, err := shown(ctx, d)
	if err != nil {
		c.fail(err.Error())
	}
	c.fail(c.journal.settle(have)...)
	for _, check := range []func(context.Context, *db.DB) ([]string, error){sound, c.whole, c.rings, c.recorded} {
		wrong, err := check(ctx, d)
		if err != nil {
			c.fail(err.Error())
		}
		c.fail(wrong...)
	}
	c.lettersSoFar(d, rest)
	if err := passTime(ctx, d, rest); err != nil {
		c.fail(err.Error())
	}
}

// lettersSoFar holds the invitations that came against those owed, and counts
// what is in doubt.
func (c *city) lettersSoFar(d *db.DB, rest bool) {
	c.t.Helper()
	wrong, err := c.lettersRight(d, false)
	if err == nil && rest {
		var many []string
		many, err = c.fewDoubts(d)
		wrong = append(wrong, many...)
	}
	if err != nil {
		c.fail(err.Error())
	}
	c.fail(wrong...)
}

// alone waits until PostgreSQL has noticed that the program is gone: until then
// it may finish a commit that it was sent.
func alone(ctx context.Context, d *db.DB) error {
	if d.Engine() == db.SQLite {
		return nil
	}
	for {
		others, err := db.One[int](ctx, d, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
			AND backend_type = 'client backend'`)
		if err != nil || others == 0 {
			return err
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// sound asks SQLite whether the pages of its file hold together.
func sound(ctx context.Context, d *db.DB) ([]string, error) {
	if d.Engine() == db.Postgres {
		return nil, nil
	}
	said, err := db.Query[string](ctx, d, `PRAGMA integrity_check`)
	if err != nil || strings.Join(said, "") == "ok" {
		return nil, err
	}
	return said, nil
}

// recorded verifies the public record as an operator does.
func (c *city) recorded(ctx context.Context, d *db.DB) ([]string, error) {
	verifier, err := record.ReadVerifier(c.cfg.KeyFile())
	if err != nil {
		return nil, err
	}
	result, err := record.VerifyData(ctx, d, record.Check{Verifier: verifier, Witness: c.witness()})
	var wrong []string
	for _, f := range result.Findings {
		wrong = append(wrong, "record: "+f.String())
	}
	return wrong, err
}

// rings compares what lists show of an initiative with its steps.
func (c *city) rings(ctx context.Context, d *db.DB) ([]string, error) {
	steps, err := db.Query[roundtable.Step](ctx, d, `SELECT * FROM roundtable_step ORDER BY initiative, number`)
	if err != nil {
		return nil, err
	}
	of := map[string]*roundtable.Round{}
	for _, s := range steps {
		if of[s.Initiative] == nil {
			of[s.Initiative] = &roundtable.Round{}
		}
		of[s.Initiative].Steps = append(of[s.Initiative].Steps, s)
	}
	all, err := db.Query[roundtable.Initiative](ctx, d, `SELECT * FROM roundtable_initiative`)
	var wrong []string
	for _, i := range all {
		switch r := of[i.ID]; {
		case i.FiledAt.IsZero() && r != nil:
			wrong = append(wrong, i.Number+" has steps and was never filed")
		case i.FiledAt.IsZero():
		case r == nil || len(r.Steps) != c.charter.Flow.Steps.Len():
			wrong = append(wrong, i.Number+" was filed and has not every step")
		case i.Ring != r.RingIn(i.State) || i.Current != r.Current() || i.Signed != r.SignedCount():
			wrong = append(wrong, fmt.Sprintf("%s shows %s, %d, %d; its steps are %s, %d, %d", i.Number, i.Ring, i.Current, i.Signed, r.RingIn(i.State), r.Current(), r.SignedCount()))
		}
	}
	return wrong, err
}

// passTime makes the daily mail due at the next start. At rest it also ends
// what the dead program held for half a minute at most, so that a test of a
// minute sees it taken over.
func passTime(ctx context.Context, d *db.DB, rest bool) error {
	return d.Write(ctx, func(ctx context.Context) error {
		_, err := d.Exec(ctx, `UPDATE jobs_schedule SET next_at = 0 WHERE name = 'notices.digest'`)
		if !rest {
			return err
		}
		_, jobs := d.Exec(ctx, `UPDATE jobs_job SET run_at = 0 WHERE holder <> '' AND state = 'waiting'`)
		_, head := d.Exec(ctx, `UPDATE record_head SET until = 0`)
		_, letters := d.Exec(ctx, `UPDATE invitations_mail SET next_at = 0 WHERE state IN ('waiting', 'sending') AND $1`, d.Engine() == db.Postgres)
		return errors.Join(err, jobs, head, letters)
	})
}
