package desk_test

import (
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/city/ideas/desk"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/search"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// world is Buenos Aires on a day, with people in some posts and the pages of
// this package before them.
type world struct {
	t       testing.TB
	db      *db.DB
	log     *event.Log
	ideas   *ideas.Module
	desk    *desk.Desk
	people  *people.Module
	ch      *charter.Charter
	words   *i18n.Catalogue
	handler http.Handler
	now     time.Time
	persons map[string]string // person by post, or by the name of a citizen
}

const (
	head    = "director-reciclado" // signs for the body that asks
	team    = "director-empleo"    // of another body
	mod     = "coordinador-mesa"   // moderates
	author  = "author"
	citizen = "citizen"
)

// migrations are the tables of everything a world is made of.
var migrations = []db.Migrations{event.Migrations, web.Migrations, charter.Migrations, people.Migrations, roundtable.Migrations, ideas.Migrations, desk.Migrations}

func newWorld(t testing.TB) *world { return worldOn(t, dbtest.SQLite(t, migrations...)) }

// worldOn is a world on an engine.
func worldOn(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{t: t, db: d, now: time.Date(2026, 3, 24, 13, 40, 0, 0, time.UTC), persons: map[string]string{}}
	var err error
	w.words, err = i18n.New(ui.Messages, charter.Messages, people.Messages, roundtable.Messages, ideas.Messages, desk.Messages)
	w.must(err)
	ctx := w.ctx("")
	w.must(w.db.Migrate(ctx, search.Migrations(w.db.Engine())))
	charters := charter.NewStore(w.db)
	w.log = event.New(w.db)
	files, err := cities.Open("buenosaires")
	w.must(err)
	w.ch, err = charters.Install(ctx, files, "", "test")
	w.must(err)
	w.people = people.New(w.db, w.log, charters.Current)
	w.must(w.people.Sync(ctx, w.ch))
	w.ideas = ideas.New(ideas.Deps{DB: w.db, Log: w.log, Charters: charters, People: w.people, Roundtable: roundtable.New(w.db, w.log, charters, w.people),
		Follow: func(context.Context, string, event.Subject) error { return nil }, Pepper: []byte("a pepper long enough for the tests")})
	w.desk = desk.New(desk.Deps{DB: w.db, Ideas: w.ideas, Charters: charters, People: w.people,
		PersonOf: func(_ context.Context, email string) (string, bool, error) {
			return w.persons[citizen], email == "vecina@example.org", nil
		}})
	w.populate()
	w.serve()
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// populate puts somebody in each post, by an administrator's hand.
func (w *world) populate() {
	w.t.Helper()
	admin := people.With(w.ctx(""), people.Standing{Person: "an administrator", Roles: []string{people.RoleAdministrator}})
	for _, name := range []string{head, team, mod, author, citizen} {
		id, err := w.people.CreateCitizen(admin, "Persona de "+name)
		w.must(err)
		w.persons[name] = id
		if _, post := w.ch.Posts.Get(name); post {
			_, _, err = w.people.Appoint(admin, people.Appointment{Post: name, Person: id, From: "2026-01-01"})
			w.must(err)
		}
	}
}

// ctx is a context in which the holder of a post acts, nobody when it is empty.
func (w *world) ctx(post string) context.Context {
	w.t.Helper()
	ctx := i18n.With(clock.With(context.Background(), func() time.Time { return w.now }), w.words, i18n.Spanish)
	if post == "" {
		return ctx
	}
	s, err := w.people.Standing(ctx, w.persons[post])
	w.must(err)
	return people.With(ctx, s)
}

type personKey struct{}

// serve puts the pages behind the middleware that every page has.
func (w *world) serve() {
	w.t.Helper()
	site := &web.Site{Catalogue: w.words, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Zone: w.ch.City.Zone, Frame: frame, Problem: problem}
	w.desk.Routes(site.Mux())
	signedIn := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			ctx := clock.With(r.Context(), func() time.Time { return w.now })
			next.ServeHTTP(rw, r.WithContext(context.WithValue(ctx, personKey{}, w.persons[r.Header.Get("X-Post")])))
		})
	}
	person := func(ctx context.Context) string { id, _ := ctx.Value(personKey{}).(string); return id }
	h, err := site.Handler(signedIn, w.people.Middleware(person))
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

