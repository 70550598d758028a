package plan

import (
	"strings"
)

// Code says what is wrong with a plan.
type Code string

// What can be wrong.
const (
	NoCalendar     Code = "no_calendar"
	TooMany        Code = "too_many"        // Detail: tasks or links
	BadID          Code = "bad_id"          // empty, too long, or with blanks, commas, semicolons
	SameID         Code = "same_id"         // two tasks of one ID
	UnknownParent  Code = "unknown_parent"  // Detail: the ID that no task has
	ParentCycle    Code = "parent_cycle"    // summary tasks within each other
	UnknownTask    Code = "unknown_task"    // a link of this task names an ID that no task has: Detail
	SelfLink       Code = "self_link"       // a task that waits for itself
	SummaryLink    Code = "summary_link"    // a link from the start or to the finish of a summary task
	SummaryDate    Code = "summary_date"    // a constraint that a summary task cannot have
	BadKind        Code = "bad_kind"        // an unknown kind of link or constraint
	Cycle          Code = "cycle"           // Tasks wait for each other, in this order
	BadDuration    Code = "bad_duration"    // negative or above MaxDuration
	BadLag         Code = "bad_lag"         // beyond MaxDuration either way
	BadDay         Code = "bad_day"         // missing, or not between First and Last: Detail
	BadOrder       Code = "bad_order"       // finishes before it starts: Detail
	BadPercent     Code = "bad_percent"     // not 0 to 100
	Unfinished     Code = "unfinished"      // an actual finish with less than 100 percent
	BeyondCalendar Code = "beyond_calendar" // would end after Last
	maxProblems         = 100
)

// Problem is one thing wrong with a plan.
type Problem struct {
	Code   Code
	Tasks  []string // IDs of the tasks concerned; in a cycle each waits for the one before it, and the first for the last
	Detail string   // the value, if there is one to show
}

func (p Problem) String() string {
	text := strings.ReplaceAll(string(p.Code), "_", " ")
	if len(p.Tasks) > 0 {
		text += ": " + strings.Join(p.Tasks, " -> ")
	}
	if p.Detail != "" {
		text += " (" + p.Detail + ")"
	}
	return text
}

// Problems is the error of a plan that cannot be computed: at most a hundred
// things wrong with it.
type Problems []Problem

func (p Problems) Error() string {
	var lines []string
	for _, problem := range p {
		lines = append(lines, problem.String())
	}
	return strings.Join(lines, "; ")
}

// add records a problem, as long as there are not too many.
func (p *Problems) add(code Code, detail string, tasks ...string) {
	if len(*p) < maxProblems {
		*p = append(*p, Problem{Code: code, Tasks: tasks, Detail: detail})
	}
}
