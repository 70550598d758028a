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
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/andybalholm/cascadia"
	nethtml "golang.org/x/net/html"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/delivery/pages"
	"ronda/city/delivery/workplan"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/method/plan"
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
	director   = "director-planeamiento-educativo"
	directorOf = "dg-planeamiento-educativo"
	minister   = "ministro-educacion"
	culture    = "ministro-cultura"
	planner    = "director-planificacion"
	cabinet    = "jefe-de-gabinete"
	citizen    = "citizen"
)

const (
	ok       = http.StatusOK
	missing  = http.StatusNotFound
	refused  = http.StatusForbidden
	wrong    = http.StatusUnprocessableEntity
	conflict = http.StatusConflict
)

// world is the execution of Buenos Aires on a Tuesday, and its pages.
type world struct {
	*workplan.Module
	t       testing.TB
	ch      *charter.Charter
	people  *people.Module
	round   *roundtable.Module
	exec    *delivery.Module
	log     *event.Log
	pages   *pages.Pages
	words   *i18n.Catalogue
	now     time.Time
	handler http.Handler
}

// newWorld is an empty city. What pages ask is asked on both databases where it is
// answered, in city/delivery.
func newWorld(t testing.TB) *world {
	t.Helper()
	d := dbtest.SQLite(t, event.Migrations, web.Migrations, charter.Migrations, people.Migrations, search.Migrations(db.SQLite), roundtable.Migrations, delivery.Migrations, workplan.Migrations)
	w := &world{t: t, now: time.Date(2026, 3, 24, 13, 40, 0, 0, time.UTC)}
	log, store := event.New(d), charter.NewStore(d)
	files, err := cities.Open("buenosaires")
	w.must(err)
	w.ch, err = store.Install(t.Context(), files, "", "test")
	w.must(err)
	w.people = people.New(d, log, store.Current)
	w.must(w.people.Sync(t.Context(), w.ch))
	w.round = roundtable.New(d, log, store, w.people)
	w.exec = delivery.New(delivery.Deps{DB: d, Log: log, Charters: store, People: w.people, Roundtable: w.round, Money: w.spent, Physical: w.done, Advance: w.advance})
	w.Module = workplan.New(workplan.Deps{DB: d, Log: log, Charters: store, People: w.people, Roundtable: w.round, Delivery: w.exec})
	w.Listen(log)
	w.round.GuardSignature(w.Guard)
	w.log = log
	w.words, err = i18n.New(ui.Messages, charter.Messages, people.Messages, roundtable.Messages, delivery.Messages, workplan.Messages, budget.Messages, pages.Messages, table.Messages)
	w.must(err)
	w.pages = pages.New(pages.Deps{Delivery: w.exec, Plans: w.Module, Roundtable: w.round, Charters: store, People: w.people}, pages.Slots{})
	w.serve()
	return w
}

// done and advance are what the composition hands over between the modules.
func (w *world) done(ctx context.Context, ids ...string) (map[string]delivery.Physical, error) {
	return w.Physical(ctx, ids...)
}

func (w *world) advance(ctx context.Context, number string, tasks []delivery.Advance) error {
	var done []workplan.Done
	for _, x := range tasks {
		done = append(done, workplan.Done{Task: x.Task, Percent: x.Percent, Version: x.Version})
	}
	return w.Progress(ctx, number, done...)
}

// spent says of every initiative that 38 % of 412 millions was spent.
func (w *world) spent(_ context.Context, ids ...string) (map[string]delivery.Money, error) {
	out := map[string]delivery.Money{}
	for _, id := range ids {
		out[id] = delivery.Money{Currency: "ARS", Planned: 41_200_000_000, Committed: 25_000_000_000, Accrued: 15_656_000_000, Paid: 12_000_000_000}
	}
	return out, nil
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
// X-Post, or a cookie, says who asks.
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
	raw    string
	header http.Header
}

func (w *world) do(post string, r *http.Request) answer {
	w.t.Helper()
	r.Header.Set("X-Post", post)
	r.Header.Set("Accept-Language", "es")
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	a := answer{status: rec.Code, to: rec.Header().Get("Location"), header: rec.Header(), raw: rec.Body.String(), body: html.UnescapeString(rec.Body.String())}
	for _, c := range rec.Result().Cookies() {
		if c.Name == "flash" {
			a.flash = strings.TrimPrefix(c.Value, "delivery.pages.flash.")
		}
	}
	return a
}

func (w *world) get(post, path string) answer {
	w.t.Helper()
	return w.do(post, httptest.NewRequest(http.MethodGet, path, nil))
}

