package workplan

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"ronda/city/people"
	"ronda/city/roundtable/roundtest"
	"ronda/method/plan"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// TestAPlanIsMadeAndFrozen: tasks are computed on the city's working days, step 1
// takes the plan as evidence and freezes it, and what is agreed changes by what
// Planning accepts from then on.
func TestAPlanIsMadeAndFrozen(t *testing.T) {
	run(t, func(w *world) {
		number := w.whole("Aprendizajes")
		v := w.plan("", number)
		w.days(v, "1", "2026-03-25", "2026-03-31")
		w.days(v, "2", "2026-04-01", "2026-04-16") // 2 and 3 April are holidays
		w.days(v, "3", "2026-04-16", "2026-04-16")
		if p := v.Schedule.Path; len(p) < 2 || !v.Rows[0].Critical {
			t.Errorf("critical path %v", p)
		}
		w.evidence(number, "metas", "Escuelas con proyecto: 500 escuelas, 2026-12-31")
		w.evidence(number, "cronograma", "2026-04-16 · Apertura")
		w.Must(w.sign(number))
		v = w.plan("", number)
		if !v.Frozen || len(v.Baselines) != 1 || v.Baselines[0].Why != BySignature || v.Baselines[0].Finish != "2026-04-16" || v.Rows[1].BaseFinish != "2026-04-16" {
			t.Errorf("after the signature: frozen %v, %+v", v.Frozen, v.Baselines)
		}
		w.frozen(number, v)
		w.changed(number, v)
		w.reopened(number)
		w.forgotten(number)
	})
}

// evidence asserts that an item of step 1 has evidence that says something.
func (w *world) evidence(number, item, says string) {
	w.Helper()
	s, err := w.Roundtable.StepView(w.As(planner), number, "efectividad")
	w.Must(err)
	for _, e := range s.Evidence {
		if e.Item == item && strings.Contains(e.Text, says) && strings.HasPrefix(e.URL, "/iniciativas/"+number+"/plan") {
			return
		}
	}
	w.Errorf("nothing shows %s: %+v", item, s.Evidence)
}

// frozen: who does a task may change, what was agreed may not.
func (w *world) frozen(number string, v View) {
	w.Helper()
	longer := Edit{Op: EditTask, Task: "2", Fields: Fields{Name: "Obra", Duration: 15, Body: ours}}
	for _, e := range []Edit{longer, add("Otra", 1), {Op: DropTask, Task: "1"}, wait("1", "3", plan.FinishToStart, 3), {Op: DropLink, Link: v.Work.Links[0]},
		{Op: Shift, Task: "2", Start: day("2026-05-04"), Finish: day("2026-05-08")}, {Op: SetStart, Start: day("2026-06-01")}, goal("Otro", 3)} {
		_, err := w.plans.Edit(w.As(proposer), number, v.Plan.Version, e)
		w.fails(err, fault.Conflict, "delivery.workplan.fault.frozen")
	}
	if after := w.plan("", number); after.Plan.Version != v.Plan.Version || len(after.Rows) != 3 {
		w.Errorf("a refused edit changed the plan: %+v", after.Plan)
	}
	w.edit(number, Edit{Op: EditTask, Task: "2", Fields: Fields{Name: "Obra", Duration: 10, Body: "min-educacion", Notes: "Con la cooperadora"}})
}

