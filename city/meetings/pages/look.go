package pages

import (
	"context"
	_ "embed"
	"math"
	"strconv"
	"sync"
	"time"

	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

//go:embed assets/meetings.css
var stylesheet []byte

// style is the stylesheet of these pages under its address.
var style = sync.OnceValue(func() web.Asset { return web.NewAsset("meetings.css", stylesheet) })

// t is a sentence of this package in the language of ctx.
func t(ctx context.Context, key string, args ...any) string {
	return i18n.T(ctx, "meetings.pages."+key, args...)
}

// leaf is a day as a page torn off a calendar.
type leaf struct {
	Week, Day, Month string
	Stamp            string // machine time
	Off              bool   // cancelled
	Now              bool   // today
}

// tag is a small mark with a drawing: private, moved.
type tag struct{ Icon, Text string }

// meetingRow is a meeting in a list.
type meetingRow struct {
	Leaf  leaf
	Over  string // kind and number
	Title string
	Href  string
	Lead  string // what it is for
	Meta  string // hour, length, place
	State ui.State
	Tags  []tag
}

// todo is what to do now, with the one main button of the page.
type todo struct {
	Title   string
	Text    string
	Tone    ui.Tone
	Buttons ui.Buttons
}

// budget is the time that the items of an agenda take, drawn against the length
// of the meeting. Widths are shares of the drawing, "37.5%".
type budget struct {
	Sum, Text    string
	Label        string // the drawing in words
	Parts        []budgetPart
	Room, Excess string // width of the length, and of what passes it
	Over         bool
	Warning      string
	Legend       []budgetPart
}

type budgetPart struct{ X, Width, Wanted, Text string }

// slice is one item of an agenda for its drawing.
type slice struct {
	wanted  string
	minutes int
}

// budgetOf draws the slices against length minutes.
func budgetOf(ctx context.Context, slices []slice, length int) budget {
	sum, per := 0, map[string]int{}
	for _, s := range slices {
		sum += s.minutes
		per[s.wanted] += s.minutes
	}
	whole := max(sum, length, 1)
	b := budget{Sum: strconv.Itoa(sum), Text: t(ctx, "budget.of", "length", length), Over: length > 0 && sum > length,
		Room: share(length, whole), Excess: share(sum-length, whole), Label: t(ctx, "budget.label", "sum", sum, "length", length)}
	at := 0
	for _, s := range slices {
		b.Parts = append(b.Parts, budgetPart{X: share(at, whole), Width: share(s.minutes, whole), Wanted: s.wanted})
		at += s.minutes
	}
	for _, wanted := range []string{"inform", "discuss", "decide"} {
		if per[wanted] > 0 {
			b.Legend = append(b.Legend, budgetPart{Wanted: wanted, Text: t(ctx, "budget."+wanted, "count", per[wanted])})
		}
	}
	switch {
	case b.Over:
		b.Warning = t(ctx, "budget.over", "count", sum-length)
	case sum < length && sum > 0:
		b.Text += " " + t(ctx, "budget.left", "count", length-sum)
	}
	return b
}

// split is a whole in parts, drawn in one line.
type split struct {
	Label string
	Parts []splitPart
}

type splitPart struct {
	Name     string // of its colour
	Text     string
	Href     string
	Count    int
	X, Width string
}

// splitOf draws the parts that there are.
func splitOf(label string, parts ...splitPart) split {
	whole := 0
	for _, p := range parts {
		whole += p.Count
	}
	s := split{Label: label}
	at := 0
	for _, p := range parts {
		if p.Count == 0 {
			continue
		}
		p.X, p.Width = share(at, whole), share(p.Count, whole)
		at += p.Count
		s.Label += " " + strconv.Itoa(p.Count) + " " + p.Text + "."
		s.Parts = append(s.Parts, p)
	}
	return s
}

// share is a part of a whole as a width: "37.5%".
func share(part, whole int) string {
	if whole <= 0 || part <= 0 {
		return "0%"
	}
	return strconv.FormatFloat(math.Round(1000*float64(part)/float64(whole))/10, 'f', -1, 64) + "%"
}

// leafOf is the day of a moment, which is in the city's zone.
func leafOf(ctx context.Context, at, now time.Time, off bool) leaf {
	return leaf{Week: weekday(ctx, at.Weekday(), true), Day: strconv.Itoa(at.Day()), Month: month(ctx, at.Month(), true),
		Stamp: at.Format(time.RFC3339), Off: off, Now: at.Format(time.DateOnly) == now.In(at.Location()).Format(time.DateOnly)}
}

// weekday names a day of the week, short or whole.
func weekday(ctx context.Context, d time.Weekday, short bool) string {
	key := "weekday." + strconv.Itoa(int(d))
	if short {
		return t(ctx, key+".short")
	}
	return t(ctx, key)
}

// month names a month, short or whole.
func month(ctx context.Context, m time.Month, short bool) string {
	key := "month." + strconv.Itoa(int(m))
	if short {
		return t(ctx, key+".short")
	}
	return t(ctx, key)
}
