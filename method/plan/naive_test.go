package plan

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func itoa(n int) string { return strconv.Itoa(n) }

// naive solves a plan by its definition: it pushes tasks, one working day at a
// time, until every rule is kept. It shares nothing with the network but the
// calendar's count of days.
type naive struct {
	p      *Plan
	parts  map[string][]int // the tasks below each summary task, itself apart
	start  []int
	length []int
	fixed  []bool
	held   map[int]int // starts no earlier, by task
}

func newNaive(p *Plan, held map[int]int) *naive {
	n := &naive{p: p, parts: map[string][]int{}, held: held}
	parent := map[string]string{}
	for _, t := range p.Tasks {
		parent[t.ID] = t.Parent
	}
	hasParts := map[string]bool{}
	for _, t := range p.Tasks {
		hasParts[t.Parent] = true
	}
	for i, t := range p.Tasks {
		if hasParts[t.ID] {
			continue
		}
		for id := t.ID; id != ""; id = parent[id] {
			n.parts[id] = append(n.parts[id], i)
		}
	}
	n.start, n.length, n.fixed = make([]int, len(p.Tasks)), make([]int, len(p.Tasks)), make([]bool, len(p.Tasks))
	for changed := true; changed; {
		changed = n.round()
	}
	return n
}

// count is the number of working days before a day.
func (n *naive) count(day Day) int { return n.p.Calendar.Between(First, day-1) }

// round moves every task that breaks a rule by what is missing.
func (n *naive) round() (changed bool) {
	for i, t := range n.p.Tasks {
		if !n.leaf(i) {
			continue
		}
		n.length[i] = t.Duration
		least := max(n.count(n.p.Start), n.held[i])
		for id := t.ID; id != ""; id = n.parentOf(id) {
			if up := n.p.Tasks[n.place(id)]; up.Constraint == StartNotBefore {
				least = max(least, n.count(up.On))
			}
			least = max(least, n.leastByLinks(id, t.Duration))
		}
		if t.Constraint == FinishNotBefore {
			least = max(least, n.count(t.On+1)-t.Duration)
		}
		switch t.Constraint {
		case MustStart:
			least, n.fixed[i] = n.count(t.On), true
		case MustFinish:
			least, n.fixed[i] = n.count(t.On+1)-t.Duration, true
		}
		if t.ActualStart != NoDay {
			least, n.fixed[i] = n.count(t.ActualStart), true
		}
		if least != n.start[i] {
			n.start[i], changed = least, true
		}
	}
	return changed
}

func (n *naive) leaf(i int) bool {
	parts := n.parts[n.p.Tasks[i].ID]
	return len(parts) == 1 && parts[0] == i
}

func (n *naive) place(id string) int {
	for i, t := range n.p.Tasks {
		if t.ID == id {
			return i
		}
	}
	return -1
}

func (n *naive) parentOf(id string) string { return n.p.Tasks[n.place(id)].Parent }

// leastByLinks is the earliest start that the links to a task allow.
func (n *naive) leastByLinks(id string, length int) int {
	least := 0
	for _, l := range n.p.Links {
		if l.To != id {
			continue
		}
		moment := n.finish(l.From)
		if l.Kind == StartToStart || l.Kind == StartToFinish {
			moment = n.start[n.place(l.From)]
		}
		if l.Kind == FinishToFinish || l.Kind == StartToFinish {
			moment -= length
		}
		least = max(least, moment+l.Lag)
	}
	return least
}

func (n *naive) finish(id string) int {
	finish := 0
	for _, i := range n.parts[id] {
		finish = max(finish, n.start[i]+n.length[i])
	}
	return finish
}

func (n *naive) end() int {
	end := 0
	for i := range n.p.Tasks {
		if n.leaf(i) {
			end = max(end, n.start[i]+n.length[i])
		}
	}
	return end
}

// drawPlan makes a plan of up to nine tasks whose links go forward.
func drawPlan(t *rapid.T, c *Calendar, bound bool) *Plan {
	p := &Plan{Start: Date(2026, 3, 2) + Day(rapid.IntRange(0, 9).Draw(t, "start")), Calendar: c}
	for i := range rapid.IntRange(1, 9).Draw(t, "tasks") {
		task := Task{ID: "t" + itoa(i), Duration: rapid.IntRange(0, 6).Draw(t, "duration")}
		var above []string
		for at := i - 1; at >= 0; at = int(place(p, p.Tasks[at].Parent)) {
			above = append(above, p.Tasks[at].ID)
		}
		if len(above) > 0 && rapid.IntRange(0, 2).Draw(t, "below") == 0 {
			task.Parent = rapid.SampledFrom(above).Draw(t, "parent")
		} else if len(above) > 0 {
			task.Parent = p.Tasks[place(p, above[0])].Parent
		}
		p.Tasks = append(p.Tasks, task)
	}
	tree := p.Outline()
	for i := range p.Tasks {
		drawConstraint(t, &p.Tasks[i], tree.Parts[i] > 0, bound)
	}
	for range rapid.IntRange(0, 14).Draw(t, "links") {
		drawLink(t, p, tree)
	}
	return p
}

