package plan

import (
	"fmt"
	"slices"
)

// The largest plan that is computed.
const (
	MaxTasks    = 50_000
	MaxLinks    = 200_000
	MaxDuration = 36_500 // working days of a task, and of a lag either way
	MaxID       = 64     // bytes
)

// Plan is a work plan as people state it.
type Plan struct {
	Name     string
	Start    Day // nothing begins before, unless it did or must
	Status   Day // the day of the report: what is not done is not planned before it; may be NoDay
	Calendar *Calendar
	Tasks    []Task // in the order in which they are shown
	Links    []Link
}

// Task is a piece of work, a milestone (no duration) or, when others name it as
// their parent, a summary task, whose dates and progress follow from its parts.
type Task struct {
	ID       string // without blanks, commas and semicolons
	Name     string
	Parent   string // ID of the summary task, "" at the top
	Duration int    // working days; what a summary task says is not used

	Constraint Constraint
	On         Day // the day of the constraint
	Deadline   Day // should end by then; counts for the slack, moves nothing

	Done                      int // percent, 0 to 100
	ActualStart, ActualFinish Day
	Baseline                  Span // the dates it had when the plan was frozen

	Contact string // who answers for it
	Notes   string
}

// Span is a run of days, both included; without days, none.
type Span struct{ Start, Finish Day }

// Link says that a task waits for another.
type Link struct {
	From, To string // IDs: To waits for From
	Kind     Kind
	Lag      int // working days in between; negative to overlap
}

// Kind says which end of the second task waits for which end of the first.
type Kind uint8

// The four kinds. FinishToStart is what people mean when they do not say.
const (
	FinishToStart Kind = iota
	StartToStart
	FinishToFinish
	StartToFinish
)

var kindNames = [...]string{"FS", "SS", "FF", "SF"}

// String is "FS", "SS", "FF" or "SF".
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// ParseKind is the kind that String writes so; ok is false for other texts.
func ParseKind(text string) (k Kind, ok bool) {
	i := slices.Index(kindNames[:], text)
	return Kind(max(i, 0)), i >= 0
}

// fromStart says whether the link waits for the start of its first task.
func (k Kind) fromStart() bool { return k == StartToStart || k == StartToFinish }

// toFinish says whether it is the finish of the second task that waits.
func (k Kind) toFinish() bool { return k == FinishToFinish || k == StartToFinish }

// Constraint binds a task to a day.
type Constraint uint8

// The constraints. MustStart and MustFinish win over links, and what they break
// is listed; StartBy and FinishBy move nothing but count for the slack.
const (
	SoonAsPossible Constraint = iota
	StartNotBefore
	FinishNotBefore
	StartBy
	FinishBy
	MustStart
	MustFinish
)

var constraintNames = [...]string{"ASAP", "SNET", "FNET", "SNLT", "FNLT", "MSO", "MFO"}

// String is the customary abbreviation: ASAP, SNET, FNET, SNLT, FNLT, MSO, MFO.
func (c Constraint) String() string {
	if int(c) < len(constraintNames) {
		return constraintNames[c]
	}
	return fmt.Sprintf("Constraint(%d)", uint8(c))
}

// ParseConstraint is the constraint that String writes so; ok is false for
// other texts.
func ParseConstraint(text string) (c Constraint, ok bool) {
	i := slices.Index(constraintNames[:], text)
	return Constraint(max(i, 0)), i >= 0
}
