package roundtable

import (
	"context"
	"time"

	"ronda/platform/db"
)

// Course is when a public initiative was filed and how it ended, with what it is of.
type Course struct {
	ID        string    `db:"id"`
	Number    string    `db:"number"`
	Title     string    `db:"title"`
	Axis      string    `db:"axis"`
	Ministry  string    `db:"ministry"`
	Charter   string    `db:"charter"` // version of the rules
	State     State     `db:"state"`
	FiledAt   time.Time `db:"filed_at"`
	DecidedAt time.Time `db:"decided_at"` // zero while open
}

// EachCourse reads every public initiative, by its number.
func (m *Module) EachCourse(ctx context.Context, fn func(Course) error) error {
	return db.Each(ctx, m.db, `SELECT id, number, title, axis, ministry, charter, state, filed_at, decided_at FROM roundtable_initiative
		WHERE state NOT IN ('idea', 'draft', 'joined') ORDER BY number`, nil, fn)
}

// Signing is a signature ever given on a public initiative, by the id of that.
type Signing struct {
	Initiative string    `db:"initiative"`
	Step       string    `db:"step"`
	Body       string    `db:"body"`
	At         time.Time `db:"at"`
	Reopened   time.Time `db:"reopened_at"` // zero while it stands
}

// ofNoneInside leaves out rows x of initiatives that are not public, which are few,
// without asking for each initiative; they come in no order.
const ofNoneInside = ` x WHERE x.initiative NOT IN (SELECT id FROM roundtable_initiative WHERE state IN ('idea', 'draft', 'joined'))`

// EachSigning reads the signatures of every public initiative, in no order.
func (m *Module) EachSigning(ctx context.Context, fn func(Signing) error) error {
	return db.Each(ctx, m.db, `SELECT x.initiative, x.step, x.body, x.at, x.reopened_at FROM roundtable_signature`+ofNoneInside, nil, fn)
}

// PublicSignature is a signature ever given on a public initiative, without who
// gave it.
type PublicSignature struct {
	Public
	Initiative string    `db:"initiative"`
	Step       string    `db:"step"`
	Body       string    `db:"body"`
	At         time.Time `db:"at"`
	Reopened   time.Time `db:"reopened_at"` // zero while it stands
}

// EachSignature reads the signatures of every public initiative.
func (m *Module) EachSignature(ctx context.Context, fn func(PublicSignature) error) error {
	return db.Each(ctx, m.db, `SELECT i.number, i.title, x.initiative, x.step, x.body, x.at, x.reopened_at FROM roundtable_signature x`+ofPublic+`x.id`, nil, fn)
}

// Proof is evidence as long as it stood.
type Proof struct {
	Initiative string    `db:"initiative"`
	Step       string    `db:"step"`
	Item       string    `db:"item"`
	Kind       string    `db:"kind"`
	Figure     int64     `db:"figure"`
	At         time.Time `db:"at"`
	Removed    time.Time `db:"removed_at"` // zero while it stands
}

// EachReopenedProof reads the evidence of public initiatives of which a signature
// was ever taken back. Of all others it is known: a step is signed with every item
// shown, and what it was signed on stands as long as the signature.
func (m *Module) EachReopenedProof(ctx context.Context, fn func(Proof) error) error {
	return db.Each(ctx, m.db, `SELECT x.initiative, x.step, x.item, x.kind, x.figure, x.at, x.removed_at FROM roundtable_evidence x
		JOIN roundtable_initiative i ON i.id = x.initiative WHERE i.state NOT IN ('idea', 'draft', 'joined')
		AND x.initiative IN (SELECT initiative FROM roundtable_signature WHERE reopened_at > 0) ORDER BY x.id`, nil, fn)
}

// StepTime is how long a step took that is signed.
type StepTime struct {
	Initiative string        `db:"initiative"`
	Step       string        `db:"code"`
	Signed     time.Time     `db:"signed_at"`
	Spent      time.Duration `db:"spent"`
}

// EachStepTime reads the signed steps of every public initiative, in no order.
func (m *Module) EachStepTime(ctx context.Context, fn func(StepTime) error) error {
	return db.Each(ctx, m.db, `SELECT x.initiative, x.code, x.signed_at, x.spent FROM roundtable_step`+ofNoneInside+` AND x.state = 'signed'`, nil, fn)
}

// OwnerSince is how a co-ownership of a public initiative stands, since when.
type OwnerSince struct {
	Initiative string     `db:"initiative"`
	Ministry   string     `db:"ministry"`
	State      OwnerState `db:"state"`
	At         time.Time  `db:"at"`
}

// EachOwner reads the co-owners of every public initiative, those asked and those
// who left among them.
func (m *Module) EachOwner(ctx context.Context, fn func(OwnerSince) error) error {
	return db.Each(ctx, m.db, `SELECT x.initiative, x.ministry, x.state, x.at FROM roundtable_owner x`+ofPublic+`x.ministry`, nil, fn)
}

// OpinionGiven is that a body gave its public opinion.
type OpinionGiven struct {
	Initiative string    `db:"initiative"`
	Body       string    `db:"body"`
	At         time.Time `db:"at"`
}

// EachOpinion reads who gave a public opinion on a public initiative.
func (m *Module) EachOpinion(ctx context.Context, fn func(OpinionGiven) error) error {
	return db.Each(ctx, m.db, `SELECT x.initiative, x.body, x.at FROM roundtable_comment x
		JOIN roundtable_initiative i ON i.id = x.initiative
		WHERE x.public = TRUE AND i.state NOT IN ('idea', 'draft', 'joined') ORDER BY x.id`, nil, fn)
}
