package plan

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestProgressByHand: a baseline of ten days and one milestone, looked at after
// six of them.
func TestProgressByHand(t *testing.T) {
	p := &Plan{
		Start: Date(2026, 3, 2), Calendar: calendar(t),
		Tasks: []Task{
			{ID: "all"}, {ID: "a", Parent: "all", Duration: 4, Done: 100, ActualStart: Date(2026, 3, 3), ActualFinish: Date(2026, 3, 9)},
			{ID: "b", Parent: "all", Duration: 6, Done: 10}, {ID: "m", Deadline: Date(2026, 3, 13)}, {ID: "new", Duration: 2},
		},
		Links: []Link{{From: "a", To: "b"}, {From: "b", To: "m"}},
	}
	p.Tasks[1].Baseline = Span{Date(2026, 3, 2), Date(2026, 3, 5)}
	p.Tasks[2].Baseline = Span{Date(2026, 3, 6), Date(2026, 3, 13)}
	p.Tasks[3].Baseline = Span{Date(2026, 3, 13), Date(2026, 3, 13)}
	s := schedule(t, p)
	tasks, whole := p.Progress(s, Date(2026, 3, 9))
	for i, want := range []Progress{
		{Expected: 60, Done: 46, Weight: 10, StartSlip: 1, FinishSlip: 2, Baseline: true},
		{Expected: 100, Done: 100, Weight: 4, StartSlip: 1, FinishSlip: 2, Baseline: true},
		{Expected: 100 * 2. / 6, Done: 10, Weight: 6, StartSlip: 2, FinishSlip: 2, Baseline: true},
		{Expected: 0, Done: 0, Weight: 1, StartSlip: 2, FinishSlip: 2, Missed: true, Baseline: true},
		{Expected: 100, Done: 0, Weight: 2, Overdue: true},
	} {
		if !near(tasks[i], want) {
			t.Errorf("%s: %+v, want %+v", p.Tasks[i].ID, tasks[i], want)
		}
	}
	want := Progress{Expected: 800. / 13, Done: 460. / 13, Weight: 13, StartSlip: 0, FinishSlip: 2}
	if !near(whole, want) {
		t.Errorf("the whole: %+v, want %+v", whole, want)
	}
	if tasks, _ := p.Progress(s, Date(2026, 3, 13)); !tasks[2].Overdue || tasks[3].Expected != 100 {
		t.Errorf("on its last day: %+v %+v", tasks[2], tasks[3])
	}
}

func near(a, b Progress) bool {
	close := math.Abs(a.Expected-b.Expected) < 1e-9 && math.Abs(a.Done-b.Done) < 1e-9
	a.Expected, a.Done = b.Expected, b.Done
	return close && a == b
}

// TestProgressKeepsItsBounds: never outside 0 to 100, never less expected later,
// all at the end, and no slip on the day of the baseline.
func TestProgressKeepsItsBounds(t *testing.T) {
	c := calendar(t, holidays()...)
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t, c, true)
		s, err := p.Schedule()
		if err != nil {
			t.Fatal(err)
		}
		for i, span := range s.Spans() {
			p.Tasks[i].Baseline = span
		}
		before := 0.0
		for on := s.Start - 1; on <= s.Finish; on += 3 {
			tasks, whole := p.Progress(s, on)
			if whole.Expected < before || whole.Expected > 100+1e-9 {
				t.Fatalf("on %s expected is %v after %v", on, whole.Expected, before)
			}
			before = whole.Expected
			for i, task := range tasks {
				if task.StartSlip != 0 || task.FinishSlip != 0 || task.Weight < 1 {
					t.Fatalf("%s: %+v", p.Tasks[i].ID, task)
				}
			}
		}
		if _, whole := p.Progress(s, s.Finish); math.Abs(whole.Expected-100) > 1e-9 {
			t.Fatalf("at the end %v is expected", whole.Expected)
		}
	})
}
