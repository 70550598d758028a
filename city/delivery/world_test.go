package delivery

import (
	"context"
	"testing"

	"ronda/city/people"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// Posts of Buenos Aires that tests act in.
const (
	proposer  = roundtest.Proposer
	planner   = "director-planificacion"
	treasurer = "director-presupuesto"
	mayor     = "jefe-de-gobierno"
	modern    = "ministro-modernizacion"
	modernDir = "director-modernizacion-administrativa"
	culture   = "ministro-cultura"
	education = "ministro-educacion"
	stranger  = "director-empleo"
)

// world is the execution of what the roundtable of Buenos Aires adopts, with a plan
// and money that tests set.
type world struct {
	*roundtest.World
	*Module
	physical map[string]Physical
	money    map[string]Money
	advanced []Advance
	words    *i18n.Catalogue
}

// newWorld is one over a roundtable that has the tables of this module.
func newWorld(r *roundtest.World) *world {
	r.Helper()
	w := &world{World: r, physical: map[string]Physical{}, money: map[string]Money{}}
	w.Module = New(Deps{DB: r.DB, Log: event.New(r.DB), Charters: r.Charters, People: r.People, Roundtable: r.Roundtable,
		Physical: func(context.Context, ...string) (map[string]Physical, error) { return w.physical, nil },
		Money:    func(context.Context, ...string) (map[string]Money, error) { return w.money, nil },
		Advance: func(_ context.Context, _ string, done []Advance) error {
			if done[0].Percent > 100 {
				return &fault.Error{Kind: fault.Invalid, Fields: []fault.Field{{Name: "percent", Key: "fault.choice"}}}
			}
			w.advanced = append(w.advanced, done...)
			return nil
		}})
	w.Listen(w.Log)
	var err error
	w.words, err = i18n.New(Messages)
	r.Must(err)
	return w
}

// lone tests on the embedded database.
func lone(t *testing.T, fn func(w *world)) {
	t.Helper()
	roundtest.Run(t, func(r *roundtest.World) {
		r.Must(r.DB.Migrate(r.As(), Migrations))
		fn(newWorld(r))
	})
}

// As is a context in which the holder of a post acts, in Spanish.
func (w *world) As(posts ...string) context.Context {
	w.Helper()
	return i18n.With(w.World.As(posts...), w.words, i18n.Spanish)
}

// id is an initiative's id.
func (w *world) id(number string) string {
	w.Helper()
	c, err := w.Case(w.As(proposer), number)
	w.Must(err)
	return c.Initiative.ID
}

// executed is an initiative that the ministry of modernization executes.
func (w *world) executed(title string) string {
	w.Helper()
	number := w.Adopted(title)
	w.Must(w.HandOver(w.As(proposer), number, "min-modernizacion", "Va con los planos y el convenio."))
	w.Must(w.Accept(w.As(modern), number, ""))
	return number
}

// later lets a day pass and listeners hear.
func (w *world) later(days int) {
	w.Helper()
	w.Must(w.Log.Dispatch(w.As()))
	w.Now = w.Now.AddDate(0, 0, days)
}

// refuses asserts the kind of fault.
func (w *world) refuses(what string, err error, kind fault.Kind) {
	w.Helper()
	if !fault.Is(err, kind) {
		w.Errorf("%s: %v, want %s", what, err, kind)
	}
}

// told are the events of a kind on an initiative's timeline, newest first.
func (w *world) told(number, kind string) []event.Event {
	w.Helper()
	all, err := w.Log.Timeline(w.As(), event.Subject{Kind: "initiative", ID: w.id(number)}, event.Page{Limit: 100, PublicOnly: true})
	w.Must(err)
	var out []event.Event
	for _, e := range all {
		if e.Kind == kind {
			out = append(out, e)
		}
	}
	return out
}

// desk is what stands on the desk of the holder of a post.
func (w *world) desk(post string) map[string]string {
	w.Helper()
	ctx := w.As(post)
	items, err := w.deskOf(ctx, debts(people.Me(ctx), soon(ctx, w.World.City)))
	w.Must(err)
	out := map[string]string{}
	for _, i := range items {
		out[i.Title] = string(i.Due) + " " + i.Href
	}
	return out
}
