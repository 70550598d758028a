package demo

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/i18n"
)

// calendar turns days counted from today into days and hours of the city. So the
// story ends yesterday whenever it is told, but for the meeting that runs.
type calendar struct {
	today time.Time // midnight in the city's zone
	now   time.Time // when the story is told
}

func newCalendar(now time.Time, zone *time.Location) calendar {
	return calendar{clock.DayOf(now, zone).Time(zone), now}
}

// on is the n-th day from today.
func (c calendar) on(n int) time.Time { return c.today.AddDate(0, 0, n) }

// day is the n-th day from today, as a day.
func (c calendar) day(n int) clock.Day { return clock.DayOf(c.on(n), c.today.Location()) }

// work is the n-th day from today, or the Friday before it: offices are closed
// on weekends.
func (c calendar) work(n int) time.Time {
	t := c.on(n)
	switch t.Weekday() {
	case time.Saturday:
		return t.AddDate(0, 0, -1)
	case time.Sunday:
		return t.AddDate(0, 0, -2)
	}
	return t
}

// The hours of an office.
const (
	opens   = 9*time.Hour + 10*time.Minute
	perAct  = 37 * time.Minute
	perFile = 7 * time.Minute // so that two files do not share their minutes
	oneDay  = 13              // acts of a file that fit in a day
)

// hour is when the n-th act of a file falls on a working day.
func (c calendar) hour(day time.Time, file, n int) time.Time {
	return day.Add(opens + time.Duration(n%oneDay)*perAct + time.Duration(file%5)*perFile)
}

var gap = regexp.MustCompile(`\{(year)?([+-]\d+)\}`)

// fill writes days into a text: {+40} becomes "2 de enero de 2027", with the year
// only when it is another than this one, and {year-200} the year of that day.
func (c calendar) fill(text string) string {
	return gap.ReplaceAllStringFunc(text, func(found string) string {
		m := gap.FindStringSubmatch(found)
		n, _ := strconv.Atoi(m[2])
		if m[1] != "" {
			return strconv.Itoa(c.work(n).Year())
		}
		return strings.TrimSuffix(i18n.Date(context.Background(), c.work(n)), " de "+strconv.Itoa(c.today.Year()))
	})
}
