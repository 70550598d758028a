package invitations_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/city/meetings/invitations"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/jobs"
	"ronda/platform/mail"
	"ronda/platform/mail/inbound"
	"ronda/platform/mail/mailtest"
	"ronda/platform/search"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Posts of Buenos Aires that tests act in; each is held by somebody whose mail
// address is the post's code at ronda.test.
const (
	coordinator = "coordinador-mesa"
	team        = "equipo-mesa"
	director    = "director-planeamiento-educativo"
	minister    = "ministro-educacion"
	planner     = "director-planificacion"
	replyTo     = "respuestas@ciudad.test"
)

// start is a Tuesday, 10:40 in Buenos Aires.
var start = time.Date(2026, 3, 24, 13, 40, 0, 0, time.UTC)

// world is the meetings of Buenos Aires with their invitations, a mail server to
// send to and a box for answers.
type world struct {
	*invitations.Module
	t        testing.TB
	ch       *charter.Charter
	charters *charter.Store
	db       *db.DB
	people   *people.Module
	meetings *meetings.Module
	queue    *jobs.Queue
	box      *inbound.Box
	sink     *mailtest.Sink
	words    *i18n.Catalogue
	now      time.Time
	persons  map[string]string // post -> person
	mails    map[string]string // person -> address
	handler  http.Handler
}

func run(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, newWorld(t, dbtest.SQLite(t, tables(db.SQLite)...))) })
	t.Run("postgres", func(t *testing.T) { fn(t, newWorld(t, dbtest.Postgres(t, tables(db.Postgres)...))) })
}

func tables(e db.Engine) []db.Migrations {
	return []db.Migrations{event.Migrations, web.Migrations, charter.Migrations, people.Migrations, search.Migrations(e), roundtable.Migrations, meetings.Migrations,
		jobs.Migrations, inbound.Migrations, invitations.Migrations}
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{t: t, db: d, now: start, queue: jobs.New(d), sink: mailtest.Start(t), persons: map[string]string{}, mails: map[string]string{}}
	w.found(d)
	mailer, err := mail.New(mail.Config{URL: w.sink.URL()}, w.queue)
	w.must(err)
	w.words, err = i18n.New(ui.Messages, charter.Messages, people.Messages, meetings.Messages, invitations.Messages, mail.Messages)
	w.must(err)
	w.Module = invitations.New(invitations.Deps{DB: d, Charters: w.charters, People: w.people, Meetings: w.meetings, Accounts: w.account, Mailer: mailer, Queue: w.queue,
		Words: w.words, Origin: "http://ronda.test", ReplyTo: replyTo})
	w.meetings.InviteBy(w.Notify)
	w.box = inbound.New(d, w.queue, mailer.From().Address, w.Read)
	w.ReadFrom(w.box)
	w.serve()
	return w
}

// found makes the city with somebody in each post that tests need.
func (w *world) found(d *db.DB) {
	w.t.Helper()
	log, store := event.New(d), charter.NewStore(d)
	files, err := cities.Open("buenosaires")
	w.must(err)
	w.ch, err = store.Install(w.t.Context(), files, "", "test")
	w.must(err)
	w.charters, w.people = store, people.New(d, log, store.Current)
	w.must(w.people.Sync(w.t.Context(), w.ch))
	w.meetings = meetings.New(meetings.Deps{DB: d, Log: log, Charters: store, People: w.people, Steps: roundtable.New(d, log, store, w.people), PersonOf: w.personOf})
	admin := people.With(clock.At(w.t.Context(), w.now), people.Standing{Person: "an administrator", Roles: []string{people.RoleAdministrator}})
	for _, post := range []string{coordinator, team, director, minister, planner} {
		id, err := w.people.CreateCitizen(admin, "Persona de "+post)
		w.must(err)
		_, _, err = w.people.Appoint(admin, people.Appointment{Post: post, Person: id, From: "2026-01-01"})
		w.must(err)
		w.persons[post], w.mails[id] = id, post+"@ronda.test"
	}
}

func (w *world) account(_ context.Context, person string) (invitations.Account, bool, error) {
	address, ok := w.mails[person]
	return invitations.Account{Mail: address, Lang: i18n.Spanish}, ok, nil
}

