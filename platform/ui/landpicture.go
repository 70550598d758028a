package ui

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// grid says how degrees become units of a land's drawing, y downwards.
type grid struct{ left, top, squeeze, scale float64 }

// Degrees are the longitude and latitude of a point of the drawing at some width;
// both count from its upper left corner.
func (l *Land) Degrees(x, y float64, width int) (lon, lat float64) {
	unit := landWidth / float64(width)
	return l.grid.left + x*unit/(l.grid.scale*l.grid.squeeze), l.grid.top - y*unit/l.grid.scale
}

// Height is how high the drawing is at some width.
func (l *Land) Height(width int) int {
	return int(math.Ceil(float64(l.height) * float64(width) / landWidth))
}

// Picture is the land as an SVG file of some width, for an image that is pointed
// at. A longitude and latitude get a pin; 0, 0 is none. Its colours are seen on
// light and on dark paper, since no style of the page reaches into an image.
func (l *Land) Picture(width int, lon, lat float64) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d"><g fill="#8fb8d8" stroke="#fff" stroke-width="3" stroke-linejoin="round">`,
		width, l.Height(width), landWidth, l.height)
	for _, code := range slices.Sorted(maps.Keys(l.places)) {
		fmt.Fprintf(&b, `<path d="%s"/>`, l.places[code].path)
	}
	b.WriteString(`</g>`)
	if lon != 0 || lat != 0 {
		x, y := (lon-l.grid.left)*l.grid.squeeze*l.grid.scale, (l.grid.top-lat)*l.grid.scale
		fmt.Fprintf(&b, `<path transform="translate(%.1f %.1f)" d="M0 0c-12-30-36-44-36-70a36 36 0 0 1 72 0c0 26-24 40-36 70z" fill="#b3261e" stroke="#fff" stroke-width="6"/><circle cx="%.1f" cy="%.1f" r="12" fill="#fff"/>`,
			x, y, x, y-70)
	}
	b.WriteString(`</svg>`)
	return b.String()
}
