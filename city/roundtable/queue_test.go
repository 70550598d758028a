package roundtable

import (
	"context"
	"slices"
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
	"ronda/platform/search"
)

// table is a roundtable with nothing on it, at the time start.
type table struct {
	*Module
	ch  *charter.Charter
	ctx context.Context
}

func newTable(t *testing.T, d *db.DB) table {
	t.Helper()
	ctx := clock.At(t.Context(), start)
	if err := d.Migrate(ctx, search.Migrations(d.Engine())); err != nil {
		t.Fatal(err)
	}
	charters := charter.NewStore(d)
	files, err := cities.Open("buenosaires")
	if err != nil {
		t.Fatal(err)
	}
	ch, err := charters.Install(ctx, files, "", "test")
	if err != nil {
		t.Fatal(err)
	}
	log := event.New(d)
	return table{New(d, log, charters, people.New(d, log, charters.Current)), ch, ctx}
}

var tableMigrations = []db.Migrations{event.Migrations, charter.Migrations, people.Migrations, Migrations}

// as gives a context in which the holder of a post acts.
func (x table) as(post string) context.Context {
	p, _ := x.ch.Posts.Get(post)
	h := people.Holding{Post: post, Body: p.Body, Rank: string(p.Rank), Signs: p.Signs}
	for _, b := range x.ch.Path(p.Body) {
		h.Path = append(h.Path, b.Code)
		if b.Code == p.Body {
			h.BodyKind = string(b.Kind)
		}
		if h.Direction == "" && b.Kind == charter.KindGeneralDirection {
			h.Direction = b.Code
		}
	}
	if m, ok := x.ch.Ministry(p.Body); ok {
		h.Ministry = m.Code
	}
	return people.With(x.ctx, people.Standing{Person: "person of " + post, Name: post, Posts: []people.Holding{h}})
}

// filed puts an initiative of a direction into the round and gives its number.
func (x table) filed(t *testing.T, title string) string {
	t.Helper()
	ctx := x.as("director-reciclado")
	i, err := x.Propose(ctx, Thought{Title: title, Line: "Una línea sobre " + title, Sponsor: "dg-reciclado", WhyNew: "Es otra cosa, de verdad"})
	if err != nil {
		t.Fatal(err)
	}
	d := Dossier{Title: title, Line: "Una línea", Change: "Cambia algo", Problem: "Hace falta", Type: "programa", Axis: "ciudad-inteligente", SDG: "11",
		Territories: []string{"ciudad"}, Planned: []Planned{{"residentes", "ciudad", 100}}, Version: 1}
	if err := x.Edit(ctx, i.Number, d); err != nil {
		t.Fatal(err)
	}
	if err := x.File(ctx, i.Number); err != nil {
		t.Fatal(err)
	}
	return i.Number
}

func TestQueueHoldsWhatWaitsForMyOfficesFirstDueFirst(t *testing.T) {
	dbtest.Run(t, tableMigrations, func(t *testing.T, d *db.DB) {
		x := newTable(t, d)
		first := x.filed(t, "Compost en cada plaza")
		x.ctx = clock.At(t.Context(), start.AddDate(0, 0, 3))
		second := x.filed(t, "Luces que avisan")

		q, err := x.Queue(x.as("director-planificacion"), QueueFilter{})
		if err != nil {
			t.Fatal(err)
		}
		if len(q.Rows) != 2 || q.Rows[0].Number != first || q.Rows[1].Number != second {
			t.Fatalf("the queue of Planning is %+v", q.Rows)
		}
		if r := q.Rows[0]; r.Step != "efectividad" || r.No != 1 || r.Due != "2026-04-03" || r.TimeWith(start.Add(72*time.Hour)) != 72*time.Hour {
			t.Errorf("its first row is %+v", r)
		}
		if got := len(q.Steps); got != 2 {
			t.Errorf("Planning assists %d steps, not 2", got)
		}
		if q, _ := x.Queue(x.as("director-planificacion"), QueueFilter{Step: "alcance-e-impacto"}); len(q.Rows) != 0 {
			t.Errorf("step 5 holds %+v", q.Rows)
		}
		if q, _ := x.Queue(x.as("coordinador-mesa"), QueueFilter{}); len(q.Rows) != 0 || !slices.Equal(q.Offices, []string{"coordinacion-mesa"}) {
			t.Errorf("the queue of the Coordination is %+v", q)
		}
		if q, err := x.Queue(x.as("director-reciclado"), QueueFilter{}); err != nil || len(q.Offices) != 0 {
			t.Errorf("a direction without an office has the queue %+v, %v", q, err)
		}
		if _, err := x.Queue(people.With(x.ctx, people.Standing{Person: "a citizen"}), QueueFilter{}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a citizen reads a queue: %v", err)
		}
	})
}

