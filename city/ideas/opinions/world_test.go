package opinions

import (
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/method/opinion"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/table"
	"ronda/platform/ui"
	"ronda/platform/web"
)

var _ Challenges = (*ideas.Module)(nil)

// challenges are the challenges of a test.
type challenges map[string]ideas.Challenge

func (c challenges) Challenge(_ context.Context, number string) (ideas.Challenge, error) {
	found, ok := c[number]
	if !ok {
		return found, fault.New(fault.NotFound, "fault.notfound")
	}
	return found, nil
}

// The people of the world.
const (
	nobody      = ""
	citizen     = "citizen"
	neighbour   = "neighbour"
	owner       = "director-reciclado" // in the body that asks
	moderator   = "coordinador-mesa"
	facilitator = "facilitator"
	stranger    = "director-empleo" // an official of another body
	asked       = "DES-2026-0001"   // moderates after
	careful     = "DES-2026-0002"   // moderates before
	over        = "DES-2026-0003"
	plain       = "DES-2026-0004" // without statements
)

// world is a city with a few challenges, and the pages of this package.
type world struct {
	t       testing.TB
	db      *db.DB
	m       *Module
	people  *people.Module
	ch      *charter.Charter
	words   *i18n.Catalogue
	handler http.Handler
	now     time.Time
	asked   challenges
	persons map[string]string
	roles   map[string][]string
	cookie  string
}

var tables = []db.Migrations{event.Migrations, web.Migrations, charter.Migrations, people.Migrations, Migrations}

func newWorld(t testing.TB) *world { return worldOn(t, dbtest.SQLite(t, tables...)) }

func worldOn(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{t: t, db: d, now: time.Date(2026, 3, 24, 13, 40, 0, 0, time.UTC), persons: map[string]string{}, roles: map[string][]string{facilitator: {people.RoleFacilitator}}}
	var err error
	w.words, err = i18n.New(ui.Messages, charter.Messages, people.Messages, table.Messages, Messages)
	w.must(err)
	ctx := w.ctx(nobody)
	charters, log := charter.NewStore(d), event.New(d)
	files, err := cities.Open("buenosaires")
	w.must(err)
	w.ch, err = charters.Install(ctx, files, "", "test")
	w.must(err)
	w.people = people.New(d, log, charters.Current)
	w.must(w.people.Sync(ctx, w.ch))
	w.populate()
	w.asked = challenges{asked: challenge("1", asked), careful: challenge("2", careful), over: challenge("3", over), plain: challenge("4", plain)}
	w.edit(careful, func(c *ideas.Challenge) { c.Moderation = ideas.ModerateBefore })
	w.edit(over, func(c *ideas.Challenge) { c.Phase = ideas.PhaseChosen })
	w.edit(plain, func(c *ideas.Challenge) { c.Statements = false })
	sessions := web.NewSessions(d, false)
	w.m, err = New(Deps{DB: d, Log: log, Charters: charters, People: w.people, Sessions: sessions, Challenges: w.asked, Pepper: []byte("sixteen or more bytes"),
		SignIn: func(back string) string { return "/ingresar?" + url.Values{"volver": {back}}.Encode() }})
	w.must(err)
	w.serve(sessions)
	return w
}

func challenge(id, number string) ideas.Challenge {
	return ideas.Challenge{ID: id, Number: number, Phase: ideas.PhaseOpen, Rules: ideas.Rules{Title: "Plazas para todas las edades", Question: "¿Cómo queremos que sean las plazas?",
		Body: "dg-reciclado", Moderation: ideas.ModerateAfter, HoldHours: 48, Statements: true}}
}

func (w *world) edit(number string, change func(*ideas.Challenge)) {
	c := w.asked[number]
	change(&c)
	w.asked[number] = c
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) populate() {
	w.t.Helper()
	admin := people.With(w.ctx(nobody), people.Standing{Person: "an administrator", Roles: []string{people.RoleAdministrator}})
	for _, who := range []string{citizen, neighbour, facilitator, owner, moderator, stranger} {
		id, err := w.people.CreateCitizen(admin, "Persona de "+who)
		w.must(err)
		w.persons[who] = id
		if slices.Contains([]string{owner, moderator, stranger}, who) {
			_, _, err = w.people.Appoint(admin, people.Appointment{Post: who, Person: id, From: "2026-01-01"})
			w.must(err)
		}
	}
}

// standing is who somebody is; a name that the world does not know is a person
// of that id without any post.
func (w *world) standing(who string) people.Standing {
	w.t.Helper()
	id, known := w.persons[who]
	if !known || who == nobody {
		return people.Standing{Person: who}
	}
	s, err := w.people.Standing(w.ctx(nobody), id)
	w.must(err)
	s.Roles = append(s.Roles, w.roles[who]...)
	return s
}

func (w *world) ctx(who string) context.Context {
	w.t.Helper()
	ctx := i18n.With(clock.With(context.Background(), func() time.Time { return w.now }), w.words, i18n.Spanish)
	if who == nobody {
		return ctx
	}
	return people.With(ctx, w.standing(who))
}

