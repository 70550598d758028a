package workplan

import (
	"testing"

	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/method/plan"
	"ronda/platform/clock"
	"ronda/platform/fault"
)

// TestTheDaysPass over a plan: what was to be done shows as late in the plan, in
// lists, on the desk and in what others read, until it is done.
func TestTheDaysPass(t *testing.T) {
	run(t, func(w *world) {
		number := w.adopted("En obra")
		id := w.initiative(number).ID
		if p := w.physical(id); p.LateDays != 0 || len(p.Late) != 0 || p.BaselineFinish != "2026-04-16" || p.Done != 0 {
			t.Errorf("on the first day: %+v", p)
		}
		w.fails(w.plans.Progress(w.As(proposer), number, Done{Task: "1", Percent: 101}), fault.Invalid, "", "percent")
		w.fails(w.plans.Progress(w.As(proposer), number, Done{Task: "1", Percent: 10, Began: day("2026-04-01")}), fault.Invalid, "", "began")
		w.fails(w.plans.Progress(w.As(proposer), number, Done{Task: "1", Percent: 100, Began: day("2026-03-20"), Ended: day("2026-03-18")}), fault.Invalid, "", "ended")
		w.Must(w.plans.Progress(w.As(proposer), number, Done{Task: "1", Percent: 40}))
		w.later(26) // Monday 20 April
		p := w.physical(id)
		if len(p.Late) != 3 || !p.Late[2].Milestone || p.Late[2].Due != "2026-04-16" || p.Late[0].Href != "/iniciativas/"+number+"/plan/tareas/1" || p.Planned != 1 {
			t.Errorf("late on 20 April: %+v", p)
		}
		v := w.plan("", number)
		if got := v.Rows[2]; !got.Late || kept(got.Finish) != p.Finish || p.LateDays != int(day(p.Finish)-day("2026-04-16")) || p.LateDays < 15 {
			t.Errorf("the opening moves to %s, %d days late", got.Finish, p.LateDays)
		}
		w.listed(number, p.Finish)
		done := []Done{{Task: "1", Percent: 100}, {Task: "2", Percent: 100, Began: day("2026-04-06")}, {Task: "3", Percent: 100}}
		w.Must(w.plans.Progress(w.As(proposer), number, done...))
		if p := w.physical(id); len(p.Late) != 0 || p.Done != 1 || p.Finish != "2026-04-20" || p.LateDays != 4 {
			t.Errorf("when all is done: %+v", p)
		}
		if items, err := w.plans.Desk(w.As(proposer), "person of "+proposer); err != nil || len(items) != 0 {
			t.Errorf("the desk when all is done: %v %v", items, err)
		}
		o := v.Objectives[0]
		w.fails(w.plans.Reach(w.As(proposer), number, o.ID, 1000, "2027-01-01"), fault.Invalid, "", "day")
		w.Must(w.plans.Reach(w.As(proposer), number, o.ID, 480_500, "2026-04-20"))
		if o := w.plan("", number).Objectives[0]; o.Reached.String() != "480.5" || o.ReachedOn != "2026-04-20" {
			t.Errorf("what is reached: %+v", o)
		}
	})
}

func (w *world) physical(id string) (p struct {
	Planned, Done  float64
	LateDays       int
	Finish         clock.Day
	BaselineFinish clock.Day
	Late           []lateItem
}) {
	w.Helper()
	all, err := w.plans.Physical(w.As(), id, "no-such-initiative")
	w.Must(err)
	if len(all) != 1 {
		w.Fatalf("physical progress of %d initiatives", len(all))
	}
	x := all[id]
	p.Planned, p.Done, p.LateDays, p.Finish, p.BaselineFinish = x.Planned, x.Done, x.LateDays, x.Finish, x.BaselineFinish
	for _, l := range x.Late {
		p.Late = append(p.Late, lateItem{l.Milestone, l.Due, l.Href})
	}
	return p
}

type lateItem struct {
	Milestone bool
	Due       clock.Day
	Href      string
}

