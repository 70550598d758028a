package msproject

import (
	"errors"
	"fmt"
)

// MaxSize bounds a file, in bytes.
const MaxSize = 64 << 20

// The files that are refused as a whole.
var (
	ErrTooLarge   = errors.New("the file is larger than 64 MiB")
	ErrNotProject = errors.New("this is no XML of Microsoft Project")
	ErrBomb       = errors.New("the file is nested or stretched beyond any real plan")
)

// Error is something wrong with a task or a calendar.
type Error struct {
	UID     string // of the task, "" when it is none
	Name    string // of the task or the calendar
	Element string // e.g. "ConstraintDate"
	Value   string
	Err     error // why, may be nil
}

func (e *Error) Error() string {
	text := fmt.Sprintf("%s %.40q", e.Element, e.Value)
	if e.UID != "" || e.Name != "" {
		text = fmt.Sprintf("task %s %.80q: %s", e.UID, e.Name, text)
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *Error) Unwrap() error { return e.Err }

// Loss says what of a file a plan cannot say.
type Loss string

// The losses.
const (
	PartOfDay       Loss = "part_of_day"      // a duration or lag was rounded to whole days
	Elapsed         Loss = "elapsed"          // elapsed time was turned into working days
	AsLate          Loss = "as_late"          // as late as possible became as soon as possible
	ByHand          Loss = "by_hand"          // a task planned by hand must start on its day
	LongMilestone   Loss = "long_milestone"   // a milestone with a duration became a task
	SummaryDate     Loss = "summary_date"     // a constraint that a summary task cannot have was dropped
	OtherProject    Loss = "other_project"    // a link to another project was dropped
	OwnCalendar     Loss = "own_calendar"     // a task with a calendar of its own follows the plan's
	OtherBaseline   Loss = "other_baseline"   // baselines but the first were dropped
	OtherException  Loss = "other_exception"  // an exception that recurs in a way not known here was dropped
	WorkWeeks       Loss = "work_weeks"       // weeks that hold for a while were dropped
	Assignments     Loss = "assignments"      // resources' assignments were dropped; Detail says how many
	SeveralCalendar Loss = "several_calendar" // calendars but the plan's were dropped
)

// Note tells a loss.
type Note struct {
	Loss   Loss
	Task   string // ID in the plan, "" when it concerns the whole
	Detail string
}
