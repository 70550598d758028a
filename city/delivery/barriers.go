package delivery

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"ronda/city/roundtable"
	"ronda/platform/clock"
)

// BarrierFilter picks obstacles.
type BarrierFilter struct {
	From, To clock.Day // opened from a day on and before another; empty: no bound
	Ministry string    // of the body that is to resolve them; empty: all
}

// Barriers is what stands in the way of initiatives, and stood.
type Barriers struct {
	BarrierFilter
	Kinds  []BarrierGroup // by kind, the commonest first
	Owners []BarrierGroup // by the ministry of the body that is to resolve them, most open first
	Oldest []OldBarrier   // open ones, the longest open first
	Total  BarrierGroup
	Today  clock.Day
}

// BarrierGroup counts obstacles of one kind, or of one ministry.
type BarrierGroup struct {
	Code        string // of the kind or the body
	Open        int
	Resolved    int
	Initiatives int // different ones
	Days        int // median of the days that those resolved stood, 0 without one
	DaysOpen    int // median of the days for which the others have stood
}

// All counts open and resolved ones.
func (g BarrierGroup) All() int { return g.Open + g.Resolved }

// OldBarrier is an obstacle that stands.
type OldBarrier struct {
	roundtable.PublicBarrier
	Days int // for which it has stood
}

const oldestMax = 20

// Barriers is the report of the commonest obstacles of public initiatives.
func (m *Module) Barriers(ctx context.Context, f BarrierFilter) (Barriers, error) {
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return Barriers{}, err
	}
	r := Barriers{BarrierFilter: f, Today: ch.Today(clock.Now(ctx))}
	total, kinds, owners := newHeap(""), heaps{}, heaps{}
	err = m.Roundtable.EachBarrier(ctx, func(b roundtable.PublicBarrier) error {
		opened := clock.Day(b.Opened)
		ministry := b.Owner
		if above, ok := ch.Ministry(b.Owner); ok {
			ministry = above.Code
		}
		if !opened.Within(f.From, f.To) || f.Ministry != "" && f.Ministry != ministry {
			return nil
		}
		days := roundtable.Barrier{Opened: opened, Resolved: clock.Day(b.Resolved)}.DaysOpen(r.Today)
		for _, h := range []*heap{total, kinds.of(b.Kind), owners.of(ministry)} {
			h.add(b, days)
		}
		if b.Resolved == "" {
			r.Oldest = append(r.Oldest, OldBarrier{b, days})
		}
		return nil
	})
	r.Total, r.Kinds, r.Owners = total.group(), kinds.groups(BarrierGroup.All), owners.groups(func(g BarrierGroup) int { return g.Open })
	slices.SortStableFunc(r.Oldest, func(a, b OldBarrier) int { return cmp.Compare(b.Days, a.Days) })
	r.Oldest = r.Oldest[:min(len(r.Oldest), oldestMax)]
	return r, err
}

// heap is obstacles while they are counted.
type heap struct {
	code           string
	open, resolved []int // days
	initiatives    map[string]bool
}

func newHeap(code string) *heap { return &heap{code: code, initiatives: map[string]bool{}} }

func (h *heap) add(b roundtable.PublicBarrier, days int) {
	h.initiatives[b.Number] = true
	if b.Resolved == "" {
		h.open = append(h.open, days)
	} else {
		h.resolved = append(h.resolved, days)
	}
}

func (h *heap) group() BarrierGroup {
	return BarrierGroup{Code: h.code, Open: len(h.open), Resolved: len(h.resolved), Initiatives: len(h.initiatives),
		Days: median(h.resolved), DaysOpen: median(h.open)}
}

// heaps are obstacles by a code.
type heaps map[string]*heap

func (hs heaps) of(code string) *heap {
	if hs[code] == nil {
		hs[code] = newHeap(code)
	}
	return hs[code]
}

// groups are the counts, those first of which there is more.
func (hs heaps) groups(weight func(BarrierGroup) int) []BarrierGroup {
	var out []BarrierGroup
	for _, code := range slices.Sorted(maps.Keys(hs)) {
		out = append(out, hs[code].group())
	}
	slices.SortStableFunc(out, func(a, b BarrierGroup) int { return cmp.Compare(weight(b), weight(a)) })
	return out
}

// median is the middle of some days, of an even number the lower one; 0 of none.
func median(days []int) int {
	if len(days) == 0 {
		return 0
	}
	slices.Sort(days)
	return days[(len(days)-1)/2]
}
