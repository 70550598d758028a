package pages

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Deps is what the pages work with.
type Deps struct {
	Meetings   *meetings.Module
	Roundtable *roundtable.Module
	Log        *event.Log
	Charters   *charter.Store
	People     *people.Module
}

// Slots are what other modules put on these pages; the composition fills them.
// Each may be nil.
type Slots struct {
	Follow func(ctx context.Context, s event.Subject) templ.Component // the button that follows and leaves
	Proof  func(ctx context.Context, eventID string) string           // address of an act's proof, empty while it has none
	SignIn func(back string) string                                   // address of the sign-in page that comes back
	// About names what an item is about and leads there; false for what this person
	// may not know of.
	About func(ctx context.Context, s event.Subject) (ui.Link, bool)
	// Room is where a meeting is led and followed, e.g. "/reuniones/REU-2026-0042/sala";
	// nil: nowhere yet.
	Room func(number string) string
	// Calendar is the person's own calendar, e.g. "/mi-calendario"; empty: none yet.
	Calendar string
	// Invitations is where the Coordination settles invitations that did not arrive
	// and answers that were not understood; empty: nowhere.
	Invitations string
}

// Pages are the pages of the meetings before and after they are held.
type Pages struct {
	meetings   *meetings.Module
	roundtable *roundtable.Module
	log        *event.Log
	charters   *charter.Store
	people     *people.Module
	slots      Slots
}

// New makes the pages over the meetings and their neighbours.
func New(d Deps, slots Slots) *Pages {
	return &Pages{meetings: d.Meetings, roundtable: d.Roundtable, log: d.Log, charters: d.Charters, people: d.People, slots: slots}
}

// Routes registers the pages. Where a form is posted to, its page can be read.
func (p *Pages) Routes(m *web.Mux) {
	m.Get(style().Path, style().Serve)
	both := func(pattern string, page, act web.Handler) {
		m.Get(pattern, p.known(page))
		m.Post(pattern, p.known(act))
	}
	m.Get("/reuniones", p.list)
	m.Get("/reuniones/calendario", p.calendar)
	m.Get("/reuniones/tiempo", p.timeGiven)
	both("/reuniones/nueva", p.newMeeting, p.createMeeting)
	m.Get("/reuniones/{number}", p.meeting)
	both("/reuniones/{number}/editar", p.editMeetingPage, p.editMeeting)
	both("/reuniones/{number}/orden", p.agenda, p.agendaAct)
	both("/reuniones/{number}/orden/{item}", p.itemPage, p.editItem)
	both("/reuniones/{number}/invitados", p.invited, p.invite)
	both("/reuniones/{number}/fechas", p.poll, p.pollAct)
	both("/reuniones/{number}/grupos", p.groupsPage, p.split)
	both("/reuniones/{number}/interesados", p.wishes, p.wishAct)
	m.Get("/reuniones/{number}/minuta", p.minutes)
	m.Get("/series", p.allSeries)
	both("/series/nueva", p.newSeries, p.createSeries)
	m.Get("/series/{number}", p.series)
	both("/series/{number}/editar", p.editSeriesPage, p.editSeries)
	both("/series/{number}/seguir", p.restPage, p.moveRest)
	both("/series/{number}/proponer", p.proposePage, p.propose)
	m.Get("/series/{number}/minutas", p.compiled)
	m.Get("/decisiones", p.decisions)
	m.Get("/decisiones/{number}", p.decision)
	m.Get("/compromisos", p.commitments)
	m.Get("/compromisos/{number}", p.commitment)
	m.Get("/iniciativas/{number}/presentacion", p.presentation)
	m.Get("/iniciativas/{number}/agenda-comun", p.agreed)
	for _, a := range p.acts() {
		both(a.pattern, p.ask(a), p.do(a))
	}
}

// known lets those through who are signed in and leads others to sign in and back.
func (p *Pages) known(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if people.Me(r.Context()).SignedIn() {
			return h(w, r)
		}
		back := r.URL.RequestURI()
		if r.Method == http.MethodPost {
			back = r.URL.Path
		}
		return web.Redirect(w, r, p.signInTo(back), "meetings.pages.flash.sign_in")
	}
}

func (p *Pages) signInTo(back string) string {
	if p.slots.SignIn != nil {
		return p.slots.SignIn(back)
	}
	return "/ingresar?" + url.Values{"volver": {back}}.Encode()
}

// pageOf fills what all pages of this package have in common.
func pageOf(title, about string, body templ.Component) web.Page {
	return web.Page{Title: title, Description: about, Section: "meetings", Body: body}
}

// working is a page that only those who do the work see.
func working(title string, body templ.Component) web.Page {
	p := pageOf(title, "", body)
	p.Private = true
	return p
}

// unknown says of an address with a filter or a place in a list that nobody was
// ever given what is said of every address that is none: NotFound.
func unknown(err error) error {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return fault.New(fault.NotFound, f.Fields[0].Key)
	}
	return err
}

// named gives the faults of fields their names in a form, by pairs of the name
// in the use case and the name in the form.
func named(err error, pairs ...string) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	for i := range f.Fields {
		for at := 0; at+1 < len(pairs); at += 2 {
			if f.Fields[i].Name == pairs[at] {
				f.Fields[i].Name = pairs[at+1]
			}
		}
	}
	return err
}

// later is the address of the next page of a list, empty at its end.
func later(r *http.Request, next string) string {
	if next == "" {
		return ""
	}
	q := r.URL.Query()
	q.Set("desde", next)
	return r.URL.Path + "?" + q.Encode()
}

// with is the address of the request's page with one parameter changed (without
// it when value is empty) and back at the beginning of the list.
func with(r *http.Request, name, value string) string {
	q := r.URL.Query()
	q.Del("desde")
	q.Del("formato")
	q.Del("lang")
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return r.URL.Path
	}
	return r.URL.Path + "?" + q.Encode()
}
