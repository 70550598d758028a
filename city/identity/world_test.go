package identity_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/a-h/templ"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/identity"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/jobs"
	"ronda/platform/mail"
	"ronda/platform/mail/mailtest"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const origin = "https://ronda.test"

var tables = []db.Migrations{event.Migrations, web.Migrations, jobs.Migrations, people.Migrations, identity.Migrations}

// world is a program that people can sign in to, with its own time, a mail
// server and everything it wrote to its log.
type world struct {
	*identity.Module
	t       *testing.T
	db      *db.DB
	events  *event.Log
	queue   *jobs.Queue
	sink    *mailtest.Sink
	persons *persons
	site    *web.Site
	server  *httptest.Server
	log     *syncBuffer

	mu  sync.Mutex
	now time.Time
}

// run runs fn in a new world on each engine.
func run(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) { fn(t, newWorld(t, d, true)) })
}

func newWorld(t *testing.T, d *db.DB, withMail bool) *world {
	t.Helper()
	w := &world{t: t, db: d, events: event.New(d), queue: jobs.New(d), log: &syncBuffer{},
		now: time.Now().UTC().Truncate(time.Hour).Add(time.Minute)}
	w.captureLog()
	w.persons = newPersons(t, d, w.events)
	var config mail.Config
	if withMail {
		w.sink = mailtest.Start(t)
		config.URL = w.sink.URL()
	}
	mailer, err := mail.New(config, w.queue)
	check(t, err)
	sessions := web.NewSessions(d, false)
	w.Module, err = identity.New(identity.Deps{DB: d, Log: w.events, Mail: mailer, Sessions: sessions, People: w.persons, Directory: w.persons,
		Origin: origin, Pepper: []byte("sixteen bytes or more")})
	check(t, err)
	w.serve(sessions)
	return w
}

func (w *world) serve(sessions *web.Sessions) {
	words, err := i18n.New(ui.Messages, mail.Messages, identity.Messages)
	check(w.t, err)
	w.site = &web.Site{Catalogue: words, Log: slog.Default(), Origin: origin, Zone: time.UTC, Frame: frame,
		Problem: func(r *http.Request, f *fault.Error, _ string) web.Page {
			return web.Page{Title: "problem", Body: ui.Problem{Kind: f.Kind, Text: i18n.T(r.Context(), f.Key, f.Args...)}}
		}}
	w.Routes(w.site.Mux())
	w.site.Mux().Get("/mi-escritorio", func(rw http.ResponseWriter, r *http.Request) error {
		_, err := fmt.Fprint(rw, "desk of "+identity.PersonID(r.Context()))
		return err
	})
	h, err := w.site.Handler(sessions.LoadAndSave, w.Middleware)
	check(w.t, err)
	w.server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(rw, r.WithContext(clock.With(r.Context(), w.time)))
	}))
	w.t.Cleanup(w.server.Close)
}

func frame(r *http.Request, p web.Page) templ.Component {
	f := ui.Frame{Title: p.Title, Path: r.URL.RequestURI(), Wrong: p.Wrong, Private: p.Private, Narrow: p.Narrow}
	if p.Flash != "" {
		f.Flash = &ui.Notice{Tone: ui.Good, Text: i18n.T(r.Context(), p.Flash)}
	}
	return templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		return f.Render(templ.WithChildren(ctx, p.Body), out)
	})
}

// captureLog keeps what the program writes to its log, and fails the test at its
// end when a message was missing.
func (w *world) captureLog() {
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	w.t.Cleanup(func() {
		slog.SetDefault(before)
		if strings.Contains(w.log.String(), `"message missing","key":"identity.`) {
			w.t.Errorf("a message is missing: %s", w.log)
		}
	})
}

func (w *world) time() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// later moves the time of the world.
func (w *world) later(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) ctx() context.Context { return clock.With(w.t.Context(), w.time) }

// admin is the context of somebody who administers the program.
func (w *world) admin() context.Context {
	return people.With(w.ctx(), people.Standing{Roles: []string{people.RoleAdministrator}})
}

// post delivers the mails that wait.
func (w *world) post() {
	w.t.Helper()
	check(w.t, w.queue.Drain(w.ctx()))
}

// code is the newest code that was mailed to the address.
func (w *world) code(email string) string {
	w.t.Helper()
	w.post()
	return w.sink.Last(w.t, email).Code(w.t)
}

// citizen makes a person with an account.
func (w *world) citizen(name, email string) string {
	w.t.Helper()
	person, err := w.persons.CreateCitizen(w.ctx(), name)
	check(w.t, err)
	check(w.t, w.CreateAccount(w.admin(), person, email, i18n.Spanish))
	return person
}

