package msproject

import (
	"fmt"
	"strings"

	"ronda/method/plan"
)

// bad is the error of one value of a task.
func (x *taskElement) bad(element, value string, err error) error {
	return &Error{UID: strings.TrimSpace(x.UID), Name: x.Name, Element: element, Value: value, Err: err}
}

// task reads what a task says of itself, links apart.
func (a *assembly) task(t *plan.Task, x *taskElement, summary bool) error {
	if err := a.dates(t, x); err != nil {
		return err
	}
	if err := a.constraint(t, x, summary); err != nil {
		return err
	}
	if own, err := parseNumber(x.CalendarUID, -1); err == nil && own >= 0 && strings.TrimSpace(x.CalendarUID) != strings.TrimSpace(a.calendar) {
		a.note(OwnCalendar, t.ID, x.CalendarUID)
	}
	if summary {
		t.ActualStart, t.ActualFinish = plan.NoDay, plan.NoDay
		return nil
	}
	done, err := parseNumber(x.PercentComplete, 0)
	if err != nil || done < 0 || done > 100 {
		return x.bad("PercentComplete", x.PercentComplete, errValue)
	}
	t.Done = done
	return a.duration(t, x)
}

// dates reads the days of a task.
func (a *assembly) dates(t *plan.Task, x *taskElement) error {
	var base baselineElement
	for _, b := range x.Baselines {
		if strings.TrimSpace(b.Number) == "0" || b.Number == "" {
			base = b
		} else {
			a.note(OtherBaseline, t.ID, b.Number)
		}
	}
	for _, field := range []struct {
		name, value string
		into        *plan.Day
	}{
		{"Deadline", x.Deadline, &t.Deadline},
		{"ActualStart", x.ActualStart, &t.ActualStart},
		{"ActualFinish", x.ActualFinish, &t.ActualFinish},
		{"ConstraintDate", x.ConstraintDate, &t.On},
		{"Baseline Start", base.Start, &t.Baseline.Start},
		{"Baseline Finish", base.Finish, &t.Baseline.Finish},
	} {
		day, err := parseDay(field.value)
		if err != nil {
			return x.bad(field.name, field.value, err)
		}
		*field.into = day
	}
	return nil
}

// constraint reads what binds a task to a day.
func (a *assembly) constraint(t *plan.Task, x *taskElement, summary bool) error {
	kind, err := parseNumber(x.ConstraintType, 0)
	if err != nil || kind < 0 || kind >= len(constraints) {
		return x.bad("ConstraintType", x.ConstraintType, errValue)
	}
	t.Constraint = constraints[kind]
	if kind == 1 {
		a.note(AsLate, t.ID, "")
	}
	if t.Constraint == plan.SoonAsPossible {
		t.On = plan.NoDay
		if parseBool(x.Manual) && !summary {
			return a.manual(t, x)
		}
		return nil
	}
	if t.On == plan.NoDay {
		return x.bad("ConstraintDate", x.ConstraintDate, errValue)
	}
	if summary && t.Constraint != plan.StartNotBefore && t.Constraint != plan.FinishBy {
		a.note(SummaryDate, t.ID, t.Constraint.String())
		t.Constraint, t.On = plan.SoonAsPossible, plan.NoDay
	}
	return nil
}

// manual keeps a task planned by hand where it was put.
func (a *assembly) manual(t *plan.Task, x *taskElement) error {
	day, err := parseDay(x.Start)
	if err != nil {
		return x.bad("Start", x.Start, err)
	}
	if day != plan.NoDay {
		t.Constraint, t.On = plan.MustStart, day
		a.note(ByHand, t.ID, day.String())
	}
	return nil
}

// duration reads how many working days a task takes, parts of days rounded up.
func (a *assembly) duration(t *plan.Task, x *taskElement) error {
	format, err := parseNumber(x.DurationFormat, 0)
	if err != nil {
		return x.bad("DurationFormat", x.DurationFormat, err)
	}
	minutes := 0
	if x.Duration != "" {
		if minutes, err = parseMinutes(x.Duration); err != nil {
			return x.bad("Duration", x.Duration, err)
		}
	}
	t.Duration = (minutes + a.minutes - 1) / a.minutes
	start, errStart := parseDay(x.Start)
	finish, errFinish := parseDay(x.Finish)
	switch {
	case elapsed(format) && minutes > 0 && errStart == nil && errFinish == nil && start != plan.NoDay && finish >= start:
		t.Duration = max(1, a.p.Calendar.Between(start, finish))
		a.note(Elapsed, t.ID, x.Duration)
	case minutes%a.minutes != 0:
		a.note(PartOfDay, t.ID, x.Duration)
	}
	if t.Duration > plan.MaxDuration {
		return x.bad("Duration", x.Duration, fmt.Errorf("more than %d working days", plan.MaxDuration))
	}
	if parseBool(x.Milestone) && t.Duration > 0 {
		a.note(LongMilestone, t.ID, x.Duration)
	}
	return nil
}