func place(p *Plan, id string) int32 {
	for i := range p.Tasks {
		if p.Tasks[i].ID == id {
			return int32(i)
		}
	}
	return -1
}

func drawConstraint(t *rapid.T, task *Task, summary, bound bool) {
	on := Date(2026, 3, 2) + Day(rapid.IntRange(0, 40).Draw(t, "on"))
	switch rapid.IntRange(0, 9).Draw(t, "constraint") {
	case 0:
		task.Constraint, task.On = StartNotBefore, on
	case 1:
		if !summary {
			task.Constraint, task.On = FinishNotBefore, on
		}
	case 2:
		if !summary && bound {
			task.Constraint, task.On = rapid.SampledFrom([]Constraint{MustStart, MustFinish}).Draw(t, "must"), on
		}
	case 3:
		if !summary && bound && task.Duration > 0 {
			task.ActualStart = on
		}
	}
}

func drawLink(t *rapid.T, p *Plan, tree *Outline) {
	from := rapid.IntRange(0, len(p.Tasks)-1).Draw(t, "from")
	to := rapid.IntRange(from, len(p.Tasks)-1).Draw(t, "to")
	kind := Kind(rapid.IntRange(0, 3).Draw(t, "kind"))
	if from == to || tree.Parts[from] > 0 && kind.fromStart() || tree.Parts[to] > 0 && kind.toFinish() {
		return
	}
	for up := tree.Parent[to]; up >= 0; up = tree.Parent[up] {
		if up == int32(from) {
			return
		}
	}
	p.Links = append(p.Links, Link{From: p.Tasks[from].ID, To: p.Tasks[to].ID, Kind: kind, Lag: rapid.IntRange(-3, 4).Draw(t, "lag")})
}

func TestScheduleEqualsTheNaiveSolver(t *testing.T) {
	c := calendar(t, holidays()...)
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t, c, true)
		s, err := p.Schedule()
		if err != nil {
			t.Fatal(err)
		}
		n := newNaive(p, nil)
		for i, d := range s.Tasks {
			if !n.leaf(i) || d.Milestone || p.Tasks[i].ActualStart != NoDay {
				continue
			}
			start := c.days[n.start[i]]
			finish := c.days[n.start[i]+n.length[i]-1]
			if d.Start != start || d.Finish != finish {
				t.Fatalf("%s is %s to %s, by definition %s to %s", p.Tasks[i].ID, d.Start, d.Finish, start, finish)
			}
		}
	})
}

// TestSlackIsWhatATaskCanMove holds each task up by every number of days and
// looks at what moves.
func TestSlackIsWhatATaskCanMove(t *testing.T) {
	c := calendar(t, holidays()...)
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t, c, false)
		s, err := p.Schedule()
		if err != nil {
			t.Fatal(err)
		}
		n := newNaive(p, nil)
		for i, d := range s.Tasks {
			if !n.leaf(i) {
				continue
			}
			total, free := 0, 0
			for total < 80 && newNaive(p, map[int]int{i: n.start[i] + total + 1}).end() == n.end() {
				total++
			}
			for free < total && sameBut(n, newNaive(p, map[int]int{i: n.start[i] + free + 1}), i) {
				free++
			}
			if d.Slack != total || d.Free != free || d.Critical != (total == 0) {
				t.Fatalf("%s: slack %d, free %d, critical %v; by definition %d and %d", p.Tasks[i].ID, d.Slack, d.Free, d.Critical, total, free)
			}
		}
		for k, i := range s.Path {
			if s.Tasks[i].Slack != 0 {
				t.Fatalf("task %d of the critical path has slack %d", k, s.Tasks[i].Slack)
			}
		}
	})
}

// sameBut says whether nothing but one task has moved.
func sameBut(a, b *naive, but int) bool {
	for i := range a.start {
		if i != but && a.start[i] != b.start[i] {
			return false
		}
	}
	return true
}

// TestOrderOfLinksDoesNotMatter shuffles them.
func TestOrderOfLinksDoesNotMatter(t *testing.T) {
	c := calendar(t, holidays()...)
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t, c, true)
		one, err := p.Schedule()
		if err != nil {
			t.Fatal(err)
		}
		p.Links = rapid.Permutation(p.Links).Draw(t, "links")
		two, _ := p.Schedule()
		for i := range one.Tasks {
			if one.Tasks[i] != two.Tasks[i] {
				t.Fatalf("%+v became %+v", one.Tasks[i], two.Tasks[i])
			}
		}
		if ids(p, one.Path) != ids(p, two.Path) {
			t.Fatalf("the path %s became %s", ids(p, one.Path), ids(p, two.Path))
		}
	})
}
