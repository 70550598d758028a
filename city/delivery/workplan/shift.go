package workplan

import (
	"ronda/method/plan"
	"ronda/platform/fault"
)

// shift does what a drag on the chart says: a task begins on one day and ends on
// another. Its length follows from them; where it begins becomes the day before
// which it does not, so that links still move it later. A task that must start or
// finish on a day keeps that and gets another day. Of one that has begun only the
// end moves.
func (d *draft) shift(c *plan.Calendar, e Edit) error {
	t := d.task(e.Task)
	var f fault.Check
	f.Require(!d.summary(e.Task), "start", "delivery.workplan.fault.summary")
	f.Require(t.Ended == "", "finish", "delivery.workplan.fault.ended")
	f.Require(e.Start != plan.NoDay, "start", "fault.required")
	f.Require(e.Finish != plan.NoDay, "finish", "fault.required")
	d.checkDay(&f, "start", e.Start)
	d.checkDay(&f, "finish", e.Finish)
	f.Require(e.Finish >= e.Start, "finish", "delivery.workplan.fault.order")
	if t.Began != "" && day(t.Began) != e.Start {
		f.Require(false, "start", "delivery.workplan.fault.began")
	}
	if err := f.Err(); err != nil {
		return err
	}
	if t.Duration > 0 {
		t.Duration = max(1, c.Between(e.Start, e.Finish))
	}
	if t.Began == "" {
		t.hold(e)
	}
	return nil
}

// hold binds a task to the days it was dragged to.
func (t *Task) hold(e Edit) {
	switch t.Constraint {
	case plan.MustStart.String():
		t.On = kept(e.Start)
	case plan.MustFinish.String():
		t.On = kept(e.Finish)
	default:
		t.Constraint, t.On = plan.StartNotBefore.String(), kept(e.Start)
	}
}
