package pages_test

import (
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/city/meetings/pages"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/search"
	"ronda/platform/table"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Posts of Buenos Aires that tests act in.
const (
	coordinator = "coordinador-mesa"
	team        = "equipo-mesa"
	director    = "director-planeamiento-educativo"
	directorOf  = "dg-planeamiento-educativo"
	cabinet     = "jefe-de-gabinete"
	minister    = "ministro-educacion"
	culture     = "ministro-cultura"
	planner     = "director-planificacion"
	citizen     = "citizen"
)

// world is the meetings of Buenos Aires on a Tuesday and their pages.
type world struct {
	*meetings.Module
	t       testing.TB
	ch      *charter.Charter
	round   *roundtable.Module
	pages   *pages.Pages
	words   *i18n.Catalogue
	now     time.Time
	citizen string // id of the person
	handler http.Handler
}

// run tests in a world. What pages ask is asked on both databases where it is
// answered, in city/meetings.
func run(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	fn(t, newWorld(t, dbtest.SQLite(t, tables(db.SQLite)...)))
}

func tables(e db.Engine) []db.Migrations {
	return []db.Migrations{event.Migrations, web.Migrations, charter.Migrations, people.Migrations, search.Migrations(e), roundtable.Migrations, meetings.Migrations}
}

func newWorld(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 3, 24, 13, 40, 0, 0, time.UTC)}
	log, store := event.New(d), charter.NewStore(d)
	files, err := cities.Open("buenosaires")
	w.must(err)
	w.ch, err = store.Install(t.Context(), files, "", "test")
	w.must(err)
	p := people.New(d, log, store.Current)
	w.must(p.Sync(t.Context(), w.ch))
	w.citizen, err = p.CreateCitizen(t.Context(), "Ana Vecina")
	w.must(err)
	w.round = roundtable.New(d, log, store, p)
	w.Module = meetings.New(meetings.Deps{DB: d, Log: log, Charters: store, People: p, Steps: w.round, Contributors: []meetings.Contributor{w.budget}})
	w.words, err = i18n.New(ui.Messages, charter.Messages, people.Messages, roundtable.Messages, meetings.Messages, pages.Messages, table.Messages)
	w.must(err)
	w.pages = pages.New(pages.Deps{Meetings: w.Module, Roundtable: w.round, Log: log, Charters: store, People: p}, pages.Slots{Invitations: "/invitaciones",
		Room: func(number string) string { return "/reuniones/" + number + "/sala" }, Calendar: "/mi-calendario",
		Proof: func(_ context.Context, id string) string { return "/registro/acto/" + id }, About: w.about})
	w.serve()
	return w
}

// budget brings a line to the section of Education.
func (w *world) budget(_ context.Context, ministry string, _ meetings.Meeting) ([]meetings.Line, error) {
	if ministry != "min-educacion" {
		return nil, nil
	}
	return []meetings.Line{{Section: ministry, Title: "Robótica: 12 % ejecutado", Detail: "Se esperaba 40 %", Due: "2026-03-20", Href: "/iniciativas"}}, nil
}

func (w *world) about(ctx context.Context, s event.Subject) (ui.Link, bool) {
	i, err := w.round.ByID(ctx, s.ID)
	return ui.Link{Href: "/iniciativas/" + i.Number, Text: i.Title}, err == nil
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// standing is the holder of a post, somebody with an account and no post, or a visitor.
func (w *world) standing(post string) people.Standing {
	if post == "" {
		return people.Standing{}
	}
	s := people.Standing{Person: "person-" + post, Name: "Persona"}
	p, ok := w.ch.Posts.Get(post)
	if !ok {
		s.Person = w.citizen
		return s
	}
	h := people.Holding{Post: p.Code, Body: p.Body, Rank: string(p.Rank), Signs: p.Signs}
	for _, b := range w.ch.Path(p.Body) {
		if b.Code == p.Body {
			h.BodyKind = string(b.Kind)
		}
		h.Path = append(h.Path, b.Code)
		if b.Kind == charter.KindGeneralDirection {
			h.Direction = b.Code
		}
	}
	if b, ok := w.ch.Ministry(p.Body); ok {
		h.Ministry = b.Code
	}
	s.Posts = append(s.Posts, h)
	return s
}

func (w *world) as(post string) context.Context {
	ctx := i18n.With(clock.With(w.t.Context(), func() time.Time { return w.now }), w.words, i18n.Spanish)
	return people.With(ctx, w.standing(post))
}

// serve puts the pages behind the middleware that every page has. The header
// X-Post says who asks.
func (w *world) serve() {
	w.t.Helper()
	site := &web.Site{Catalogue: w.words, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Zone: w.ch.City.Zone, Origin: "http://ronda.test", Frame: frame, Problem: problem}
	m := site.Mux()
	m.Handle("GET "+ui.AssetsPath, ui.Assets())
	w.pages.Routes(m)
	known := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			ctx := clock.With(r.Context(), func() time.Time { return w.now })
			post := r.Header.Get("X-Post")
			if c, err := r.Cookie("post"); err == nil {
				post = c.Value
			}
			next.ServeHTTP(rw, r.WithContext(people.With(ctx, w.standing(post))))
		})
	}
	var err error
	w.handler, err = site.Handler(known)
	w.must(err)
}

