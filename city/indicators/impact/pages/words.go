package pages

import (
	"context"
	"math"
	"strconv"

	"ronda/city/indicators/impact"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// tones say how a standing reads.
var tones = map[impact.Standing]ui.Tone{impact.Met: ui.Good, impact.OnWay: ui.Now, impact.Behind: ui.Warn}

// state is how an indicator stands, in words and with its shape.
func state(ctx context.Context, s impact.Standing) ui.State {
	return ui.State{Tone: tones[s], Text: t(ctx, "standing."+string(s))}
}

// way is how much of the way to the target is behind.
type way struct {
	Known       bool
	Done, Asked string // widths
	Text        string
}

// wayOf draws an indicator's way on the day.
func wayOf(ctx context.Context, i impact.Indicator, today clock.Day) way {
	done, ok := i.Done()
	if !ok {
		return way{Text: aim(ctx, i)}
	}
	return way{Known: true, Done: width(done), Asked: width(i.Asked(today)), Text: t(ctx, "way", "percent", int(math.Floor(done*100)), "aim", aim(ctx, i))}
}

// aim says where an indicator goes, and by when.
func aim(ctx context.Context, i impact.Indicator) string {
	if !i.Target.Known {
		return t(ctx, "aim.none")
	}
	return t(ctx, "aim", "target", i.Target.Say(ctx, i.Decimals), "day", day(ctx, i.TargetDay))
}

// promise is aim as a sentence.
func promise(ctx context.Context, i impact.Indicator) string {
	if !i.Target.Known {
		return t(ctx, "aim.none")
	}
	return t(ctx, "promise."+string(i.Direction), "target", i.Target.Say(ctx, i.Decimals), "unit", i.Unit, "day", day(ctx, i.TargetDay))
}

// width is a share as a width, "37.5%", between nothing and all.
func width(share float64) string {
	return strconv.FormatFloat(math.Round(min(max(share, 0), 1)*1000)/10, 'f', -1, 64) + "%"
}

func day(ctx context.Context, d clock.Day) string {
	if d == "" {
		return "–"
	}
	return i18n.ShortDate(ctx, d.Time(utc))
}

// indicatorRow is an indicator in a list.
type indicatorRow struct {
	Over, Name, Href, Value, Unit, Class string
	Of                                   ui.Link // its initiative
	State                                ui.State
	Marks                                []ui.State
	Way                                  way
}

// row is an indicator in a list.
func (w words) row(ctx context.Context, i impact.Indicator, today clock.Day) indicatorRow {
	_, colour := w.Axis(i.Axis)
	row := indicatorRow{Over: i.Number + " · " + t(ctx, "kind."+string(i.Kind)), Name: i.Name, Href: "/indicadores/" + i.Number, Value: i.Current.Say(ctx, i.Decimals),
		Unit: i.Unit, Class: "ax" + strconv.Itoa(colour), State: state(ctx, i.Standing()), Way: wayOf(ctx, i, today)}
	if i.Social {
		row.Marks = append(row.Marks, ui.State{Text: t(ctx, "social")})
	}
	if i.LateOn(today) {
		row.Marks = append(row.Marks, ui.State{Tone: ui.Bad, Text: t(ctx, "late", "period", impact.SayPeriod(ctx, i.NextPeriod))})
	}
	if !i.Retired.IsZero() {
		row.State = ui.State{Text: t(ctx, "standing.retired")}
	}
	return row
}

// stack is how the indicators of a code stand, in one line.
type stack struct {
	Name, Text, Href string
	Parts            []stackPart
}

type stackPart struct{ Class, X, Width string }

// stackOf draws a sum; most is how many indicators fill the width.
func stackOf(ctx context.Context, name, href string, s impact.Sum, most int) stack {
	out := stack{Name: name, Href: href, Text: t(ctx, "sum", "count", s.Indicators, "met", s.Of[impact.Met], "on", s.Of[impact.OnWay], "behind", s.Of[impact.Behind])}
	at := 0
	for _, standing := range impact.Standings {
		n := s.Of[standing]
		if n == 0 {
			continue
		}
		whole := float64(max(most, 1))
		out.Parts = append(out.Parts, stackPart{string(standing), width(float64(at) / whole), width(float64(n) / whole)})
		at += n
	}
	return out
}