// listed asserts what lists say of a late plan: the portfolio, the desk, what is
// open data; also after the night's sweep.
func (w *world) listed(number string, finish clock.Day) {
	w.Helper()
	for range 2 {
		bars, _, err := w.plans.Portfolio(w.As(), roundtable.Filter{}, "", 10)
		w.Must(err)
		if len(bars) != 1 || !bars[0].Has || bars[0].Card.Number != number || bars[0].Finish != finish {
			w.Errorf("the portfolio shows %+v", bars)
		}
		w.Must(w.plans.Sweep(w.As()))
	}
	items, err := w.plans.Desk(w.As(proposer), "person of "+proposer)
	w.Must(err)
	if len(items) != 3 || items[0].Due != "2026-03-31" {
		w.Errorf("the desk of who signs for the body: %+v", items)
	}
	draft := w.Draft("Todavía no", nil)
	w.edit(draft, add("Secreta", 3), goal("Secreto", 1))
	var tasks, goals int
	w.Must(w.plans.EachTask(w.As(planner), func(r TaskRow) error {
		tasks++
		if r.Initiative != number {
			w.Errorf("open data has a task of %s", r.Initiative)
		}
		return nil
	}))
	w.Must(w.plans.EachObjective(w.As(planner), func(r ObjectiveRow) error { goals++; return nil }))
	if tasks != 3 || goals != 1 {
		w.Errorf("open data has %d tasks and %d objectives", tasks, goals)
	}
}

// TestAChangeForgivesNoDelay: the baseline that an accepted change makes is what is
// agreed, not what became of it.
func TestAChangeForgivesNoDelay(t *testing.T) {
	w := lone(t)
	number := w.adopted("Demorada")
	w.Must(w.plans.Progress(w.As(proposer), number, Done{Task: "1", Percent: 10}))
	w.later(26)
	version := w.plan("", number).Plan.Version
	c, err := w.plans.AskChange(w.As(proposer), number, version, "Conviene una prueba antes.", Edit{Op: AddTask, Before: "3", Fields: Fields{Name: "Prueba", Duration: 1, Body: ours}})
	w.Must(err)
	w.Must(w.plans.DecideChange(w.As(planner), number, c.Number, true, "De acuerdo."))
	v := w.plan("", number)
	if v.Baselines[0].Number != 2 || v.Baselines[0].Finish != "2026-04-16" || v.Rows[0].BaseFinish != "2026-03-31" {
		t.Errorf("the second baseline ends on %s, its first task on %s", v.Baselines[0].Finish, v.Rows[0].BaseFinish)
	}
	if p := w.physical(v.Plan.Initiative); p.LateDays < 15 || len(p.Late) != 4 {
		t.Errorf("the delay is gone: %+v", p)
	}
}

// TestAPlanMadeAfterwards, for an initiative that was adopted without one, has its
// first baseline when Planning agrees to it.
func TestAPlanMadeAfterwards(t *testing.T) {
	w := lone(t)
	number := w.Filed("Sin plan", nil)
	w.Must(w.sign(number)) // with documents alone
	w.Must(w.Roundtable.Overrule(w.As(chief), number, "Es urgente para el año que empieza."))
	w.edit(number, add("Obra", 10))
	f := w.fails(w.plans.Agree(w.As(planner), number), fault.Invalid, "", FieldObjectives, FieldSchedule)
	if len(f.Fields) != 2 { // no objective, no milestone
		t.Errorf("what it lacks: %+v", f.Fields)
	}
	w.edit(number, goal("Escuelas", 3), add("Apertura", 0))
	w.Must(w.plans.Agree(w.As(planner), number))
	w.fails(w.plans.Agree(w.As(planner), number), fault.Conflict, "delivery.workplan.fault.agreed")
	if v := w.plan("", number); !v.Frozen || v.Baselines[0].Why != ByAgreement {
		t.Errorf("frozen %v, %+v", v.Frozen, v.Baselines)
	}
}

// TestASignatureAsksForAWholePlan: a plan that lacks something stops it, and what it
// lacks stands at the items of the step.
func TestASignatureAsksForAWholePlan(t *testing.T) {
	w := lone(t)
	number := w.Filed("A medias", nil)
	w.edit(number, Edit{Op: AddTask, Fields: Fields{Name: "Obra", Duration: 10}})
	w.told()
	f := w.fails(w.sign(number), fault.Invalid, "", "item-metas", "item-cronograma")
	keys := map[string]bool{}
	for _, x := range f.Fields {
		keys[x.Key] = true
	}
	for _, key := range []string{"delivery.workplan.lack.objectives", "delivery.workplan.lack.milestones", "delivery.workplan.lack.body"} {
		if !keys[key] {
			t.Errorf("nothing says %s: %+v", key, f.Fields)
		}
	}
	if v := w.plan("", number); v.Plan.Baseline != 0 {
		t.Errorf("a signature that was refused made a baseline")
	}
}

