// Package roundtest is a roundtable to test the faces of: Buenos Aires with
// anybody in any post, and pages served as the program serves them.
package roundtest

import (
	"context"
	"io"
	"io/fs"
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

// Posts of Buenos Aires that tests act in, and the body of the first.
const (
	Proposer    = "director-planeamiento-educativo"
	ProposerOf  = "dg-planeamiento-educativo"
	Coordinator = "coordinador-mesa"
	Citizen     = "citizen" // somebody with an account and no post
)

// World is a roundtable on an empty database.
type World struct {
	*testing.T
	DB         *db.DB
	City       *charter.Charter
	Charters   *charter.Store
	People     *people.Module
	Roundtable *roundtable.Module
	Now        time.Time

	words   *i18n.Catalogue
	handler http.Handler
}

// Run tests in a world. What pages and the API ask is asked on both databases where
// it is answered, in city/roundtable.
func Run(t *testing.T, fn func(w *World)) {
	t.Helper()
	fn(newWorld(t, dbtest.SQLite(t, tables(db.SQLite)...)))
}

// Both tests in a world on each database, with the tables of further modules.
func Both(t *testing.T, fn func(w *World), more ...db.Migrations) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(newWorld(t, dbtest.SQLite(t, append(tables(db.SQLite), more...)...))) })
	t.Run("postgres", func(t *testing.T) { fn(newWorld(t, dbtest.Postgres(t, append(tables(db.Postgres), more...)...))) })
}

func tables(e db.Engine) []db.Migrations {
	return []db.Migrations{event.Migrations, web.Migrations, charter.Migrations, people.Migrations, search.Migrations(e), roundtable.Migrations}
}

func newWorld(t *testing.T, d *db.DB) *World {
	t.Helper()
	w := &World{T: t, DB: d, Charters: charter.NewStore(d), Now: time.Date(2026, 3, 24, 13, 40, 0, 0, time.UTC)}
	log := event.New(d)
	files, err := cities.Open("buenosaires")
	w.Must(err)
	w.City, err = w.Charters.Install(w.As(), files, "", "test")
	w.Must(err)
	w.People = people.New(d, log, w.Charters.Current)
	w.Roundtable = roundtable.New(d, log, w.Charters, w.People)
	w.Speak()
	return w
}

// Speak adds the words of further modules to those that every page has.
func (w *World) Speak(more ...fs.FS) {
	w.Helper()
	var err error
	w.words, err = i18n.New(append([]fs.FS{ui.Messages, charter.Messages, people.Messages, roundtable.Messages, table.Messages}, more...)...)
	w.Must(err)
}

// Must ends the test on an error.
func (w *World) Must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// As is a context in which the holder of a post acts; without a post a visitor.
func (w *World) As(posts ...string) context.Context {
	ctx := clock.At(context.Background(), w.Now)
	if len(posts) == 0 || posts[0] == "" {
		return ctx
	}
	return people.With(ctx, w.standing(posts[0]))
}

func (w *World) standing(post string) people.Standing {
	s := people.Standing{Person: "person of " + post}
	p, ok := w.City.Posts.Get(post)
	if !ok {
		return s
	}
	h := people.Holding{Post: post, Body: p.Body, Rank: string(p.Rank), Signs: p.Signs}
	for _, b := range w.City.Path(p.Body) {
		if b.Code == p.Body {
			h.BodyKind = string(b.Kind)
		}
		if h.Direction == "" && b.Kind == charter.KindGeneralDirection {
			h.Direction = b.Code
		}
		h.Path = append(h.Path, b.Code)
	}
	if m, ok := w.City.Ministry(p.Body); ok {
		h.Ministry = m.Code
	}
	s.Posts = []people.Holding{h}
	return s
}

// Draft is an initiative in preparation; change may be nil.
func (w *World) Draft(title string, change func(*roundtable.Dossier)) string {
	w.Helper()
	i, err := w.Roundtable.Propose(w.As(Proposer), roundtable.Thought{Title: title, Line: "Cada escuela arma un proyecto.", Sponsor: ProposerOf, WhyNew: "Es otra cosa, distinta."})
	w.Must(err)
	d := roundtable.Dossier{Title: title, Line: "Cada escuela arma un proyecto.", Change: "180.000 chicos arman un proyecto propio.",
		Problem: "La escuela enseña poco a emprender.", Type: "programa-escolar", Axis: "educacion-siglo-xxi", SDG: "4.4", Goals: []string{"motor-economico"},
		Territories: []string{"ciudad"}, Planned: []roundtable.Planned{{Group: "estudiantes", Territory: "ciudad", People: 180000}}, Version: 1}
	if change != nil {
		change(&d)
	}
	w.Must(w.Roundtable.Edit(w.As(Proposer), i.Number, d))
	return i.Number
}

// Filed is an initiative in the round, which everybody sees.
func (w *World) Filed(title string, change func(*roundtable.Dossier)) string {
	w.Helper()
	number := w.Draft(title, change)
	w.Must(w.Roundtable.File(w.As(Proposer), number))
	return number
}

// Adopted is an initiative that the Chief of Cabinet adopted with its steps open.
func (w *World) Adopted(title string) string {
	w.Helper()
	number := w.Filed(title, nil)
	w.Must(w.Roundtable.Overrule(w.As("jefe-de-gabinete"), number, "Empieza antes de fin de año."))
	return number
}

// Serve puts routes behind the middleware that every page has.
func (w *World) Serve(routes func(m *web.Mux)) {
	w.Helper()
	site := &web.Site{Catalogue: w.words, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Zone: w.City.City.Zone, Frame: frame, Problem: problem}
	routes(site.Mux())
	signedIn := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			ctx := clock.With(r.Context(), func() time.Time { return w.Now })
			if post := r.Header.Get("X-Post"); post != "" {
				ctx = people.With(ctx, w.standing(post))
			}
			next.ServeHTTP(rw, r.WithContext(ctx))
		})
	}
	h, err := site.Handler(signedIn)
	w.Must(err)
	w.handler = h
}

// Get asks for a page as the holder of a post, as a visitor without one.
func (w *World) Get(post, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Language", "es")
	r.Header.Set("X-Post", post)
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec
}

// Post sends a form as the holder of a post.
func (w *World) Post(post, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", "es")
	r.Header.Set("X-Post", post)
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return rec
}

// frame is no more than the body of a page.
func frame(_ *http.Request, p web.Page) templ.Component { return p.Body }

func problem(r *http.Request, f *fault.Error, id string) web.Page {
	return web.Page{Title: string(f.Kind), Body: ui.Problem{Kind: f.Kind, Text: i18n.T(r.Context(), f.Key, f.Args...), ID: id}}
}
