package room

import (
	"cmp"
	"context"
	_ "embed"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/i18n"
	"ronda/platform/live"
	"ronda/platform/ui"
	"ronda/platform/web"
)

//go:embed assets/room.css
var stylesheet []byte

//go:embed assets/room.js
var script []byte

// Deps is what the rooms work with.
type Deps struct {
	Meetings *meetings.Module
	People   *people.Module
	Words    *i18n.Catalogue // what is sent to followers is rendered outside of any request
	SignIn   func(back string) string
	Live     live.Options
}

// Rooms are the rooms of all meetings.
type Rooms struct {
	meetings *meetings.Module
	people   *people.Module
	hub      *live.Hub
	signIn   func(back string) string
	style    web.Asset
	script   web.Asset
}

// asked is how long somebody follows at most without being asked again whether
// they may: an account or a post may end in between.
const asked = 10 * time.Minute

// New makes the rooms. Close ends their streams.
func New(d Deps) *Rooms {
	r := &Rooms{meetings: d.Meetings, people: d.People, signIn: d.SignIn,
		style: web.NewAsset("room.css", stylesheet), script: web.NewAsset("room.js", script)}
	d.Live.Life = cmp.Or(d.Live.Life, asked)
	r.hub = live.New(&source{rooms: r, words: d.Words}, d.Live)
	return r
}

// Close ends every stream. A server calls it before it waits for its requests.
func (r *Rooms) Close() { r.hub.Close() }

// Href is where the meeting of a number is followed.
func Href(number string) string { return "/reuniones/" + number + "/sala" }

// Routes registers the pages. Where a form is posted to, its page can be read.
func (r *Rooms) Routes(m *web.Mux) {
	m.Get(r.style.Path, r.style.Serve)
	m.Get(r.script.Path, r.script.Serve)
	both := func(path string, page, act web.Handler) {
		m.Get(Href("{number}")+path, r.known(page))
		m.Post(Href("{number}")+path, r.known(act))
	}
	both("", r.follow, r.followAct)
	both("/conducir", r.lead, r.leadAct)
	both("/notas", r.notes, r.notesAct)
	m.Get(Href("{number}")+"/pantalla", r.known(r.wall))
	m.Get(Href("{number}")+"/vivo", r.stream)
}

// known lets those through who are signed in and leads others to sign in and back.
func (r *Rooms) known(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, q *http.Request) error {
		if people.Me(q.Context()).SignedIn() {
			return h(w, q)
		}
		if r.signIn != nil {
			return web.Redirect(w, q, r.signIn(q.URL.Path), "")
		}
		return web.Redirect(w, q, "/ingresar?"+url.Values{"volver": {q.URL.Path}}.Encode(), "")
	}
}

// t is a sentence of this package in the language of ctx.
func t(ctx context.Context, key string, args ...any) string {
	return i18n.T(ctx, "meetings.room."+key, args...)
}

// woken has the followers of a meeting hear at once of what was done here.
func (r *Rooms) woken(number string) {
	r.hub.Wake(func(topic string) bool { return strings.HasPrefix(topic, number+"/") })
}

// page is the frame of all pages of a room.
func (r *Rooms) page(ctx context.Context, h hall, view, title string, body templ.Component) web.Page {
	s := shell{Hall: h, View: view, Style: r.style.Path, Script: r.script.Path, Tabs: h.tabs(ctx, view), Heading: h.heading(ctx, title)}
	return web.Page{Title: title + " · " + h.Meeting.Title, Section: "meetings", Private: true, Body: inShell(s, body)}
}

// The pages of a room.
const (
	viewFollow = ""
	viewLead   = "/conducir"
	viewNotes  = "/notas"
	viewWall   = "/pantalla"
)

// tabs lead between the pages of a room that the person may open.
func (h hall) tabs(ctx context.Context, view string) ui.Tabs {
	tabs := ui.Tabs{Label: t(ctx, "tabs")}
	add := func(to, text string) {
		tabs.Items = append(tabs.Items, ui.NavItem{Text: text, Href: Href(h.Meeting.Number) + to, Current: view == to})
	}
	add(viewFollow, t(ctx, "tab.follow"))
	if h.Room.May[meetings.Chair] {
		add(viewLead, t(ctx, "tab.lead"))
	}
	if h.Room.May[meetings.TakeNotes] {
		add(viewNotes, t(ctx, "tab.notes"))
	}
	add(viewWall, t(ctx, "tab.wall"))
	return tabs
}

func (h hall) heading(ctx context.Context, title string) ui.Heading {
	return ui.Heading{Over: title + " · " + h.Meeting.Number, Title: h.Meeting.Title,
		Crumbs: []ui.Link{{Href: "/reuniones", Text: t(ctx, "crumb.meetings")}, {Href: "/reuniones/" + h.Meeting.Number, Text: h.Meeting.Number}}}
}
