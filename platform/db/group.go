package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
)

// ErrClosed is the answer to a write after Close.
var ErrClosed = errors.New("db: closed")

// group is SQLite's one writer: it takes what waits in the queue, runs it in
// savepoints of one transaction and answers everybody after the commit.
type group struct {
	db    *DB
	stmts *stmtCache
	queue chan *job
	quit  chan struct{}
	done  chan struct{}
	once  sync.Once
}

type job struct {
	ctx  context.Context
	fn   func(ctx context.Context) error
	tx   *tx
	err  error
	died any // what fn panicked with
	ans  chan struct{}
}

func newGroup(d *DB) *group {
	g := &group{
		db: d, queue: make(chan *job, queueMax), quit: make(chan struct{}), done: make(chan struct{}),
		stmts: &stmtCache{db: d.write, ready: map[string]*sql.Stmt{}, wanted: map[string]bool{}},
	}
	go g.run()
	return g
}

func (g *group) stop() {
	g.once.Do(func() { close(g.quit) })
	<-g.done
	g.stmts.close()
}

// write queues fn and waits for the commit that holds it. A caller who gives up
// before its turn is skipped; once begun, the write runs to its end, because an
// interrupted statement would roll back the whole batch.
func (g *group) write(ctx context.Context, fn func(ctx context.Context) error) error {
	j := &job{ctx: ctx, fn: fn, ans: make(chan struct{})}
	select {
	case g.queue <- j:
	case <-ctx.Done():
		return ctx.Err()
	case <-g.quit:
		return ErrClosed
	}
	select {
	case <-j.ans:
	case <-g.done:
		select {
		case <-j.ans:
		default:
			return ErrClosed
		}
	}
	if j.died != nil {
		panic(j.died)
	}
	if j.err == nil {
		j.tx.done()
	}
	return j.err
}

func (g *group) run() {
	defer close(g.done)
	for {
		select {
		case <-g.quit:
			return
		case j := <-g.queue:
			g.batch(g.gather(j))
		}
	}
}

// gather takes what is waiting already, up to batchMax; it never waits for more.
func (g *group) gather(first *job) []*job {
	jobs := []*job{first}
	for len(jobs) < batchMax {
		select {
		case j := <-g.queue:
			jobs = append(jobs, j)
		default:
			return jobs
		}
	}
	return jobs
}

func (g *group) batch(jobs []*job) {
	ctx := context.Background()
	defer func() {
		for _, j := range jobs {
			close(j.ans)
		}
		g.stmts.prepare(ctx)
	}()
	t, err := g.db.write.BeginTx(ctx, nil)
	if err != nil {
		fail(jobs, fmt.Errorf("begin: %w", err))
		return
	}
	changed := false
	for _, j := range jobs {
		if err := g.one(t, j); err != nil {
			_ = t.Rollback()
			fail(jobs, err)
			return
		}
		changed = changed || j.err == nil
	}
	if !changed {
		_ = t.Rollback()
		return
	}
	if err := t.Commit(); err != nil {
		_ = t.Rollback()
		fail(jobs, fmt.Errorf("commit: %w", err))
	}
}

// fail gives err to every write that believed it had succeeded.
func fail(jobs []*job, err error) {
	for _, j := range jobs {
		if j.err == nil && j.died == nil {
			j.err = err
		}
	}
}

// one runs a write in its savepoint. An error means that the transaction itself
// is gone.
func (g *group) one(t *sql.Tx, j *job) error {
	if err := j.ctx.Err(); err != nil {
		j.err = err
		return nil
	}
	ctx := context.WithoutCancel(j.ctx)
	if _, err := t.ExecContext(ctx, "SAVEPOINT w"); err != nil {
		return fmt.Errorf("savepoint: %w", err)
	}
	j.tx = &tx{db: g.db, tx: t, stmts: g.stmts}
	j.call(context.WithValue(ctx, txKey{}, j.tx))
	if j.err != nil || j.died != nil {
		if _, err := t.ExecContext(ctx, "ROLLBACK TO w"); err != nil {
			return fmt.Errorf("rollback to savepoint: %w", err)
		}
	}
	if _, err := t.ExecContext(ctx, "RELEASE w"); err != nil {
		return fmt.Errorf("release savepoint: %w", err)
	}
	return nil
}

// call runs fn; a panic belongs to the caller, not to the writer and the other
// writes of the batch.
func (j *job) call(ctx context.Context) {
	defer func() {
		if r := recover(); r != nil {
			j.died = r
			slog.Error("write panicked", "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
		}
	}()
	j.err = j.fn(ctx)
}
