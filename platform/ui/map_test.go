package ui

import (
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"ronda/platform/i18n"
)

func TestTileMapCarriesItsTable(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), sampleTiles())
	p.says("figcaption", "Iniciativas activas por comuna")
	p.count("svg.tiles a", 15)
	p.count("figure details table tbody tr", 15)
	p.says("details tbody tr:nth-child(8)", "Comuna 852")
	p.says("details thead th:first-child", "Comuna")
	p.has("svg.tiles a:nth-of-type(8)", "aria-label", "C8 52, Comuna 8")
	p.has("svg.tiles a:nth-of-type(8)", "class", "lv5")
	p.has("svg.tiles a:nth-of-type(13)", "class", "lv0")
	p.has("svg.tiles", "viewBox", "0 0 320 320")
}

func TestTileWithoutLinkIsAnImage(t *testing.T) {
	p := look(t, speak(t, i18n.Spanish), TileMap{Label: "x", Tiles: []Tile{{Label: "C1", Text: "sin dato"}}})
	p.has("g[role=img]", "aria-label", "C1 sin dato")
	p.says("details thead th:first-child", "Lugar")
	p.count(".legend", 0)
}

func TestLevels(t *testing.T) {
	cases := []struct {
		value, largest float64
		want           int
	}{{0, 10, 0}, {-3, 10, 0}, {0.1, 10, 1}, {2, 10, 1}, {2.1, 10, 2}, {10, 10, 5}, {12, 10, 5}, {5, 0, 0}, {math.NaN(), 10, 0}, {1, math.NaN(), 0}, {math.Inf(1), math.Inf(1), 0}}
	for _, c := range cases {
		if got := level(c.value, c.largest); got != c.want {
			t.Errorf("level(%v of %v) = %d, want %d", c.value, c.largest, got, c.want)
		}
	}
}

// The legend must say in words what level draws: every whole number falls in
// the span of its shade.
func TestLegendAgreesWithLevels(t *testing.T) {
	ctx := speak(t, i18n.Spanish)
	cases := map[float64][]string{
		52:  {"1–10", "11–20", "21–31", "32–41", "42–52"},
		5:   {"1", "2", "3", "4", "5"},
		3:   {"1", "2", "3"},
		1:   {"1"},
		0:   nil,
		2.5: {"≤ 0,5", "≤ 1", "≤ 1,5", "≤ 2", "≤ 2,5"},
	}
	for largest, want := range cases {
		var got []string
		shades := legendOf(ctx, largest)
		for _, s := range shades {
			got = append(got, s.text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("legend up to %v: %s", largest, diff)
		}
	}
	for _, s := range legendOf(ctx, 3) {
		value := float64(s.text[0] - '0')
		if s.class != levelClasses[level(value, 3)] {
			t.Errorf("the legend says %s is %s, the map draws %s", s.text, s.class, levelClasses[level(value, 3)])
		}
	}
}

func square(x, y float64) orb.Polygon {
	return orb.Polygon{{{x, y}, {x + 1, y}, {x + 1, y + 1}, {x, y + 1}, {x, y}}}
}

func TestGeoMapDrawsAndTabulates(t *testing.T) {
	m := GeoMap{Label: "Por comuna", Unit: "Iniciativas", Column: "Comuna", Land: DrawLand(map[string]orb.Geometry{"a": square(0, -0.5), "b": square(1, -0.5), "dot": orb.Point{0, 0}}, 0),
		Places: []Place{{Code: "a", Name: "Uno", Label: "C1", Value: 4, Href: "/c/1"}, {Code: "b", Name: "Dos", Value: 1}, {Code: "gone", Name: "Tres", Value: 2}}}
	p := look(t, speak(t, i18n.Spanish), m)
	p.has("svg.areas", "viewBox", "0 0 1000 500")
	p.has("svg.areas a path", "d", "M0 500l500 0l0-500l-500 0z")
	p.has("svg.areas a", "aria-label", "Uno: 4")
	p.has("svg.areas g[role=img]", "class", "lv2")
	p.count("svg.areas path", 2)
	p.count("details tbody tr", 3)
	p.says("svg.areas text", "C1")
}

func TestLandKeepsShapesAsTheyWere(t *testing.T) {
	shape := square(-58.5, -34.6)
	DrawLand(map[string]orb.Geometry{"a": shape}, 10)
	if !shape.Equal(square(-58.5, -34.6)) {
		t.Error("drawing a land changed the shape it was given")
	}
}

func TestLandIsSimplifiedUntilItFits(t *testing.T) {
	var coast orb.Ring
	for i := range 20_000 {
		a := float64(i) / 20_000 * 2 * math.Pi
		r := 1 + 0.02*math.Sin(a*400)
		coast = append(coast, orb.Point{r * math.Cos(a), r * math.Sin(a)})
	}
	coast = append(coast, coast[0])
	land := DrawLand(map[string]orb.Geometry{"a": orb.Polygon{coast}}, 8_000)
	if n := len(land.places["a"].path); n > 8_000 || n < 500 {
		t.Errorf("the outline weighs %d bytes, want at most 8,000 and still a shape", n)
	}
}

func TestLandOfNothing(t *testing.T) {
	land := DrawLand(nil, 0)
	look(t, speak(t, i18n.Spanish), GeoMap{Label: "x", Land: land}).count("path", 0)
}

func TestLandOfTheCityWeighsLittle(t *testing.T) {
	content, err := os.ReadFile("../../../shared/data/geo/comunas.geojson")
	if err != nil {
		t.Skip("skipped: no boundaries in ../shared/data/geo")
	}
	shapes, places := readShapes(content)
	text := draw(t, speak(t, i18n.Spanish), GeoMap{Label: "x", Land: DrawLand(shapes, 0), Places: places})
	if strings.Count(text, "<path") != 15 || len(text) > LandLimit {
		t.Errorf("%d outlines in %d bytes", strings.Count(text, "<path"), len(text))
	}
}
