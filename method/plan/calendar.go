package plan

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"time"
)

// Week says which days of the week are worked, Sunday first as in time.Weekday.
type Week [7]bool

// WorkingWeek is Monday to Friday.
func WorkingWeek() Week { return Week{false, true, true, true, true, true, false} }

// Exception says of a run of days that they are worked or not, whatever the
// week says: a holiday, a bridge day, a Saturday made up for.
type Exception struct {
	From, To Day // both included
	Working  bool
	Name     string
}

// Calendar counts working days from First to Last. It does not change after
// NewCalendar and may be shared.
type Calendar struct {
	week       Week
	exceptions []Exception
	before     []int32 // working days before First+i
	days       []Day   // the working days, in order
}

// NewCalendar makes the calendar of a week and its exceptions, of which a later
// one wins. It fails when an exception is outside First to Last or ends before
// it begins, or when there is nothing but free days.
func NewCalendar(week Week, exceptions []Exception) (*Calendar, error) {
	working := make([]bool, int(Last-First)+1)
	weekday := First.Weekday()
	for i := range working {
		working[i] = week[weekday]
		if weekday++; weekday > time.Saturday {
			weekday = time.Sunday
		}
	}
	for _, e := range exceptions {
		if !e.From.Within() || !e.To.Within() || e.To < e.From {
			return nil, fmt.Errorf("exception %.40q: %s to %s is no run of days between %s and %s", e.Name, e.From, e.To, First, Last)
		}
		for day := e.From; day <= e.To; day++ {
			working[day-First] = e.Working
		}
	}
	c := &Calendar{week: week, exceptions: slices.Clone(exceptions)}
	if c.count(working); len(c.days) == 0 {
		return nil, errors.New("the calendar has no working day")
	}
	return c, nil
}

// count numbers the working days.
func (c *Calendar) count(working []bool) {
	c.before, c.days = make([]int32, len(working)+1), make([]Day, 0, len(working))
	for i, works := range working {
		c.before[i] = int32(len(c.days))
		if works {
			c.days = append(c.days, First+Day(i))
		}
	}
	c.before[len(working)] = int32(len(c.days))
}

// Week is the week of the calendar.
func (c *Calendar) Week() Week { return c.week }

// Exceptions are the exceptions as given.
func (c *Calendar) Exceptions() []Exception { return slices.Clone(c.exceptions) }

// Works says whether a day is worked.
func (c *Calendar) Works(day Day) bool {
	return day.Within() && c.before[day-First+1] > c.before[day-First]
}

// Between is the number of working days from one day to another, both
// included; 0 when the second is before the first.
func (c *Calendar) Between(from, to Day) int { return max(0, c.evening(to)-c.morning(from)) }

// Add is the day n working days after (or, if negative, before) a day, no
// farther than the ends of the calendar: Add(d, 0) is d or the next working day.
func (c *Calendar) Add(day Day, n int) Day { return c.startDay(c.morning(day) + n) }

// morning is the moment at which a day begins, in working days since First.
func (c *Calendar) morning(day Day) int { return int(c.before[min(max(day, First), Last+1)-First]) }

// evening is the moment at which a day ends.
func (c *Calendar) evening(day Day) int { return c.morning(day + 1) }

// startDay is the day that begins at a moment.
func (c *Calendar) startDay(moment int) Day { return c.days[min(max(moment, 0), len(c.days)-1)] }

// finishDay is the day that ends at a moment.
func (c *Calendar) finishDay(moment int) Day { return c.startDay(moment - 1) }

// freeRuns calls fn with each run of days between from and to that are not
// worked.
func (c *Calendar) freeRuns(from, to Day, fn func(first, last Day)) {
	next := sort.Search(len(c.days), func(i int) bool { return c.days[i] >= from })
	for day := from; day <= to; next++ {
		until := to + 1
		if next < len(c.days) {
			until = min(until, c.days[next])
		}
		if until > day {
			fn(day, until-1)
		}
		day = until + 1
	}
}
