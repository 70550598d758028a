package meetings

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/search"
)

// start is a Tuesday, 10:40 in Buenos Aires.
var start = time.Date(2026, 3, 24, 13, 40, 0, 0, time.UTC)

// Posts of Buenos Aires that tests act in.
const (
	coordinator = "coordinador-mesa" // signs for the coordination
	team        = "equipo-mesa"      // of the coordination, signs nothing
	director    = "director-planeamiento-educativo"
	directorOf  = "dg-planeamiento-educativo"
	delegate    = "delegado-educacion"
	minister    = "ministro-educacion"
	cabinet     = "jefe-de-gabinete"
	mayor       = "jefe-de-gobierno"
	planner     = "director-planificacion"
	laboratory  = "coordinador-laboratorio"
	culture     = "ministro-cultura"
	outsider1   = "director-emprendedores"
	board       = "presidente-comuna-1"
)

// town is the meetings of Buenos Aires on an empty database.
type town struct {
	*Module
	t       testing.TB
	ch      *charter.Charter
	round   *roundtable.Module
	now     time.Time
	people  map[string]string // ids of those appointed, by post
	notices []Notice          // what guests were told
}

func run(t *testing.T, fn func(t *testing.T, w *town)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, newTown(t, dbtest.SQLite(t, tablesOf(db.SQLite)...))) })
	t.Run("postgres", func(t *testing.T) { fn(t, newTown(t, dbtest.Postgres(t, tablesOf(db.Postgres)...))) })
}

func tablesOf(e db.Engine) []db.Migrations {
	return []db.Migrations{event.Migrations, charter.Migrations, people.Migrations, search.Migrations(e), roundtable.Migrations, Migrations}
}

// baProofs are the items of the steps of Buenos Aires that meetings show.
var baProofs = Proofs{Presented: "presentacion", Discussed: "discutida", Minuted: "minuta-interna", Called: "convocatoria", Met: "reunion-realizada",
	Agreed: "agenda-comun", Specialists: "especialista", Confirmed: "iniciativa-confirmada", Procedures: "procedimientos-confirmados",
	Present: "coordinacion-presente"}

func newTown(t testing.TB, d *db.DB) *town {
	t.Helper()
	log, store := event.New(d), charter.NewStore(d)
	files, err := cities.Open("buenosaires")
	if err != nil {
		t.Fatal(err)
	}
	ch, err := store.Install(t.Context(), files, "", "test")
	if err != nil {
		t.Fatal(err)
	}
	p := people.New(d, log, store.Current)
	w := &town{t: t, ch: ch, now: start, people: map[string]string{}, round: roundtable.New(d, log, store, p)}
	w.Module = New(Deps{DB: d, Log: log, Charters: store, People: p, Steps: w.round, Proofs: baProofs, PersonOf: w.personOf})
	w.InviteBy(func(_ context.Context, n Notice) error { w.notices = append(w.notices, n); return nil })
	return w
}

// personOf knows the addresses of tests: "post@ronda.test" is that of the person
// whom real appointed.
func (w *town) personOf(_ context.Context, email string) (string, bool, error) {
	id, ok := w.people[strings.TrimSuffix(email, "@ronda.test")]
	return id, ok, nil
}

// real appoints somebody to a post, for what asks who holds it.
func (w *town) real(post string) string {
	w.t.Helper()
	admin := people.With(w.as(), people.Standing{Person: "admin", Roles: []string{people.RoleAdministrator}})
	w.must(w.People.SyncFrom(admin, w.Charters))
	id, err := w.People.CreateOfficial(admin, "Persona "+strings.Repeat("a", len(w.people)+1))
	w.must(err)
	_, _, err = w.People.Appoint(admin, people.Appointment{Post: post, Person: id, From: "2026-01-01"})
	w.must(err)
	w.people[post] = id
	return id
}

// standing is somebody who holds the posts.
func (w *town) standing(posts ...string) people.Standing {
	w.t.Helper()
	s := people.Standing{Person: "person-" + posts[0]}
	for _, code := range posts {
		p, ok := w.ch.Posts.Get(code)
		if !ok {
			w.t.Fatalf("no post %s", code)
		}
		h := people.Holding{Post: p.Code, Body: p.Body, Rank: string(p.Rank), Signs: p.Signs}
		if b, ok := w.ch.Bodies.Get(p.Body); ok {
			h.BodyKind = string(b.Kind)
		}
		for _, b := range w.ch.Path(p.Body) {
			h.Path = append(h.Path, b.Code)
			if b.Kind == charter.KindGeneralDirection {
				h.Direction = b.Code
			}
		}
		if b, ok := w.ch.Ministry(p.Body); ok {
			h.Ministry = b.Code
		}
		s.Posts = append(s.Posts, h)
	}
	return s
}

