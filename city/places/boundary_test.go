package places

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/platform/fault"
)

func tree(t testing.TB, name string) *Tree {
	t.Helper()
	fsys, err := cities.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	c, err := charter.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return NewTree(c)
}

func buenosAires(t testing.TB, name string, level charter.Level) outlines {
	t.Helper()
	file, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "geo", name))
	if err != nil {
		t.Skip("the map of Buenos Aires is not here: ../shared/data/geo/" + name)
	}
	found, err := readOutlines(tree(t, "buenosaires"), level, "", file)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestEveryPartOfBuenosAiresIsOnTheMap(t *testing.T) {
	districts := buenosAires(t, "comunas.geojson", charter.LevelDistrict)
	neighbourhoods := buenosAires(t, "barrios.geojson", charter.LevelNeighbourhood)
	if len(districts) != 15 || len(neighbourhoods) != 48 {
		t.Fatalf("%d comunas and %d barrios", len(districts), len(neighbourhoods))
	}
	for code, shape := range neighbourhoods {
		for other, otherShape := range neighbourhoods {
			if in := contains(otherShape, inside(shape)); in != (code == other) {
				t.Errorf("the point inside %s lies in %s: %v", code, other, in)
			}
		}
	}
}

// edges counts how often each border between two corners is walked.
func edges(o outlines) map[[2]orb.Point]int {
	walked := map[[2]orb.Point]int{}
	for _, ring := range o.rings() {
		for i := range len(*ring) - 1 {
			a, b := (*ring)[i], (*ring)[i+1]
			if compare(a, b) > 0 {
				a, b = b, a
			}
			walked[[2]orb.Point{a, b}]++
		}
	}
	return walked
}

// noGaps wants borders that two parts shared to be shared still: what only one
// walks after simplifying lies on what only one walked before.
func noGaps(t interface{ Errorf(string, ...any) }, full, thin outlines) {
	outer := map[orb.Point]bool{}
	for edge, times := range edges(full) {
		if times == 1 {
			outer[edge[0]], outer[edge[1]] = true, true
		}
	}
	for edge, times := range edges(thin) {
		if times == 1 && (!outer[edge[0]] || !outer[edge[1]]) {
			t.Errorf("a gap opens along %v", edge)
		}
	}
}

func TestSimplifyingOpensNoGaps(t *testing.T) {
	for name, level := range map[string]charter.Level{"comunas.geojson": charter.LevelDistrict, "barrios.geojson": charter.LevelNeighbourhood} {
		full := buenosAires(t, name, level)
		thin := full.simplify(0.001) // about 100 m: coarser than any map of the program
		noGaps(t, full, thin)
		if thin.points() > full.points()*2/3 {
			t.Errorf("%s: %d corners of %d left", name, thin.points(), full.points())
		}
		for code := range full {
			was, is := planar.Area(full[code]), planar.Area(thin[code])
			if is < 0.8*was || is > 1.25*was {
				t.Errorf("%s had %g square degrees and has %g", code, was, is)
			}
		}
		if drawn := simple(full); drawn.points() > drawnPoints {
			t.Errorf("%s is drawn with %d corners", name, drawn.points())
		}
	}
}

// Cities of wobbly bricks: simplifying keeps every border shared, every ring
// closed, every corner one of the old ones, and does not touch what it was given.
func TestSimplifyProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		full := bricks(t)
		kept := full.simplify(0)
		thin := full.simplify(rapid.Float64Range(0, 0.5).Draw(t, "tolerance"))
		noGaps(t, full, thin)
		corners := map[orb.Point]bool{}
		for _, ring := range full.rings() {
			for _, p := range *ring {
				corners[p] = true
			}
		}
		for _, ring := range thin.rings() {
			if len(*ring) < 4 || (*ring)[0] != (*ring)[len(*ring)-1] {
				t.Fatalf("not a ring: %v", *ring)
			}
			if slices.ContainsFunc(*ring, func(p orb.Point) bool { return !corners[p] }) {
				t.Fatalf("a corner from nowhere: %v", *ring)
			}
		}
		for code := range full {
			if a, b := planar.Area(full[code]), planar.Area(kept[code]); a-b > 1e-9 || b-a > 1e-9 {
				t.Fatalf("no tolerance changed %s from %g to %g", code, a, b)
			}
		}
	})
}

// bricks is a wall of 2 x 2 parts whose sides have wobbly corners in between.
func bricks(t *rapid.T) outlines {
	const side = 5 // corners from one meeting to the next
	wobble := func(x, y int) orb.Point {
		p := orb.Point{float64(x), float64(y)}
		if x%side != 0 || y%side != 0 {
			p[0] += rapid.Float64Range(-0.3, 0.3).Draw(t, "x")
			p[1] += rapid.Float64Range(-0.3, 0.3).Draw(t, "y")
		}
		return p
	}
	corner := map[[2]int]orb.Point{}
	for x := range 2*side + 1 {
		for y := range 2*side + 1 {
			corner[[2]int{x, y}] = wobble(x, y)
		}
	}
	wall := outlines{}
	for n, code := range []string{"a", "b", "c", "d"} {
		x0, y0 := n%2*side, n/2*side
		var ring orb.Ring
		for i := range 4 * side {
			at := [2]int{x0, y0}
			switch k := i % side; i / side {
			case 0:
				at = [2]int{x0 + k, y0}
			case 1:
				at = [2]int{x0 + side, y0 + k}
			case 2:
				at = [2]int{x0 + side - k, y0 + side}
			case 3:
				at = [2]int{x0, y0 + side - k}
			}
			ring = append(ring, corner[at])
		}
		start := rapid.IntRange(0, len(ring)-1).Draw(t, "start")
		ring = slices.Concat(ring[start:], ring[:start])
		wall[code] = orb.MultiPolygon{{append(ring, ring[0])}}
	}
	return wall
}

func FuzzReadOutlines(f *testing.F) {
	small := tree(f, "villaflores")
	f.Add("distrito", `{"type":"FeatureCollection","features":[{"properties":{"distrito":"norte"},"geometry":{"type":"Polygon","coordinates":[[[0,1],[1,1],[1,2],[0,1]]]}},{"properties":{"distrito":"sur"},"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}}]}`)
	f.Add("", `{"type":"FeatureCollection","features":[null,{"geometry":{"type":"MultiPolygon","coordinates":[[],[[]]]},"properties":{"a":"sur","b":1e308}}]}`)
	f.Add("", `{"type":"FeatureCollection","features":[{"geometry":{"type":"Polygon","coordinates":null},"properties":{"a":"sur"}}]}`)
	f.Fuzz(func(t *testing.T, property, file string) {
		found, err := readOutlines(small, charter.LevelDistrict, property, []byte(file))
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		if codes := slices.Sorted(maps.Keys(found)); !slices.Equal(codes, []string{"norte", "sur"}) {
			t.Fatal(codes)
		}
		simple(found)
		draw(found)
		for _, shape := range found {
			inside(shape)
		}
	})
}