// answer is what a request got.
type answer struct {
	status int
	to     string // where a redirect leads
	flash  string // key of the message shown there
	body   string // with entities decoded, so that tests read as pages do
	raw    string
}

func (w *world) do(post string, r *http.Request) answer {
	w.t.Helper()
	r.Header.Set("X-Post", post)
	if r.Header.Get("Accept-Language") == "" {
		r.Header.Set("Accept-Language", "es")
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	a := answer{status: rec.Code, to: rec.Header().Get("Location"), raw: rec.Body.String(), body: html.UnescapeString(rec.Body.String())}
	for _, c := range rec.Result().Cookies() {
		if c.Name == "flash" {
			a.flash = c.Value
		}
	}
	return a
}

func (w *world) get(post, path string) answer {
	w.t.Helper()
	return w.do(post, httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form; pairs are names and values.
func (w *world) post(post, path string, pairs ...string) answer {
	w.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return w.do(post, r)
}

// wants checks the status and what the page must and must not contain; a text
// beginning with "!" must not be there.
func (a answer) wants(t testing.TB, what string, status int, texts ...string) {
	t.Helper()
	if a.status != status {
		t.Fatalf("%s: status %d, want %d\n%s", what, a.status, status, a.told())
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

// told is the text of the page without its markup, to say what was got instead.
func (a answer) told() string {
	_, main, _ := strings.Cut(a.body, "<main")
	var b strings.Builder
	inside := true
	for _, r := range main {
		switch {
		case r == '<':
			inside = true
		case r == '>':
			inside = false
		case !inside:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// sent checks that a form was taken: a redirect to there with the flash.
func (a answer) sent(t testing.TB, what, to, flash string) {
	t.Helper()
	if a.status != http.StatusSeeOther || a.to != to || a.flash != "ideas.desk.flash."+flash {
		t.Fatalf("%s: status %d to %q with flash %q\n%s", what, a.status, a.to, a.flash, a.told())
	}
}

// rules are what a form of a challenge says.
func rules(pairs ...string) []string {
	out := []string{"title", "Plazas con sombra", "question", "¿Cómo damos sombra a las plazas?", "terms", "Cualquiera puede proponer.", "body", "dg-reciclado",
		"opens", "2026-03-25T09:00", "closes", "2026-04-25T18:00", "answer_days", "20", "hold_hours", "24", "moderation", "after", "method", "none",
		"criterion-0", "Impacto", "weight-0", "60", "words-0", "nada, poco, algo, bastante, mucho", "criterion-1", "Costo", "weight-1", "40", "words-1", "nada, poco, algo, bastante, mucho"}
	for i := 0; i+1 < len(pairs); i += 2 {
		for k := 0; k < len(out); k += 2 {
			if out[k] == pairs[i] {
				out[k+1] = pairs[i+1]
			}
		}
		out = append(out, pairs[i], pairs[i+1])
	}
	return out
}

// idea is an idea of somebody at the standing door, published or held.
func (w *world) idea(by, title string, signature string) ideas.Idea {
	w.t.Helper()
	d, err := w.ideas.SaveDraft(w.ctx(by), ideas.Draft{Title: title, Text: "Plantar árboles nativos donde hoy hay cemento. Y regarlos.", Signature: signature})
	w.must(err)
	i, err := w.ideas.Send(w.ctx(by), d.ID)
	w.must(err)
	return i
}

// published is an idea that the head's body owes an answer.
func (w *world) published(by, title, signature string) ideas.Idea {
	w.t.Helper()
	i := w.idea(by, title, signature)
	if i.State == ideas.Held {
		w.must(w.ideas.Approve(w.ctx(mod), i.Number))
	}
	w.must(w.ideas.Assign(w.ctx(mod), i.Number, "dg-reciclado"))
	return i
}
