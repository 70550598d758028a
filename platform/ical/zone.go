package ical

import (
	"fmt"
	"time"
)

const (
	layoutLocal = "20060102T150405"
	layoutUTC   = "20060102T150405Z"
)

// observance is one offset that a zone has had, with the wall clock at which it
// began each time.
type observance struct {
	name     string
	from, to int // seconds east of UTC, before and since
	summer   bool
	begins   []time.Time
}

// timezone writes the VTIMEZONE of a zone, true for [from, to].
func (w *writer) timezone(zone *time.Location, from, to time.Time) {
	w.line("BEGIN", "VTIMEZONE")
	w.line("TZID", zone.String())
	for _, o := range observances(zone, from, to) {
		o.write(w)
	}
	w.line("END", "VTIMEZONE")
}

// observances are the offsets of the zone from the one that holds at from to the
// one that holds at to, in the order in which they began first.
func observances(zone *time.Location, from, to time.Time) []observance {
	at := from.In(zone)
	name, offset := at.Zone()
	out := []observance{{name: name, from: offset, to: offset, summer: at.IsDST(), begins: []time.Time{firstBegin(at, offset)}}}
	for at = next(at); !at.IsZero() && at.Before(to); at = next(at) {
		name, since := at.Zone()
		if last := offset; since != last || at.IsDST() != at.Add(-time.Nanosecond).IsDST() {
			out = add(out, observance{name: name, from: last, to: since, summer: at.IsDST()}, at)
		}
		offset = since
	}
	return out
}

// next is when the clocks may change next, zero for never. Far in the future Go
// also ends a period with each year, and in leap years where it begins: then that
// day is stepped over, as no zone changes its clocks at New Year.
func next(at time.Time) time.Time {
	_, end := at.ZoneBounds()
	if !end.IsZero() && !end.After(at) {
		end = at.AddDate(0, 0, 1)
	}
	return end.In(at.Location())
}

// firstBegin is the wall clock from which the first observance holds: its real
// beginning, or an early one for a zone that has never changed.
func firstBegin(at time.Time, offset int) time.Time {
	if begin, _ := at.ZoneBounds(); !begin.IsZero() {
		return begin.UTC().Add(time.Duration(offset) * time.Second)
	}
	return time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
}

// add notes that an offset begins at the instant, which is written in the wall
// clock that ends there.
func add(known []observance, o observance, instant time.Time) []observance {
	wall := instant.UTC().Add(time.Duration(o.from) * time.Second)
	for i, k := range known {
		if k.name == o.name && k.from == o.from && k.to == o.to && k.summer == o.summer {
			known[i].begins = append(known[i].begins, wall)
			return known
		}
	}
	o.begins = []time.Time{wall}
	return append(known, o)
}

func (o observance) write(w *writer) {
	kind := "STANDARD"
	if o.summer {
		kind = "DAYLIGHT"
	}
	w.line("BEGIN", kind)
	w.line("TZNAME", o.name)
	w.line("TZOFFSETFROM", offsetText(o.from))
	w.line("TZOFFSETTO", offsetText(o.to))
	w.line("DTSTART", o.begins[0].Format(layoutLocal))
	for _, b := range o.begins[1:] {
		w.line("RDATE", b.Format(layoutLocal))
	}
	w.line("END", kind)
}

// offsetText is "-0300"; seconds, which old local times have, are written only
// where there are any.
func offsetText(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	s := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if rest := seconds % 60; rest != 0 {
		s += fmt.Sprintf("%02d", rest)
	}
	return s
}
