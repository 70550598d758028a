package msproject

import (
	"strconv"
	"strings"
	"time"

	"ronda/method/plan"
)

// maxBases bounds how many calendars may lean on each other.
const maxBases = 8

// makeCalendar returns the project's calendar: the one it names, or its first;
// Monday to Friday when it has none.
func (f *file) makeCalendar() (*plan.Calendar, error) {
	if len(f.calendars) == 0 {
		return plan.NewCalendar(plan.WorkingWeek(), nil)
	}
	chosen := &f.calendars[0]
	if named := f.calendarOf(f.calendar); named != nil {
		chosen = named
	}
	if len(f.calendars) > 1 {
		f.note(SeveralCalendar, "", strconv.Itoa(len(f.calendars)-1))
	}
	var chain []*calendarElement // the calendar, then what it leans on
	for at := chosen; at != nil && len(chain) < maxBases; at = f.calendarOf(at.BaseUID) {
		chain = append(chain, at)
		if parseBool(at.IsBase) {
			break
		}
	}
	week := plan.WorkingWeek()
	var exceptions []plan.Exception
	for i := len(chain) - 1; i >= 0; i-- {
		own, err := f.readCalendar(chain[i], &week)
		if err != nil {
			return nil, err
		}
		exceptions = append(exceptions, own...)
	}
	c, err := plan.NewCalendar(week, exceptions)
	if err != nil {
		return nil, &Error{Element: "Calendar", Value: chosen.Name, Err: err}
	}
	return c, nil
}

func (f *file) calendarOf(uid string) *calendarElement {
	uid = strings.TrimSpace(uid)
	for i := range f.calendars {
		if uid != "" && strings.TrimSpace(f.calendars[i].UID) == uid {
			return &f.calendars[i]
		}
	}
	return nil
}

// readCalendar reads a calendar's week into another and returns its exceptions.
// Those that stand among the days of the week are of older programs, which
// newer ones repeat as exceptions.
func (f *file) readCalendar(c *calendarElement, week *plan.Week) ([]plan.Exception, error) {
	if len(c.WorkWeeks) > 0 {
		f.note(WorkWeeks, "", c.Name)
	}
	var found []plan.Exception
	for _, e := range c.Exceptions {
		days, err := f.exception(c, &e)
		if err != nil {
			return nil, err
		}
		if found = append(found, days...); len(found) > maxExceptions {
			return nil, &Error{Element: "Exceptions", Value: c.Name, Err: ErrBomb}
		}
	}
	var older []plan.Exception
	for _, day := range c.WeekDays {
		number, err := parseNumber(day.DayType, -1)
		if err != nil || number < 0 || number > 7 {
			return nil, &Error{Element: "DayType", Value: day.DayType, Err: errValue}
		}
		if number > 0 {
			week[number-1] = parseBool(day.DayWorking)
			continue
		}
		e, err := period(c, day.TimePeriod)
		if err != nil {
			return nil, err
		}
		e.Working = parseBool(day.DayWorking)
		if !repeated(found, e) {
			older = append(older, e)
		}
	}
	return append(older, found...), nil
}

// repeated says whether an exception is there already, with a name or not.
func repeated(exceptions []plan.Exception, e plan.Exception) bool {
	for _, other := range exceptions {
		if other.From == e.From && other.To == e.To && other.Working == e.Working {
			return true
		}
	}
	return false
}

// period reads a run of days.
func period(c *calendarElement, p *periodElement) (e plan.Exception, err error) {
	if p == nil {
		return e, &Error{Element: "TimePeriod", Value: c.Name, Err: errValue}
	}
	if e.From, err = parseDay(p.FromDate); err != nil || e.From == plan.NoDay {
		return e, &Error{Element: "FromDate", Value: p.FromDate, Err: err}
	}
	if e.To, err = parseDay(p.ToDate); err != nil || e.To < e.From {
		return e, &Error{Element: "ToDate", Value: p.ToDate, Err: err}
	}
	return e, nil
}

// The exceptions that are known here.
const (
	daily  = 1
	yearly = 2 // on a day of a month
)

// exception reads an exception, which may come back every year.
func (f *file) exception(c *calendarElement, x *exceptionElement) ([]plan.Exception, error) {
	kind, err := parseNumber(x.Type, daily)
	if err != nil {
		return nil, &Error{Element: "Exception Type", Value: x.Type, Err: err}
	}
	e, err := period(c, x.TimePeriod)
	if err != nil {
		return nil, err
	}
	e.Name = x.Name
	e.Working = parseBool(x.DayWorking) || x.DayWorking == "" && len(x.WorkingTimes) > 0
	switch kind {
	case daily:
		return []plan.Exception{e}, nil
	case yearly:
		return x.everyYear(e), nil
	}
	f.note(OtherException, "", x.Name)
	return nil, nil
}

// everyYear is the exception on its day of each year it is good for.
func (x *exceptionElement) everyYear(e plan.Exception) []plan.Exception {
	month, _ := parseNumber(x.Month, int(e.From.Time().Month())-1)
	day, _ := parseNumber(x.MonthDay, e.From.Time().Day())
	times, err := parseNumber(x.Occurrences, 0)
	if err != nil || times <= 0 || !parseBool(x.ByOccurrences) && e.To > e.From {
		times = maxExceptions
	}
	if parseBool(x.ByOccurrences) {
		e.To = plan.Last
	}
	var days []plan.Exception
	for year := e.From.Time().Year(); len(days) < times && year <= e.To.Time().Year(); year++ {
		on := plan.Date(year, time.Month(min(max(month, 0), 11)+1), min(max(day, 1), 31))
		if on.Time().Day() == day && e.From <= on && on <= e.To {
			days = append(days, plan.Exception{From: on, To: on, Working: e.Working, Name: e.Name})
		}
	}
	return days
}
