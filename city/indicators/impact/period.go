package impact

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"ronda/platform/clock"
)

// Frequency is how often an indicator is measured.
type Frequency string

// The frequencies.
const (
	Monthly   Frequency = "month"
	Quarterly Frequency = "quarter"
	HalfYear  Frequency = "half"
	Yearly    Frequency = "year"
)

// Frequencies lists them, the most frequent first.
var Frequencies = []Frequency{Monthly, Quarterly, HalfYear, Yearly}

// months is how long a period is, 0 for an unknown frequency.
func (f Frequency) months() int {
	return map[Frequency]int{Monthly: 1, Quarterly: 3, HalfYear: 6, Yearly: 12}[f]
}

// Period is a stretch of the calendar: "2026-03", "2026-Q1", "2026-S1", "2026".
type Period struct {
	Every Frequency
	Year  int
	No    int // month, quarter or half, from 1; 1 for a year
}

// ParsePeriod reads the code of a period; ok is false for what is none.
func ParsePeriod(code string) (p Period, ok bool) {
	year, rest, more := strings.Cut(code, "-")
	p.Year, _ = strconv.Atoi(year)
	p.Every, p.No = Yearly, 1
	if more {
		p.Every = Monthly
		for sign, every := range map[string]Frequency{"Q": Quarterly, "S": HalfYear} {
			if no, is := strings.CutPrefix(rest, sign); is {
				p.Every, rest = every, no
			}
		}
		p.No, _ = strconv.Atoi(rest)
	}
	return p, p.Code() == code && p.Year >= 1990 && p.Year <= 2200 && p.No >= 1 && p.No <= 12/p.Every.months()
}

// Code names the period; the codes of one frequency sort as the periods do.
func (p Period) Code() string {
	switch p.Every {
	case Monthly:
		return fmt.Sprintf("%04d-%02d", p.Year, p.No)
	case Quarterly:
		return fmt.Sprintf("%04d-Q%d", p.Year, p.No)
	case HalfYear:
		return fmt.Sprintf("%04d-S%d", p.Year, p.No)
	}
	return fmt.Sprintf("%04d", p.Year)
}

// PeriodOf is the period of that frequency that holds the day.
func PeriodOf(every Frequency, day clock.Day) Period {
	t := day.Time(time.UTC)
	return Period{every, t.Year(), (int(t.Month())-1)/max(every.months(), 1) + 1}
}

// First is its first day.
func (p Period) First() clock.Day {
	return clock.DayOf(time.Date(p.Year, time.Month((p.No-1)*p.Every.months()+1), 1, 0, 0, 0, 0, time.UTC), time.UTC)
}

// End is the first day after it.
func (p Period) End() clock.Day { return p.Next().First() }

// Next is the period after it.
func (p Period) Next() Period {
	if p.No*p.Every.months() >= 12 {
		return Period{p.Every, p.Year + 1, 1}
	}
	return Period{p.Every, p.Year, p.No + 1}
}

// Over says whether the period has ended on the day.
func (p Period) Over(today clock.Day) bool { return p.End() <= today }

// Due is the last day on which a measurement of the period is in time.
func (p Period) Due(grace int) clock.Day { return plusDays(p.End(), grace-1) }

// plusDays is the day n days later.
func plusDays(d clock.Day, n int) clock.Day {
	return clock.DayOf(d.Time(time.UTC).AddDate(0, 0, n), time.UTC)
}
