package budget

import (
	"context"

	"ronda/platform/db"
)

// Kind is by what the money of a year is shared out.
type Kind string

// The kinds.
const (
	ByFunction Kind = "function"
	BySource   Kind = "source"
	ByMinistry Kind = "ministry"
	ByAxis     Kind = "axis" // what initiatives draw, by their main axis
)

// Kinds lists them in the order in which a page shows them.
var Kinds = []Kind{ByFunction, BySource, ByMinistry, ByAxis}

// Share is what one function, source, ministry or axis has of a year's money.
// An axis has no credit of its own, only what its initiatives draw.
type Share struct {
	Code  string `db:"code"` // empty: lines of no ministry of the city
	Lines int    `db:"lines"`
	Figures
}

// Part is the money that shares of the kind are compared by.
func (k Kind) Part(s Share) int64 {
	if k == ByAxis {
		return s.Drawn
	}
	return s.Credit
}

// shareKey is one row of the shares of a year.
type shareKey struct {
	Kind Kind
	Code string
}

// shares are the rows that a line stands in.
func (l Line) shares() []shareKey {
	return []shareKey{{ByFunction, l.Function}, {BySource, l.Source}, {ByMinistry, l.Ministry}}
}

// Shares are the shares of a year of one kind, the largest first.
func (m *Module) Shares(ctx context.Context, year int, by Kind) ([]Share, error) {
	order := "credit"
	if by == ByAxis {
		order = "drawn"
	}
	return db.Query[Share](ctx, m.db, `SELECT code, lines, original, credit, drawn, own, committed, accrued, paid, short FROM budget_share
		WHERE year = $1 AND kind = $2 AND (lines > 0 OR drawn > 0) ORDER BY `+order+` DESC, code`, year, by)
}
