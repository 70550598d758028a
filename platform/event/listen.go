package event

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
)

// Listener hears of an event after its commit, at least once and in no promised
// order, so it must be idempotent.
type Listener func(ctx context.Context, e Event) error

type listener struct {
	name string
	fn   Listener
}

const (
	dispatchBatch = 100
	idle          = time.Second     // how soon another copy's events are noticed
	firstRetry    = 5 * time.Second // doubles with each attempt
	lastRetry     = time.Hour
)

// Listen registers a listener before Run; name is stable over versions, because
// retries are kept under it.
func (l *Log) Listen(name string, fn Listener) { l.listeners = append(l.listeners, listener{name, fn}) }

// Wake makes Run look at once.
func (l *Log) Wake() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// Run tells listeners of events until ctx ends.
func (l *Log) Run(ctx context.Context) {
	tick := time.NewTicker(idle)
	defer tick.Stop()
	for {
		if err := l.Dispatch(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "events not told", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-l.wake:
		case <-tick.C:
		}
	}
}

// Dispatch tells listeners of everything that waits, retries that are due
// included, and returns when nothing does.
func (l *Log) Dispatch(ctx context.Context) error {
	for {
		events, err := l.list(ctx, `SELECT `+columns+` FROM event_event WHERE pending ORDER BY id LIMIT $1`, dispatchBatch)
		if err != nil {
			return err
		}
		if err := l.tell(ctx, events); err != nil {
			return err
		}
		if len(events) < dispatchBatch {
			return l.retry(ctx)
		}
	}
}

// failure is a listener that did not take an event.
type failure struct {
	event, listener string
	cause           error
}

// tell calls every listener for each event and then marks the events as told in
// one transaction; what failed is noted for later in the same one. A program
// that dies in between tells them all again.
func (l *Log) tell(ctx context.Context, events []Event) error {
	if len(events) == 0 {
		return nil
	}
	var failed []failure
	for _, e := range events {
		for _, x := range l.listeners {
			if err := call(ctx, x, e); err != nil {
				failed = append(failed, failure{e.ID, x.name, err})
			}
		}
	}
	return l.db.Write(ctx, func(ctx context.Context) error {
		for _, f := range failed {
			if err := l.again(ctx, f.event, f.listener, 1, f.cause); err != nil {
				return err
			}
		}
		for _, e := range events {
			if _, err := l.db.Exec(ctx, `UPDATE event_event SET pending = FALSE WHERE id = $1`, e.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

func call(ctx context.Context, x listener, e Event) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return x.fn(ctx, e)
}

func (l *Log) again(ctx context.Context, event, name string, attempts int, cause error) error {
	slog.WarnContext(ctx, "listener failed", "listener", name, "event", event, "attempts", attempts, "error", cause)
	wait := min(firstRetry<<min(attempts-1, 20), lastRetry)
	_, err := l.db.Exec(ctx, `INSERT INTO event_retry (event_id, listener, attempts, next_at, error) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (event_id, listener) DO UPDATE SET attempts = excluded.attempts, next_at = excluded.next_at, error = excluded.error`,
		event, name, attempts, clock.Now(ctx).Add(wait), cause.Error())
	return err
}

type retryRow struct {
	Event    string `db:"event_id"`
	Listener string `db:"listener"`
	Attempts int    `db:"attempts"`
}

func (l *Log) retry(ctx context.Context) error {
	due, err := db.Query[retryRow](ctx, l.db, `SELECT event_id, listener, attempts FROM event_retry WHERE next_at <= $1
		ORDER BY next_at LIMIT $2`, clock.Now(ctx), dispatchBatch)
	if err != nil {
		return err
	}
	for _, r := range due {
		if err := l.retryOne(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

func (l *Log) retryOne(ctx context.Context, r retryRow) error {
	e, err := l.Get(ctx, r.Event)
	if err != nil {
		return err
	}
	var failed error
	for _, x := range l.listeners {
		if x.name == r.Listener {
			failed = call(ctx, x, e)
		}
	}
	return l.db.Write(ctx, func(ctx context.Context) error {
		if failed != nil {
			return l.again(ctx, r.Event, r.Listener, r.Attempts+1, failed)
		}
		_, err := l.db.Exec(ctx, `DELETE FROM event_retry WHERE event_id = $1 AND listener = $2`, r.Event, r.Listener)
		return err
	})
}
