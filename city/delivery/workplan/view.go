package workplan

import (
	"context"

	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/method/plan"
	"ronda/platform/clock"
)

// View is a plan as its pages show it to the person of the context. Persons and
// contacts are there for those who may see them.
type View struct {
	Case       delivery.Case
	Plan       Plan
	Rows       []Row // in the order of the outline: the places of Work.Tasks
	Work       *plan.Plan
	Schedule   *plan.Schedule
	Whole      plan.Progress
	Objectives []Objective
	Baselines  []Baseline // newest first
	Changes    []Change   // newest first
	Problems   []Problem
	Frozen     bool // what is agreed changes by change requests
	Today      clock.Day
	Persons    map[string]string // names of the persons of the tasks
}

// Exists says whether there is something of a plan.
func (v View) Exists() bool { return len(v.Rows)+len(v.Objectives) > 0 }

// Row is the row of a task, ok false without it.
func (v View) Row(code string) (Row, bool) {
	for _, r := range v.Rows {
		if r.Code == code {
			return r, true
		}
	}
	return Row{}, false
}

// Plan reads the plan of an initiative; one that nobody began is empty. Fault:
// NotFound for an initiative that the person must not know of.
func (m *Module) Plan(ctx context.Context, number string) (View, error) {
	c, err := m.Delivery.Case(ctx, number)
	if err != nil {
		return View{}, err
	}
	w := &work{m: m, Case: c}
	if err := w.setting(ctx); err != nil {
		return View{}, err
	}
	if _, err := c.Require(ctx, delivery.SeePlan); err != nil {
		return View{}, err
	}
	if w.now, _, err = m.load(ctx, c.Initiative, kept(w.calendar.Add(w.today, 0))); err != nil {
		return View{}, err
	}
	if err := w.discreet(ctx); err != nil {
		return View{}, err
	}
	return w.view(ctx)
}

// discreet takes persons out for whom must not read them.
func (w *work) discreet(ctx context.Context) error {
	if _, sees := w.Can(people.Me(ctx), delivery.SeePersons); sees {
		return nil
	}
	for n := range w.now.tasks {
		w.now.tasks[n].Person, w.now.tasks[n].Contact = "", ""
	}
	return nil
}

// view is the plan of a work with all that stands beside it.
func (w *work) view(ctx context.Context) (v View, err error) {
	v = View{Case: w.Case, Plan: w.now.Plan, Objectives: w.now.objectives, Today: kept(w.today)}
	if err := w.compute(&v); err != nil {
		return v, err
	}
	if v.Problems, err = w.lacks(ctx); err != nil {
		return v, err
	}
	if v.Frozen, err = w.m.frozen(ctx, w.Case, w.now.Baseline); err != nil {
		return v, err
	}
	if v.Baselines, err = w.m.baselines(ctx, w.now.Initiative); err != nil {
		return v, err
	}
	if v.Changes, err = w.m.changes(ctx, w.now.Initiative); err != nil {
		return v, err
	}
	if _, sees := w.Can(people.Me(ctx), delivery.SeePersons); !sees {
		hidePersons(v.Changes)
		return v, nil
	}
	v.Persons, err = w.m.persons(ctx, w.now.tasks)
	return v, err
}

// compute gives the view its schedule and rows.
func (w *work) compute(v *View) (err error) {
	if w.done, err = w.now.compute(w.Initiative.Title, w.calendar, w.today); err != nil {
		return err
	}
	v.Work, v.Schedule, v.Whole = w.done.work, w.done.Schedule, w.done.whole
	v.Rows = make([]Row, len(w.now.tasks))
	for n, t := range w.now.tasks {
		v.Rows[n] = Row{Task: t, Dates: v.Schedule.Tasks[n], Progress: w.done.rows[n], Level: int(v.Schedule.Outline.Level[n]),
			Late: w.now.late(t, v.Schedule.Tasks[n], w.today)}
	}
	return nil
}

// persons are the names of those who answer for tasks.
func (m *Module) persons(ctx context.Context, tasks []Task) (map[string]string, error) {
	var ids []string
	seen := map[string]bool{"": true}
	for _, t := range tasks {
		if !seen[t.Person] {
			seen[t.Person] = true
			ids = append(ids, t.Person)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return m.People.Names(ctx, ids...)
}

// hidePersons takes the persons out of change requests.
func hidePersons(list []Change) {
	for n := range list {
		list[n].Written = ""
		for k := range list[n].Edits {
			list[n].Edits[k].Fields.Person = ""
		}
	}
}
