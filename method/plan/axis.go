package plan

import "time"

// Zoom says how much time a chart shows at once.
type Zoom uint8

// The zooms, from the nearest.
const (
	Days Zoom = iota
	Weeks
	Months
	Quarters
)

// maxMarks bounds the marks in a row of the axis.
const maxMarks = 2000

// Unit is a length of time that an axis is marked by.
type Unit uint8

// The units.
const (
	DayUnit Unit = iota
	WeekUnit
	MonthUnit
	QuarterUnit
	YearUnit
)

// Tick is a mark of the axis: the unit that begins on Day, as far as it is
// shown. What it is called is for the view to say.
type Tick struct {
	X, W float64
	Unit Unit
	Day  Day // the first day of the unit, which may lie before the chart
}

var zooms = [...]struct {
	major, minor Unit
	days         int     // in a minor unit, about
	width        float64 // of a day
}{
	Days:     {MonthUnit, DayUnit, 1, 28},
	Weeks:    {MonthUnit, WeekUnit, 7, 11},
	Months:   {YearUnit, MonthUnit, 30, 4},
	Quarters: {YearUnit, QuarterUnit, 91, 1.5},
}

func (z Zoom) major() Unit    { return zooms[z].major }
func (z Zoom) minor() Unit    { return zooms[z].minor }
func (z Zoom) days() int      { return zooms[z].days }
func (z Zoom) width() float64 { return zooms[z].width }

// Width is that of a day, in the units of the drawing.
func (z Zoom) Width() float64 { return z.width() }

// Margin is up to how many days a chart shows beside those of a plan: what is left
// of the marks in which the plan begins and ends.
func (z Zoom) Margin() int { return 2 * (z.days() + 1) }

// floor is the first day of the unit that a day lies in. Weeks begin on Monday.
func (u Unit) floor(day Day) Day {
	switch u {
	case DayUnit:
		return day
	case WeekUnit:
		return day - (day-1)%7
	}
	year, month, _ := day.Time().Date()
	switch u {
	case QuarterUnit:
		month -= (month - 1) % 3
	case YearUnit:
		month = time.January
	}
	return Date(year, month, 1)
}

// next is the first day of the unit after that of a day.
func (u Unit) next(day Day) Day {
	switch u {
	case DayUnit:
		return day + 1
	case WeekUnit:
		return u.floor(day) + 7
	}
	year, month, _ := u.floor(day).Time().Date()
	return Date(year, month+u.months(), 1)
}

// months is the length of a unit of months.
func (u Unit) months() time.Month {
	switch u {
	case QuarterUnit:
		return 3
	case YearUnit:
		return 12
	}
	return 1
}

// ticks are the marks of a unit over the days shown.
func (g *Gantt) ticks(u Unit) []Tick {
	var ticks []Tick
	for day := u.floor(g.From); day <= g.To; {
		next := u.next(day)
		part := g.stretch(day, next-1)
		ticks = append(ticks, Tick{X: part.X, W: part.W, Unit: u, Day: day})
		day = next
	}
	return ticks
}
