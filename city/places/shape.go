package places

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// checkShape wants polygons of closed rings in degrees with an area.
func checkShape(m *mistakes, name string, shape orb.MultiPolygon) {
	if len(shape) == 0 || slices.ContainsFunc(shape, func(p orb.Polygon) bool { return len(p) == 0 }) {
		m.add("places.import.shape", "name", name)
		return
	}
	for _, polygon := range shape {
		for _, ring := range polygon {
			if !checkRing(m, name, ring) {
				return
			}
		}
	}
}

func checkRing(m *mistakes, name string, ring orb.Ring) bool {
	outOfRange := func(p orb.Point) bool { return math.Abs(p.Lon()) > 180 || math.Abs(p.Lat()) > 90 }
	switch i := slices.IndexFunc(ring, outOfRange); {
	case i >= 0:
		m.add("places.import.degrees", "name", name, "x", ring[i].Lon(), "y", ring[i].Lat())
	case len(ring) < 4 || ring[0] != ring[len(ring)-1]:
		m.add("places.import.ring", "name", name)
	case planar.Area(ring) == 0:
		m.add("places.import.area", "name", name)
	default:
		return true
	}
	return false
}

func contains(shape orb.MultiPolygon, p orb.Point) bool {
	return shape.Bound().Contains(p) && planar.MultiPolygonContains(shape, p)
}

// inside is a point within the shape: halfway along the longest stretch of a
// line from west to east through its middle.
func inside(shape orb.MultiPolygon) orb.Point {
	middle := shape.Bound().Center()
	across := crossings(shape, middle.Lat())
	longest := 0.0
	for i := 0; i+1 < len(across); i += 2 {
		if length := across[i+1] - across[i]; length > longest {
			longest, middle[0] = length, (across[i]+across[i+1])/2
		}
	}
	return middle
}

// crossings are the longitudes at which outlines cross a latitude, from the
// west: the shape lies between the first and second, not between the second and
// third, and so on.
func crossings(shape orb.MultiPolygon, lat float64) []float64 {
	var at []float64
	for _, polygon := range shape {
		for _, ring := range polygon {
			for i := range len(ring) - 1 {
				a, b := ring[i], ring[i+1]
				if (a.Lat() <= lat) != (b.Lat() <= lat) {
					at = append(at, a.Lon()+(lat-a.Lat())/(b.Lat()-a.Lat())*(b.Lon()-a.Lon()))
				}
			}
		}
	}
	slices.Sort(at)
	return at
}
