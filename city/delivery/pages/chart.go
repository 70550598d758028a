package pages

import (
	"context"
	"io"
	"strconv"
	"strings"

	"ronda/method/plan"
	"ronda/platform/ui"
)

// Heights of a chart in pixels. The stylesheet has the same for the names that
// stand beside the rows.
const (
	rowHeight  = 40
	barHeight  = 18
	axisHeight = 46
	roomForTag = 150 // to the right of the last day, for the name of a bar that ends there
	fullWidth  = 640 // of the days at least
	fitWidth   = 720 // of the days that a wide screen shows without scrolling
)

// chart is a Gantt chart with the names of its rows.
type chart struct {
	Label  string // names the drawing: "Cronograma de Eco Bici"
	Corner string // what stands above the names
	Help   string // how it is changed by keyboard; empty: it is only read
	Move   string // address under which tasks are changed, ends with "/"; empty: it is only read
	Words  map[string]string
	Gantt  *plan.Gantt
	Rows   []chartRow // as Gantt.Bars
	Week   plan.Week
	Free   []plan.Day // days off besides the week's
}

// chartRow is a row of the chart: its name at the left, its bar in words.
type chartRow struct {
	ID     string // of the task, for the script
	Name   string
	Href   string
	Days   string // from when to when, for the list of a phone
	Meta   string // how much of it is done
	Text   string // the bar in words
	Axis   int    // colour; 0 for the usual one
	Fixed  bool   // may not be moved
	Done   bool
	Start  plan.Day
	Finish plan.Day
	State  ui.State
}

// Render draws the chart and its names.
func (c chart) Render(ctx context.Context, w io.Writer) error {
	var k ink
	k.Grow(4096 + 1200*len(c.Rows))
	k.put(`<div class="gantt"`)
	if c.Move != "" {
		c.forScript(&k)
	}
	k.put(`><div class="g-box">`)
	c.names(ctx, &k)
	k.put(`<div class="g-chart" role="region" tabindex="0"`)
	k.attr("aria-label", c.Label)
	k.put(`>`)
	c.axis(ctx, &k)
	c.body(ctx, &k)
	k.put(`</div></div>`)
	if c.Move != "" {
		k.put(`<p class="g-say" role="status"></p>`)
	}
	k.put(`</div>`)
	_, err := k.WriteTo(w)
	return err
}

// forScript tells the script where changes go, how wide a day is, which days
// are worked, and what to say.
func (c chart) forScript(k *ink) {
	k.attr("data-move", c.Move)
	k.put(` data-day="`, strconv.FormatFloat(c.Gantt.Day, 'f', 3, 64), `"`)
	k.attr("data-from", c.Gantt.From.String())
	week := make([]byte, 7)
	for i, works := range c.Week {
		week[i] = '0'
		if works {
			week[i] = '1'
		}
	}
	k.attr("data-week", string(week))
	var free []string
	for _, day := range c.Free {
		free = append(free, strconv.Itoa(int(day-c.Gantt.From)))
	}
	k.attr("data-free", strings.Join(free, " "))
	for _, word := range scriptWords {
		k.attr("data-say-"+word, c.Words[word])
	}
}

// names are the tasks beside their rows; on a phone, the list that comes first.
func (c chart) names(ctx context.Context, k *ink) {
	k.put(`<div class="g-names"><p class="g-corner" aria-hidden="true">`)
	k.text(c.Corner)
	k.put(`</p><ul>`)
	for i, row := range c.Rows {
		bar := c.Gantt.Bars[i]
		k.put(`<li class="in`, min(bar.Level, 4), barClass(bar, row), `"><a`)
		k.attr("href", row.Href)
		k.attr("title", row.Name)
		k.put(` dir="auto">`)
		k.text(row.Name)
		k.put(`</a><span class="g-meta num"><span class="days">`)
		if k.text(row.Days); row.Days != "" {
			k.put(` · `)
		}
		k.put(`</span>`)
		k.text(row.Meta)
		k.put(`</span>`)
		if row.State.Text != "" {
			_ = row.State.Render(ctx, k)
		}
		k.put(`</li>`)
	}
	k.put(`</ul></div>`)
}

// barClass says what a bar is: its kind and whether it holds up the end.
func barClass(b plan.Bar, row chartRow) string {
	class := [...]string{" work", " sum", " mile"}[b.Kind]
	if b.Critical {
		class += " crit"
	}
	if row.Done {
		class += " past"
	}
	if row.Axis > 0 {
		class += " ax" + strconv.Itoa(min(row.Axis, 8))
	}
	return class
}

// width is that of the drawing, with room for the name of the last bar.
func (c chart) width() float64 { return c.Gantt.Width + roomForTag }

