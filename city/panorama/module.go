package panorama

import (
	"context"
	"sync/atomic"
	"time"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/ideas"
	"ronda/city/indicators/impact"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/event"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Deps are the neighbours of the pages.
type Deps struct {
	Charters   *charter.Store
	People     *people.Module
	Roundtable *roundtable.Module
	Ideas      *ideas.Module
	Delivery   *delivery.Module
	Budget     *budget.Module
	Impact     *impact.Module
	// Physical says how far the work of initiatives is.
	Physical delivery.Progress
	// Tell draws an act of an initiative's history.
	Tell func(ctx context.Context, e event.Event) (ui.Moment, bool)
	// Proof is the address of the proof of an act, empty while it has none.
	Proof func(ctx context.Context, event string) string
}

// Module is the pages and the reading that they are made of.
type Module struct {
	Deps
	kept atomic.Pointer[Picture]
}

// New makes the pages over their neighbours.
func New(d Deps) *Module { return &Module{Deps: d} }

// Routes registers the pages.
func (m *Module) Routes(x *web.Mux) {
	x.Get("/panorama", m.city)
	x.Get("/panorama/eje/{code}", m.axis)
	x.Get("/panorama/ministerio/{code}", m.ministry)
	x.Get("/iniciativas/{number}/impacto", m.life)
	x.Get(style().Path, style().Serve)
}

// Run reads the portfolio anew again and again until ctx ends; failed hears of
// errors.
func (m *Module) Run(ctx context.Context, failed func(error)) {
	for {
		began := time.Now()
		if _, err := m.compute(ctx); err != nil && ctx.Err() == nil {
			failed(err)
		}
		wait := max(freshest, readingShare*time.Since(began))
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

const (
	freshest     = 15 * time.Second
	readingShare = 50 // a reading may take a fiftieth of the time
)
