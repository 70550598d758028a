package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/go-co-op/gocron/v2"

	"ronda/platform/clock"
	"ronda/platform/db"
)

const (
	lookEvery  = 30 * time.Second // how late a schedule may begin
	lookFloor  = 100 * time.Millisecond
	sweepEvery = 24 * time.Hour
)

// schedule is something done again and again. When it is due stands in the
// database, so that it is done once however many copies run and also after the
// program was down at its hour.
type schedule struct {
	name  string
	spec  string
	look  time.Duration // how often to ask whether it is due
	first func(now time.Time) time.Time
	next  func(now, last time.Time) time.Time // after a success; last is zero before the first
	fn    func(ctx context.Context) error
}

// Every does fn at once when the name is new, and then again interval after the
// last success. name is stable over versions. fn runs outside of any
// transaction and may run twice for one time when a copy dies in it.
func (q *Queue) Every(name string, interval time.Duration, fn func(ctx context.Context) error) {
	q.schedules = append(q.schedules, &schedule{
		name: name, spec: "every " + interval.String(), look: max(min(interval, lookEvery), lookFloor), fn: fn,
		first: func(now time.Time) time.Time { return now },
		next:  func(now, _ time.Time) time.Time { return now.Add(interval) },
	})
}

// DailyAt does fn once a day of the zone at the hour "07:30", or as soon as the
// program runs again when it was down at that hour. Days missed altogether are
// not made up for. See Every for what fn may expect.
func (q *Queue) DailyAt(name, hour string, zone *time.Location, fn func(ctx context.Context) error) error {
	at, err := time.Parse("15:04", hour)
	if err != nil {
		return fmt.Errorf("schedule %s: %q is no hour like 07:30", name, hour)
	}
	next := func(now, last time.Time) time.Time {
		local := now.In(zone)
		for day := 0; ; day++ {
			t := time.Date(local.Year(), local.Month(), local.Day()+day, at.Hour(), at.Minute(), 0, 0, zone)
			if t.After(now) && (last.IsZero() || clock.DayOf(t, zone) > clock.DayOf(last, zone)) {
				return t.UTC()
			}
		}
	}
	q.schedules = append(q.schedules, &schedule{
		name: name, spec: "daily " + hour + " " + zone.String(), look: lookEvery, fn: fn, next: next,
		first: func(now time.Time) time.Time { return next(now, time.Time{}) },
	})
	return nil
}

type scheduleRow struct {
	Name     string    `db:"name"`
	Spec     string    `db:"spec"`
	NextAt   time.Time `db:"next_at"`
	LastAt   time.Time `db:"last_at"`
	Holder   string    `db:"holder"`
	Failures int       `db:"failures"`
	Error    string    `db:"error"`
}

// startSchedules looks after every schedule until the returned function is
// called, which waits for those that run.
func (q *Queue) startSchedules(ctx context.Context) (stop func() error, err error) {
	if err := q.register(ctx); err != nil {
		return nil, err
	}
	ticker, err := gocron.NewScheduler(gocron.WithStopTimeout(grace))
	if err != nil {
		return nil, err
	}
	for _, s := range q.schedules {
		task := gocron.NewTask(func() {
			if err := q.runIfDue(ctx, s); err != nil && ctx.Err() == nil {
				slog.ErrorContext(ctx, "schedule not kept", "schedule", s.name, "error", err)
			}
		})
		_, err := ticker.NewJob(gocron.DurationJob(s.look), task, gocron.WithName(s.name),
			gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithStartAt(gocron.WithStartImmediately()))
		if err != nil {
			return nil, fmt.Errorf("schedule %s: %w", s.name, err)
		}
	}
	ticker.Start()
	return ticker.Shutdown, nil
}

// Tick keeps every schedule that is due, once. It is for tests and commands
// that end; Run does it by itself.
func (q *Queue) Tick(ctx context.Context) error {
	if err := q.register(ctx); err != nil {
		return err
	}
	for _, s := range q.schedules {
		if err := q.runIfDue(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// register makes the rows of new schedules and moves those whose hour has been
// changed.
func (q *Queue) register(ctx context.Context) error {
	return q.db.Write(ctx, func(ctx context.Context) error {
		for _, s := range q.schedules {
			if err := q.registerOne(ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
}

func (q *Queue) registerOne(ctx context.Context, s *schedule) error {
	now := clock.Now(ctx)
	_, err := q.db.Exec(ctx, `INSERT INTO jobs_schedule (name, spec, next_at, last_at, holder, failures, error)
		VALUES ($1, $2, $3, 0, '', 0, '') ON CONFLICT (name) DO NOTHING`, s.name, s.spec, s.first(now))
	if err != nil {
		return err
	}
	r, err := db.One[scheduleRow](ctx, q.db, `SELECT * FROM jobs_schedule WHERE name = $1`, s.name)
	if err != nil || r.Spec == s.spec {
		return err
	}
	_, err = q.db.Exec(ctx, `UPDATE jobs_schedule SET spec = $1, next_at = $2 WHERE name = $3 AND spec = $4`,
		s.spec, s.next(now, r.LastAt), s.name, r.Spec)
	return err
}

// runIfDue takes the lease of a schedule that is due and keeps it.
func (q *Queue) runIfDue(ctx context.Context, s *schedule) error {
	now := clock.Now(ctx)
	r, due, err := db.Find[scheduleRow](ctx, q.db, `SELECT * FROM jobs_schedule WHERE name = $1 AND next_at <= $2`, s.name, now)
	if err != nil || !due {
		return err
	}
	took := false
	err = q.db.Write(ctx, func(ctx context.Context) error {
		n, err := q.db.Exec(ctx, `UPDATE jobs_schedule SET holder = $1, next_at = $2 WHERE name = $3 AND next_at = $4`,
			q.holder, now.Add(lease), s.name, r.NextAt)
		took = n == 1
		return err
	})
	if err != nil || !took {
		return err
	}
	q.busy.Add(1)
	defer q.busy.Add(-1)
	cause := guarded(func() error { return s.fn(ctx) })
	return q.kept(context.WithoutCancel(ctx), s, r, cause)
}

// kept writes down how a schedule went and when it is due again: after a
// failure sooner than planned.
func (q *Queue) kept(ctx context.Context, s *schedule, r scheduleRow, cause error) error {
	now := clock.Now(ctx)
	next, last, failures, text := s.next(now, now), now, 0, ""
	if cause != nil {
		last, failures, text = r.LastAt, r.Failures+1, short(cause)
		next = earlier(s.next(now, last), now.Add(backoff(failures)))
		slog.ErrorContext(ctx, "schedule failed", "schedule", s.name, "failures", failures, "error", cause)
	}
	return q.db.Write(ctx, func(ctx context.Context) error {
		_, err := q.db.Exec(ctx, `UPDATE jobs_schedule SET holder = '', next_at = $1, last_at = $2, failures = $3, error = $4
			WHERE name = $5 AND holder = $6`, next, last, failures, text, s.name, q.holder)
		return err
	})
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
