package pages_test

import (
	"bytes"
	"context"
	"html"
	"image"
	"image/png"
	"io"
	"log/slog"
	"mime/multipart"
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
	"ronda/city/ideas"
	"ronda/city/ideas/pages"
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

// world is Buenos Aires on a day, with some neighbours and officials, and the
// pages of this package before them.
type world struct {
	t       testing.TB
	db      *db.DB
	ideas   *ideas.Module
	people  *people.Module
	ch      *charter.Charter
	words   *i18n.Catalogue
	deps    pages.Deps
	handler http.Handler
	now     time.Time
	persons map[string]string // person by name
}

// officials are the posts that are held in the world; neighbours have been here
// for a while, but for the newcomer.
var (
	officials  = []string{"director-reciclado", "coordinador-mesa", "ministro-cultura"}
	neighbours = []string{"ana", "beto", "caro", "dani"}
)

func newWorld(t testing.TB) *world {
	t.Helper()
	return worldOn(t, dbtest.SQLite(t, tables()...))
}

func tables() []db.Migrations {
	return []db.Migrations{event.Migrations, web.Migrations, charter.Migrations, people.Migrations, roundtable.Migrations, ideas.Migrations}
}

func worldOn(t testing.TB, d *db.DB) *world {
	t.Helper()
	w := &world{t: t, db: d, now: time.Date(2026, 3, 24, 13, 40, 0, 0, time.UTC), persons: map[string]string{}}
	var err error
	w.words, err = i18n.New(ui.Messages, charter.Messages, people.Messages, roundtable.Messages, ideas.Messages, pages.Messages)
	w.must(err)
	ctx := w.as("")
	w.must(d.Migrate(ctx, search.Migrations(d.Engine())))
	charters, log := charter.NewStore(d), event.New(d)
	files, err := cities.Open("buenosaires")
	w.must(err)
	w.ch, err = charters.Install(ctx, files, "", "test")
	w.must(err)
	w.people = people.New(d, log, charters.Current)
	w.must(w.people.Sync(ctx, w.ch))
	w.ideas = ideas.New(ideas.Deps{DB: d, Log: log, Charters: charters, People: w.people, Roundtable: roundtable.New(d, log, charters, w.people),
		Follow: func(context.Context, string, event.Subject) error { return nil }, Pepper: []byte("pepper")})
	w.populate()
	w.deps = pages.Deps{Ideas: w.ideas, Log: log, Charters: charters, People: w.people}
	w.serve(pages.New(w.deps, pages.Slots{Proof: func(_ context.Context, id string) string { return "/registro/acto/" + id }}))
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// populate lets people have been here for a month, and the newcomer for a day.
func (w *world) populate() {
	w.t.Helper()
	now := w.now
	admin := func() context.Context {
		return people.With(w.as(""), people.Standing{Person: "an administrator", Roles: []string{people.RoleAdministrator}})
	}
	w.now = now.AddDate(0, -1, 0)
	for _, name := range append(append([]string{}, officials...), neighbours...) {
		w.arrive(admin(), name)
	}
	for _, post := range officials {
		_, _, err := w.people.Appoint(admin(), people.Appointment{Post: post, Person: w.persons[post], From: "2026-01-01"})
		w.must(err)
	}
	w.now = now.AddDate(0, 0, -1)
	w.arrive(admin(), "newcomer")
	w.now = now
}

func (w *world) arrive(ctx context.Context, name string) {
	w.t.Helper()
	id, err := w.people.CreateCitizen(ctx, "Persona "+name)
	w.must(err)
	w.persons[name] = id
}

// as is a context in which somebody acts, nobody when it is empty.
func (w *world) as(name string) context.Context {
	w.t.Helper()
	ctx := i18n.With(clock.With(context.Background(), func() time.Time { return w.now }), w.words, i18n.Spanish)
	if name == "" {
		return ctx
	}
	s, err := w.people.Standing(ctx, w.persons[name])
	w.must(err)
	return people.With(ctx, s)
}

type personKey struct{}

// serve puts the pages behind the middleware that every page has. The header
// X-Who says who is signed in.
func (w *world) serve(p *pages.Pages) {
	w.t.Helper()
	site := &web.Site{Catalogue: w.words, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Zone: w.ch.City.Zone, Origin: "http://ronda.test", Frame: frame, Problem: problem}
	p.Routes(site.Mux())
	signedIn := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			ctx := clock.With(r.Context(), func() time.Time { return w.now })
			next.ServeHTTP(rw, r.WithContext(context.WithValue(ctx, personKey{}, w.persons[r.Header.Get("X-Who")])))
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
	status  int
	to      string // where a redirect leads
	flash   string // key of the message shown there
	cookies []*http.Cookie
	header  http.Header
	body    string // with entities decoded, so that tests read as pages do
	raw     string
}

// visitor is a browser: it keeps its cookies. who is empty until they sign in.
type visitor struct {
	w       *world
	who     string
	cookies map[string]string
}

func (w *world) visitor(who string) *visitor {
	return &visitor{w: w, who: who, cookies: map[string]string{}}
}

func (v *visitor) do(r *http.Request) answer {
	v.w.t.Helper()
	r.Header.Set("X-Who", v.who)
	if r.Header.Get("Accept-Language") == "" {
		r.Header.Set("Accept-Language", "es")
	}
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	rec := httptest.NewRecorder()
	v.w.handler.ServeHTTP(rec, r)
	a := answer{status: rec.Code, to: rec.Header().Get("Location"), header: rec.Header(), raw: rec.Body.String(), body: html.UnescapeString(rec.Body.String()), cookies: rec.Result().Cookies()}
	for _, c := range a.cookies {
		if c.Name == "flash" {
			a.flash = c.Value
		} else {
			v.cookies[c.Name] = c.Value
		}
	}
	return a
}

func (v *visitor) get(path string) answer {
	v.w.t.Helper()
	path, _, _ = strings.Cut(path, "#")
	return v.do(httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form; pairs are names and values.
func (v *visitor) post(path string, pairs ...string) answer {
	v.w.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(r)
}

// upload sends the form of an idea with one picture.
func (v *visitor) upload(path string, file []byte, pairs ...string) answer {
	v.w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		v.w.must(form.WriteField(pairs[i], pairs[i+1]))
	}
	part, err := form.CreateFormFile("image", "plaza.png")
	v.w.must(err)
	_, err = part.Write(file)
	v.w.must(err)
	v.w.must(form.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return v.do(r)
}

// picture is a small PNG.
func picture() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 40, 30)))
	return b.Bytes()
}

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
	if a.status != http.StatusSeeOther || !strings.HasPrefix(a.to, to) || flash != "" && a.flash != "ideas.pages.flash."+flash {
		t.Errorf("%s: %d to %q saying %q, want to %q saying %q\n%.1500s", what, a.status, a.to, a.flash, to, flash, a.told())
	}
}

