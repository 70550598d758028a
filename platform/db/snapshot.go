package db

import (
	"context"
	"sync"
)

type snapshotKey struct{}

// snapshot is one read transaction for the reads of a request.
type snapshot struct {
	d *DB

	mu     sync.Mutex
	reader *reader // nil until the first read
	open   int     // queries whose rows are being read
	long   int     // long queries, during which reads are on their own
	leave  bool    // the reader goes back when nobody reads
	over   bool    // no other reader is taken
}

// Snapshot gives a context whose reads see the database as it is at the first
// of them, so that a page does not contradict itself; on SQLite they cost a
// fifth of reads on their own. After a write under that context, or an Each,
// which has a reader of its own, they see it as it is then. done ends it, and may
// be called more than once; reads after it are on their own. On PostgreSQL, and
// inside a write or another snapshot, the context is the one given.
func (d *DB) Snapshot(ctx context.Context) (snap context.Context, done func()) {
	if d.readers == nil || d.txOf(ctx) != nil || d.snapshotOf(ctx) != nil {
		return ctx, func() {}
	}
	s := &snapshot{d: d}
	return context.WithValue(ctx, snapshotKey{}, s), func() { s.end(true) }
}

func (d *DB) snapshotOf(ctx context.Context) *snapshot {
	s, _ := ctx.Value(snapshotKey{}).(*snapshot)
	if s == nil || s.d != d {
		return nil
	}
	return s
}

// query reads in the snapshot; ok is false when the read is to be on its own. The
// caller calls closed after the rows.
func (s *snapshot) query(ctx context.Context, query string, args []any) (rows *reading, ok bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.long > 0 || s.over && s.reader == nil {
		return nil, false, nil
	}
	if s.reader == nil {
		if err := s.begin(ctx); err != nil {
			return nil, true, err
		}
	}
	if rows, err = s.reader.query(query, args); err == nil {
		s.open++
	}
	return rows, true, err
}

func (s *snapshot) begin(ctx context.Context) error {
	r, err := s.d.readers.take(ctx)
	if err != nil {
		return err
	}
	if err := r.exec("BEGIN"); err != nil {
		s.d.readers.give(r)
		return err
	}
	s.reader, s.leave = r, false
	return nil
}

// closed says that the rows of a query are.
func (s *snapshot) closed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open--
	s.back()
}

// pause lets the reader go for a long query, which has one of its own, so that
// nobody who holds one waits for another; resume ends that.
func (s *snapshot) pause() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.long++
	s.leave = true
	s.back()
}

func (s *snapshot) resume() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.long--
}

// end gives the reader back as soon as nobody reads. Unless it is for good, the
// next read begins a new snapshot.
func (s *snapshot) end(forGood bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leave, s.over = true, s.over || forGood
	s.back()
}

func (s *snapshot) back() {
	if !s.leave || s.open > 0 || s.reader == nil {
		return
	}
	if err := s.reader.exec("COMMIT"); err != nil {
		_ = s.reader.exec("ROLLBACK") // it only read
	}
	s.d.readers.give(s.reader)
	s.reader = nil
}
