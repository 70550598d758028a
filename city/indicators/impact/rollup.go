package impact

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
)

// Sum is what the public indicators of one axis, goal, purpose or code come to.
type Sum struct {
	Code        string
	Indicators  int
	Initiatives int
	Outcomes    int
	Of          map[Standing]int // how many stand how
	Late        int              // with an overdue measurement
	Gains       []Gain           // of outcomes that add up, by unit
	People      int64            // reached by its initiatives
	members     map[string]bool
}

// Gain is what outcomes that add up achieved together above their baselines.
type Gain struct {
	Unit     string
	Decimals int
	Value    Value
	Target   Value // what they promise together above their baselines
}

const (
	sumsFor   = 5 * time.Minute  // how long sums serve when another copy of the program may have changed something
	sumsEvery = 10 * time.Second // how often they are made at most, however much is measured
)

// sums are the roll-ups as they were last made.
type sums struct {
	mu    sync.Mutex
	kept  *madeSums
	stale atomic.Bool // something changed since they were begun
}

type madeSums struct {
	at  time.Time
	by  map[By][]Sum
	all Sum
}

func (s *sums) drop() { s.stale.Store(true) }

// serve says whether the kept sums still do.
func (s *sums) serve(now time.Time) bool {
	if s.kept == nil || s.kept.at.After(now) {
		return false
	}
	age := now.Sub(s.kept.at)
	return age < sumsEvery || age < sumsFor && !s.stale.Load()
}

// RollUp sums the public indicators up, the city first as Code "" and then by the
// codes of one kind in their alphabetical order. What was measured in the last ten
// seconds may be missing.
func (m *Module) RollUp(ctx context.Context, by By) (city Sum, parts []Sum, err error) {
	m.sums.mu.Lock() // whoever comes while they are made waits for them instead of making them too
	defer m.sums.mu.Unlock()
	if !m.sums.serve(clock.Now(ctx)) {
		m.sums.stale.Store(false)
		made, err := m.sumUp(ctx)
		if err != nil {
			return Sum{}, nil, err
		}
		m.sums.kept = made
	}
	return m.sums.kept.all, m.sums.kept.by[by], nil
}

// sumUp reads all public indicators once.
func (m *Module) sumUp(ctx context.Context) (*madeSums, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	today := ch.Today(clock.Now(ctx))
	all, err := m.find(ctx, `WHERE public = TRUE AND retired_at = 0 ORDER BY id`)
	if err != nil {
		return nil, err
	}
	tags := map[string][]tagged{}
	err = db.Each(ctx, m.DB, `SELECT kind, code, indicator FROM impact_tag ORDER BY indicator`, nil, func(t tagRow) error {
		tags[t.Indicator] = append(tags[t.Indicator], tagged{t.Kind, t.Code})
		return nil
	})
	if err != nil {
		return nil, err
	}
	buckets := map[tagged]*Sum{}
	for _, i := range all {
		for _, t := range tags[i.ID] {
			if buckets[t] == nil {
				buckets[t] = &Sum{Code: t.Code, Of: map[Standing]int{}, members: map[string]bool{}}
			}
			buckets[t].add(i, i.LateOn(today))
		}
	}
	return m.summed(ctx, buckets, clock.Now(ctx))
}

type tagRow struct {
	Kind      By     `db:"kind"`
	Code      string `db:"code"`
	Indicator string `db:"indicator"`
}

// summed adds the people reached and puts the sums in order.
func (m *Module) summed(ctx context.Context, buckets map[tagged]*Sum, now time.Time) (*madeSums, error) {
	reached, err := m.peopleOfAll(ctx)
	if err != nil {
		return nil, err
	}
	made := &madeSums{at: now, by: map[By][]Sum{}, all: Sum{Of: map[Standing]int{}}}
	for t, s := range buckets {
		for one := range s.members {
			s.People += reached[one]
		}
		s.Initiatives, s.members = len(s.members), nil
		slices.SortFunc(s.Gains, func(a, b Gain) int { return strings.Compare(a.Unit, b.Unit) })
		if t.Kind == byAll {
			made.all = *s
		} else {
			made.by[t.Kind] = append(made.by[t.Kind], *s)
		}
	}
	for _, list := range made.by {
		slices.SortFunc(list, func(a, b Sum) int { return strings.Compare(a.Code, b.Code) })
	}
	return made, nil
}

// add counts an indicator.
func (s *Sum) add(i Indicator, late bool) {
	s.Indicators++
	s.members[i.Initiative] = true
	s.Of[i.Standing()]++
	if i.Kind == Outcome {
		s.Outcomes++
	}
	if late {
		s.Late++
	}
	if i.Kind == Outcome && i.Adds && i.Target.Known {
		s.gain(i)
	}
}

// gain adds what an outcome achieved to the others of its unit, with the decimals
// of the finest.
func (s *Sum) gain(i Indicator) {
	n := slices.IndexFunc(s.Gains, func(g Gain) bool { return strings.EqualFold(g.Unit, i.Unit) })
	if n < 0 {
		s.Gains = append(s.Gains, Gain{Unit: i.Unit, Decimals: i.Decimals, Value: Of(0), Target: Of(0)})
		n = len(s.Gains) - 1
	}
	g := &s.Gains[n]
	for ; g.Decimals < i.Decimals; g.Decimals++ {
		g.Value.Units, g.Target.Units = g.Value.Units*10, g.Target.Units*10
	}
	scale := int64(1)
	for d := i.Decimals; d < g.Decimals; d++ {
		scale *= 10
	}
	g.Target.Units += (i.Target.Units - i.Baseline.Units) * scale
	if i.Current.Known {
		g.Value.Units += (i.Current.Units - i.Baseline.Units) * scale
	}
}