// changed: a change request is done when Planning accepts it, and makes the next
// baseline; nobody else decides it.
func (w *world) changed(number string, before View) {
	w.Helper()
	version := w.plan("", number).Plan.Version
	longer := Edit{Op: EditTask, Task: "2", Fields: Fields{Name: "Obra", Duration: 15, Body: ours}}
	same := Edit{Op: EditTask, Task: "1", Fields: Fields{Name: "Diseño", Duration: 5, Body: ours, Notes: "x"}}
	_, err := w.plans.AskChange(w.As(proposer), number, version, "Porque sí", same)
	w.fails(err, fault.Conflict, "delivery.workplan.fault.nothing")
	_, err = w.plans.AskChange(w.As(proposer), number, version, "", longer)
	w.fails(err, fault.Invalid, "", "reason")
	c, err := w.plans.AskChange(w.As(proposer), number, version, "La obra tiene más aulas.", longer)
	w.Must(err)
	if c.FinishBefore != "2026-04-16" || c.FinishAfter != "2026-04-23" || c.Moved != 2 {
		w.Errorf("what the change would do: %+v", c)
	}
	if v := w.plan("", number); v.Plan.Version != version || v.Rows[1].Task.Duration != 10 {
		w.Errorf("asking for a change did it")
	}
	if items, err := w.plans.Desk(w.As(planner), "person of "+planner); err != nil || len(items) != 1 || !strings.HasSuffix(items[0].Href, c.Number) {
		w.Errorf("the desk of Planning: %v %v", items, err)
	}
	w.fails(w.plans.DecideChange(w.As(proposer), number, c.Number, true, "Sí"), fault.Forbidden, "")
	promoted := people.Me(w.As(planner))
	promoted.Person = "person of " + proposer
	w.fails(w.plans.DecideChange(people.With(w.As(), promoted), number, c.Number, true, "Sí"), fault.Forbidden, "delivery.workplan.fault.own")
	w.Must(w.plans.DecideChange(w.As(planner), number, c.Number, true, "Está justificado."))
	w.fails(w.plans.DecideChange(w.As(planner), number, c.Number, false, "No"), fault.Conflict, "delivery.workplan.fault.decided")
	v := w.plan("", number)
	if len(v.Baselines) != 2 || v.Baselines[0].Change != c.Number || v.Rows[1].BaseFinish != "2026-04-23" || v.Changes[0].Baseline != 2 {
		w.Errorf("after the change: %+v %+v", v.Baselines, v.Changes)
	}
	late, err := w.plans.AskChange(w.As(proposer), number, version, "Otra vez, desde lo de antes.", Edit{Op: EditTask, Task: "3", Fields: Fields{Name: "Inauguración"}})
	w.Must(err)
	w.Must(w.plans.DropChange(w.As(proposer), number, late.Number))
	_, err = w.plans.AskChange(w.As(proposer), number, version, "Sobre lo que ya cambió.", longer)
	w.fails(err, fault.Conflict, "delivery.workplan.fault.edited")
}

// reopened: the plan is edited while the step is open again, and the next signature
// makes the next baseline. A baseline that was made does not change.
func (w *world) reopened(number string) {
	w.Helper()
	w.Must(w.Roundtable.ReopenStep(w.As(planner), number, "efectividad", "Falta una tarea del plan."))
	w.edit(number, Edit{Op: AddTask, Before: "3", Fields: Fields{Name: "Pruebas", Duration: 2, Body: ours}}, wait("2", "4", plan.FinishToStart, 0), wait("4", "3", plan.FinishToStart, 0))
	w.told()
	w.Must(w.sign(number))
	v := w.plan("", number)
	var ends []clock.Day
	for _, b := range v.Baselines {
		ends = append(ends, b.Finish)
	}
	if !slices.Equal(ends, []clock.Day{"2026-04-27", "2026-04-23", "2026-04-16"}) || v.Rows[2].Name != "Pruebas" {
		w.Errorf("baselines end on %v, third task %q", ends, v.Rows[2].Name)
	}
}

