package app

import (
	"context"
	"errors"
	"strings"
	"time"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	budgetpages "ronda/city/delivery/budget/pages"
	deliverypages "ronda/city/delivery/pages"
	"ronda/city/delivery/workplan"
	"ronda/city/indicators/impact"
	impactpages "ronda/city/indicators/impact/pages"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// execution is how adopted initiatives are carried out: their work plans, their
// money and what they changed.
type execution struct {
	*delivery.Module
	plans  *workplan.Module
	budget *budget.Module
	impact *impact.Module

	pages       *deliverypages.Pages
	budgetPages *budgetpages.Pages
	impactPages *impactpages.Pages
}

// buildExecution makes the execution over the roundtable. How far the work and the
// money are is asked of the parts that are made after it.
func (a *App) buildExecution(pepper []byte) {
	x := &execution{}
	x.Module = delivery.New(delivery.Deps{DB: a.db, Log: a.log, Charters: a.charters, People: a.people, Roundtable: a.roundtable,
		Physical: func(ctx context.Context, ids ...string) (map[string]delivery.Physical, error) {
			return x.plans.Physical(ctx, ids...)
		},
		Money: func(ctx context.Context, ids ...string) (map[string]delivery.Money, error) {
			return x.budget.Columns(ctx, ids...)
		},
		Advance: func(ctx context.Context, number string, done []delivery.Advance) error {
			told := make([]workplan.Done, len(done))
			for n, d := range done {
				told[n] = workplan.Done{Task: d.Task, Percent: d.Percent, Version: d.Version}
			}
			return x.plans.Progress(ctx, number, told...)
		}})
	x.plans = workplan.New(workplan.Deps{DB: a.db, Log: a.log, Charters: a.charters, People: a.people, Roundtable: a.roundtable, Delivery: x.Module})
	x.budget = budget.New(budget.Deps{DB: a.db, Log: a.log, People: a.people, Roundtable: a.roundtable, Delivery: x.Module})
	x.impact = impact.New(impact.Deps{DB: a.db, Log: a.log, Charters: a.charters, People: a.people, Roundtable: a.roundtable, Delivery: x.Module, Pepper: pepper})
	a.roundtable.GuardSignature(x.plans.Guard)
	a.roundtable.GuardSignature(x.budget.Guard)
	a.roundtable.GuardSignature(x.impact.Guard)
	x.Listen(a.log)
	x.plans.Listen(a.log)
	x.budget.Listen(a.log)
	x.impact.Listen(a.log)
	a.execution = x
}

// serveExecution makes the pages of the execution.
func (a *App) serveExecution(m *web.Mux) {
	x := a.execution
	x.pages = deliverypages.New(deliverypages.Deps{Delivery: x.Module, Plans: x.plans, Roundtable: a.roundtable, Charters: a.charters, People: a.people},
		deliverypages.Slots{SignIn: signInTo, Follow: a.noticesWeb.Button, Proof: a.proofHref,
			Tabs: []deliverypages.Tab{{Path: "/presupuesto", Key: "app.tab.money"}, {Path: "/indicadores", Key: "app.tab.indicators"}}})
	x.budgetPages = budgetpages.New(budgetpages.Deps{Budget: x.budget, Charters: a.charters, People: a.people, Log: a.log}, budgetpages.Slots{Proof: a.proofHref, Tabs: x.pages.Tabs})
	x.impactPages = impactpages.New(impactpages.Deps{Impact: x.impact, Roundtable: a.roundtable, Charters: a.charters, People: a.people, SignIn: signInTo, Tabs: x.pages.Tabs})
	x.pages.Routes(m)
	x.budgetPages.Routes(m)
	x.impactPages.Routes(m)
}

// scheduleExecution registers what happens to plans, money and indicators by the
// clock.
func (a *App) scheduleExecution() {
	x := a.execution
	a.queue.Every("delivery.sweep", time.Hour, x.Sweep)
	a.queue.Every("workplan.sweep", time.Hour, x.plans.Sweep)
	a.queue.Every("budget.sweep", 24*time.Hour, x.budget.Sweep)
	a.queue.Every("impact.sweep", time.Hour, x.impact.Sweep)
}

// owed are the parts of the execution that expect things of people.
func (x *execution) owed() []desk.Source {
	return []desk.Source{x.Desk, x.plans.Desk, x.budget.Desk, x.impact.Desk}
}

// forget erases a person from plans, money and indicators.
func (x *execution) forget(ctx context.Context, person string) error {
	return errors.Join(x.Forget(ctx, person), x.plans.Forget(ctx, person), x.budget.Forget(ctx, person))
}

// purse says the money of initiatives in a few figures, of those that have any.
func (x *execution) purse(ctx context.Context, ids ...string) (map[string][]ui.Mini, error) {
	columns, err := x.budget.Columns(ctx, ids...)
	out := make(map[string][]ui.Mini, len(columns))
	for id, c := range columns {
		if c == (delivery.Money{Currency: c.Currency}) {
			continue
		}
		say := func(key string, cents int64) ui.Mini {
			return ui.Mini{Label: i18n.T(ctx, key), Value: budget.Short(ctx, cents, c.Currency)}
		}
		out[id] = []ui.Mini{say("app.money.planned", c.Planned), say("app.money.committed", c.Committed), say("app.money.spent", c.Paid), say("app.money.free", c.Free())}
	}
	return out, err
}

// ofExecution says whether an act is one of execution, whatever it happened to.
func ofExecution(e event.Event) bool {
	area, _, _ := strings.Cut(e.Kind, ".")
	return area == "delivery" || area == "impact"
}

// moment draws an act of execution by the part it belongs to.
func (x *execution) moment(ctx context.Context, e event.Event) (ui.Moment, bool) {
	switch {
	case strings.HasPrefix(e.Kind, "impact."):
		return x.impactPages.Moment(ctx, e)
	case strings.HasPrefix(e.Kind, "delivery.budget."):
		return x.budgetPages.Moment(ctx, e)
	}
	return x.pages.Moment(ctx, e)
}
