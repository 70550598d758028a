package roundtable

import (
	"context"
	"maps"
	"sync"
	"time"

	"ronda/platform/db"
)

// Tally is how many initiatives each value of each kind of filter finds, at one
// moment. It never changes, so what is made of one may be kept as long as it is
// the one that AllCounts gives.
type Tally struct{ by map[string]map[string]int }

// Of is how many initiatives a value of a kind of filter finds.
func (t *Tally) Of(kind, code string) int { return t.by[kind][code] }

// Kind is how many each value of a kind finds; those that find none are not in
// it. It is for reading only.
func (t *Tally) Kind(kind string) map[string]int { return t.by[kind] }

// add counts one initiative more; only for a tally that nobody else has yet.
func (t *Tally) add(kind, code string) {
	if t.by[kind] == nil {
		t.by[kind] = map[string]int{}
	}
	t.by[kind][code]++
}

// tallies keeps the counters in memory, because every page of a list shows
// hundreds of them. What this copy of the program changes is known at once, what
// another copy changes after tallyLife.
type tallies struct {
	mu    sync.Mutex
	moves int // changes so far
	areas map[string]tallied
}

type tallied struct {
	*Tally
	read time.Time
}

const tallyLife = 2 * time.Second

// forget makes the next page read the counters.
func (t *tallies) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.moves++
	t.areas = nil
}

// held gives the counters in memory, nil when they have to be read, and how many
// changes there were until now.
func (t *tallies) held(area string) (*Tally, int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if x, ok := t.areas[area]; ok && time.Since(x.read) < tallyLife {
		return x.Tally, t.moves
	}
	return nil, t.moves
}

// keep takes counters that were read after so many changes, unless there were
// more of them since. Counters that say what those before said keep their
// identity.
func (t *tallies) keep(area string, fresh *Tally, moves int) *Tally {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.moves != moves {
		return fresh
	}
	if t.areas == nil {
		t.areas = map[string]tallied{}
	}
	if old, ok := t.areas[area]; ok && maps.EqualFunc(old.by, fresh.by, maps.Equal[map[string]int, map[string]int]) {
		fresh = old.Tally
	}
	t.areas[area] = tallied{fresh, time.Now()}
	return fresh
}

// Counts is how many initiatives each value of a kind of filter finds; for
// reading only.
func (m *Module) Counts(ctx context.Context, inside bool, kind string) (map[string]int, error) {
	all, err := m.AllCounts(ctx, inside)
	if err != nil {
		return nil, err
	}
	return all.Kind(kind), nil
}

// AllCounts is how many initiatives every value of every kind of filter finds.
func (m *Module) AllCounts(ctx context.Context, inside bool) (*Tally, error) {
	area, writing := Filter{Inside: inside}.area(), m.db.Tx(ctx) != nil // a write sees what may never be
	held, moves := m.tallies.held(area)
	if held != nil && !writing {
		return held, nil
	}
	type row struct {
		Kind string `db:"kind"`
		Code string `db:"code"`
		N    int    `db:"n"`
	}
	rows, err := db.Query[row](ctx, m.db, `SELECT kind, code, n FROM roundtable_count WHERE area = $1 AND n > 0`, area)
	if err != nil {
		return nil, err
	}
	out := &Tally{by: map[string]map[string]int{}}
	for _, r := range rows {
		if out.by[r.Kind] == nil {
			out.by[r.Kind] = map[string]int{}
		}
		out.by[r.Kind][r.Code] = r.N
	}
	if writing {
		return out, nil
	}
	return m.tallies.keep(area, out, moves), nil
}