// forgotten: an account that ends leaves no trace of the person.
func (w *world) forgotten(number string) {
	w.Helper()
	me := "person of " + proposer
	w.edit(number, Edit{Op: EditTask, Task: "1", Fields: Fields{Name: "Diseño", Duration: 5, Body: ours, Person: me}})
	if v := w.plan("", number); v.Rows[0].Person != "" {
		w.Errorf("a visitor reads who does a task: %q", v.Rows[0].Person)
	}
	if v := w.plan(planner, number); v.Rows[0].Person != me {
		w.Errorf("an official does not")
	}
	mine, err := w.plans.Mine(w.As(proposer), me)
	w.Must(err)
	if len(mine) != 1 || len(mine[0].Places) == 0 {
		w.Errorf("my tasks: %+v", mine)
	}
	w.Must(w.plans.Forget(w.As(), me))
	if v := w.plan(planner, number); v.Rows[0].Person != "" {
		w.Errorf("who does it after the account ended: %q", v.Rows[0].Person)
	}
	events, err := w.log.Timeline(w.As(), w.initiative(number).Subject(), event.Page{Limit: 200})
	w.Must(err)
	kinds := map[string]bool{}
	for _, e := range events {
		kinds[e.Kind] = true
		for _, text := range e.Data {
			if strings.Contains(text, "person of") {
				w.Errorf("the public event %s names a person: %v", e.Kind, e.Data)
			}
		}
	}
	for _, kind := range []string{EventEdited, EventFrozen, EventAsked, EventAccepted, EventDropped} {
		if !kinds[kind] {
			w.Errorf("nothing tells %s", kind)
		}
	}
}

// TestTwoEditAtOnce: edits of different tasks join; of the same one the second gets
// what the first wrote.
func TestTwoEditAtOnce(t *testing.T) {
	run(t, func(w *world) {
		number := w.whole("A la vez")
		version := w.plan(proposer, number).Plan.Version
		name := func(task, name string) Edit {
			return Edit{Op: EditTask, Task: task, Fields: Fields{Name: name, Duration: 5, Body: ours}}
		}
		var wg sync.WaitGroup
		errs := make([]error, 2)
		for n, task := range []string{"1", "2"} {
			wg.Go(func() { _, errs[n] = w.plans.Edit(w.As(proposer), number, version, name(task, "Nuevo "+task)) })
		}
		wg.Wait()
		w.Must(errs[0])
		w.Must(errs[1])
		v := w.plan(proposer, number)
		if v.Rows[0].Name != "Nuevo 1" || v.Rows[1].Name != "Nuevo 2" {
			w.Errorf("one of the edits is lost: %q %q", v.Rows[0].Name, v.Rows[1].Name)
		}
		_, err := w.plans.Edit(w.As(planner), number, version, name("1", "Mío"))
		f := w.fails(err, fault.Conflict, "delivery.workplan.fault.edited")
		if theirs, ok := f.Theirs.(Task); !ok || theirs.Name != "Nuevo 1" {
			w.Errorf("the conflict does not hold what the other wrote: %+v", f.Theirs)
		}
		_, err = w.plans.Edit(w.As(planner), number, version, Edit{Op: DropTask, Task: "2"})
		w.fails(err, fault.Conflict, "delivery.workplan.fault.edited")
		w.edit(number, Edit{Op: DropTask, Task: "1"})
		_, err = w.plans.Edit(w.As(planner), number, version, name("1", "Mío"))
		w.fails(err, fault.Conflict, "delivery.workplan.fault.gone")
	})
}

