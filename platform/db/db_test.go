package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
)

var tables = []db.Migrations{{Module: "thing", FS: fstest.MapFS{"migrations/00001_init.sql": {Data: []byte(`-- +goose Up
CREATE TABLE thing (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  n BIGINT NOT NULL,
  ok BOOLEAN NOT NULL,
  at BIGINT NOT NULL,
  day TEXT NOT NULL,
  blob BYTEA NOT NULL
);
`)}}}}

type thing struct {
	ID   string    `db:"id"`
	Name string    `db:"name"`
	N    int       `db:"n"`
	OK   bool      `db:"ok"`
	At   time.Time `db:"at"`
	Day  clock.Day `db:"day"`
	Blob []byte    `db:"blob"`
}

func make1(n int) thing {
	return thing{ID: fmt.Sprint("id", n), Name: fmt.Sprint("ñandú ", n), N: n, OK: n%2 == 0,
		At: time.Date(2026, 3, 24, 10, 40, 0, 123456000, time.UTC), Day: "2026-03-24", Blob: []byte{0, 1, 255}}
}

func count(t *testing.T, d *db.DB) int {
	t.Helper()
	n, err := db.One[int](t.Context(), d, "SELECT count(*) FROM thing")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		want := make1(1)
		if err := d.Write(t.Context(), func(ctx context.Context) error { return d.Insert(ctx, "thing", want) }); err != nil {
			t.Fatal(err)
		}
		got, err := db.One[thing](t.Context(), d, "SELECT * FROM thing WHERE at = $1 AND ok = $2 AND day >= $3", want.At, want.OK, want.Day)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		names, err := db.Query[string](t.Context(), d, "SELECT name FROM thing WHERE ok = FALSE AND name = $1", want.Name)
		if err != nil || len(names) != 1 {
			t.Errorf("names = %v, %v", names, err)
		}
		if _, err := db.One[thing](t.Context(), d, "SELECT * FROM thing WHERE id = $1", "none"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a missing row is %v, want NotFound", err)
		}
	})
}

func TestAFailedWriteLeavesNothing(t *testing.T) {
	boom := errors.New("boom")
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		ran := false
		err := d.Write(t.Context(), func(ctx context.Context) error {
			d.AfterCommit(ctx, func() { ran = true })
			if err := d.Insert(ctx, "thing", make1(1)); err != nil {
				return err
			}
			return d.Write(ctx, func(ctx context.Context) error { // joins
				if err := d.Insert(ctx, "thing", make1(2)); err != nil {
					return err
				}
				if n, err := db.One[int](ctx, d, "SELECT count(*) FROM thing"); err != nil || n != 2 {
					t.Errorf("inside the write: %d rows, %v", n, err)
				}
				return boom
			})
		})
		if !errors.Is(err, boom) {
			t.Errorf("err = %v", err)
		}
		if n := count(t, d); n != 0 || ran {
			t.Errorf("%d rows stay, after-commit ran: %v", n, ran)
		}
		if _, err := d.Exec(t.Context(), "DELETE FROM thing"); err == nil {
			t.Error("Exec outside Write went through")
		}
	})
}

func TestUniqueIsKnown(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		insert := func(ctx context.Context) error { return d.Insert(ctx, "thing", make1(1)) }
		if err := d.Write(t.Context(), insert); err != nil {
			t.Fatal(err)
		}
		err := d.Write(t.Context(), insert)
		if !db.IsUnique(err) {
			t.Errorf("second insert: %v", err)
		}
		if db.IsUnique(errors.New("other")) {
			t.Error("any error counts as unique")
		}
	})
}

