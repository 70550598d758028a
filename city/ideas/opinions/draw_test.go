package opinions

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ronda/method/opinion"
)

// However people stand, everybody is on the sheet and nobody hides another.
func TestEverybodyIsOnTheSheet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "people")
		points := make([]opinion.Point, n)
		for i := range points {
			points[i] = opinion.Point{rapid.Float64Range(-50, 50).Draw(t, "x"), rapid.SampledFrom([]float64{0, 1, 7}).Draw(t, "y")}
		}
		place := scale(points)
		spots := spread(points, place, map[[2]int]int{})
		for i, s := range spots {
			if s.x < -40 || s.x > sheetWide+40 || s.y < -40 || s.y > sheetHigh+40 || math.IsNaN(s.x+s.y) {
				t.Fatalf("%v stands at %v", points[i], s)
			}
		}
		if strings.Count(dots(spots, "triangle"), "z") != n {
			t.Fatal("somebody is not drawn")
		}
		if outline := area(spots); !strings.HasPrefix(outline, "M") || strings.Contains(outline, "NaN") {
			t.Fatalf("the area is %q", outline)
		}
	})
}

func TestAnAreaSurroundsItsGroup(t *testing.T) {
	square := []spot{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {5, 5}, {2, 7}}
	got := hull(slices.Clone(square))
	if len(got) != 4 {
		t.Fatalf("the outline of a square has corners %v", got)
	}
	for _, corner := range square[:4] {
		if !slices.Contains(got, corner) {
			t.Errorf("%v is not on the outline", corner)
		}
	}
	for _, few := range [][]spot{{{1, 1}}, {{1, 1}, {2, 2}}, {{1, 1}, {1, 1}, {1, 1}}} {
		if got := hull(slices.Clone(few)); len(got) == 0 || len(got) > len(few) {
			t.Errorf("the outline of %v is %v", few, got)
		}
	}
}
