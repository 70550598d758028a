package msproject

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"ronda/method/plan"
)

// idField is the custom field Text30, in which Write keeps IDs that are no
// numbers.
const (
	idField = "188744016"
	idName  = "Text30"
	idAlias = "Ronda ID"
)

// assembly makes a plan of a file.
type assembly struct {
	*file
	p       *plan.Plan
	ownIDs  bool
	place   map[string]int // by UID, places in the plan
	above   []int          // places of the tasks that the next one may be part of
	element []*taskElement // by place
	isPart  map[string]bool
}

func (f *file) note(loss Loss, task, detail string) {
	f.notes = append(f.notes, Note{Loss: loss, Task: task, Detail: detail})
}

func (f *file) assemble() (*plan.Plan, error) {
	a := &assembly{file: f, p: &plan.Plan{Name: f.name}, place: make(map[string]int, len(f.tasks)), isPart: map[string]bool{}}
	for _, field := range f.fields {
		a.ownIDs = a.ownIDs || field.FieldID == idField && field.Alias == idAlias
	}
	var err error
	if a.p.Calendar, err = f.makeCalendar(); err != nil {
		return nil, err
	}
	if err := a.days(); err != nil {
		return nil, err
	}
	for i := range f.tasks {
		if err := a.outline(&f.tasks[i]); err != nil {
			return nil, err
		}
	}
	for i, x := range a.element {
		if err := a.task(&a.p.Tasks[i], x, a.isPart[a.p.Tasks[i].ID]); err != nil {
			return nil, err
		}
	}
	for i, x := range a.element {
		if err := a.links(i, x); err != nil {
			return nil, err
		}
	}
	if f.assignments > 0 {
		f.note(Assignments, "", strconv.Itoa(f.assignments))
	}
	return a.p, nil
}

// days reads the project's own days. Without a start it is that of the first task.
func (a *assembly) days() (err error) {
	if a.p.Start, err = parseDay(a.start); err != nil {
		return &Error{Element: "StartDate", Value: a.start, Err: err}
	}
	if a.p.Status, err = parseDay(a.status); err != nil {
		return &Error{Element: "StatusDate", Value: a.status, Err: err}
	}
	if a.p.Start != plan.NoDay {
		return nil
	}
	for i := range a.tasks {
		if day, err := parseDay(a.tasks[i].Start); err == nil && day != plan.NoDay && (a.p.Start == plan.NoDay || day < a.p.Start) {
			a.p.Start = day
		}
	}
	if a.p.Start == plan.NoDay {
		return &Error{Element: "StartDate", Value: a.start, Err: errValue}
	}
	return nil
}

// outline finds the task's place below the one before it that is a level up.
// Empty rows and the row of the project itself are no tasks.
func (a *assembly) outline(x *taskElement) error {
	uid := strings.TrimSpace(x.UID)
	level, err := parseNumber(x.OutlineLevel, 1)
	switch {
	case err != nil || level < 0:
		return x.bad("OutlineLevel", x.OutlineLevel, err)
	case parseBool(x.IsNull) || level == 0:
		return nil
	case uid == "":
		return x.bad("UID", x.UID, errValue)
	}
	if _, twice := a.place[uid]; twice {
		return x.bad("UID", uid, errors.New("another task has it"))
	}
	task := plan.Task{ID: a.id(x, uid), Name: x.Name, Contact: x.Contact, Notes: x.Notes}
	a.above = a.above[:min(level-1, len(a.above))]
	if len(a.above) > 0 {
		task.Parent = a.p.Tasks[a.above[len(a.above)-1]].ID
		a.isPart[task.Parent] = true
	}
	a.place[uid] = len(a.p.Tasks)
	a.above = append(a.above, len(a.p.Tasks))
	a.p.Tasks, a.element = append(a.p.Tasks, task), append(a.element, x)
	return nil
}

// id is the ID that Write kept, or the file's own.
func (a *assembly) id(x *taskElement, uid string) string {
	if a.ownIDs {
		for _, field := range x.Extended {
			if field.FieldID == idField && field.Value != "" {
				return field.Value
			}
		}
	}
	return uid
}

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

// links reads what a task waits for.
func (a *assembly) links(i int, x *taskElement) error {
	t := &a.p.Tasks[i]
	for _, l := range x.Links {
		if parseBool(l.CrossProject) {
			a.note(OtherProject, t.ID, l.PredecessorUID)
			continue
		}
		from, ok := a.place[strings.TrimSpace(l.PredecessorUID)]
		if !ok {
			return x.bad("PredecessorUID", l.PredecessorUID, errors.New("no task has it"))
		}
		kind, err := parseNumber(l.Type, 1)
		if err != nil || kind < 0 || kind >= len(kinds) {
			return x.bad("PredecessorLink Type", l.Type, errValue)
		}
		lag, err := a.lag(t, &a.p.Tasks[from], l)
		if err != nil {
			return x.bad("LinkLag", l.LinkLag, err)
		}
		a.p.Links = append(a.p.Links, plan.Link{From: a.p.Tasks[from].ID, To: t.ID, Kind: kinds[kind], Lag: lag})
	}
	return nil
}

// lag reads how many working days lie between two tasks, rounded to the nearest.
func (a *assembly) lag(to, from *plan.Task, l linkElement) (int, error) {
	amount, err := parseNumber(l.LinkLag, 0)
	if err != nil {
		return 0, err
	}
	format, err := parseNumber(l.LagFormat, 7)
	if err != nil {
		return 0, err
	}
	limit := plan.MaxDuration * 24 * 60 * tenths
	if amount < -limit || amount > limit {
		return 0, fmt.Errorf("beyond %d working days", plan.MaxDuration)
	}
	top, bottom, loss := amount, a.minutes*tenths, PartOfDay
	switch {
	case percent(format):
		top, bottom = amount*from.Duration, 100
	case elapsed(format):
		top, bottom, loss = amount*a.weekLength(), 24*60*tenths*7, Elapsed
	}
	if top%bottom != 0 || loss == Elapsed && amount != 0 {
		a.note(loss, to.ID, l.LinkLag)
	}
	lag := round(top, bottom)
	if lag < -plan.MaxDuration || lag > plan.MaxDuration {
		return 0, fmt.Errorf("beyond %d working days", plan.MaxDuration)
	}
	return lag, nil
}

// weekLength is the number of working days in a week.
func (a *assembly) weekLength() int {
	days := 0
	for _, works := range a.p.Calendar.Week() {
		if works {
			days++
		}
	}
	return days
}

// round divides to the nearest, halves away from zero.
func round(top, bottom int) int {
	if top < 0 {
		return -((-top + bottom/2) / bottom)
	}
	return (top + bottom/2) / bottom
}
