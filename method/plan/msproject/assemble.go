package msproject

import (
	"errors"
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
