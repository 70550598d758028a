package budget

import (
	"context"
	"strconv"
	"strings"
	"time"

	"ronda/city/delivery"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Draw is what an initiative takes of a line.
type Draw struct {
	ID         string    `db:"id"`
	Line       string    `db:"line"` // id
	Year       int       `db:"year"`
	Initiative string    `db:"initiative"` // id
	Amount     int64     `db:"amount"`
	Committed  int64     `db:"committed"`
	Accrued    int64     `db:"accrued"`
	Paid       int64     `db:"paid"`
	Short      int64     `db:"short"` // of the amount, what the credit does not reach since an amendment
	At         time.Time `db:"at"`
}

// Covered is what of the draw has credit.
func (d Draw) Covered() int64 { return d.Amount - d.Short }

const drawColumns = `id, line, year, initiative, amount, committed, accrued, paid, short, at`

// Reasons why an initiative needs no money are between these lengths, in
// characters.
const (
	WhyMin = 10
	WhyMax = 2000
)

// Draw sets what an initiative takes of a line of a year's law; 0 takes it back.
// Faults: Invalid for less than is committed or more than is free on the line,
// and for a second currency; NotFound, Forbidden.
func (m *Module) Draw(ctx context.Context, number string, year int, code string, amount int64) error {
	return m.actOn(ctx, number, delivery.Draw, func(ctx context.Context, w *work) error {
		if err := checkAmount("amount", amount); err != nil {
			return err
		}
		law, line, err := m.lock(ctx, year, code)
		if err != nil {
			return wrongYear(err)
		}
		was, err := m.drawOf(ctx, w.Initiative.ID, line.ID)
		if err != nil {
			return err
		}
		now := was
		now.Amount = amount
		if err := fits(ctx, law, line, was, now); err != nil || was.Amount == amount {
			return err
		}
		if was.ID == "" {
			now = Draw{ID: id.New(), Line: line.ID, Year: year, Initiative: w.Initiative.ID, Amount: amount, At: clock.Now(ctx)}
			if err := m.openColumn(ctx, w.Initiative, law.Currency); err != nil {
				return err
			}
		}
		return w.draw(ctx, law, line, was, now)
	})
}

// draw settles a draw with its line and tells it.
func (w *work) draw(ctx context.Context, law Law, was Line, before, after Draw) error {
	if after.Amount == 0 {
		after.Short = 0
	}
	if err := w.m.settleDraw(ctx, before, after); err != nil {
		return err
	}
	now := was
	now.Drawn += after.Amount - before.Amount
	now.Short += after.Short - before.Short
	switch {
	case before.ID == "":
		now.Uses++
	case after.Amount == 0:
		now.Uses--
	}
	if err := w.m.ration(ctx, w, &now); err != nil {
		return err
	}
	if err := w.m.settle(ctx, was, now); err != nil {
		return err
	}
	return w.tell(ctx, EventDrawn, now.Subject(), w.Initiative.ID, lineData(law, now, map[string]string{"amount": cents(after.Amount), "before": cents(before.Amount)}), nil)
}

// fits says whether a draw may become what it is to be.
func fits(ctx context.Context, law Law, line Line, was, now Draw) error {
	if now.Amount < was.Committed {
		return wrong("amount", "delivery.budget.fault.below_committed", "committed", Amount(ctx, was.Committed, law.Currency))
	}
	more := now.Amount - was.Amount
	if more > 0 && more > line.Free() {
		return wrong("amount", "delivery.budget.fault.free", "free", Amount(ctx, line.Free(), law.Currency), "line", line.Code)
	}
	return nil
}

// openColumn makes the row of an initiative's sums with its first draw. A draw
// in a second currency is refused by the names of both.
func (m *Module) openColumn(ctx context.Context, i roundtable.Initiative, currency string) error {
	n, err := m.db.Exec(ctx, `INSERT INTO budget_column (initiative, currency, axis, needless, drawn, committed, accrued, paid, short) VALUES ($1, $2, $3, '', 0, 0, 0, 0, 0)
		ON CONFLICT (initiative) DO UPDATE SET currency = excluded.currency, needless = '' WHERE budget_column.currency = excluded.currency OR budget_column.drawn = 0`,
		i.ID, currency, i.Axis)
	if err != nil || n > 0 {
		return err
	}
	c, err := m.column(ctx, i.ID)
	if err != nil {
		return err
	}
	return wrong("line", "delivery.budget.fault.currencies", "one", c.Currency, "other", currency)
}

// drawOf is what an initiative draws on a line, empty when it does not.
func (m *Module) drawOf(ctx context.Context, initiative, line string) (Draw, error) {
	d, _, err := db.Find[Draw](ctx, m.db, `SELECT `+drawColumns+` FROM budget_draw WHERE initiative = $1 AND line = $2`, initiative, line)
	return d, err
}

// drawsOf are the draws on a line in the order in which they were made.
func (m *Module) drawsOf(ctx context.Context, line string) ([]Draw, error) {
	return db.Query[Draw](ctx, m.db, `SELECT `+drawColumns+` FROM budget_draw WHERE line = $1 ORDER BY id`, line)
}

// NeedsNone declares that an initiative needs no money, and why; an empty reason
// takes it back. Not while it draws on a line.
func (m *Module) NeedsNone(ctx context.Context, number, why string) error {
	return m.actOn(ctx, number, delivery.Draw, func(ctx context.Context, w *work) error {
		why = strings.TrimSpace(why)
		var c fault.Check
		c.Text("why", why, false, WhyMax)
		c.Require(why == "" || len([]rune(why)) >= WhyMin, "why", "delivery.budget.fault.why", "min", WhyMin)
		if err := c.Err(); err != nil {
			return err
		}
		n, err := m.db.Exec(ctx, `INSERT INTO budget_column (initiative, currency, axis, needless, drawn, committed, accrued, paid, short) VALUES ($1, $2, $3, $4, 0, 0, 0, 0, 0)
			ON CONFLICT (initiative) DO UPDATE SET needless = excluded.needless WHERE budget_column.drawn = 0`, w.Initiative.ID, w.Charter.City.Currency, w.Initiative.Axis, why)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "delivery.budget.fault.draws")
		}
		kind := EventNeedless
		if why == "" {
			kind = EventNeedy
		}
		return w.tell(ctx, kind, w.Initiative.Subject(), w.Initiative.ID, nil, map[string]string{"why": why})
	})
}

// checkAmount refuses what no money can be.
func checkAmount(field string, amount int64) error {
	switch {
	case amount < 0:
		return wrong(field, "delivery.budget.fault.negative")
	case amount > AmountMax:
		return wrong(field, "delivery.budget.fault.amount_big")
	}
	return nil
}

// wrongYear says at the field of the year that it has no law.
func wrongYear(err error) error {
	if fault.Is(err, fault.NotFound) {
		return wrong("year", "delivery.budget.fault.no_law")
	}
	return err
}

func cents(n int64) string { return strconv.FormatInt(n, 10) }
