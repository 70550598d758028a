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
// behind them, which are in the public file.
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
	return m.compute(ctx)
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
	if _, err := m.compute(ctx); err != nil && ctx.Err() == nil {
		slog.ErrorContext(ctx, "indices not computed", "error", err)
	}
}

// compute makes a picture and keeps it.
func (m *Module) compute(ctx context.Context) (*Picture, error) {
	m.heard.Store(false) // a moment that comes from here on may not be in it
	facts, zone, err := m.Facts(ctx)
	if err != nil {
		return nil, err
	}
	now := clock.Now(ctx)
	local := now.In(zone)
	p := &Picture{At: now, Year: local.Year()}
	this := index.Year(p.Year, zone)
	p.Participation, p.Compliance = facts.Participation(this), facts.Compliance(this)
	p.Participation.Parts, p.Compliance.Levels = nil, nil
	for back := quarters - 1; back >= 0; back-- {
		first := time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, zone).AddDate(0, -3*back, 0)
		q := Quarter{Year: first.Year(), No: (int(first.Month())-1)/3 + 1}
		period := index.Quarter(q.Year, q.No, zone)
		q.Participation, q.Levels = facts.Participation(period).City, facts.Compliance(period).City
		p.Quarters = append(p.Quarters, q)
	}
	m.kept.Store(p)
	return p, nil
}
