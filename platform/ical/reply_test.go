package ical_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ronda/platform/ical"
)

const outlook = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nPRODID:Microsoft Exchange Server 2010\r\nVERSION:2.0\r\n" +
	"BEGIN:VTIMEZONE\r\nTZID:Argentina Standard Time\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:-0300\r\nTZOFFSETTO:-0300\r\nEND:STANDARD\r\n" +
	"BEGIN:DAYLIGHT\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:-0300\r\nTZOFFSETTO:-0300\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n" +
	"BEGIN:VEVENT\r\nATTENDEE;PARTSTAT=DECLINED;CN=Ana P\u00e9rez:MAILTO:Ana@Ciudad.test\r\nCOMMENT;LANGUAGE=es-AR:No llego\\, perd\u00f3n\\n\r\n" +
	"UID:ser-1@ciu\r\n dad.test\r\nRECURRENCE-ID;TZID=Argentina Standard Time:20260310T100000\r\nDTSTAMP:20260301T120000Z\r\nSEQUENCE:3\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

func TestAnAnswerIsRead(t *testing.T) {
	got, err := ical.ReadReplies([]byte(outlook), time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	want := []ical.Reply{{UID: "ser-1@ciudad.test", Address: "Ana@Ciudad.test", Answer: ical.Declined, Sequence: 3, Comment: "No llego, perdón",
		Occurrence: time.Date(2026, 3, 10, 13, 0, 0, 0, time.UTC), Stamp: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A guest in Madrid answers with their own wall clock; one who names no zone
// means the city's.
func TestAnAnswerFromAnotherZone(t *testing.T) {
	city := zone(t, "America/Argentina/Buenos_Aires")
	for in, want := range map[string]time.Time{
		";TZID=Europe/Madrid:20260710T150000":    time.Date(2026, 7, 10, 13, 0, 0, 0, time.UTC),
		";TZID=Europe/Madrid:20260110T140000":    time.Date(2026, 1, 10, 13, 0, 0, 0, time.UTC),
		":20260310T100000":                       time.Date(2026, 3, 10, 13, 0, 0, 0, time.UTC),
		";TZID=../../etc/passwd:20260310T100000": time.Date(2026, 3, 10, 13, 0, 0, 0, time.UTC),
		":20260310T130000Z":                      time.Date(2026, 3, 10, 13, 0, 0, 0, time.UTC),
	} {
		raw := strings.Replace(outlook, ";TZID=Argentina Standard Time:20260310T100000", in, 1)
		got, err := ical.ReadReplies([]byte(raw), city)
		if err != nil || !got[0].Occurrence.Equal(want) {
			t.Errorf("%s: %v, %v", in, got, err)
		}
	}
}

func TestWhatIsNoAnswer(t *testing.T) {
	for name, raw := range map[string]string{
		"nothing": "", "an invitation": strings.Replace(outlook, "REPLY", "REQUEST", 1), "a counter-proposal": strings.Replace(outlook, "REPLY", "COUNTER", 1),
		"half": outlook[:len(outlook)/2], "nobody": strings.Replace(outlook, "ATTENDEE", "X-ATTENDEE", 1),
		"two people": strings.Replace(outlook, "UID:", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:b@x.test\r\nUID:", 1),
		"no event":   strings.Replace(outlook, "UID:", "X-UID:", 1), "an unknown word": strings.Replace(outlook, "DECLINED", "DELEGATED", 1),
		"a day that does not exist": strings.Replace(outlook, "20260310T100000", "20260230T100000", 1),
		"a whole day":               strings.Replace(outlook, "20260310T100000", "20260310", 1),
		"a negative sequence":       strings.Replace(outlook, "SEQUENCE:3", "SEQUENCE:-3", 1),
		"a line without an end":     strings.Replace(outlook, "No llego", strings.Repeat("x", 1<<14), 1),
		"a line folded for ever":    strings.Replace(outlook, "No llego", strings.Repeat("x\r\n ", 1<<14), 1),
		"too deep":                  strings.Replace(outlook, "BEGIN:VALARM", strings.Repeat("BEGIN:VALARM\r\n", 5000), 1),
		"too large":                 outlook + strings.Repeat("\r\n", 1<<18),
		"an open parameter":         strings.Replace(outlook, "SEQUENCE:3", `X;A="b:c"`, 1),
	} {
		if got, err := ical.ReadReplies([]byte(raw), time.UTC); err == nil {
			t.Errorf("%s is read as %+v", name, got)
		}
	}
	if _, err := ical.ReadReplies([]byte(strings.Replace(outlook, "REPLY", "COUNTER", 1)), nil); !errors.Is(err, ical.ErrNoReply) {
		t.Errorf("a counter-proposal is told as %v", err)
	}
}

func FuzzReadReplies(f *testing.F) {
	for _, s := range []string{outlook, "BEGIN:VCALENDAR\nX;A=\"b:c\"\nEND:VCALENDAR", "BEGIN:VCALENDAR\r\nBEGIN:\r\n", "\xef\xbb\xbf" + outlook, "X;=", ";;;:"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		replies, err := ical.ReadReplies(raw, time.UTC)
		if err != nil {
			return
		}
		for _, r := range replies {
			if r.UID == "" || r.Answer == "" || r.Sequence < 0 || len([]rune(r.Comment)) > 1000 {
				t.Errorf("%+v of %q", r, raw)
			}
		}
	})
}
