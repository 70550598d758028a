package delivery

import (
	"context"

	"ronda/platform/clock"
	"ronda/platform/event"
)

// Physical is how far the work of an initiative is, by its plan. An initiative
// without a plan has none.
type Physical struct {
	Planned, Done  float64 // of the working days of its tasks, those that were due by today and those done, 0 to 1
	LateDays       int     // calendar days by which the end is behind the baseline, 0 when it is not
	Start, Finish  clock.Day
	BaselineFinish clock.Day // empty before a baseline
	Late           []LateItem
}

// LateItem is a task or milestone that is past its day and not done.
type LateItem struct {
	Name      string
	Milestone bool
	Due       clock.Day
	Href      string // of the task's page
	Subject   event.Subject
}

// Money is what an initiative may spend and has spent, in centavos of a currency.
type Money struct {
	Currency                          string
	Planned, Committed, Accrued, Paid int64
}

// Free is what is not committed yet; negative when more was than is planned.
func (m Money) Free() int64 { return m.Planned - m.Committed }

// Progress asks how far initiatives are, by their ids; those that nothing is known
// of are left out.
type Progress func(ctx context.Context, ids ...string) (map[string]Physical, error)

// Spending asks what initiatives have spent, by their ids; those that nothing is
// known of are left out.
type Spending func(ctx context.Context, ids ...string) (map[string]Money, error)

// Advancing notes, inside the transaction of a report, how far tasks are. Its faults
// are those of the form: Invalid, Conflict when the plan has changed.
type Advancing func(ctx context.Context, number string, done []Advance) error
