package ideas

import (
	"context"
	"errors"
	"time"

	"ronda/city/roundtable"
	"ronda/platform/desk"
)

// errUnwritten is what a use case that is not there yet answers.
var errUnwritten = errors.New("ideas: this is not written yet")

// Sweep drops drafts that were left alone and counters of past days. A job calls
// it every day.
func (m *Module) Sweep(ctx context.Context) error { return errUnwritten }

// Challenges reads a page of challenges, newest first; next continues it.
func (m *Module) Challenges(ctx context.Context, f ChallengeFilter) (page []Challenge, next string, err error) {
	return nil, "", errUnwritten
}

// TakeUp makes an initiative of the roundtable of one idea or several, in the
// name of a body of the person that may propose.
func (m *Module) TakeUp(ctx context.Context, numbers []string, body string, t roundtable.Thought) (roundtable.Initiative, error) {
	return roundtable.Initiative{}, errUnwritten
}

// EachChallenge reads every public challenge, newest first.
func (m *Module) EachChallenge(ctx context.Context, fn func(Challenge) error) error {
	return errUnwritten
}

// Foreign is an idea of another program.
type Foreign struct {
	Line       int    // of the file, for the report
	Source     string // e.g. "decide.madrid.es"
	ID         string // there
	URL        string
	Title      string
	Text       string // plain
	Place      string // code or name of a part of the city; what is unknown here is left out
	Lat, Lon   float64
	Axis       string
	Tags       []string
	Signature  string // the public name, if it may be shown here
	Supports   int    // counted there; kept apart from ours
	Comments   int    // counted there
	Created    time.Time
	Withdrawn  bool
	Answer     string // official, empty: none
	AnsweredAt time.Time
}

// ImportOptions say how to take ideas in.
type ImportOptions struct {
	Trial     bool   // check and keep nothing
	Challenge string // number of the challenge they answer, empty: the standing door
}

// What became of a foreign idea.
const (
	RowTaken       = "taken"
	RowKnown       = "known"       // taken in before
	RowQuarantined = "quarantined" // garbage, or wrong
)

// ReportRow is what became of one row, or would.
type ReportRow struct {
	Line   int    `json:"line"`
	ID     string `json:"id"`
	Title  string `json:"title"`
	Result string `json:"result"`
	Number string `json:"number,omitempty"` // given to it, or the one it has
	Why    string `json:"why,omitempty"`    // message key
}

// Report is what became of all rows.
type Report struct {
	Rows                      []ReportRow
	Taken, Known, Quarantined int
}

// Import takes ideas of another program in. What is there already, by source and
// id, stays as it is; garbage is left out and listed.
func (m *Module) Import(ctx context.Context, rows []Foreign, o ImportOptions) (Report, error) {
	return Report{}, errUnwritten
}

// Desk is what the City of Ideas expects of a person.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	return nil, errUnwritten
}

// Forget parts a person whose account ends from everything here; voices given
// stay counted, and nobody can tell whose they were.
func (m *Module) Forget(ctx context.Context, person string) error { return errUnwritten }
