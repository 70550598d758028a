package ballot_test

import (
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/a-h/templ"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/ideas/ballot"
	"ronda/city/people"
	"ronda/method/choice"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/table"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// owner is the body that asks in the tests; head signs for it.
const (
	owner        = "dg-planificacion"
	head         = "director-planificacion"
	member       = "analista-planificacion" // of the same body, does not sign
	coordination = "coordinador-mesa"
	elsewhere    = "director-empleo"
	number       = "DES-2026-0003"
)

// town is a source of contests that a test can change: a challenge of its own,
// with its clock, and the outcome it was given.
type town struct {
	mu      sync.Mutex
	contest ballot.Contest
	options []ballot.Option
	chosen  []string // nil until concluded
	how     ballot.Conclusion
}

func (s *town) Contest(ctx context.Context, n string) (ballot.Contest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.contest
	if n != c.Number {
		return c, fault.New(fault.NotFound, "fault.notfound")
	}
	switch now := clock.Now(ctx); {
	case c.Stage == ballot.Void:
	case now.Before(c.Opens):
		c.Stage = ballot.Waiting
	case now.Before(c.Closes):
		c.Stage = ballot.Voting
	default:
		c.Stage = ballot.Over
	}
	return c, nil
}

func (s *town) Ended(ctx context.Context) ([]ballot.Contest, error) {
	c, err := s.Contest(ctx, s.contest.Number)
	if s.chosen != nil || c.Stage != ballot.Over {
		return nil, err
	}
	return []ballot.Contest{c}, err
}

func (s *town) Options(context.Context, ballot.Contest) ([]ballot.Option, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]ballot.Option(nil), s.options...), nil
}

func (s *town) Conclude(_ context.Context, _ string, chosen []string, how ballot.Conclusion) error {
	s.chosen, s.how = chosen, how
	return nil
}

// change lets a test hide an idea, set a cost, and so on, while people vote.
func (s *town) change(fn func(options []ballot.Option)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fn(s.options)
}

// world is Buenos Aires on a day, with a vote and its pages.
type world struct {
	t       testing.TB
	db      *db.DB
	log     *event.Log
	people  *people.Module
	ballot  *ballot.Module
	town    *town
	words   *i18n.Catalogue
	ch      *charter.Charter
	handler http.Handler
	now     time.Time
	persons map[string]string // person by post, or by name for citizens
}

// migrations are the tables of a world.
var migrations = []db.Migrations{event.Migrations, web.Migrations, charter.Migrations, people.Migrations, ballot.Migrations}

// opening is when the vote opens in the tests; it lasts two weeks.
var opening = time.Date(2026, 3, 24, 13, 0, 0, 0, time.UTC)

func newWorld(t testing.TB, d *db.DB, c ballot.Contest, options ...ballot.Option) *world {
	t.Helper()
	w := &world{t: t, db: d, log: event.New(d), now: opening.Add(time.Hour), persons: map[string]string{}}
	var err error
	w.words, err = i18n.New(ui.Messages, table.Messages, charter.Messages, people.Messages, choice.Messages, ballot.Messages)
	w.must(err)
	files, err := cities.Open("buenosaires")
	w.must(err)
	charters := charter.NewStore(d)
	w.ch, err = charters.Install(w.ctx(""), files, "", "test")
	w.must(err)
	w.people = people.New(d, w.log, charters.Current)
	w.must(w.people.Sync(w.ctx(""), w.ch))
	c.ID, c.Number, c.Body, c.Currency, c.RulesHash = "challenge-1", number, owner, "ARS", "5eed"
	c.Title, c.Question = "Plazas vivas", "¿Qué le falta a tu plaza?"
	c.Opens, c.Closes = opening, opening.AddDate(0, 0, 14)
	w.town = &town{contest: c, options: options}
	w.ballot = ballot.New(ballot.Deps{DB: d, Log: w.log, Charters: charters, People: w.people, Source: w.town, Conclude: w.town.Conclude,
		SignIn: func(back string) string { return "/ingresar?a=" + url.QueryEscape(back) }})
	w.populate(head, member, coordination, elsewhere)
	w.serve()
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) admin() context.Context {
	return people.With(w.ctx(""), people.Standing{Person: "an administrator", Roles: []string{people.RoleAdministrator}})
}

// populate puts somebody in each post that the city has.
func (w *world) populate(posts ...string) {
	w.t.Helper()
	for _, post := range posts {
		if _, err := w.people.Post(w.ctx(""), post); fault.Is(err, fault.NotFound) {
			continue
		}
		id, err := w.people.CreateCitizen(w.admin(), "Persona de "+post)
		w.must(err)
		w.persons[post] = id
		_, _, err = w.people.Appoint(w.admin(), people.Appointment{Post: post, Person: id, From: "2026-01-01"})
		w.must(err)
	}
}

