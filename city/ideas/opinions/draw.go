package opinions

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ronda/method/opinion"
)

// The sheet the map is drawn on, in units of its viewBox.
const (
	sheetWide  = 480
	sheetHigh  = 370
	sheetEdge  = 42
	stray      = 0.01 // the share of people at each end that the scale does not follow
	areaPeople = 0.92 // the share of a group, nearest to its middle, that its area surrounds
	golden     = 2.399963
	apart      = 4.2 // between two people who stand at the same place
)

// Drawing is the map as shapes, ready for SVG.
type Drawing struct {
	Groups []DrawnGroup
	Cloud  string // path of everybody, where there are no groups
	You    *Spot
}

// DrawnGroup is one group as shapes.
type DrawnGroup struct {
	Group
	Shape string // name of the form of its dots
	Area  string // path
	Dots  string // path
	At    Spot   // of its letter
}

// Spot is a place on the sheet.
type Spot struct{ X, Y string }

// spot is a place on the sheet as numbers.
type spot struct{ x, y float64 }

func (s spot) text() Spot { return Spot{tenth(s.x), tenth(s.y)} }

func tenth(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

// shapes are the forms of the dots, one for each group, so that a group is told
// by more than its colour.
var shapes = []string{"round", "square", "triangle", "diamond", "plus"}

// Drawing puts the people of the map on the sheet, and gives where on it a point
// of the map lies.
func (p Picture) Drawing() (Drawing, func(opinion.Point) spot) {
	all := slices.Clone(p.Cloud)
	for _, g := range p.Groups {
		all = append(all, g.places...)
	}
	place := scale(all)
	var d Drawing
	taken := map[[2]int]int{}
	for i, g := range p.Groups {
		if !g.Hidden {
			spots := spread(g.places, place, taken)
			d.Groups = append(d.Groups, DrawnGroup{Group: g, Shape: shapes[i%len(shapes)], Area: area(spots), Dots: dots(spots, shapes[i%len(shapes)]), At: middle(spots).text()})
		}
	}
	d.Cloud = dots(spread(p.Cloud, place, taken), "round")
	return d, place
}

// scale gives where on the sheet a point of the map lies: as large as fits, the
// same in both directions, with those far out brought to the edge.
func scale(all []opinion.Point) func(opinion.Point) spot {
	lowX, highX := ends(all, 0)
	lowY, highY := ends(all, 1)
	wide, high := float64(sheetWide-2*sheetEdge), float64(sheetHigh-2*sheetEdge)
	by := min(wide/max(highX-lowX, 1e-9), high/max(highY-lowY, 1e-9))
	return func(p opinion.Point) spot {
		x := sheetWide/2 + (p[0]-(lowX+highX)/2)*by
		y := sheetHigh/2 - (p[1]-(lowY+highY)/2)*by
		return spot{min(max(x, sheetEdge/2), sheetWide-sheetEdge/2), min(max(y, sheetEdge/2), sheetHigh-sheetEdge/2)}
	}
}

// ends are the bounds of the points along an axis but for a few strays.
func ends(all []opinion.Point, axis int) (low, high float64) {
	if len(all) == 0 {
		return -1, 1
	}
	values := make([]float64, len(all))
	for i, p := range all {
		values[i] = p[axis]
	}
	slices.Sort(values)
	out := int(stray * float64(len(values)))
	return values[out], values[len(values)-1-out]
}

// spread places people; those at the same place stand round it like seeds of a
// sunflower, so that many who answer alike are seen to be many.
func spread(places []opinion.Point, place func(opinion.Point) spot, taken map[[2]int]int) []spot {
	out := make([]spot, 0, len(places))
	for _, p := range places {
		s := place(p)
		cell := [2]int{int(math.Round(s.x / 3)), int(math.Round(s.y / 3))}
		n := float64(taken[cell])
		taken[cell]++
		r, turn := apart*math.Sqrt(n), golden*n
		out = append(out, spot{s.x + r*math.Cos(turn), s.y + r*math.Sin(turn)})
	}
	return out
}

func middle(spots []spot) spot {
	var m spot
	for _, s := range spots {
		m.x += s.x / float64(len(spots))
		m.y += s.y / float64(len(spots))
	}
	return m
}

// area is the outline round most of a group.
func area(spots []spot) string {
	m := middle(spots)
	near := slices.Clone(spots)
	slices.SortFunc(near, func(a, b spot) int {
		return cmp.Compare(math.Hypot(a.x-m.x, a.y-m.y), math.Hypot(b.x-m.x, b.y-m.y))
	})
	near = near[:int(math.Ceil(areaPeople*float64(len(near))))]
	var b strings.Builder
	for i, s := range hull(near) {
		b.WriteString(map[bool]string{true: "M", false: "L"}[i == 0] + tenth(s.x) + " " + tenth(s.y))
	}
	return b.String() + "z"
}

// hull is the convex outline of the spots, by Andrew's monotone chain.
func hull(spots []spot) []spot {
	slices.SortFunc(spots, func(a, b spot) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y)) })
	half := func(order []spot) []spot {
		var out []spot
		for _, s := range order {
			for len(out) > 1 && turns(out[len(out)-2], out[len(out)-1], s) <= 0 {
				out = out[:len(out)-1]
			}
			out = append(out, s)
		}
		return out
	}
	lower := half(spots)
	slices.Reverse(spots)
	upper := half(spots)
	if len(lower) < 2 {
		return lower
	}
	return append(lower[:len(lower)-1], upper[:len(upper)-1]...)
}

// turns is above 0 when the way from a over b to c turns left.
func turns(a, b, c spot) float64 { return (b.x-a.x)*(c.y-a.y) - (b.y-a.y)*(c.x-a.x) }

// forms draw one dot from its middle; the round and the square one are ends of a
// line of no length.
var forms = map[string]string{"round": "h0", "square": "h0", "triangle": "m0-4l4 7h-8z", "diamond": "m0-4.5l4 4.5-4 4.5-4-4.5z", "plus": "m-4 0h8m-4-4v8"}

// dots are all people of a group in one path, which is a tenth of the bytes of
// as many circles.
func dots(spots []spot, shape string) string {
	var b strings.Builder
	for _, s := range spots {
		fmt.Fprintf(&b, "M%s %s%s", tenth(s.x), tenth(s.y), forms[shape])
	}
	return b.String()
}
