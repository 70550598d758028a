package plan

import "strconv"

// stub is how far a line goes straight before it turns.
const stub = 8

// Point is a point of the chart.
type Point struct{ X, Y float64 }

// Line is a link drawn between two bars, turning at right angles: it leaves the
// first bar at the end the link waits for and enters the second at the end that
// waits. The last point is where its arrow points to.
type Line struct {
	Link     int // place in the plan
	Points   []Point
	Critical bool // tight, between two critical tasks
}

// Path is the line as SVG path data.
func (l Line) Path() string {
	text := make([]byte, 0, 16*len(l.Points))
	for i, p := range l.Points {
		switch {
		case i == 0:
			text = append(text, 'M')
			text = append(number(text, p.X), ' ')
			text = number(text, p.Y)
		case p.Y == l.Points[i-1].Y:
			text = number(append(text, 'H'), p.X)
		default:
			text = number(append(text, 'V'), p.Y)
		}
	}
	return string(text)
}

// number writes a length to a tenth.
func number(text []byte, x float64) []byte {
	tenths := int64(x*10 + 0.5)
	if x < 0 {
		tenths = int64(x*10 - 0.5)
		if tenths < 0 {
			text, tenths = append(text, '-'), -tenths
		}
	}
	text = strconv.AppendInt(text, tenths/10, 10)
	if tenths%10 != 0 {
		text = append(text, '.', byte('0'+tenths%10))
	}
	return text
}

// connect draws the links between the bars that are shown.
func (g *Gantt) connect(p *Plan, s *Schedule, row float64) {
	rows := make(map[string]int, len(g.Bars))
	for r := range g.Bars {
		if g.Bars[r].Shown {
			rows[p.Tasks[g.Bars[r].Task].ID] = r
		}
	}
	points := make([]Point, 0, 6*min(len(p.Links), 4*len(g.Bars)))
	for i, link := range p.Links {
		from, fromShown := rows[link.From]
		to, toShown := rows[link.To]
		if !fromShown || !toShown {
			continue
		}
		begin := len(points)
		points = route(points, &g.Bars[from], &g.Bars[to], link.Kind, row)
		line := Line{Link: i, Points: points[begin:len(points):len(points)]}
		line.Critical = s.Links[i] == Tight && g.Bars[from].Critical && g.Bars[to].Critical
		g.Lines = append(g.Lines, line)
	}
}

// route adds the points of one line. Where there is no room to turn between the
// bars it falls on the second from above (or below), and where that one lies
// behind the first it goes along the border of the first one's row.
func route(points []Point, a, b *Bar, kind Kind, row float64) []Point {
	out, in := 1.0, -1.0 // the direction in which it leaves, the side from which it enters
	if kind.fromStart() {
		out = -1
	}
	if kind.toFinish() {
		in = 1
	}
	from, to := Point{a.side(out), a.Y + a.H/2}, Point{b.side(in), b.Y + b.H/2}
	x1, x2 := from.X+out*stub, to.X+in*stub
	switch {
	case out == in: // both on one side: round the farther one
		x1 = out * max(out*x1, out*x2)
		return append(points, from, Point{x1, from.Y}, Point{x1, to.Y}, to)
	case out*(x2-x1) >= 0:
		return append(points, from, Point{x1, from.Y}, Point{x1, to.Y}, to)
	case out*(b.inside(in)-from.X) >= 0:
		return fall(points, from, b.inside(in), b)
	}
	between := from.Y + row/2
	if to.Y < from.Y {
		between = from.Y - row/2
	}
	return append(points, from, Point{x1, from.Y}, Point{x1, between}, Point{x2, between}, Point{x2, to.Y}, to)
}

// fall adds the points of a line that goes on to x and there falls on a bar.
func fall(points []Point, from Point, x float64, b *Bar) []Point {
	points = append(points, from)
	if x != from.X {
		points = append(points, Point{x, from.Y})
	}
	if b.Y > from.Y {
		return append(points, Point{x, b.Y})
	}
	return append(points, Point{x, b.Y + b.H})
}

// inside is where a line falls on a bar, near its end.
func (b *Bar) inside(direction float64) float64 {
	if b.Kind == MilestoneBar {
		return b.X
	}
	return b.side(direction) - direction*min(stub, b.W)/2
}

// side is the end of a bar: the right one for 1, the left one for -1. A
// milestone has the corners of its diamond.
func (b *Bar) side(direction float64) float64 {
	if b.Kind == MilestoneBar {
		return b.X + direction*b.H/2
	}
	if direction > 0 {
		return b.X + b.W
	}
	return b.X
}
