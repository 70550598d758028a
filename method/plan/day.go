package plan

import (
	"fmt"
	"time"
)

// Day is a calendar day without a clock or a zone. Days compare and subtract
// as numbers; the zero Day is no day.
type Day int32

// The days that a plan may name are those that Microsoft Project can, so that
// whatever is planned here can be read there.
const (
	NoDay Day = 0
	First Day = 30681 // 1984-01-01
	Last  Day = 91311 // 2149-12-31
)

// unixOfDayZero is the day before 1 January 1900, a Monday, in days since 1970.
const unixOfDayZero = -25568

const secondsOfDay = 24 * 60 * 60

// DayOf is the day of t in its own zone.
func DayOf(t time.Time) Day {
	year, month, day := t.Date()
	return Date(year, month, day)
}

// Date is the day of a year, month and day of the month.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/secondsOfDay - unixOfDayZero)
}

// ParseDay reads "2026-03-24". An empty text is NoDay; a day that does not
// exist or lies outside First to Last is an error.
func ParseDay(text string) (Day, error) {
	if text == "" {
		return NoDay, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return NoDay, fmt.Errorf("%.20q is no day", text)
	}
	if day := DayOf(t); day.Within() {
		return day, nil
	}
	return NoDay, fmt.Errorf("the day %s is not between %s and %s", text, First, Last)
}

// Within says whether a plan may name the day.
func (d Day) Within() bool { return First <= d && d <= Last }

// Time is midnight UTC of the day.
func (d Day) Time() time.Time {
	return time.Unix((int64(d)+unixOfDayZero)*secondsOfDay, 0).UTC()
}

// Weekday is the day of the week.
func (d Day) Weekday() time.Weekday { return time.Weekday(((d % 7) + 7) % 7) }

// String is "2026-03-24", and "" for NoDay.
func (d Day) String() string {
	if d == NoDay {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText writes the day as String does.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Day) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDay(string(text))
	return err
}
