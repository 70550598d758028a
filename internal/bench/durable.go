package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing/fstest"
	"time"

	"ronda/platform/db"
)

const (
	writersAtOnce = 64              // writers at a time
	writeFor      = 2 * time.Second // of each measurement
	fullSync      = 2               // what SQLite calls synchronous=FULL
)

// durable measures how many writes a second are on disk before they are
// answered: by one writer after the other, and by a crowd that shares commits.
func (b *bench) durable(ctx context.Context, t *table) (err error) {
	if !b.wants("durable") {
		return nil
	}
	dir := filepath.Join(b.folder, "durable")
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	d, err := db.Open(ctx, filepath.Join(dir, "ronda.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := prepare(ctx, d); err != nil {
		return err
	}
	one, many, gain := line{name: "durable writes, one by one", unit: "1/s"}, line{name: "durable writes, 64 at a time", unit: "1/s"},
		line{name: "gain of sharing commits", unit: "times", bar: 8, least: true}
	for range b.rounds {
		alone, together := writes(ctx, d, 1), writes(ctx, d, writersAtOnce)
		one.large, many.large, gain.large = append(one.large, alone), append(many.large, together), append(gain.large, together/alone)
	}
	for _, l := range []line{one, many, gain} {
		t.add(l)
	}
	return ctx.Err()
}

// prepare makes the table that is written to and refuses a database that does
// not wait for the disk.
func prepare(ctx context.Context, d *db.DB) error {
	files := fstest.MapFS{"migrations/00001_init.sql": {Data: []byte("-- +goose Up\nCREATE TABLE bench_note (id BIGINT PRIMARY KEY, text TEXT NOT NULL);\n")}}
	if err := d.Migrate(ctx, db.Migrations{Module: "bench", FS: files}); err != nil {
		return err
	}
	return d.Write(ctx, func(ctx context.Context) error {
		level, err := db.One[int](ctx, d, `PRAGMA synchronous`)
		if err == nil && level != fullSync {
			err = fmt.Errorf("synchronous is %d, not FULL", level)
		}
		return err
	})
}

// writes is how many writes a second so many writers get answered.
func writes(ctx context.Context, d *db.DB, writers int) float64 {
	ctx, cancel := context.WithTimeout(ctx, writeFor)
	defer cancel()
	var done atomic.Int64
	var wg sync.WaitGroup
	begin := time.Now()
	for range writers {
		wg.Go(func() {
			for ctx.Err() == nil {
				err := d.Write(ctx, func(ctx context.Context) error {
					_, err := d.Exec(ctx, `INSERT INTO bench_note (id, text) VALUES ((SELECT COALESCE(max(id), 0) + 1 FROM bench_note), $1)`, "a note of some length, as people write them")
					return err
				})
				if err == nil {
					done.Add(1)
				}
			}
		})
	}
	wg.Wait()
	return float64(done.Load()) / time.Since(begin).Seconds()
}
