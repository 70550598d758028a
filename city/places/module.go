package places

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/ui"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "places", FS: migrations}

// EventImported says that a level got new boundaries: data level, count, sha256;
// text source.
const EventImported = "places.imported"

// Charters gives the charter in force.
type Charters func(ctx context.Context) (*charter.Charter, error)

// Keepers says whether who acts in ctx keeps the map of the city. It is asked here,
// because this package knows no persons.
type Keepers func(ctx context.Context) bool

// Module keeps the boundaries of the city. It is safe for concurrent use.
type Module struct {
	db       *db.DB
	log      *event.Log
	charters Charters
	keepers  Keepers

	mu     sync.Mutex
	atlas  *Atlas // nil: to be read
	seenAt time.Time
}

// stale is after how long the module looks again whether another copy of the
// program has imported boundaries.
const stale = 2 * time.Second

// maxSource is the most characters of a credit.
const maxSource = 200

// New is the module over d, whose map keepers may replace.
func New(d *db.DB, log *event.Log, charters Charters, keepers Keepers) *Module {
	return &Module{db: d, log: log, charters: charters, keepers: keepers}
}

// Import is a file of boundaries for one level of the territory.
type Import struct {
	Level    charter.Level
	Property string // of the features, holding the name of the part; empty: found out
	Source   string // whom to credit, shown under maps
	File     []byte // GeoJSON (RFC 7946), a FeatureCollection of polygons
}

// Import replaces the boundaries of a level, all of them or none, and announces
// it in the name of by. Faults: Forbidden for whoever does not keep the map;
// Invalid names every mistake in the field "file".
func (m *Module) Import(ctx context.Context, by event.Actor, in Import) (l Layer, err error) {
	defer fault.Wrap(&err, "Import(%s)", in.Level)
	if !m.keepers(ctx) {
		return Layer{}, fault.New(fault.Forbidden, "fault.forbidden")
	}
	ch, err := m.charters(ctx)
	if err != nil {
		return Layer{}, err
	}
	tree := NewTree(ch)
	found, err := in.read(tree)
	if err != nil {
		return Layer{}, err
	}
	sum := sha256.Sum256(in.File)
	l = Layer{in.Level, strings.TrimSpace(in.Source), hex.EncodeToString(sum[:]), clock.Now(ctx)}
	return l, m.db.Write(ctx, func(ctx context.Context) error {
		if err := m.fits(ctx, tree, in.Level, found); err != nil {
			return err
		}
		if err := m.replace(ctx, l, found); err != nil {
			return err
		}
		m.db.AfterCommit(ctx, m.forget)
		return m.announce(ctx, by, l, len(found))
	})
}

func (in Import) read(t *Tree) (outlines, error) {
	var c fault.Check
	c.Require(len(t.charter.AtLevel(in.Level)) > 0, "level", "places.import.level")
	c.Text("source", in.Source, true, maxSource)
	if err := c.Err(); err != nil {
		return nil, err
	}
	return readOutlines(t, in.Level, in.Property, in.File)
}

// fits holds new outlines against those of the levels above and below.
func (m *Module) fits(ctx context.Context, t *Tree, level charter.Level, found outlines) error {
	all, err := m.outlines(ctx)
	if err != nil {
		return err
	}
	all[level] = found
	var wrong mistakes
	for i := 1; i < len(charter.Levels); i++ {
		checkNested(&wrong, t, all[charter.Levels[i-1]], all[charter.Levels[i]])
	}
	return wrong.check.Err()
}

func (m *Module) announce(ctx context.Context, by event.Actor, l Layer, count int) error {
	_, err := m.log.Append(ctx, event.Event{
		Kind: EventImported, Subject: event.Subject{Kind: "boundaries", ID: string(l.Level)}, Actor: by, Public: true,
		Data: map[string]string{"level": string(l.Level), "count": fmt.Sprint(count), "sha256": l.SHA256},
		Text: map[string]string{"source": l.Source},
	})
	return err
}

// Atlas is the boundaries as they are now.
func (m *Module) Atlas(ctx context.Context) (*Atlas, error) {
	now := clock.Now(ctx)
	m.mu.Lock()
	atlas, age := m.atlas, now.Sub(m.seenAt).Abs()
	m.mu.Unlock()
	if atlas != nil && age < stale {
		return atlas, nil
	}
	layers, err := m.layers(ctx)
	if err != nil {
		return nil, err
	}
	if atlas == nil || !slices.Equal(atlas.layers, layers) {
		full, err := m.outlines(ctx)
		if err != nil {
			return nil, err
		}
		atlas = newAtlas(layers, full)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.atlas, m.seenAt = atlas, now
	return atlas, nil
}

// forget makes the next question look at the tables.
func (m *Module) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.seenAt = time.Time{}
}

// Land is a level drawn for maps, nil while it has no boundaries.
func (m *Module) Land(ctx context.Context, level charter.Level) (*ui.Land, error) {
	atlas, err := m.Atlas(ctx)
	if err != nil {
		return nil, err
	}
	return atlas.Land(level), nil
}

// Locate says in which part of the city a point lies, the smallest that has
// boundaries; the whole city when none has. fault.Invalid with the field "point"
// when it lies outside.
func (m *Module) Locate(ctx context.Context, p Point) (Place, error) {
	atlas, err := m.Atlas(ctx)
	if err != nil {
		return Place{}, err
	}
	ch, err := m.charters(ctx)
	if err != nil {
		return Place{}, err
	}
	if len(atlas.layers) == 0 {
		return Place{Territory: ch.Whole().Code, Point: &p}, nil
	}
	for _, level := range slices.Backward(charter.Levels) {
		if code, ok := atlas.At(level, p); ok && ch.Territories.Has(code) {
			return Place{Territory: code, Point: &p}, nil
		}
	}
	var c fault.Check
	c.Fail("point", "places.outside")
	return Place{}, c.Err()
}
