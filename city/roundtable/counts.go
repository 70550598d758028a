package roundtable

import (
	"context"
	"sync"
	"time"

	"ronda/platform/db"
)

// tally keeps the counters of the lists in memory, because every page of a list
// shows hundreds of them. What this copy of the program changes is known at
// once, what another copy changes after tallyLife.
type tally struct {
	mu    sync.Mutex
	moves int // changes so far
	areas map[string]tallied
}

// tallied are the counters of an area as they were read. Nobody changes the map.
type tallied struct {
	counts map[string]map[string]int
	at     time.Time
}

const tallyLife = 2 * time.Second

// forget makes the next page read the counters.
func (t *tally) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.moves++
	t.areas = nil
}

// held gives the counters in memory, nil when they have to be read, and how many
// changes there were until now.
func (t *tally) held(area string) (map[string]map[string]int, int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if x, ok := t.areas[area]; ok && time.Since(x.at) < tallyLife {
		return x.counts, t.moves
	}
	return nil, t.moves
}

// keep takes counters that were read after so many changes, unless there were
// more of them since.
func (t *tally) keep(area string, counts map[string]map[string]int, moves int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.moves != moves {
		return
	}
	if t.areas == nil {
		t.areas = map[string]tallied{}
	}
	t.areas[area] = tallied{counts, time.Now()}
}

// Counts is how many initiatives each value of a kind of filter finds. The map
// is everybody's: read it only.
func (m *Module) Counts(ctx context.Context, inside bool, kind string) (map[string]int, error) {
	all, err := m.AllCounts(ctx, inside)
	return all[kind], err
}

// AllCounts is Counts of every kind at once, in two steps of a map: kind, code.
func (m *Module) AllCounts(ctx context.Context, inside bool) (map[string]map[string]int, error) {
	area, writing := Filter{Inside: inside}.area(), m.db.Tx(ctx) != nil // a write sees what may never be
	held, moves := m.tally.held(area)
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
	out := map[string]map[string]int{}
	for _, r := range rows {
		if out[r.Kind] == nil {
			out[r.Kind] = map[string]int{}
		}
		out[r.Kind][r.Code] = r.N
	}
	if !writing {
		m.tally.keep(area, out, moves)
	}
	return out, nil
}
