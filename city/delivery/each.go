package delivery

import (
	"context"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
)

// What is handed over is adopted, and what was adopted stays public: everything here
// is. No row names a person.

// PublicExecution is who executes an initiative since when.
type PublicExecution struct {
	Number   string    `db:"number"`
	Executor string    `db:"executor"` // ministry
	Since    time.Time `db:"since"`
	Reports  int       `db:"reports"`
	Reported clock.Day `db:"reported"`
	Next     clock.Day `db:"next"`
}

// EachExecution reads every execution that a ministry has accepted, newest first.
func (m *Module) EachExecution(ctx context.Context, fn func(PublicExecution) error) error {
	return db.Each(ctx, m.db, `SELECT number, executor, since, reports, reported, next FROM delivery_execution
		WHERE executor <> '' AND adopted = TRUE ORDER BY initiative DESC`, nil, fn)
}

// PublicHanding is a request to execute an initiative, and its answer.
type PublicHanding struct {
	Number     string        `db:"number"`
	From       string        `db:"from_body"`
	To         string        `db:"to_body"`
	Note       string        `db:"note"`
	State      HandOverState `db:"state"`
	Post       string        `db:"post"`
	At         time.Time     `db:"at"`
	Answer     string        `db:"answer"`
	AnswerPost string        `db:"answer_post"`
	AnsweredAt time.Time     `db:"answered_at"`
}

const ofAdopted = ` JOIN delivery_execution e ON e.initiative = x.initiative AND e.adopted = TRUE ORDER BY x.id DESC`

// EachHanding reads every hand-over.
func (m *Module) EachHanding(ctx context.Context, fn func(PublicHanding) error) error {
	return db.Each(ctx, m.db, `SELECT e.number, x.from_body, x.to_body, x.note, x.state, x.post, x.at, x.answer, x.answer_post, x.answered_at
		FROM delivery_handover x`+ofAdopted, nil, fn)
}

// PublicPart is a ministry that takes part in an execution, or left.
type PublicPart struct {
	Number   string    `db:"number"`
	Ministry string    `db:"ministry"`
	State    PartState `db:"state"`
	What     string    `db:"what"`
	At       time.Time `db:"at"`
}

// EachPart reads every participation.
func (m *Module) EachPart(ctx context.Context, fn func(PublicPart) error) error {
	return db.Each(ctx, m.db, `SELECT e.number, x.ministry, x.state, x.what, x.at FROM delivery_part x
		JOIN delivery_execution e ON e.initiative = x.initiative AND e.adopted = TRUE ORDER BY x.initiative DESC, x.ministry`, nil, fn)
}

// PublicReport is a report of progress.
type PublicReport struct {
	Of     string `db:"of_number"` // number of the initiative
	Photos int    `db:"photos"`
	Account
}

// EachReport reads every report of progress. Account.Person is left empty.
func (m *Module) EachReport(ctx context.Context, fn func(PublicReport) error) error {
	return db.Each(ctx, m.db, `SELECT e.number AS of_number, (SELECT count(*) FROM delivery_photo p WHERE p.report = x.id) AS photos,
		x.id, x.initiative, x.number, x.text, x.planned, x.done, x.late_days, x.currency, x.budget, x.accrued, x.light, x.final, '' AS person, x.post, x.body, x.at
		FROM delivery_report x`+ofAdopted, nil, fn)
}

// PublicOverride is a light that somebody set by hand.
type PublicOverride struct {
	Of string `db:"of_number"`
	Override
}

// EachOverride reads every light that was set by hand. Override.Person is left empty.
func (m *Module) EachOverride(ctx context.Context, fn func(PublicOverride) error) error {
	return db.Each(ctx, m.db, `SELECT e.number AS of_number, x.id, x.initiative, x.colour, x.reason, '' AS person, x.post, x.body, x.at, x.lifted_at
		FROM delivery_light x`+ofAdopted, nil, fn)
}

// PublicWay is a line of the checklist of the legal and administrative way.
type PublicWay struct {
	Number string    `db:"number"` // of the initiative
	Kind   string    `db:"kind"`
	Code   string    `db:"code"`
	Text   string    `db:"text"`
	URL    string    `db:"url"`
	State  string    `db:"state"`
	Day    clock.Day `db:"day"`
}

// EachWay reads the checklists of the legal and administrative way.
func (m *Module) EachWay(ctx context.Context, fn func(PublicWay) error) error {
	return db.Each(ctx, m.db, `SELECT e.number, x.kind, x.code, x.text, x.url, x.state, x.day FROM delivery_check x`+ofAdopted, nil, fn)
}
