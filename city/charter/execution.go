package charter

import (
	"slices"
	"time"

	"ronda/platform/clock"
)

// Execution is what an adopted initiative is carried out under: the days on which
// the city works, the words its budget is sorted by, who alone may do what, and
// when something counts as late.
type Execution struct {
	Week         [7]bool   // whether the city works, by time.Weekday
	Holidays     []Holiday // in the order of days
	Functions    List[Function]
	Sources      List[FundingSource]
	Routes       List[Route]
	Competences  List[Competence]
	Light        LightRule
	ReportEvery  int // calendar days after which the next report of progress is due
	MeasureGrace int // calendar days after a period's end from which a measurement is late
}

// Holiday is a day on which the city does not work, and why.
type Holiday struct {
	Day  clock.Day
	Name Name
}

// Function is what a budget line is for, e.g. education.
type Function struct{ Entry }

// FundingSource is where the money of a budget line comes from.
type FundingSource struct{ Entry }

// Route is a way of contracting, e.g. a public tender.
type Route struct{ Entry }

// Competence is a matter in which only some bodies may act.
type Competence struct {
	Entry
	Bodies []string // codes of the bodies that have it
}

// LightRule says from when an initiative in execution shows amber and red. Late is
// in calendar days of the end of the plan against its baseline, Gap in percentage
// points of the money spent above the work done. Either suffices.
type LightRule struct {
	LateAmber, LateRed int
	GapAmber, GapRed   int
}

// Holiday is the holiday of a day, ok false on all others.
func (e Execution) Holiday(day clock.Day) (Holiday, bool) {
	n, ok := slices.BinarySearchFunc(e.Holidays, day, func(h Holiday, d clock.Day) int { return compareDays(h.Day, d) })
	if !ok {
		return Holiday{}, false
	}
	return e.Holidays[n], true
}

// Works says whether the city works on the day.
func (e Execution) Works(day clock.Day) bool {
	_, holiday := e.Holiday(day)
	return !holiday && e.Week[day.Time(time.UTC).Weekday()]
}

// CompetencesOf lists the matters in which the body may act while most others may
// not.
func (c *Charter) CompetencesOf(body string) []Competence {
	return slices.DeleteFunc(c.Execution.Competences.All(), func(k Competence) bool { return !c.Competent(k, body) })
}

// Competent says whether the body may act in the matter: it is one of those that
// have it, or stands below one.
func (c *Charter) Competent(k Competence, body string) bool {
	return slices.ContainsFunc(k.Bodies, func(b string) bool { return c.Within(body, b) })
}

func compareDays(a, b clock.Day) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
