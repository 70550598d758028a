package app

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"ronda/city/people"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const auditSize = 50

// auditPage is everything that happened, public or not, for administrators.
type auditPage struct {
	Heading ui.Heading
	Table   ui.Table
	Empty   ui.Empty
	Pager   ui.Pager
}

// audit lists the events of everybody, or of one person.
func (a *App) audit(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	if !people.Me(ctx).Administrator() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	before, err := web.After(r)
	if err != nil {
		return err
	}
	events, err := a.acts(ctx, q.Get("persona"), event.Page{Before: before, Limit: auditSize + 1})
	if err != nil {
		return err
	}
	view := auditPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/administracion", Text: i18n.T(ctx, "app.nav.admin")}}, Title: i18n.T(ctx, "app.audit"), Lead: i18n.T(ctx, "app.audit.lead")},
		Empty: ui.Empty{Title: i18n.T(ctx, "app.audit.empty")}}
	if len(events) > auditSize {
		events = events[:auditSize]
		view.Pager.Later = "/administracion/auditoria?" + url.Values{"desde": {events[auditSize-1].ID}, "persona": {q.Get("persona")}}.Encode()
	}
	if view.Table, err = a.auditTable(r, events); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Section: "admin", Private: true, Body: auditBody(view)})
}

// acts are the events of everybody, or of one person.
func (a *App) acts(ctx context.Context, person string, page event.Page) ([]event.Event, error) {
	if person == "" {
		return a.log.All(ctx, page)
	}
	return a.log.ByPerson(ctx, person, page)
}

func (a *App) auditTable(r *http.Request, events []event.Event) (ui.Table, error) {
	ctx := r.Context()
	t := ui.Table{Caption: i18n.T(ctx, "app.audit"), HideCaption: true}
	for _, head := range []string{"when", "what", "who", "post", "about"} {
		t.Columns = append(t.Columns, ui.Head{Text: i18n.T(ctx, "app.audit."+head)})
	}
	var ids []string
	for _, e := range events {
		if e.Actor.Person != "" && !slices.Contains(ids, e.Actor.Person) {
			ids = append(ids, e.Actor.Person)
		}
	}
	names, err := a.people.Names(ctx, ids...)
	if err != nil {
		return t, err
	}
	for _, e := range events {
		t.Rows = append(t.Rows, ui.Row{
			{Text: e.At.In(a.site.Zone).Format(time.DateTime)}, {Text: e.Kind},
			{Text: names[e.Actor.Person], Href: personHref(e.Actor.Person)}, {Text: e.Actor.Post}, {Text: about(e)},
		})
	}
	return t, nil
}

func personHref(person string) string {
	if person == "" {
		return ""
	}
	return "/administracion/auditoria?" + url.Values{"persona": {person}}.Encode()
}

// about says what an event is about, with its codes.
func about(e event.Event) string {
	parts := []string{e.Subject.Kind}
	for _, key := range []string{"number", "step", "item", "body", "post", "role"} {
		if v := e.Data[key]; v != "" {
			parts = append(parts, v)
		}
	}
	return strings.Join(parts, " · ")
}

// admin is the door to what administrators do.
func (a *App) admin(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !people.Me(ctx).Administrator() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	pending, err := a.people.PendingChanges(ctx)
	if err != nil {
		return err
	}
	var doors ui.Cards
	for _, d := range []struct{ key, href string }{{"people", "/administracion/personas"}, {"bodies", "/administracion/organismos"}, {"changes", "/administracion/cambios"}, {"specialists", "/especialistas"},
		{"city", "/administracion/ciudad"}, {"map", "/administracion/mapa"}, {"import", "/administracion/importar"}, {"audit", "/administracion/auditoria"}} {
		card := ui.Card{Href: d.href, Title: i18n.T(ctx, "app.admin."+d.key), Lead: i18n.T(ctx, "app.admin."+d.key+".lead")}
		if d.key == "changes" && len(pending) > 0 {
			card.State = ui.State{Tone: ui.Now, Text: i18n.T(ctx, "app.admin.pending", "count", len(pending))}
		}
		doors = append(doors, card)
	}
	heading := ui.Heading{Title: i18n.T(ctx, "app.nav.admin"), Lead: i18n.T(ctx, "app.admin.lead")}
	return web.Render(w, r, web.Page{Title: heading.Title, Section: "admin", Private: true, Body: adminBody(heading, doors)})
}
