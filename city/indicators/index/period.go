package index

import "time"

// Period is [From, To).
type Period struct{ From, To time.Time }

// Year is a calendar year in a zone.
func Year(year int, zone *time.Location) Period { return months(year, time.January, 12, zone) }

// Quarter is a quarter of a year, from 1, in a zone.
func Quarter(year, quarter int, zone *time.Location) Period {
	return months(year, time.Month(3*quarter-2), 3, zone)
}

func months(year int, first time.Month, n int, zone *time.Location) Period {
	return Period{time.Date(year, first, 1, 0, 0, 0, 0, zone), time.Date(year, first+time.Month(n), 1, 0, 0, 0, 0, zone)}
}

// Holds says whether t lies in the period.
func (p Period) Holds(t time.Time) bool { return !t.Before(p.From) && t.Before(p.To) }

// last is the last instant of the period: what is stored has microseconds.
func (p Period) last() time.Time { return p.To.Add(-time.Microsecond) }

// Span is how long something stood, [From, To); a zero From is since ever, a zero
// To until further notice.
type Span struct{ From, To time.Time }

// At says whether it stood at t.
func (s Span) At(t time.Time) bool { return !s.From.After(t) && (s.To.IsZero() || s.To.After(t)) }

// Touches says whether it stood at some instant of the period. What began and
// ended at once never stood.
func (s Span) Touches(p Period) bool {
	return s.From.Before(p.To) && (s.To.IsZero() || s.To.After(p.From) && s.To.After(s.From))
}
