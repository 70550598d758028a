package ui

import (
	"context"
	"math"
	"strconv"
	"time"

	"ronda/platform/clock"
	"ronda/platform/i18n"
)

// LangName is what a language calls itself.
func LangName(lang i18n.Lang) string {
	if lang == i18n.English {
		return "English"
	}
	return "Español"
}

// Ago says in words how long before now t was: "hace 4 s", "hace 3 días".
func Ago(ctx context.Context, now, t time.Time) string {
	d := max(now.Sub(t), 0)
	switch {
	case d < time.Minute:
		return i18n.T(ctx, "ui.ago.seconds", "count", int(d.Seconds()))
	case d < time.Hour:
		return i18n.T(ctx, "ui.ago.minutes", "count", int(d.Minutes()))
	case d < 24*time.Hour:
		return i18n.T(ctx, "ui.ago.hours", "count", int(d.Hours()))
	}
	return i18n.T(ctx, "ui.ago.days", "count", int(d.Hours()/24))
}

// Due says in words when day comes, seen from today, and with what urgency:
// "hace 2 días" is Bad, "hoy" and "mañana" are Now, later days are Plain. An
// empty day gives the words for no date.
func Due(ctx context.Context, day, today clock.Day) (string, Tone) {
	if day == "" {
		return i18n.T(ctx, "ui.due.never"), Plain
	}
	at := day.Time(time.UTC)
	days := int(at.Sub(today.Time(time.UTC)).Hours() / 24)
	switch {
	case days < 0:
		return i18n.T(ctx, "ui.ago.days", "count", -days), Bad
	case days == 0:
		return i18n.T(ctx, "ui.due.today"), Now
	case days == 1:
		return i18n.T(ctx, "ui.due.tomorrow"), Now
	case days < 7:
		return i18n.T(ctx, "ui.due.in", "count", days), Plain
	}
	return i18n.ShortDate(ctx, at), Plain
}

// Bytes writes a size for people: "5 MB", "300 kB".
func Bytes(ctx context.Context, n int64) string {
	switch {
	case n >= 1_000_000:
		return Decimal(ctx, float64(n)/1_000_000) + " MB"
	case n >= 1_000:
		return i18n.Number(ctx, n/1_000) + " kB"
	}
	return i18n.Number(ctx, n) + " B"
}

// Decimal writes v with at most one decimal, half away from zero, and the
// language's separators: "1.204", "38,5". What is not a number is a dash.
func Decimal(ctx context.Context, v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	v = math.Round(v*10) / 10
	text := strconv.FormatFloat(v, 'f', 1, 64)
	whole, tenth := text[:len(text)-2], text[len(text)-1:]
	n, _ := strconv.ParseInt(whole, 10, 64)
	out := i18n.Number(ctx, n)
	if n == 0 && v < 0 && tenth != "0" {
		out = "-0"
	}
	if tenth == "0" {
		return out
	}
	if i18n.Of(ctx) == i18n.English {
		return out + "." + tenth
	}
	return out + "," + tenth
}
