package workplan

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"ronda/method/plan"
	"ronda/method/plan/msproject"
	"ronda/platform/fault"
)

// rich is a plan that says everything that files can say.
func (w *world) rich(title string) string {
	w.Helper()
	number := w.Filed(title, nil)
	w.edit(number, Edit{Op: AddTask, Fields: Fields{Name: "Primera etapa", Body: ours}}, Edit{Op: AddTask, Parent: "1", Fields: Fields{Name: "Diseño, con «vecinos»", Duration: 5, Body: ours, Notes: "=SUMA(A1)"}},
		Edit{Op: AddTask, Parent: "1", Fields: Fields{Name: "Obra", Duration: 10, Body: ours, Constraint: "SNET", On: day("2026-04-20"), Deadline: day("2026-05-15")}},
		add("Compra", 7), Edit{Op: AddTask, Fields: Fields{Name: "Apertura", Constraint: "MFO", On: day("2026-06-30")}},
		wait("2", "3", plan.FinishToStart, 2), wait("2", "4", plan.StartToStart, -1), wait("4", "3", plan.FinishToFinish, 0), wait("1", "5", plan.FinishToStart, 3), wait("4", "5", plan.StartToFinish, 20))
	w.Must(w.plans.Progress(w.As(proposer), number, Done{Task: "2", Percent: 100, Began: day("2026-03-16"), Ended: day("2026-03-20")}, Done{Task: "4", Percent: 40, Began: day("2026-03-23")}))
	return number
}

func (w *world) file(number string, f Format) []byte {
	w.Helper()
	var b bytes.Buffer
	w.Must(w.plans.Export(w.As(proposer), number, f, &b))
	return b.Bytes()
}

// TestPlansGoOutAndComeBack whole, in both formats, over the store; and a trial of
// what was exported changes nothing.
func TestPlansGoOutAndComeBack(t *testing.T) {
	run(t, func(w *world) {
		number := w.rich("De ida")
		before := w.plan(proposer, number)
		for _, f := range []Format{XML, CSV} {
			data := w.file(number, f)
			r, err := w.plans.Import(w.As(proposer), number, 0, f, bytes.NewReader(data), true)
			w.Must(err)
			if len(r.Errors) > 0 || r.Changed+r.Added+r.Gone > 0 || r.Done || r.Tasks != 5 || r.Links != 5 {
				t.Errorf("%s: the same plan again: %+v", f, r)
			}
			other := w.Filed("De vuelta "+string(f), nil)
			if r, err = w.plans.Import(w.As(proposer), other, 0, f, bytes.NewReader(data), false); err != nil || !r.Done || len(r.Errors) > 0 {
				t.Fatalf("%s: %v %+v", f, err, r)
			}
			w.same(f, before, w.plan(proposer, other))
			if again := w.file(other, f); f == CSV && !bytes.Equal(data, again) {
				t.Errorf("the file differs after a round trip:\n%s\n%s", data, again)
			}
		}
		if after := w.plan(proposer, number); after.Plan.Version != before.Plan.Version {
			t.Errorf("a trial changed the plan")
		}
	})
}

// same asserts that two plans say the same, but for when they were written.
func (w *world) same(f Format, a, b View) {
	w.Helper()
	for n := range a.Rows {
		x, y := a.Rows[n].Task, b.Rows[n].Task
		x.Version, y.Version, x.Position, y.Position = 0, 0, 0, 0
		if x != y {
			w.Errorf("%s: task %d came back as\n%+v, was\n%+v", f, n, y, x)
		}
		if a.Rows[n].Dates != b.Rows[n].Dates {
			w.Errorf("%s: task %d has other days: %+v, were %+v", f, n, b.Rows[n].Dates, a.Rows[n].Dates)
		}
	}
	if got, want := byEnds(b.Work.Links), byEnds(a.Work.Links); fmt.Sprint(got) != fmt.Sprint(want) || f == XML && a.Plan.Start != b.Plan.Start {
		w.Errorf("%s: links %v, want %v; start %s, want %s", f, got, want, b.Plan.Start, a.Plan.Start)
	}
}