var tags = regexp.MustCompile(`<[^>]*>|\s+`)

// told is the text of the page.
func (a answer) told() string {
	_, body, _ := strings.Cut(a.body, "<main")
	return strings.Join(strings.Fields(tags.ReplaceAllString(body, " ")), " ")
}

// value is what stands in an input of the page.
func (a answer) value(name string) string {
	m := regexp.MustCompile(`name="` + name + `" value="([^"]*)"`).FindStringSubmatch(a.raw)
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1])
}

const words = "Que haya una compostera en cada plaza y que la cuiden por turnos."

// published is an idea of somebody that everybody sees.
func (w *world) published(who, title, challenge string) string {
	w.t.Helper()
	ctx := w.as(who)
	d, err := w.ideas.SaveDraft(ctx, ideas.Draft{Challenge: challenge, Title: title, Text: words, Place: "flores"})
	w.must(err)
	i, err := w.ideas.Send(ctx, d.ID)
	w.must(err)
	if i.State == ideas.Held {
		w.must(w.ideas.Approve(w.as("coordinador-mesa"), i.Number))
	}
	return i.Number
}

// open is a challenge of the office of recycling that takes ideas.
func (w *world) open(change func(*ideas.Rules)) ideas.Challenge {
	w.t.Helper()
	ctx := w.as("director-reciclado")
	r := ideas.Rules{Title: "Basura cero", Question: "¿Cómo separamos la basura?", Terms: "Ideas que se prueben en una cuadra.", Body: people.Me(ctx).Posts[0].Body,
		Opens: w.now.Add(-time.Hour), Closes: w.now.AddDate(0, 0, 12), Currency: "ARS", Method: ideas.MethodJury, Moderation: ideas.ModerateAfter, HoldHours: 24, AnswerDays: 20,
		Jury:     []string{w.persons["ministro-cultura"]},
		Criteria: []ideas.Criterion{{Code: "impacto", Name: "A cuántos ayuda", Weight: 60, Words: [5]string{"a", "b", "c", "d", "e"}}, {Code: "posible", Name: "Se puede", Weight: 40, Words: [5]string{"a", "b", "c", "d", "e"}}}}
	if change != nil {
		change(&r)
	}
	c, err := w.ideas.CreateChallenge(ctx, r)
	w.must(err)
	w.must(w.ideas.Open(ctx, c.Number))
	c, err = w.ideas.Challenge(ctx, c.Number)
	w.must(err)
	return c
}
