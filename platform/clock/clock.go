// Package clock is the time of the program, so that a test can say what day it
// is. Times are UTC; a city's own day comes from its zone.
package clock

import (
	"context"
	"time"
)

type key struct{}

// With gives a context whose clock is now.
func With(ctx context.Context, now func() time.Time) context.Context {
	return context.WithValue(ctx, key{}, now)
}

// At gives a context in which it is always t.
func At(ctx context.Context, t time.Time) context.Context {
	return With(ctx, func() time.Time { return t })
}

// Now is the time in ctx, to the microsecond that both databases keep.
func Now(ctx context.Context) time.Time {
	if f, ok := ctx.Value(key{}).(func() time.Time); ok {
		return f().UTC().Truncate(time.Microsecond)
	}
	return time.Now().UTC().Truncate(time.Microsecond)
}

// Day is a calendar day of the city, "2026-03-24". Days compare as strings; the
// empty Day is "no limit".
type Day string

// DayOf is the day of t in the zone.
func DayOf(t time.Time, zone *time.Location) Day { return Day(t.In(zone).Format(time.DateOnly)) }

// ParseDay reads "2006-01-02" and refuses days that do not exist.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return "", err
	}
	return Day(t.Format(time.DateOnly)), nil
}

// Time is the first instant of the day in the zone.
func (d Day) Time(zone *time.Location) time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, string(d), zone)
	return t
}

// Within says whether d lies in the closed-open term [from, to); an empty bound
// is open.
func (d Day) Within(from, to Day) bool { return (from == "" || from <= d) && (to == "" || d < to) }
