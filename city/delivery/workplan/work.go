package workplan

import (
	"time"

	"ronda/method/plan"
	"ronda/platform/clock"
)

// Lengths of texts in characters, and other limits.
const (
	NameMax      = 240
	NotesMax     = 4000
	ReasonMax    = 4000
	UnitMax      = 60
	MaxObjective = 50
	MaxEdits     = 500 // of one act or one change request
)

// Plan is what stands of a plan beside its tasks. Version grows with each act.
type Plan struct {
	Initiative string    `db:"initiative"` // id
	Number     string    `db:"number"`     // of the initiative, for people
	Start      clock.Day `db:"start_on"`   // nothing begins before
	Version    int64     `db:"version"`
	StartedAt  int64     `db:"start_version"` // version in which Start changed last
	Next       int64     `db:"next_code"`     // code of the next task
	Baseline   int       `db:"baseline"`      // number of the newest, 0 before the first
	Changed    time.Time `db:"changed_at"`
}

// Task is a task, a milestone (no duration) or a summary of those that name it as
// their parent. Days are empty when there is none.
type Task struct {
	Code       string    `db:"code"` // within the plan, never used twice
	Parent     string    `db:"parent"`
	Position   int64     `db:"position"`
	Name       string    `db:"name"`
	Duration   int       `db:"duration"`    // working days
	Constraint string    `db:"constrained"` // "ASAP", "SNET"..., see plan.ParseConstraint
	On         clock.Day `db:"on_day"`      // day of the constraint
	Deadline   clock.Day `db:"deadline"`
	Done       int       `db:"done"`  // percent
	Began      clock.Day `db:"began"` // really
	Ended      clock.Day `db:"ended"` // really
	BaseStart  clock.Day `db:"base_start"`
	BaseFinish clock.Day `db:"base_finish"`
	Body       string    `db:"body"`    // code of the body that answers for it
	Person     string    `db:"person"`  // id of who does, empty for whom must not read persons
	Contact    string    `db:"contact"` // as an imported file names who answers; like Person
	Notes      string    `db:"notes"`
	Version    int64     `db:"version"` // of the plan, when this task changed last
}

// Milestone says whether it is a moment and no work. A summary is neither.
func (t Task) Milestone() bool { return t.Duration == 0 }

// Objective is what the initiative is to reach, with a target that can be measured
// and the day by when.
type Objective struct {
	ID        string    `db:"id"`
	Position  int64     `db:"position"`
	Title     string    `db:"title"`
	Unit      string    `db:"unit"`        // what is counted, e.g. "escuelas"
	Known     bool      `db:"known"`       // From is known
	From      Figure    `db:"from_figure"` // where it stands at the beginning
	Target    Figure    `db:"target"`
	Due       clock.Day `db:"due"`
	Reached   Figure    `db:"reached"`    // as last told
	ReachedOn clock.Day `db:"reached_on"` // empty before it was told
	Version   int64     `db:"version"`
}

// Baseline is a frozen schedule.
type Baseline struct {
	Number int       `db:"number"`
	Start  clock.Day `db:"start_on"`
	Finish clock.Day `db:"finish_on"`
	Tasks  int       `db:"tasks"`
	Why    string    `db:"why"`    // BySignature, ByChange, ByAgreement
	Change string    `db:"change"` // number of the change request, empty without one
	Post   string    `db:"post"`   // who froze it
	Body   string    `db:"body"`
	At     time.Time `db:"at"`
}

// What makes a baseline.
const (
	BySignature = "signature"
	ByChange    = "change"
	ByAgreement = "agreement" // of a plan that was made after the signature
)

// Row is a task as a page shows it: with its computed days and its progress.
type Row struct {
	Task
	plan.Dates
	Progress plan.Progress
	Level    int  // depth in the outline
	Late     bool // past its day and not done
}
