package opinion

import (
	"math"
	"slices"
)

// Point is a place on the map: x along the first axis, y along the second.
type Point [2]float64

const (
	// enoughVotes is how many votes put a participant among the grouped.
	enoughVotes = 7
	// enoughPeople is how many are grouped at least, the most active first.
	enoughPeople = 15
)

// span returns the axes of the map. With a single accepted statement the first
// axis is that statement.
func (m *matrix) span(rows [][]deviation) axes {
	if m.flat() {
		a := axes{make([]float64, len(m.statements)), make([]float64, len(m.statements))}
		if at := slices.Index(m.rejected, false); at >= 0 && m.accepted() == 1 {
			a[0][at] = 1
		}
		return a
	}
	return principal(rows, len(m.statements))
}

// flat says that there are not enough people or statements to span a plane.
func (m *matrix) flat() bool { return len(m.people) < 2 || m.accepted() < 2 }

// places returns where each participant stands. On a flat map x is their mean
// vote, which with a single statement is their vote.
func (m *matrix) places(rows [][]deviation, a axes) []Point {
	places := make([]Point, len(m.people))
	rejected := len(m.rejected) - m.accepted()
	for i, row := range rows {
		if m.flat() {
			places[i][0] = m.inclination(i)
			continue
		}
		for _, d := range row {
			places[i][0] += d.x * a[0][d.statement]
			places[i][1] += d.x * a[1][d.statement]
		}
		// The zeros of a rejected statement count as voted by everybody.
		stretch := math.Sqrt(float64(len(m.statements)) / float64(max(1, len(row)+rejected)))
		places[i][0] *= stretch
		places[i][1] *= stretch
	}
	return places
}

// inclination is the mean of a participant's votes on accepted statements.
func (m *matrix) inclination(person int) float64 {
	sum, n := 0, 0
	for _, a := range m.rows[person] {
		if !m.rejected[a.statement] {
			sum, n = sum+int(a.vote), n+1
		}
	}
	return float64(sum) / float64(max(1, n))
}

// statementPlaces returns where somebody stands who agrees with one statement
// alone.
func (m *matrix) statementPlaces(a axes) []Point {
	places := make([]Point, len(m.statements))
	stretch := math.Sqrt(float64(len(m.statements)))
	for j := range places {
		if !m.rejected[j] {
			reach := stretch * (1 - m.means[j])
			places[j] = Point{reach * a[0][j], reach * a[1][j]}
		}
	}
	return places
}

// grouped returns who takes part in the grouping, in order: those with enough
// votes, those who were in before, and the most active up to enoughPeople.
func (m *matrix) grouped(before map[string]bool) []int {
	var in, out []int
	for i, row := range m.rows {
		if len(row) > 0 && (len(row) >= min(enoughVotes, len(m.statements)) || before[m.people[i]]) {
			in = append(in, i)
		} else if len(row) > 0 {
			out = append(out, i)
		}
	}
	if missing := min(enoughPeople-len(in), len(out)); missing > 0 {
		slices.SortStableFunc(out, func(a, b int) int { return len(m.rows[b]) - len(m.rows[a]) })
		in = append(in, out[:missing]...)
		slices.Sort(in)
	}
	return in
}

func distance(a, b Point) float64 { return math.Sqrt(distance2(a, b)) }

func distance2(a, b Point) float64 {
	x, y := a[0]-b[0], a[1]-b[1]
	return x*x + y*y
}
