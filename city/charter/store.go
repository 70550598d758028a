package charter

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "charter", FS: migrations}

// Store keeps the versions of the city's charter. It answers from memory and is
// safe for concurrent use.
type Store struct {
	db *db.DB

	// Sayable says whether the program has a message of the key that a city may say
	// otherwise; nil: nobody asks. It is set before the first use.
	Sayable func(key string) bool

	mu       sync.Mutex
	parsed   map[string]*Charter // by version id; versions never change
	versions []Version           // in the order of rank; nil: to be read
	readAt   time.Time
}

// stale is after how long a store looks again whether another copy of the
// program has installed a version.
const stale = 2 * time.Second

// NewStore is the store of versions in d.
func NewStore(d *db.DB) *Store { return &Store{db: d, parsed: map[string]*Charter{}} }

// At is the charter in force on a day: of the versions valid by then the one
// with the latest first day, of several with that day the last one installed.
// fault.NotFound before the first.
func (s *Store) At(ctx context.Context, day clock.Day) (*Charter, error) {
	versions, err := s.ranked(ctx)
	if err != nil {
		return nil, err
	}
	v, ok := inForce(versions, day)
	if !ok {
		return nil, fault.New(fault.NotFound, "charter.none")
	}
	return s.ByID(ctx, v.ID)
}

// Current is the charter in force today, today being the city's own day.
// fault.NotFound when there is none.
func (s *Store) Current(ctx context.Context) (*Charter, error) {
	versions, err := s.ranked(ctx)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		c, err := s.ByID(ctx, v.ID)
		if err != nil || v.ValidFrom <= c.Today(clock.Now(ctx)) {
			return c, err
		}
	}
	return nil, fault.New(fault.NotFound, "charter.none")
}

// ByID is the charter of a version, fault.NotFound when there is none.
func (s *Store) ByID(ctx context.Context, id string) (*Charter, error) {
	s.mu.Lock()
	c, ok := s.parsed[id]
	s.mu.Unlock()
	if ok {
		return c, nil
	}
	c, err := s.load(ctx, id)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.parsed[id] = c
	return c, nil
}

// List is every version, the last installed first.
func (s *Store) List(ctx context.Context) ([]Version, error) {
	versions, err := s.ranked(ctx)
	if err != nil {
		return nil, err
	}
	versions = slices.Clone(versions)
	slices.SortFunc(versions, func(a, b Version) int { return b.Number - a.Number })
	return versions, nil
}

// ranked lists the versions so that the first whose ValidFrom has come is in
// force.
func (s *Store) ranked(ctx context.Context) ([]Version, error) {
	now := clock.Now(ctx)
	s.mu.Lock()
	versions, age := s.versions, now.Sub(s.readAt).Abs()
	s.mu.Unlock()
	if versions != nil && age < stale {
		return versions, nil
	}
	versions, err := s.read(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.versions, s.readAt = versions, now
	return versions, nil
}

func (s *Store) read(ctx context.Context) ([]Version, error) {
	versions, err := db.Query[Version](ctx, s.db, `SELECT id, number, valid_from, loaded_at, sha256, label
		FROM charter_version ORDER BY valid_from DESC, number DESC`)
	if err != nil {
		return nil, fmt.Errorf("charter versions: %w", err)
	}
	return versions, nil
}

// stored is a version with its files, a JSON object of names and texts.
type stored struct {
	Version
	Files string `db:"files"`
}

func (s *Store) load(ctx context.Context, id string) (*Charter, error) {
	r, ok, err := db.Find[stored](ctx, s.db, `SELECT id, number, valid_from, loaded_at, sha256, label, files
		FROM charter_version WHERE id = $1`, id)
	switch {
	case err != nil:
		return nil, fmt.Errorf("charter version %s: %w", id, err)
	case !ok:
		return nil, fault.New(fault.NotFound, "charter.unknown_version")
	}
	var files Files
	if err := json.Unmarshal([]byte(r.Files), &files); err != nil {
		return nil, fmt.Errorf("charter version %s: %w", id, err)
	}
	c, err := Parse(files)
	if err != nil {
		return nil, fmt.Errorf("charter version %s does not read any more: %w", id, err)
	}
	c.Version = r.Version
	return c, nil
}

// Install makes the files of fsys the charter in force from a day on; an empty
// day means since ever. Files equal to those already in force on that day change
// nothing and give the version there is. The error is Errors when the files have
// mistakes. Inside a write it belongs to that write, and At and List tell of it
// once that is committed.
func (s *Store) Install(ctx context.Context, fsys fs.FS, validFrom clock.Day, label string) (c *Charter, err error) {
	defer fault.Wrap(&err, "Install(%s)", validFrom)
	fresh, err := Load(fsys)
	if err != nil {
		return nil, err
	}
	if err := s.sayable(fresh); err != nil {
		return nil, err
	}
	var version string
	err = s.db.Write(ctx, func(ctx context.Context) (err error) {
		version, err = s.install(ctx, fresh, validFrom, label)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.ByID(ctx, version)
}

// Check is Errors when the files of a city have mistakes, also when they say a
// message otherwise that the program lacks.
func (s *Store) Check(files Files) error {
	c, err := Parse(files)
	if err != nil {
		return err
	}
	return s.sayable(c)
}

// sayable is Errors when the city says messages otherwise that are not there.
func (s *Store) sayable(c *Charter) error {
	var errs Errors
	for _, key := range slices.Sorted(maps.Keys(c.Says)) {
		if at := c.saysAt[key]; s.Sayable != nil && !s.Sayable(key) {
			errs = append(errs, Problem{File: at.File, Line: at.Line, Key: "charter.problem.unknown_key", Args: []any{"name", key}})
		}
	}
	if len(errs) > 0 {
		return errs
	}
	return nil
}

// install gives the id of the version that holds c.
func (s *Store) install(ctx context.Context, c *Charter, validFrom clock.Day, label string) (string, error) {
	if _, err := s.db.Exec(ctx, `UPDATE charter_counter SET last = last`); err != nil {
		return "", err // a second installation waits here for the end of the first
	}
	versions, err := s.read(ctx)
	if err != nil {
		return "", err
	}
	if v, ok := inForce(versions, validFrom); ok && v.SHA256 == c.Version.SHA256 {
		return v.ID, nil
	}
	return s.add(ctx, c, validFrom, label)
}

func (s *Store) add(ctx context.Context, c *Charter, validFrom clock.Day, label string) (string, error) {
	if _, err := s.db.Exec(ctx, `UPDATE charter_counter SET last = last + 1`); err != nil {
		return "", err
	}
	number, err := db.One[int](ctx, s.db, `SELECT last FROM charter_counter`)
	if err != nil {
		return "", err
	}
	files, err := json.Marshal(c.files)
	if err != nil {
		return "", err
	}
	v := Version{ID: id.New(), Number: number, ValidFrom: validFrom, LoadedAt: clock.Now(ctx), SHA256: c.Version.SHA256, Label: label}
	s.db.AfterCommit(ctx, s.forget)
	return v.ID, s.db.Insert(ctx, "charter_version", stored{v, string(files)})
}

// inForce is the version that a day falls under, of versions in their rank.
func inForce(ranked []Version, day clock.Day) (Version, bool) {
	i := slices.IndexFunc(ranked, func(v Version) bool { return v.ValidFrom <= day })
	if i < 0 {
		return Version{}, false
	}
	return ranked[i], true
}

// forget makes the next question look at the table.
func (s *Store) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.versions = nil
}
