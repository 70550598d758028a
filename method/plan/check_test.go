package plan

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestBadPlansAreNamed(t *testing.T) {
	day := Date(2026, 3, 2)
	cases := map[string]struct {
		change func(p *Plan)
		want   string // code, tasks
	}{
		"no calendar":       {func(p *Plan) { p.Calendar = nil }, "no_calendar"},
		"no start":          {func(p *Plan) { p.Start = NoDay }, "bad_day"},
		"start far away":    {func(p *Plan) { p.Start = Last + 1 }, "bad_day"},
		"status far away":   {func(p *Plan) { p.Status = First - 1 }, "bad_day"},
		"no ID":             {func(p *Plan) { p.Tasks[0].ID = "" }, "bad_id "},
		"blank in ID":       {func(p *Plan) { p.Tasks[0].ID = "a\u00a0b" }, "bad_id a\u00a0b"},
		"broken ID":         {func(p *Plan) { p.Tasks[0].ID = "ñ\xff" }, "bad_id ñ\xff"},
		"long ID":           {func(p *Plan) { p.Tasks[0].ID = strings.Repeat("x", 65) }, "bad_id " + strings.Repeat("x", 65)},
		"same ID":           {func(p *Plan) { p.Tasks[1].ID = "a" }, "same_id a"},
		"unknown parent":    {func(p *Plan) { p.Tasks[1].Parent = "z" }, "unknown_parent b"},
		"own parent":        {func(p *Plan) { p.Tasks[1].Parent = "b" }, "parent_cycle b"},
		"parents in circle": {func(p *Plan) { p.Tasks[0].Parent, p.Tasks[1].Parent = "b", "a" }, "parent_cycle a|parent_cycle b"},
		"dangling from":     {func(p *Plan) { p.Links = []Link{{From: "z", To: "b"}} }, "unknown_task b"},
		"dangling to":       {func(p *Plan) { p.Links = []Link{{From: "a", To: "z"}} }, "unknown_task a"},
		"self":              {func(p *Plan) { p.Links = []Link{{From: "a", To: "a"}} }, "self_link a"},
		"kind":              {func(p *Plan) { p.Links = []Link{{From: "a", To: "b", Kind: 4}} }, "bad_kind a b"},
		"lag":               {func(p *Plan) { p.Links = []Link{{From: "a", To: "b", Lag: -1 << 62}} }, "bad_lag a b"},
		"start of summary":  {func(p *Plan) { p.Links = []Link{{From: "s", To: "b", Kind: StartToStart}} }, "summary_link s b"},
		"finish of summary": {func(p *Plan) { p.Links = []Link{{From: "b", To: "s", Kind: FinishToFinish}} }, "summary_link b s"},
		"summary must":      {func(p *Plan) { p.Tasks[2].Constraint, p.Tasks[2].On = MustStart, day }, "summary_date s"},
		"duration":          {func(p *Plan) { p.Tasks[0].Duration = -1 }, "bad_duration a"},
		"long duration":     {func(p *Plan) { p.Tasks[0].Duration = 1 << 40 }, "bad_duration a"},
		"percent":           {func(p *Plan) { p.Tasks[0].Done = 101 }, "bad_percent a"},
		"ended unfinished":  {func(p *Plan) { p.Tasks[0].ActualFinish, p.Tasks[0].Done = day, 99 }, "unfinished a"},
		"ended before":      {func(p *Plan) { p.Tasks[0].ActualStart, p.Tasks[0].ActualFinish, p.Tasks[0].Done = day, day-1, 100 }, "bad_order a"},
		"constraint":        {func(p *Plan) { p.Tasks[0].Constraint = 9 }, "bad_kind a"},
		"constraint no day": {func(p *Plan) { p.Tasks[0].Constraint = StartBy }, "bad_day a"},
		"deadline":          {func(p *Plan) { p.Tasks[0].Deadline = 1 }, "bad_day a"},
		"half a baseline":   {func(p *Plan) { p.Tasks[0].Baseline.Finish = day }, "bad_day a"},
		"end of time": {func(p *Plan) {
			p.Tasks[0].Duration, p.Tasks[0].Constraint, p.Tasks[0].On = 36_000, StartNotBefore, day+9999
		}, "beyond_calendar a"},
		"before time": {func(p *Plan) { p.Tasks[0].Duration, p.Tasks[0].Constraint, p.Tasks[0].On = 36_000, MustFinish, day }, "beyond_calendar a"},
		"too many":    {func(p *Plan) { p.Tasks = make([]Task, MaxTasks+1) }, "too_many"},
		"two things":  {func(p *Plan) { p.Tasks[0].Done, p.Tasks[1].Duration = -1, -1 }, "bad_percent a|bad_duration b"},
	}
	for name, c := range cases {
		p := &Plan{Start: day, Calendar: calendar(t), Tasks: []Task{{ID: "a", Duration: 1}, {ID: "b", Duration: 1}, {ID: "s"}, {ID: "part", Parent: "s"}}}
		c.change(p)
		_, err := p.Schedule()
		var problems Problems
		if !errors.As(err, &problems) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, problem := range problems {
			got = append(got, strings.Join(append([]string{string(problem.Code)}, problem.Tasks...), " "))
		}
		if text := strings.Join(got, "|"); text != c.want {
			t.Errorf("%s: %q, want %q", name, text, c.want)
		}
	}
}

