package db_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

// While every reader is busy others wait, and who gives up is let go.
func TestReadersWaitForEachOther(t *testing.T) {
	const many = 40
	d := dbtest.SQLite(t, tables...)
	add(t, d, 1)
	inside, open := make(chan struct{}, many), make(chan struct{})
	var wg sync.WaitGroup
	for range many {
		wg.Go(func() {
			err := db.Each(t.Context(), d, `SELECT name FROM thing`, nil, func(string) error {
				inside <- struct{}{}
				<-open
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	<-inside // the others may wait for a place
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	for gone := false; !gone; {
		_, err := db.One[int](ctx, d, `SELECT count(*) FROM thing`)
		gone = errors.Is(err, context.DeadlineExceeded)
	}
	close(open)
	wg.Wait()
	if n := count(t, d); n != 1 {
		t.Errorf("%d rows", n)
	}
}

// A reader that stops early, by an error of its own or of its context, gives its
// place back.
func TestReadersGiveTheirPlaceBack(t *testing.T) {
	boom := errors.New("boom")
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		for n := range 20 {
			add(t, d, n)
		}
		for range 50 {
			ctx, cancel := context.WithCancel(t.Context())
			err := db.Each(ctx, d, `SELECT n FROM thing`, nil, func(n int) error {
				cancel()
				return nil
			})
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("a reader whose context ended: %v", err)
			}
			if err := db.Each(t.Context(), d, `SELECT n FROM thing`, nil, func(int) error { return boom }); !errors.Is(err, boom) {
				t.Fatal(err)
			}
			if _, err := db.Query[int](t.Context(), d, `SELECT nothing FROM thing`); err == nil {
				t.Fatal("no such column, and no error")
			}
		}
	})
}
