package pages

import (
	"context"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/event"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Slots are what other modules put on an initiative's page; the composition
// fills them. Each may be nil.
type Slots struct {
	Follow func(ctx context.Context, s event.Subject) templ.Component       // the button that follows and leaves
	Proof  func(ctx context.Context, eventID string) string                 // address of an act's proof, empty while it has none
	Land   func(ctx context.Context, level charter.Level) (*ui.Land, error) // imported boundaries; nil draws tiles
	// Tell draws an act of another module, e.g. of the idea that an initiative came of.
	Tell func(ctx context.Context, e event.Event) (ui.Moment, bool)
	// Origin names what an initiative came of and leads there; false for what this
	// person may not know of.
	Origin func(ctx context.Context, s event.Subject) (ui.Link, bool)
	// Figures are what other modules say of initiatives in a few figures, such as
	// their money, by id; nil: nothing.
	Figures func(ctx context.Context, ids ...string) (map[string][]ui.Mini, error)
	Panels  Panels
}

// Panels are the parts of an initiative's page that change it: what this person
// may do. Each may be nil, and may give nil when there is nothing to do.
type Panels struct {
	Actions  func(ctx context.Context, v roundtable.View) templ.Component // the buttons under the title
	Ask      func(ctx context.Context, v roundtable.View) templ.Component
	Answer   func(ctx context.Context, v roundtable.View, q roundtable.Question) templ.Component
	Comment  func(ctx context.Context, v roundtable.View) templ.Component // discuss inside, or a board's opinion
	Owners   func(ctx context.Context, v roundtable.View) templ.Component
	Barriers func(ctx context.Context, v roundtable.View) templ.Component
	Meetings func(ctx context.Context, v roundtable.View) templ.Component // a section of its own; nil when there is nothing of it
	// Execution is how it is carried out, measured and paid for, likewise.
	Execution func(ctx context.Context, v roundtable.View) templ.Component
}

// Pages are the pages of the roundtable.
type Pages struct {
	rt       *roundtable.Module
	charters *charter.Store
	people   *people.Module
	slots    Slots
	drawn    drawn
}

// New makes the pages over the roundtable and its neighbours.
func New(rt *roundtable.Module, charters *charter.Store, p *people.Module, slots Slots) *Pages {
	return &Pages{rt: rt, charters: charters, people: p, slots: slots}
}

// Routes registers the pages.
func (p *Pages) Routes(m *web.Mux) {
	m.Get("/iniciativas", p.list)
	m.Get("/iniciativas/tablero", p.board)
	m.Get("/iniciativas/mapa", p.landscape)
	m.Get("/iniciativas/preparacion", p.inside)
	m.Get("/iniciativas/{number}", p.initiative)
	m.Get("/iniciativas/{number}/historia", p.history)
	m.Get("/ejes", p.axes)
	m.Get("/ejes/{code}", p.axis)
	m.Get("/adjuntos/{id}", p.attachment)
}
