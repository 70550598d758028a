package plan

import "slices"

// View says how a Gantt chart is laid out. Lengths are in the units of the
// drawing, pixels for most; those left at 0 are chosen.
type View struct {
	Zoom     Zoom
	From, To Day     // the days shown; those of the plan, its baseline and Today if left out
	Today    Day     // where the line of today stands; NoDay for none
	Row, Bar float64 // heights: 36 and 18
	Day      float64 // width of a day: by the zoom
	Rows     []int   // places of the tasks shown, from the top; all in the order of the outline if nil
}

// Gantt is a chart as plain geometry, from the top left corner of its first row;
// the axis is for the view to place above.
type Gantt struct {
	Width, Height float64
	From, To      Day
	Zoom          Zoom      // that of the view, or a wider one when there would be too many marks
	Day           float64   // width of a day
	Today         float64   // where it stands, -1 when not shown
	Major, Minor  []Tick    // the axis: two rows of marks
	Free          []Stretch // days not worked, in the narrow zooms
	Bars          []Bar     // one for each row
	Lines         []Line    // one for each link between bars shown
}

// Stretch is a part of the axis.
type Stretch struct{ X, W float64 }

// Bar is a task in its row. A milestone is a point, where its day begins or
// ends: W is 0 and X its middle.
type Bar struct {
	Task       int // place in the plan
	Level      int // depth in the outline
	Shown      bool
	Kind       BarKind
	Critical   bool
	X, Y, W, H float64
	Done       float64 // width of the part that is done
	Shadow     Stretch // the baseline, below the bar; W is -1 without one, 0 for a milestone
}

// BarKind says what a bar stands for.
type BarKind uint8

// The kinds of bars.
const (
	WorkBar BarKind = iota
	SummaryBar
	MilestoneBar
)

// fill chooses what the view leaves open.
func (v View) fill(p *Plan, s *Schedule) View {
	if v.Row <= 0 {
		v.Row = 36
	}
	if v.Bar <= 0 || v.Bar > v.Row {
		v.Bar = v.Row / 2
	}
	if v.Rows == nil {
		v.Rows = make([]int, len(s.Outline.Order))
		for k, i := range s.Outline.Order {
			v.Rows[k] = int(i)
		}
	}
	v.Zoom = min(v.Zoom, Quarters)
	v.window(p, s)
	for v.Zoom < Quarters && int(v.To-v.From)/v.Zoom.days() > maxMarks {
		v.Zoom, v.Day = v.Zoom+1, 0
	}
	if v.Day <= 0 {
		v.Day = v.Zoom.width()
	}
	return v
}

// window chooses the days shown: whole units of the zoom round all that is drawn.
func (v *View) window(p *Plan, s *Schedule) {
	var all Span
	for _, i := range v.Rows {
		all.include(Span{s.Tasks[i].Start, s.Tasks[i].Finish})
		all.include(p.Tasks[i].Baseline)
	}
	if v.Today != NoDay {
		all.include(Span{v.Today, v.Today})
	}
	if all.Start == NoDay {
		all = Span{p.Start, p.Start}
	}
	if v.From == NoDay {
		v.From = v.Zoom.minor().floor(all.Start - 1)
	}
	if v.To == NoDay {
		v.To = v.Zoom.minor().next(all.Finish+1) - 1
	}
	v.From = min(max(v.From, First), Last)
	v.To = min(max(v.To, v.From), Last)
}

// Draw lays out a plan and its schedule. Places in View.Rows that the plan does
// not have are passed over.
func Draw(p *Plan, s *Schedule, v View) *Gantt {
	v.Rows = slices.DeleteFunc(slices.Clone(v.Rows), func(i int) bool { return i < 0 || i >= len(s.Tasks) })
	v = v.fill(p, s)
	g := &Gantt{From: v.From, To: v.To, Zoom: v.Zoom, Day: v.Day, Today: -1, Height: v.Row * float64(len(v.Rows))}
	g.Width = g.right(v.To)
	if v.From <= v.Today && v.Today <= v.To {
		g.Today = g.left(v.Today) + v.Day/2
	}
	g.Major, g.Minor = g.ticks(v.Zoom.major()), g.ticks(v.Zoom.minor())
	if v.Zoom <= Weeks {
		p.Calendar.freeRuns(v.From, v.To, func(first, last Day) {
			g.Free = append(g.Free, Stretch{g.left(first), g.right(last) - g.left(first)})
		})
	}
	g.Bars = make([]Bar, len(v.Rows))
	for row, i := range v.Rows {
		g.Bars[row] = g.bar(p, s, i)
		g.Bars[row].Y, g.Bars[row].H = v.Row*float64(row)+(v.Row-v.Bar)/2, v.Bar
	}
	g.connect(p, s, v.Row)
	return g
}

// left is where a day begins, right where it ends.
func (g *Gantt) left(day Day) float64  { return float64(day-g.From) * g.Day }
func (g *Gantt) right(day Day) float64 { return float64(day+1-g.From) * g.Day }

// moment is where a milestone stands: where its day begins or where it ends.
func (g *Gantt) moment(day Day, morning bool) float64 {
	if morning {
		return g.left(day)
	}
	return g.right(day)
}

// bar draws a task but for its row.
func (g *Gantt) bar(p *Plan, s *Schedule, i int) Bar {
	t, d := &p.Tasks[i], &s.Tasks[i]
	b := Bar{Task: i, Level: int(s.Outline.Level[i]), Critical: d.Critical, Shadow: Stretch{W: -1}}
	b.Shown = d.Start <= g.To && d.Finish >= g.From
	if base := t.Baseline; base.Start != NoDay && base.Start <= g.To && base.Finish >= g.From {
		b.Shadow = g.stretch(base.Start, base.Finish)
		if d.Milestone {
			b.Shadow = Stretch{X: g.moment(base.Finish, d.Morning)}
		}
	}
	if d.Milestone {
		b.Kind, b.X = MilestoneBar, g.moment(d.Start, d.Morning)
		return b
	}
	if d.Summary {
		b.Kind = SummaryBar
	}
	part := g.stretch(d.Start, d.Finish)
	b.X, b.W = part.X, part.W
	if whole := g.right(d.Finish) - g.left(d.Start); t.Done > 0 && !d.Summary {
		b.Done = min(max(g.left(d.Start)+whole*float64(t.Done)/100-b.X, 0), b.W)
	}
	return b
}

// stretch is a run of days, as far as it is shown.
func (g *Gantt) stretch(from, to Day) Stretch {
	from, to = max(from, g.From), min(to, g.To)
	if to < from {
		return Stretch{}
	}
	return Stretch{g.left(from), g.right(to) - g.left(from)}
}
