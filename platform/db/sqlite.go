package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

const (
	readers  = 8   // connections that read beside the writer
	batchMax = 64  // writes of one commit; more would make the first wait too long
	queueMax = 512 // writes that may wait before callers block

	// cacheKiB is what each connection keeps of the file; it takes twice that, as
	// pages lie in slots of 8 KiB. More finds nothing that the system does not keep.
	cacheKiB = 1024
)

func openSQLite(ctx context.Context, path string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	d := &DB{engine: SQLite, path: path, stmts: map[string]*sql.Stmt{}}
	var err error
	if d.write, err = sql.Open("sqlite", dsn(path, "immediate")); err != nil {
		return nil, err
	}
	d.write.SetMaxOpenConns(1)
	if err := d.write.PingContext(ctx); err != nil { // makes the file and its WAL before anybody reads
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), d.write.Close())
	}
	if d.read, err = sql.Open("sqlite", dsn(path, "deferred")+"&_pragma=query_only(1)"); err != nil {
		return nil, errors.Join(err, d.write.Close())
	}
	n := min(readers, 2*runtime.NumCPU())
	d.read.SetMaxOpenConns(n)
	d.read.SetMaxIdleConns(n)
	d.gate = make(chan struct{}, n)
	d.group = newGroup(d)
	return d, nil
}

func dsn(path, lock string) string {
	q := url.Values{"_txlock": {lock}, "_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		fmt.Sprintf("cache_size(-%d)", cacheKiB), "temp_store(MEMORY)",
	}}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// readSQLite reads beside the writer. Whoever gives up before a reader is free
// goes; a query that has begun runs to its end, because watching a context from
// beside costs more than most queries do.
func (d *DB) readSQLite(ctx context.Context, query string, args []any) (c cursor, err error) {
	if err := ctx.Err(); err != nil {
		return c, err
	}
	select {
	case d.gate <- struct{}{}:
		c.gate = d.gate
	case <-ctx.Done():
		return c, ctx.Err()
	}
	ctx = context.WithoutCancel(ctx)
	s, err := d.prepared(ctx, query)
	if err == nil {
		c.Rows, err = s.QueryContext(ctx, args...)
	}
	if err != nil {
		<-d.gate
		return cursor{}, err
	}
	return c, nil
}

// prepared keeps one statement for each query text over all readers; texts are
// constants of the program plus the few shapes of filters, so the map is small.
func (d *DB) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	d.ready.RLock()
	s, ok := d.stmts[query]
	d.ready.RUnlock()
	if ok {
		return s, nil
	}
	s, err := d.read.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	d.ready.Lock()
	defer d.ready.Unlock()
	if other, ok := d.stmts[query]; ok {
		_ = s.Close()
		return other, nil
	}
	d.stmts[query] = s
	return s, nil
}

// IsUnique says whether err is a violated unique index, on either engine.
func IsUnique(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return isUniquePostgres(err)
}

// stmtCache holds the prepared statements of the writer's one connection. A
// statement cannot be kept when it is prepared inside a transaction, so a new
// text runs unprepared once and is prepared between two batches.
type stmtCache struct {
	db     *sql.DB
	mu     sync.Mutex
	ready  map[string]*sql.Stmt
	wanted map[string]bool
}

// get is the statement of query, nil when it is not prepared yet.
func (c *stmtCache) get(query string) *sql.Stmt {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, ok := c.ready[query]
	if !ok {
		c.wanted[query] = true
	}
	return s
}

// prepare readies what the last batch wanted; the connection must be free.
func (c *stmtCache) prepare(ctx context.Context) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for query := range c.wanted {
		if s, err := c.db.PrepareContext(ctx, query); err == nil {
			c.ready[query] = s
		}
		delete(c.wanted, query)
	}
}

func (c *stmtCache) close() {
	for _, s := range c.ready {
		_ = s.Close()
	}
}
