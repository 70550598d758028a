package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
)

const (
	maxAttempts = 12               // with the waits below: about six hours
	firstWait   = 10 * time.Second // doubles with each attempt
	lastWait    = 6 * time.Hour
	lease       = 30 * time.Second // how long a row stays with a copy that has died
	errorMax    = 500              // bytes of an error that are kept
)

// errLost says that the lease ended before the work did, so that another copy
// may have done it.
var errLost = errors.New("jobs: the lease was lost")

type permanent struct{ error }

// Unwrap gives the cause.
func (p permanent) Unwrap() error { return p.error }

// Permanent marks an error that no further attempt will mend: the job is dead
// at once.
func Permanent(err error) error { return permanent{err} }

// Drain does every job that is due, one after another, and returns when none
// is; failures are kept as Run keeps them. It is for tests and for commands
// that end.
func (q *Queue) Drain(ctx context.Context) error {
	for {
		did, err := q.one(ctx)
		if err != nil || !did {
			return err
		}
	}
}

// one claims the most overdue job and does it; did is false when none is due.
// err tells of the queue, not of the job.
func (q *Queue) one(ctx context.Context) (did bool, err error) {
	r, ok, err := q.claim(ctx)
	if err != nil || !ok {
		return false, err
	}
	q.busy.Add(1)
	defer q.busy.Add(-1)
	return true, q.perform(ctx, r)
}

// claim takes the most overdue job that this program can do. Copies that want
// the same row are told apart by the count of the conditional update.
func (q *Queue) claim(ctx context.Context) (r row, ok bool, err error) {
	if len(q.handlers) == 0 {
		return r, false, nil
	}
	q.claiming.Lock()
	defer q.claiming.Unlock()
	for {
		now := clock.Now(ctx)
		query, args := q.dueQuery(now)
		r, ok, err = db.Find[row](ctx, q.db, query, args...)
		if err != nil || !ok {
			return r, false, err
		}
		took := false
		err = q.db.Write(ctx, func(ctx context.Context) error {
			n, err := q.db.Exec(ctx, `UPDATE jobs_job SET holder = $1, run_at = $2, attempts = attempts + 1
				WHERE id = $3 AND attempts = $4 AND run_at <= $5 AND state = 'waiting'`, q.holder, now.Add(lease), r.ID, r.Attempts, now)
			took = n == 1
			return err
		})
		if err != nil || took {
			r.Attempts++
			return r, took, err
		}
	}
}

// dueQuery asks for names that have a handler only: a job that a newer version
// of the program has enqueued waits for that version.
func (q *Queue) dueQuery(now time.Time) (string, []any) {
	marks, args := []string{}, []any{now}
	for _, name := range slices.Sorted(maps.Keys(q.handlers)) {
		args = append(args, name)
		marks = append(marks, "$"+strconv.Itoa(len(args)))
	}
	return `SELECT * FROM jobs_job WHERE state = 'waiting' AND run_at <= $1 AND name IN (` + strings.Join(marks, ", ") + `)
		ORDER BY run_at, id LIMIT 1`, args
}

// perform does a claimed job and writes down how it ended.
func (q *Queue) perform(ctx context.Context, r row) error {
	var err error
	switch {
	case !r.Expires.IsZero() && clock.Now(ctx).After(r.Expires):
		slog.WarnContext(ctx, "job expired", "job", r.Name, "id", r.ID, "attempts", r.Attempts-1)
		err = q.complete(ctx, r)
	case r.Attempts > maxAttempts:
		err = Permanent(errors.New("the program died each time it did this"))
	default:
		err = q.call(ctx, r)
	}
	if errors.Is(err, errLost) {
		slog.WarnContext(ctx, "job lost", "job", r.Name, "id", r.ID)
		return nil
	}
	if err != nil {
		return q.fail(context.WithoutCancel(ctx), r, err)
	}
	return nil
}

func (q *Queue) call(ctx context.Context, r row) error {
	h, j := q.handlers[r.Name], Job{ID: r.ID, Name: r.Name, Attempt: r.Attempts, payload: r.Payload}
	if h.inside {
		return q.db.Write(ctx, func(ctx context.Context) error {
			if err := guarded(func() error { return h.fn(ctx, j) }); err != nil {
				return err
			}
			return q.finish(ctx, r)
		})
	}
	if err := guarded(func() error { return h.fn(ctx, j) }); err != nil {
		return err
	}
	return q.complete(context.WithoutCancel(ctx), r)
}

// guarded turns a panic of fn into its error.
func guarded(fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	return fn()
}

func (q *Queue) complete(ctx context.Context, r row) error {
	return q.db.Write(ctx, func(ctx context.Context) error { return q.finish(ctx, r) })
}

// finish removes a job that is done; one with a key stays, emptied, so that it
// is not done again.
func (q *Queue) finish(ctx context.Context, r row) error {
	const mine = ` WHERE id = $1 AND holder = $2 AND attempts = $3`
	var n int64
	var err error
	if r.Key == "" {
		n, err = q.db.Exec(ctx, `DELETE FROM jobs_job`+mine, r.ID, q.holder, r.Attempts)
	} else {
		n, err = q.db.Exec(ctx, `UPDATE jobs_job SET state = 'done', payload = '', holder = '', error = '', ended = $4`+mine,
			r.ID, q.holder, r.Attempts, clock.Now(ctx))
	}
	if err == nil && n == 0 {
		return errLost
	}
	return err
}

// fail lets the job wait for its next attempt, or buries it.
func (q *Queue) fail(ctx context.Context, r row, cause error) error {
	now, state, ended := clock.Now(ctx), waiting, time.Time{}
	var forever permanent
	if r.Attempts >= maxAttempts || errors.As(cause, &forever) {
		state, ended = dead, now
	}
	level := slog.LevelWarn
	if state == dead {
		level = slog.LevelError
	}
	slog.Log(ctx, level, "job failed", "job", r.Name, "id", r.ID, "attempt", r.Attempts, "state", state, "error", cause)
	return q.db.Write(ctx, func(ctx context.Context) error {
		_, err := q.db.Exec(ctx, `UPDATE jobs_job SET state = $1, run_at = $2, ended = $3, error = $4, holder = ''
			WHERE id = $5 AND holder = $6 AND attempts = $7`,
			state, now.Add(backoff(r.Attempts)), ended, short(cause), r.ID, q.holder, r.Attempts)
		return err
	})
}

// backoff is how long to wait after that many attempts, with up to a fifth more
// so that jobs that failed together do not come back together.
func backoff(attempts int) time.Duration {
	wait := min(firstWait<<min(attempts-1, 20), lastWait)
	return wait + rand.N(wait/5)
}

func short(err error) string {
	s := strings.ToValidUTF8(strings.ReplaceAll(err.Error(), "\x00", ""), "")
	if len(s) > errorMax {
		s = strings.ToValidUTF8(s[:errorMax], "")
	}
	return s
}
