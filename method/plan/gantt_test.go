package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestGanttByHand(t *testing.T) {
	p := &Plan{
		Start: Date(2026, 3, 2), Calendar: calendar(t),
		Tasks: []Task{{ID: "all"}, {ID: "a", Parent: "all", Duration: 5, Done: 40}, {ID: "b", Parent: "all", Duration: 5}, {ID: "m"}},
		Links: []Link{{From: "a", To: "b"}, {From: "b", To: "m"}, {From: "a", To: "b", Kind: StartToStart}},
	}
	p.Tasks[1].Baseline = Span{Date(2026, 3, 3), Date(2026, 3, 4)}
	g := Draw(p, schedule(t, p), View{From: Date(2026, 3, 2), To: Date(2026, 3, 15), Today: Date(2026, 3, 4), Day: 10, Row: 20, Bar: 10})
	bars := []Bar{
		{Task: 0, Shown: true, Kind: SummaryBar, Critical: true, X: 0, Y: 5, W: 120, H: 10, Shadow: Stretch{W: -1}},
		{Task: 1, Level: 1, Shown: true, Critical: true, X: 0, Y: 25, W: 50, H: 10, Done: 20, Shadow: Stretch{X: 10, W: 20}},
		{Task: 2, Level: 1, Shown: true, Critical: true, X: 70, Y: 45, W: 50, H: 10, Shadow: Stretch{W: -1}},
		{Task: 3, Shown: true, Kind: MilestoneBar, Critical: true, X: 120, Y: 65, H: 10, Shadow: Stretch{W: -1}},
	}
	if diff := cmp.Diff(bars, g.Bars); diff != "" {
		t.Error(diff)
	}
	var paths []string
	for _, line := range g.Lines {
		paths = append(paths, line.Path())
	}
	want := []string{"M50 30H58V50H70", "M120 50V65", "M0 30H-8V50H70"}
	if diff := cmp.Diff(want, paths); diff != "" {
		t.Error(diff)
	}
	if !g.Lines[0].Critical || !g.Lines[1].Critical || g.Lines[2].Critical {
		t.Errorf("critical lines: %+v", g.Lines)
	}
	if g.Today != 25 || g.Width != 140 || g.Height != 80 {
		t.Errorf("today at %v in %v by %v", g.Today, g.Width, g.Height)
	}
	if diff := cmp.Diff([]Stretch{{50, 20}, {120, 20}}, g.Free); diff != "" {
		t.Error(diff)
	}
}

// TestLinesGoUpToo joins bars from a lower row to a higher one, as tasks that
// were put in order by hand are.
func TestLinesGoUpToo(t *testing.T) {
	p := &Plan{
		Start: Date(2026, 3, 2), Calendar: everyDay(t),
		Tasks: []Task{{ID: "b", Duration: 2}, {ID: "a", Duration: 2}, {ID: "c", Duration: 1}},
		Links: []Link{{From: "a", To: "b"}, {From: "c", To: "b", Kind: FinishToFinish}, {From: "a", To: "c", Kind: StartToFinish, Lag: 1}},
	}
	g := Draw(p, schedule(t, p), View{From: Date(2026, 3, 1), To: Date(2026, 3, 9), Day: 10, Row: 20, Bar: 10})
	var paths []string
	for _, line := range g.Lines {
		paths = append(paths, line.Path())
	}
	want := []string{"M30 30H34V15", "M20 50H58V10H50", "M10 30H2V40H28V50H20"}
	if diff := cmp.Diff(want, paths); diff != "" {
		t.Error(diff)
	}
}

func TestAxes(t *testing.T) {
	p := &Plan{Start: Date(2026, 2, 11), Calendar: calendar(t), Tasks: []Task{{ID: "a", Duration: 60}}}
	s := schedule(t, p)
	for zoom, want := range map[Zoom][2][]string{
		Days:     {{"2026-02-01", "2026-03-01"}, {"2026-02-10", "2026-02-11"}},
		Weeks:    {{"2026-02-01", "2026-03-01"}, {"2026-02-09", "2026-02-16"}},
		Months:   {{"2026-01-01"}, {"2026-02-01", "2026-03-01"}},
		Quarters: {{"2026-01-01"}, {"2026-01-01", "2026-04-01"}},
	} {
		g := Draw(p, s, View{Zoom: zoom})
		for row, ticks := range [][]Tick{g.Major, g.Minor} {
			for k, day := range want[row] {
				if ticks[k].Day.String() != day {
					t.Errorf("zoom %d, row %d: mark %d is %s, not %s", zoom, row, k, ticks[k].Day, day)
				}
			}
		}
	}
}

