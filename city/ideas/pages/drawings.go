package pages

import (
	"context"
	"math"
	"strconv"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/platform/clock"
	"ronda/platform/ui"
)

// dial draws how much of a time has passed, with what is left of it in the
// middle.
type dial struct {
	Label string // for who does not see it: "Quedan 12 días"
	Big   string // "12"
	Unit  string // "días"
	Part  float64
	Tone  ui.Tone
}

// dash is the share that has passed, of a circle 100 long.
func (d dial) dash() string {
	return strconv.FormatFloat(math.Round(d.Part*1000)/10, 'f', -1, 64) + " 100"
}

// left is the dial of what is left until a moment: days, and on the last one
// hours.
func (w words) left(ctx context.Context, from, to time.Time) dial {
	days := w.until(to)
	d := dial{Big: strconv.Itoa(days), Unit: t(ctx, "dial.days", "count", days), Label: t(ctx, "dial.left", "count", days), Part: w.part(from, to), Tone: ui.Good}
	switch {
	case !to.After(w.now):
		return dial{Label: t(ctx, "dial.over"), Big: "0", Unit: t(ctx, "dial.days", "count", 0), Part: 1}
	case days == 0:
		hours := int(math.Ceil(to.Sub(w.now).Hours()))
		d.Big, d.Unit, d.Label, d.Tone = strconv.Itoa(hours), t(ctx, "dial.hours", "count", hours), t(ctx, "dial.left_hours", "count", hours), ui.Bad
	case days <= 7:
		d.Tone = ui.Now
	}
	return d
}

// owed is the dial of an answer: days until it is due, or how late it is.
func (w words) owed(ctx context.Context, since time.Time, due clock.Day) dial {
	days := int(due.Time(time.UTC).Sub(w.today.Time(time.UTC)) / (24 * time.Hour))
	if days < 0 {
		return dial{Big: strconv.Itoa(-days), Unit: t(ctx, "dial.late", "count", -days), Label: t(ctx, "dial.late_by", "count", -days), Part: 1, Tone: ui.Bad}
	}
	d := dial{Big: strconv.Itoa(days), Unit: t(ctx, "dial.days", "count", days), Label: t(ctx, "dial.left", "count", days),
		Part: w.part(since, due.Time(w.ch.City.Zone).AddDate(0, 0, 1)), Tone: ui.Good}
	if days <= 7 {
		d.Tone = ui.Now
	}
	return d
}

// phase is one stretch of a challenge's life on its drawn line.
type phase struct {
	Name, When, Text string
	State            string // "done", "now" or "next"
}

// line is the life of a challenge: each phase with its dates, and where it
// stands now.
func (w words) line(ctx context.Context, c ideas.Challenge) []phase {
	out := []phase{{Name: t(ctx, "phase.open"), When: w.span(ctx, c.Opens, c.Closes), Text: t(ctx, "phase.open.text")}}
	if c.Method.Votes() {
		out = append(out, phase{Name: t(ctx, "phase.vote"), When: w.span(ctx, c.VoteOpens, c.VoteCloses), Text: t(ctx, "phase.vote.text")})
	}
	out = append(out, phase{Name: t(ctx, "phase.evaluating"), When: w.evaluated(ctx, c), Text: t(ctx, "phase.evaluating.text", "days", c.AnswerDays)})
	reading := len(out) - 1
	out = append(out, phase{Name: t(ctx, "phase.chosen"), When: w.date(ctx, c.Published), Text: t(ctx, "phase.chosen.text")},
		phase{Name: t(ctx, "phase.taken_up"), Text: t(ctx, "phase.taken_up.text")}, phase{Name: t(ctx, "phase.executed"), Text: t(ctx, "phase.executed.text")})
	at := map[ideas.Phase]int{ideas.PhaseEvaluating: reading, ideas.PhaseAnswered: reading, ideas.PhaseChosen: reading + 1,
		ideas.PhaseTakenUp: reading + 2, ideas.PhaseExecuted: reading + 3}[c.Phase]
	switch {
	case c.Phase == ideas.PhaseCancelled:
		out = []phase{out[0], {Name: t(ctx, "phase.cancelled"), Text: t(ctx, "phase.cancelled.text")}}
		at = 1
	case c.Voting(w.now) && !c.TakesIdeas(w.now):
		at = 1
	}
	for i := range out {
		out[i].State = [3]string{"done", "now", "next"}[1+sign(i-at)]
	}
	return out
}

func (w words) span(ctx context.Context, from, to time.Time) string {
	return t(ctx, "span", "from", w.date(ctx, from), "to", w.date(ctx, to))
}

func sign(n int) int { return max(-1, min(1, n)) }

// evaluated says by when ideas are answered, or that all were.
func (w words) evaluated(ctx context.Context, c ideas.Challenge) string {
	if !c.Evaluated.IsZero() {
		return w.date(ctx, c.Evaluated)
	}
	return t(ctx, "by", "day", w.date(ctx, c.Closes.AddDate(0, 0, c.AnswerDays)))
}

// spot is the map of the city in small with one part of it marked.
type spot struct {
	Box   string // of the drawing
	Tiles string // all of them, as one path
	Mark  string // the marked ones
	Name  string
	Href  string
}

const tileSide = 20

// spot marks a place: a neighbourhood on the map of neighbourhoods; of what has
// no tile nothing is drawn.
func (w words) spot(code string) (spot, bool) {
	here, ok := w.ch.Territories.Get(code)
	if !ok || here.Tile == nil {
		return spot{}, false
	}
	g := w.ground(here.Level)
	return spot{Box: g.box, Tiles: g.tiles, Mark: tilePath(*here.Tile), Name: here.Name.In(w.lang), Href: Href(ideas.FilterPlace, code)}, true
}

// ground is all tiles of a level as one path, drawn once for each version of the
// city: every idea with a place shows it.
type ground struct{ box, tiles string }

func (w words) ground(level charter.Level) ground {
	key := w.ch.Version.ID + " " + string(level)
	if g, ok := w.p.grounds.Load(key); ok {
		return g.(ground)
	}
	var all strings.Builder
	cols, rows := 0, 0
	for _, x := range w.ch.AtLevel(level) {
		if x.Tile != nil {
			all.WriteString(tilePath(*x.Tile))
			cols, rows = max(cols, x.Tile.Col+1), max(rows, x.Tile.Row+1)
		}
	}
	g := ground{box: "0 0 " + strconv.Itoa(cols*tileSide) + " " + strconv.Itoa(rows*tileSide), tiles: all.String()}
	w.p.grounds.Store(key, g)
	return g
}

// tilePath is a tile as part of a path.
func tilePath(at charter.Tile) string {
	return "M" + strconv.Itoa(at.Col*tileSide+1) + " " + strconv.Itoa(at.Row*tileSide+1) + "h18v18h-18z"
}

// axisClass is the class that sets the colour of an axis.
func axisClass(axis int) string {
	if axis < 0 || axis > 8 {
		axis = 0
	}
	return "ax" + strconv.Itoa(axis)
}

// toneClass is the class that sets the colours of a tone.
func toneClass(tone ui.Tone) string {
	if tone == ui.Plain {
		return "t-plain"
	}
	return "t-" + string(tone)
}
