package pages

import (
	"context"
	"net/http"
	"strconv"

	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/record"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Tell says in words what happened and links what it happened to; ok is false
// for events that have no words. The composition knows them.
type Tell func(ctx context.Context, e event.Event) (m ui.Moment, ok bool)

// exportsAtOnce is how many downloads of the whole record run at the same time;
// each reads every act.
const exportsAtOnce = 2

// Pages are the pages of the record.
type Pages struct {
	record  *record.Record
	tell    Tell
	exports chan struct{}
}

// New makes the pages.
func New(r *record.Record, tell Tell) *Pages {
	return &Pages{record: r, tell: tell, exports: make(chan struct{}, exportsAtOnce)}
}

// Routes registers the pages.
func (p *Pages) Routes(m *web.Mux) {
	m.Get("/registro", p.home)
	m.Post("/registro", p.hold)
	m.Get("/registro/exportar", p.export)
	m.Get("/registro/acto/{event}", p.ofEvent)
	m.Get("/registro/{n}", p.act)
	m.Post("/registro/{n}", p.try)
	m.Get("/registro/prueba/{n}", p.proof)
}

// actHref is the page of the act with a number, counted from 1.
func actHref(number int64) string { return "/registro/" + strconv.FormatInt(number, 10) }

// number reads the number of an act from the address and gives its index.
func number(r *http.Request) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue("n"), 10, 64)
	if err != nil || n < 1 || strconv.FormatInt(n, 10) != r.PathValue("n") {
		return 0, fault.New(fault.NotFound, "fault.notfound")
	}
	return n - 1, nil
}

// ofEvent leads from an event to its act. An event of a moment ago may still
// wait for the record.
func (p *Pages) ofEvent(w http.ResponseWriter, r *http.Request) error {
	index, err := p.record.IndexOf(r.Context(), r.PathValue("event"))
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.NotFound, "record.waiting")
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, actHref(index+1), "")
}
