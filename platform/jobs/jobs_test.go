package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
	"ronda/platform/jobs"
)

// effect is what jobs of these tests change in the database.
var tables = []db.Migrations{jobs.Migrations, {Module: "effect", FS: fstest.MapFS{"migrations/00001_init.sql": {Data: []byte(`-- +goose Up
CREATE TABLE effect (n BIGINT NOT NULL, job TEXT NOT NULL);
`)}}}}

var noon = time.Date(2026, 3, 24, 15, 0, 0, 0, time.UTC) // 12:00 in Buenos Aires

func at(t *testing.T, when time.Time) context.Context { return clock.At(t.Context(), when) }

func enqueue(t *testing.T, ctx context.Context, d *db.DB, q *jobs.Queue, name string, payload any, opts ...jobs.Option) {
	t.Helper()
	if err := d.Write(ctx, func(ctx context.Context) error { return q.Enqueue(ctx, name, payload, opts...) }); err != nil {
		t.Fatal(err)
	}
}

func drain(t *testing.T, ctx context.Context, q *jobs.Queue) {
	t.Helper()
	if err := q.Drain(ctx); err != nil {
		t.Fatal(err)
	}
}

// counted registers a handler that remembers the numbers it was given.
func counted(q *jobs.Queue, name string, fail func(j jobs.Job) error) *[]int {
	var mu sync.Mutex
	var got []int
	q.Handle(name, func(_ context.Context, j jobs.Job) error {
		var n int
		if err := j.Read(&n); err != nil {
			return err
		}
		mu.Lock()
		got = append(got, n)
		mu.Unlock()
		if fail != nil {
			return fail(j)
		}
		return nil
	})
	return &got
}

func TestAJobExistsWhenItsChangeDoes(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		q, ctx := jobs.New(d), at(t, noon)
		got := counted(q, "say", nil)
		_ = d.Write(ctx, func(ctx context.Context) error {
			if err := q.Enqueue(ctx, "say", 1); err != nil {
				t.Error(err)
			}
			return errors.New("the change fails")
		})
		enqueue(t, ctx, d, q, "say", 2)
		if err := q.Enqueue(ctx, "say", 3); err == nil {
			t.Error("a job outside of a transaction was taken")
		}
		drain(t, ctx, q)
		drain(t, ctx, q)
		if diff := cmp.Diff([]int{2}, *got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAFailingJobIsTriedAgainAndAtLastShownDead(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		q, now := jobs.New(d), noon
		broken := true
		got := counted(q, "say", func(jobs.Job) error {
			if broken {
				return errors.New("no line")
			}
			return nil
		})
		enqueue(t, at(t, now), d, q, "say", 7)
		drain(t, at(t, now), q)
		drain(t, at(t, now.Add(time.Second)), q)
		if len(*got) != 1 {
			t.Errorf("tried %d times within a second", len(*got))
		}
		for range 40 {
			now = now.Add(8 * time.Hour)
			drain(t, at(t, now), q)
		}
		letters, err := q.Dead(t.Context(), "", 10)
		if err != nil || len(letters) != 1 || letters[0].Error != "no line" || letters[0].Attempts != len(*got) || len(*got) != 12 {
			t.Fatalf("after %d attempts the dead are %+v, %v", len(*got), letters, err)
		}
		broken = false
		if err := q.Revive(at(t, now), letters[0].ID); err != nil {
			t.Fatal(err)
		}
		drain(t, at(t, now), q)
		if c, err := q.Counts(t.Context()); err != nil || c != (jobs.Counts{}) {
			t.Errorf("after the revival: %+v, %v", c, err)
		}
	})
}

func TestWhatNoAttemptMendsIsDeadAtOnce(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		q, ctx := jobs.New(d), at(t, noon)
		counted(q, "refused", func(jobs.Job) error { return fmt.Errorf("send: %w", jobs.Permanent(errors.New("no such box"))) })
		counted(q, "number", nil)
		q.Handle("panics", func(context.Context, jobs.Job) error { panic("oh") })
		enqueue(t, ctx, d, q, "refused", 1)
		enqueue(t, ctx, d, q, "number", "not a number")
		enqueue(t, ctx, d, q, "panics", 1)
		drain(t, ctx, q)
		letters, err := q.Dead(t.Context(), "", 10)
		if err != nil || len(letters) != 2 {
			t.Fatalf("dead: %+v, %v", letters, err)
		}
		if c, _ := q.Counts(t.Context()); c.Waiting != 1 {
			t.Errorf("the one that panicked does not wait: %+v", c)
		}
		if err := q.Drop(t.Context(), letters[0].ID); err != nil {
			t.Error(err)
		}
		if err := q.Drop(t.Context(), letters[0].ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("dropped twice: %v", err)
		}
	})
}

