package places

import (
	"sync"
	"time"

	"github.com/paulmach/orb"

	"ronda/city/charter"
	"ronda/platform/ui"
)

// Point is a place on earth in degrees (WGS84).
type Point struct{ Lon, Lat float64 }

// Place says where something is: a part of the city, and perhaps a point in it.
type Place struct {
	Territory string // code; the city's own for "whole city"
	Point     *Point // nil without one
}

// Layer is the boundaries of a level as imported.
type Layer struct {
	Level      charter.Level `db:"level"`
	Source     string        `db:"source"` // whom to credit, shown under maps
	SHA256     string        `db:"sha256"` // of the file
	ImportedAt time.Time     `db:"imported_at"`
}

// Atlas is the imported boundaries of every level, in memory and read-only.
type Atlas struct {
	layers []Layer
	full   map[charter.Level]outlines
	lands  map[charter.Level]func() *ui.Land
}

func newAtlas(layers []Layer, full map[charter.Level]outlines) *Atlas {
	a := &Atlas{layers: layers, full: full, lands: map[charter.Level]func() *ui.Land{}}
	for level, shapes := range full {
		a.lands[level] = sync.OnceValue(func() *ui.Land { return draw(shapes) })
	}
	return a
}

func draw(full outlines) *ui.Land {
	shapes := map[string]orb.Geometry{}
	for code, shape := range simple(full) {
		shapes[code] = shape
	}
	return ui.DrawLand(shapes, 0)
}

// Layers lists the levels that have boundaries.
func (a *Atlas) Layers() []Layer { return a.layers }

// Land is a level drawn for maps, nil without boundaries. It is drawn when first
// asked for.
func (a *Atlas) Land(level charter.Level) *ui.Land {
	if land := a.lands[level]; land != nil {
		return land()
	}
	return nil
}

// At is the code of the part of a level that a point lies in; of two parts that
// share the border it lies on, the first in the alphabet. ok is false outside
// of all of them.
func (a *Atlas) At(level charter.Level, p Point) (code string, ok bool) {
	for c, shape := range a.full[level] {
		if (!ok || c < code) && contains(shape, orb.Point{p.Lon, p.Lat}) {
			code, ok = c, true
		}
	}
	return code, ok
}
