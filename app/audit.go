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

const (
	auditSize = 50
	auditRead = 500 // acts read at a time when only some are shown
	auditMost = 20  // times that are read for one page; the next page goes on from there
)

// auditAreas are the parts of the program by which the audit can be narrowed, with
// the beginnings of the kinds of their events.
var auditAreas = []auditArea{
	{"people", []string{"people.", "charter.", "city.", "places.", "specialists."}}, {"accounts", []string{"identity.", "event."}},
	{"initiatives", []string{"roundtable."}}, {"execution", []string{"delivery.", "workplan.", "budget.", "impact.", "indicators."}}, {"ideas", []string{"ideas.", "opinions.", "ballot."}}, {"meetings", []string{"meetings.", "invitations."}},
}

type auditArea struct {
	code     string
	prefixes []string
}

// holds says whether an event is of the area; the zero area holds all.
func (x auditArea) holds(e event.Event) bool {
	return x.code == "" || slices.ContainsFunc(x.prefixes, func(p string) bool { return strings.HasPrefix(e.Kind, p) })
}

// auditPage is everything that happened, public or not, for administrators.
type auditPage struct {
	Heading ui.Heading
	Filters ui.Filters
	Table   ui.Table
	Empty   ui.Empty
	Pager   ui.Pager
}

// audit lists the events of everybody or of one person, of all parts of the program
// or of one.
func (a *App) audit(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	if !people.Me(ctx).Administrator() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	before, err := web.After(r)
	if err != nil {
		return err
	}
	person, area := q.Get("persona"), q.Get("parte")
	events, next, err := a.acts(ctx, person, area, before)
	if err != nil {
		return err
	}
	view := auditPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/administracion", Text: i18n.T(ctx, "app.nav.admin")}}, Title: i18n.T(ctx, "app.audit"), Lead: i18n.T(ctx, "app.audit.lead")},
		Filters: auditFilters(ctx, person, area), Empty: ui.Empty{Title: i18n.T(ctx, "app.audit.empty")}}
	if next != "" {
		view.Pager.Later = auditHref(person, area, next)
	}
	if view.Table, err = a.auditTable(ctx, events); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Section: "admin", Private: true, Body: auditBody(view)})
}

// auditFilters are the links that narrow the audit.
func auditFilters(ctx context.Context, person, area string) ui.Filters {
	g := ui.FilterGroup{Name: i18n.T(ctx, "app.audit.part")}
	for _, x := range auditAreas {
		c := ui.Choice{Text: i18n.T(ctx, "app.audit.part."+x.code), Href: auditHref(person, x.code, ""), On: x.code == area, Count: -1}
		if c.On {
			c.Href = auditHref(person, "", "")
		}
		g.Choices = append(g.Choices, c)
	}
	out := ui.Filters{Groups: []ui.FilterGroup{g}}
	if person+area != "" {
		out.Clear = auditHref("", "", "")
	}
	return out
}

func auditHref(person, area, before string) string {
	q := url.Values{}
	for name, v := range map[string]string{"persona": person, "parte": area, "desde": before} {
		if v != "" {
			q.Set(name, v)
		}
	}
	if len(q) == 0 {
		return "/administracion/auditoria"
	}
	return "/administracion/auditoria?" + q.Encode()
}

// acts are a page of events, newest first, and where the next one begins. An area
// of which little happened is looked for among so many acts at most.
func (a *App) acts(ctx context.Context, person, code, before string) (page []event.Event, next string, err error) {
	var area auditArea
	read := auditSize + 1
	if code != "" {
		i := slices.IndexFunc(auditAreas, func(x auditArea) bool { return x.code == code })
		if i < 0 {
			return nil, "", fault.New(fault.NotFound, "fault.notfound")
		}
		area, read = auditAreas[i], auditRead
	}
	for range auditMost {
		some, err := a.eventsOf(ctx, person, event.Page{Before: before, Limit: read})
		if err != nil {
			return nil, "", err
		}
		for _, e := range some {
			if before = e.ID; !area.holds(e) {
				continue
			}
			if len(page) == auditSize {
				return page, page[auditSize-1].ID, nil
			}
			page = append(page, e)
		}
		if len(some) < read {
			return page, "", nil
		}
	}
	return page, before, nil
}

// eventsOf are the events of everybody, or of one person.
func (a *App) eventsOf(ctx context.Context, person string, page event.Page) ([]event.Event, error) {
	if person == "" {
		return a.log.All(ctx, page)
	}
	return a.log.ByPerson(ctx, person, page)
}

func (a *App) auditTable(ctx context.Context, events []event.Event) (ui.Table, error) {
	t := ui.Table{Caption: i18n.T(ctx, "app.audit"), HideCaption: true}
	for _, head := range []string{"when", "what", "who", "post", "about"} {
		t.Columns = append(t.Columns, ui.Head{Text: i18n.T(ctx, "app.audit."+head)})
	}
	var ids []string
	for _, e := range events {
		for _, id := range []string{e.Actor.Person, personOf(e.Subject)} {
			if id != "" && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	names, err := a.people.Names(ctx, ids...)
	if err != nil {
		return t, err
	}
	for _, e := range events {
		what := a.what(ctx, e)
		t.Rows = append(t.Rows, ui.Row{
			{Text: e.At.In(a.site.Zone).Format(time.DateTime)}, {Text: what.Title},
			{Text: names[e.Actor.Person], Href: personHref(e.Actor.Person)}, {Text: e.Actor.Post}, {Text: about(e, names)},
		})
	}
	return t, nil
}

// what says what happened as pages say it; of what none says, its sentence; else
// its kind.
func (a *App) what(ctx context.Context, e event.Event) ui.Moment {
	if m, ok := a.tell(ctx, e); ok {
		return m
	}
	if !a.words.Has(i18n.Of(ctx), e.Kind) {
		return ui.Moment{Title: e.Kind}
	}
	var args []any
	for name, v := range e.Data {
		args = append(args, name, v)
	}
	return ui.Moment{Title: i18n.T(ctx, e.Kind, args...)}
}

func personHref(person string) string {
	if person == "" {
		return ""
	}
	return auditHref(person, "", "")
}

// personOf is the person that an event happened to, empty for other subjects.
func personOf(s event.Subject) string {
	if s.Kind != people.SubjectPerson {
		return ""
	}
	return s.ID
}

// about says what an event is about, with its codes; of a person, the name.
func about(e event.Event, names map[string]string) string {
	parts := []string{e.Kind}
	if name := names[personOf(e.Subject)]; name != "" {
		parts = append(parts, name)
	}
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
