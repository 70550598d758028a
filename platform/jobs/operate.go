package jobs

import (
	"context"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

const (
	keepDone = 30 * 24 * time.Hour // how long a key is remembered
	keepDead = 90 * 24 * time.Hour
)

// State is a job as an operator sees it. Its payload is not shown: it may hold
// personal data.
type State struct {
	ID       string    `db:"id"`
	Name     string    `db:"name"`
	Attempts int       `db:"attempts"`
	Error    string    `db:"error"`
	Created  time.Time `db:"created"`
	Ended    time.Time `db:"ended"`
}

// Dead lists jobs that were given up, newest first; before is the ID of the
// last one of the page above, empty for the newest.
func (q *Queue) Dead(ctx context.Context, before string, limit int) ([]State, error) {
	if before == "" {
		before = id.Last
	}
	return db.Query[State](ctx, q.db, `SELECT id, name, attempts, error, created, ended FROM jobs_job
		WHERE state = 'dead' AND id < $1 ORDER BY id DESC LIMIT $2`, before, limit)
}

// Revive lets a dead job be tried again from its first attempt, at once and
// without an end to its use; fault.NotFound when no dead job has the id.
func (q *Queue) Revive(ctx context.Context, id string) error {
	return q.db.Write(ctx, func(ctx context.Context) error {
		n, err := q.db.Exec(ctx, `UPDATE jobs_job SET state = 'waiting', attempts = 0, expires = 0, ended = 0, run_at = $1
			WHERE id = $2 AND state = 'dead'`, clock.Now(ctx), id)
		q.db.AfterCommit(ctx, q.rouse)
		return found(n, err)
	})
}

// Drop forgets a dead job; fault.NotFound when no dead job has the id.
func (q *Queue) Drop(ctx context.Context, id string) error {
	return q.db.Write(ctx, func(ctx context.Context) error {
		return found(q.db.Exec(ctx, `DELETE FROM jobs_job WHERE id = $1 AND state = 'dead'`, id))
	})
}

func found(n int64, err error) error {
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	return err
}

// Counts says how much waits and how much was given up, for metrics.
type Counts struct {
	Waiting int `db:"waiting"` // running ones included
	Late    int `db:"late"`    // due for more than a minute
	Dead    int `db:"dead"`
}

// Counts counts the jobs.
func (q *Queue) Counts(ctx context.Context) (Counts, error) {
	return db.One[Counts](ctx, q.db, `SELECT
		(SELECT count(*) FROM jobs_job WHERE state = 'waiting') AS waiting,
		(SELECT count(*) FROM jobs_job WHERE state = 'waiting' AND run_at < $1) AS late,
		(SELECT count(*) FROM jobs_job WHERE state = 'dead') AS dead`, clock.Now(ctx).Add(-time.Minute))
}

// Schedule is a schedule as an operator sees it.
type Schedule struct {
	Name     string    `db:"name"`
	Spec     string    `db:"spec"` // "every 1h0m0s", "daily 07:30 America/Argentina/Buenos_Aires"
	NextAt   time.Time `db:"next_at"`
	LastAt   time.Time `db:"last_at"`  // the last success; zero before the first
	Failures int       `db:"failures"` // since then
	Error    string    `db:"error"`
}

// Schedules lists the schedules by name.
func (q *Queue) Schedules(ctx context.Context) ([]Schedule, error) {
	return db.Query[Schedule](ctx, q.db, `SELECT name, spec, next_at, last_at, failures, error FROM jobs_schedule ORDER BY name`)
}

// sweep forgets the keys of jobs long done, and jobs long dead.
func (q *Queue) sweep(ctx context.Context) error {
	now := clock.Now(ctx)
	return q.db.Write(ctx, func(ctx context.Context) error {
		_, err := q.db.Exec(ctx, `DELETE FROM jobs_job WHERE (state = 'done' AND ended < $1) OR (state = 'dead' AND ended < $2)`,
			now.Add(-keepDone), now.Add(-keepDead))
		return err
	})
}
