package msproject

import (
	"strconv"
	"unicode/utf8"

	"ronda/method/plan"
)

// task is what a task says, its place in the outline apart.
func (f *writer) task(i int) taskElement {
	t, d := &f.p.Tasks[i], &f.s.Tasks[i]
	x := taskElement{
		UID: strconv.Itoa(f.uid[i]), Name: cut(t.Name), Type: "1", IsNull: "0", Contact: cut(t.Contact), Notes: t.Notes,
		Duration: duration(d.Duration), DurationFormat: dayFormat, Estimated: "0",
		Milestone: bit(d.Milestone), Summary: bit(d.Summary), Critical: bit(d.Critical),
		FreeSlack: lag(d.Free), TotalSlack: lag(d.Slack), CalendarUID: "-1", Deadline: at(t.Deadline, evening),
		ConstraintType: "0",
	}
	x.Start, x.Finish = f.span(i, d.Start, d.Finish)
	x.EarlyStart, x.EarlyFinish = x.Start, x.Finish
	x.LateStart, x.LateFinish = f.span(i, d.LateStart, d.LateFinish)
	f.constrain(&x, t)
	if !d.Summary {
		x.Duration = duration(t.Duration)
		f.progress(&x, t)
	}
	if base := t.Baseline; base.Start != plan.NoDay {
		start, finish := f.span(i, base.Start, base.Finish)
		x.Baselines = []baselineElement{{"0", start, finish, duration(f.p.Calendar.Between(base.Start, base.Finish)), dayFormat}}
	}
	if strconv.Itoa(f.uid[i]) != t.ID {
		x.Extended = []extendedElement{{idField, t.ID}}
	}
	for _, k := range f.from[t.ID] {
		x.Links = append(x.Links, f.link(&f.p.Links[k]))
	}
	return x
}

// span writes the days of a task from the morning of the first to the evening
// of the last; a milestone is one moment.
func (f *writer) span(i int, start, finish plan.Day) (from, to string) {
	switch d := &f.s.Tasks[i]; {
	case d.Milestone && d.Morning:
		return at(start, morning), at(start, morning)
	case d.Milestone:
		return at(finish, evening), at(finish, evening)
	}
	return at(start, morning), at(finish, evening)
}

func (f *writer) constrain(x *taskElement, t *plan.Task) {
	for number, c := range constraints {
		if c != t.Constraint || c == plan.SoonAsPossible {
			continue
		}
		hour := evening
		if c == plan.StartNotBefore || c == plan.StartBy || c == plan.MustStart {
			hour = morning
		}
		x.ConstraintType, x.ConstraintDate = strconv.Itoa(number), at(t.On, hour)
	}
}

// progress writes what was done, with the durations that follow from it.
func (f *writer) progress(x *taskElement, t *plan.Task) {
	x.PercentComplete = strconv.Itoa(t.Done)
	x.ActualStart, x.ActualFinish = at(t.ActualStart, morning), at(t.ActualFinish, evening)
	if t.Duration > 0 && t.Done > 0 {
		minutes := t.Duration * minutesOfDay
		done := minutes * t.Done / 100
		x.ActualDuration, x.RemainingDuration = clock(done), clock(minutes-done)
	}
}

func (f *writer) link(l *plan.Link) linkElement {
	kind := 0
	for number, k := range kinds {
		if k == l.Kind {
			kind = number
		}
	}
	return linkElement{
		PredecessorUID: strconv.Itoa(f.uid[f.at[l.From]]), Type: strconv.Itoa(kind), CrossProject: "0",
		LinkLag: lag(l.Lag), LagFormat: dayFormat,
	}
}

// writeCalendar writes the week and the exceptions, with eight hours for the
// days that are worked.
func writeCalendar(c *plan.Calendar) calendarElement {
	hours := []workingTimeElement{{"08:00:00", "12:00:00"}, {"13:00:00", "17:00:00"}}
	x := calendarElement{UID: "1", Name: "Standard", IsBase: "1", BaseUID: "-1"}
	for day, works := range c.Week() {
		week := weekDayElement{DayType: strconv.Itoa(day + 1), DayWorking: bit(works)}
		if works {
			week.WorkingTimes = hours
		}
		x.WeekDays = append(x.WeekDays, week)
	}
	for _, e := range c.Exceptions() {
		exception := exceptionElement{
			ByOccurrences: "0", TimePeriod: &periodElement{at(e.From, "T00:00:00"), at(e.To, "T23:59:00")},
			Occurrences: strconv.Itoa(int(e.To-e.From) + 1), Name: cut(e.Name), Type: "1", DayWorking: bit(e.Working),
		}
		if e.Working {
			exception.WorkingTimes = hours
		}
		x.Exceptions = append(x.Exceptions, exception)
	}
	return x
}

// at writes a day with an hour, "" for no day.
func at(day plan.Day, hour string) string {
	if day == plan.NoDay {
		return ""
	}
	return day.String() + hour
}

// duration writes working days, clock minutes, lag tenths of a minute.
func duration(days int) string { return clock(days * minutesOfDay) }

func clock(minutes int) string {
	return "PT" + strconv.Itoa(minutes/60) + "H" + strconv.Itoa(minutes%60) + "M0S"
}

func lag(days int) string { return strconv.Itoa(days * minutesOfDay * tenths) }

func bit(yes bool) string {
	if yes {
		return "1"
	}
	return "0"
}

// cut shortens a name to what the schema allows.
func cut(name string) string {
	if utf8.RuneCountInString(name) <= maxName {
		return name
	}
	return string([]rune(name)[:maxName])
}
