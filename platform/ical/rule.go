package ical

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

var weekdays = [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// text is the rule as the value of RRULE.
func (r Rule) text() string {
	day, freq := weekdays[r.Weekday], "WEEKLY"
	if r.Monthly {
		day, freq = fmt.Sprint(r.Nth)+day, "MONTHLY"
	}
	parts := []string{"FREQ=" + freq}
	if r.Every > 1 {
		parts = append(parts, fmt.Sprintf("INTERVAL=%d", r.Every))
	}
	switch {
	case r.Count > 0:
		parts = append(parts, fmt.Sprintf("COUNT=%d", r.Count))
	case !r.Until.IsZero():
		parts = append(parts, "UNTIL="+r.Until.UTC().Format(layoutUTC))
	}
	return strings.Join(append(parts, "BYDAY="+day), ";")
}

// instantsMax bounds what one rule is unfolded to: ten years of weeks.
const instantsMax = 530

// Instants are the first occurrences of the event as clients unfold them, in
// order: those of its rule without the excepted ones, and the extra ones. An
// event without a rule has its start alone.
func (e Event) Instants(zone *time.Location) ([]time.Time, error) {
	if e.Rule == nil {
		return []time.Time{e.Start}, nil
	}
	option, err := rrule.StrToROption(e.Rule.text())
	if err != nil {
		return nil, fmt.Errorf("ical: rule of %s: %w", e.UID, err)
	}
	option.Dtstart = e.Start.In(locate(zone))
	rule, err := rrule.NewRRule(*option)
	if err != nil {
		return nil, fmt.Errorf("ical: rule of %s: %w", e.UID, err)
	}
	var out []time.Time
	next := rule.Iterator()
	for at, ok := next(); ok && len(out) < instantsMax; at, ok = next() {
		if !slices.ContainsFunc(e.Except, at.Equal) {
			out = append(out, at)
		}
	}
	out = append(out, e.Extra...)
	slices.SortFunc(out, time.Time.Compare)
	return out, nil
}

// Within says whether something of the events, which are one object (a series
// with its changed occurrences, or one event), happens in [from, to); a zero
// bound is open.
func Within(events []Event, zone *time.Location, from, to time.Time) (bool, error) {
	for _, e := range events {
		instants, err := e.Instants(zone)
		if err != nil {
			return false, err
		}
		for _, at := range instants {
			if overlaps(at, at.Add(e.Length), from, to) && !replaced(events, e, at) {
				return true, nil
			}
		}
	}
	return false, nil
}

func overlaps(start, end, from, to time.Time) bool {
	return (to.IsZero() || start.Before(to)) && (from.IsZero() || end.After(from) || start.Equal(end) && !start.Before(from))
}

// replaced says whether another of the events stands for that instant of e.
func replaced(events []Event, e Event, at time.Time) bool {
	return e.Rule != nil && slices.ContainsFunc(events, func(o Event) bool { return o.UID == e.UID && o.Occurrence.Equal(at) })
}

func locate(zone *time.Location) *time.Location {
	if zone == nil {
		return time.UTC
	}
	return zone
}
