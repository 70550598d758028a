package pages_test

import (
	"context"
	"io"
	"log/slog"
	"maps"
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
	"ronda/city/people"
	"ronda/city/people/pages"
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

const today = "2026-06-15"

// town is Buenos Aires with a few invented people, served over HTTP.
type town struct {
	t       *testing.T
	people  *people.Module
	log     *event.Log
	pages   *pages.Pages
	words   *i18n.Catalogue
	handler http.Handler
	ids     map[string]string // person by name
}

// newTown has Ana (minister of education), Leo (a general director of hers), Eva
// (official without a post), Fabi (facilitator), Uno and Dos (administrators)
// and Vecina (a citizen).
func newTown(t *testing.T) *town {
	t.Helper()
	d := dbtest.SQLite(t, event.Migrations, people.Migrations)
	c := buenosAires(t)
	words, err := i18n.New(ui.Messages, people.Messages, table.Messages)
	if err != nil {
		t.Fatal(err)
	}
	log := event.New(d)
	w := &town{t: t, log: log, words: words, ids: map[string]string{},
		people: people.New(d, log, func(context.Context) (*charter.Charter, error) { return c, nil })}
	w.must(w.people.Sync(w.ctx(), c))
	w.populate(d)
	w.pages = pages.New(w.people, func(_ context.Context, body string) templ.Component {
		if body != "min-educacion" {
			return nil
		}
		return templ.Raw("<p>SECTION</p>")
	}).WithAccounts(func(context.Context, ...string) (map[string]string, error) {
		return map[string]string{w.ids["Uno"]: "uno@ronda.test"}, nil
	})
	w.serve(words, c.City.Zone)
	return w
}

func buenosAires(t *testing.T) *charter.Charter {
	t.Helper()
	fsys, err := cities.Open("buenosaires")
	if err != nil {
		t.Fatal(err)
	}
	c, err := charter.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (w *town) populate(d *db.DB) {
	w.t.Helper()
	ctx := w.ctx()
	create := func(name string, official bool) {
		var err error
		if w.ids[name], err = w.people.CreateCitizen(ctx, name+" Prueba"); err == nil && official {
			w.ids[name], err = w.people.CreateOfficial(people.With(ctx, people.Standing{Roles: []string{people.RoleAdministrator}}), name+" Prueba")
		}
		w.must(err)
	}
	for _, name := range []string{"Uno", "Dos", "Ana", "Leo", "Eva", "Fabi"} {
		create(name, true)
	}
	create("Vecina", false)
	w.must(w.people.FirstAdministrator(ctx, w.ids["Uno"]))
	boss := w.as("Uno")
	_, err := w.people.Grant(boss, w.ids["Dos"], people.RoleAdministrator)
	w.must(err)
	_, err = w.people.Grant(boss, w.ids["Fabi"], people.RoleFacilitator)
	w.must(err)
	for name, post := range map[string]string{"Ana": "ministro-educacion", "Leo": "director-tecnologia-educativa"} {
		_, _, err := w.people.Appoint(boss, people.Appointment{Post: post, Person: w.ids[name], From: "2024-12-10", Act: "Decreto 1/2024"})
		w.must(err)
	}
}

// ctx is a context of nobody at noon of the day.
func (w *town) ctx() context.Context {
	noon := clock.Day(today).Time(time.UTC).Add(15 * time.Hour)
	return i18n.With(clock.At(context.Background(), noon), w.words, i18n.Spanish)
}

func (w *town) as(name string) context.Context {
	w.t.Helper()
	s, err := w.people.Standing(w.ctx(), w.ids[name])
	w.must(err)
	return people.With(w.ctx(), s)
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

type visitorKey struct{}

func (w *town) serve(words *i18n.Catalogue, zone *time.Location) {
	w.t.Helper()
	site := &web.Site{Catalogue: words, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Zone: zone,
		Frame: func(_ *http.Request, p web.Page) templ.Component {
			return templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
				_, _ = io.WriteString(out, "<title>"+templ.EscapeString(p.Title)+"</title>")
				return p.Body.Render(ctx, out)
			})
		},
		Problem: func(r *http.Request, f *fault.Error, _ string) web.Page {
			return web.Page{Title: i18n.T(r.Context(), f.Key, f.Args...), Body: templ.Raw("<p>PROBLEM " + string(f.Kind) + " " + f.Key + "</p>")}
		}}
	w.pages.Routes(site.Mux())
	var err error
	w.handler, err = site.Handler(w.people.Middleware(func(ctx context.Context) string { id, _ := ctx.Value(visitorKey{}).(string); return id }))
	w.must(err)
}

// ask makes a request as a person of the town, "" for a visitor; form nil is a
// GET.
func (w *town) ask(who, address string, form url.Values) *httptest.ResponseRecorder {
	w.t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	if form != nil {
		r = httptest.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	ctx := w.ctx()
	if who != "" {
		ctx = context.WithValue(ctx, visitorKey{}, w.ids[who])
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r.WithContext(ctx))
	if strings.Contains(rec.Body.String(), ">people.") || strings.Contains(rec.Body.String(), `"people.`) {
		w.t.Errorf("%s %s shows a bare message key:\n%s", who, address, bare.FindString(rec.Body.String()))
	}
	return rec
}

var bare = regexp.MustCompile(`[>"]people\.[a-z_.]+`)

// fill replaces the names in {braces} of an address or a form by what they stand
// for.
func (w *town) fill(text string, more map[string]string) string {
	all := maps.Clone(w.ids)
	maps.Copy(all, more)
	for name, value := range all {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text
}
