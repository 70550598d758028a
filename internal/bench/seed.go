package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ronda/app"
	"ronda/internal/program"
	"ronda/internal/town"
	"ronda/platform/db"
)

// years is how long the towns have lived.
const years = 2 * 365 * 24 * time.Hour

// seed makes the two towns unless they are there from an earlier run.
func (b *bench) seed(ctx context.Context) error {
	for _, n := range []int{b.small, b.large} {
		dir := b.town(n)
		if _, err := os.Stat(filepath.Join(dir, "ronda.db")); err == nil {
			continue
		}
		start := time.Now()
		if err := b.make(ctx, n, dir+".new"); err != nil {
			return fmt.Errorf("town of %d initiatives: %w", n, err)
		}
		if err := os.Rename(dir+".new", dir); err != nil {
			return err
		}
		b.say("town of %d initiatives: made in %s", n, time.Since(start).Round(time.Second))
	}
	return nil
}

// town is the folder of the town with n initiatives.
func (b *bench) town(n int) string {
	return filepath.Join(b.folder, fmt.Sprintf("town-%s-%d-%d-%d", b.form, n, n*b.events, b.persons))
}

// formOf tells towns of one make from those of another: a digest of the tables,
// of the city and of what makes towns.
func formOf(root string) (string, error) {
	sum := sha256.New()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(root, path)
		if d.IsDir() && (name == "build" || d.Name() == ".git" || d.Name() == "node_modules") {
			return fs.SkipDir
		}
		dir := filepath.ToSlash(filepath.Dir(name))
		if d.IsDir() || !(strings.HasSuffix(dir, "/migrations") || dir == "cities/"+town.City || dir == "internal/town") {
			return nil
		}
		text, err := os.ReadFile(path)
		fmt.Fprintf(sum, "%s\n%s\n", name, text)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)[:4]), err
}

func (b *bench) make(ctx context.Context, n int, dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	t, err := town.Open(ctx, app.Config{Data: dir})
	if err != nil {
		return err
	}
	c, err := t.Settle(ctx, b.persons, time.Now().Add(-years))
	if err == nil {
		err = t.Live(ctx, c, n, n*b.events, func(done int) { b.say("town of %d initiatives: %d", n, done) })
	}
	if err := errors.Join(err, t.Close()); err != nil {
		return err
	}
	return b.settle(ctx, dir)
}

// settle has the program itself tell listeners of every event and take the
// public ones into the record.
func (b *bench) settle(ctx context.Context, dir string) error {
	p, err := b.serve(ctx, dir)
	if err != nil {
		return err
	}
	return errors.Join(b.idle(ctx, dir), p.Stop())
}

// idle waits until the program has nothing left to do beside the requests.
func (b *bench) idle(ctx context.Context, dir string) error {
	d, err := db.Open(ctx, filepath.Join(dir, "ronda.db"))
	if err != nil {
		return err
	}
	defer d.Close()
	for last := -1; ; {
		left, err := db.One[int](ctx, d, `SELECT (SELECT count(*) FROM event_event WHERE pending) + (SELECT count(*) FROM event_event WHERE unrecorded)`)
		if err != nil || left == 0 {
			return err
		}
		if left/20_000 != last/20_000 {
			b.say("%d events are still to be told or recorded", left)
		}
		last = left
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// serve runs the program over a folder.
func (b *bench) serve(ctx context.Context, dir string) (*program.Process, error) {
	return program.Start(ctx, b.binary, []string{"demo", "--data", dir, "--addr", "127.0.0.1:0"})
}

// fresh copies a town to a folder that a round may change.
func (b *bench) fresh(n int) (string, error) {
	dir := filepath.Join(b.folder, fmt.Sprintf("round-%d", n))
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	return dir, os.CopyFS(dir, os.DirFS(b.town(n)))
}