// frame is a page around the body, as plain as can be.
func frame(r *http.Request, p web.Page) templ.Component {
	f := ui.Frame{Title: p.Title, Description: p.Description, Path: r.URL.RequestURI(), Wrong: p.Wrong, Private: p.Private, Narrow: p.Narrow, Bleed: p.Wide}
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
	to     string
	flash  string // key of the message shown there, without what all have
	body   string // with entities decoded, so that tests read as pages do
	header http.Header
}

func (w *world) do(post string, r *http.Request) answer {
	w.t.Helper()
	r.Header.Set("X-Post", post)
	if r.Header.Get("Accept-Language") == "" {
		r.Header.Set("Accept-Language", "es")
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	a := answer{status: rec.Code, to: rec.Header().Get("Location"), header: rec.Header(), body: html.UnescapeString(rec.Body.String())}
	for _, c := range rec.Result().Cookies() {
		if c.Name == "flash" {
			a.flash = strings.TrimPrefix(c.Value, "meetings.pages.flash.")
		}
	}
	return a
}

func (w *world) get(post, path string) answer {
	w.t.Helper()
	return w.do(post, httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form; pairs are names and values.
func (w *world) post(who, path string, pairs ...string) answer {
	w.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return w.do(who, r)
}

var markup = regexp.MustCompile(`<[^>]*>|\s+`)

// told is the text of the page.
func (a answer) told() string { return markup.ReplaceAllString(a.body, " ") }

// wants checks the status and what the page says; a text that begins with "!"
// must not be there.
func (a answer) wants(t *testing.T, what string, status int, texts ...string) {
	t.Helper()
	if a.status != status {
		t.Errorf("%s: status %d, want %d (to %q)\n%.1500s", what, a.status, status, a.to, a.told())
		return
	}
	for _, text := range texts {
		not, without := strings.CutPrefix(text, "!")
		if strings.Contains(a.body, not) == without {
			t.Errorf("%s: page has %q = %v", what, not, without)
		}
	}
}

// leads checks where a redirect leads and what is said there.
func (a answer) leads(t *testing.T, what, to, flash string) {
	t.Helper()
	if a.status != http.StatusSeeOther || !strings.HasPrefix(a.to, to) || a.flash != flash {
		t.Errorf("%s: %d to %q saying %q, want to %q saying %q\n%.1500s", what, a.status, a.to, a.flash, to, flash, a.told())
	}
}

// at is an instant on the wall of the city.
func (w *world) at(day, clock string) time.Time {
	w.t.Helper()
	at, err := w.When(w.as(""), day, clock)
	w.must(err)
	return at
}

// weekly is a series of twelve Thursdays, called.
func (w *world) weekly() meetings.Series {
	w.t.Helper()
	s, err := w.CreateSeries(w.as(team), meetings.Series{Kind: meetings.Weekly, Title: "Reunión semanal de la Mesa", Purpose: "Ver qué avanza y discutir lo nuevo antes de que siga.",
		Place: "Sala de la Mesa, Bolívar 1", Chair: coordinator, Secretaries: meetings.Codes{team}, First: w.at("2026-03-26", "10:00"), Clock: "10:00", Length: 60,
		Rule:   meetings.Rule{Every: 1, Unit: meetings.EveryWeek, Weekday: time.Thursday, Count: 12},
		Guests: []meetings.Guest{{Post: director, Role: meetings.RoleRequired}, {Post: planner, Role: meetings.RoleRequired}, {Post: "delegado-educacion", Role: meetings.RoleOptional}}})
	w.must(err)
	w.must(w.CallSeries(w.as(team), s.Number))
	return s
}

// occurrence is the n-th coming meeting of a series, from 0.
func (w *world) occurrence(series string, n int) meetings.Meeting {
	w.t.Helper()
	v, err := w.Series(w.as(coordinator), series)
	w.must(err)
	if n >= len(v.Coming) {
		w.t.Fatalf("%s has %d coming meetings", series, len(v.Coming))
	}
	return v.Coming[n]
}

// item puts a point on an agenda.
func (w *world) item(number, title string, wanted meetings.Wanted, minutes int) meetings.Item {
	w.t.Helper()
	i, err := w.AddItem(w.as(team), number, meetings.Item{Title: title, Wanted: wanted, Minutes: minutes})
	w.must(err)
	return i
}

// talk is a private meeting of the cycle.
func (w *world) talk() meetings.Meeting {
	w.t.Helper()
	m, err := w.CreateMeeting(w.as(team), meetings.Meeting{Kind: meetings.Talk, Title: "Ciudades que aprenden", Purpose: "Conocer cómo otra ciudad mide lo que cambia.", Private: true,
		Starts: w.at("2026-04-08", "18:00"), Length: 90, Chair: coordinator, Guest: "Una investigadora de Rosario", Host: "Usina del Arte", Place: "Caffarena 1",
		Logistics: "Sonido y traslado desde Bolívar 1"}, []meetings.Guest{{Post: minister, Role: meetings.RoleRequired}})
	w.must(err)
	return m
}

// filed is an initiative in the round.
func (w *world) filed(title string) roundtable.Initiative {
	w.t.Helper()
	i, err := w.round.Propose(w.as(director), roundtable.Thought{Title: title, Line: "Cada escuela arma un proyecto.", Sponsor: directorOf, WhyNew: "Es otra cosa, distinta."})
	w.must(err)
	d := roundtable.Dossier{Title: title, Line: "Cada escuela arma un proyecto.", Change: "180.000 chicos arman un proyecto propio.",
		Problem: "La escuela enseña poco a emprender.", Type: "programa-escolar", Axis: "educacion-siglo-xxi", SDG: "4.4", Goals: []string{"motor-economico"},
		Territories: []string{"ciudad"}, Planned: []roundtable.Planned{{Group: "estudiantes", Territory: "ciudad", People: 180000}}, Version: 1}
	w.must(w.round.Edit(w.as(director), i.Number, d))
	w.must(w.round.File(w.as(director), i.Number))
	return i
}

// held is a weekly meeting that was held: one point decided, one put off, and a
// commitment made. It gives the meeting and the numbers of what came of it.
func (w *world) held(s meetings.Series) (m meetings.Meeting, decision, commitment string) {
	w.t.Helper()
	m = w.occurrence(s.Number, 0)
	first := w.item(m.Number, "Fecha de la reunión colaborativa", meetings.Decide, 20)
	second := w.item(m.Number, "Presupuesto de Robótica", meetings.Discuss, 20)
	w.now = m.Starts
	w.must(w.Begin(w.as(coordinator), m.Number))
	w.must(w.CheckIn(w.as(team), m.Number, meetings.Arrival{Key: "post:" + director}))
	w.must(w.OpenItem(w.as(coordinator), m.Number, first.ID))
	_, err := w.Note(w.as(team), m.Number, first.ID, 0, "Se vieron dos fechas.\nEl martes puede todo el mundo.")
	w.must(err)
	w.now = w.now.Add(15 * time.Minute)
	w.must(w.CloseItem(w.as(coordinator), m.Number, first.ID, meetings.Closing{Outcome: meetings.Decided,
		Decisions:   []meetings.Decision{{Text: "La colaborativa es el martes 14", Owner: directorOf, Due: "2026-04-01"}},
		Commitments: []meetings.Commitment{{What: "Mandar las invitaciones", Who: director, WhoKind: meetings.WhoPost, Due: "2026-03-30"}}}))
	w.must(w.OpenItem(w.as(coordinator), m.Number, second.ID))
	w.now = w.now.Add(10 * time.Minute)
	w.must(w.CloseItem(w.as(coordinator), m.Number, second.ID, meetings.Closing{Outcome: meetings.Deferred, Text: "Faltan los números de marzo"}))
	w.must(w.End(w.as(coordinator), m.Number))
	v, err := w.Meeting(w.as(coordinator), m.Number)
	w.must(err)
	return v.Meeting, v.Decisions[0].Number, v.Commitments[0].Number
}
