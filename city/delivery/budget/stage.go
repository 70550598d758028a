package budget

import (
	"context"
	"time"

	"ronda/city/delivery"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// Stage is what went through each stage of spending in one month.
type Stage struct {
	Line       string    `db:"line"`       // id
	Initiative string    `db:"initiative"` // id, empty for the line's own use
	Period     string    `db:"period"`     // month, "2026-03"
	Committed  int64     `db:"committed"`
	Accrued    int64     `db:"accrued"`
	Paid       int64     `db:"paid"`
	At         time.Time `db:"at"`
}

const stageColumns = `line, initiative, period, committed, accrued, paid, at`

const periodForm = "2006-01"

// ReportMoney records what an initiative spent of a line in a month. Reporting a
// month again replaces its figures. Faults: Invalid for a month that has not
// come or is before the year of the law, for amounts below zero, for more paid
// than accrued or accrued than committed up to any month, and for more committed
// than the draw has credit for; NotFound, Forbidden.
func (m *Module) ReportMoney(ctx context.Context, number string, year int, code string, s Stage) error {
	return m.actOn(ctx, number, delivery.ReportMoney, func(ctx context.Context, w *work) error { return w.reportMoney(ctx, year, code, s) })
}

func (w *work) reportMoney(ctx context.Context, year int, code string, s Stage) error {
	law, line, err := w.m.lock(ctx, year, code)
	if err != nil {
		return wrongYear(err)
	}
	was, err := w.m.drawOf(ctx, w.Initiative.ID, line.ID)
	if err != nil {
		return err
	}
	if was.ID == "" {
		return wrong("line", "delivery.budget.fault.no_draw", "line", code)
	}
	s.Line, s.Initiative = line.ID, w.Initiative.ID
	sum, err := w.stage(ctx, year, s)
	if err != nil {
		return err
	}
	now := was
	now.Committed, now.Accrued, now.Paid = sum.Committed, sum.Accrued, sum.Paid
	if now.Committed > was.Covered() {
		return wrong("committed", "delivery.budget.fault.above_draw", "covered", Amount(ctx, was.Covered(), law.Currency))
	}
	return w.spend(ctx, law, line, was, now, s)
}

// spend settles what an initiative spent and tells it.
func (w *work) spend(ctx context.Context, law Law, line Line, before, after Draw, s Stage) error {
	if err := w.m.settleDraw(ctx, before, after); err != nil {
		return err
	}
	now := line
	now.Figures = now.plus(Figures{Committed: after.Committed - before.Committed, Accrued: after.Accrued - before.Accrued, Paid: after.Paid - before.Paid})
	if err := w.m.ration(ctx, w, &now); err != nil {
		return err
	}
	if err := w.m.settle(ctx, line, now); err != nil {
		return err
	}
	return w.tell(ctx, EventSpent, now.Subject(), w.Initiative.ID, s.data(law, now), nil)
}

// OwnUse records what a line spent in a month on other things than initiatives;
// what it commits so is not free any more. Faults as ReportMoney.
func (m *Module) OwnUse(ctx context.Context, year int, code string, s Stage) error {
	return m.act(ctx, delivery.AmendBudget, func(ctx context.Context, w *work) error {
		law, was, err := m.lock(ctx, year, code)
		if err != nil {
			return wrongYear(err)
		}
		before, err := m.ownOf(ctx, was.ID)
		if err != nil {
			return err
		}
		s.Line, s.Initiative = was.ID, ""
		sum, err := w.stage(ctx, year, s)
		if err != nil {
			return err
		}
		if more := sum.Committed - was.Own; more > 0 && more > was.Free() {
			return wrong("committed", "delivery.budget.fault.free", "free", Amount(ctx, was.Free(), law.Currency), "line", was.Code)
		}
		now := was
		now.Own = sum.Committed
		now.Figures = now.plus(Figures{Committed: sum.Committed - before.Committed, Accrued: sum.Accrued - before.Accrued, Paid: sum.Paid - before.Paid})
		if err := m.ration(ctx, w, &now); err != nil {
			return err
		}
		if err := m.settle(ctx, was, now); err != nil {
			return err
		}
		return w.tell(ctx, EventOwnUse, now.Subject(), "", s.data(law, now), nil)
	})
}

// stage checks and writes the figures of a month and gives the sums up to now.
func (w *work) stage(ctx context.Context, year int, s Stage) (sum Stage, err error) {
	if err := s.validate(year, w.today(ctx)); err != nil {
		return sum, err
	}
	all, err := w.m.stages(ctx, s.Line, s.Initiative)
	if err != nil {
		return sum, err
	}
	s.At = clock.Now(ctx)
	if sum, err = summed(replaced(all, s)); err != nil {
		return sum, err
	}
	_, err = w.m.db.Exec(ctx, `INSERT INTO budget_stage (line, initiative, period, committed, accrued, paid, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (line, initiative, period) DO UPDATE SET committed = excluded.committed, accrued = excluded.accrued, paid = excluded.paid, at = excluded.at`,
		s.Line, s.Initiative, s.Period, s.Committed, s.Accrued, s.Paid, s.At)
	return sum, err
}

func (s Stage) validate(year int, today clock.Day) error {
	var c fault.Check
	month, err := time.Parse(periodForm, s.Period)
	switch {
	case err != nil || month.Format(periodForm) != s.Period:
		c.Fail("period", "delivery.budget.fault.period")
	case month.Year() < year:
		c.Fail("period", "delivery.budget.fault.period_before", "year", yearText(year))
	case s.Period > string(today)[:len(periodForm)]:
		c.Fail("period", "delivery.budget.fault.period_future")
	}
	for _, f := range []struct {
		name   string
		amount int64
	}{{"committed", s.Committed}, {"accrued", s.Accrued}, {"paid", s.Paid}} {
		c.Require(f.amount >= 0, f.name, "delivery.budget.fault.negative")
		c.Require(f.amount <= AmountMax, f.name, "delivery.budget.fault.amount_big")
	}
	return c.Err()
}

// replaced is the months with s in the place of its own, in order.
func replaced(all []Stage, s Stage) []Stage {
	var out []Stage
	put := false
	for _, x := range all {
		if !put && x.Period >= s.Period {
			out, put = append(out, s), true
		}
		if x.Period != s.Period {
			out = append(out, x)
		}
	}
	if !put {
		out = append(out, s)
	}
	return out
}

// summed adds the months up; up to each of them no more may be accrued than
// committed, and no more paid than accrued.
func summed(all []Stage) (sum Stage, err error) {
	for _, s := range all {
		sum.Committed += s.Committed
		sum.Accrued += s.Accrued
		sum.Paid += s.Paid
		if sum.Committed > TotalMax/2 {
			return sum, wrong("committed", "delivery.budget.fault.amount_big")
		}
		if sum.Accrued > sum.Committed {
			return sum, wrong("accrued", "delivery.budget.fault.accrued", "period", s.Period)
		}
		if sum.Paid > sum.Accrued {
			return sum, wrong("paid", "delivery.budget.fault.paid", "period", s.Period)
		}
	}
	return sum, nil
}

// stages are the months of an initiative on a line, or of the line's own use.
func (m *Module) stages(ctx context.Context, line, initiative string) ([]Stage, error) {
	return db.Query[Stage](ctx, m.db, `SELECT `+stageColumns+` FROM budget_stage WHERE line = $1 AND initiative = $2 ORDER BY period`, line, initiative)
}

// ownOf are the sums of a line's own use.
func (m *Module) ownOf(ctx context.Context, line string) (Stage, error) {
	all, err := m.stages(ctx, line, "")
	if err != nil {
		return Stage{}, err
	}
	return summed(all)
}

func (s Stage) data(law Law, l Line) map[string]string {
	return lineData(law, l, map[string]string{"period": s.Period, "committed": cents(s.Committed), "accrued": cents(s.Accrued), "paid": cents(s.Paid)})
}