// sow puts n statements into a challenge.
func (w *world) sow(number string, n int) {
	w.t.Helper()
	var lines strings.Builder
	for i := range n {
		fmt.Fprintf(&lines, "- La plaza tendría que tener la mejora %d\n", i+1)
	}
	sown, _, err := w.m.Seed(w.ctx(owner), number, lines.String())
	w.must(err)
	if sown != n {
		w.t.Fatalf("%d sown, want %d", sown, n)
	}
}

// say casts an answer to the first version of a statement.
func (w *world) say(who, number string, no int, answer opinion.Vote) {
	w.t.Helper()
	w.must(w.m.Vote(w.ctx(who), number, Ballot{No: no, Version: 1, Answer: answer}))
}

// camps lets two camps of people answer: one agrees with the first half of the
// statements and the other with the second; all agree with the last.
func (w *world) camps(number string, each, statements int) {
	w.t.Helper()
	for p := range 2 * each {
		for no := 1; no <= statements; no++ {
			answer := opinion.Disagree
			if no == statements || (no*2 <= statements) == (p < each) {
				answer = opinion.Agree
			}
			if (p*7+no*3)%11 == 0 {
				answer = opinion.Pass
			}
			w.say(fmt.Sprintf("person %03d", p), number, no, answer)
		}
	}
}

// later lets time pass, so that the map is drawn anew.
func (w *world) later(d time.Duration) { w.now = w.now.Add(d) }

func (w *world) room(number string) *room {
	w.t.Helper()
	r, err := w.m.room(w.ctx(nobody), w.asked[number].ID)
	w.must(err)
	return r
}

// serve puts the pages behind the middleware that every page has.
func (w *world) serve(sessions *web.Sessions) {
	w.t.Helper()
	site := &web.Site{Catalogue: w.words, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Zone: w.ch.City.Zone, Origin: "https://ronda.example", Frame: frame, Problem: problem}
	w.m.Routes(site.Mux())
	signedIn := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			ctx := clock.With(r.Context(), func() time.Time { return w.now })
			if who := r.Header.Get("X-Who"); who != nobody {
				ctx = people.With(ctx, w.standing(who))
			}
			next.ServeHTTP(rw, r.WithContext(ctx))
		})
	}
	h, err := site.Handler(sessions.LoadAndSave, signedIn)
	w.must(err)
	w.handler = h
}

// frame is a page around the body, as plain as can be.
func frame(r *http.Request, p web.Page) templ.Component {
	f := ui.Frame{Title: p.Title, Path: r.URL.RequestURI(), Wrong: p.Wrong, Private: p.Private, Narrow: p.Narrow, Bleed: p.Wide}
	if p.Flash != "" {
		f.Flash = &ui.Notice{Tone: ui.Good, Text: i18n.T(r.Context(), p.Flash)}
	}
	return templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		return f.Render(templ.WithChildren(ctx, p.Body), out)
	})
}

func problem(r *http.Request, f *fault.Error, id string) web.Page {
	return web.Page{Title: string(f.Kind), Body: ui.Problem{Kind: f.Kind, Text: i18n.T(r.Context(), f.Key, f.Args...), ID: id}}
}

// reply is what a request got.
type reply struct {
	status int
	to     string // where a redirect leads
	flash  string // key of the message shown there
	body   string // with entities decoded, so that tests read as pages do
}

func (w *world) do(who string, r *http.Request) reply {
	w.t.Helper()
	r.Header.Set("X-Who", who)
	r.Header.Set("Accept-Language", "es")
	if w.cookie != "" {
		r.Header.Set("Cookie", w.cookie)
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	a := reply{status: rec.Code, to: rec.Header().Get("Location"), body: html.UnescapeString(rec.Body.String())}
	for _, c := range rec.Result().Cookies() {
		switch c.Name {
		case "flash":
			a.flash = c.Value
		case "ronda":
			w.cookie = c.Name + "=" + c.Value
		}
	}
	return a
}

func (w *world) get(who, path string) reply {
	w.t.Helper()
	return w.do(who, httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form; pairs are names and values.
func (w *world) post(who, path string, pairs ...string) reply {
	w.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return w.do(who, r)
}

// wants checks the status and what the page must and must not contain; a text
// beginning with "!" must not be there.
func (a reply) wants(t testing.TB, what string, status int, texts ...string) {
	t.Helper()
	if a.status != status {
		t.Fatalf("%s: status %d to %q, want %d", what, a.status, a.to, status)
	}
	for _, text := range texts {
		not, unwanted := strings.CutPrefix(text, "!")
		if unwanted && strings.Contains(a.body, not) {
			t.Errorf("%s: the page contains %q", what, not)
		}
		if !unwanted && !strings.Contains(a.body, text) {
			t.Errorf("%s: the page does not contain %q", what, text)
		}
	}
}

// sent checks that a form was taken: a redirect to there with the flash.
func (a reply) sent(t testing.TB, what, to, flash string) {
	t.Helper()
	if flash != "" {
		flash = "ideas.opinions.flash." + flash
	}
	if a.status != http.StatusSeeOther || a.to != to || a.flash != flash {
		t.Fatalf("%s: status %d to %q with flash %q", what, a.status, a.to, a.flash)
	}
}
