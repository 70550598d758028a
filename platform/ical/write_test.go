package ical_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	goical "github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"

	"ronda/platform/ical"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// monthly is a series on the second Tuesday at ten, twelve times, with one
// occurrence moved by a day and one cancelled.
func monthly(z *time.Location) []ical.Event {
	at := func(month time.Month, day, hour int) time.Time { return time.Date(2026, month, day, hour, 0, 0, 0, z) }
	series := ical.Event{UID: "ser-1@ciudad.test", Sequence: 2, Stamp: at(1, 2, 3), Start: at(1, 13, 10), Length: 90 * time.Minute,
		Summary: "Reunión mensual; con el Jefe, 1º — ñandú", Description: "Orden:\n1. Agua\\cloacas\r\n2. Huertas\x00", Location: "Uspallata 3160", URL: "https://ronda.test/series/SER-2026-0001",
		Rule: &ical.Rule{Monthly: true, Every: 1, Weekday: time.Tuesday, Nth: 2, Count: 12}, Except: []time.Time{at(5, 12, 10)},
		Organizer: ical.Party{Name: "Mesa", Address: "mesa@ciudad.test"},
		Attendees: []ical.Attendee{{Party: ical.Party{Name: `Ana "Ñata" Pérez; jefa`, Address: "ana@ciudad.test"}, Chair: true, Ask: true}, {Party: ical.Party{Address: "bruno@ciudad.test"}, Answer: ical.Accepted}},
	}
	moved := series
	moved.Rule, moved.Except, moved.Occurrence, moved.Start, moved.Sequence = nil, nil, at(3, 10, 10), at(3, 11, 16), 3
	return []ical.Event{series, moved}
}

func written(t *testing.T, c ical.Calendar) string {
	t.Helper()
	raw, err := c.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := c.Bytes()
	if err != nil || !bytes.Equal(raw, again) {
		t.Errorf("written twice it differs: %v", err)
	}
	return string(raw)
}

func unfolded(s string) string { return strings.ReplaceAll(s, "\r\n ", "") }

