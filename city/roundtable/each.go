package roundtable

import (
	"context"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
)

// Public is what every row of the public lists begins with.
type Public struct {
	Number string `db:"number"` // of the initiative
	Title  string `db:"title"`
}

// PublicStep is a step of a public initiative, for the open data.
type PublicStep struct {
	Public
	Step
}

const ofPublic = ` JOIN roundtable_initiative i ON i.id = x.initiative WHERE i.state NOT IN ('idea', 'draft', 'joined') ORDER BY i.id DESC, `

// EachStep reads the steps of every public initiative, newest initiative first.
// Times spent are up to now.
func (m *Module) EachStep(ctx context.Context, fn func(PublicStep) error) error {
	return db.Each(ctx, m.db, `SELECT i.number, i.title, x.initiative, x.code, x.number AS n, x.office, x.state, x.flagged, x.entered_at, x.due, x.spent,
		x.returns, x.signed_at, x.signer_post, x.present_at FROM roundtable_step x`+ofPublic+`x.number`, nil, func(r stepRow) error { return fn(r.public()) })
}

// stepRow is a step with its initiative; the number of each has its own column.
type stepRow struct {
	Public
	Initiative string        `db:"initiative"`
	Code       string        `db:"code"`
	N          int           `db:"n"`
	Office     string        `db:"office"`
	State      StepState     `db:"state"`
	Flagged    bool          `db:"flagged"`
	Entered    time.Time     `db:"entered_at"`
	Due        string        `db:"due"`
	Spent      time.Duration `db:"spent"`
	Returns    int           `db:"returns"`
	SignedAt   time.Time     `db:"signed_at"`
	SignerPost string        `db:"signer_post"`
	PresentAt  time.Time     `db:"present_at"`
}

func (r stepRow) public() PublicStep {
	return PublicStep{r.Public, Step{Initiative: r.Initiative, Code: r.Code, Number: r.N, Office: r.Office, State: r.State, Flagged: r.Flagged, Entered: r.Entered, Due: clock.Day(r.Due),
		Spent: r.Spent, Returns: r.Returns, SignedAt: r.SignedAt, SignerPost: r.SignerPost, PresentAt: r.PresentAt}}
}

// PublicQuestion is a question on a public initiative that is in sight.
type PublicQuestion struct {
	Public
	Text       string    `db:"text"`
	At         time.Time `db:"at"`
	Answerer   string    `db:"answerer"`
	Due        string    `db:"due"`
	Answer     string    `db:"answer"`
	AnsweredAt time.Time `db:"answered_at"`
}

// EachQuestion reads the questions of every public initiative that are in sight.
func (m *Module) EachQuestion(ctx context.Context, fn func(PublicQuestion) error) error {
	return db.Each(ctx, m.db, `SELECT i.number, i.title, x.text, x.at, x.answerer, x.due, x.answer, x.answered_at FROM roundtable_question x
		JOIN roundtable_initiative i ON i.id = x.initiative WHERE i.state NOT IN ('idea', 'draft', 'joined') AND x.hidden = '' ORDER BY x.id DESC`, nil, fn)
}

// PublicBarrier is an obstacle of a public initiative.
type PublicBarrier struct {
	Public
	Kind     string `db:"kind"`
	What     string `db:"what"`
	Owner    string `db:"owner"`
	Opened   string `db:"opened"`
	Resolved string `db:"resolved"`
	How      string `db:"how"`
}

// EachBarrier reads the obstacles of every public initiative.
func (m *Module) EachBarrier(ctx context.Context, fn func(PublicBarrier) error) error {
	return db.Each(ctx, m.db, `SELECT i.number, i.title, x.kind, x.what, x.owner, x.opened, x.resolved, x.how FROM roundtable_barrier x`+ofPublic+`x.id`, nil, fn)
}

// PublicChoice is something that a public initiative was sorted by: a further axis,
// a goal, a purpose, a target of sustainable development or a place.
type PublicChoice struct {
	Public
	Initiative string `db:"initiative"` // id
	Kind       string `db:"kind"`       // "axis", "goal", "purpose", "sdg" or "territory"
	Code       string `db:"code"`
}

// EachChoice reads what every public initiative is sorted by, beside its main axis.
func (m *Module) EachChoice(ctx context.Context, fn func(PublicChoice) error) error {
	return db.Each(ctx, m.db, `SELECT i.number, i.title, x.initiative, x.kind, x.code FROM roundtable_choice x`+ofPublic+`x.kind, x.code`, nil, fn)
}

// PublicPlanned is how many people of a group a public initiative is to benefit.
type PublicPlanned struct {
	Public
	Planned
}

// EachPlanned reads whom every public initiative is for.
func (m *Module) EachPlanned(ctx context.Context, fn func(PublicPlanned) error) error {
	return db.Each(ctx, m.db, `SELECT i.number, i.title, x.grp, x.territory, x.people FROM roundtable_planned x`+ofPublic+`x.grp, x.territory`, nil, fn)
}
