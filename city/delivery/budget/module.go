package budget

import (
	"context"
	"embed"

	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "budget", FS: migrations}

// Deps are the neighbours of the module.
type Deps struct {
	DB         *db.DB
	Log        *event.Log
	People     *people.Module
	Roundtable *roundtable.Module
	Delivery   *delivery.Module
}

// Module is the budget of a city.
type Module struct {
	Deps
	db  *db.DB
	log *event.Log
}

// New makes the module over its neighbours.
func New(d Deps) *Module { return &Module{Deps: d, db: d.DB, log: d.Log} }

// work is one act while its transaction runs.
type work struct {
	delivery.Case
	m   *Module
	Who people.Standing
	As  people.Holding // the post in whose name it is done
}

// act does an action that is about no initiative in one transaction, when the
// policy allows it.
func (m *Module) act(ctx context.Context, action delivery.Action, fn func(ctx context.Context, w *work) error) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		c, err := m.Delivery.City(ctx)
		if err != nil {
			return err
		}
		return m.run(ctx, c, action, fn)
	})
}

// actOn is act for an initiative.
func (m *Module) actOn(ctx context.Context, number string, action delivery.Action, fn func(ctx context.Context, w *work) error) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		c, err := m.Delivery.Case(ctx, number)
		if err != nil {
			return err
		}
		return m.run(ctx, c, action, fn)
	})
}

func (m *Module) run(ctx context.Context, c delivery.Case, action delivery.Action, fn func(ctx context.Context, w *work) error) error {
	as, err := c.Require(ctx, action)
	if err != nil {
		return err
	}
	return fn(ctx, &work{Case: c, m: m, Who: people.Me(ctx), As: as})
}

// May says whether the person of the context may do an action that is about no
// initiative: what a page offers.
func (m *Module) May(ctx context.Context, action delivery.Action) (bool, error) {
	c, err := m.Delivery.City(ctx)
	return err == nil && c.May(ctx, action), err
}

// today is the city's day.
func (w *work) today(ctx context.Context) clock.Day { return w.Charter.Today(clock.Now(ctx)) }
