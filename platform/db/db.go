package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"

	"ronda/platform/fault"
)

// Engine is the database that answers.
type Engine string

// The engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// DB is an open database. It is safe for concurrent use.
type DB struct {
	engine Engine
	path   string               // SQLite: the file
	read   *sql.DB              // any number of readers
	stmts  map[string]*sql.Stmt // of the readers, by their text
	ready  sync.RWMutex         // guards stmts
	gate   chan struct{}        // SQLite: a place for each reader
	group  *group               // SQLite: the one writer
	held   *sql.Conn            // PostgreSQL: the connection of Hold
	write  *sql.DB              // PostgreSQL: the same pool; SQLite: one connection
}

// Open opens target: a "postgres://" address, or else the path of a SQLite file
// that is created when absent.
func Open(ctx context.Context, target string) (*DB, error) {
	if strings.HasPrefix(target, "postgres://") || strings.HasPrefix(target, "postgresql://") {
		return openPostgres(ctx, target)
	}
	return openSQLite(ctx, target)
}

// Engine says which database this is.
func (d *DB) Engine() Engine { return d.engine }

// Path is the SQLite file, empty on PostgreSQL.
func (d *DB) Path() string { return d.path }

// Close waits for the running batch and closes every connection.
func (d *DB) Close() error {
	if d.group != nil {
		d.group.stop()
	}
	for _, s := range d.stmts {
		_ = s.Close()
	}
	var err error
	if d.held != nil {
		err, d.held = release(d.held), nil
	}
	err = errors.Join(err, d.read.Close())
	if d.write != d.read {
		err = errors.Join(err, d.write.Close())
	}
	return err
}

// Ping says whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return d.read.PingContext(ctx) }

type txKey struct{}

// tx is the transaction of a context.
type tx struct {
	db    *DB
	tx    *sql.Tx
	stmts *stmtCache // nil on PostgreSQL, whose driver keeps statements itself
	own   map[string]*sql.Stmt
	after []func()
}

func (d *DB) txOf(ctx context.Context) *tx {
	t, _ := ctx.Value(txKey{}).(*tx)
	if t == nil || t.db != d {
		return nil
	}
	return t
}

// Tx is the running transaction of ctx for libraries that want one, nil
// outside Write.
func (d *DB) Tx(ctx context.Context) *sql.Tx {
	if t := d.txOf(ctx); t != nil {
		return t.tx
	}
	return nil
}

// Write runs fn in a transaction. fn may run more than once (PostgreSQL
// serialisation failures), so it must have no effect but through the database.
// The error of fn is returned as it is and nothing of fn's changes stays.
func (d *DB) Write(ctx context.Context, fn func(ctx context.Context) error) error {
	if d.txOf(ctx) != nil {
		return fn(ctx)
	}
	if d.group != nil {
		return d.group.write(ctx, fn)
	}
	return d.writePostgres(ctx, fn)
}

// AfterCommit runs fn once the transaction of ctx is on disk, at once outside
// of one. It is for waking somebody up, not for work that must not be lost.
func (d *DB) AfterCommit(ctx context.Context, fn func()) {
	if t := d.txOf(ctx); t != nil {
		t.after = append(t.after, fn)
		return
	}
	fn()
}

// Exec runs one statement of a write and gives the number of rows it changed.
// Outside Write it is an error of the program.
func (d *DB) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	t := d.txOf(ctx)
	if t == nil {
		return 0, fmt.Errorf("db: Exec outside Write: %s", query)
	}
	args = bind(args)
	var res sql.Result
	var err error
	if s := t.prepared(ctx, query); s != nil {
		res, err = s.ExecContext(ctx, args...)
	} else {
		res, err = t.tx.ExecContext(ctx, query, args...)
	}
	if err != nil {
		return 0, fmt.Errorf("%w: %s", err, query)
	}
	return res.RowsAffected()
}

// Changed turns "no row changed" of a conditional update into a Conflict with
// the key.
func Changed(n int64, err error, key string) error {
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, key)
	}
	return err
}

// cursor is the rows of a running query; Close lets the next reader in.
type cursor struct {
	*sql.Rows
	gate chan struct{} // nil when the query holds no place at a gate
}

// Close ends the query.
func (c cursor) Close() {
	_ = c.Rows.Close() // what went wrong while reading is in Err
	if c.gate != nil {
		<-c.gate
	}
}

func (d *DB) rows(ctx context.Context, query string, args []any) (cursor, error) {
	c, err := d.query(ctx, query, bind(args))
	if err != nil {
		return c, fmt.Errorf("%w: %s", err, query)
	}
	return c, nil
}

func (d *DB) query(ctx context.Context, query string, args []any) (c cursor, err error) {
	if t := d.txOf(ctx); t != nil {
		if s := t.prepared(ctx, query); s != nil {
			c.Rows, err = s.QueryContext(ctx, args...)
		} else {
			c.Rows, err = t.tx.QueryContext(ctx, query, args...)
		}
		return c, err
	}
	if d.engine == Postgres {
		c.Rows, err = d.read.QueryContext(ctx, query, args...)
		return c, err
	}
	return d.readSQLite(ctx, query, args)
}

// prepared is the ready statement of a query in this transaction, nil when there
// is none. A long write does not wait for its end to have one: what it runs for
// the second time is prepared for as long as the write lasts.
func (t *tx) prepared(ctx context.Context, query string) *sql.Stmt {
	if t.stmts == nil {
		return nil
	}
	if s := t.stmts.get(query); s != nil {
		return t.tx.StmtContext(ctx, s)
	}
	s, again := t.own[query]
	if again && s == nil {
		s, _ = t.tx.PrepareContext(ctx, query) // what is wrong with it, running it says
	}
	if t.own == nil {
		t.own = map[string]*sql.Stmt{}
	}
	t.own[query] = s
	return s
}

// done runs what waits for the commit; one that panics must not hide the
// commit from the others.
func (t *tx) done() {
	for _, fn := range t.after {
		func() {
			defer func() {
				if r := recover(); r != nil {
					slog.Error("after commit", "panic", fmt.Sprint(r))
				}
			}()
			fn()
		}()
	}
}
