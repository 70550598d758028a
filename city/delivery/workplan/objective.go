package workplan

import (
	"ronda/method/plan"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// saveObjective adds an objective or writes it anew. A target says where to go: it
// is not where one stands, and zero only when one knows to stand elsewhere.
func (d *draft) saveObjective(o Objective) error {
	var c fault.Check
	c.Text("title", o.Title, true, NameMax)
	c.Text("unit", o.Unit, true, UnitMax)
	if !o.Known {
		o.From = 0
	}
	c.Require(o.From >= -MaxFigure && o.From <= MaxFigure, "from", "delivery.workplan.fault.figure")
	c.Require(o.Target >= -MaxFigure && o.Target <= MaxFigure, "target", "delivery.workplan.fault.figure")
	if !c.Failed("target") {
		c.Require(o.Target != o.From, "target", "delivery.workplan.fault.target")
	}
	c.Require(o.Due != "", "due", "fault.required")
	due, err := plan.ParseDay(string(o.Due))
	c.Require(err == nil, "due", "fault.day")
	d.checkDay(&c, "due", due)
	c.Require(o.ID != "" || len(d.objectives) < MaxObjective, "title", "fault.too_many", "max", MaxObjective)
	if err := c.Err(); err != nil {
		return err
	}
	if was := d.objective(o.ID); was != nil {
		o.Position, o.Reached, o.ReachedOn = was.Position, was.Reached, was.ReachedOn
		*was = o
		return nil
	}
	o.ID, o.Position, o.Reached, o.ReachedOn = id.New(), step, 0, ""
	if n := len(d.objectives); n > 0 {
		o.Position = d.objectives[n-1].Position + step
	}
	d.objectives = append(d.objectives, o)
	return nil
}
