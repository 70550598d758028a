package budget

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ronda/city/delivery"
	"ronda/city/roundtable"
	"ronda/platform/db"
)

// Column is the money of an initiative as lists show it: the sums of its draws.
type Column struct {
	Initiative string `db:"initiative"` // id
	Currency   string `db:"currency"`
	Axis       string `db:"axis"`
	Needless   string `db:"needless"` // why it needs no money, empty when it does
	Drawn      int64  `db:"drawn"`
	Committed  int64  `db:"committed"`
	Accrued    int64  `db:"accrued"`
	Paid       int64  `db:"paid"`
	Short      int64  `db:"short"`
}

// Money is the column as others read it.
func (c Column) Money() delivery.Money {
	return delivery.Money{Currency: c.Currency, Planned: c.Drawn, Committed: c.Committed, Accrued: c.Accrued, Paid: c.Paid}
}

// columnsChunk is how many initiatives one query asks for: those of a page.
const columnsChunk = roundtable.PageSize

// columnsSQL asks for columnsChunk ids; fewer repeat the last, so that its text
// is always the same and prepared once.
var columnsSQL = `SELECT initiative, currency, axis, needless, drawn, committed, accrued, paid, short FROM budget_column WHERE initiative IN (` + marks(columnsChunk) + `)`

func marks(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = "$" + strconv.Itoa(i+1)
	}
	return strings.Join(list, ", ")
}

// Columns are the money of initiatives by their ids; those without a draw are
// left out. A page of a list asks once.
func (m *Module) Columns(ctx context.Context, ids ...string) (map[string]delivery.Money, error) {
	out := make(map[string]delivery.Money, len(ids))
	for some := range slices.Chunk(ids, columnsChunk) {
		args := make([]any, columnsChunk)
		for i := range args {
			args[i] = some[min(i, len(some)-1)]
		}
		err := db.Each(ctx, m.db, columnsSQL, args, func(c Column) error {
			if c.Drawn > 0 {
				out[c.Initiative] = c.Money()
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// column is the money of one initiative, empty before its first draw.
func (m *Module) column(ctx context.Context, initiative string) (Column, error) {
	c, _, err := db.Find[Column](ctx, m.db, `SELECT initiative, currency, axis, needless, drawn, committed, accrued, paid, short FROM budget_column WHERE initiative = $1`, initiative)
	return c, err
}