// TestGanttGeometry: bars lie within the chart and in their rows, ticks tile it,
// lines turn at right angles and join the ends that their link names.
func TestGanttGeometry(t *testing.T) {
	c := calendar(t, holidays()...)
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t, c, true)
		s, err := p.Schedule()
		if err != nil {
			t.Fatal(err)
		}
		v := View{Zoom: Zoom(rapid.IntRange(0, 3).Draw(t, "zoom")), Today: s.Start}
		if rapid.Bool().Draw(t, "window") {
			v.From, v.To = s.Start+3, s.Start+3+Day(rapid.IntRange(0, 30).Draw(t, "days"))
		}
		g := Draw(p, s, v)
		for row, b := range g.Bars {
			middle := b.Y + b.H/2
			if b.Shown && (b.X < 0 || b.X+b.W > g.Width+1e-6 || b.Done > b.W) || middle != 36*(float64(row)+.5) {
				t.Fatalf("row %d of %v: %+v", row, g.Width, b)
			}
		}
		for _, ticks := range [][]Tick{g.Major, g.Minor} {
			end := 0.0
			for _, tick := range ticks {
				if tick.X != end || tick.W <= 0 {
					t.Fatalf("the axis breaks at %v: %+v", end, tick)
				}
				end = tick.X + tick.W
			}
			if end-g.Width > 1e-6 || g.Width-end > 1e-6 {
				t.Fatalf("the axis ends at %v of %v", end, g.Width)
			}
		}
		for _, line := range g.Lines {
			checkLine(t, p, g, line)
		}
	})
}

func checkLine(t *rapid.T, p *Plan, g *Gantt, line Line) {
	link := p.Links[line.Link]
	var from, to Bar
	for _, b := range g.Bars {
		switch p.Tasks[b.Task].ID {
		case link.From:
			from = b
		case link.To:
			to = b
		}
	}
	first, last := line.Points[0], line.Points[len(line.Points)-1]
	if !from.Shown || !to.Shown || first.Y != from.Y+from.H/2 {
		t.Fatalf("%+v does not join %+v and %+v", line, from, to)
	}
	for i := 1; i < len(line.Points); i++ {
		if a, b := line.Points[i-1], line.Points[i]; a.X != b.X && a.Y != b.Y {
			t.Fatalf("%+v is not at right angles", line)
		}
	}
	if last.Y == to.Y { // it falls on the bar
		if last.X < to.X || last.X > to.X+to.W {
			t.Fatalf("%+v falls beside %+v", line, to)
		}
		return
	}
	before := line.Points[len(line.Points)-2]
	if last.Y != to.Y+to.H/2 || link.Kind.toFinish() != (before.X > last.X) {
		t.Fatalf("%s enters from the wrong side: %+v", link.Kind, line)
	}
	if after := line.Points[1]; link.Kind.fromStart() != (after.X < first.X) {
		t.Fatalf("%s leaves from the wrong side: %+v", link.Kind, line)
	}
}

func TestFarDaysMakeTheChartZoomOut(t *testing.T) {
	p := &Plan{Start: Date(1990, 1, 1), Calendar: calendar(t), Tasks: []Task{{ID: "a", Duration: 36_000}}}
	g := Draw(p, schedule(t, p), View{Zoom: Days})
	if g.Zoom == Days || len(g.Minor) > maxMarks+2 {
		t.Errorf("zoom %d with %d marks", g.Zoom, len(g.Minor))
	}
	if g := Draw(p, schedule(t, p), View{Rows: []int{-1, 0, 7, 0}, From: Last, To: First}); len(g.Bars) != 2 || g.Width <= 0 {
		t.Errorf("rows that are not there: %+v", g)
	}
}
