package ical

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	product = "-//Ronda//Ronda//ES"
	horizon = 20 // years for which a zone is described when a series has no end
)

// anyDay is what the zone of a calendar without events is described for.
var anyDay = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Bytes is the calendar as it is stored and sent. It fails on what no client
// would read: an event without a UID, a length below zero, a rule that is none,
// a part of another zone.
func (c Calendar) Bytes() ([]byte, error) {
	zone := locate(c.Zone)
	own, err := Compose(zone, c.Events...)
	if err != nil {
		return nil, err
	}
	parts := append([]Part{own}, c.Parts...)
	all, size := Part{zone: zone.String()}, 1024
	for _, p := range parts {
		if p.zone != all.zone {
			return nil, fmt.Errorf("ical: a part of the zone %s in a calendar of %s", p.zone, zone)
		}
		all.extend(p.from, p.to)
		size += len(p.text)
	}
	w := &writer{out: make([]byte, 0, size)}
	c.head(w)
	if empty := all.from.IsZero(); zone != time.UTC || empty { // a calendar holds something always
		if empty {
			all.extend(anyDay, anyDay.AddDate(0, 0, 1))
		}
		w.timezone(zone, all.from, all.to)
	}
	for _, p := range parts {
		w.out = append(w.out, p.text...)
	}
	w.line("END", "VCALENDAR")
	return w.out, nil
}

// head begins the calendar.
func (c Calendar) head(w *writer) {
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", product)
	w.line("CALSCALE", "GREGORIAN")
	w.some("METHOD", string(c.Method))
	w.text("X-WR-CALNAME", c.Name)
	if c.Refresh > 0 {
		w.line("X-PUBLISHED-TTL", fmt.Sprintf("PT%dM", int(c.Refresh.Minutes())))
	}
}

func (e Event) span() (from, to time.Time) {
	from, to = e.Start, e.End()
	if !e.Occurrence.IsZero() && e.Occurrence.Before(from) {
		from = e.Occurrence
	}
	if e.Occurrence.After(to) {
		to = e.Occurrence
	}
	if e.Rule == nil {
		return from, to
	}
	if !e.Rule.Until.IsZero() {
		return from, e.Rule.Until.Add(e.Length)
	}
	return from, e.Start.AddDate(horizon, 0, 0)
}

func (e Event) check() error {
	switch {
	case e.UID == "" || strings.ContainsAny(e.UID, "\r\n"):
		return errors.New("ical: an event without a UID")
	case e.Length < 0 || e.Start.IsZero():
		return fmt.Errorf("ical: %s has no time", e.UID)
	case e.Rule != nil && (e.Rule.Every < 1 || e.Rule.Weekday < 0 || e.Rule.Weekday > 6 || e.Rule.Monthly && (e.Rule.Nth == 0 || e.Rule.Nth < -1 || e.Rule.Nth > 4)):
		return fmt.Errorf("ical: %s repeats by no rule", e.UID)
	}
	return nil
}

func (e Event) write(w *writer, zone *time.Location) {
	w.line("BEGIN", "VEVENT")
	w.text("UID", e.UID)
	w.line("SEQUENCE", strconv.Itoa(e.Sequence))
	w.instant("DTSTAMP", e.Stamp.UTC())
	w.instant("LAST-MODIFIED", e.Stamp.UTC())
	w.instant("DTSTART", e.Start.In(zone))
	w.instant("DTEND", e.End().In(zone))
	w.text("SUMMARY", e.Summary)
	w.text("DESCRIPTION", e.Description)
	w.text("LOCATION", e.Location)
	w.some("URL", oneLine(e.URL))
	w.line("STATUS", status(e.Cancelled))
	if e.Private {
		w.line("CLASS", "PRIVATE")
	}
	e.people(w)
	e.repeats(w, zone)
	w.line("END", "VEVENT")
}

func (e Event) people(w *writer) {
	if e.Organizer.Address != "" {
		w.line("ORGANIZER", e.Organizer.value(), e.Organizer.params()...)
	}
	for _, a := range e.Attendees {
		w.line("ATTENDEE", a.value(), a.params()...)
	}
}

func (e Event) repeats(w *writer, zone *time.Location) {
	if e.Rule != nil {
		w.line("RRULE", e.Rule.text())
	}
	for _, at := range slices.SortedFunc(slices.Values(e.Except), time.Time.Compare) {
		w.instant("EXDATE", at.In(zone))
	}
	for _, at := range slices.SortedFunc(slices.Values(e.Extra), time.Time.Compare) {
		w.instant("RDATE", at.In(zone))
	}
	if !e.Occurrence.IsZero() {
		w.instant("RECURRENCE-ID", e.Occurrence.In(zone))
	}
}

func status(cancelled bool) string {
	if cancelled {
		return "CANCELLED"
	}
	return "CONFIRMED"
}

func (p Party) value() string { return "mailto:" + oneLine(p.Address) }

func (p Party) params() []string {
	if cn := param(p.Name); cn != "" {
		return []string{"CN", cn}
	}
	return nil
}

func (a Attendee) params() []string {
	role, answer := "REQ-PARTICIPANT", string(a.Answer)
	switch {
	case a.Chair:
		role = "CHAIR"
	case a.Optional:
		role = "OPT-PARTICIPANT"
	}
	if answer == "" {
		answer = "NEEDS-ACTION"
	}
	out := append(a.Party.params(), "PARTSTAT", answer, "ROLE", role)
	if a.Ask {
		out = append(out, "RSVP", "TRUE")
	}
	return out
}