// kinds are the kinds of event about a person, oldest first.
func (w *world) kinds(person string) []string {
	w.t.Helper()
	list, err := w.events.Timeline(w.ctx(), event.Subject{Kind: "person", ID: person}, event.Page{})
	check(w.t, err)
	var kinds []string
	for _, e := range slices.Backward(list) {
		if e.Public {
			w.t.Errorf("%s is public", e.Kind)
		}
		if kind, ours := strings.CutPrefix(e.Kind, "identity."); ours {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// rows counts the rows of a table.
func (w *world) rows(table string) int {
	w.t.Helper()
	n, err := db.One[int](w.ctx(), w.db, "SELECT count(*) FROM "+table)
	check(w.t, err)
	return n
}

// browser is a visitor with cookies.
type browser struct {
	w    *world
	http *http.Client
	name string // User-Agent
	lang string
}

func (w *world) browser() *browser {
	jar, err := cookiejar.New(nil)
	check(w.t, err)
	return &browser{w: w, lang: "es", http: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
		name: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
}

// page is an answer.
type page struct {
	status int
	to     string // of a redirect
	body   string
	header http.Header
}

func (b *browser) do(method, path, kind string, body io.Reader) page {
	b.w.t.Helper()
	req, err := http.NewRequestWithContext(b.w.t.Context(), method, b.w.server.URL+path, body)
	check(b.w.t, err)
	req.Header.Set("User-Agent", b.name)
	req.Header.Set("Accept-Language", b.lang)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	res, err := b.http.Do(req)
	check(b.w.t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	check(b.w.t, err)
	return page{res.StatusCode, res.Header.Get("Location"), string(text), res.Header}
}

func (b *browser) get(path string) page {
	b.w.t.Helper()
	return b.do(http.MethodGet, path, "", nil)
}

// post sends a form of pairs of name and value.
func (b *browser) post(path string, pairs ...string) page {
	b.w.t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return b.do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(v.Encode()))
}

func (b *browser) json(path, body string) page {
	b.w.t.Helper()
	return b.do(http.MethodPost, path, "application/json", strings.NewReader(body))
}

// enter signs in with a code.
func (b *browser) enter(email string) *browser {
	b.w.t.Helper()
	b.post("/ingresar", "email", email)
	if p := b.post("/ingresar/codigo", "code", b.w.code(email)); p.status != http.StatusSeeOther || p.to != "/mi-escritorio" {
		b.w.t.Fatalf("signing in gave %d to %q: %s", p.status, p.to, p.body)
	}
	return b
}

// who is the person the program takes the visitor for, empty for nobody.
func (b *browser) who() string {
	b.w.t.Helper()
	return strings.TrimPrefix(b.get("/mi-escritorio").body, "desk of ")
}

// token is the value of the session cookie.
func (b *browser) token() string {
	u, err := url.Parse(b.w.server.URL)
	check(b.w.t, err)
	for _, c := range b.http.Jar.Cookies(u) {
		if c.Name == "ronda" {
			return c.Value
		}
	}
	return ""
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// persons is who is who, of a small city, which a test can make fail.
type persons struct {
	*people.Module
	cannot error    // what Forget answers
	more   []string // further administrators
}

func newPersons(t *testing.T, d *db.DB, l *event.Log) *persons {
	t.Helper()
	files, err := cities.Open("villaflores")
	check(t, err)
	city, err := charter.Load(files)
	check(t, err)
	return &persons{Module: people.New(d, l, func(context.Context) (*charter.Charter, error) { return city, nil })}
}

// Forget fails when the test wants it to.
func (p *persons) Forget(ctx context.Context, person string) error {
	if p.cannot != nil {
		return p.cannot
	}
	return p.Module.Forget(ctx, person)
}

// WithRole adds the further administrators.
func (p *persons) WithRole(ctx context.Context, role string) ([]string, error) {
	all, err := p.Module.WithRole(ctx, role)
	return append(all, p.more...), err
}

// called is the name of a person.
func (w *world) called(person string) string {
	w.t.Helper()
	names, err := w.persons.Names(w.ctx(), person)
	check(w.t, err)
	return names[person]
}

// admins are the administrators.
func (w *world) admins() []string {
	w.t.Helper()
	all, err := w.persons.WithRole(w.ctx(), people.RoleAdministrator)
	check(w.t, err)
	return all
}

// syncBuffer is a buffer that several goroutines may write to.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func readAll(t *testing.T, r io.Reader) string {
	t.Helper()
	b, err := io.ReadAll(r)
	check(t, err)
	return string(b)
}

func escape(s string) string { return url.QueryEscape(s) }
