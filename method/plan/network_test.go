package plan

import (
	"slices"
	"strings"
	"testing"
)

// row is an activity of a published network: its duration, who it waits for,
// and the published earliest start and total slack.
type row struct {
	id           string
	duration     int
	after        string
	start, slack int
}

// published are networks whose solutions are printed in textbooks.
var published = []struct {
	name   string
	length int
	path   string
	rows   []row
}{
	{
		// F. Hillier and G. Lieberman, Introduction to Operations Research (7th ed., 2001), chapter 10.
		name: "Reliable Construction Co.", length: 44, path: "A B C E F J L N",
		rows: []row{
			{id: "A", duration: 2}, {id: "B", duration: 4, after: "A", start: 2}, {id: "C", duration: 10, after: "B", start: 6},
			{id: "D", duration: 6, after: "C", start: 16, slack: 4}, {id: "E", duration: 4, after: "C", start: 16},
			{id: "F", duration: 5, after: "E", start: 20}, {id: "G", duration: 7, after: "D", start: 22, slack: 4},
			{id: "H", duration: 9, after: "E G", start: 29, slack: 4}, {id: "I", duration: 7, after: "C", start: 16, slack: 2},
			{id: "J", duration: 8, after: "F I", start: 25}, {id: "K", duration: 4, after: "J", start: 33, slack: 1},
			{id: "L", duration: 5, after: "J", start: 33}, {id: "M", duration: 2, after: "H", start: 38, slack: 4},
			{id: "N", duration: 6, after: "K L", start: 38},
		},
	},
	{
		// B. Render, R. Stair and M. Hanna, Quantitative Analysis for Management, the chapter on project management.
		name: "General Foundry", length: 15, path: "A C E G H",
		rows: []row{
			{id: "A", duration: 2}, {id: "B", duration: 3, slack: 1}, {id: "C", duration: 2, after: "A", start: 2},
			{id: "D", duration: 4, after: "B", start: 3, slack: 1}, {id: "E", duration: 4, after: "C", start: 4},
			{id: "F", duration: 3, after: "C", start: 4, slack: 6}, {id: "G", duration: 5, after: "D E", start: 8},
			{id: "H", duration: 2, after: "F G", start: 13},
		},
	},
	{
		// B. Taylor, Introduction to Management Science, chapter 8: activities on arrows, with a dummy (4-5).
		name: "Taylor, chapter 8", length: 38, path: "1-3 3-5 5-7 7-8 8-9",
		rows: []row{
			{id: "1-2", duration: 8, slack: 1}, {id: "1-3", duration: 10}, {id: "1-4", duration: 9, slack: 6},
			{id: "2-5", duration: 6, after: "1-2", start: 8, slack: 1}, {id: "2-6", duration: 4, after: "1-2", start: 8, slack: 8},
			{id: "3-5", duration: 5, after: "1-3", start: 10}, {id: "4-5", after: "1-4", start: 9, slack: 6},
			{id: "4-7", duration: 7, after: "1-4", start: 9, slack: 11},
			{id: "5-7", duration: 12, after: "2-5 3-5 4-5", start: 15}, {id: "5-8", duration: 15, after: "2-5 3-5 4-5", start: 15, slack: 1},
			{id: "6-9", duration: 18, after: "2-6", start: 12, slack: 8}, {id: "7-8", duration: 4, after: "4-7 5-7", start: 27},
			{id: "8-9", duration: 7, after: "5-8 7-8", start: 31},
		},
	},
	{
		// B. Taylor, Introduction to Management Science, chapter 8: the smaller one.
		name: "Taylor, chapter 8, small", length: 20, path: "1-3 3-4 4-5 5-6",
		rows: []row{
			{id: "1-2", duration: 7, slack: 2}, {id: "1-3", duration: 10}, {id: "2-4", duration: 6, after: "1-2", start: 7, slack: 2},
			{id: "3-4", duration: 5, after: "1-3", start: 10}, {id: "3-5", duration: 4, after: "1-3", start: 10, slack: 4},
			{id: "4-5", duration: 3, after: "2-4 3-4", start: 15}, {id: "5-6", duration: 2, after: "3-5 4-5", start: 18},
		},
	},
}

