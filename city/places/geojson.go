package places

import (
	"encoding/json"
	"strconv"

	"github.com/paulmach/orb"
)

// feature is one feature of a GeoJSON file (RFC 7946), as far as boundaries go.
type feature struct {
	Properties map[string]any `json:"properties"`
	Geometry   *geometry      `json:"geometry"`
}

type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

// readFeatures takes a FeatureCollection apart.
func readFeatures(m *mistakes, text []byte) []feature {
	var file struct {
		Type     string    `json:"type"`
		Features []feature `json:"features"`
	}
	switch {
	case len(text) > MaxFile:
		m.add("places.import.too_big", "max", MaxFile>>20)
	case json.Unmarshal(text, &file) != nil || file.Type != "FeatureCollection":
		m.add("places.import.not_geojson")
	case len(file.Features) == 0:
		m.add("places.import.empty")
	}
	return file.Features
}

// position is a point of a GeoJSON file: longitude, latitude and perhaps height.
type position []float64

// shape is the polygons of a geometry, nil when it has none or they are no
// numbers.
func (g *geometry) shape() orb.MultiPolygon {
	if g == nil {
		return nil
	}
	var polygons [][][]position
	switch g.Type {
	case "Polygon":
		polygons = make([][][]position, 1)
		if json.Unmarshal(g.Coordinates, &polygons[0]) != nil {
			return nil
		}
	case "MultiPolygon":
		if json.Unmarshal(g.Coordinates, &polygons) != nil {
			return nil
		}
	}
	return shapeOf(polygons)
}

func shapeOf(polygons [][][]position) orb.MultiPolygon {
	var shape orb.MultiPolygon
	for _, rings := range polygons {
		polygon := make(orb.Polygon, len(rings))
		for i, positions := range rings {
			for _, p := range positions {
				if len(p) < 2 {
					return nil
				}
				polygon[i] = append(polygon[i], orb.Point{p[0], p[1]})
			}
		}
		shape = append(shape, polygon)
	}
	return shape
}

// text is a property as a name; whole numbers have no decimals.
func text(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}
