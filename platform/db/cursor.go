package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
)

// cursor walks the rows of a query, whichever way they come. row is the current
// one; it is nil between rows.
type cursor struct {
	columns []string
	row     []any
	err     error // what ended the walk early

	rows    *sql.Rows // of PostgreSQL or of a write; else
	into    []any     // pointers to the values of row
	reading *reading
	give    func() // what the walk held
}

// next goes to the next row, false at the end and on an error.
func (c *cursor) next() bool {
	if c.err != nil {
		return false
	}
	if c.rows == nil {
		c.err = c.reading.next(c.row)
		if errors.Is(c.err, io.EOF) {
			c.err = nil
			return false
		}
		return c.err == nil
	}
	if !c.rows.Next() {
		c.err = c.rows.Err()
		return false
	}
	c.err = c.rows.Scan(c.into...)
	return c.err == nil
}

// close ends the walk.
func (c *cursor) close() {
	if c.rows != nil {
		_ = c.rows.Close() // what went wrong is in err already
		return
	}
	_ = c.reading.close() // it only read
	c.give()
}

// rows runs a query: in the transaction or the snapshot of ctx if it has one.
// long queries, which hold their rows while something else is done with them,
// have readers of their own, so that a slow download keeps nobody waiting.
func (d *DB) rows(ctx context.Context, long bool, query string, args []any) (*cursor, error) {
	c, err := d.query(ctx, long, query, bind(args))
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, query)
	}
	return c, nil
}

func (d *DB) query(ctx context.Context, long bool, query string, args []any) (*cursor, error) {
	t := d.txOf(ctx)
	if t == nil && d.readers != nil {
		return d.readSQLite(ctx, long, query, args)
	}
	var rows *sql.Rows
	var err error
	if t == nil {
		rows, err = d.pool.QueryContext(ctx, query, args...)
	} else if s := t.prepared(ctx, query); s != nil {
		rows, err = s.QueryContext(ctx, args...)
	} else {
		rows, err = t.tx.QueryContext(ctx, query, args...)
	}
	if err != nil {
		return nil, err
	}
	columns, err := rows.Columns()
	if err != nil {
		return nil, errors.Join(err, rows.Close())
	}
	c := &cursor{columns: columns, rows: rows, row: make([]any, len(columns)), into: make([]any, len(columns))}
	for i := range c.row {
		c.into[i] = &c.row[i]
	}
	return c, nil
}

// readSQLite reads beside the writer.
func (d *DB) readSQLite(ctx context.Context, long bool, query string, args []any) (*cursor, error) {
	s := d.snapshotOf(ctx)
	if long {
		return d.readLong(ctx, s, query, args)
	}
	if s != nil {
		if rows, ok, err := s.query(ctx, query, args); ok {
			return newReading(rows, s.closed, err)
		}
	}
	return d.readers.query(ctx, query, args)
}

func (d *DB) readLong(ctx context.Context, s *snapshot, query string, args []any) (*cursor, error) {
	if s == nil {
		return d.long.query(ctx, query, args)
	}
	s.pause()
	c, err := d.long.query(ctx, query, args)
	if err != nil {
		s.resume()
		return nil, err
	}
	give := c.give
	c.give = func() { give(); s.resume() }
	return c, nil
}

// query runs a query on a reader that goes back after the rows.
func (p *readers) query(ctx context.Context, query string, args []any) (*cursor, error) {
	r, err := p.take(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := r.query(query, args)
	if err != nil {
		p.give(r)
	}
	return newReading(rows, func() { p.give(r) }, err)
}

func newReading(rows *reading, give func(), err error) (*cursor, error) {
	if err != nil {
		return nil, err
	}
	return &cursor{columns: rows.rows.Columns(), reading: rows, give: give, row: make([]any, len(rows.values))}, nil
}
