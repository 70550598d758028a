package workplan

import "ronda/platform/fault"

// fresh is Conflict when somebody changed what the edit is about since the version
// it began from: Theirs is what they wrote, nothing when they took it out.
func (d *draft) fresh(version int64, e Edit) error {
	gone, theirs, changed := d.target(e)
	switch {
	case gone && version < d.Version:
		return fault.New(fault.Conflict, "delivery.workplan.fault.gone")
	case gone:
		return fault.New(fault.NotFound, "fault.notfound")
	case changed > version:
		f := fault.New(fault.Conflict, "delivery.workplan.fault.edited")
		f.Theirs = theirs
		return f
	}
	return nil
}

// target is what an edit is about, and in which version it changed last.
func (d *draft) target(e Edit) (gone bool, theirs any, changed int64) {
	code := e.Task
	switch e.Op {
	case AddTask:
		return false, nil, 0
	case SetStart:
		return false, d.Plan, d.StartedAt
	case SetLink, DropLink:
		code = e.Link.To
	case SaveObjective, DropObjective:
		if e.Objective.ID == "" {
			return e.Op == DropObjective, nil, 0
		}
		if o := d.objective(e.Objective.ID); o != nil {
			return false, *o, o.Version
		}
		return true, nil, 0
	}
	t := d.task(code)
	if t == nil {
		return true, nil, 0
	}
	theirs, changed = *t, t.Version
	if e.Op == DropTask {
		in := d.below(code)
		for _, part := range d.tasks {
			if in[part.Code] && part.Version > changed {
				theirs, changed = part, part.Version
			}
		}
	}
	return false, theirs, changed
}
