package people

import (
	"context"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// after is the day n days later.
func after(d clock.Day, n int) clock.Day { return shift(d, 0, n) }

// years is the same day of the calendar n years later.
func years(d clock.Day, n int) clock.Day { return shift(d, n, 0) }

func shift(d clock.Day, years, days int) clock.Day {
	if d == "" {
		return ""
	}
	return clock.Day(d.Time(time.UTC).AddDate(years, 0, days).Format(time.DateOnly))
}

// earlier is the earlier of two ends of terms; empty is open.
func earlier(a, b clock.Day) clock.Day {
	if a == "" || (b != "" && b < a) {
		return b
	}
	return a
}

// ends says whether a term with that end is over before or on the end limit.
func ends(until, limit clock.Day) bool { return limit == "" || (until != "" && until <= limit) }

// overlap says whether two terms share a day.
func overlap(since1, until1, since2, until2 clock.Day) bool {
	return (until1 == "" || since2 < until1) && (until2 == "" || since1 < until2) &&
		(until1 == "" || since1 < until1) && (until2 == "" || since2 < until2)
}

// checkDay reads a day that a person typed; empty stays empty unless required.
func checkDay(c *fault.Check, name, typed string, required bool) clock.Day {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		c.Require(!required, name, "fault.required")
		return ""
	}
	d, err := clock.ParseDay(typed)
	if err != nil || d < firstDay || d > lastDay {
		c.Fail(name, "fault.date")
		return ""
	}
	return d
}

// forbidPast fails a day before today, on which others may have relied.
func forbidPast(ctx context.Context, c *fault.Check, name string, day, today clock.Day) {
	if day != "" && day < today && !c.Failed(name) {
		c.Fail(name, "people.fault.past", "day", dayText(ctx, today))
	}
}

// The days that a form takes; beyond them it is a slip of the finger.
const (
	firstDay clock.Day = "1800-01-01"
	lastDay  clock.Day = "2199-12-31"
)

// dayText is a day in words, "24 de marzo de 2026"; empty for an open end.
func dayText(ctx context.Context, d clock.Day) string {
	if d == "" {
		return ""
	}
	return i18n.Date(ctx, d.Time(time.UTC))
}
