package panorama

import (
	"cmp"
	"slices"
	"time"

	"ronda/city/delivery"
	"ronda/city/indicators/impact"
	"ronda/city/roundtable"
	"ronda/platform/clock"
)

// Picture is the sums of the public portfolio at one moment.
type Picture struct {
	At     time.Time
	sheets map[scope]*Sheet
}

// scope is what a sheet is about; the zero scope is the city.
type scope struct{ kind, code string }

// The kinds of scopes but the city.
const (
	scopeAxis     = "axis"
	scopeMinistry = "ministry"
)

// Sheet is what one page says.
type Sheet struct {
	InRound, Adopted int
	Lights           map[delivery.Colour]int // of those adopted
	Late             []Behind                // the latest first, at most most
	LateAll          int
	Money            map[string]delivery.Money // by currency
	Planned, Reached int64                     // people
	Changes          []Change                  // at most most
	Standing         map[impact.Standing]int   // of the indicators
	Obstacles        map[string]*Obstacle      // by kind of barrier
	Open             int                       // barriers
}

// most is how many of each list a sheet has room for.
const most = 5

// Behind is an initiative that is late.
type Behind struct {
	Number, Title string
	Days          int
	Light         delivery.Light
	What          string // its first late task
}

// Change is an indicator that was measured.
type Change struct {
	impact.Indicator
	Number, Title string // of the initiative
	done          float64
}

// Obstacle is a kind of barrier that is open.
type Obstacle struct {
	Kind  string
	Count int
	Days  int // since the oldest was met
}

// Sheet is the sums of a scope, empty for one of which there is nothing.
func (p *Picture) sheet(s scope) *Sheet {
	x, ok := p.sheets[s]
	if !ok {
		x = &Sheet{Lights: map[delivery.Colour]int{}, Money: map[string]delivery.Money{}, Standing: map[impact.Standing]int{}, Obstacles: map[string]*Obstacle{}}
		p.sheets[s] = x
	}
	return x
}

// add counts an initiative.
func (x *Sheet) add(i roundtable.Initiative) {
	switch i.State {
	case roundtable.Adopted:
		x.Adopted++
	case roundtable.Filed, roundtable.Deferred:
		x.InRound++
	}
}

// late notes an initiative that is late, and keeps the latest.
func (x *Sheet) late(b Behind) {
	x.LateAll++
	x.Late = append(x.Late, b)
	slices.SortStableFunc(x.Late, func(a, b Behind) int { return cmp.Compare(b.Days, a.Days) })
	x.Late = x.Late[:min(len(x.Late), most)]
}

// pay adds money; each currency has its own sum.
func (x *Sheet) pay(m delivery.Money) {
	sum := x.Money[m.Currency]
	x.Money[m.Currency] = delivery.Money{Currency: m.Currency, Planned: sum.Planned + m.Planned, Committed: sum.Committed + m.Committed,
		Accrued: sum.Accrued + m.Accrued, Paid: sum.Paid + m.Paid}
}

// change notes what an indicator says: what changes for people before what is
// delivered, and the nearest to its target first.
func (x *Sheet) change(c Change) {
	x.Standing[c.Indicator.Standing()]++
	if c.Measured == 0 || !c.Current.Known {
		return
	}
	x.Changes = append(x.Changes, c)
	slices.SortStableFunc(x.Changes, func(a, b Change) int { return cmp.Or(b.rank()-a.rank(), cmp.Compare(b.done, a.done)) })
	x.Changes = x.Changes[:min(len(x.Changes), most)]
}

func (c Change) rank() int {
	switch {
	case c.Kind == impact.Outcome && c.Social:
		return 2
	case c.Kind == impact.Outcome:
		return 1
	}
	return 0
}

// obstacle notes an open barrier.
func (x *Sheet) obstacle(kind string, opened, today clock.Day) {
	x.Open++
	o := x.Obstacles[kind]
	if o == nil {
		o = &Obstacle{Kind: kind}
		x.Obstacles[kind] = o
	}
	o.Count++
	if days := int(today.Time(time.UTC).Sub(opened.Time(time.UTC)).Hours() / 24); opened != "" {
		o.Days = max(o.Days, days)
	}
}

// commonest are the kinds of barriers, the commonest first.
func (x *Sheet) commonest() []Obstacle {
	var out []Obstacle
	for _, o := range x.Obstacles {
		out = append(out, *o)
	}
	slices.SortFunc(out, func(a, b Obstacle) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Kind, b.Kind)) })
	return out[:min(len(out), most)]
}