// TestAnImportIsWholeOrNothing: a file with something wrong in it leaves the plan as
// it was, and the report says where.
func TestAnImportIsWholeOrNothing(t *testing.T) {
	w := lone(t)
	number := w.whole("Importar")
	before := w.plan(proposer, number)
	try := func(f Format, text string) Report {
		t.Helper()
		r, err := w.plans.Import(w.As(proposer), number, before.Plan.Version, f, strings.NewReader(text), false)
		w.Must(err)
		return r
	}
	for text, want := range map[string]Line{
		"id,name,duration\n1,Diseño,cinco\n":                         {Line: 2, Task: "1", Column: "duration", Key: "delivery.workplan.row.not_a_number"},
		"id,nombre,predecesoras\n1,a,2\n2,b,1\n":                     {Column: "link", Key: "delivery.workplan.problem.cycle"},
		"id,name,predecessors\n1,a,7\n":                              {Line: 2, Task: "1", Column: "predecessors", Key: "delivery.workplan.row.unknown_task"},
		"id,name,deadline\n1,a,2099-01-01\n":                         {Task: "1", Column: "deadline", Key: "delivery.workplan.fault.far"},
		"id,name,done,actual_start\n1,a,10,2026-12-01\n":             {Task: "1", Column: "actual_start", Key: "delivery.workplan.fault.future"},
		"id,name\n1," + strings.Repeat("x", NameMax+1) + "\n":        {Task: "1", Column: "name", Key: "fault.too_long"},
		"id,name,parent\n1,a,2\n2,b,1\n":                             {Column: "parent", Key: "delivery.workplan.problem.parent_cycle"},
		"id,name,constraint,constraint_date\n1,a,NUNCA,2026-04-01\n": {Line: 2, Task: "1", Column: "constraint", Key: "delivery.workplan.row.unknown"},
		"id,name,duration,actual_finish,done\n1,a,3,2026-03-02,50\n": {Column: "percent", Key: "delivery.workplan.problem.unfinished"},
	} {
		r := try(CSV, text)
		if r.Done || len(r.Errors) == 0 {
			t.Errorf("%q was taken: %+v", text, r)
			continue
		}
		if got := r.Errors[0]; got.Line != want.Line || got.Task != want.Task || got.Column != want.Column || got.Key != want.Key {
			t.Errorf("%q: got %+v, want %+v", text, got, want)
		}
	}
	_, err := w.plans.Import(w.As(proposer), number, before.Plan.Version, XML, strings.NewReader("<html></html>"), true)
	w.fails(err, fault.Invalid, "", "file")
	_, err = w.plans.Import(w.As(proposer), number, before.Plan.Version-1, CSV, strings.NewReader("id,name\n1,a\n"), false)
	w.fails(err, fault.Conflict, "delivery.workplan.fault.edited")
	if after := w.plan(proposer, number); after.Plan.Version != before.Plan.Version || len(after.Rows) != 3 {
		t.Errorf("a refused file changed the plan: %+v", after.Plan)
	}
	w.Must(w.sign(number))
	v := w.plan(proposer, number)
	r, err := w.plans.Import(w.As(proposer), number, v.Plan.Version, CSV, strings.NewReader("id,name\n1,a\n"), true)
	w.Must(err)
	if len(r.Errors) != 1 || r.Errors[0].Key != "delivery.workplan.fault.frozen" {
		t.Errorf("a frozen plan takes another one: %+v", r)
	}
}

// TestALargeFile: 50,000 lines come in whole, and one more does not.
func TestALargeFile(t *testing.T) {
	w := lone(t)
	number := w.Filed("Enorme", nil)
	var b strings.Builder
	b.WriteString("id,name,duration,predecessors\n")
	for n := 1; n <= plan.MaxTasks; n++ {
		fmt.Fprintf(&b, "%d,Tarea %d,1,", n, n)
		if n%100 > 1 {
			fmt.Fprintf(&b, "%d", n-1)
		}
		b.WriteByte('\n')
	}
	_, err := w.plans.Import(w.As(proposer), number, 0, CSV, strings.NewReader(b.String()+"x,x,1,\n"), false)
	w.fails(err, fault.Invalid, "", "file")
	r, err := w.plans.Import(w.As(proposer), number, 0, CSV, strings.NewReader(b.String()), false)
	w.Must(err)
	if !r.Done || r.Added != plan.MaxTasks {
		t.Errorf("%d tasks came in, %+v", r.Added, r.Errors)
	}
}

// TestAFileOfSomebodyElse: what a plan cannot say is told, and the days that count
// are the city's.
func TestAFileOfSomebodyElse(t *testing.T) {
	w := lone(t)
	cal, err := plan.NewCalendar(plan.Week{true, true, true, true, true, true, true}, nil)
	w.Must(err)
	p := &plan.Plan{Name: "Ajeno", Start: day("2026-04-01"), Calendar: cal, Tasks: []plan.Task{{ID: "1", Name: "Obra", Duration: 3, Contact: "Ministerio de Salud"}, {ID: "2", Name: "Compra", Duration: 1, Contact: "Estudio Pérez"}}}
	s, err := p.Schedule()
	w.Must(err)
	var b bytes.Buffer
	w.Must(msproject.Write(&b, p, s))
	number := w.Filed("Ajeno", nil)
	r, err := w.plans.Import(w.As(proposer), number, 0, XML, &b, false)
	w.Must(err)
	if len(r.Notes) != 1 || r.Notes[0].Key != "delivery.workplan.loss.calendar" {
		t.Errorf("notes: %+v", r.Notes)
	}
	v := w.plan(proposer, number)
	w.days(v, "1", "2026-04-01", "2026-04-07")
	if v.Rows[0].Body != "min-salud" || v.Rows[0].Contact != "" || v.Rows[1].Contact != "Estudio Pérez" {
		t.Errorf("who answers: %+v %+v", v.Rows[0].Task, v.Rows[1].Task)
	}
	if v := w.plan("", number); v.Rows[1].Contact != "" {
		t.Errorf("a visitor reads %q", v.Rows[1].Contact)
	}
}
