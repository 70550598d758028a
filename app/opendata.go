package app

import (
	"context"
	"sync"

	"ronda/city/opendata"
	"ronda/city/panorama"
	"ronda/city/roundtable"
	"ronda/city/roundtable/exchange"
	"ronda/platform/event"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// buildShown makes what shows the whole: the open data and the panorama.
func (a *App) buildShown() {
	x := a.execution
	a.data = opendata.New(opendata.Deps{Charters: a.charters, Roundtable: a.roundtable, Meetings: a.meetings.Module, Ideas: a.ideas.Module,
		Indices: a.indicators, Delivery: x.Module, Plans: x.plans, Budget: x.budget, Impact: x.impact})
	a.panorama = panorama.New(panorama.Deps{Charters: a.charters, People: a.people, Roundtable: a.roundtable, Ideas: a.ideas.Module,
		Delivery: x.Module, Budget: x.budget, Impact: x.impact, Physical: x.plans.Physical, Tell: a.tellPlain, Proof: a.proofHref})
}

// serveShown makes their pages, and the one by which lists come in.
func (a *App) serveShown(m *web.Mux) {
	opendata.NewWeb(a.data).Routes(m)
	exchange.NewWeb(exchange.New(a.roundtable, a.charters)).Routes(m)
	a.panorama.Routes(m)
}

// runShown counts and sums up anew until ctx ends.
func (a *App) runShown(ctx context.Context) {
	failed := func(what string) func(error) {
		return func(err error) { a.cfg.Log.ErrorContext(ctx, what, "error", err) }
	}
	var wg sync.WaitGroup
	wg.Go(func() { a.panorama.Run(ctx, failed("panorama not computed")) })
	wg.Go(func() { a.data.Run(ctx, failed("open data not counted")) })
	wg.Wait()
}

// tellPlain is tell on the page of the initiative itself, which need not say its
// name again.
func (a *App) tellPlain(ctx context.Context, e event.Event) (ui.Moment, bool) {
	if e.Subject.Kind != roundtable.SubjectKind {
		return a.tell(ctx, e)
	}
	ch, err := a.charters.Current(ctx)
	if err != nil {
		return ui.Moment{}, false
	}
	return a.pages.Moment(ctx, ch, e, "")
}
