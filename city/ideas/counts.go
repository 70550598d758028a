package ideas

import (
	"context"
	"maps"
	"sync"
	"time"

	"ronda/platform/db"
)

// Tally is how many published ideas each value of each kind of filter finds, at
// one moment. It never changes, so what is made of one may be kept as long as it
// is the one that Counts gives.
type Tally struct{ by map[string]map[string]int }

// Of is how many ideas a value of a kind of filter finds.
func (t *Tally) Of(kind, code string) int { return t.by[kind][code] }

// Kind is how many each value of a kind finds; those that find none are not in
// it. It is for reading only.
func (t *Tally) Kind(kind string) map[string]int { return t.by[kind] }

// tallies keeps the counters in memory, because every page of a list shows many
// of them. What this copy of the program changes is known at once, what another
// copy changes after tallyLife.
type tallies struct {
	mu    sync.Mutex
	moves int // changes so far
	kept  *Tally
	read  time.Time
	fresh bool
}

const tallyLife = 2 * time.Second

// forget makes the next page read the counters.
func (t *tallies) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.moves++
	t.fresh = false
}

// held gives the counters in memory, nil when they have to be read, and how many
// changes there were until now.
func (t *tallies) held() (*Tally, int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.fresh && time.Since(t.read) < tallyLife {
		return t.kept, t.moves
	}
	return nil, t.moves
}

// keep takes counters that were read after so many changes, unless there were
// more of them since. Counters that say what those before said keep their
// identity.
func (t *tallies) keep(read *Tally, moves int) *Tally {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.moves != moves {
		return read
	}
	if t.kept == nil || !maps.EqualFunc(t.kept.by, read.by, maps.Equal[map[string]int, map[string]int]) {
		t.kept = read
	}
	t.read, t.fresh = time.Now(), true
	return t.kept
}

// Counts is how many published ideas every value of every kind of filter finds.
func (m *Module) Counts(ctx context.Context) (*Tally, error) {
	writing := m.db.Tx(ctx) != nil // a write sees what may never be
	held, moves := m.tallies.held()
	if held != nil && !writing {
		return held, nil
	}
	type row struct {
		Kind string `db:"kind"`
		Code string `db:"code"`
		N    int    `db:"n"`
	}
	out := &Tally{by: map[string]map[string]int{}}
	rows, err := db.Query[row](ctx, m.db, `SELECT kind, code, n FROM ideas_count WHERE n > 0`)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if out.by[r.Kind] == nil {
			out.by[r.Kind] = map[string]int{}
		}
		out.by[r.Kind][r.Code] = r.N
	}
	if writing {
		return out, nil
	}
	return m.tallies.keep(out, moves), nil
}