func TestASeriesIsReadAsItIsHeld(t *testing.T) {
	z := zone(t, "America/Argentina/Buenos_Aires")
	raw := written(t, ical.Calendar{Name: "Mi calendario", Zone: z, Method: ical.Request, Events: monthly(z)})
	cal, err := goical.NewDecoder(strings.NewReader(raw)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	events := cal.Events()
	if len(events) != 2 || len(cal.Children) != 3 || cal.Children[0].Name != goical.CompTimezone {
		t.Fatalf("%d events among %d parts", len(events), len(cal.Children))
	}
	if s, _ := events[0].Props.Text("SUMMARY"); s != "Reunión mensual; con el Jefe, 1º — ñandú" {
		t.Errorf("summary %q", s)
	}
	if s, _ := events[0].Props.Text("DESCRIPTION"); s != "Orden:\n1. Agua\\cloacas\n2. Huertas" {
		t.Errorf("description %q", s)
	}
	for _, want := range []string{"RRULE:FREQ=MONTHLY;COUNT=12;BYDAY=2TU\r\n", "EXDATE;TZID=America/Argentina/Buenos_Aires:20260512T100000\r\n",
		"RECURRENCE-ID;TZID=America/Argentina/Buenos_Aires:20260310T100000\r\n", "DTSTART;TZID=America/Argentina/Buenos_Aires:20260311T160000\r\n",
		`ATTENDEE;CN="Ana 'Ñata' Pérez; jefa";PARTSTAT=NEEDS-ACTION;ROLE=CHAIR;RSVP=TRUE:mailto:ana@ciudad.test`, "SEQUENCE:3\r\n", "METHOD:REQUEST\r\n",
		"TZOFFSETFROM:-0300\r\nTZOFFSETTO:-0300\r\n"} {
		if !strings.Contains(unfolded(raw), want) {
			t.Errorf("there is no %q in\n%s", want, raw)
		}
	}
}

func TestLinesAreShort(t *testing.T) {
	e := monthly(time.UTC)[:1]
	e[0].Description = strings.Repeat("ñandú ", 2000)
	raw := written(t, ical.Calendar{Events: e})
	for l := range strings.SplitSeq(raw, "\r\n") {
		if len(l) > 75 || strings.ContainsRune(l, '�') {
			t.Fatalf("line of %d bytes: %q", len(l), l)
		}
	}
	if !strings.Contains(unfolded(raw), "DESCRIPTION:"+strings.Repeat("ñandú ", 2000)) {
		t.Error("the text was not kept")
	}
	if strings.Contains(raw, "VTIMEZONE") {
		t.Error("a calendar in UTC describes a zone")
	}
}

// What people write never becomes a line of the calendar.
func TestNobodyWritesLinesOfTheirOwn(t *testing.T) {
	evil := "x\r\nATTENDEE:mailto:evil@x.test\rBEGIN:VEVENT\nEND:VCALENDAR"
	e := ical.Event{UID: "a;b", Start: time.Unix(1e9, 0), Length: time.Hour, Summary: evil, Description: evil, Location: evil, URL: "https://x.test/\r\nX:1",
		Organizer: ical.Party{Name: evil, Address: "a@x.test\r\nX:1"}, Attendees: []ical.Attendee{{Party: ical.Party{Name: evil, Address: "b@x.test\nX:1"}}}}
	raw := written(t, ical.Calendar{Name: evil, Events: []ical.Event{e}})
	for l := range strings.SplitSeq(unfolded(raw), "\r\n") {
		if l == "ATTENDEE:mailto:evil@x.test" || strings.HasPrefix(l, "X:") {
			t.Errorf("line %q", l)
		}
	}
	if n := strings.Count(raw, "\r\nBEGIN:VEVENT\r\n"); n != 1 {
		t.Errorf("%d events", n)
	}
	for _, bad := range []ical.Event{{}, {UID: "x"}, {UID: "x", Start: time.Unix(1e9, 0), Length: -1}, {UID: "x", Start: time.Unix(1e9, 0), Rule: &ical.Rule{}}} {
		if _, err := (ical.Calendar{Events: []ical.Event{bad}}).Bytes(); err == nil {
			t.Errorf("%+v was written", bad)
		}
	}
}

// Madrid changes its clocks: the wall clock of a weekly meeting stays, and the
// calendar says when the offset changes.
func TestAZoneThatChangesItsClocks(t *testing.T) {
	z := zone(t, "Europe/Madrid")
	e := ical.Event{UID: "w", Stamp: time.Unix(1e9, 0), Start: time.Date(2026, 3, 2, 9, 0, 0, 0, z), Length: time.Hour,
		Rule: &ical.Rule{Every: 1, Weekday: time.Monday, Until: time.Date(2026, 12, 1, 0, 0, 0, 0, z)}}
	raw := written(t, ical.Calendar{Zone: z, Events: []ical.Event{e}})
	for _, want := range []string{"TZNAME:CEST", "DTSTART:20260329T020000\r\n", "DTSTART:20251026T020000\r\n", "DTSTART:20261025T030000\r\n"} {
		if !strings.Contains(raw, want) {
			t.Errorf("no %q in\n%s", want, raw)
		}
	}
	instants, err := e.Instants(z)
	if err != nil || len(instants) != 40 {
		t.Fatalf("%d instants, %v", len(instants), err)
	}
	for _, at := range instants {
		if at.In(z).Hour() != 9 || at.Weekday() != time.Monday {
			t.Errorf("held at %v", at.In(z))
		}
	}
}

func TestWhatHappensWithinATime(t *testing.T) {
	z := zone(t, "America/Argentina/Buenos_Aires")
	events := monthly(z)
	on := func(month time.Month, day int) time.Time { return time.Date(2026, month, day, 0, 0, 0, 0, z) }
	for _, c := range []struct {
		name     string
		from, to time.Time
		want     bool
	}{
		{"the first", on(1, 13), on(1, 14), true},
		{"a day without one", on(1, 14), on(1, 15), false},
		{"the cancelled one", on(5, 12), on(5, 13), false},
		{"where one was before it moved", on(3, 10), on(3, 11), false},
		{"where it moved", on(3, 11), on(3, 12), true},
		{"the last", on(12, 8), on(12, 9), true},
		{"after the end", on(12, 9), time.Time{}, false},
		{"before the beginning", time.Time{}, on(1, 13), false},
		{"any time", time.Time{}, time.Time{}, true},
		{"while it runs", on(1, 13).Add(11 * time.Hour), on(1, 13).Add(11*time.Hour + time.Minute), true},
	} {
		if got, err := ical.Within(events, z, c.from, c.to); err != nil || got != c.want {
			t.Errorf("%s: %v, %v", c.name, got, err)
		}
	}
	instants, err := events[0].Instants(z)
	if err != nil || len(instants) != 11 {
		t.Fatalf("%d, %v", len(instants), err)
	}
	if diff := cmp.Diff(time.Date(2026, 6, 9, 13, 0, 0, 0, time.UTC), instants[4].UTC()); diff != "" {
		t.Error(diff)
	}
}

// A series without an end describes the zone's clocks for years to come, each
// change once.
func TestAZoneForASeriesWithoutEnd(t *testing.T) {
	z := zone(t, "America/New_York")
	e := ical.Event{UID: "w", Stamp: time.Unix(1e9, 0), Start: time.Date(2026, 6, 1, 9, 0, 0, 0, z), Length: time.Hour, Rule: &ical.Rule{Every: 2, Weekday: time.Monday}}
	raw := written(t, ical.Calendar{Zone: z, Events: []ical.Event{e}})
	if n := strings.Count(raw, "RDATE:"); n < 38 || strings.Count(raw, "TZNAME:EDT") != 2 || strings.Count(raw, "RDATE:20271107T020000") != 1 {
		t.Errorf("%d changes of the clocks in\n%s", n, raw)
	}
}