func TestQueueGoesOnWhereItEnded(t *testing.T) {
	dbtest.Run(t, tableMigrations, func(t *testing.T, d *db.DB) {
		x := newTable(t, d)
		const many = PageSize + 3
		want := map[string]bool{}
		for n := range many {
			x.ctx = clock.At(t.Context(), start.AddDate(0, 0, n/4)) // several are due on one day
			want[x.filed(t, "Iniciativa número "+string(rune('A'+n)))] = true
		}
		var rows []Waiting
		for after, pages := "", 0; pages == 0 || after != "" && pages < 5; pages++ {
			q, err := x.Queue(x.as("director-planificacion"), QueueFilter{After: after})
			if err != nil {
				t.Fatal(err)
			}
			rows, after = append(rows, q.Rows...), q.Next
		}
		if len(rows) != many || !slices.IsSortedFunc(rows, Waiting.compare) {
			t.Fatalf("%d rows of %d, in order %v", len(rows), many, slices.IsSortedFunc(rows, Waiting.compare))
		}
		for _, r := range rows {
			delete(want, r.Number)
		}
		if len(want) != 0 {
			t.Errorf("never shown: %v", want)
		}
	})
}

func TestADocumentIsEvidenceOrNothing(t *testing.T) {
	dbtest.Run(t, tableMigrations, func(t *testing.T, d *db.DB) {
		x := newTable(t, d)
		number := x.filed(t, "Compost en cada plaza")
		office := x.as("director-planificacion") // assists: it may prove, not edit
		pdf := []byte("%PDF-1.7 x")
		bad := Evidence{Step: "efectividad", Item: "presupuesto", Day: "2999-01-01"}
		if err := x.AddDocument(office, number, bad, "a.pdf", pdf, true); !fault.Is(err, fault.Invalid) {
			t.Fatalf("evidence of a day to come: %v", err)
		}
		v, err := x.View(office, number)
		if err != nil || len(v.Attachments) != 0 {
			t.Fatalf("of refused evidence the file stayed: %v, %v", v.Attachments, err)
		}
		if err := x.AddDocument(office, number, Evidence{Step: "efectividad", Item: "presupuesto"}, "a.pdf", pdf, true); err != nil {
			t.Fatal(err)
		}
		s, err := x.StepView(office, number, "efectividad")
		if err != nil || len(s.Evidence) != 1 || len(s.Attachments) != 1 || s.Evidence[0].Attachment != s.Attachments[0].ID {
			t.Errorf("the step has %+v and %+v, %v", s.Evidence, s.Attachments, err)
		}
		if _, err := x.Attach(office, number, "b.pdf", pdf, true); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the office added a file to the dossier: %v", err)
		}
	})
}

func TestMayAsksForRoleAndState(t *testing.T) {
	x := table{ch: city(t, "buenosaires"), ctx: t.Context()}
	head := people.Me(x.as("director-reciclado"))
	c := Case{Charter: x.ch, Initiative: Initiative{ID: "x", Sponsor: "dg-reciclado", State: Draft}}
	if !c.May(head, File) || c.May(head, Withdraw) {
		t.Error("a draft is filed by its sponsor's head, and not withdrawn")
	}
	c.Initiative.State = Filed
	if c.May(head, File) || !c.May(head, Withdraw) {
		t.Error("what is filed can be withdrawn, and is not filed again")
	}
	if c.May(people.Me(x.as("director-empleo")), Withdraw) {
		t.Error("another direction withdraws it")
	}
}
