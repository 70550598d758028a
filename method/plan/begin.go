package plan

// begin says what a task's own words say of its node: how long it is, and the
// earliest moment it can begin before anybody else is asked.
func (n *network) begin(i int32) {
	t, c := &n.plan.Tasks[i], n.plan.Calendar
	n.driver[i], n.driver[n.end[i]] = -1, -1
	n.early[i], n.dawn[i] = c.morning(n.plan.Start), true
	if t.Constraint == StartNotBefore {
		n.early[i] = max(n.early[i], c.morning(t.On))
	}
	if n.end[i] != i {
		return
	}
	n.length[i] = t.Duration
	switch {
	case t.ActualStart != NoDay || t.ActualFinish != NoDay:
		n.actual(i, t)
	case t.Constraint == MustStart:
		n.early[i], n.held[i] = c.morning(t.On), must
	case t.Constraint == MustFinish:
		n.early[i], n.dawn[i], n.held[i] = c.evening(t.On)-t.Duration, false, must
	default:
		n.await(i, t)
	}
}

// await moves a task that has not begun behind the day of the report and
// behind the earliest moment its constraint lets it finish.
func (n *network) await(i int32, t *Task) {
	c := n.plan.Calendar
	if n.plan.Status != NoDay && t.Done == 0 {
		n.early[i] = max(n.early[i], c.morning(n.plan.Status))
	}
	if t.Constraint != FinishNotBefore {
		return
	}
	if finish := c.evening(t.On) - t.Duration; finish > n.early[i] {
		n.early[i], n.dawn[i] = finish, false
	}
}

// actual puts a task where it really was. What is left of one that goes on is
// not done before the day of the report.
func (n *network) actual(i int32, t *Task) {
	c := n.plan.Calendar
	n.held[i] = begun
	switch {
	case t.Duration == 0:
		n.early[i], n.dawn[i] = c.evening(max(t.ActualStart, t.ActualFinish)), false
	case t.ActualStart == NoDay:
		n.early[i] = c.evening(t.ActualFinish) - t.Duration
	case t.ActualFinish != NoDay:
		n.early[i] = c.morning(t.ActualStart)
		n.length[i] = c.evening(t.ActualFinish) - n.early[i]
	default:
		n.early[i] = c.morning(t.ActualStart)
		if left := (t.Duration*(100-t.Done) + 99) / 100; left > 0 && n.plan.Status != NoDay {
			n.length[i] = max(t.Duration, c.morning(n.plan.Status)+left-n.early[i])
		}
	}
}

// bound is the last moment at which a node may begin by the task's own words:
// its deadline, the latest day of its constraint, the day it must begin.
func (n *network) bound(node int32, late int) int {
	i := n.owner[node]
	t, c := &n.plan.Tasks[i], n.plan.Calendar
	if n.end[i] != node {
		return late // the gate of a summary task
	}
	length := n.length[node]
	if t.Deadline != NoDay {
		late = min(late, c.evening(t.Deadline)-length)
	}
	switch {
	case t.ActualFinish != NoDay && n.held[node] == begun:
		return n.early[node]
	case n.held[node] == must:
		return min(late, n.early[node])
	case t.Constraint == FinishBy:
		return min(late, c.evening(t.On)-length)
	case t.Constraint == StartBy:
		return min(late, c.evening(t.On)-min(length, 1))
	}
	return late
}
