package indicators

import (
	"context"
	"log/slog"
	"time"

	"ronda/city/indicators/index"
	"ronda/platform/clock"
)

const (
	pictureEvery = 10 * time.Minute // how often the indices are computed anew
	settling     = 10 * time.Second
	quarters     = 8 // how far back they are drawn
)

// Picture is what the indices are at one moment, without the initiatives and acts
// behind them: those Counted gives.
type Picture struct {
	At            time.Time
	Year          int
	Participation index.Participation // of the year so far
	Compliance    index.Compliance
	Quarters      []Quarter // oldest first, the last one is the current one
}

// Quarter is what the indices were in three months.
type Quarter struct {
	Year, No              int
	Participation, Levels index.Value
}

// Picture is the newest one. All facts are read to make one, so it is kept and made
// anew by Run; only the first may have to be waited for.
func (m *Module) Picture(ctx context.Context) (*Picture, error) {
	if p := m.kept.Load(); p != nil {
		return p, nil
	}
	p, _, err := m.compute(ctx, false)
	return p, err
}

// Run computes the indices at once and then every ten minutes until ctx ends; once
// more soon after the start when by then the program has heard of what happened
// while it was down.
func (m *Module) Run(ctx context.Context) {
	m.recompute(ctx)
	next := settling
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(next):
		}
		if next == pictureEvery || m.heard.Load() {
			m.recompute(ctx)
		}
		next = pictureEvery
	}
}

func (m *Module) recompute(ctx context.Context) {
	if _, _, err := m.compute(ctx, m.asked.Swap(false)); err != nil && ctx.Err() == nil {
		slog.ErrorContext(ctx, "indices not computed", "error", err)
	}
}

// compute makes a picture and keeps it, and with hold the facts behind it too: in a
// large city they would be half of what the program holds, for pages that few open.
func (m *Module) compute(ctx context.Context, hold bool) (*Picture, *drill, error) {
	m.heard.Store(false) // a moment that comes from here on may not be in it
	facts, zone, err := m.Facts(ctx)
	if err != nil {
		return nil, nil, err
	}
	now := clock.Now(ctx)
	p := &Picture{At: now, Year: now.In(zone).Year()}
	this := index.Year(p.Year, zone)
	p.Participation, p.Compliance = facts.Sums(this)
	var over []Published
	p.Quarters, over = quartersOf(facts, now, zone)
	if err := m.publish(ctx, over); err != nil {
		return nil, nil, err
	}
	var d *drill
	if hold {
		d = &drill{facts: facts, zone: zone, made: map[string]*Counted{}}
	}
	m.behind.Store(d)
	m.kept.Store(p)
	return p, d, nil
}

// quartersOf computes the last quarters, oldest first, and those of them that are
// over as they are published.
func quartersOf(facts *index.Facts, now time.Time, zone *time.Location) (all []Quarter, over []Published) {
	local := now.In(zone)
	for back := quarters - 1; back >= 0; back-- {
		first := time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, zone).AddDate(0, -3*back, 0)
		q := Quarter{Year: first.Year(), No: (int(first.Month())-1)/3 + 1}
		period := index.Quarter(q.Year, q.No, zone)
		i1, i2 := facts.Sums(period)
		q.Participation, q.Levels = i1.City, i2.City
		all = append(all, q)
		if !period.To.After(now) && facts.Began(period) {
			over = append(over, Published{Year: q.Year, No: q.No, Participation: i1.City, ParticipationCounted: i1.Counted, Levels: i2.City, LevelsCounted: i2.Counted})
		}
	}
	return all, over
}
