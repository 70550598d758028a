package pages

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Section draws what another module knows of a body, such as its initiatives;
// nil when that is nothing.
type Section func(ctx context.Context, body string) templ.Component

// Pages are the pages of city/people.
type Pages struct {
	people   *people.Module
	sections []Section
	accounts Accounts
}

// Accounts gives the addresses of those persons who may sign in, by person; the
// list of persons says who they are.
type Accounts func(ctx context.Context, persons ...string) (map[string]string, error)

// WithAccounts makes the list of persons say who may sign in.
func (p *Pages) WithAccounts(of Accounts) *Pages {
	p.accounts = of
	return p
}

// New makes the pages; the sections stand at the end of a body's page, in order.
func New(p *people.Module, sections ...Section) *Pages {
	return &Pages{people: p, sections: sections}
}

// Routes registers the pages.
func (p *Pages) Routes(m *web.Mux) {
	m.Get("/organismos", p.tree)
	m.Get("/organismos/{code}", p.body)

	m.Get("/delegaciones", p.delegations)
	m.Get("/delegaciones/nueva", p.newDelegation)
	m.Post("/delegaciones/nueva", p.delegate)
	m.Get("/delegaciones/{id}/revocar", p.askRevoke)
	m.Post("/delegaciones/{id}/revocar", p.revoke)

	m.Get("/nombrar", p.newAppointment)
	m.Post("/nombrar", p.appoint)
	m.Get("/mandatos/{id}/terminar", p.askEndTerm)
	m.Post("/mandatos/{id}/terminar", p.endTerm)

	m.Get("/especialistas", p.specialists)
	m.Get("/especialistas/nuevo", p.newSpecialist)
	m.Post("/especialistas/nuevo", p.setSpecialist)
	m.Get("/especialistas/organizaciones", p.organisations)
	m.Post("/especialistas/organizaciones", p.addOrganisation)

	m.Get("/administracion/personas", p.persons)
	m.Get("/administracion/personas/nueva", p.newPerson)
	m.Post("/administracion/personas/nueva", p.createPerson)
	m.Get("/administracion/personas/{id}", p.person)
	m.Post("/administracion/personas/{id}/roles", p.changeRole)

	m.Get("/administracion/organismos", p.structure)
	m.Get("/administracion/organismos/nuevo", p.newBody)
	m.Post("/administracion/organismos/nuevo", p.foundBody)
	m.Get("/administracion/organismos/reorganizar", p.newReorganisation)
	m.Post("/administracion/organismos/reorganizar", p.reorganise)
	m.Get("/administracion/puestos/nuevo", p.newPost)
	m.Post("/administracion/puestos/nuevo", p.foundPost)
	m.Get("/administracion/puestos/{post}/terminar", p.askEndPost)
	m.Post("/administracion/puestos/{post}/terminar", p.endPost)

	m.Get("/administracion/cambios", p.changes)
	m.Post("/administracion/cambios/{id}/confirmar", p.confirm)
	m.Get("/administracion/cambios/{id}/rechazar", p.askReject)
	m.Post("/administracion/cambios/{id}/rechazar", p.reject)
}

// Names of the parts of the navigation.
const (
	partBodies = "bodies"
	partAdmin  = "admin"
	partDesk   = "desk"
)

// allow refuses whoever makes the request unless they may do the action, before
// anything is looked up that could tell what exists.
func allow(ctx context.Context, a people.Action) error {
	if !people.Can(people.Me(ctx), a) {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// dayText is a day in words, empty for none.
func dayText(ctx context.Context, d clock.Day) string {
	if d == "" {
		return ""
	}
	return i18n.Date(ctx, d.Time(time.UTC))
}

// when is a time in words, in the city's zone.
func when(ctx context.Context, t time.Time) string { return i18n.DateTime(ctx, t.In(web.Zone(ctx))) }

// dayBefore is the last day of a term that ends on d; empty for an open end.
func dayBefore(d clock.Day) clock.Day {
	if d == "" {
		return ""
	}
	return clock.Day(d.Time(time.UTC).AddDate(0, 0, -1).Format(time.DateOnly))
}

// span is a closed-open term in words that name its first and last day; empty
// when it is open on both sides.
func span(ctx context.Context, from, to clock.Day) string {
	last := dayBefore(to)
	key := "people.span.both"
	switch {
	case from == "" && last == "":
		return ""
	case from == "":
		key = "people.span.until"
	case last == "":
		key = "people.span.since"
	}
	return i18n.T(ctx, key, "from", dayText(ctx, from), "last", dayText(ctx, last))
}

// bodyHref is the page of a body.
func bodyHref(code string) string { return "/organismos/" + code }

// personHref is the page of a person, for administrators.
func personHref(id string) string { return "/administracion/personas/" + id }

func crumbs(ctx context.Context, href, key string) []ui.Link {
	return []ui.Link{{Href: href, Text: i18n.T(ctx, key)}}
}
