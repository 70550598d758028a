package db_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

func countIn(ctx context.Context, t *testing.T, d *db.DB) int {
	t.Helper()
	n, err := db.One[int](ctx, d, "SELECT count(*) FROM thing")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestASnapshotDoesNotMove(t *testing.T) {
	d := dbtest.SQLite(t, tables...)
	add(t, d, 1)
	ctx, done := d.Snapshot(t.Context())
	defer done()
	if n := countIn(ctx, t, d); n != 1 {
		t.Fatalf("%d rows", n)
	}
	add(t, d, 2)
	if n := countIn(ctx, t, d); n != 1 {
		t.Errorf("what came later shows: %d rows", n)
	}
	if n := count(t, d); n != 2 {
		t.Errorf("beside the snapshot: %d rows", n)
	}
	done()
	if n := countIn(ctx, t, d); n != 2 {
		t.Errorf("after its end: %d rows", n)
	}
}

// Who writes sees it, in the write and after it.
func TestASnapshotSeesItsOwnWrites(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		ctx, done := d.Snapshot(t.Context())
		defer done()
		if n := countIn(ctx, t, d); n != 0 {
			t.Fatalf("%d rows", n)
		}
		err := d.Write(ctx, func(ctx context.Context) error {
			if err := d.Insert(ctx, "thing", make1(1)); err != nil {
				return err
			}
			if n := countIn(ctx, t, d); n != 1 {
				t.Errorf("inside the write: %d rows", n)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if n := countIn(ctx, t, d); n != 1 {
			t.Errorf("after the write: %d rows", n)
		}
	})
}

// A snapshot serves many goroutines, a query within a query, and as many
// snapshots at once as there are requests.
func TestSnapshotsAtOnce(t *testing.T) {
	d := dbtest.SQLite(t, tables...)
	for n := range 30 {
		add(t, d, n)
	}
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			ctx, done := d.Snapshot(t.Context())
			defer done()
			var inner sync.WaitGroup
			for range 3 {
				inner.Go(func() {
					err := db.Each(ctx, d, "SELECT n FROM thing ORDER BY n", nil, func(n int) error {
						same, err := db.Query[int](ctx, d, "SELECT n FROM thing WHERE n = $1", n)
						if err == nil && (len(same) != 1 || same[0] != n) {
							t.Errorf("%d gives %v", n, same)
						}
						return err
					})
					if err != nil {
						t.Error(err)
					}
				})
			}
			inner.Wait()
		})
	}
	wg.Wait()
}

func TestWhatColumnsFit(t *testing.T) {
	type wide struct {
		Text  string    `db:"text"`
		N     int32     `db:"n"`
		Total int64     `db:"total"`
		Share float64   `db:"share"`
		Yes   bool      `db:"yes"`
		At    time.Time `db:"at"`
	}
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		add(t, d, 1)
		add(t, d, 2)
		got, err := db.One[wide](t.Context(), d, `SELECT 'ñ' AS text, max(n) AS n, sum(n) AS total, 0.5 AS share, count(*) > 1 AS yes, NULL AS at FROM thing`)
		if err != nil || got != (wide{Text: "ñ", N: 2, Total: 3, Share: 0.5, Yes: true}) {
			t.Errorf("%+v, %v", got, err)
		}
		for what, query := range map[string]string{
			"no number": `SELECT name FROM thing`, "nothing": `SELECT NULL FROM thing`, "too many columns": `SELECT n, n FROM thing`, "too large": `SELECT 9000000000 FROM thing`,
		} {
			if n, err := db.One[int32](t.Context(), d, query); err == nil {
				t.Errorf("%s reads as %d", what, n)
			}
		}
		if _, err := db.One[wide](t.Context(), d, `SELECT n AS other FROM thing`); err == nil {
			t.Error("a column without a field is read")
		}
	})
}
