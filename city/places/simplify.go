package places

import (
	"cmp"
	"maps"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"
)

// drawnPoints is how many corners a drawing of a whole level may have.
const drawnPoints = 6000

// simple draws the outlines with fewer corners, as many as can be seen on a map
// a thousand dots wide. A border of two parts stays one line: it is simplified
// once, between the points where it meets others, so that no gap opens.
func simple(full outlines) outlines {
	box, ok := full.bound()
	if !ok {
		return full
	}
	tolerance := max(box.Right()-box.Left(), box.Top()-box.Bottom()) / 2000
	for {
		drawn := full.simplify(tolerance)
		if drawn.points() <= drawnPoints || tolerance > 1 {
			return drawn
		}
		tolerance *= 1.5
	}
}

func (o outlines) points() int {
	n := 0
	for _, shape := range o {
		n += count(shape)
	}
	return n
}

// rings are all rings, in the order of codes, to read or to replace.
func (o outlines) rings() []*orb.Ring {
	var rings []*orb.Ring
	for _, code := range slices.Sorted(maps.Keys(o)) {
		for _, polygon := range o[code] {
			for i := range polygon {
				rings = append(rings, &polygon[i])
			}
		}
	}
	return rings
}

// simplify leaves out corners that lie within a tolerance, in degrees, of the
// line without them. Rings too small for that stay as they are.
func (o outlines) simplify(tolerance float64) outlines {
	drawn := make(outlines, len(o))
	for code, shape := range o {
		drawn[code] = shape.Clone()
	}
	meets := o.meetings()
	for _, ring := range drawn.rings() {
		if thin := simplifyRing(*ring, meets, tolerance); len(thin) >= 4 {
			*ring = thin
		}
	}
	return drawn
}

// meetings are the corners where borders meet: those with other than two
// different neighbours along all rings.
func (o outlines) meetings() map[orb.Point]bool {
	neighbours := map[orb.Point][]orb.Point{}
	join := func(a, b orb.Point) {
		if !slices.Contains(neighbours[a], b) {
			neighbours[a] = append(neighbours[a], b)
		}
	}
	for _, ring := range o.rings() {
		for i := range len(*ring) - 1 {
			join((*ring)[i], (*ring)[i+1])
			join((*ring)[i+1], (*ring)[i])
		}
	}
	meets := map[orb.Point]bool{}
	for p, around := range neighbours {
		if len(around) != 2 {
			meets[p] = true
		}
	}
	return meets
}

// simplifyRing cuts the ring where borders meet and simplifies each piece. A
// ring that meets nothing is cut at its westernmost corner and at the corner
// opposite in the list.
func simplifyRing(ring orb.Ring, meets map[orb.Point]bool, tolerance float64) orb.Ring {
	open := ring[:len(ring)-1]
	start := slices.IndexFunc(open, func(p orb.Point) bool { return meets[p] })
	cut := func(i int) bool { return meets[open[i]] }
	if start < 0 {
		start = westernmost(open)
		opposite := (start + len(open)/2) % len(open)
		cut = func(i int) bool { return i == start || i == opposite }
	}
	out := orb.Ring{open[start]}
	piece := orb.LineString{open[start]}
	for step := 1; step <= len(open); step++ {
		i := (start + step) % len(open)
		piece = append(piece, open[i])
		if cut(i) {
			out = append(out, simplifyPiece(piece, tolerance)[1:]...)
			piece = orb.LineString{open[i]}
		}
	}
	return out
}

// simplifyPiece gives the same corners whichever way the piece runs, as each of
// the two parts that it divides runs its own way.
func simplifyPiece(piece orb.LineString, tolerance float64) orb.LineString {
	last := len(piece) - 1
	backwards := cmp.Or(compare(piece[0], piece[last]), compare(piece[min(1, last)], piece[max(0, last-1)])) > 0
	if backwards {
		piece = slices.Clone(piece)
		slices.Reverse(piece)
	}
	thin := simplify.DouglasPeucker(tolerance).LineString(piece.Clone())
	if backwards {
		slices.Reverse(thin)
	}
	return thin
}

func compare(a, b orb.Point) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }

func westernmost(points []orb.Point) int {
	best := 0
	for i, p := range points {
		if compare(p, points[best]) < 0 {
			best = i
		}
	}
	return best
}