// TestWhatAPlanRefuses, and that it says why where the form has the field.
func TestWhatAPlanRefuses(t *testing.T) {
	w := lone(t)
	number := w.whole("Rechazos")
	before := w.plan(proposer, number)
	refuse := func(field, key string, edits ...Edit) *fault.Error {
		t.Helper()
		_, err := w.plans.Edit(w.As(proposer), number, before.Plan.Version, edits...)
		f := w.fails(err, fault.Invalid, "", field)
		if !slices.ContainsFunc(f.Fields, func(x fault.Field) bool { return x.Key == "delivery.workplan."+key }) {
			t.Errorf("got %v, want %s", err, key)
		}
		return f
	}
	f := refuse("link", "problem.cycle", wait("3", "1", plan.FinishToStart, 0))
	names, _ := f.Fields[0].Args[1].(string)
	circle := strings.Split(names, " → ")
	if len(circle) != 4 || circle[0] != circle[3] || !strings.Contains(names+" → "+names, "1 Diseño → 2 Obra") {
		t.Errorf("the circle is named %q", names)
	}
	refuse("link", "problem.self_link", wait("2", "2", plan.FinishToStart, 0))
	refuse("link", "fault.unknown", wait("99", "2", plan.FinishToStart, 0))
	refuse("parent", "fault.within", Edit{Op: MoveTask, Task: "1", Parent: "1"})
	refuse("duration", "fault.duration", add("Larga", -1))
	refuse("deadline", "fault.far", Edit{Op: AddTask, Fields: Fields{Name: "x", Duration: 1, Deadline: day("2099-01-01")}})
	refuse("duration", "fault.far", add("Larguísima", 20_000))
	refuse("start", "fault.far_start", Edit{Op: SetStart, Start: day("2084-01-01")})
	refuse("body", "fault.body", Edit{Op: AddTask, Fields: Fields{Name: "x", Duration: 1, Body: "min-produccion"}})
	refuse("person", "fault.person", Edit{Op: AddTask, Fields: Fields{Name: "x", Duration: 1, Body: "min-salud", Person: "person of " + proposer}})
	refuse("target", "fault.target", goal("Nada", 0))
	refuse("target", "fault.target", Edit{Op: SaveObjective, Objective: Objective{Title: "x", Unit: "y", Known: true, From: 5, Target: 5, Due: "2026-12-31"}})
	refuse("due", "fault.far", Edit{Op: SaveObjective, Objective: Objective{Title: "x", Unit: "y", Target: 5, Due: "2090-12-31"}})
	refuse("finish", "fault.order", Edit{Op: Shift, Task: "1", Start: day("2026-04-10"), Finish: day("2026-04-01")})
	refuse("parent", "fault.unknown", add("a", 1), Edit{Op: AddTask, Parent: "no", Fields: Fields{Name: "b"}})
	w.edit(number, Edit{Op: SaveObjective, Objective: Objective{Title: "Bajar a cero", Unit: "accidentes", Known: true, From: 20000, Target: 0, Due: "2026-12-31"}})
	if v := w.plan(proposer, number); len(v.Rows) != 3 || len(v.Work.Links) != 2 || len(v.Objectives) != 2 {
		t.Errorf("a refused edit left something: %d tasks, %d links, %d objectives", len(v.Rows), len(v.Work.Links), len(v.Objectives))
	}
}

// TestWhoMayNot: nobody edits, reports or decides but those the policy says, and
// what is in preparation does not exist for visitors.
func TestWhoMayNot(t *testing.T) {
	w := lone(t)
	number, draft := w.whole("Público"), w.Draft("Borrador", nil)
	for _, x := range []struct {
		post string
		kind fault.Kind
	}{{"", fault.Forbidden}, {citizen, fault.Forbidden}, {stranger, fault.Forbidden}, {chief, fault.Forbidden}} {
		_, err := w.plans.Edit(w.As(x.post), number, 99, add("x", 1))
		w.fails(err, x.kind, "")
		_, err = w.plans.AskChange(w.As(x.post), number, 99, "r", add("x", 1))
		w.fails(err, x.kind, "")
		w.fails(w.plans.Progress(w.As(x.post), number, Done{Task: "1", Percent: 5}), x.kind, "")
		w.fails(w.plans.Reach(w.As(x.post), number, "x", 1, "2026-01-01"), x.kind, "")
		w.fails(w.plans.Agree(w.As(x.post), number), x.kind, "")
		_, err = w.plans.Import(w.As(x.post), number, 0, CSV, strings.NewReader("id,name\n1,x\n"), true)
		w.fails(err, x.kind, "")
	}
	_, err := w.plans.Plan(w.As(), draft)
	w.fails(err, fault.NotFound, "")
	w.fails(w.plans.Export(w.As(), draft, CSV, &strings.Builder{}), fault.NotFound, "")
	w.fails(w.plans.Agree(w.As(planner), number), fault.Conflict, "delivery.workplan.fault.unsigned")
	if _, err := w.plans.Edit(people.With(w.As(), people.Standing{Person: id.New()}), draft, 0, add("x", 1)); !fault.Is(err, fault.NotFound) {
		t.Errorf("somebody without a post hears of a draft: %v", err)
	}
}

const citizen = roundtest.Citizen
