package roundtable

import (
	"context"
	"errors"
	"testing"
	"time"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
	"ronda/platform/search"
)

// room is the roundtable of Buenos Aires on an empty database, with somebody on
// every post.
type room struct {
	*Module
	t   testing.TB
	ch  *charter.Charter
	now time.Time
}

func run(t *testing.T, fn func(t *testing.T, r *room)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, newRoom(t, dbtest.SQLite(t, tablesOf(db.SQLite)...))) })
	t.Run("postgres", func(t *testing.T) { fn(t, newRoom(t, dbtest.Postgres(t, tablesOf(db.Postgres)...))) })
}

func tablesOf(e db.Engine) []db.Migrations {
	return []db.Migrations{event.Migrations, charter.Migrations, people.Migrations, search.Migrations(e), Migrations}
}

func newRoom(t testing.TB, d *db.DB) *room {
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
	return &room{Module: New(d, log, store, p), t: t, ch: ch, now: start}
}

// standing is somebody who holds the posts; the person is named after the first.
func (r *room) standing(posts ...string) people.Standing {
	r.t.Helper()
	s := people.Standing{}
	for _, code := range posts {
		p, ok := r.ch.Posts.Get(code)
		if !ok {
			r.t.Fatalf("no post %s", code)
		}
		h := people.Holding{Post: p.Code, Body: p.Body, Rank: string(p.Rank), Signs: p.Signs}
		if b, ok := r.ch.Bodies.Get(p.Body); ok {
			h.BodyKind = string(b.Kind)
		}
		if m, ok := r.ch.Ministry(p.Body); ok {
			h.Ministry = m.Code
		}
		for _, b := range r.ch.Path(p.Body) {
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

// as is a context in which the holder of the posts acts; no post is a visitor,
// "citizen" somebody with an account.
func (r *room) as(posts ...string) context.Context {
	ctx := clock.At(r.t.Context(), r.now)
	switch {
	case len(posts) == 0 || posts[0] == "":
		return ctx
	case posts[0] == "citizen":
		return people.With(ctx, people.Standing{Person: "person-citizen"})
	}
	return people.With(ctx, r.standing(posts...))
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

const (
	proposer    = "director-planeamiento-educativo"
	proposerOf  = "dg-planeamiento-educativo"
	planning    = "director-planificacion"
	coordinator = "coordinador-mesa"
	speaker     = "coordinador-comunicacion"
	mayor       = "jefe-de-gobierno"
	chief       = "jefe-de-gabinete"
)

// dossier is complete enough to file.
func (r *room) filled(version int64) Dossier {
	return Dossier{Title: "Aprendizajes significativos", Line: "Cada escuela arma un proyecto.", Change: "180.000 chicos arman un proyecto propio.",
		Problem: "La escuela enseña poco a emprender.", Type: "programa-escolar", Axis: "educacion-siglo-xxi", SDG: "4.4",
		Goals: []string{"motor-economico"}, Territories: []string{"ciudad"}, Planned: []Planned{{"estudiantes", "ciudad", 180000}}, Version: version}
}

// filed is an initiative in the round.
func (r *room) filed() string {
	r.t.Helper()
	i, err := r.Propose(r.as(proposer), Thought{Title: "Aprendizajes " + id.New()[24:], Line: "Cada escuela arma un proyecto.", Sponsor: proposerOf, WhyNew: "Es otra cosa, distinta."})
	r.must(err)
	r.must(r.Edit(r.as(proposer), i.Number, r.filled(1)))
	r.must(r.File(r.as(proposer), i.Number))
	return i.Number
}

// prove gives every item of a step what it asks.
func (r *room) prove(number, step string) {
	r.t.Helper()
	rules, _ := r.ch.Flow.Steps.Get(step)
	for _, item := range rules.Items.All() {
		e := Evidence{Step: step, Item: item.Code, Kind: item.Evidence[0], Text: "qué; quién; cuándo", URL: "https://example.org/a"}
		switch {
		case e.Kind == charter.EvidencePresence:
			continue
		case item.Threshold != nil:
			e.Kind, e.Figure = charter.EvidenceFigure, int64(item.Threshold.Min)
		case e.Kind == charter.EvidenceDocument:
			e.Kind = item.Evidence[1]
		}
		r.must(r.AddEvidence(r.as(proposer), number, e))
	}
}

// signer is who signs a step in Buenos Aires.
func signer(step charter.Step) string {
	return map[string]string{charter.OfficePlanning: planning, charter.OfficeCoordination: coordinator, charter.OfficeCommunication: speaker}[step.Office]
}

// sign takes a step from open to signed.
func (r *room) sign(number, step string) {
	r.t.Helper()
	rules, _ := r.ch.Flow.Steps.Get(step)
	r.prove(number, step)
	if rules.Attendance != "" {
		r.must(r.RecordAttendance(r.as(coordinator), number, step, "En la sede, a las diez"))
	}
	r.must(r.SignStep(r.as(signer(rules)), number, step, ""))
}

func (r *room) get(number string) Initiative {
	r.t.Helper()
	i, err := r.byNumber(r.t.Context(), number)
	r.must(err)
	return i
}

func (r *room) events(number string) []event.Event {
	r.t.Helper()
	events, err := r.log.Timeline(r.t.Context(), r.get(number).Subject(), event.Page{Limit: 500})
	r.must(err)
	return events
}

func asFault(err error, f **fault.Error) bool { return errors.As(err, f) }
