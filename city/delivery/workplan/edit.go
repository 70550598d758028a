package workplan

import (
	"context"
	"slices"
	"strings"

	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/method/plan"
	"ronda/platform/fault"
)

// Op says what an edit does.
type Op string

// What edits do.
const (
	AddTask       Op = "add_task"       // Fields, Parent, Before; Task may give its code
	EditTask      Op = "edit_task"      // Task, Fields
	MoveTask      Op = "move_task"      // Task, Parent, Before
	DropTask      Op = "drop_task"      // Task, with all below it
	SetLink       Op = "set_link"       // Link; the same two tasks and kind: another lag
	DropLink      Op = "drop_link"      // Link without its lag
	Shift         Op = "shift"          // Task, Start, Finish: a drag of a bar or of one of its ends
	SaveObjective Op = "save_objective" // Objective; a new one has no ID
	DropObjective Op = "drop_objective" // Objective.ID
	SetStart      Op = "set_start"      // Start: of the whole plan
)

// Edit is one change of a plan.
type Edit struct {
	Op        Op        `json:"op"`
	Task      string    `json:"task,omitempty"` // code
	Fields    Fields    `json:"fields,omitzero"`
	Parent    string    `json:"parent,omitempty"` // code of the summary, "" for the top
	Before    string    `json:"before,omitempty"` // code of the task it comes before, "" for the end
	Link      plan.Link `json:"link,omitzero"`
	Start     plan.Day  `json:"start,omitzero"`
	Finish    plan.Day  `json:"finish,omitzero"`
	Objective Objective `json:"objective,omitzero"`
}

// Fields are what a form says of a task.
type Fields struct {
	Name       string   `json:"name"`
	Duration   int      `json:"duration"`
	Constraint string   `json:"constraint,omitempty"` // "" is ASAP
	On         plan.Day `json:"on,omitzero"`
	Deadline   plan.Day `json:"deadline,omitzero"`
	Body       string   `json:"body,omitempty"`
	Person     string   `json:"person,omitempty"`
	Notes      string   `json:"notes,omitempty"`
}

// Made is what an act made of a plan.
type Made struct {
	Version int64
	Tasks   []string // codes of the tasks that were added, in the order of the edits
}

// Edit does edits to the plan of an initiative, all or none, beginning from a
// version of it (0 for a plan that nobody began). Faults: Invalid names the field
// of the form (name, duration, constraint, on, deadline, body, person, notes,
// parent, before, link, lag, start, finish, title, unit, from, target, due) and,
// for a circle, its tasks; Conflict when somebody changed the same task (Theirs is
// their Task or Objective), or when what is agreed is frozen (workplan.fault.frozen):
// then the same edits can be asked for with AskChange.
func (m *Module) Edit(ctx context.Context, number string, version int64, edits ...Edit) (made Made, err error) {
	made.Version, err = m.act(ctx, number, delivery.EditPlan, func(ctx context.Context, w *work) error {
		if made.Tasks, err = w.now.apply(w.calendar, version, edits); err != nil {
			return err
		}
		if err := w.allowed(ctx); err != nil {
			return err
		}
		if err := w.settle(ctx); err != nil {
			return err
		}
		return w.tell(ctx, EventEdited, map[string]string{"did": did(edits), "tasks": about(edits, made.Tasks)}, nil)
	})
	return made, err
}

// allowed is Conflict when an edit changes what is frozen, and checks who answers
// for the tasks that changed.
func (w *work) allowed(ctx context.Context) error {
	if !w.now.agrees(w.was) {
		frozen, err := w.m.frozen(ctx, w.Case, w.was.Baseline)
		if err != nil {
			return err
		}
		if frozen {
			return fault.New(fault.Conflict, "delivery.workplan.fault.frozen")
		}
	}
	if w.now.Start != w.was.Start {
		var c fault.Check
		c.Require(near(day(w.now.Start), w.today), "start", "delivery.workplan.fault.far_start", "years", YearsMax)
		if err := c.Err(); err != nil {
			return err
		}
	}
	return w.answerers(ctx)
}

// answerers checks the bodies and persons that tasks were given to: a body of
// today, and somebody who holds a post in it or below.
func (w *work) answerers(ctx context.Context) error {
	before := byCode(w.was.tasks)
	var c fault.Check
	seen := map[[2]string]bool{}
	for _, t := range w.now.tasks {
		old, pair := before[t.Code], [2]string{t.Body, t.Person}
		if t.Body == old.Body && t.Person == old.Person || seen[pair] {
			continue
		}
		seen[pair] = true
		if err := w.answerer(ctx, &c, t); err != nil {
			return err
		}
	}
	return c.Err()
}

func (w *work) answerer(ctx context.Context, c *fault.Check, t Task) error {
	if t.Body != "" && !c.Failed("body") {
		b, ok := w.charter.Bodies.Get(t.Body)
		c.Require(ok && b.ActiveOn(kept(w.today)), "body", "delivery.workplan.fault.body")
	}
	if t.Person == "" || c.Failed("person") {
		return nil
	}
	c.Require(t.Body != "", "body", "delivery.workplan.fault.whose")
	who, err := w.m.standing(ctx, t.Person)
	if err != nil {
		return err
	}
	c.Require(t.Body == "" || who.Within(t.Body), "person", "delivery.workplan.fault.person")
	return nil
}

// standing is what a person is today, nobody for somebody who is not known any
// more. Whoever acts in the context is known already.
func (m *Module) standing(ctx context.Context, person string) (people.Standing, error) {
	if me := people.Me(ctx); me.Person == person {
		return me, nil
	}
	who, err := m.People.Standing(ctx, person)
	if fault.Is(err, fault.NotFound) {
		return people.Standing{}, nil
	}
	return who, err
}

// did lists what edits did, each sort once.
func did(edits []Edit) string {
	var ops []string
	for _, e := range edits {
		if !slices.Contains(ops, string(e.Op)) {
			ops = append(ops, string(e.Op))
		}
	}
	return strings.Join(ops, ",")
}

// maxTold is how many tasks an event names.
const maxTold = 20

// about lists the tasks that edits were about.
func about(edits []Edit, added []string) string {
	codes := slices.Clone(added)
	for _, e := range edits {
		for _, code := range []string{e.Task, e.Link.To} {
			if code != "" && !slices.Contains(codes, code) && len(codes) < maxTold {
				codes = append(codes, code)
			}
		}
	}
	return strings.Join(codes[:min(len(codes), maxTold)], ",")
}
