package ui

import (
	"context"
	"io"
	"math"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/paulmach/orb/simplify"
)

// landWidth is the width of a drawn land in the units of its drawing.
const landWidth = 1000

// LandLimit is the most bytes of outlines that one map may weigh.
const LandLimit = 60_000

// Land is a set of places drawn once, ready for any number of maps.
type Land struct {
	height int
	grid   grid
	places map[string]outline
}

// outline is one place: its path and where its label stands.
type outline struct {
	path string
	x, y int
}

// DrawLand projects shapes in longitude and latitude (WGS84), by code, to a
// plane and simplifies them until their outlines weigh at most limit bytes
// (LandLimit when 0). Do it once, when the shapes are loaded. Shapes other than
// polygons are left out.
func DrawLand(shapes map[string]orb.Geometry, limit int) *Land {
	if limit == 0 {
		limit = LandLimit
	}
	plane := flatten(shapes)
	for tolerance := 0.0; ; tolerance = max(0.5, tolerance*1.6) {
		land, weight := plane.draw(tolerance)
		if weight <= limit || tolerance > landWidth/4 {
			return land
		}
	}
}

// plane holds the shapes in the units of the drawing, y downwards.
type plane struct {
	shapes map[string]orb.MultiPolygon
	height int
	grid   grid
}

// flatten projects the shapes so that they fill the width. A city is small
// enough for the equirectangular projection around its own middle.
func flatten(shapes map[string]orb.Geometry) plane {
	out := plane{shapes: map[string]orb.MultiPolygon{}}
	var bound orb.Bound
	for code, shape := range shapes {
		mp := polygons(shape)
		if len(mp) == 0 {
			continue
		}
		if len(out.shapes) == 0 {
			bound = mp.Bound()
		}
		bound = bound.Union(mp.Bound())
		out.shapes[code] = mp
	}
	squeeze := math.Cos(bound.Center().Lat() * math.Pi / 180)
	scale := landWidth / math.Max(1e-9, (bound.Right()-bound.Left())*squeeze)
	out.height = int(math.Ceil((bound.Top() - bound.Bottom()) * scale))
	out.grid = grid{left: bound.Left(), top: bound.Top(), squeeze: squeeze, scale: scale}
	for _, mp := range out.shapes {
		eachPoint(mp, func(p *orb.Point) {
			p[0], p[1] = (p[0]-bound.Left())*squeeze*scale, (bound.Top()-p[1])*scale
		})
	}
	return out
}

// polygons is a copy of the shape as a multipolygon, nil for other shapes.
func polygons(shape orb.Geometry) orb.MultiPolygon {
	switch g := shape.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g.Clone()}
	case orb.MultiPolygon:
		return g.Clone()
	}
	return nil
}

func eachPoint(mp orb.MultiPolygon, do func(*orb.Point)) {
	for _, polygon := range mp {
		for _, ring := range polygon {
			for i := range ring {
				do(&ring[i])
			}
		}
	}
}

// draw writes every outline at a tolerance, in units of the drawing, and says
// what they weigh in bytes.
func (p plane) draw(tolerance float64) (*Land, int) {
	land := &Land{height: p.height, grid: p.grid, places: make(map[string]outline, len(p.shapes))}
	weight := 0
	for code, mp := range p.shapes {
		rough := mp
		if tolerance > 0 {
			rough = simplify.DouglasPeucker(tolerance).MultiPolygon(mp.Clone())
		}
		middle, _ := planar.CentroidArea(mp)
		path := pathOf(rough)
		weight += len(path)
		land.places[code] = outline{path, int(middle[0]), int(middle[1])}
	}
	return land, weight
}

// pathOf writes the rings with whole numbers, each point relative to the last.
func pathOf(mp orb.MultiPolygon) string {
	var b []byte
	for _, polygon := range mp {
		for _, ring := range polygon {
			b = appendRing(b, ring)
		}
	}
	return string(b)
}

func appendRing(b []byte, ring orb.Ring) []byte {
	if len(ring) < 4 {
		return b
	}
	lastX, lastY := 0, 0
	for i, p := range ring[:len(ring)-1] {
		x, y := int(math.Round(p[0])), int(math.Round(p[1]))
		switch {
		case i == 0:
			b = append(b, 'M')
		case x == lastX && y == lastY:
			continue
		default:
			b = append(b, 'l')
		}
		b = strconv.AppendInt(b, int64(x-lastX), 10)
		if y-lastY >= 0 {
			b = append(b, ' ')
		}
		b = strconv.AppendInt(b, int64(y-lastY), 10)
		lastX, lastY = x, y
	}
	// The next ring is written from the origin again, as "M" is absolute.
	return append(b, 'z')
}

// GeoMap draws real boundaries, coloured by value; its table is one click below.
type GeoMap struct {
	Label  string // what the colours say
	Unit   string // head of the values' column: "Iniciativas"
	Column string // head of the places' column: "Comuna"; "Lugar" when empty
	Land   *Land  // the outlines, drawn once
	Places []Place
}

// Place is one place of a GeoMap.
type Place struct {
	Code  string // of the shape in Land; an unknown one stands in the table only
	Label string // short, written on the map; may be empty
	Name  string // in full
	Value float64
	Text  string // the value as shown; made from Value when empty
	Href  string
}

// Render draws the map with its legend and table.
func (m GeoMap) Render(ctx context.Context, w io.Writer) error { return geoMap(m).Render(ctx, w) }

func (m GeoMap) viewBox() string { return "0 0 1000 " + strconv.Itoa(m.Land.height) }

func (m GeoMap) largest() float64 {
	most := 0.0
	for _, a := range m.Places {
		most = max(most, a.Value)
	}
	return most
}

func (p Place) text(ctx context.Context) string {
	if p.Text != "" {
		return p.Text
	}
	return Decimal(ctx, p.Value)
}

func (m GeoMap) rows(ctx context.Context) []mapRow {
	list := make([]mapRow, len(m.Places))
	for i, a := range m.Places {
		list[i] = mapRow{a.Name, a.text(ctx), a.Href}
	}
	return list
}
