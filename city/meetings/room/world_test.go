package room

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
	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/live"
	"ronda/platform/search"
	"ronda/platform/table"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Who tests act as: posts of Buenos Aires, and somebody without one.
const (
	chair     = "coordinador-mesa"
	secretary = "equipo-mesa"
	guest     = "director-planeamiento-educativo"
	reader    = "ministro-cultura" // an official who is not invited
	citizen   = "citizen"
	nobody    = ""
)

// world is a meeting of Buenos Aires that is about to begin, and its room.
type world struct {
	t       testing.TB
	ch      *charter.Charter
	m       *meetings.Module
	round   *roundtable.Module
	rooms   *Rooms
	words   *i18n.Catalogue
	handler http.Handler
	now     time.Time
	number  string
	items   []meetings.Item // to decide, to inform, private
}

// run tests in a world. What a room asks is asked on both databases where it is
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
	log, charters := event.New(d), charter.NewStore(d)
	files, err := cities.Open("buenosaires")
	w.must(err)
	w.ch, err = charters.Install(w.as(nobody), files, "", "test")
	w.must(err)
	p := people.New(d, log, charters.Current)
	w.round = roundtable.New(d, log, charters, p)
	w.m = meetings.New(meetings.Deps{DB: d, Log: log, Charters: charters, People: p, Steps: w.round})
	w.words, err = i18n.New(ui.Messages, charter.Messages, people.Messages, roundtable.Messages, table.Messages, meetings.Messages, Messages)
	w.must(err)
	w.rooms = New(Deps{Meetings: w.m, People: p, Words: w.words, Live: live.Options{Poll: 10 * time.Millisecond}})
	t.Cleanup(w.rooms.Close)
	w.meeting(false)
	w.serve()
	return w
}

// meeting plans and calls a meeting with three items; the last is private.
func (w *world) meeting(private bool) {
	w.t.Helper()
	ctx := w.as(secretary)
	x, err := w.m.CreateMeeting(ctx, meetings.Meeting{Kind: meetings.Weekly, Title: "Reunión semanal", Starts: w.now.Add(time.Hour), Length: 30, Chair: chair,
		Secretaries: meetings.Codes{secretary}, Private: private, Quorum: 2}, []meetings.Guest{{Post: guest}, {Post: "delegado-educacion"}})
	w.must(err)
	w.number, w.items = x.Number, nil
	for _, it := range []meetings.Item{{Title: "Eco Bici al sur", Wanted: meetings.Decide, Minutes: 20}, {Title: "Noticias", Wanted: meetings.Inform, Minutes: 5},
		{Title: "Asunto reservado", Wanted: meetings.Discuss, Minutes: 10, Private: true}} {
		it, err := w.m.AddItem(ctx, x.Number, it)
		w.must(err)
		w.items = append(w.items, it)
	}
	w.must(w.m.CallMeeting(ctx, x.Number))
}

// collaborative calls a meeting on an initiative; whoever proposed it convenes.
func (w *world) collaborative() {
	w.t.Helper()
	ini, err := w.round.Propose(w.as(guest), roundtable.Thought{Title: "Un proyecto en cada escuela", Line: "Cada escuela arma un proyecto.",
		Sponsor: "dg-planeamiento-educativo", WhyNew: "Es otra cosa, distinta."})
	w.must(err)
	x, err := w.m.CreateMeeting(w.as(guest), meetings.Meeting{Kind: meetings.Collaborative, Title: "Con quienes enseñan", Initiative: ini.ID,
		Starts: w.now.Add(time.Hour), Length: 90, Chair: chair}, []meetings.Guest{{Post: guest}})
	w.must(err)
	w.must(w.m.CallMeeting(w.as(guest), x.Number))
	w.number = x.Number
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) as(who string) context.Context {
	return people.With(clock.At(context.Background(), w.now), w.standing(who))
}

func (w *world) standing(who string) people.Standing {
	switch who {
	case nobody:
		return people.Standing{}
	case citizen:
		return people.Standing{Person: "a citizen"}
	}
	p, ok := w.ch.Posts.Get(who)
	if !ok {
		w.t.Fatalf("no post %q", who)
	}
	h := people.Holding{Post: who, Body: p.Body, Rank: string(p.Rank), Signs: p.Signs}
	for _, b := range w.ch.Path(p.Body) {
		h.Path = append(h.Path, b.Code)
		if b.Kind == charter.KindGeneralDirection && h.Direction == "" {
			h.Direction = b.Code
		}
	}
	return people.Standing{Person: "person of " + who, Posts: []people.Holding{h}}
}

// serve puts the pages behind the middleware that every page has.
func (w *world) serve() {
	w.t.Helper()
	site := &web.Site{Catalogue: w.words, Log: slog.New(slog.DiscardHandler), Zone: w.ch.City.Zone, Frame: frame, Problem: problem}
	w.rooms.Routes(site.Mux())
	known := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			ctx := clock.With(r.Context(), func() time.Time { return w.now })
			next.ServeHTTP(rw, r.WithContext(people.With(ctx, w.standing(r.Header.Get("X-Who")))))
		})
	}
	var err error
	w.handler, err = site.Handler(known)
	w.must(err)
}

func frame(r *http.Request, p web.Page) templ.Component {
	f := ui.Frame{Title: p.Title, Path: r.URL.RequestURI(), Wrong: p.Wrong, Private: p.Private, Bleed: p.Wide}
	return templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		return f.Render(templ.WithChildren(ctx, p.Body), out)
	})
}

func problem(r *http.Request, f *fault.Error, id string) web.Page {
	return web.Page{Title: string(f.Kind), Body: ui.Problem{Kind: f.Kind, Text: i18n.T(r.Context(), f.Key, f.Args...), ID: id}}
}

// reply is what a request got, with entities decoded.
type reply struct {
	status int
	to     string
	body   string
}

func (w *world) do(who string, r *http.Request) reply {
	w.t.Helper()
	r.Header.Set("X-Who", who)
	if r.Header.Get("Accept-Language") == "" {
		r.Header.Set("Accept-Language", "es")
	}
	rec := httptest.NewRecorder()
	w.handler.ServeHTTP(rec, r)
	return reply{rec.Code, rec.Header().Get("Location"), html.UnescapeString(rec.Body.String())}
}

// get asks for a page of the room: "", "/conducir", "/notas"...
func (w *world) get(who, path string) reply {
	w.t.Helper()
	return w.do(who, httptest.NewRequest(http.MethodGet, Href(w.number)+path, nil))
}

func form(path string, pairs ...string) *http.Request {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func (w *world) post(who, path string, pairs ...string) reply {
	w.t.Helper()
	return w.do(who, form(Href(w.number)+path, pairs...))
}

// done is post that must be taken.
func (w *world) done(who, path string, pairs ...string) {
	w.t.Helper()
	if a := w.post(who, path, pairs...); a.status != http.StatusSeeOther {
		w.t.Fatalf("%s %v: status %d\n%s", path, pairs, a.status, a.body)
	}
}

// wants checks the status and what the page must and must not ("!") contain.
func (a reply) wants(t *testing.T, what string, status int, texts ...string) {
	t.Helper()
	if a.status != status {
		t.Fatalf("%s: status %d to %q, want %d", what, a.status, a.to, status)
	}
	for _, text := range texts {
		not, unwanted := strings.CutPrefix(text, "!")
		if strings.Contains(a.body, not) == unwanted {
			t.Errorf("%s: %q", what, text)
		}
	}
}