func (w *world) personOf(_ context.Context, address string) (string, bool, error) {
	for person, a := range w.mails {
		if a == address {
			return person, true, nil
		}
	}
	return "", false, nil
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// as is a context in which the holder of a post acts; "" is a visitor.
func (w *world) as(post string) context.Context {
	w.t.Helper()
	ctx := i18n.With(clock.With(w.t.Context(), func() time.Time { return w.now }), w.words, i18n.Spanish)
	if post == "" {
		return ctx
	}
	s, err := w.people.Standing(ctx, w.persons[post])
	w.must(err)
	return people.With(ctx, s)
}

// drain lets everything that is due happen.
func (w *world) drain() {
	w.t.Helper()
	w.must(w.queue.Drain(w.as("")))
}

// received are the mails that arrived since the last call, as "METHOD address".
func (w *world) received(seen *int) []string {
	var out []string
	for _, m := range w.sink.Mails()[*seen:] {
		_, method, _ := strings.Cut(m.CalendarType, "method=")
		method, _, _ = strings.Cut(method, ";")
		out = append(out, method+" "+m.To)
		*seen++
	}
	slices.Sort(out)
	return out
}

// monthly is the monthly meeting: twelve times, on the second Thursday at ten.
func (w *world) monthly() meetings.Series {
	w.t.Helper()
	first, err := w.meetings.When(w.as(""), "2026-04-09", "10:00")
	w.must(err)
	s, err := w.meetings.CreateSeries(w.as(team), meetings.Series{Kind: meetings.Weekly, Title: "Reunión — mensual", Place: "Uspallata 3160", Chair: coordinator, Secretaries: meetings.Codes{team},
		First: first, Clock: "10:00", Length: 90, Rule: meetings.Rule{Every: 1, Unit: meetings.EveryMonth, Weekday: time.Thursday, Nth: 2, Count: 12},
		Guests: []meetings.Guest{{Post: director}, {Post: minister, Role: meetings.RoleOptional}, {Name: "Sra. Invitada", Address: "guest@afuera.test"}}})
	w.must(err)
	return s
}

// single is a meeting of tomorrow, called.
func (w *world) single(guests ...meetings.Guest) meetings.Meeting {
	w.t.Helper()
	x, err := w.meetings.CreateMeeting(w.as(team), meetings.Meeting{Kind: meetings.Free, Title: "Huertas; y veredas", Place: "Sala 2", Starts: w.now.Add(24 * time.Hour), Length: 60, Chair: coordinator,
		Secretaries: meetings.Codes{team}}, guests)
	w.must(err)
	w.must(w.meetings.CallMeeting(w.as(team), x.Number))
	return w.meeting(x.Number)
}

func (w *world) meeting(number string) meetings.Meeting {
	w.t.Helper()
	v, err := w.meetings.Meeting(w.as(coordinator), number)
	w.must(err)
	return v.Meeting
}

// serve puts the pages behind the middleware that every page has. The header
// X-Post says who asks.
func (w *world) serve() {
	w.t.Helper()
	site := &web.Site{Catalogue: w.words, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Zone: w.ch.City.Zone, Origin: "http://ronda.test", Frame: frame, Problem: problem}
	m := site.Mux()
	w.Routes(m)
	m.Handle("GET "+ui.AssetsPath, ui.Assets())
	known := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			ctx := clock.With(r.Context(), func() time.Time { return w.now })
			if post := r.Header.Get("X-Post"); post != "" {
				s, err := w.people.Standing(ctx, w.persons[post])
				if err != nil {
					w.t.Error(err)
				}
				ctx = people.With(ctx, s)
			}
			next.ServeHTTP(rw, r.WithContext(ctx))
		})
	}
	var err error
	w.handler, err = site.Handler(known)
	w.must(err)
}

func frame(r *http.Request, p web.Page) templ.Component {
	f := ui.Frame{Title: p.Title, Path: r.URL.RequestURI(), Wrong: p.Wrong, Private: p.Private, Narrow: p.Narrow}
	return templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		return f.Render(templ.WithChildren(ctx, p.Body), out)
	})
}

func problem(r *http.Request, f *fault.Error, id string) web.Page {
	return web.Page{Title: string(f.Kind), Body: ui.Problem{Kind: f.Kind, Text: i18n.T(r.Context(), f.Key, f.Args...), ID: id}}
}

// ask requests an address; head are names and values.
func (w *world) ask(method, path string, head ...string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Accept-Language", "es")
	for i := 0; i+1 < len(head); i += 2 {
		r.Header.Set(head[i], head[i+1])
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec
}
