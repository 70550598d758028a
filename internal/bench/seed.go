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
	"slices"
	"strings"
	"time"

	"ronda/app"
	"ronda/internal/program"
	"ronda/internal/town"
	"ronda/platform/db"
)

// years is how long the towns have lived.
const years = 2 * 365 * 24 * time.Hour

// seed makes the towns of some kinds, a small and a large one of each.
func (b *bench) seed(ctx context.Context, kinds ...kind) error {
	for _, k := range kinds {
		for _, n := range []int{b.small, b.large} {
			if err := b.seedTown(ctx, k, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// seedTown makes one town unless it is there from an earlier run.
func (b *bench) seedTown(ctx context.Context, k kind, n int) error {
	dir := b.town(k, n)
	if _, err := os.Stat(filepath.Join(dir, "ronda.db")); err == nil {
		return nil
	}
	start := time.Now()
	if err := b.make(ctx, k, n, dir+".new"); err != nil {
		return fmt.Errorf("town of %d %s: %w", n, k.name, err)
	}
	if err := os.Rename(dir+".new", dir); err != nil {
		return err
	}
	b.say("town of %d %s: made in %s", n, k.name, time.Since(start).Round(time.Second))
	return nil
}

// kind is a sort of town, after what it is full of.
type kind struct {
	name    string
	modules []string // folders whose tables it fills: others are made when it is opened
	fill    func(ctx context.Context, b *bench, t *town.Town, n int) error
	size    func(b *bench, n int) string // tells towns of other options apart
	over    *kind                        // which it begins as a copy of; nil: as nothing
}

// everywhere are the folders whose tables every town fills.
var everywhere = []string{"platform/event", "platform/record", "platform/search", "city/charter", "city/people", "city/roundtable", "app/demo"}

var (
	ofInitiatives = kind{"initiatives", everywhere, fillInitiatives, func(b *bench, n int) string { return fmt.Sprintf("%d-%d", n*b.events, b.persons) }, nil}
	ofIdeas       = kind{"ideas", append([]string{"city/ideas"}, everywhere...), fillIdeas, func(b *bench, n int) string {
		return fmt.Sprintf("%d-%d-%d", b.share(b.supports, n), b.share(b.comments, n), b.citizens)
	}, nil}
	kinds = []kind{ofInitiatives, ofIdeas, ofMeetings, ofExecution}
)

// share is what a town with n ideas has of what the large one has so much of.
func (b *bench) share(all, n int) int { return all * n / b.large }

func fillInitiatives(ctx context.Context, b *bench, t *town.Town, n int) error {
	c, err := t.Settle(ctx, b.persons, time.Now().Add(-years))
	if err != nil {
		return err
	}
	return t.Populate(ctx, c, n, n*b.events, func(done int) { b.say("town of %d initiatives: %d", n, done) })
}

func fillIdeas(ctx context.Context, b *bench, t *town.Town, n int) error {
	c, err := t.Settle(ctx, b.citizens, time.Now().Add(-years))
	if err != nil {
		return err
	}
	return t.Think(ctx, c, n, b.share(b.supports, n), b.share(b.comments, n))
}

// town is the folder of the town of n initiatives or ideas.
func (b *bench) town(k kind, n int) string {
	return filepath.Join(b.folder, fmt.Sprintf("%s-%s-%d-%s", k.name, b.forms[k.name], n, k.size(b, n)))
}

// formOf tells towns of one make from those of another: a digest of the tables
// that they fill, of the city and of what makes towns.
func formOf(root string, k kind) (string, error) {
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
		if d.IsDir() || !(k.fills(dir) || dir == "cities/"+town.City || dir == "internal/town") {
			return nil
		}
		text, err := os.ReadFile(path)
		fmt.Fprintf(sum, "%s\n%s\n", name, text)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)[:4]), err
}

// fills says whether a folder holds the tables of a module that the town fills.
func (k kind) fills(dir string) bool {
	module, _, ok := strings.Cut(dir, "/migrations")
	return ok && slices.Contains(k.modules, module)
}

func (b *bench) make(ctx context.Context, k kind, n int, dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if k.over != nil {
		if err := b.seedTown(ctx, *k.over, n); err != nil {
			return err
		}
		if err := os.CopyFS(dir, os.DirFS(b.town(*k.over, n))); err != nil {
			return err
		}
	}
	t, err := town.Open(ctx, app.Config{Data: dir})
	if err != nil {
		return err
	}
	if err := errors.Join(k.fill(ctx, b, t, n), t.Close()); err != nil {
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
func (b *bench) fresh(k kind, n int) (string, error) {
	dir := filepath.Join(b.folder, fmt.Sprintf("round-%s-%d", k.name, n))
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	return dir, os.CopyFS(dir, os.DirFS(b.town(k, n)))
}
