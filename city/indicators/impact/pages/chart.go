package pages

import (
	"context"
	"math"
	"strconv"
	"time"

	"ronda/city/indicators/impact"
	"ronda/platform/clock"
	"ronda/platform/ui"
)

// The chart's paper, in its own units, and the room left for words.
const (
	chartWidth, chartHeight = 360.0, 210.0
	chartLeft, chartRight   = 44.0, 14.0
	chartTop, chartBottom   = 16.0, 24.0
	gridLines               = 4
)

// chart is an indicator's values over time against its target. Places are texts of
// the drawing's units.
type chart struct {
	Title, Desc string
	Grid        []gridLine
	Years       []mark
	Want        string // the straight line from baseline to target
	Line        string
	Dots        []mark
	Base, Goal  mark
	Today       string // x; empty when it lies outside
	Legend      bool
}

type gridLine struct{ Y, Text string }

type mark struct{ X, Y, Text string }

// plot turns values and days into places.
type plot struct {
	from, to  time.Time
	low, high float64
	decimals  int
}

// chartOf draws the values of the whole; nothing without a baseline or a target.
func chartOf(ctx context.Context, v impact.View) *chart {
	if !v.Baseline.Known || !v.Target.Known {
		return nil
	}
	points := sums(v)
	p := plot{from: v.BaselineDay.Time(utc), to: v.TargetDay.Time(utc), decimals: v.Decimals}
	p.low, p.high = v.Baseline.Float(v.Decimals), v.Target.Float(v.Decimals)
	for _, x := range points {
		p.include(x)
	}
	if p.low > p.high {
		p.low, p.high = p.high, p.low
	}
	if !v.BelowZero && p.low > 0 && p.low < p.high/2 {
		p.low = 0
	}
	c := &chart{Title: v.Name, Desc: t(ctx, "chart.desc", "count", len(points), "from", v.Baseline.Say(ctx, v.Decimals), "to", v.Target.Say(ctx, v.Decimals),
		"unit", v.Unit, "now", v.Current.Say(ctx, v.Decimals)), Legend: len(points) > 0}
	p.frame(ctx, c)
	c.Base = mark{p.x(v.BaselineDay), p.y(v.Baseline.Float(v.Decimals)), ""}
	c.Goal = mark{p.x(v.TargetDay), p.y(v.Target.Float(v.Decimals)), t(ctx, "target")}
	c.Want = c.Base.X + "," + c.Base.Y + " " + c.Goal.X + "," + c.Goal.Y
	for _, x := range points {
		m := mark{p.x(x.day), p.y(x.value), ""}
		c.Dots = append(c.Dots, m)
		c.Line += " " + m.X + "," + m.Y
	}
	if len(points) > 0 {
		c.Line = c.Base.X + "," + c.Base.Y + c.Line
	}
	if d := v.Of.Today; d.Time(utc).After(p.from) && d.Time(utc).Before(p.to) {
		c.Today = p.x(d)
	}
	return c
}

type point struct {
	day   clock.Day
	value float64
}

// sums are the values to draw at the end of each period, added up where they do.
func sums(v impact.View) []point {
	var out []point
	total := v.Baseline.Units
	for _, x := range v.Whole() {
		period, ok := impact.ParsePeriod(x.Period)
		if !ok {
			continue
		}
		value := x.Units
		if v.Adds {
			total += x.Units
			value = total
		}
		out = append(out, point{period.End(), impact.Of(value).Float(v.Decimals)})
	}
	return out
}

func (p *plot) include(x point) {
	p.low, p.high = min(p.low, x.value), max(p.high, x.value)
	if at := x.day.Time(utc); at.After(p.to) {
		p.to = at
	}
}

// frame draws the lines and words around.
func (p plot) frame(ctx context.Context, c *chart) {
	for n := range gridLines + 1 {
		value := p.low + (p.high-p.low)*float64(n)/gridLines
		c.Grid = append(c.Grid, gridLine{p.y(value), tick(ctx, value, (p.high-p.low)/gridLines)})
	}
	every := max(1, (p.to.Year()-p.from.Year()+1+4)/5)
	for year := p.from.Year(); year <= p.to.Year(); year += every {
		first := clock.DayOf(time.Date(year, 1, 1, 0, 0, 0, 0, utc), utc)
		if !first.Time(utc).Before(p.from) {
			c.Years = append(c.Years, mark{p.x(first), place(chartHeight - 8), strconv.Itoa(year)})
		}
	}
}

// tick writes a value beside a line: thousands and millions are cut.
func tick(ctx context.Context, value, step float64) string {
	switch {
	case math.Abs(value) >= 1e6:
		return ui.Decimal(ctx, value/1e6) + " M"
	case step >= 1:
		return ui.Decimal(ctx, math.Round(value))
	}
	return ui.Decimal(ctx, value)
}

func (p plot) x(d clock.Day) string {
	share := d.Time(utc).Sub(p.from).Hours() / max(p.to.Sub(p.from).Hours(), 1)
	return place(chartLeft + share*(chartWidth-chartLeft-chartRight))
}

func (p plot) y(value float64) string {
	share := 0.5
	if p.high > p.low {
		share = (value - p.low) / (p.high - p.low)
	}
	return place(chartHeight - chartBottom - share*(chartHeight-chartTop-chartBottom))
}

func place(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }
