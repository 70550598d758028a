package pages

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/platform/fault"
	"ronda/platform/ui"
)

// pointWidth is how wide the map is on which an idea's point is chosen, in pixels:
// what fits on a small phone, and always the same, since the browser tells where
// the image was pressed in pixels of the screen.
const pointWidth = 288

// pointPath is the address of that map.
const pointPath = "/ideas/lugar.svg"

// pointMap is the city as an image: a button that sends where it was pressed, or
// the place of an idea.
type pointMap struct {
	Href   string
	Alt    string
	Width  string
	Height string
	Set    bool // there is a point
}

// land is the outlines on which points are set: of neighbourhoods, or of districts
// while only those were imported; nil without any.
func (p *Pages) land(ctx context.Context) (*ui.Land, error) {
	if p.slots.Land == nil || p.slots.Locate == nil {
		return nil, nil
	}
	land, err := p.slots.Land(ctx, charter.LevelNeighbourhood)
	if land != nil || err != nil {
		return land, err
	}
	return p.slots.Land(ctx, charter.LevelDistrict)
}

// pointMap is the map with a point on it, nil while the city has no outlines; 0, 0
// is no point.
func (p *Pages) pointMap(ctx context.Context, lat, lon float64, alt string) (*pointMap, error) {
	land, err := p.land(ctx)
	if land == nil || err != nil {
		return nil, err
	}
	m := &pointMap{Href: pointPath, Alt: alt, Width: strconv.Itoa(pointWidth), Height: strconv.Itoa(land.Height(pointWidth)), Set: lat != 0 || lon != 0}
	if m.Set {
		m.Href += "?" + url.Values{"lat": {coordinate(lat)}, "lon": {coordinate(lon)}}.Encode()
	}
	return m, nil
}

// pointPicture draws that map.
func (p *Pages) pointPicture(w http.ResponseWriter, r *http.Request) error {
	land, err := p.land(r.Context())
	if err != nil {
		return err
	}
	if land == nil {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	lat, lon := degrees(ui.Values(r.URL.Query()))
	h := w.Header()
	h.Set("Content-Type", "image/svg+xml; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "public, max-age=3600")
	_, err = io.WriteString(w, land.Picture(pointWidth, lon, lat))
	return err
}

// degrees are the point of a form or an address; 0, 0 for none and for what is no
// place on earth.
func degrees(typed ui.Values) (lat, lon float64) {
	lat, _ = strconv.ParseFloat(typed.Get("lat"), 64)
	lon, _ = strconv.ParseFloat(typed.Get("lon"), 64)
	if !(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180) {
		return 0, 0
	}
	return lat, lon
}

// pointed says whether the map was pressed, or its point taken away.
func pointed(typed ui.Values) bool { return typed.Get("point.x") != "" || typed.Get("unpoint") != "" }

// setPoint puts the point that was pressed among what was typed, with the part of
// the city that it lies in. Invalid names the place when it lies outside.
func (p *Pages) setPoint(ctx context.Context, typed ui.Values) error {
	if typed.Get("unpoint") != "" {
		delete(typed, "lat")
		delete(typed, "lon")
		return nil
	}
	land, err := p.land(ctx)
	if land == nil || err != nil {
		return err
	}
	x, wrongX := strconv.Atoi(typed.Get("point.x"))
	y, wrongY := strconv.Atoi(typed.Get("point.y"))
	lon, lat := land.Degrees(float64(x), float64(y), pointWidth)
	place := ""
	if wrongX == nil && wrongY == nil {
		if place, err = p.slots.Locate(ctx, lon, lat); err != nil && !fault.Is(err, fault.Invalid) {
			return err
		}
	}
	if place == "" {
		var c fault.Check
		c.Fail("place", "ideas.pages.point.outside")
		return c.Err()
	}
	typed["lat"], typed["lon"], typed["place"] = []string{sixth(lat)}, []string{sixth(lon)}, []string{place}
	return nil
}

// sixth is a coordinate to a tenth of a metre.
func sixth(x float64) string { return strconv.FormatFloat(x, 'f', 6, 64) }

// fitPoint drops the point of a draft that lies outside the place that was chosen
// from the list afterwards.
func (p *Pages) fitPoint(ctx context.Context, ch *charter.Charter, d *ideas.Draft) {
	if d.Lat == 0 && d.Lon == 0 || p.slots.Locate == nil {
		return
	}
	here, err := p.slots.Locate(ctx, d.Lon, d.Lat)
	if err != nil || !slices.Contains(lying(ch, here), d.Place) {
		d.Lat, d.Lon = 0, 0
	}
}

// lying is a part of the city and all that it lies in.
func lying(ch *charter.Charter, code string) []string {
	var out []string
	for code != "" {
		out = append(out, code)
		t, _ := ch.Territories.Get(code)
		code = t.Parent
	}
	return out
}
