// Package recur says on which instants a rule of repetition falls, on the wall
// clock of a city: at ten in the morning is at ten whatever the season. It knows
// the part of RFC 5545 that meetings need: every so many weeks on a weekday, or
// every so many months on the first to fourth or last such weekday.
package recur

import (
	"iter"
	"time"

	"ronda/platform/clock"
)

// The units of a rule.
const (
	Week  = "week"
	Month = "month"
)

// Rule is how a meeting repeats. The zero Rule does not.
type Rule struct {
	Every   int          // 1: each week or month, 2: each second...
	Unit    string       // Week or Month
	Weekday time.Weekday // on which it falls
	Nth     int          // of a month: 1 to 4, -1 for the last; 0 for weeks
	Count   int          // occurrences; 0: no such end
	Until   clock.Day    // last day it may fall on; empty: no such end
}

// YearsMax is how far a rule is followed: no list of instants is endless.
const YearsMax = 50

// Problem names the field that keeps the rule from being one, empty when nothing
// does: every, unit, nth, weekday, count or until.
func (r Rule) Problem() string {
	switch {
	case r.Every < 1 || r.Every > 12:
		return "every"
	case r.Unit != Week && r.Unit != Month:
		return "unit"
	case r.Weekday < time.Sunday || r.Weekday > time.Saturday:
		return "weekday"
	case r.Unit == Week && r.Nth != 0, r.Unit == Month && (r.Nth < -1 || r.Nth == 0 || r.Nth > 4):
		return "nth"
	case r.Count < 0 || r.Count > 1000 || r.Count > 0 && r.Until != "":
		return "count"
	}
	if r.Until != "" {
		if _, err := clock.ParseDay(string(r.Until)); err != nil {
			return "until"
		}
	}
	return ""
}

// Start is the first day on or after day that the rule allows.
func (r Rule) Start(day clock.Day) clock.Day {
	d := date(day)
	if r.Unit == Week {
		return show(d.AddDate(0, 0, (int(r.Weekday)-int(d.Weekday())+7)%7))
	}
	month := time.Date(d.Year(), d.Month(), 1, 0, 0, 0, 0, time.UTC)
	if on := r.in(month); !on.Before(d) {
		return show(on)
	}
	return show(r.in(month.AddDate(0, 1, 0)))
}

// Days are the days of the rule from its first one on, in order.
func (r Rule) Days(first clock.Day) iter.Seq[clock.Day] {
	return func(yield func(clock.Day) bool) {
		if r.Problem() != "" {
			return
		}
		start := date(first)
		for n := 0; r.Count == 0 || n < r.Count; n++ {
			d := r.step(start, n)
			if d.Year() > start.Year()+YearsMax || r.Until != "" && show(d) > r.Until {
				return
			}
			if !yield(show(d)) {
				return
			}
		}
	}
}

// Times are the instants of the rule in [from, to), at a time of day on the
// wall of the zone.
func (r Rule) Times(first clock.Day, at string, zone *time.Location, from, to time.Time) []time.Time {
	var out []time.Time
	for d := range r.Days(first) {
		t, _ := Wall(d, at, zone)
		if !t.Before(to) {
			break
		}
		if !t.Before(from) {
			out = append(out, t)
		}
	}
	return out
}

// step is the nth day of the rule, from 0.
func (r Rule) step(start time.Time, n int) time.Time {
	if r.Unit == Week {
		return start.AddDate(0, 0, 7*r.Every*n)
	}
	return r.in(time.Date(start.Year(), start.Month()+time.Month(r.Every*n), 1, 0, 0, 0, 0, time.UTC))
}

// in is the day of the rule in the month that begins at first.
func (r Rule) in(first time.Time) time.Time {
	if r.Nth < 0 {
		last := first.AddDate(0, 1, -1)
		return last.AddDate(0, 0, -((int(last.Weekday()) - int(r.Weekday) + 7) % 7))
	}
	return first.AddDate(0, 0, (int(r.Weekday)-int(first.Weekday())+7)%7+7*(r.Nth-1))
}

// Wall is the instant at which the wall of the zone shows that day and time,
// "10:00". A time that a change of the clocks shows twice is the first of the
// two; one that it leaves out is read with the offset before the change, as RFC
// 5545 does, and exact is false.
func Wall(day clock.Day, at string, zone *time.Location) (t time.Time, exact bool) {
	naive, err := time.Parse(time.DateOnly+" "+ClockForm, string(day)+" "+at)
	if err != nil {
		return time.Time{}, false
	}
	early := naive.Add(-offset(naive.Add(-24*time.Hour), zone))
	if shows(early, naive, zone) {
		return early, true
	}
	if late := naive.Add(-offset(naive.Add(24*time.Hour), zone)); shows(late, naive, zone) {
		return late, true
	}
	return early, false
}

// ClockForm is how times of day are written.
const ClockForm = "15:04"

// ParseClock reads a time of day, "9:30" or "09:30", into its two-digit form.
func ParseClock(s string) (string, bool) {
	t, err := time.Parse(ClockForm, s)
	if err != nil {
		return "", false
	}
	return t.Format(ClockForm), true
}

func offset(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

func shows(t, naive time.Time, zone *time.Location) bool {
	const form = time.DateOnly + " " + ClockForm
	return t.In(zone).Format(form) == naive.Format(form)
}

func date(d clock.Day) time.Time { return d.Time(time.UTC) }

func show(t time.Time) clock.Day { return clock.DayOf(t, time.UTC) }
