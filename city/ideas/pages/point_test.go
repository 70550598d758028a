package pages_test

import (
	"context"
	"math"
	"strconv"
	"testing"

	"github.com/paulmach/orb"

	"ronda/city/charter"
	"ronda/city/ideas/pages"
	"ronda/platform/fault"
	"ronda/platform/ui"
)

// outlined is a world whose Flores is a square of a tenth of a degree.
func outlined(t *testing.T) *world {
	w := newWorld(t)
	land := ui.DrawLand(map[string]orb.Geometry{"flores": orb.Polygon{{{-58.4, -34.6}, {-58.3, -34.6}, {-58.3, -34.5}, {-58.4, -34.5}, {-58.4, -34.6}}}}, 0)
	w.serve(pages.New(w.deps, pages.Slots{
		Land: func(context.Context, charter.Level) (*ui.Land, error) { return land, nil },
		Locate: func(_ context.Context, lon, lat float64) (string, error) {
			if lon > -58.4 && lon < -58.3 && lat > -34.6 && lat < -34.5 {
				return "flores", nil
			}
			return "", fault.New(fault.Invalid, "fault.required")
		},
	}))
	return w
}

// Where an image was pressed comes with a form of plain HTML: nothing here needs a
// script.
func TestAPointIsPressedOnTheMap(t *testing.T) {
	w := outlined(t)
	v := w.visitor("ana")
	v.get("/ideas/nueva").wants(t, "form", 200, `type="image"`, `src="/ideas/lugar.svg"`)
	a := v.post("/ideas/nueva", "title", "Composteras", "text", words, "point.x", "144", "point.y", "100")
	a.leads(t, "pressed", "/ideas/nueva?borrador=", "pointed")
	a = v.get(a.to)
	lat, _ := strconv.ParseFloat(a.value("lat"), 64)
	lon, _ := strconv.ParseFloat(a.value("lon"), 64)
	if math.Abs(lon+58.35) > 1e-3 || lat > -34.52 || lat < -34.54 {
		t.Errorf("%g, %g", lat, lon)
	}
	a.wants(t, "the form with its point", 200, `value="flores" selected`, "/ideas/lugar.svg?lat=", "Quitar el punto", words)
	sent := v.post("/ideas/nueva", "draft", a.value("draft"), "version", a.value("version"), "lat", a.value("lat"), "lon", a.value("lon"), "title", "Composteras", "text", words, "place", "flores")
	v.get(sent.to).wants(t, "the idea", 200, "/ideas/lugar.svg?lat=-34.5", "con el punto, en Flores")
	v.get("/ideas/lugar.svg?lat=-34.53&lon=-58.35").wants(t, "map", 200, "<svg", "translate(")
}

func TestAPointOutsideIsSaidAndNothingIsLost(t *testing.T) {
	w := outlined(t)
	w.visitor("ana").post("/ideas/nueva", "title", "Composteras", "text", words, "point.x", "144", "point.y", "9000").
		wants(t, "outside", 422, "Ese punto queda fuera de la ciudad", "Composteras", words)
}

// Who chooses another place from the list afterwards means that one.
func TestAnotherPlaceDropsThePoint(t *testing.T) {
	w := outlined(t)
	v := w.visitor("ana")
	for place, kept := range map[string]bool{"almagro": false, "comuna-7": true} {
		a := v.post("/ideas/nueva", "save", "yes", "title", "En "+place, "text", words, "place", place, "lat", "-34.55", "lon", "-58.35")
		if got := v.get(a.to).value("lat") != ""; got != kept {
			t.Errorf("%s keeps a point in Flores: %v", place, got)
		}
	}
	a := v.post("/ideas/nueva", "title", "Sin punto", "text", words, "place", "flores", "lat", "-34.55", "lon", "-58.35", "unpoint", "yes")
	if got := v.get(a.to).value("lat"); got != "" {
		t.Errorf("the point that was taken off: %s", got)
	}
}

// The author of a sent idea moves its point; what was is kept as a version, and
// nobody else may move it.
func TestThePointOfASentIdeaMoves(t *testing.T) {
	w := outlined(t)
	number := w.published("ana", "Composteras en cada plaza", "")
	v, path := w.visitor("ana"), "/ideas/"+number+"/editar"
	form := v.get(path)
	form.wants(t, "form", 200, `type="image"`, `src="/ideas/lugar.svg"`)
	press := []string{"version", form.value("version"), "title", "Composteras en cada plaza", "text", words, "point.x", "144", "point.y", "100"}
	w.visitor("beto").post(path, press...).wants(t, "somebody else presses", 403)
	w.visitor("beto").post(path, "version", form.value("version"), "title", "Ajena", "text", words, "place", "flores", "lat", "-34.55", "lon", "-58.35").wants(t, "somebody else saves", 403)
	v.post(path, append(press[:len(press)-1], "9000")...).wants(t, "outside", 422, "Ese punto queda fuera de la ciudad", words)
	press[len(press)-1] = "100"
	a := v.post(path, press...)
	a.wants(t, "pressed", 200, `value="flores" selected`, "/ideas/lugar.svg?lat=-34.5", "Quitar el punto", words)
	v.get("/ideas/"+number).wants(t, "not saved yet", 200, "!/ideas/lugar.svg?lat=")
	v.post(path, "version", a.value("version"), "lat", a.value("lat"), "lon", a.value("lon"), "title", "Composteras en cada plaza", "text", words, "place", "flores").leads(t, "saved", "/ideas/"+number, "edited")
	v.get("/ideas/"+number).wants(t, "moved", 200, "/ideas/lugar.svg?lat=-34.5")
	if kept, err := w.deps.Ideas.Versions(context.Background(), number); err != nil || len(kept) != 2 || kept[0].Lat == 0 || kept[1].Lat != 0 {
		t.Errorf("versions: %+v, %v", kept, err)
	}
}