// ctx is a context in which somebody acts: the holder of a post, or a citizen of
// that name, who is made on the spot; nobody when it is empty.
func (w *world) ctx(who string) context.Context {
	w.t.Helper()
	ctx := i18n.With(clock.With(context.Background(), func() time.Time { return w.now }), w.words, i18n.Spanish)
	if who == "" {
		return ctx
	}
	if w.persons[who] == "" {
		w.persons[who] = "person-" + who
	}
	if strings.HasPrefix(w.persons[who], "person-") {
		return people.With(ctx, people.Standing{Person: w.persons[who]})
	}
	s, err := w.people.Standing(ctx, w.persons[who])
	w.must(err)
	return people.With(ctx, s)
}

// over ends the vote and counts it.
func (w *world) over() {
	w.t.Helper()
	w.now = w.town.contest.Closes.Add(time.Minute)
	w.must(w.ballot.Tick(w.ctx("")))
}

// vote casts an approval, or whatever value says, for several ideas.
func (w *world) vote(who string, value int, ideas ...string) {
	w.t.Helper()
	for _, i := range ideas {
		w.must(w.ballot.Cast(w.ctx(who), number, ballot.Tap{Key: ballot.Key{Idea: i}, Value: value}))
	}
}

// serve puts the pages behind the middleware that every page has.
func (w *world) serve() {
	w.t.Helper()
	site := &web.Site{Catalogue: w.words, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Zone: w.ch.City.Zone, Frame: frame, Problem: problem}
	w.ballot.Routes(site.Mux())
	site.Mux().Handle("GET "+ui.AssetsPath, ui.Assets())
	signedIn := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			ctx := clock.With(r.Context(), func() time.Time { return w.now })
			next.ServeHTTP(rw, r.WithContext(people.With(ctx, people.Me(w.ctx(r.Header.Get("X-Who"))))))
		})
	}
	h, err := site.Handler(signedIn)
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

// answer is what a request got, with entities decoded and plain spaces.
type answer struct {
	status int
	to     string
	body   string
}

func (w *world) do(who string, r *http.Request) answer {
	w.t.Helper()
	r.Header.Set("X-Who", who)
	if r.Header.Get("Accept-Language") == "" {
		r.Header.Set("Accept-Language", "es")
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return answer{rec.Code, rec.Header().Get("Location"), strings.ReplaceAll(html.UnescapeString(rec.Body.String()), "\u00a0", " ")}
}

func (w *world) get(who, path string) answer {
	w.t.Helper()
	return w.do(who, httptest.NewRequest(http.MethodGet, "/desafios/"+number+path, nil))
}

func form(path string, pairs ...string) *http.Request {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, "/desafios/"+number+path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// post sends a form; pairs are names and values.
func (w *world) post(who, path string, pairs ...string) answer {
	w.t.Helper()
	return w.do(who, form(path, pairs...))
}

// wants checks the status and what the page must and must not contain; a text
// beginning with "!" must not be there.
func (a answer) wants(t testing.TB, what string, status int, texts ...string) {
	t.Helper()
	if a.status != status {
		t.Fatalf("%s: status %d, want %d\n%.600s", what, a.status, status, a.told())
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

// told is the text of the page without its markup.
func (a answer) told() string {
	_, main, found := strings.Cut(a.body, "<main")
	if !found {
		main = a.body
	}
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

// plazas are five ideas with costs, in centavos, for a budget of 100 pesos.
func plazas() []ballot.Option {
	const peso = 100
	return []ballot.Option{
		{Number: "IDEA-2026-00001", Title: "Cancha techada", Text: "Para los días de lluvia.", Place: "comuna-5", Cost: 60 * peso},
		{Number: "IDEA-2026-00002", Title: "Huerta; con \"compost\"", Text: "Un cantero para la escuela.", Place: "comuna-5", Cost: 30 * peso},
		{Number: "IDEA-2026-00003", Title: "Luces", Text: "Bajas, cálidas.", Place: "comuna-1", Cost: 40*peso + 50},
		{Number: "IDEA-2026-00004", Title: "Sin costo todavía", Text: "Nadie hizo la cuenta."},
		{Number: "IDEA-2026-00005", Title: "Un estadio", Text: "Grande.", Cost: 500 * peso},
	}
}

// money is a contest with a budget of 100 pesos.
func money(m ballot.Method, kind ballot.Kind, limit int) ballot.Contest {
	const hundredPesos = 10_000
	return ballot.Contest{Method: m, Ballot: kind, MaxChoices: limit, Budget: hundredPesos}
}
