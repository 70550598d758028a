package app

import (
	"context"
	"io"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// frame puts a page into the frame that all pages share.
func (a *App) frame(r *http.Request, p web.Page) templ.Component {
	ctx := r.Context()
	f := ui.Frame{
		Title: p.Title, Description: p.Description, Path: r.URL.RequestURI(), Origin: a.site.Origin,
		Nav: a.nav(r, p.Section), SignIn: "/ingresar", Wrong: p.Wrong, Private: p.Private, Bleed: p.Wide, Narrow: p.Narrow,
		Links: []ui.Link{
			{Href: "/cronograma", Text: i18n.T(ctx, "app.nav.schedule")}, {Href: "/presupuesto", Text: i18n.T(ctx, "app.nav.budget")},
			{Href: "/indicadores", Text: i18n.T(ctx, "app.nav.indicators")}, {Href: "/barreras", Text: i18n.T(ctx, "app.nav.barriers")},
			{Href: "/organismos", Text: i18n.T(ctx, "app.nav.bodies")}, {Href: "/indices", Text: i18n.T(ctx, "app.nav.indices")}, {Href: "/datos", Text: i18n.T(ctx, "app.nav.data")},
			{Href: "/api/v1/docs", Text: i18n.T(ctx, "app.nav.api")}, {Href: "/accesibilidad", Text: i18n.T(ctx, "app.nav.accessibility")},
		},
		Feeds: []ui.Link{{Href: "/actos.atom", Text: i18n.T(ctx, "app.feed")}},
	}
	if p.Feed != "" {
		f.Feeds = append(f.Feeds, ui.Link{Href: p.Feed, Text: i18n.T(ctx, "app.feed.ideas")})
	}
	if ch, err := a.charters.Current(ctx); err == nil {
		f.Place = ch.City.Name.In(i18n.Of(ctx))
	}
	if size, at, err := a.record.Head(ctx); err == nil {
		f.Record = &ui.RecordMark{Size: size, At: at, Halt: a.record.Sequencer().Trouble() != nil}
	}
	f.User = a.userMenu(r, p.Section)
	f.Demo = a.demoBar(r)
	if p.Flash != "" {
		f.Flash = &ui.Notice{Tone: ui.Good, Text: i18n.T(ctx, p.Flash)}
	}
	return framed{f, p.Body}
}

// framed is a body inside its frame.
type framed struct {
	frame ui.Frame
	body  templ.Component
}

// Render draws the whole document.
func (f framed) Render(ctx context.Context, w io.Writer) error {
	return f.frame.Render(templ.WithChildren(ctx, f.body), w)
}

// results are the sections that show what becomes of what was adopted.
var results = []string{"panorama", "schedule", "budget", "indicators"}

// nav is the main navigation; the desk comes first for whoever has one.
func (a *App) nav(r *http.Request, section string) []ui.NavItem {
	ctx := r.Context()
	items := []ui.NavItem{
		{Href: "/", Text: i18n.T(ctx, "app.nav.home"), Current: section == "home"},
		{Href: "/iniciativas", Text: i18n.T(ctx, "app.nav.initiatives"), Current: section == "initiatives"},
		{Href: "/desafios", Text: i18n.T(ctx, "app.nav.ideas"), Current: section == "ideas"},
		{Href: "/reuniones", Text: i18n.T(ctx, "app.nav.meetings"), Current: section == "meetings"},
		{Href: "/panorama", Text: i18n.T(ctx, "app.nav.results"), Current: slices.Contains(results, section)},
		{Href: "/registro", Text: i18n.T(ctx, "app.nav.record"), Current: section == "record"},
	}
	if people.Me(ctx).Administrator() {
		items = append(items, ui.NavItem{Href: "/administracion", Text: i18n.T(ctx, "app.nav.admin"), Current: section == "admin"})
	}
	return items
}

func (a *App) userMenu(r *http.Request, section string) *ui.UserMenu {
	me := people.Me(r.Context())
	if !me.SignedIn() {
		return nil
	}
	u := &ui.UserMenu{Name: me.Name, Account: "/mi-cuenta", SignOut: "/salir", AtDesk: section == "desk", Desk: "/mi-escritorio"}
	if me.Official() {
		u.Role = a.bodyName(r.Context(), me.Posts[0].Body)
	}
	return u
}

// problem is the page of a fault. What a visitor may not do is for those who sign
// in, as far as anybody knows. A sentence with more to say has a second one under
// its key with ".do".
func (a *App) problem(r *http.Request, f *fault.Error, requestID string) web.Page {
	ctx := r.Context()
	if f.Key == "fault.forbidden" && !people.Me(ctx).SignedIn() {
		f = fault.New(fault.Forbidden, "fault.sign_in")
	}
	p := ui.Problem{Kind: f.Kind, Text: i18n.T(ctx, f.Key, f.Args...)}
	if do := f.Key + ".do"; a.site.Catalogue.Has(i18n.Of(ctx), do) {
		p.Do = i18n.T(ctx, do)
	}
	if f.Kind == fault.Internal {
		p.ID = requestID
	}
	if f.Key == "fault.sign_in" {
		p.Action = ui.Link{Href: signInHref(r), Text: i18n.T(ctx, "app.sign_in")}
	}
	return web.Page{Title: i18n.T(ctx, "fault."+string(f.Kind)), Body: p, Private: true}
}
