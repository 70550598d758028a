package workplan

import (
	"context"
	"io"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/roundtable"
	"ronda/method/plan"
	"ronda/platform/clock"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/fault"
	"time"
)

func unwritten() error { return fault.New(fault.Unavailable, "fault.unavailable") }

// View is a plan as its pages show it to the person of the context.
type View struct {
	Case       delivery.Case
	Plan       Plan
	Rows       []Row // in the order of the outline; of Work.Tasks the same places
	Work       *plan.Plan
	Schedule   *plan.Schedule
	Whole      plan.Progress
	Objectives []Objective
	Baselines  []Baseline // newest first
	Changes    []Change   // newest first
	Problems   []Problem
	Frozen     bool // what is agreed changes by change requests
	Today      clock.Day
	Persons    map[string]string // names of the persons of tasks, for officials
}

// Problem is something that a plan lacks before its step can be signed.
type Problem struct {
	Field string // objectives, schedule
	Key   string // message
	Args  []any
	Tasks []string
}

// Plan reads the plan of an initiative.
func (m *Module) Plan(ctx context.Context, number string) (View, error) { return View{}, unwritten() }

// Done is how far a task is.
type Done struct {
	Task    string
	Percent int
	Began   plan.Day // NoDay: today, when it is the first
	Ended   plan.Day // NoDay: today, at 100
	Version int64    // of the plan, 0 to win over others
}

// Progress tells how far tasks are.
func (m *Module) Progress(ctx context.Context, number string, done ...Done) error { return unwritten() }

// Reach tells where an objective stands.
func (m *Module) Reach(ctx context.Context, number, objective string, reached Figure, on clock.Day) error {
	return unwritten()
}

// ChangeState is where a change request stands.
type ChangeState string

// The states.
const (
	Asked    ChangeState = "asked"
	Accepted ChangeState = "accepted"
	Refused  ChangeState = "refused"
	Dropped  ChangeState = "dropped" // by those who asked
)

// Change is a change request.
type Change struct {
	Number       string // "CAM-2026-0003"
	State        ChangeState
	Reason       string
	Edits        []Edit
	FinishBefore clock.Day // of the plan
	FinishAfter  clock.Day
	Moved        int // tasks whose days change
	Post, Body   string
	At           time.Time
	Answer       string
	DecidedPost  string
	DecidedAt    time.Time
	Baseline     int // that it made
}

// AskChange asks Planning for a change of what is agreed.
func (m *Module) AskChange(ctx context.Context, number string, version int64, reason string, edits ...Edit) (Change, error) {
	return Change{}, unwritten()
}

// DecideChange accepts or refuses one.
func (m *Module) DecideChange(ctx context.Context, number, change string, accept bool, answer string) error {
	return unwritten()
}

// DropChange takes one back.
func (m *Module) DropChange(ctx context.Context, number, change string) error { return unwritten() }

// Agree freezes the first baseline of a plan that was made after the signature.
func (m *Module) Agree(ctx context.Context, number string) error { return unwritten() }

// Format is that of a file.
type Format string

// The formats.
const (
	XML Format = "xml" // Microsoft Project
	CSV Format = "csv"
)

// Report is what an import did, or would do.
type Report struct {
	Tasks, Links         int
	Added, Changed, Gone int
	Errors               []Line // nothing was done when there is one
	Notes                []Line // what of the file a plan cannot say
	Done                 bool
	Start, Finish        plan.Day
	Version              int64
}

// Line is one line of a report.
type Line struct {
	Line   int // 0 when unknown
	Task   string
	Column string
	Value  string
	Key    string // message
	Args   []any
}

// Import replaces the tasks and links of a plan by those of a file.
func (m *Module) Import(ctx context.Context, number string, version int64, format Format, r io.Reader, trial bool) (Report, error) {
	return Report{}, unwritten()
}

// Export writes a plan.
func (m *Module) Export(ctx context.Context, number string, format Format, w io.Writer) error {
	return unwritten()
}

// Bar is an initiative of the portfolio.
type Bar struct {
	Card roundtable.Card
	Has  bool // it has a plan with tasks
	delivery.Physical
}

// Portfolio is a page of initiatives with their plans.
func (m *Module) Portfolio(ctx context.Context, f roundtable.Filter, after string, size int) (bars []Bar, next string, err error) {
	return nil, "", unwritten()
}

// Mine is the tasks of one initiative that a person answers for.
type Mine struct {
	Number, Title string
	View          View // Rows holds only the person's
}

// Mine are the tasks a person answers for.
func (m *Module) Mine(ctx context.Context, person string) ([]Mine, error) { return nil, unwritten() }

// Physical is the physical progress of initiatives that have a plan.
func (m *Module) Physical(ctx context.Context, ids ...string) (map[string]delivery.Physical, error) {
	return nil, unwritten()
}

// Guard lets a signature pass.
func (m *Module) Guard(ctx context.Context, i roundtable.Initiative, step charter.Step) error {
	return unwritten()
}

// Listen tells the steps.
func (m *Module) Listen(l *event.Log) {}

// Desk is what plans expect of a person.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	return nil, unwritten()
}

// Forget parts a person from plans.
func (m *Module) Forget(ctx context.Context, person string) error { return unwritten() }

// Sweep computes what the new day changes.
func (m *Module) Sweep(ctx context.Context) error { return unwritten() }

func (m *Module) picture(ctx context.Context, d *draft, c computed, on plan.Day) error {
	return unwritten()
}