// as is a context in which the holder of a post acts; "" is a visitor.
func (w *town) as(posts ...string) context.Context {
	ctx := clock.With(w.t.Context(), func() time.Time { return w.now })
	if len(posts) == 0 || posts[0] == "" {
		return ctx
	}
	return people.With(ctx, w.standing(posts...))
}

// citizen is a context in which somebody with an account and no post acts.
func (w *town) citizen(name string) context.Context {
	return people.With(w.as(), people.Standing{Person: "citizen-" + name, Name: name})
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// wantKind checks that an error is a fault of that kind.
func (w *town) wantKind(what string, err error, kind fault.Kind) {
	w.t.Helper()
	if !fault.Is(err, kind) {
		w.t.Errorf("%s: %v, want %s", what, err, kind)
	}
}

// wantField checks that an error is an Invalid on a field, with a message key.
func (w *town) wantField(what string, err error, field, key string) {
	w.t.Helper()
	var f *fault.Error
	if errors.As(err, &f) {
		for _, x := range f.Fields {
			if x.Name == field && x.Key == key {
				return
			}
		}
	}
	w.t.Errorf("%s: %v, want %s on %s", what, err, key, field)
}

// at is an instant on the city's wall.
func (w *town) at(day, clock string) time.Time {
	w.t.Helper()
	t, err := w.When(w.as(), day, clock)
	w.must(err)
	return t
}

// weeklySeries is the weekly meeting on Thursdays at ten, of four months.
func (w *town) weeklySeries() Series {
	w.t.Helper()
	s, err := w.CreateSeries(w.as(team), w.weekly())
	w.must(err)
	return s
}

func (w *town) weekly() Series {
	return Series{Kind: Weekly, Title: "Reunión semanal", Place: "Sala de la mesa", Chair: coordinator, Secretaries: Codes{team}, First: w.at("2026-03-26", "10:00"),
		Clock: "10:00", Length: 60, Rule: Rule{Every: 1, Unit: EveryWeek, Weekday: time.Thursday, Count: 16},
		Guests: []Guest{{Post: director}, {Post: delegate}, {Post: planner}}}
}

// free is a single meeting of tomorrow.
func (w *town) free(guests ...Guest) Meeting {
	w.t.Helper()
	x, err := w.CreateMeeting(w.as(team), Meeting{Kind: Free, Title: "Reunión", Starts: w.now.Add(24 * time.Hour), Length: 60, Chair: coordinator,
		Secretaries: Codes{team}}, guests)
	w.must(err)
	return x
}

// view is a meeting as the coordination sees it.
func (w *town) view(number string) View {
	w.t.Helper()
	v, err := w.Meeting(w.as(coordinator), number)
	w.must(err)
	return v
}

// addItem puts an item on an agenda.
func (w *town) addItem(number, title string, wanted Wanted) Item {
	w.t.Helper()
	i, err := w.AddItem(w.as(team), number, Item{Title: title, Wanted: wanted, Minutes: 10})
	w.must(err)
	return i
}

// initiative is a filed initiative of directorOf.
func (w *town) initiative(title string) roundtable.Initiative {
	w.t.Helper()
	i := w.draft(title)
	w.must(w.round.File(w.as(director), i.Number))
	return i
}

// draft is an initiative in preparation.
func (w *town) draft(title string) roundtable.Initiative {
	w.t.Helper()
	i, err := w.round.Propose(w.as(director), roundtable.Thought{Title: title, Line: "Cada escuela arma un proyecto.", Sponsor: directorOf, WhyNew: "Es otra cosa, distinta."})
	w.must(err)
	d := roundtable.Dossier{Title: title, Line: "Cada escuela arma un proyecto.", Change: "180.000 chicos arman un proyecto propio.",
		Problem: "La escuela enseña poco a emprender.", Type: "programa-escolar", Axis: "educacion-siglo-xxi", SDG: "4.4", Goals: []string{"motor-economico"},
		Territories: []string{"ciudad"}, Planned: []roundtable.Planned{{Group: "estudiantes", Territory: "ciudad", People: 180000}}, Version: 1}
	w.must(w.round.Edit(w.as(director), i.Number, d))
	return i
}
