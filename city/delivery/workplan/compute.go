package workplan

import (
	"errors"
	"strings"

	"ronda/method/plan"
	"ronda/platform/fault"
)

// computed is a plan with what follows from it.
type computed struct {
	*plan.Schedule
	work  *plan.Plan
	rows  []plan.Progress
	whole plan.Progress
}

// compute computes the plan as it stands on a day. Once there is a baseline to
// compare it with, what is not done is not planned before that day; until then
// people see what they wrote. Fault: Invalid with the problems of the plan.
func (d *draft) compute(name string, c *plan.Calendar, on plan.Day) (computed, error) {
	status := plan.NoDay
	if d.Baseline > 0 {
		status = on
	}
	w := d.work(name, c, status)
	s, err := w.Schedule()
	if err != nil {
		return computed{}, d.refuse(err)
	}
	rows, whole := w.Progress(s, on)
	return computed{Schedule: s, work: w, rows: rows, whole: whole}, nil
}

// fieldOf says which field of a form a problem of the plan belongs to.
var fieldOf = map[plan.Code]string{
	plan.Cycle: "link", plan.SelfLink: "link", plan.SummaryLink: "link", plan.UnknownTask: "link", plan.BadKind: "link", plan.BadLag: "lag",
	plan.ParentCycle: "parent", plan.UnknownParent: "parent", plan.SummaryDate: "constraint", plan.BadDuration: "duration",
	plan.BeyondCalendar: "duration", plan.BadPercent: "percent", plan.Unfinished: "percent", plan.BadID: "code", plan.SameID: "code",
}

// refuse turns problems of the plan into a fault that names the tasks.
func (d *draft) refuse(err error) error {
	var problems plan.Problems
	if !errors.As(err, &problems) {
		return err
	}
	var c fault.Check
	for _, p := range problems {
		field, ok := fieldOf[p.Code]
		if !ok {
			field = "start"
		}
		c.Fail(field, "delivery.workplan.problem."+string(p.Code), "tasks", d.names(p), "detail", p.Detail)
	}
	return c.Err()
}

// names are the tasks of a problem, in a circle up to the first again.
func (d *draft) names(p plan.Problem) string {
	codes := p.Tasks
	if p.Code == plan.Cycle && len(codes) > 1 {
		codes = append(codes[:len(codes):len(codes)], codes[0])
	}
	list := make([]string, len(codes))
	for n, code := range codes {
		list[n] = code
		if t := d.task(code); t != nil {
			list[n] = code + " " + t.Name
		}
	}
	return strings.Join(list, " → ")
}

// order puts the tasks as the outline has them: each summary before its parts.
func (d *draft) order(o *plan.Outline) {
	if len(o.Order) != len(d.tasks) {
		return
	}
	sorted := make([]Task, len(d.tasks))
	for n, at := range o.Order {
		sorted[n] = d.tasks[at]
	}
	d.tasks = sorted
}

// based is the day on which the plan was to end by its baseline, none without one.
func (d *draft) based() plan.Day {
	last := plan.NoDay
	for _, t := range d.tasks {
		last = max(last, day(t.BaseFinish))
	}
	return last
}

// due is the day by which a task was to end: by its baseline, else its deadline.
// Nothing is due before something is agreed.
func (d *draft) due(t Task) plan.Day {
	switch {
	case d.Baseline == 0:
		return plan.NoDay
	case t.BaseFinish != "":
		return day(t.BaseFinish)
	}
	return day(t.Deadline)
}

// late says whether a task should have ended before a day, and has not.
func (d *draft) late(t Task, dates plan.Dates, on plan.Day) bool {
	due := d.due(t)
	return !dates.Summary && t.Done < 100 && due != plan.NoDay && due < on
}
