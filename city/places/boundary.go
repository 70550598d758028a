package places

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"ronda/city/charter"
	"ronda/platform/fault"
)

// Limits of an imported file.
const (
	MaxFile   = 32 << 20  // bytes
	maxPoints = 1_000_000 // corners of all outlines together
	maxSpan   = 5         // degrees; no city is larger
	maxFaults = 20        // mistakes named at once
)

// mistakes gathers what is wrong with a file, the first maxFaults of it.
type mistakes struct {
	check fault.Check
	count int
}

func (m *mistakes) add(key string, args ...any) {
	if m.count++; m.count <= maxFaults {
		m.check.Fail("file", key, args...)
	}
}

// outlines are the boundaries of a level by territory code.
type outlines map[string]orb.MultiPolygon

// readOutlines finds in a GeoJSON FeatureCollection the outline of every part of
// a level. property names the one that holds the part's name; when empty, the
// property that names most parts is taken. The error is a fault with a field
// "file" for each mistake.
func readOutlines(t *Tree, level charter.Level, property string, file []byte) (outlines, error) {
	var m mistakes
	features := readFeatures(&m, file)
	if m.count > 0 {
		return nil, m.check.Err()
	}
	if property == "" {
		property = naming(t, level, features)
	}
	if property == "" {
		m.add("places.import.no_names")
		return nil, m.check.Err()
	}
	found, points := outlines{}, 0
	for i, f := range features {
		name := text(f.Properties[property])
		part, ok := t.Find(level, name)
		switch {
		case !ok:
			m.add("places.import.unknown", "number", i+1, "property", property, "value", name)
		case found[part.Code] != nil:
			m.add("places.import.twice", "name", name)
		default:
			shape := f.Geometry.shape()
			checkShape(&m, name, shape)
			found[part.Code] = append(orb.MultiPolygon{}, shape...) // never nil: it is there
			points += count(shape)
		}
	}
	if points > maxPoints {
		m.add("places.import.points", "max", maxPoints)
	}
	checkWhole(&m, t, level, found)
	return found, m.check.Err()
}

func count(shape orb.MultiPolygon) int {
	n := 0
	for _, polygon := range shape {
		for _, ring := range polygon {
			n += len(ring)
		}
	}
	return n
}

// naming is the property whose values name most parts of the level, the first in
// the alphabet of several, empty when none names any.
func naming(t *Tree, level charter.Level, features []feature) string {
	named := map[string]map[string]bool{}
	for _, f := range features {
		for property, value := range f.Properties {
			if part, ok := t.Find(level, text(value)); ok {
				if named[property] == nil {
					named[property] = map[string]bool{}
				}
				named[property][part.Code] = true
			}
		}
	}
	if len(named) == 0 {
		return ""
	}
	return slices.MaxFunc(slices.Sorted(maps.Keys(named)), func(a, b string) int {
		return cmp.Or(len(named[a])-len(named[b]), strings.Compare(b, a))
	})
}

// checkWhole wants an outline for every part, and all of them close together.
func checkWhole(m *mistakes, t *Tree, level charter.Level, found outlines) {
	var missing []string
	for _, part := range t.charter.AtLevel(level) {
		if found[part.Code] == nil {
			missing = append(missing, part.Code)
		}
	}
	if len(missing) > 0 {
		m.add("places.import.missing", "codes", strings.Join(missing, ", "))
	}
	if box, ok := found.bound(); ok && max(box.Right()-box.Left(), box.Top()-box.Bottom()) > maxSpan {
		m.add("places.import.span", "max", maxSpan)
	}
}

// checkNested wants a point of every part to lie in the outline of the part
// above or, the other way, every part to hold a point of each part below.
func checkNested(m *mistakes, t *Tree, outer, inner outlines) {
	for _, code := range slices.Sorted(maps.Keys(inner)) {
		part, ok := t.charter.Territories.Get(code)
		if !ok || outer[part.Parent] == nil {
			continue
		}
		if !contains(outer[part.Parent], inside(inner[code])) {
			m.add("places.import.outside", "code", code, "parent", part.Parent)
		}
	}
}

// bound is the box around all outlines, ok false without any.
func (o outlines) bound() (box orb.Bound, ok bool) {
	for _, shape := range o {
		switch {
		case len(shape) == 0:
		case !ok:
			box, ok = shape.Bound(), true
		default:
			box = box.Union(shape.Bound())
		}
	}
	return box, ok
}
