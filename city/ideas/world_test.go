package ideas

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/notices"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/search"
)

var start = time.Date(2026, 3, 24, 15, 0, 0, 0, time.UTC)

const (
	director    = "director-planeamiento-educativo" // signs for a body that may propose
	directorOf  = "dg-planeamiento-educativo"
	coordinator = "coordinador-mesa"
	planner     = "director-planificacion"
)

// town is the City of Ideas of Buenos Aires on an empty database.
type town struct {
	*Module
	t       testing.TB
	ch      *charter.Charter
	notices *notices.Module
	now     time.Time
	made    map[string]string // names of citizens and their ids
}

func run(t *testing.T, fn func(t *testing.T, w *town)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, newTown(t, dbtest.SQLite(t, tablesOf(db.SQLite)...))) })
	t.Run("postgres", func(t *testing.T) { fn(t, newTown(t, dbtest.Postgres(t, tablesOf(db.Postgres)...))) })
}

func tablesOf(e db.Engine) []db.Migrations {
	return []db.Migrations{event.Migrations, charter.Migrations, people.Migrations, search.Migrations(e), notices.Migrations, roundtable.Migrations, Migrations}
}

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
	p, n := people.New(d, log, store.Current), notices.New(d, log)
	m := New(Deps{DB: d, Log: log, Charters: store, People: p, Roundtable: roundtable.New(d, log, store, p), Follow: n.Subscribe, Pepper: []byte("sixteen bytes of pepper")})
	return &town{Module: m, t: t, ch: ch, notices: n, now: start, made: map[string]string{}}
}

// standing is somebody who holds the posts.
func (w *town) standing(posts ...string) people.Standing {
	w.t.Helper()
	s := people.Standing{}
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
		s.Posts = append(s.Posts, h)
		s.Person = "person-" + posts[0]
	}
	return s
}

// as is a context in which the holder of a post acts; "" is a visitor.
func (w *town) as(posts ...string) context.Context {
	ctx := clock.At(w.t.Context(), w.now)
	if len(posts) == 0 || posts[0] == "" {
		return ctx
	}
	return people.With(ctx, w.standing(posts...))
}

// citizen is a context in which somebody acts whose account was made a month
// before the town began, or just now with a name that begins with "new".
func (w *town) citizen(name string) context.Context {
	w.t.Helper()
	at := start.AddDate(0, -1, 0)
	if strings.HasPrefix(name, "new") {
		at = w.now
	}
	id, ok := w.made[name]
	if !ok {
		var err error
		if id, err = w.people.CreateCitizen(clock.At(w.t.Context(), at), "Vecina "+strings.Map(letters, name)); err != nil {
			w.t.Fatal(err)
		}
		w.made[name] = id
	}
	return people.With(w.as(), people.Standing{Person: id, Name: name})
}

func letters(r rune) rune {
	if r >= '0' && r <= '9' {
		return 'a' + r - '0'
	}
	return r
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

const someText = "Que cada plaza tenga un bebedero de agua fresca para personas y otro para perros."

// draft is a draft of the person of the context.
func (w *town) draft(ctx context.Context, title, challenge string) Draft {
	w.t.Helper()
	d, err := w.SaveDraft(ctx, Draft{Title: title, Text: someText, Place: "flores", Challenge: challenge})
	w.must(err)
	return d
}

// published is an idea at the standing door that everybody sees.
func (w *town) published(author, title string) Idea {
	w.t.Helper()
	return w.answering(author, title, "")
}

// answering is a published idea that answers a challenge.
func (w *town) answering(author, title, challenge string) Idea {
	w.t.Helper()
	ctx := w.citizen(author)
	i, err := w.Send(ctx, w.draft(ctx, title, challenge).ID)
	w.must(err)
	if i.State == Held {
		w.must(w.Approve(w.as(coordinator), i.Number))
	}
	return w.read(i.Number)
}

// read is an idea as it is stored.
func (w *town) read(number string) Idea {
	w.t.Helper()
	i, err := w.byNumber(w.as(), number)
	w.must(err)
	return i
}

// rules are complete enough to open a challenge for ten days.
func (w *town) rules() Rules {
	return Rules{Title: "Plazas con sombra", Question: "¿Qué le falta a la plaza de tu barrio?", Terms: "Una idea por vecino y por plaza.", Body: directorOf,
		Axis: "educacion-siglo-xxi", Opens: w.now, Closes: w.now.AddDate(0, 0, 10), VoteOpens: w.now.AddDate(0, 0, 10), VoteCloses: w.now.AddDate(0, 0, 20),
		Budget: 100_000_00, Method: MethodEqualShares, BallotKind: BallotApproval, Moderation: ModerateAfter, HoldHours: 24, AnswerDays: 30}
}

// opened is a challenge that takes ideas.
func (w *town) opened() Challenge {
	w.t.Helper()
	c, err := w.CreateChallenge(w.as(director), w.rules())
	w.must(err)
	w.must(w.Open(w.as(director), c.Number))
	return w.challenge(c.Number)
}

func (w *town) challenge(number string) Challenge {
	w.t.Helper()
	c, err := w.Challenge(w.as(director), number)
	w.must(err)
	return c
}

func is(err error, key string) bool {
	var f *fault.Error
	if !errors.As(err, &f) {
		return false
	}
	for _, field := range f.Fields {
		if field.Key == key {
			return true
		}
	}
	return f.Key == key
}

// kinds are the kinds of the newest events of a subject in public, newest first.
func (w *town) kinds(s event.Subject) string {
	w.t.Helper()
	events, err := w.log.Timeline(w.as(), s, event.Page{Limit: 50, PublicOnly: true})
	w.must(err)
	var out []string
	for _, e := range events {
		out = append(out, strings.TrimPrefix(e.Kind, "ideas."))
		for _, v := range e.Data {
			for _, id := range w.made {
				if strings.Contains(v, id) {
					w.t.Errorf("%s names a citizen: %v", e.Kind, e.Data)
				}
			}
		}
	}
	return strings.Join(out, " ")
}

func nth(s string, n int) string { return fmt.Sprintf("%s%d", s, n) }

// limitPause is long enough for every limit to begin again.
const limitPause = 2 * time.Hour

func (w *town) standingOf(name string) people.Standing { return people.Me(w.citizen(name)) }

// only is the one text that a query finds.
func (w *town) only(sql string, args ...any) string {
	w.t.Helper()
	s, err := db.One[string](w.as(), w.db, sql, args...)
	w.must(err)
	return s
}
