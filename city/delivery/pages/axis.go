package pages

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"ronda/method/plan"
	"ronda/platform/i18n"
)

// axis draws the two rows of marks above the bars. What is too narrow for its
// name has none.
func (c chart) axis(ctx context.Context, k *ink) {
	k.put(`<svg class="g-axis" width="`, c.width(), `" height="`, axisHeight, `" viewBox="0 0 `, c.width(), ` `, axisHeight, `" aria-hidden="true">`)
	for _, tick := range c.Gantt.Major {
		mark(k, tick, "major", 17, tickName(ctx, tick, c.Gantt.Zoom))
	}
	for _, tick := range c.Gantt.Minor {
		mark(k, tick, "minor", 38, tickName(ctx, tick, c.Gantt.Zoom))
	}
	if c.Gantt.Today >= 0 {
		k.put(`<path class="g-now" d="M`, c.Gantt.Today-6, ` `, axisHeight-7, `h12l-6 7z"/>`)
	}
	k.put(`<path class="base" d="M0 `, axisHeight-0.5, `H`, c.width(), `"/></svg>`)
}

// mark draws one mark with its name.
func mark(k *ink, tick plan.Tick, class string, y int, name string) {
	k.put(`<path class="`, class, `" d="M`, tick.X, ` `, y-13, `V`, y+6, `"/>`)
	if name != "" && tick.W >= 6.5*float64(utf8.RuneCountInString(name)) {
		k.put(`<text class="`, class, `" x="`, tick.X+4, `" y="`, y, `">`)
		k.text(name)
		k.put(`</text>`)
	}
}

// tickName is what a mark of the axis is called: "marzo de 2026", "mar", "T1".
func tickName(ctx context.Context, tick plan.Tick, zoom plan.Zoom) string {
	at := tick.Day.Time()
	switch tick.Unit {
	case plan.YearUnit:
		return strconv.Itoa(at.Year())
	case plan.QuarterUnit:
		return t(ctx, "axis.quarter", "quarter", (int(at.Month())+2)/3)
	case plan.MonthUnit:
		if zoom >= plan.Months {
			return strings.Fields(i18n.ShortDate(ctx, at))[1]
		}
		_, month, _ := strings.Cut(i18n.Date(ctx, at), " ")
		return strings.TrimPrefix(month, "de ")
	}
	return strconv.Itoa(at.Day())
}
