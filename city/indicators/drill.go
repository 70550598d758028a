package indicators

import (
	"context"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"

	"ronda/city/indicators/index"
	"ronda/platform/clock"
	"ronda/platform/fault"
)

// drill is the facts behind a picture, and what was computed of them since.
type drill struct {
	facts *index.Facts
	zone  *time.Location
	mu    sync.Mutex
	made  map[string]*Counted // by code of the period
}

// drillMax is how many periods are kept computed.
const drillMax = 24

// Counted is both indices of a period with everything that they count.
type Counted struct {
	Code          string // "2026", "2026-Q2"
	Participation index.Participation
	Compliance    index.Compliance
}

// periodCode is the code of a year or a quarter.
var periodCode = regexp.MustCompile(`^(\d{4})(?:-Q([1-4]))?$`)

// Counted computes the indices of a year or a quarter, "2026" or "2026-Q2", the
// year so far when it is empty. NotFound for what is no period, or has not begun.
func (m *Module) Counted(ctx context.Context, code string) (*Counted, error) {
	d, err := m.drilled(ctx)
	if err != nil {
		return nil, err
	}
	if code == "" {
		code = strconv.Itoa(clock.Now(ctx).In(d.zone).Year())
	}
	found := periodCode.FindStringSubmatch(code)
	if found == nil {
		return nil, fault.New(fault.NotFound, "fault.notfound")
	}
	year, _ := strconv.Atoi(found[1])
	period := index.Year(year, d.zone)
	if quarter, err := strconv.Atoi(found[2]); err == nil {
		period = index.Quarter(year, quarter, d.zone)
	}
	if year < 1990 || period.From.After(clock.Now(ctx)) {
		return nil, fault.New(fault.NotFound, "fault.notfound")
	}
	return d.counted(code, period), nil
}

// drilled is the facts behind the kept picture. They are read anew, with a new
// picture, when nobody has asked for them for two pictures.
func (m *Module) drilled(ctx context.Context) (*drill, error) {
	m.asked.Store(true)
	if d := m.behind.Load(); d != nil {
		return d, nil
	}
	m.drilling.Lock()
	defer m.drilling.Unlock()
	if d := m.behind.Load(); d != nil {
		return d, nil
	}
	_, d, err := m.compute(ctx, true)
	return d, err
}

// counted computes a period once.
func (d *drill) counted(code string, p index.Period) *Counted {
	d.mu.Lock()
	defer d.mu.Unlock()
	if c, ok := d.made[code]; ok {
		return c
	}
	if len(d.made) >= drillMax {
		clear(d.made)
	}
	c := &Counted{code, d.facts.Participation(p), d.facts.Compliance(p)}
	d.made[code] = c
	return c
}

// Cut narrows what is counted; empty fields narrow nothing.
type Cut struct{ Axis, Ministry, Initiative string }

// Parts are the initiatives that participation counts in the cut, the newest
// first: of a ministry those that list it.
func (c *Counted) Parts(cut Cut) []index.Part {
	out := slices.DeleteFunc(slices.Clone(c.Participation.Parts), func(p index.Part) bool {
		return !cut.holds(p.Initiative) || cut.Ministry != "" && !slices.Contains(p.Listed, cut.Ministry)
	})
	slices.Reverse(out)
	return out
}

// Levels are the initiatives that compliance counts in the cut, the newest first.
func (c *Counted) Levels(cut Cut) []index.Level {
	out := slices.DeleteFunc(slices.Clone(c.Compliance.Levels), func(l index.Level) bool {
		return !cut.holds(l.Initiative) || cut.Ministry != "" && l.Initiative.Ministry != cut.Ministry
	})
	slices.Reverse(out)
	return out
}

func (c Cut) holds(i *index.Initiative) bool {
	return (c.Axis == "" || i.Axis == c.Axis) && (c.Initiative == "" || i.Number == c.Initiative)
}
