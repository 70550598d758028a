package office

import (
	"context"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Slots are what other modules add; the composition fills them. Each may be nil.
type Slots struct {
	Follow func(ctx context.Context, s event.Subject) error // the person of the context follows s from now on
	SignIn func(back string) string                         // address of the sign-in page that returns to back
}

// Office is the officials' side of the roundtable.
type Office struct {
	rt       *roundtable.Module
	charters *charter.Store
	people   *people.Module
	slots    Slots
}

// New makes the office over the roundtable and its neighbours.
func New(rt *roundtable.Module, charters *charter.Store, p *people.Module, slots Slots) *Office {
	return &Office{rt: rt, charters: charters, people: p, slots: slots}
}

// Routes registers the pages. Where a form is posted to, its page can be read.
func (o *Office) Routes(m *web.Mux) {
	m.Get("/bandeja", o.queue)
	m.Get("/iniciativas/nueva", o.newThought)
	m.Post("/iniciativas/nueva", o.propose)
	m.Post("/iniciativas/nueva/borrador", o.keepThought)
	m.Post("/iniciativas/nueva/descartar", o.dropThought)
	m.Get("/iniciativas/parecidas", o.similar)
	m.Get("/iniciativas/{number}/tomar", o.takeUpPage)
	m.Post("/iniciativas/{number}/tomar", o.takeUp)
	m.Get("/iniciativas/{number}/unir", o.joinPage)
	m.Post("/iniciativas/{number}/unir", o.join)
	o.dossierRoutes(m)
	o.stepRoutes(m)
	o.decisionRoutes(m)
	o.wordRoutes(m)
}

// pageOf fills what all pages of this package have in common.
func pageOf(title string, body templ.Component) web.Page {
	return web.Page{Title: title, Section: "initiatives", Body: body, Private: true}
}

// href is an address of an initiative.
func href(i roundtable.Initiative, rest string) string { return "/iniciativas/" + i.Number + rest }

// crumbs lead to the list and to the initiative.
func crumbs(ctx context.Context, i roundtable.Initiative) []ui.Link {
	return []ui.Link{{Href: "/iniciativas", Text: i18n.T(ctx, "roundtable.list.title")}, {Href: href(i, ""), Text: i.Title}}
}

// today is the city's day.
func today(ctx context.Context, ch *charter.Charter) clock.Day { return ch.Today(clock.Now(ctx)) }

// withValue are the values with one more field.
func withValue(v ui.Values, name, value string) ui.Values {
	out := ui.Values{name: {value}}
	for n, list := range v {
		out[n] = list
	}
	return out
}
