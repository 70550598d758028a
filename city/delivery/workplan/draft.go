package workplan

import (
	"maps"
	"slices"
	"strconv"

	"ronda/method/plan"
	"ronda/platform/clock"
)

// draft is a plan in memory, while edits are done to it.
type draft struct {
	Plan
	tasks      []Task      // in the order in which they are shown
	links      []plan.Link // in the order of their second tasks
	objectives []Objective
}

// clone is a copy that can be edited without touching the draft.
func (d *draft) clone() *draft {
	c := *d
	c.tasks, c.links, c.objectives = slices.Clone(d.tasks), slices.Clone(d.links), slices.Clone(d.objectives)
	return &c
}

// place is where a task stands, -1 without it.
func (d *draft) place(code string) int {
	return slices.IndexFunc(d.tasks, func(t Task) bool { return t.Code == code })
}

// task is a task of the draft, nil without it.
func (d *draft) task(code string) *Task {
	if n := d.place(code); n >= 0 {
		return &d.tasks[n]
	}
	return nil
}

func (d *draft) objective(id string) *Objective {
	if n := slices.IndexFunc(d.objectives, func(o Objective) bool { return o.ID == id }); n >= 0 {
		return &d.objectives[n]
	}
	return nil
}

// summary says whether other tasks are part of this one.
func (d *draft) summary(code string) bool {
	return slices.ContainsFunc(d.tasks, func(t Task) bool { return t.Parent == code })
}

// below is a task and all that are part of it, however deep.
func (d *draft) below(code string) map[string]bool {
	in := map[string]bool{code: true}
	for grown := true; grown; {
		grown = false
		for _, t := range d.tasks {
			if t.Parent != "" && in[t.Parent] && !in[t.Code] {
				in[t.Code], grown = true, true
			}
		}
	}
	return in
}

// newCode is the next code that no task has.
func (d *draft) newCode() string {
	for {
		d.Next++
		if code := strconv.FormatInt(d.Next, 10); d.place(code) < 0 {
			return code
		}
	}
}

// work is the plan as its method computes it. Of what is not done nothing is
// planned before status; NoDay leaves it where it was planned.
func (d *draft) work(name string, c *plan.Calendar, status plan.Day) *plan.Plan {
	p := &plan.Plan{Name: name, Start: day(d.Start), Status: status, Calendar: c, Tasks: make([]plan.Task, len(d.tasks)), Links: d.links}
	for n := range d.tasks {
		p.Tasks[n] = d.tasks[n].work()
	}
	return p
}

// work is a task as the method of plans knows it.
func (t *Task) work() plan.Task {
	constraint, _ := plan.ParseConstraint(t.Constraint)
	return plan.Task{ID: t.Code, Name: t.Name, Parent: t.Parent, Duration: t.Duration, Constraint: constraint, On: day(t.On), Deadline: day(t.Deadline),
		Done: t.Done, ActualStart: day(t.Began), ActualFinish: day(t.Ended), Baseline: plan.Span{Start: day(t.BaseStart), Finish: day(t.BaseFinish)},
		Contact: t.Contact, Notes: t.Notes}
}

// agreed is what is agreed of the plan, as if nothing had happened: what a
// baseline is the schedule of, and what is frozen by it.
func (d *draft) agreed() *draft {
	a := d.clone()
	for n := range a.tasks {
		t := a.tasks[n]
		a.tasks[n] = Task{Code: t.Code, Parent: t.Parent, Name: t.Name, Duration: t.Duration, Constraint: t.Constraint, On: t.On, Deadline: t.Deadline}
	}
	for n := range a.objectives {
		o := &a.objectives[n]
		o.Position, o.Reached, o.ReachedOn, o.Version = 0, 0, "", 0
	}
	return a
}

// agrees says whether two drafts agree the same, in whatever order it stands.
func (d *draft) agrees(other *draft) bool {
	a, b := d.agreed(), other.agreed()
	return a.Start == b.Start && maps.Equal(byCode(a.tasks), byCode(b.tasks)) && maps.Equal(byEnds(a.links), byEnds(b.links)) &&
		maps.Equal(byID(a.objectives), byID(b.objectives))
}

func byCode(tasks []Task) map[string]Task {
	out := make(map[string]Task, len(tasks))
	for _, t := range tasks {
		out[t.Code] = t
	}
	return out
}

func byID(list []Objective) map[string]Objective {
	out := make(map[string]Objective, len(list))
	for _, o := range list {
		out[o.ID] = o
	}
	return out
}

// ends is what tells a link from others.
type ends struct {
	From, To string
	Kind     plan.Kind
}

func endsOf(l plan.Link) ends { return ends{l.From, l.To, l.Kind} }

func byEnds(links []plan.Link) map[ends]int {
	out := make(map[ends]int, len(links))
	for _, l := range links {
		out[endsOf(l)] = l.Lag
	}
	return out
}

// merge joins links that differ in nothing but their lag: the longer one decides.
func merge(links []plan.Link) (out []plan.Link, joined int) {
	at := map[ends]int{}
	for _, l := range links {
		if n, ok := at[endsOf(l)]; ok {
			out[n].Lag = max(out[n].Lag, l.Lag)
			joined++
			continue
		}
		at[endsOf(l)] = len(out)
		out = append(out, l)
	}
	return out, joined
}

// day turns a day of the store, which was checked when it came in, into one of the
// method.
func day(d clock.Day) plan.Day {
	out, err := plan.ParseDay(string(d))
	if err != nil {
		return plan.NoDay
	}
	return out
}

// kept is a day of the method as it is stored.
func kept(d plan.Day) clock.Day { return clock.Day(d.String()) }

// step is how far new positions stand apart, so that a task can be put between two.
const step = 1024

// number gives positions that grow to tasks that have none, or stand out of order.
func (d *draft) number() {
	last := int64(0)
	for n := range d.tasks {
		t := &d.tasks[n]
		if t.Position <= last {
			t.Position = last + step
			if n+1 < len(d.tasks) && d.tasks[n+1].Position > last+1 {
				t.Position = last + (d.tasks[n+1].Position-last)/2
			}
		}
		last = t.Position
	}
}
