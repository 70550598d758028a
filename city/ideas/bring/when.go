package bring

import (
	"cmp"
	"strconv"
	"strings"
	"time"
)

// withZone are the ways to write a moment that say their zone.
var withZone = []string{time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 UTC", "2006-01-02T15:04:05-0700", "Mon Jan 02 2006 15:04:05 GMT-0700"}

// without are those that leave the zone to be known. The day comes before the
// month: no program we read from writes it the other way.
var without = []string{"2/1/2006 15:04:05", "2/1/2006 15:04", "2/1/2006 15", "2/1/2006", "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006-01-02", "2-1-2006 15:04", "2-1-2006"}

// when reads a day or a moment as other programs write them; zone is that of
// times that do not say it, nil for UTC. ok is false for what is none and for
// years in which nobody had such a program.
func when(text string, zone *time.Location) (at time.Time, ok bool) {
	text = strings.TrimSpace(text)
	if name := strings.Index(text, " ("); name > 0 { // of the zone
		text = text[:name]
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return sane(stamp(n))
	}
	for _, layout := range withZone {
		if at, err := time.Parse(layout, text); err == nil {
			return sane(at)
		}
	}
	for _, layout := range without {
		if at, err := time.ParseInLocation(layout, text, cmp.Or(zone, time.UTC)); err == nil {
			return sane(at)
		}
	}
	return time.Time{}, false
}

// stamp is a count of seconds or milliseconds since 1970.
func stamp(n int64) time.Time {
	if n > 1e11 {
		return time.UnixMilli(n)
	}
	return time.Unix(n, 0)
}

func sane(at time.Time) (time.Time, bool) {
	if at.Year() < 1995 || at.Year() > 2100 {
		return time.Time{}, false
	}
	return at.UTC(), true
}
