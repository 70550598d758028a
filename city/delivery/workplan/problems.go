package workplan

import (
	"context"
	"slices"
	"strings"

	"ronda/city/charter"
	"ronda/method/plan"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// Problem is something that a plan lacks, or that somebody should look at.
type Problem struct {
	Field string   // FieldObjectives or FieldSchedule
	Key   string   // message
	Args  []any    //
	Tasks []string // codes of the tasks it is about
	Warns bool     // the step can be signed all the same
}

// What a problem is about.
const (
	FieldObjectives = "objectives"
	FieldSchedule   = "schedule"
)

// lacks lists what is wrong with the plan of a work, in words: what stops the
// signature, then what only warns.
func (w *work) lacks(ctx context.Context) ([]Problem, error) {
	if w.done.Schedule == nil {
		var err error
		if w.done, err = w.now.compute(w.Initiative.Title, w.calendar, w.today); err != nil {
			return nil, err
		}
	}
	out := w.now.lacks(ctx, w.done)
	terms, err := w.terms(ctx, w.done)
	return append(out, terms...), err
}

// lacks is what the plan alone tells.
func (d *draft) lacks(ctx context.Context, c computed) (out []Problem) {
	stop := func(field, key string, tasks ...string) {
		out = append(out, Problem{Field: field, Key: key, Tasks: tasks, Args: []any{"count", len(tasks), "tasks", strings.Join(tasks, ", ")}})
	}
	if len(d.objectives) == 0 {
		stop(FieldObjectives, "delivery.workplan.lack.objectives")
	}
	if len(d.tasks) == 0 {
		stop(FieldSchedule, "delivery.workplan.lack.tasks")
		return out
	}
	var nobody, missed []string
	milestones := 0
	for n, t := range d.tasks {
		if c.Tasks[n].Summary {
			continue
		}
		if t.Milestone() {
			milestones++
		}
		if t.Body == "" {
			nobody = append(nobody, t.Code)
		}
		if c.rows[n].Missed {
			missed = append(missed, t.Code)
		}
	}
	if milestones == 0 {
		stop(FieldSchedule, "delivery.workplan.lack.milestones")
	}
	if len(nobody) > 0 {
		stop(FieldSchedule, "delivery.workplan.lack.body", nobody...)
	}
	return append(out, d.warns(ctx, c, missed)...)
}

// warns is what only warns: deadlines and days that cannot be kept, objectives that
// are due outside the days of the plan.
func (d *draft) warns(ctx context.Context, c computed, missed []string) (out []Problem) {
	warn := func(field, key string, tasks []string, args ...any) {
		out = append(out, Problem{Field: field, Key: key, Tasks: tasks, Warns: true, Args: append(args, "count", len(tasks), "tasks", strings.Join(tasks, ", "))})
	}
	if len(missed) > 0 {
		warn(FieldSchedule, "delivery.workplan.lack.deadline", missed)
	}
	var broken []string
	for n, fit := range c.Links {
		if to := c.work.Links[n].To; fit == plan.Broken && !slices.Contains(broken, to) {
			broken = append(broken, to)
		}
	}
	if len(broken) > 0 {
		warn(FieldSchedule, "delivery.workplan.lack.broken", broken)
	}
	for _, o := range d.objectives {
		if due := day(o.Due); due < c.Start {
			warn(FieldObjectives, "delivery.workplan.lack.due", nil, "title", o.Title, "due", i18n.Date(ctx, day(o.Due).Time()))
		}
	}
	return out
}

// terms warns of persons whose posts end before the tasks they answer for.
func (w *work) terms(ctx context.Context, c computed) (out []Problem, err error) {
	until := map[string]clock.Day{}
	byEnd := map[clock.Day][]string{}
	for n, t := range w.now.tasks {
		if t.Person == "" || t.Done == 100 {
			continue
		}
		end, known := until[t.Person+" "+t.Body]
		if !known {
			if end, err = w.m.inPost(ctx, t.Person, t.Body); err != nil {
				return nil, err
			}
			until[t.Person+" "+t.Body] = end
		}
		if end != "" && kept(c.Tasks[n].Finish) >= end {
			byEnd[end] = append(byEnd[end], t.Code)
		}
	}
	for end, tasks := range byEnd {
		out = append(out, Problem{Field: FieldSchedule, Key: "delivery.workplan.lack.term", Tasks: tasks, Warns: true,
			Args: []any{"until", i18n.Date(ctx, day(end).Time()), "count", len(tasks), "tasks", strings.Join(tasks, ", ")}})
	}
	slices.SortFunc(out, func(a, b Problem) int { return strings.Compare(a.Tasks[0], b.Tasks[0]) })
	return out, nil
}

// inPost is the day from which a person holds no post of a body any more, empty
// while none is set. Somebody who holds none today has none from the first day on.
func (m *Module) inPost(ctx context.Context, person, body string) (until clock.Day, err error) {
	who, err := m.standing(ctx, person)
	if err != nil {
		return "", err
	}
	until = clock.Day(plan.First.String())
	for _, h := range who.Posts {
		switch {
		case !h.Within(body):
		case h.To == "":
			return "", nil
		default:
			until = max(until, h.To)
		}
	}
	return until, nil
}

// invalid makes a fault of problems that stop, nil when none does.
func invalid(list []Problem, field func(Problem) string) error {
	var c fault.Check
	for _, p := range list {
		if name := field(p); !p.Warns && name != "" {
			c.Fail(name, p.Key, p.Args...)
		}
	}
	return c.Err()
}

// complete is Invalid while the plan lacks something that the items of a step ask
// for; each item is a field of the form by which it is signed.
func (w *work) complete(ctx context.Context, s charter.Step) error {
	list, err := w.lacks(ctx)
	if err != nil {
		return err
	}
	return invalid(list, func(p Problem) string {
		proof := charter.ProofSchedule
		if p.Field == FieldObjectives {
			proof = charter.ProofObjectives
		}
		if item, ok := itemOf(s, proof); ok {
			return "item-" + item.Code
		}
		return ""
	})
}
