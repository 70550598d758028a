package workplan

import (
	"errors"
	"testing"
	"time"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/city/roundtable/roundtest"
	"ronda/method/plan"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/search"
)

// Posts that act in the tests.
const (
	proposer = roundtest.Proposer
	ours     = roundtest.ProposerOf
	planner  = "director-planificacion"
	chief    = "jefe-de-gabinete"
	stranger = "director-empleo"
)

// world is a roundtable with work plans, on the morning of Tuesday 24 March 2026.
type world struct {
	*roundtest.World
	log   *event.Log
	plans *Module
}

func tables(e db.Engine) []db.Migrations {
	return []db.Migrations{event.Migrations, charter.Migrations, people.Migrations, search.Migrations(e), roundtable.Migrations, delivery.Migrations, Migrations}
}

// run tests in a world on each database.
func run(t *testing.T, fn func(w *world)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(newWorld(t, dbtest.SQLite(t, tables(db.SQLite)...))) })
	t.Run("postgres", func(t *testing.T) { fn(newWorld(t, dbtest.Postgres(t, tables(db.Postgres)...))) })
}

// lone is a world on the embedded database.
func lone(t *testing.T) *world {
	t.Helper()
	return newWorld(t, dbtest.SQLite(t, tables(db.SQLite)...))
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{World: &roundtest.World{T: t, DB: d, Charters: charter.NewStore(d), Now: time.Date(2026, 3, 25, 13, 0, 0, 0, time.UTC)}, log: event.New(d)}
	files, err := cities.Open("buenosaires")
	w.Must(err)
	w.City, err = w.Charters.Install(w.As(), files, "", "test")
	w.Must(err)
	w.People = people.New(d, w.log, w.Charters.Current)
	w.Roundtable = roundtable.New(d, w.log, w.Charters, w.People)
	dm := delivery.New(delivery.Deps{DB: d, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable})
	w.plans = New(Deps{DB: d, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Delivery: dm})
	w.plans.Listen(w.log)
	w.Roundtable.GuardSignature(w.plans.Guard)
	return w
}

// on is a world some days later.
func (w *world) later(days int) { w.Now = w.Now.AddDate(0, 0, days) }

// told waits until everybody has heard of what happened.
func (w *world) told() { w.Helper(); w.Must(w.log.Dispatch(w.As())) }

// plan is the plan as somebody sees it.
func (w *world) plan(post, number string) View {
	w.Helper()
	v, err := w.plans.Plan(w.As(post), number)
	w.Must(err)
	return v
}

// edit does edits as the proposer, from the plan as it stands.
func (w *world) edit(number string, edits ...Edit) Made {
	w.Helper()
	made, err := w.plans.Edit(w.As(proposer), number, w.plan(proposer, number).Plan.Version, edits...)
	w.Must(err)
	return made
}

func add(name string, days int) Edit {
	return Edit{Op: AddTask, Fields: Fields{Name: name, Duration: days, Body: ours}}
}

func wait(from, to string, kind plan.Kind, lag int) Edit {
	return Edit{Op: SetLink, Link: plan.Link{From: from, To: to, Kind: kind, Lag: lag}}
}

func goal(title string, target Figure) Edit {
	return Edit{Op: SaveObjective, Objective: Objective{Title: title, Unit: "escuelas", Target: target * 1000, Due: "2026-12-31"}}
}

// whole is a filed initiative with a plan that lacks nothing: design of 5 days, works
// of 10, an opening.
func (w *world) whole(title string) string {
	w.Helper()
	number := w.Filed(title, nil)
	w.edit(number, goal("Escuelas con proyecto", 500), add("Diseño", 5), add("Obra", 10), add("Apertura", 0),
		wait("1", "2", plan.FinishToStart, 0), wait("2", "3", plan.FinishToStart, 0))
	w.told()
	return number
}

// sign signs the first step, with documents for what the plan does not show.
func (w *world) sign(number string) error {
	w.Helper()
	s, err := w.Roundtable.StepView(w.As(proposer), number, "efectividad")
	w.Must(err)
	for _, x := range s.Missing {
		kind := x.Item.Evidence[0]
		if kind == charter.EvidenceDocument {
			kind = x.Item.Evidence[1]
		}
		w.Must(w.Roundtable.AddEvidence(w.As(proposer), number, roundtable.Evidence{Step: "efectividad", Item: x.Item.Code, Kind: kind, Text: "qué; quién; cuándo"}))
	}
	return w.Roundtable.SignStep(w.As(planner), number, "efectividad", "")
}

// adopted is an initiative with a frozen plan that is to be carried out.
func (w *world) adopted(title string) string {
	w.Helper()
	number := w.whole(title)
	w.Must(w.sign(number))
	w.Must(w.Roundtable.Overrule(w.As(chief), number, "Es urgente para el año que empieza."))
	return number
}

func (w *world) initiative(number string) roundtable.Initiative {
	w.Helper()
	v, err := w.Roundtable.View(w.As(proposer), number)
	w.Must(err)
	return v.Initiative
}

// fails asserts the kind of an error, its key and the fields it names.
func (w *world) fails(err error, kind fault.Kind, key string, fields ...string) *fault.Error {
	w.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != kind || key != "" && f.Key != key {
		w.Fatalf("got %v, want %s %s", err, kind, key)
	}
	for _, name := range fields {
		found := false
		for _, x := range f.Fields {
			found = found || x.Name == name
		}
		if !found {
			w.Errorf("%v does not name the field %s", err, name)
		}
	}
	return f
}

// days are the days of a task as computed.
func (w *world) days(v View, code string, start, finish clock.Day) {
	w.Helper()
	r, ok := v.Row(code)
	if !ok || kept(r.Start) != start || kept(r.Finish) != finish {
		w.Errorf("task %s is from %s to %s, want %s to %s", code, r.Start, r.Finish, start, finish)
	}
}