// TestADrag moves, stretches, and says what it cannot.
func TestADrag(t *testing.T) {
	w := lone(t)
	number := w.whole("Arrastrar")
	drag := func(task, from, to string) Edit {
		return Edit{Op: Shift, Task: task, Start: day(clock.Day(from)), Finish: day(clock.Day(to))}
	}
	w.edit(number, drag("2", "2026-04-13", "2026-04-17"))
	v := w.plan("", number)
	w.days(v, "2", "2026-04-13", "2026-04-17")
	w.days(v, "3", "2026-04-17", "2026-04-17")
	w.edit(number, drag("1", "2026-03-25", "2026-04-15"))
	w.days(w.plan("", number), "2", "2026-04-16", "2026-04-22") // its link moves it on
	w.edit(number, drag("3", "2026-05-04", "2026-05-04"))
	w.days(w.plan("", number), "3", "2026-05-04", "2026-05-04")
	w.edit(number, Edit{Op: EditTask, Task: "2", Fields: Fields{Name: "Obra", Duration: 5, Constraint: "MFO", On: day("2026-05-08"), Body: ours}}, drag("2", "2026-05-11", "2026-05-15"))
	if x, _ := w.plan("", number).Row("2"); x.Constraint != plan.MustFinish.String() || x.On != "2026-05-15" {
		t.Errorf("a task that must finish on a day was bound to %s %s", x.Constraint, x.On)
	}
	w.Must(w.plans.Progress(w.As(proposer), number, Done{Task: "1", Percent: 10}))
	_, err := w.plans.Edit(w.As(proposer), number, 99, drag("1", "2026-03-27", "2026-04-15"))
	w.fails(err, fault.Invalid, "", "start")
	made := w.edit(number, Edit{Op: AddTask, Before: "1", Fields: Fields{Name: "Etapa"}})
	w.edit(number, Edit{Op: MoveTask, Task: "2", Parent: made.Tasks[0]})
	_, err = w.plans.Edit(w.As(proposer), number, 99, drag(made.Tasks[0], "2026-03-27", "2026-04-15"))
	w.fails(err, fault.Invalid, "", "start")
	if v := w.plan("", number); v.Rows[0].Code != made.Tasks[0] || v.Rows[1].Code != "2" || v.Rows[1].Level != 1 {
		t.Errorf("the order of the outline: %s %s", v.Rows[0].Code, v.Rows[1].Code)
	}
}

// TestAPersonsTermEnds before the task they answer for: a warning for officials,
// which stops no signature.
func TestAPersonsTermEnds(t *testing.T) {
	w := lone(t)
	number := w.whole("Mandatos")
	who := w.until("Ana", proposer, "2026-04-01")
	w.edit(number, Edit{Op: EditTask, Task: "2", Fields: Fields{Name: "Obra", Duration: 10, Body: ours, Person: who}})
	v := w.plan(planner, number)
	if len(v.Problems) != 1 || v.Problems[0].Key != "delivery.workplan.lack.term" || !v.Problems[0].Warns || v.Problems[0].Tasks[0] != "2" {
		t.Errorf("problems: %+v", v.Problems)
	}
	if v.Persons[who] != "Ana" {
		t.Errorf("officials read %v", v.Persons)
	}
	if v := w.plan("", number); len(v.Problems) != 0 || len(v.Persons) != 0 {
		t.Errorf("visitors read %+v %v", v.Problems, v.Persons)
	}
	w.Must(w.sign(number))
}

// until appoints somebody to a post whose term ends on a day.
func (w *world) until(name, post, last string) string {
	w.Helper()
	admin := people.With(w.As(), people.Standing{Person: "admin", Roles: []string{people.RoleAdministrator}})
	w.Must(w.People.SyncFrom(admin, w.Charters))
	id, err := w.People.CreateOfficial(admin, name)
	w.Must(err)
	_, _, err = w.People.Appoint(admin, people.Appointment{Post: post, Person: id, From: "2026-01-01", Last: last})
	w.Must(err)
	return id
}

// TestFigures are read as people write them, and written back.
func TestFigures(t *testing.T) {
	for text, want := range map[string]string{"1234.5": "1234.5", "1.234,5": "1234.5", "1,234.5": "1234.5", "500": "500", "12.345": "12345", "0,125": "0.125",
		"-3": "-3", "-0,5": "-0.5", "1.234.567": "1234567", "2,5": "2.5", " 7 ": "7"} {
		f, ok := ParseFigure(text)
		if !ok || f.String() != want {
			t.Errorf("%q is read as %s %v, want %s", text, f, ok, want)
		}
		if again, ok := ParseFigure(f.String()); !ok && f%1000 == 0 || again != f && f%1000 == 0 {
			t.Errorf("%s is read back as %s", f, again)
		}
	}
	for _, text := range []string{"", "x", "1..2", "1,23,4", "0,1234", "1e5", "-", "9999999999999999", "1.2345"} {
		if f, ok := ParseFigure(text); ok {
			t.Errorf("%q is read as %s", text, f)
		}
	}
}
