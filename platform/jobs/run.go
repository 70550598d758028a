package jobs

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"ronda/platform/clock"
)

const (
	workers = 4
	idle    = time.Second // how soon another copy's jobs are noticed
	renew   = lease / 3
	grace   = 10 * time.Second // what is running may end when the program stops
)

// Run does jobs and keeps schedules until ctx ends; then it takes no more,
// gives what is running ten seconds to end, and returns.
func (q *Queue) Run(ctx context.Context) error {
	work, cancel := outlive(ctx, grace)
	defer cancel()
	stop, err := q.startSchedules(work)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() { q.worker(ctx, work) })
	}
	finished, beat := make(chan struct{}), sync.WaitGroup{}
	beat.Go(func() { q.heartbeat(work, finished) })
	<-ctx.Done()
	err = stop()
	wg.Wait()
	close(finished)
	beat.Wait()
	return err
}

// outlive is a context with the values of ctx that ends some time after it.
func outlive(ctx context.Context, some time.Duration) (context.Context, context.CancelFunc) {
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	unhook := context.AfterFunc(ctx, func() {
		t := time.AfterFunc(some, cancel)
		context.AfterFunc(work, func() { t.Stop() })
	})
	return work, func() { unhook(); cancel() }
}

// worker does job after job until ctx ends; the one in its hands runs on in
// work.
func (q *Queue) worker(ctx, work context.Context) {
	tick := time.NewTicker(idle)
	defer tick.Stop()
	for ctx.Err() == nil {
		did, err := q.one(work)
		if err != nil && work.Err() == nil {
			slog.ErrorContext(ctx, "jobs not done", "error", err)
		}
		if did && err == nil {
			q.rouse() // there may be more: let another worker look too
			continue
		}
		select {
		case <-ctx.Done():
		case <-q.wake:
		case <-tick.C:
		}
	}
}

// heartbeat renews the leases of this copy until finished.
func (q *Queue) heartbeat(ctx context.Context, finished <-chan struct{}) {
	tick := time.NewTicker(renew)
	defer tick.Stop()
	for {
		select {
		case <-finished:
			return
		case <-tick.C:
		}
		if q.busy.Load() == 0 {
			continue
		}
		if err := q.renew(ctx); err != nil {
			slog.WarnContext(ctx, "leases not renewed", "error", err)
		}
	}
}

func (q *Queue) renew(ctx context.Context) error {
	until := clock.Now(ctx).Add(lease)
	return q.db.Write(ctx, func(ctx context.Context) error {
		if _, err := q.db.Exec(ctx, `UPDATE jobs_job SET run_at = $1 WHERE holder = $2 AND holder <> ''`, until, q.holder); err != nil {
			return err
		}
		_, err := q.db.Exec(ctx, `UPDATE jobs_schedule SET next_at = $1 WHERE holder = $2`, until, q.holder)
		return err
	})
}