// Concurrent writers share commits: every good write stays, every bad one goes,
// and a panic reaches its own caller only.
func TestManyWritersAtOnce(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for i := range 300 {
			wg.Go(func() {
				defer func() {
					if r := recover(); (r != nil) != (i%10 == 3) {
						t.Errorf("writer %d: recovered %v", i, r)
					}
				}()
				err := d.Write(t.Context(), func(ctx context.Context) error {
					if err := d.Insert(ctx, "thing", make1(i)); err != nil {
						return err
					}
					switch i % 10 {
					case 3:
						panic("writer three")
					case 7:
						return errors.New("seven")
					}
					return nil
				})
				if (err != nil) != (i%10 == 7) {
					t.Errorf("writer %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if n := count(t, d); n != 240 {
			t.Errorf("%d rows, want 240", n)
		}
	})
}

func TestACallerWhoGaveUpIsNotWritten(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := d.Write(ctx, func(ctx context.Context) error { return d.Insert(ctx, "thing", make1(1)) }); err == nil {
			t.Error("a cancelled write said yes")
		}
		if n := count(t, d); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestReadersSeeOnlyWhatIsCommitted(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		err := d.Write(t.Context(), func(ctx context.Context) error {
			if err := d.Insert(ctx, "thing", make1(1)); err != nil {
				return err
			}
			if n := count(t, d); n != 0 {
				t.Errorf("a reader beside the write sees %d rows", n)
			}
			return nil
		})
		if err != nil || count(t, d) != 1 {
			t.Errorf("after the commit: %d rows, %v", count(t, d), err)
		}
	})
}

func TestAfterCloseWritesAreRefused(t *testing.T) {
	d, err := db.Open(t.Context(), t.TempDir()+"/a folder/ronda.db")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := d.Write(t.Context(), func(context.Context) error { return nil }); !errors.Is(err, db.ErrClosed) {
		t.Errorf("err = %v", err)
	}
}

func BenchmarkDurableWrites(b *testing.B) {
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprint(writers), func(b *testing.B) {
			d := dbtest.SQLite(b, tables...)
			work := make(chan int)
			var wg sync.WaitGroup
			for range writers {
				wg.Go(func() {
					for i := range work {
						if err := d.Write(b.Context(), func(ctx context.Context) error { return d.Insert(ctx, "thing", make1(i)) }); err != nil {
							b.Error(err)
						}
					}
				})
			}
			i := 0
			for b.Loop() {
				work <- i
				i++
			}
			close(work)
			wg.Wait()
		})
	}
}

func TestALongWriteRunsTheSameTextManyTimes(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		err := d.Write(t.Context(), func(ctx context.Context) error {
			for n := range 20 {
				if err := d.Insert(ctx, "thing", make1(n)); err != nil {
					return err
				}
				got, err := db.One[thing](ctx, d, "SELECT * FROM thing WHERE n = $1", n)
				if diff := cmp.Diff(make1(n), got); diff != "" || err != nil {
					return fmt.Errorf("the %d-th time: %w %s", n, err, diff)
				}
				if changed, err := d.Exec(ctx, "UPDATE thing SET day = $2 WHERE n <= $1", n, ""); changed != int64(n+1) || err != nil {
					return fmt.Errorf("changed %d of %d: %w", changed, n+1, err)
				}
			}
			return nil
		})
		if err != nil || count(t, d) != 20 {
			t.Errorf("%d rows, %v", count(t, d), err)
		}
	})
}

// One damaged row keeps nobody from the others when somebody wants to be told.
func TestADamagedRowIsLeftOut(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		for n := range 3 {
			if err := d.Write(t.Context(), func(ctx context.Context) error { return d.Insert(ctx, "thing", make1(n)) }); err != nil {
				t.Fatal(err)
			}
		}
		const query = `SELECT CASE WHEN n = 1 THEN NULL ELSE n END AS n FROM thing ORDER BY id`
		var read []int
		keep := func(n int) error { read = append(read, n); return nil }
		if err := db.Each(t.Context(), d, query, nil, keep); err == nil {
			t.Error("a row that cannot be read is no error")
		}
		read = nil
		var told []error
		ctx := db.Skipping(t.Context(), func(err error) { told = append(told, err) })
		if err := db.Each(ctx, d, query, nil, keep); err != nil || len(told) != 1 || !cmp.Equal(read, []int{0, 2}) {
			t.Errorf("read %v, told %v, %v", read, told, err)
		}
	})
}