// body draws the rows.
func (c chart) body(ctx context.Context, k *ink) {
	g := c.Gantt
	k.put(`<svg class="g-body" width="`, c.width(), `" height="`, g.Height, `" viewBox="0 0 `, c.width(), ` `, g.Height, `" role="`)
	if c.Move != "" {
		k.put(`group"`)
	} else {
		k.put(`img"`)
	}
	k.attr("aria-label", c.Label)
	k.put(`><defs><marker id="tip" markerWidth="7" markerHeight="8" refX="6" refY="4" orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0l7 4-7 4z"/></marker>`,
		`<marker id="tipc" markerWidth="7" markerHeight="8" refX="6" refY="4" orient="auto" markerUnits="userSpaceOnUse"><path d="M0 0l7 4-7 4z"/></marker></defs>`)
	c.ground(k)
	for i := range g.Bars {
		shadow(k, &g.Bars[i])
	}
	for _, line := range g.Lines {
		if line.Critical {
			k.put(`<path class="tie crit" marker-end="url(#tipc)" d="`, line.Path(), `"/>`)
			continue
		}
		k.put(`<path class="tie" marker-end="url(#tip)" d="`, line.Path(), `"/>`)
	}
	if g.Today >= 0 {
		k.put(`<path class="g-today" d="M`, g.Today, ` 0V`, g.Height, `"/>`)
	}
	for i := range g.Bars {
		c.bar(k, i)
	}
	k.put(`</svg>`)
}

// ground draws what lies below the bars: days off, marks of the axis, rows.
func (c chart) ground(k *ink) {
	g := c.Gantt
	for _, free := range g.Free {
		k.put(`<rect class="g-free" x="`, free.X, `" width="`, free.W, `" height="`, g.Height, `"/>`)
	}
	k.put(`<path class="g-grid" d="`)
	for _, tick := range g.Minor {
		k.put(`M`, tick.X, ` 0V`, g.Height)
	}
	k.put(`"/><path class="g-grid strong" d="`)
	for _, tick := range g.Major {
		k.put(`M`, tick.X, ` 0V`, g.Height)
	}
	k.put(`"/><path class="g-rows" d="`)
	for i := range g.Bars {
		k.put(`M0 `, (i+1)*rowHeight, `H`, c.width())
	}
	k.put(`"/>`)
}

// shadow draws where a task stood in the frozen plan.
func shadow(k *ink, b *plan.Bar) {
	switch {
	case b.Shadow.W < 0:
	case b.Shadow.W == 0:
		k.put(`<path class="g-base" d="M`, b.Shadow.X, ` `, b.Y+b.H-3, `l6 6l-6 6l-6-6z"/>`)
	default:
		k.put(`<rect class="g-base" x="`, b.Shadow.X, `" y="`, b.Y+b.H+2, `" width="`, b.Shadow.W, `" height="5" rx="2"/>`)
	}
}

// bar draws one task. Who may change it can reach it with the keyboard.
func (c chart) bar(k *ink, i int) {
	b, row := &c.Gantt.Bars[i], c.Rows[i]
	if !b.Shown {
		return
	}
	moves := c.Move != "" && !row.Fixed
	tag := "g"
	if c.Move != "" {
		tag = "a"
	}
	k.put(`<`, tag, ` class="g-bar`, barClass(*b, row))
	if moves {
		k.put(` moves`)
	}
	k.put(`" data-task="`)
	k.text(row.ID)
	k.put(`" data-s="`, int(row.Start-c.Gantt.From), `" data-f="`, int(row.Finish-c.Gantt.From), `"`)
	if tag == "a" {
		k.attr("href", row.Href)
		k.attr("aria-label", row.Text)
		if moves {
			k.put(` aria-describedby="g-help"`)
		}
	}
	k.put(`><title>`)
	k.text(row.Text)
	k.put(`</title>`)
	shape(k, b)
	if moves && b.Kind == plan.WorkBar {
		k.put(`<rect class="grip" x="`, b.X+b.W-7, `" y="`, b.Y, `" width="9" height="`, b.H, `"/>`)
	}
	if moves {
		k.put(`<circle class="knot" cx="`, after(b)+9, `" cy="`, b.Y+b.H/2, `" r="5"/>`)
	}
	k.put(`<text class="g-tag" x="`, after(b)+18, `" y="`, b.Y+b.H/2, `">`)
	k.text(row.Name)
	k.put(`</text></`, tag, `>`)
}

// after is where a bar ends to the eye.
func after(b *plan.Bar) float64 {
	if b.Kind == plan.MilestoneBar {
		return b.X + b.H/2
	}
	return b.X + b.W
}

// shape draws the bar itself: square where it holds up the end, so that colour
// does not say it alone.
func shape(k *ink, b *plan.Bar) {
	switch b.Kind {
	case plan.MilestoneBar:
		half := b.H/2 + 1
		k.put(`<path class="all" d="M`, b.X, ` `, b.Y-1, `l`, half, ` `, half, `l`, -half, ` `, half, `l`, -half, ` `, -half, `z"/>`)
	case plan.SummaryBar:
		k.put(`<path class="all" d="M`, b.X, ` `, b.Y+3, `h`, b.W, `v10l-5-5h`, min(10-b.W, 0), `l-5 5z"/>`)
	default:
		corner := 5.0
		if b.Critical {
			corner = 0
		}
		k.put(`<rect class="all" x="`, b.X, `" y="`, b.Y, `" width="`, max(b.W, 3), `" height="`, b.H, `" rx="`, corner, `"/>`)
		if b.Done > 0 {
			k.put(`<rect class="done" x="`, b.X, `" y="`, b.Y, `" width="`, b.Done, `" height="`, b.H, `" rx="`, corner, `"/>`)
		}
	}
}
