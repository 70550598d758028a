package workplan

import (
	"slices"
	"strings"

	"ronda/method/plan"
	"ronda/platform/fault"
)

// apply does edits to the draft, which were begun from a version of it. It returns
// the codes of the tasks it added. Whether the plan can still be computed is asked
// afterwards, of all of them together.
func (d *draft) apply(c *plan.Calendar, version int64, edits []Edit) (added []string, err error) {
	if len(edits) > MaxEdits {
		return nil, fault.New(fault.Conflict, "delivery.workplan.fault.many", "max", MaxEdits)
	}
	for _, e := range edits {
		e.clean()
		if err := d.fresh(version, e); err != nil {
			return nil, err
		}
		if err := d.one(c, e, &added); err != nil {
			return nil, err
		}
	}
	return added, nil
}

// one does one edit.
func (d *draft) one(c *plan.Calendar, e Edit, added *[]string) error {
	switch e.Op {
	case AddTask:
		return d.addTask(e, added)
	case EditTask:
		return d.editTask(e)
	case MoveTask:
		return d.moveTask(e)
	case DropTask:
		d.dropTask(e.Task)
		return nil
	case SetLink:
		return d.setLink(e.Link)
	case DropLink:
		return d.dropLink(e.Link)
	case Shift:
		return d.shift(c, e)
	case SaveObjective:
		return d.saveObjective(e.Objective)
	case DropObjective:
		d.objectives = slices.DeleteFunc(d.objectives, func(o Objective) bool { return o.ID == e.Objective.ID })
		return nil
	case SetStart:
		return d.setStart(e.Start)
	}
	return fault.New(fault.NotFound, "fault.notfound")
}

// clean takes blanks from the texts of an edit.
func (e *Edit) clean() {
	for _, s := range []*string{&e.Fields.Name, &e.Fields.Notes, &e.Objective.Title, &e.Objective.Unit} {
		*s = strings.TrimSpace(*s)
	}
	if e.Fields.Constraint == "" {
		e.Fields.Constraint = plan.SoonAsPossible.String()
	}
}

func (d *draft) addTask(e Edit, added *[]string) error {
	var c fault.Check
	c.Require(len(d.tasks) < plan.MaxTasks, "name", "delivery.workplan.fault.tasks", "max", plan.MaxTasks)
	if e.Task != "" {
		c.Require(d.place(e.Task) < 0, "code", "delivery.workplan.fault.twice")
	}
	d.checkPlace(&c, e)
	t := Task{Code: e.Task}
	d.fill(&c, &t, e.Fields)
	if err := c.Err(); err != nil {
		return err
	}
	if t.Code == "" {
		t.Code = d.newCode()
	}
	t.Parent = e.Parent
	d.insert(t, e.Before)
	*added = append(*added, t.Code)
	return nil
}

// insert puts a task before another, or at the end.
func (d *draft) insert(t Task, before string) {
	n := d.place(before)
	if n < 0 {
		n = len(d.tasks)
	}
	t.Position = 0
	d.tasks = slices.Insert(d.tasks, n, t)
}

// checkPlace checks where a task is to stand.
func (d *draft) checkPlace(c *fault.Check, e Edit) {
	c.Require(e.Parent == "" || d.place(e.Parent) >= 0, "parent", "delivery.workplan.fault.unknown")
	if e.Before == "" {
		return
	}
	next := d.task(e.Before)
	c.Require(next != nil && next.Parent == e.Parent, "before", "delivery.workplan.fault.unknown")
}

// fill checks what a form says of a task and writes it into the task.
func (d *draft) fill(c *fault.Check, t *Task, f Fields) {
	c.Text("name", f.Name, true, NameMax)
	c.Text("notes", f.Notes, false, NotesMax)
	c.Require(f.Duration >= 0 && f.Duration <= plan.MaxDuration, "duration", "delivery.workplan.fault.duration", "max", plan.MaxDuration)
	constraint, ok := plan.ParseConstraint(f.Constraint)
	c.Require(ok, "constraint", "fault.choice")
	if constraint == plan.SoonAsPossible {
		f.On = plan.NoDay
	} else {
		c.Require(f.On != plan.NoDay, "on", "fault.required")
	}
	d.checkDay(c, "on", f.On)
	d.checkDay(c, "deadline", f.Deadline)
	t.Name, t.Notes, t.Body, t.Person = f.Name, f.Notes, f.Body, f.Person
	t.Duration, t.Constraint, t.On, t.Deadline = f.Duration, f.Constraint, kept(f.On), kept(f.Deadline)
}

// YearsMax is how far from the start of a plan a day of it may lie, in years: what
// is farther is a slip of the pen.
const YearsMax = 30

// checkDay checks a day of the plan, which may be left open.
func (d *draft) checkDay(c *fault.Check, field string, on plan.Day) {
	if on == plan.NoDay || c.Failed(field) {
		return
	}
	c.Require(on.Within() && near(on, day(d.Start)), field, "delivery.workplan.fault.far", "years", YearsMax)
}

// near says whether two days lie no farther apart than those of a plan may.
func near(a, b plan.Day) bool {
	const far = plan.Day(YearsMax * 366)
	return a-b <= far && b-a <= far
}

func (d *draft) editTask(e Edit) error {
	t := d.task(e.Task)
	if e.Fields.Person != t.Person || e.Fields.Body != t.Body {
		t.Contact = ""
	}
	var c fault.Check
	d.fill(&c, t, e.Fields)
	return c.Err()
}

func (d *draft) moveTask(e Edit) error {
	var c fault.Check
	d.checkPlace(&c, e)
	c.Require(!d.below(e.Task)[e.Parent], "parent", "delivery.workplan.fault.within")
	c.Require(e.Before != e.Task, "before", "delivery.workplan.fault.within")
	if err := c.Err(); err != nil {
		return err
	}
	n := d.place(e.Task)
	t := d.tasks[n]
	t.Parent = e.Parent
	d.tasks = slices.Delete(d.tasks, n, n+1)
	d.insert(t, e.Before)
	return nil
}

// dropTask takes a task out, with all below it and their links.
func (d *draft) dropTask(code string) {
	in := d.below(code)
	d.tasks = slices.DeleteFunc(d.tasks, func(t Task) bool { return in[t.Code] })
	d.links = slices.DeleteFunc(d.links, func(l plan.Link) bool { return in[l.From] || in[l.To] })
}

// setLink adds a link or gives it another lag.
func (d *draft) setLink(l plan.Link) error {
	var c fault.Check
	c.Require(d.place(l.From) >= 0, "link", "delivery.workplan.fault.unknown")
	c.Require(l.Kind <= plan.StartToFinish, "kind", "fault.choice")
	c.Require(l.Lag >= -plan.MaxDuration && l.Lag <= plan.MaxDuration, "lag", "delivery.workplan.fault.duration", "max", plan.MaxDuration)
	c.Require(len(d.links) < plan.MaxLinks, "link", "delivery.workplan.fault.links", "max", plan.MaxLinks)
	if err := c.Err(); err != nil {
		return err
	}
	for n := range d.links {
		if endsOf(d.links[n]) == endsOf(l) {
			d.links[n].Lag = l.Lag
			return nil
		}
	}
	d.links = append(d.links, l)
	return nil
}

func (d *draft) dropLink(l plan.Link) error {
	before := len(d.links)
	d.links = slices.DeleteFunc(d.links, func(x plan.Link) bool { return endsOf(x) == endsOf(l) })
	if len(d.links) == before {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	return nil
}

func (d *draft) setStart(start plan.Day) error {
	var c fault.Check
	c.Require(start != plan.NoDay, "start", "fault.required")
	c.Require(start == plan.NoDay || start.Within(), "start", "fault.day")
	d.Start = kept(start)
	return c.Err()
}