func TestAKeyIsDoneOnce(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		q, ctx := jobs.New(d), at(t, noon)
		got := counted(q, "digest", nil)
		for range 2 {
			enqueue(t, ctx, d, q, "digest", 1, jobs.Once("ana 2026-03-24"))
			enqueue(t, ctx, d, q, "digest", 1, jobs.Once("ana 2026-03-24"))
			enqueue(t, ctx, d, q, "digest", 2, jobs.Once("ana 2026-03-25"))
			drain(t, ctx, q)
		}
		if diff := cmp.Diff([]int{1, 2}, *got); diff != "" {
			t.Error(diff)
		}
		if kept, err := db.Query[string](ctx, d, `SELECT payload FROM jobs_job`); err != nil || !cmp.Equal(kept, []string{"", ""}) {
			t.Errorf("done jobs keep %q, %v", kept, err)
		}
	})
}

func TestAJobWaitsForItsTimeAndIsDroppedAfterIt(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		q := jobs.New(d)
		got := counted(q, "say", func(jobs.Job) error { return errors.New("no line") })
		enqueue(t, at(t, noon), d, q, "say", 1, jobs.At(noon.Add(time.Hour)))
		enqueue(t, at(t, noon), d, q, "say", 2, jobs.Until(noon.Add(time.Minute)))
		drain(t, at(t, noon), q)
		drain(t, at(t, noon.Add(2*time.Minute)), q)
		drain(t, at(t, noon.Add(time.Hour)), q)
		if diff := cmp.Diff([]int{2, 1}, *got); diff != "" {
			t.Error(diff)
		}
		if c, _ := q.Counts(t.Context()); c.Waiting != 1 || c.Dead != 0 {
			t.Errorf("left: %+v", c)
		}
	})
}

// A copy that is thought dead does not disturb the one that took over, and what
// both did in the database happened once.
func TestALostLease(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		slow, other := jobs.New(d), jobs.New(d)
		var ids []string
		slow.Handle("out", func(_ context.Context, j jobs.Job) error {
			ids = append(ids, j.ID)
			drain(t, at(t, noon.Add(time.Minute)), other)
			return errors.New("too late to matter")
		})
		other.Handle("out", func(_ context.Context, j jobs.Job) error { ids = append(ids, j.ID); return nil })
		enqueue(t, at(t, noon), d, slow, "out", 1)
		drain(t, at(t, noon), slow)
		if c, _ := slow.Counts(t.Context()); len(ids) != 2 || ids[0] != ids[1] || c.Waiting+c.Dead != 0 {
			t.Errorf("ran as %v, left %+v", ids, c)
		}
		if d.Engine() == db.SQLite {
			return // one writer: nobody can come between a handler and its transaction
		}
		change := func(ctx context.Context, j jobs.Job) error {
			_, err := d.Exec(ctx, `INSERT INTO effect (n, job) VALUES (1, $1)`, j.ID)
			return err
		}
		other.HandleWrite("in", change)
		slow.HandleWrite("in", func(ctx context.Context, j jobs.Job) error {
			drain(t, at(t, noon.Add(time.Minute)), other)
			return change(ctx, j)
		})
		enqueue(t, at(t, noon), d, slow, "in", 1)
		drain(t, at(t, noon), slow)
		if n, err := db.One[int](t.Context(), d, `SELECT count(*) FROM effect`); n != 1 || err != nil {
			t.Errorf("the change was made %d times, %v", n, err)
		}
	})
}

func TestManyCopiesDoEachJobOnce(t *testing.T) {
	const copies, each = 3, 60
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var outside, left atomic.Int32
		left.Store(2 * each)
		all := make([]*jobs.Queue, copies)
		for i := range all {
			all[i] = jobs.New(d)
			all[i].Handle("out", func(context.Context, jobs.Job) error { outside.Add(1); left.Add(-1); return nil })
			all[i].HandleWrite("in", func(ctx context.Context, j jobs.Job) error {
				_, err := d.Exec(ctx, `INSERT INTO effect (n, job) VALUES (1, $1)`, j.ID)
				d.AfterCommit(ctx, func() { left.Add(-1) })
				return err
			})
		}
		var wg sync.WaitGroup
		for _, q := range all {
			wg.Go(func() {
				if err := q.Run(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		for n := range each {
			enqueue(t, ctx, d, all[n%copies], "out", n)
			enqueue(t, ctx, d, all[n%copies], "in", n)
		}
		for left.Load() > 0 && ctx.Err() == nil {
			time.Sleep(5 * time.Millisecond)
		}
		stop()
		wg.Wait()
		inside, err := db.One[int](t.Context(), d, `SELECT count(DISTINCT job) FROM effect`)
		total, _ := db.One[int](t.Context(), d, `SELECT count(*) FROM effect`)
		if outside.Load() != each || inside != each || total != each || err != nil {
			t.Errorf("outside %d, inside %d of %d, %v", outside.Load(), inside, total, err)
		}
	})
}

func TestStoppingLetsARunningJobEnd(t *testing.T) {
	d := dbtest.SQLite(t, tables...)
	q := jobs.New(d)
	ctx, stop := context.WithCancel(t.Context())
	ended := false
	q.Handle("slow", func(work context.Context, _ jobs.Job) error {
		stop()
		ended = work.Err() == nil
		return work.Err()
	})
	enqueue(t, ctx, d, q, "slow", 1)
	if err := q.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if c, err := q.Counts(t.Context()); !ended || c.Waiting != 0 || err != nil {
		t.Errorf("ended %v, left %+v, %v", ended, c, err)
	}
}
