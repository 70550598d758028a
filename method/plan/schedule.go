package plan

// Schedule is what follows from a plan.
type Schedule struct {
	Tasks         []Dates // by task, in the order of the plan
	Start, Finish Day     // of the whole; NoDay when there are no tasks
	Path          []int   // places of the tasks that hold up the end, first to last: one critical path
	Links         []Fit   // by link, in the order of the plan
	Outline       *Outline
}

// Dates are the computed days of a task, all included. An ended task has the
// days on which it really was; of one that goes on, the start is real.
type Dates struct {
	Start, Finish         Day // as early as can be: the plan
	LateStart, LateFinish Day // as late as does not move the end, or break a deadline
	Duration              int // working days, of a summary task from its first to its last
	Slack                 int // working days it can move without moving the end; negative when it is late
	Free                  int // working days it can move without moving any other task
	Critical              bool
	Summary               bool
	Milestone             bool
	Morning               bool // of a milestone: it is the morning of its day, not the evening
}

// Fit says how the second task of a link keeps to it.
type Fit uint8

// The fits.
const (
	Room   Fit = iota // there is time between them
	Tight             // it begins (or ends) as soon as the link lets it
	Broken            // it must be, or really was, earlier than the link would have it
)

// Schedule computes the dates of the plan. It returns [Problems] when it cannot.
func (p *Plan) Schedule() (*Schedule, error) {
	problems, tree, linked := p.check()
	if len(problems) > 0 {
		return nil, problems
	}
	n := newNetwork(p, tree, linked)
	if circle := n.sort(); circle != nil {
		return nil, Problems{{Code: Cycle, Tasks: circle}}
	}
	if task := n.forward(); task >= 0 {
		return nil, Problems{{Code: BeyondCalendar, Tasks: []string{p.Tasks[task].ID}, Detail: Last.String()}}
	}
	n.backward()
	s := &Schedule{Tasks: make([]Dates, len(p.Tasks)), Path: n.path(), Outline: tree}
	for i := range s.Tasks {
		n.dates(int32(i), &s.Tasks[i])
	}
	s.rollUp(p)
	s.Links = n.links(s)
	return s, nil
}

// dates turns the moments of a task that is no summary task into days; of a
// summary task only the slack.
func (n *network) dates(i int32, d *Dates) {
	t, c, node := &n.plan.Tasks[i], n.plan.Calendar, n.end[i]
	d.Slack = n.late[node] - n.early[node]
	d.Free = max(0, n.free[node]-n.early[node])
	if d.Summary = node != i; d.Summary {
		return
	}
	d.Duration, d.Milestone = n.length[i], t.Duration == 0
	d.Critical = d.Slack <= 0 && t.ActualFinish == NoDay
	early, late, length := n.early[i], n.late[i], n.length[i]
	switch {
	case length > 0:
		d.Start, d.Finish = c.startDay(early), c.finishDay(early+length)
		d.LateStart, d.LateFinish = c.startDay(late), c.finishDay(late+length)
	case n.dawn[i]:
		d.Start, d.LateStart, d.Morning = c.startDay(early), c.startDay(late), true
		d.Finish, d.LateFinish = d.Start, d.LateStart
	default:
		d.Start, d.LateStart = c.finishDay(early), c.finishDay(late)
		d.Finish, d.LateFinish = d.Start, d.LateStart
	}
	d.really(t)
}

// really puts the days of what happened, which may be no working days, in the
// place of the computed ones.
func (d *Dates) really(t *Task) {
	if d.Milestone && (t.ActualStart != NoDay || t.ActualFinish != NoDay) {
		day := max(t.ActualStart, t.ActualFinish)
		d.Start, d.Finish = day, day
		if t.ActualFinish != NoDay {
			d.LateStart, d.LateFinish = day, day
		}
		return
	}
	if t.ActualStart != NoDay {
		d.Start, d.LateStart = t.ActualStart, t.ActualStart
	}
	if t.ActualFinish != NoDay {
		d.Finish, d.LateFinish, d.Free = t.ActualFinish, t.ActualFinish, 0
	}
}

// rollUp gives summary tasks, and the whole, the days of their parts.
func (s *Schedule) rollUp(p *Plan) {
	order := s.Outline.Order
	for k := len(order) - 1; k >= 0; k-- {
		i := order[k]
		d := &s.Tasks[i]
		if d.Summary {
			d.Duration = p.Calendar.Between(d.Start, d.Finish)
		}
		if parent := s.Outline.Parent[i]; parent >= 0 {
			s.Tasks[parent].include(d)
			continue
		}
		if s.Start == NoDay || d.Start < s.Start {
			s.Start = d.Start
		}
		s.Finish = max(s.Finish, d.Finish)
	}
}

// include widens the days of a summary task to those of a part.
func (d *Dates) include(part *Dates) {
	if d.Start == NoDay || part.Start < d.Start {
		d.Start = part.Start
	}
	if d.LateStart == NoDay || part.LateStart < d.LateStart {
		d.LateStart = part.LateStart
	}
	d.Finish = max(d.Finish, part.Finish)
	d.LateFinish = max(d.LateFinish, part.LateFinish)
	d.Critical = d.Critical || part.Critical
}

// links says of each link how its second task keeps to it. Of a summary task
// the part that begins first is asked.
func (n *network) links(s *Schedule) []Fit {
	begins := make([]int, len(n.plan.Tasks))
	for i, d := range s.Tasks {
		begins[i] = n.early[i]
		if d.Summary {
			begins[i] = n.last
		}
	}
	order := s.Outline.Order
	for k := len(order) - 1; k >= 0; k-- {
		if parent := s.Outline.Parent[order[k]]; parent >= 0 {
			begins[parent] = min(begins[parent], begins[order[k]])
		}
	}
	fits := make([]Fit, len(n.plan.Links))
	for i := range n.plan.Links {
		from, e := n.edgeOf(i)
		switch moment := n.early[from] + int(e.weight); {
		case begins[e.to] < moment:
			fits[i] = Broken
		case begins[e.to] == moment:
			fits[i] = Tight
		}
	}
	return fits
}

// Spans are the days of each task, to be kept as the baseline.
func (s *Schedule) Spans() []Span {
	spans := make([]Span, len(s.Tasks))
	for i, d := range s.Tasks {
		spans[i] = Span{d.Start, d.Finish}
	}
	return spans
}
