package workplan

import (
	"context"
	"strconv"
	"strings"

	"ronda/city/delivery"
	"ronda/method/plan"
	"ronda/platform/clock"
	"ronda/platform/fault"
)

// Done is how far a task is.
type Done struct {
	Task    string   // code
	Percent int      // 0 to 100
	Began   plan.Day // NoDay: as told before, else today
	Ended   plan.Day // at 100 percent; NoDay: as told before, else today
	Version int64    // of the plan that the person saw; 0 to write over what others told meanwhile
}

// Progress tells how far tasks are, all or none. Faults: Invalid on task, percent,
// began, ended; Conflict when somebody changed the task since Version.
func (m *Module) Progress(ctx context.Context, number string, done ...Done) error {
	_, err := m.reporting(ctx, number, func(ctx context.Context, w *work) error {
		told := make([]string, len(done))
		for n, x := range done {
			if err := w.progress(x); err != nil {
				return err
			}
			told[n] = x.Task + ":" + strconv.Itoa(x.Percent)
		}
		if err := w.settle(ctx); err != nil {
			return err
		}
		return w.tell(ctx, EventProgress, map[string]string{"tasks": strings.Join(told[:min(len(told), maxTold)], ",")}, nil)
	})
	return err
}

// reporting is an act of whoever edits the plan or reports on the work.
func (m *Module) reporting(ctx context.Context, number string, fn func(ctx context.Context, w *work) error) (int64, error) {
	c, err := m.Delivery.Case(ctx, number)
	if err != nil {
		return 0, err
	}
	action := delivery.EditPlan
	if c.May(ctx, delivery.Report) {
		action = delivery.Report
	}
	return m.act(ctx, number, action, fn)
}

// progress writes how far a task is. What has an end has a beginning, and neither
// is in days to come.
func (w *work) progress(x Done) error {
	t := w.now.task(x.Task)
	var c fault.Check
	c.Require(t != nil && !w.now.summary(x.Task), "task", "delivery.workplan.fault.unknown")
	c.Require(x.Percent >= 0 && x.Percent <= 100, "percent", "delivery.workplan.fault.percent")
	if err := c.Err(); err != nil {
		return err
	}
	if x.Version > 0 && t.Version > x.Version {
		f := fault.New(fault.Conflict, "delivery.workplan.fault.edited")
		f.Theirs = *t
		return f
	}
	t.Done = x.Percent
	t.Began, t.Ended = w.happened(t.Began, x.Began, x.Percent > 0), w.happened(t.Ended, x.Ended, x.Percent == 100)
	if t.Milestone() {
		t.Began = ""
	}
	c.Require(t.Began <= kept(w.today), "began", "delivery.workplan.fault.future")
	c.Require(t.Ended <= kept(w.today), "ended", "delivery.workplan.fault.future")
	c.Require(t.Ended == "" || t.Began <= t.Ended, "ended", "delivery.workplan.fault.order")
	w.now.checkDay(&c, "began", day(t.Began))
	w.now.checkDay(&c, "ended", day(t.Ended))
	return c.Err()
}

// happened is the day on which something happened: as told now, as told before,
// else today; none when it has not.
func (w *work) happened(before clock.Day, told plan.Day, has bool) clock.Day {
	switch {
	case !has:
		return ""
	case told != plan.NoDay:
		return kept(told)
	case before != "":
		return before
	}
	return kept(w.today)
}

// Reach tells where an objective stands on a day. Faults: Invalid on objective,
// reached, day.
func (m *Module) Reach(ctx context.Context, number, objective string, reached Figure, on clock.Day) error {
	_, err := m.reporting(ctx, number, func(ctx context.Context, w *work) error {
		o := w.now.objective(objective)
		var c fault.Check
		c.Require(o != nil, "objective", "delivery.workplan.fault.unknown")
		c.Require(reached >= -MaxFigure && reached <= MaxFigure, "reached", "delivery.workplan.fault.figure")
		c.Require(day(on) != plan.NoDay, "day", "fault.day")
		c.Require(on <= kept(w.today), "day", "delivery.workplan.fault.future")
		if err := c.Err(); err != nil {
			return err
		}
		o.Reached, o.ReachedOn = reached, on
		if err := w.settle(ctx); err != nil {
			return err
		}
		return w.tell(ctx, EventReached, map[string]string{"figure": reached.String(), "day": string(on)},
			map[string]string{"objective": o.Title, "unit": o.Unit})
	})
	return err
}
