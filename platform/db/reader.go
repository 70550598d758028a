package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync"

	"modernc.org/sqlite"
)

// readers are the connections that read SQLite beside its one writer. They are
// used below database/sql, whose bookkeeping costs more than most of our
// queries: a query here is bound, stepped and reset, and nothing watches it.
type readers struct {
	dsn  string
	keep int           // how many stay open when nobody needs them
	gate chan struct{} // holds one value for each reader in use

	mu     sync.Mutex
	idle   []*reader // the last one back goes out first: its cache is warm
	closed bool
}

func newReaders(dsn string, most, keep int) *readers {
	return &readers{dsn: dsn, keep: keep, gate: make(chan struct{}, most)}
}

// take gives a reader to one user. Whoever gives up before one is free goes.
func (p *readers) take(ctx context.Context) (*reader, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case p.gate <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	r, err := p.next()
	if err != nil {
		<-p.gate
	}
	return r, err
}

func (p *readers) next() (*reader, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, ErrClosed
	}
	if last := len(p.idle) - 1; last >= 0 {
		r := p.idle[last]
		p.idle = p.idle[:last]
		return r, nil
	}
	conn, err := (&sqlite.Driver{}).Open(p.dsn)
	if err != nil {
		return nil, fmt.Errorf("open a reader: %w", err)
	}
	return &reader{conn: conn, ready: map[string]*statement{}}, nil
}

// give takes a reader back.
func (p *readers) give(r *reader) {
	p.mu.Lock()
	if p.closed || len(p.idle) >= p.keep {
		_ = r.close()
	} else {
		p.idle = append(p.idle, r)
	}
	p.mu.Unlock()
	<-p.gate
}

// close closes every reader, those in use when they come back.
func (p *readers) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	var err error
	for _, r := range p.idle {
		err = errors.Join(err, r.close())
	}
	p.idle = nil
	return err
}

// reader is one connection with the statements it has prepared. Texts are
// constants of the program plus the few shapes of filters, so they are few.
type reader struct {
	mu    sync.Mutex // one call into the connection at a time
	conn  driver.Conn
	ready map[string]*statement
}

type statement struct {
	driver.Stmt
	busy bool // its rows are being read
	kept bool
}

// query runs a query; the rows hold its statement until they are closed.
func (r *reader) query(query string, args []any) (*reading, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, err := r.statement(query)
	if err != nil {
		return nil, err
	}
	named := make([]driver.NamedValue, len(args))
	for i, a := range args {
		named[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(context.Background(), named) // the driver has it
	if err != nil {
		return nil, errors.Join(err, s.done())
	}
	return &reading{r: r, stmt: s, rows: rows, values: make([]driver.Value, len(rows.Columns()))}, nil
}

// statement prepares a text once; while its rows are being read, another use of
// the same text gets a statement of its own.
func (r *reader) statement(query string) (*statement, error) {
	s := r.ready[query]
	if s == nil || s.busy {
		stmt, err := r.conn.Prepare(query)
		if err != nil {
			return nil, err
		}
		kept := s == nil
		s = &statement{Stmt: stmt, kept: kept}
		if kept {
			r.ready[query] = s
		}
	}
	s.busy = true
	return s, nil
}

// done frees the statement for the next use.
func (s *statement) done() error {
	s.busy = false
	if s.kept {
		return nil
	}
	return s.Close()
}

// exec runs a statement without rows or arguments.
func (r *reader) exec(query string) error {
	rows, err := r.query(query, nil)
	if err != nil {
		return err
	}
	return rows.close()
}

func (r *reader) close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var err error
	for _, s := range r.ready {
		err = errors.Join(err, s.Close())
	}
	return errors.Join(err, r.conn.Close())
}

// reading is a query whose rows are being read.
type reading struct {
	r      *reader
	stmt   *statement
	rows   driver.Rows
	values []driver.Value
}

// next reads a row into row; its error is io.EOF at the end.
func (x *reading) next(row []any) error {
	x.r.mu.Lock()
	defer x.r.mu.Unlock()
	if err := x.rows.Next(x.values); err != nil {
		return err
	}
	for i, v := range x.values {
		row[i] = v
	}
	return nil
}

func (x *reading) close() error {
	x.r.mu.Lock()
	defer x.r.mu.Unlock()
	return errors.Join(x.rows.Close(), x.stmt.done())
}
