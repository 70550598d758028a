package invitations

import (
	"strings"
	"time"

	"ronda/city/meetings"
	"ronda/platform/ical"
)

// place is where a meeting is, in one line.
func place(where, link string) string {
	if where == "" {
		return link
	}
	if link == "" {
		return where
	}
	return where + " · " + link
}

// single is a meeting, or an occurrence of a series, as an event.
func single(x meetings.Meeting, origin string) ical.Event {
	return ical.Event{UID: x.UID, Sequence: x.Sequence, Stamp: x.Changed, Start: x.Starts, Length: time.Duration(x.Length) * time.Minute,
		Summary: x.Title, Description: describe(x.Purpose, x.Link), Location: place(x.Place, x.Link), URL: origin + "/reuniones/" + x.Number,
		Private: x.Private, Cancelled: x.State == meetings.Cancelled, Occurrence: x.Occurrence}
}

// whole is a series with what differs from its rule: the series first. An
// occurrence that is off is an exception, one that was changed an event of its
// own.
func whole(s meetings.Series, apart []meetings.Meeting, zone *time.Location, origin string) []ical.Event {
	e := ical.Event{UID: s.UID, Sequence: s.Sequence, Stamp: s.Changed, Start: s.First, Length: time.Duration(s.Length) * time.Minute,
		Summary: s.Title, Description: describe(s.Purpose, s.Link), Location: place(s.Place, s.Link), URL: origin + "/series/" + s.Number,
		Private: s.Private, Rule: rule(s.Rule, zone)}
	out := []ical.Event{e}
	for _, x := range apart {
		if x.Changed.After(out[0].Stamp) {
			out[0].Stamp = x.Changed
		}
		if x.State == meetings.Cancelled {
			out[0].Except = append(out[0].Except, x.Occurrence)
			continue
		}
		o := single(x, origin)
		o.Sequence = max(o.Sequence, s.Sequence)
		out = append(out, o)
	}
	return out
}

// rule is how a series repeats in a calendar. Its last day counts whole.
func rule(r meetings.Rule, zone *time.Location) *ical.Rule {
	out := &ical.Rule{Monthly: r.Unit == meetings.EveryMonth, Every: r.Every, Weekday: r.Weekday, Nth: r.Nth, Count: r.Count}
	if r.Until != "" {
		out.Until = r.Until.Time(zone).AddDate(0, 0, 1).Add(-time.Second)
	}
	return out
}

func describe(purpose, link string) string { return strings.TrimSpace(purpose + "\n\n" + link) }

// events are an entry of a person's calendar.
func events(o meetings.Occasion, zone *time.Location, origin string) []ical.Event {
	if o.Series != nil {
		return whole(*o.Series, o.Apart, zone, origin)
	}
	return []ical.Event{single(*o.Meeting, origin)}
}
