package workplan

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"ronda/method/plan"
	"ronda/platform/fault"
)

// maxLines bounds each part of a report.
const maxLines = 100

// importing is an import while it runs.
type importing struct {
	*work
	format Format
	report *Report
}

func (in *importing) note(key, task, detail string) {
	if len(in.report.Notes) < maxLines {
		in.report.Notes = append(in.report.Notes, Line{Task: task, Value: detail, Key: key})
	}
}

func (in *importing) fail(task, column, value, key string, args ...any) {
	if len(in.report.Errors) < maxLines {
		in.report.Errors = append(in.report.Errors, Line{Task: task, Column: column, Value: value, Key: key, Args: args})
	}
}

// run reads the file into the plan and writes it, unless something is wrong.
func (in *importing) run(ctx context.Context, data []byte) error {
	p, ok, err := in.read(data)
	if err != nil || !ok {
		return err
	}
	in.take(p)
	if len(in.report.Errors) > 0 {
		return nil
	}
	if err := in.reported(in.allowed(ctx)); err != nil || len(in.report.Errors) > 0 {
		return err
	}
	if err := in.reported(in.settle(ctx)); err != nil || len(in.report.Errors) > 0 {
		return err
	}
	in.count()
	return in.tell(ctx, EventImported, map[string]string{"format": string(in.format), "tasks": strconv.Itoa(in.report.Tasks),
		"links": strconv.Itoa(in.report.Links)}, nil)
}

// reported puts a fault of the plan into the report; other errors come back.
func (in *importing) reported(err error) error {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	if f.Kind == fault.Conflict {
		in.fail("", "", "", f.Key, f.Args...)
	}
	for _, field := range f.Fields {
		in.fail("", field.Name, "", field.Key, field.Args...)
	}
	return nil
}

// take makes the plan what the file says.
func (in *importing) take(p *plan.Plan) {
	in.now.Start = kept(p.Start)
	before, bodies := byCode(in.was.tasks), in.bodies()
	tasks := make([]Task, len(p.Tasks))
	for n := range p.Tasks {
		tasks[n] = in.task(&p.Tasks[n], before, bodies)
	}
	in.now.tasks = tasks
	var joined int
	if in.now.links, joined = merge(p.Links); joined > 0 {
		in.note("delivery.workplan.loss.joined", "", strconv.Itoa(joined))
	}
	in.report.Tasks, in.report.Links, in.report.Start = len(tasks), len(in.now.links), p.Start
}

// bodies are the codes of the city's bodies by their names.
func (in *importing) bodies() map[string]string {
	out := map[string]string{}
	lang := in.charter.City.Languages[0]
	for _, b := range in.charter.Bodies.On(kept(in.today)) {
		out[b.Name.In(lang)] = b.Code
	}
	return out
}

// task is a task of the file. Who answers for it stays as it was while the file
// says so; a body that the file names is taken for what it is. A baseline that was
// frozen here does not change.
func (in *importing) task(x *plan.Task, before map[string]Task, bodies map[string]string) Task {
	in.check(x)
	old := before[x.ID]
	t := Task{Code: x.ID, Parent: x.Parent, Position: old.Position, Name: strings.TrimSpace(x.Name), Duration: x.Duration, Constraint: x.Constraint.String(),
		On: kept(x.On), Deadline: kept(x.Deadline), Done: x.Done, Began: kept(x.ActualStart), Ended: kept(x.ActualFinish),
		BaseStart: kept(x.Baseline.Start), BaseFinish: kept(x.Baseline.Finish), Notes: x.Notes, Version: old.Version}
	switch {
	case old.Code != "" && in.contact(old) == x.Contact:
		t.Body, t.Person, t.Contact = old.Body, old.Person, old.Contact
	case bodies[x.Contact] != "":
		t.Body = bodies[x.Contact]
	default:
		t.Contact = x.Contact
	}
	if in.was.Baseline > 0 {
		if t.BaseStart != "" && (t.BaseStart != old.BaseStart || t.BaseFinish != old.BaseFinish) {
			in.note("delivery.workplan.loss.baseline", t.Code, string(t.BaseStart)+" "+string(t.BaseFinish))
		}
		t.BaseStart, t.BaseFinish = old.BaseStart, old.BaseFinish
	}
	if n, err := strconv.ParseInt(t.Code, 10, 64); err == nil && n < plan.MaxTasks*1000 {
		in.now.Next = max(in.now.Next, n)
	}
	return t
}

// check checks what a file says of a task as a form would.
func (in *importing) check(x *plan.Task) {
	var c fault.Check
	c.Text("name", x.Name, true, NameMax)
	c.Text("notes", x.Notes, false, NotesMax)
	c.Text("contact", x.Contact, false, NameMax)
	for _, f := range []struct {
		field string
		on    plan.Day
	}{{"constraint_date", x.On}, {"deadline", x.Deadline}, {"actual_start", x.ActualStart}, {"actual_finish", x.ActualFinish},
		{"baseline_start", x.Baseline.Start}, {"baseline_finish", x.Baseline.Finish}} {
		in.now.checkDay(&c, f.field, f.on)
	}
	c.Require(x.ActualStart <= in.today, "actual_start", "delivery.workplan.fault.future")
	c.Require(x.ActualFinish <= in.today, "actual_finish", "delivery.workplan.fault.future")
	var bad *fault.Error
	if errors.As(c.Err(), &bad) {
		for _, f := range bad.Fields {
			in.fail(x.ID, f.Name, "", f.Key, f.Args...)
		}
	}
}

// count says what became of the tasks of the plan.
func (in *importing) count() {
	before := byCode(in.was.tasks)
	for _, t := range in.now.tasks {
		old, there := before[t.Code]
		delete(before, t.Code)
		switch {
		case !there:
			in.report.Added++
		case old.Version != t.Version:
			in.report.Changed++
		}
	}
	in.report.Gone, in.report.Finish = len(before), in.done.Finish
}
