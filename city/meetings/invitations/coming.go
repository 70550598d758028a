package invitations

import (
	"slices"
	"time"

	"ronda/city/meetings"
	"ronda/platform/ical"
)

// unfold gives the meetings of a calendar entry that end after now.
func unfold(o meetings.Occasion, zone *time.Location, now time.Time, origin string) ([]upcoming, error) {
	var out []upcoming
	list := events(o, zone, origin)
	for _, e := range list {
		instants, err := e.Instants(zone)
		if err != nil {
			return nil, err
		}
		for _, at := range instants {
			if at.Add(e.Length).After(now) && !stoodIn(list, e, at) {
				out = append(out, upcoming{at: at, title: e.Summary, href: e.URL, where: e.Location, reply: o.Reply, cancelled: e.Cancelled})
			}
		}
	}
	return out, nil
}

// stoodIn says whether another event stands for that occurrence of e.
func stoodIn(list []ical.Event, e ical.Event, at time.Time) bool {
	return e.Rule != nil && slices.ContainsFunc(list, func(o ical.Event) bool { return o.Occurrence.Equal(at) })
}

// firstOf are the earliest of them.
func firstOf(list []upcoming, limit int) []upcoming {
	slices.SortStableFunc(list, func(a, b upcoming) int { return a.at.Compare(b.at) })
	return list[:min(limit, len(list))]
}