func TestManyProblemsAreCutShort(t *testing.T) {
	p := &Plan{Start: Date(2026, 3, 2), Calendar: calendar(t)}
	for i := range 5000 {
		p.Tasks = append(p.Tasks, Task{ID: fmt.Sprint(i), Duration: -1})
	}
	if problems := p.Check(); len(problems) != maxProblems {
		t.Errorf("%d problems are told", len(problems))
	}
}

// TestFiftyThousandTasksInARow is a chain that starts together, once forwards
// and once as a circle.
func TestFiftyThousandTasksInARow(t *testing.T) {
	p := &Plan{Start: Date(2026, 3, 2), Calendar: calendar(t)}
	for i := range MaxTasks {
		task := Task{ID: fmt.Sprint(i), Duration: 3}
		if i > 0 {
			p.Links = append(p.Links, Link{From: fmt.Sprint(i - 1), To: task.ID, Kind: StartToStart})
		}
		p.Tasks = append(p.Tasks, task)
	}
	if s := schedule(t, p); len(s.Path) != MaxTasks && len(s.Path) != 1 || s.Finish != Date(2026, 3, 4) {
		t.Errorf("ends on %s by a path of %d", s.Finish, len(s.Path))
	}
	p.Links = append(p.Links, Link{From: fmt.Sprint(MaxTasks - 1), To: "0", Lag: -MaxDuration})
	if circle := cycleOf(t, p); len(circle) != MaxTasks {
		t.Errorf("the circle has %d tasks", len(circle))
	}
	deep := &Plan{Start: Date(2026, 3, 2), Calendar: calendar(t), Tasks: []Task{{ID: "0"}}}
	for i := 1; i < MaxTasks; i++ {
		deep.Tasks = append(deep.Tasks, Task{ID: fmt.Sprint(i), Parent: fmt.Sprint(i - 1), Duration: 2})
	}
	if s := schedule(t, deep); s.Tasks[0].Duration != 2 || !s.Tasks[0].Critical {
		t.Errorf("the task in which all others stand is %+v", s.Tasks[0])
	}
}

func TestNoTasks(t *testing.T) {
	p := &Plan{Start: Date(2026, 3, 2), Calendar: calendar(t)}
	s := schedule(t, p)
	if s.Start != NoDay || s.Finish != NoDay || len(s.Path) != 0 {
		t.Errorf("a plan without tasks is %+v", s)
	}
	if _, whole := p.Progress(s, p.Start); whole != (Progress{}) {
		t.Errorf("and its progress %+v", whole)
	}
	if g := Draw(p, s, View{}); len(g.Bars) != 0 || g.Width <= 0 {
		t.Errorf("and its chart %+v", g)
	}
}

func TestNamesAreReadAgain(t *testing.T) {
	for k := FinishToStart; k <= StartToFinish; k++ {
		if again, ok := ParseKind(k.String()); !ok || again != k {
			t.Errorf("%s is read as %s", k, again)
		}
	}
	for c := SoonAsPossible; c <= MustFinish; c++ {
		if again, ok := ParseConstraint(c.String()); !ok || again != c {
			t.Errorf("%s is read as %s", c, again)
		}
	}
	if _, ok := ParseKind("fs"); ok {
		t.Error("a kind that does not exist is read")
	}
}