func TestPublishedNetworks(t *testing.T) {
	for _, network := range published {
		t.Run(network.name, func(t *testing.T) {
			p := &Plan{Start: Date(2026, 1, 1), Calendar: everyDay(t)}
			for _, r := range network.rows {
				p.Tasks = append(p.Tasks, Task{ID: r.id, Duration: r.duration})
				for _, before := range strings.Fields(r.after) {
					p.Links = append(p.Links, Link{From: before, To: r.id})
				}
			}
			s := schedule(t, p)
			if length := int(s.Finish-s.Start) + 1; length != network.length {
				t.Errorf("takes %d, published %d", length, network.length)
			}
			if path := ids(p, s.Path); path != network.path {
				t.Errorf("critical path %s, published %s", path, network.path)
			}
			for i, r := range network.rows {
				start := int(s.Tasks[i].Start - p.Start)
				if d := s.Tasks[i]; d.Milestone && !d.Morning {
					start++ // the evening of its day
				}
				if start != r.start || s.Tasks[i].Slack != r.slack || s.Tasks[i].Critical != (r.slack == 0) {
					t.Errorf("%s starts at %d with slack %d, published %d and %d", r.id, start, s.Tasks[i].Slack, r.start, r.slack)
				}
			}
		})
	}
}

func everyDay(t testing.TB) *Calendar {
	t.Helper()
	c, err := NewCalendar(Week{true, true, true, true, true, true, true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func schedule(t testing.TB, p *Plan) *Schedule {
	t.Helper()
	s, err := p.Schedule()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ids(p *Plan, places []int) string {
	var names []string
	for _, i := range places {
		names = append(names, p.Tasks[i].ID)
	}
	return strings.Join(names, " ")
}

// TestLinksAndCalendar is a small plan worked out by hand: March 2026, Friday
// the 20th before a long weekend.
func TestLinksAndCalendar(t *testing.T) {
	p := &Plan{
		Start: Date(2026, 3, 16), Calendar: calendar(t, holidays()...),
		Tasks: []Task{
			{ID: "works", Name: "Obra"},
			{ID: "dig", Parent: "works", Duration: 5},
			{ID: "lay", Parent: "works", Duration: 4},
			{ID: "check", Parent: "works", Duration: 2},
			{ID: "done", Parent: "works"},
			{ID: "open", Duration: 1, Deadline: Date(2026, 3, 31)},
			{ID: "signed", Constraint: MustStart, On: Date(2026, 3, 19)},
			{ID: "guard", Duration: 3},
		},
		Links: []Link{
			{From: "dig", To: "lay"},
			{From: "dig", To: "check", Kind: StartToStart, Lag: 1},
			{From: "lay", To: "check", Kind: FinishToFinish, Lag: -1},
			{From: "lay", To: "done"},
			{From: "works", To: "open", Lag: 1},
			{From: "signed", To: "guard", Kind: StartToFinish},
		},
	}
	s := schedule(t, p)
	want := []struct{ start, finish string }{
		{"2026-03-16", "2026-03-28"}, {"2026-03-16", "2026-03-20"}, {"2026-03-25", "2026-03-28"}, {"2026-03-26", "2026-03-27"},
		{"2026-03-28", "2026-03-28"}, {"2026-03-31", "2026-03-31"}, {"2026-03-19", "2026-03-19"}, {"2026-03-16", "2026-03-18"},
	}
	for i, w := range want {
		if d := s.Tasks[i]; d.Start.String() != w.start || d.Finish.String() != w.finish {
			t.Errorf("%s is %s to %s, not %s to %s", p.Tasks[i].ID, d.Start, d.Finish, w.start, w.finish)
		}
	}
	if path := ids(p, s.Path); path != "dig lay done open" && path != "dig lay open" {
		t.Errorf("the critical path is %s", path)
	}
	if !s.Tasks[0].Summary || s.Tasks[0].Duration != 9 || !s.Tasks[0].Critical {
		t.Errorf("the summary task is %+v", s.Tasks[0])
	}
	if s.Tasks[3].Slack != 1 || s.Tasks[3].Free != 1 {
		t.Errorf("the check can move %d and %d days, not 1", s.Tasks[3].Slack, s.Tasks[3].Free)
	}
	p.Tasks[5].Deadline = Date(2026, 3, 27)
	if s := schedule(t, p); s.Tasks[5].Slack != -3 || s.Tasks[1].Slack != -3 {
		t.Errorf("a deadline missed by three days (28, 30, 31) leaves slack %d and %d", s.Tasks[5].Slack, s.Tasks[1].Slack)
	}
}

func TestConstraintsAndWhatHappened(t *testing.T) {
	base := func() *Plan {
		return &Plan{
			Start: Date(2026, 3, 2), Calendar: calendar(t),
			Tasks: []Task{{ID: "a", Duration: 5}, {ID: "b", Duration: 5}, {ID: "m"}},
			Links: []Link{{From: "a", To: "b"}, {From: "b", To: "m"}},
		}
	}
	cases := map[string]struct {
		change func(p *Plan)
		want   string // days of b and m, slack of a, fit of the first link
	}{
		"nothing":           {func(*Plan) {}, "2026-03-09 2026-03-13 2026-03-13 0 1"},
		"not before":        {func(p *Plan) { p.Tasks[1].Constraint, p.Tasks[1].On = StartNotBefore, Date(2026, 3, 14) }, "2026-03-16 2026-03-20 2026-03-20 5 0"},
		"finish not before": {func(p *Plan) { p.Tasks[1].Constraint, p.Tasks[1].On = FinishNotBefore, Date(2026, 3, 17) }, "2026-03-11 2026-03-17 2026-03-17 2 0"},
		"must start":        {func(p *Plan) { p.Tasks[1].Constraint, p.Tasks[1].On = MustStart, Date(2026, 3, 5) }, "2026-03-05 2026-03-11 2026-03-11 -2 2"},
		"must finish":       {func(p *Plan) { p.Tasks[1].Constraint, p.Tasks[1].On = MustFinish, Date(2026, 3, 20) }, "2026-03-16 2026-03-20 2026-03-20 5 0"},
		"start by":          {func(p *Plan) { p.Tasks[1].Constraint, p.Tasks[1].On = StartBy, Date(2026, 3, 7) }, "2026-03-09 2026-03-13 2026-03-13 -1 1"},
		"finish by":         {func(p *Plan) { p.Tasks[1].Constraint, p.Tasks[1].On = FinishBy, Date(2026, 3, 12) }, "2026-03-09 2026-03-13 2026-03-13 -1 1"},
		"begun early":       {func(p *Plan) { p.Tasks[1].ActualStart = Date(2026, 3, 4) }, "2026-03-04 2026-03-10 2026-03-10 2 2"},
		"began on a Sunday": {func(p *Plan) { p.Tasks[1].ActualStart, p.Tasks[1].Done = Date(2026, 3, 8), 20 }, "2026-03-08 2026-03-13 2026-03-13 5 1"},
		"ended late": {func(p *Plan) {
			p.Tasks[0].ActualStart, p.Tasks[0].ActualFinish, p.Tasks[0].Done = Date(2026, 3, 2), Date(2026, 3, 10), 100
		}, "2026-03-11 2026-03-17 2026-03-17 0 1"},
		"slow": {func(p *Plan) {
			p.Status, p.Tasks[0].ActualStart, p.Tasks[0].Done = Date(2026, 3, 9), Date(2026, 3, 2), 50
		}, "2026-03-12 2026-03-18 2026-03-18 0 1"},
		"never begun":  {func(p *Plan) { p.Status = Date(2026, 3, 9) }, "2026-03-16 2026-03-20 2026-03-20 0 1"},
		"signed early": {func(p *Plan) { p.Tasks[2].ActualFinish, p.Tasks[2].Done = Date(2026, 3, 7), 100 }, "2026-03-09 2026-03-13 2026-03-07 0 1"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := base()
			c.change(p)
			s := schedule(t, p)
			got := strings.Join([]string{s.Tasks[1].Start.String(), s.Tasks[1].Finish.String(), s.Tasks[2].Finish.String()}, " ")
			got += " " + itoa(s.Tasks[0].Slack) + " " + itoa(int(s.Links[0]))
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestDaysOfMilestones: a ends on Friday the 6th, b begins on Monday the 9th;
// the moment is the same, the day depends on what the milestone waits for.
func TestDaysOfMilestones(t *testing.T) {
	for name, c := range map[string]struct {
		milestone Task
		links     []Link
		want      string
	}{
		"alone":               {Task{ID: "m"}, nil, "2026-03-02"},
		"after an end":        {Task{ID: "m"}, []Link{{From: "a", To: "m"}}, "2026-03-06"},
		"with a beginning":    {Task{ID: "m"}, []Link{{From: "b", To: "m", Kind: StartToStart}}, "2026-03-09"},
		"both":                {Task{ID: "m"}, []Link{{From: "a", To: "m"}, {From: "b", To: "m", Kind: StartToStart}}, "2026-03-09"},
		"both, other order":   {Task{ID: "m"}, []Link{{From: "b", To: "m", Kind: StartToStart}, {From: "a", To: "m"}}, "2026-03-09"},
		"not before a day":    {Task{ID: "m", Constraint: StartNotBefore, On: Date(2026, 3, 9)}, []Link{{From: "a", To: "m"}}, "2026-03-09"},
		"after a milestone":   {Task{ID: "m"}, []Link{{From: "n", To: "m"}}, "2026-03-09"},
		"finish not before":   {Task{ID: "m", Constraint: FinishNotBefore, On: Date(2026, 3, 10)}, nil, "2026-03-10"},
		"must finish by rule": {Task{ID: "m", Constraint: MustFinish, On: Date(2026, 3, 8)}, nil, "2026-03-06"},
	} {
		p := &Plan{
			Start: Date(2026, 3, 2), Calendar: calendar(t), Tasks: []Task{{ID: "a", Duration: 5}, {ID: "b", Duration: 5}, {ID: "n"}, c.milestone},
			Links: append([]Link{{From: "a", To: "b"}, {From: "b", To: "n", Kind: StartToStart}}, c.links...),
		}
		if d := schedule(t, p).Tasks[3]; d.Start.String() != c.want || d.Finish != d.Start || !d.Milestone {
			t.Errorf("%s: on %s, not %s", name, d.Start, c.want)
		}
	}
}

func TestCyclesAreNamed(t *testing.T) {
	p := &Plan{
		Start: Date(2026, 3, 2), Calendar: calendar(t),
		Tasks: []Task{{ID: "x", Duration: 1}, {ID: "a", Duration: 1}, {ID: "b", Duration: 1}, {ID: "c", Duration: 1}, {ID: "y", Duration: 1}},
		Links: []Link{{From: "x", To: "a"}, {From: "a", To: "b"}, {From: "b", To: "c", Kind: StartToStart}, {From: "c", To: "a", Lag: -9}, {From: "c", To: "y"}},
	}
	circle := cycleOf(t, p)
	for len(circle) == 3 && circle[0] != "a" {
		circle = append(circle[1:], circle[0])
	}
	if !slices.Equal(circle, []string{"a", "b", "c"}) {
		t.Errorf("the cycle is %v, not a b c", circle)
	}
	p.Tasks = []Task{{ID: "sum"}, {ID: "part", Parent: "sum", Duration: 1}, {ID: "other", Duration: 1}}
	for _, links := range [][]Link{
		{{From: "sum", To: "part"}},
		{{From: "part", To: "sum"}},
		{{From: "sum", To: "other"}, {From: "other", To: "part"}},
	} {
		p.Links = links
		if circle := cycleOf(t, p); !slices.Contains(circle, "sum") || !slices.Contains(circle, "part") || len(circle) != len(links)+1 {
			t.Errorf("%v: the cycle is %v", links, circle)
		}
	}
}

func cycleOf(t *testing.T, p *Plan) []string {
	t.Helper()
	_, err := p.Schedule()
	problems, ok := err.(Problems)
	if !ok || len(problems) != 1 || problems[0].Code != Cycle {
		t.Fatalf("no cycle but %v", err)
	}
	return problems[0].Tasks
}
