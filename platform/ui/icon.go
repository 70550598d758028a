package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Icon is a small drawing that goes with words and never replaces them: it is
// hidden from screen readers. An unknown name draws nothing.
func Icon(name string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, iconSVG[name])
		return err
	})
}

// iconSVG holds each icon ready to be written.
var iconSVG = wrapIcons(map[string]string{
	"arrow":    `<path d="M3 8h10M9 4l4 4-4 4"/>`,
	"back":     `<path d="M6 3 2.5 6.5 6 10M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6"/>`,
	"board":    `<path d="M2 3h3.3v10H2zM6.4 3h3.3v6H6.4zM10.7 3H14v8h-3.3z"/>`,
	"calendar": `<path d="M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2v3M10.5 2v3"/>`,
	"chat":     `<path d="M2 3h12v8H8l-3.5 3v-3H2z"/>`,
	"check":    `<path d="m3 8.5 3.2 3.2L13 4.5"/>`,
	"circle":   `<circle cx="8" cy="8" r="5"/>`,
	"clock":    `<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 1.8"/>`,
	"copy":     `<path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3"/>`,
	"cross":    `<path d="m4 4 8 8M12 4l-8 8"/>`,
	"download": `<path d="M8 2.5v8M4.5 7 8 10.5 11.5 7M3 13.5h10"/>`,
	"edit":     `<path d="m3 13 .6-2.8 7.2-7.2 2.2 2.2-7.2 7.2z"/>`,
	"feed":     `<path d="M3 8.5A4.5 4.5 0 0 1 7.5 13M3 4a9 9 0 0 1 9 9"/><circle cx="4" cy="12" r=".8"/>`,
	"file":     `<path d="M4 2h5l3 3v9H4zM9 2v3h3"/>`,
	"flag":     `<path d="M4 14V2.5h8L10 5.5l2 3H4"/>`,
	"globe":    `<circle cx="8" cy="8" r="6"/><path d="M2 8h12M8 2c4 4 4 8 0 12M8 2c-4 4-4 8 0 12"/>`,
	"half":     `<circle cx="8" cy="8" r="5.5"/><path class="solid" d="M8 2.5a5.5 5.5 0 0 1 0 11z"/>`,
	"info":     `<circle cx="8" cy="8" r="6"/><path d="M8 7.5V11M8 5v.1"/>`,
	"left":     `<path d="M13 8H3M7 4 3 8l4 4"/>`,
	"link":     `<path d="M7 5 9 3a2.8 2.8 0 0 1 4 4l-2 2M9 11l-2 2a2.8 2.8 0 0 1-4-4l2-2M6 10l4-4"/>`,
	"list":     `<path d="M5.5 4H14M5.5 8H14M5.5 12H14M2.5 4v.1M2.5 8v.1M2.5 12v.1"/>`,
	"lock":     `<path d="M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>`,
	"mail":     `<path d="M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5"/>`,
	"map":      `<path d="m2 4 4-1.5 4 1.5 4-1.5V12l-4 1.5L6 12l-4 1.5zM6 2.5V12M10 4v9.5"/>`,
	"menu":     `<path d="M2.5 4h11M2.5 8h11M2.5 12h11"/>`,
	"person":   `<circle cx="8" cy="5.2" r="2.7"/><path d="M2.8 14a5.2 5.2 0 0 1 10.4 0"/>`,
	"pin":      `<path d="M8 14.2C5 10.6 3.6 8.5 3.6 6.4a4.4 4.4 0 0 1 8.8 0c0 2.1-1.4 4.2-4.4 7.8z"/><circle cx="8" cy="6.4" r="1.4"/>`,
	"plus":     `<path d="M8 3v10M3 8h10"/>`,
	"search":   `<circle cx="7" cy="7" r="4.3"/><path d="m10.2 10.2 3.5 3.5"/>`,
	"shield":   `<path d="M8 2 3 4v4c0 3 2 5 5 6.2C11 13 13 11 13 8V4zM5.6 8l1.7 1.7 3.2-3.5"/>`,
	"stop":     `<circle cx="8" cy="8" r="6"/><path d="m5.8 5.8 4.4 4.4M10.2 5.8l-4.4 4.4"/>`,
	"warning":  `<path d="M8 2.2 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.1"/>`,
})

func wrapIcons(shapes map[string]string) map[string]string {
	for name, shape := range shapes {
		shapes[name] = `<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">` + shape + `</svg>`
	}
	return shapes
}