func request(path string, pairs ...string) *http.Request {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// post sends a form; pairs are names and values.
func (w *world) post(who, path string, pairs ...string) answer {
	w.t.Helper()
	return w.do(who, request(path, pairs...))
}

// drag sends what the script of the chart sends.
func (w *world) drag(who, path string, pairs ...string) answer {
	w.t.Helper()
	r := request(path, pairs...)
	r.Header.Set("HX-Request", "true")
	r.Header.Set("HX-Target", "tablero")
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

// all are the elements of a selector, as maps of their attributes.
func (a answer) all(t *testing.T, selector string) []map[string]string {
	t.Helper()
	root, err := nethtml.Parse(strings.NewReader(a.raw))
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, n := range cascadia.QueryAll(root, cascadia.MustCompile(selector)) {
		attrs := map[string]string{}
		for _, at := range n.Attr {
			attrs[at.Key] = at.Val
		}
		out = append(out, attrs)
	}
	return out
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

// adopted is an initiative that the Chief of Cabinet adopted with steps open.
func (w *world) adopted(title string) roundtable.Initiative {
	w.t.Helper()
	i := w.filed(title)
	w.must(w.round.Overrule(w.as(cabinet), i.Number, "Hace falta empezar con las clases y lo que falta se firma después."))
	return i
}

// planned gives an initiative a plan of seven tasks and a milestone; it gives their
// codes by name.
func (w *world) planned(number string) map[string]string {
	w.t.Helper()
	add := func(name string, duration int, parent string) workplan.Edit {
		return workplan.Edit{Op: workplan.AddTask, Parent: parent, Fields: workplan.Fields{Name: name, Duration: duration, Body: directorOf}}
	}
	version := func() int64 {
		v, err := w.Plan(w.as(director), number)
		w.must(err)
		return v.Plan.Version
	}
	codes := map[string]string{}
	made, err := w.Edit(w.as(director), number, version(), workplan.Edit{Op: workplan.SetStart, Start: plan.Date(2026, 3, 9)}, add("Preparar la compra", 0, ""), add("Obra en las escuelas", 0, ""), add("Inauguración", 0, ""))
	w.must(err)
	codes["compra"], codes["obra"], codes["fin"] = made.Tasks[0], made.Tasks[1], made.Tasks[2]
	names := []string{"Pliego y términos de referencia", "Licitación", "Adjudicación", "Aulas y talleres", "Conexión de las escuelas", "Capacitar a quienes enseñan"}
	made, err = w.Edit(w.as(director), number, version(), add(names[0], 8, codes["compra"]), add(names[1], 12, codes["compra"]), add(names[2], 0, codes["compra"]),
		add(names[3], 20, codes["obra"]), add(names[4], 10, codes["obra"]), add(names[5], 5, codes["obra"]))
	w.must(err)
	for i, key := range []string{"pliego", "licitacion", "adjudicacion", "aulas", "conexion", "capacitar"} {
		codes[key] = made.Tasks[i]
	}
	link := func(from, to string, kind plan.Kind, lag int) workplan.Edit {
		return workplan.Edit{Op: workplan.SetLink, Link: plan.Link{From: codes[from], To: codes[to], Kind: kind, Lag: lag}}
	}
	_, err = w.Edit(w.as(director), number, version(), link("pliego", "licitacion", plan.FinishToStart, 0), link("licitacion", "adjudicacion", plan.FinishToStart, 0),
		link("adjudicacion", "conexion", plan.FinishToStart, 0), link("pliego", "aulas", plan.StartToStart, 3), link("conexion", "fin", plan.FinishToStart, 0), link("capacitar", "fin", plan.FinishToStart, 0))
	w.must(err)
	return codes
}

// version is the one of the plan that a page was drawn with.
func (w *world) version(number string) string {
	w.t.Helper()
	boards := w.get(director, "/iniciativas/"+number+"/plan").all(w.t.(*testing.T), "#tablero")
	if len(boards) != 1 {
		w.t.Fatal("no board")
	}
	return boards[0]["data-version"]
}

// row is a task as the plan has it now.
func (w *world) row(number, code string) workplan.Row {
	w.t.Helper()
	v, err := w.Plan(w.as(director), number)
	w.must(err)
	at := slices.IndexFunc(v.Rows, func(r workplan.Row) bool { return r.Code == code })
	if at < 0 {
		w.t.Fatalf("no task %s", code)
	}
	return v.Rows[at]
}

// signed gives an initiative an objective and has its first step signed, which
// freezes its plan.
func (w *world) signed(number string) {
	w.t.Helper()
	v, err := w.Plan(w.as(director), number)
	w.must(err)
	_, err = w.Edit(w.as(director), number, v.Plan.Version, workplan.Edit{Op: workplan.SaveObjective, Objective: workplan.Objective{Title: "Escuelas con proyecto", Unit: "escuelas", Target: 500_000, Due: "2026-12-31"}})
	w.must(err)
	w.must(w.log.Dispatch(w.as("")))
	s, err := w.round.StepView(w.as(director), number, "efectividad")
	w.must(err)
	for _, x := range s.Missing {
		kind := x.Item.Evidence[0]
		if kind == charter.EvidenceDocument {
			kind = x.Item.Evidence[1]
		}
		w.must(w.round.AddEvidence(w.as(director), number, roundtable.Evidence{Step: "efectividad", Item: x.Item.Code, Kind: kind, Text: "qué; quién; cuándo"}))
	}
	w.must(w.round.SignStep(w.as(planner), number, "efectividad", ""))
}
