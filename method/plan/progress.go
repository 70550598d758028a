package plan

// Progress compares what was done with what the baseline expected.
//
// The rule: a task is expected to have done the share of the working days of
// its baseline that have passed by the evening of the day asked about; a
// milestone, nothing before its day and all from that evening on. A summary
// task, and the whole plan, have the mean of their tasks, each weighing the
// working days of its baseline, a milestone (or a task without any) one day.
// A task without a baseline is measured by its present dates.
type Progress struct {
	Expected   float64 // percent
	Done       float64 // percent
	Weight     int     // days that it counts for
	StartSlip  int     // working days later than the baseline, negative for earlier
	FinishSlip int
	Overdue    bool // should have ended by its baseline, and has not
	Missed     bool // ends, or ended, after its deadline
	Baseline   bool // it has one; of a summary task and the whole, all parts have
}

// Progress returns that of every task, in the order of the plan, and of the
// whole, on the evening of a day. The schedule is that of the plan.
func (p *Plan) Progress(s *Schedule, on Day) (tasks []Progress, whole Progress) {
	tasks = make([]Progress, len(p.Tasks)+1) // the whole stands last, as the parent of all
	based := make([]Span, len(tasks))
	order := s.Outline.Order
	for i := range tasks {
		tasks[i].Baseline = true
	}
	for k := len(order) - 1; k >= 0; k-- {
		i := int(order[k])
		t, d := &p.Tasks[i], &s.Tasks[i]
		if d.Summary {
			tasks[i].mean()
		} else {
			tasks[i], based[i] = p.measure(t, d, on)
		}
		tasks[i].compare(p.Calendar, based[i], Span{d.Start, d.Finish}, on)
		tasks[i].Missed = t.Deadline != NoDay && d.Finish > t.Deadline
		parent := int(s.Outline.Parent[i])
		if parent < 0 {
			parent = len(p.Tasks)
		}
		tasks[parent].include(tasks[i])
		based[parent].include(based[i])
	}
	whole = tasks[len(p.Tasks)]
	whole.mean()
	whole.compare(p.Calendar, based[len(p.Tasks)], Span{s.Start, s.Finish}, on)
	return tasks[:len(p.Tasks)], whole
}

// measure is the progress of a task by itself, with the days it is measured by.
func (p *Plan) measure(t *Task, d *Dates, on Day) (Progress, Span) {
	based, given := t.Baseline, t.Baseline.Start != NoDay
	if !given {
		based = Span{d.Start, d.Finish}
	}
	days := p.Calendar.Between(based.Start, based.Finish)
	progress := Progress{Done: float64(t.Done), Weight: max(1, days), Baseline: given}
	switch {
	case on >= based.Finish:
		progress.Expected = 100
	case days > 0 && t.Duration > 0:
		progress.Expected = 100 * float64(p.Calendar.Between(based.Start, on)) / float64(days)
	}
	return progress, based
}

// include adds a part's progress, times its weight, for mean to divide.
func (p *Progress) include(part Progress) {
	p.Weight += part.Weight
	p.Expected += part.Expected * float64(part.Weight)
	p.Done += part.Done * float64(part.Weight)
	p.Baseline = p.Baseline && part.Baseline
}

// mean turns sums into means.
func (p *Progress) mean() {
	if p.Weight == 0 {
		p.Baseline = false
		return
	}
	p.Expected /= float64(p.Weight)
	p.Done /= float64(p.Weight)
}

// compare says how far the days of now are from those of the baseline.
func (p *Progress) compare(c *Calendar, based, now Span, on Day) {
	if based.Start == NoDay {
		return
	}
	p.StartSlip = c.morning(now.Start) - c.morning(based.Start)
	p.FinishSlip = c.evening(now.Finish) - c.evening(based.Finish)
	p.Overdue = p.Done < 100 && based.Finish <= on
}

// include widens a span to hold another.
func (s *Span) include(other Span) {
	if s.Start == NoDay || other.Start != NoDay && other.Start < s.Start {
		s.Start = other.Start
	}
	s.Finish = max(s.Finish, other.Finish)
}
