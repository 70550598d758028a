package invitations

import (
	"context"
	"net/http"
	"strings"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const comingShown = 10

// Routes registers the pages and the calendars.
func (m *Module) Routes(x *web.Mux) {
	x.Get("/mi-calendario", m.mine)
	x.Post("/mi-calendario/secreto", m.renew)
	x.Get("/calendario/{file}", m.feed)
	x.Get("/invitaciones", m.openPage)
	x.Post("/invitaciones/{mail}/otra-vez", m.sendAgain)
	x.Post("/invitaciones/{mail}/llego", m.arrived)
	x.Get("/invitaciones/correo/{letter}", m.letter)
	x.Post("/invitaciones/correo/{letter}/descartar", m.discard)
	m.mount(x)
}

// mount registers the calendars of calendar programs at every address where
// such programs begin.
func (m *Module) mount(x *web.Mux) {
	server := m.server()
	x.Handle(Prefix, http.HandlerFunc(m.caldav))
	x.Handle("/.well-known/caldav", http.HandlerFunc(server.WellKnown))
	x.Handle("PROPFIND /{$}", http.HandlerFunc(server.WellKnown))
}

// minePage is a person's calendar and how to have it elsewhere.
type minePage struct {
	Heading ui.Heading
	Coming  ui.Table
	Empty   ui.Empty
	Feed    string // address of the file
	Webcal  string // the same, for programs that open it by themselves
	Server  string // of CalDAV
	User    string
	Secret  string
	Renew   ui.Form
}

func (m *Module) mine(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	me := people.Me(ctx)
	if !me.SignedIn() {
		return fault.New(fault.Forbidden, "fault.sign_in")
	}
	secret, err := m.Secret(ctx, me.Person)
	if err != nil {
		return err
	}
	account, _, err := m.Accounts(ctx, me.Person)
	if err != nil {
		return err
	}
	list, err := m.coming(ctx, me.Person, web.Zone(ctx), comingShown)
	if err != nil {
		return err
	}
	feed := m.Origin + "/calendario/" + secret + ".ics"
	v := minePage{Heading: ui.Heading{Title: t(ctx, "mine"), Lead: t(ctx, "mine.lead")}, Coming: m.comingTable(ctx, list),
		Empty: ui.Empty{Title: t(ctx, "mine.none"), Text: t(ctx, "mine.none.text"), Action: ui.Link{Href: "/reuniones", Text: t(ctx, "mine.none.do")}},
		Feed:  feed, Webcal: "webcal://" + feed[strings.Index(feed, "://")+3:], Server: m.Origin + Prefix, User: account.Mail, Secret: secret,
		Renew: ui.Form{ID: "renew", Action: "/mi-calendario/secreto"}}
	return web.Render(w, r, web.Page{Title: t(ctx, "mine"), Section: "meetings", Private: true, Body: mineBody(v)})
}

func (m *Module) comingTable(ctx context.Context, list []upcoming) ui.Table {
	out := ui.Table{Caption: t(ctx, "mine.coming"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "mine.what")}, {Text: t(ctx, "mine.when")}, {Text: t(ctx, "mine.where")}, {Text: t(ctx, "mine.answer")}}}
	for _, u := range list {
		out.Rows = append(out.Rows, ui.Row{{Text: u.title, Href: strings.TrimPrefix(u.href, m.Origin)}, {Text: i18n.DateTime(ctx, u.at.In(web.Zone(ctx)))}, {Text: u.where}, {Text: answerText(ctx, u.reply)}})
	}
	return out
}

func answerText(ctx context.Context, a meetings.Answer) string {
	if a == "" {
		return t(ctx, "reply.none")
	}
	return t(ctx, "reply."+string(a))
}

func (m *Module) renew(w http.ResponseWriter, r *http.Request) error {
	me := people.Me(r.Context())
	if !me.SignedIn() {
		return fault.New(fault.Forbidden, "fault.sign_in")
	}
	if err := m.Renew(r.Context(), me.Person); err != nil {
		return err
	}
	return web.Redirect(w, r, "/mi-calendario", "meetings.invitations.flash.renewed")
}

// t is a text of this package.
func t(ctx context.Context, key string, args ...any) string {
	return i18n.T(ctx, "meetings.invitations."+key, args...)
}
