package budget

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"ronda/city/delivery"
	"ronda/platform/fault"
	"ronda/platform/table"
)

// The further fields of a list of what was spent; it also has FieldCode and
// FieldCurrency.
const (
	FieldInitiative Field = "initiative"
	FieldPeriod     Field = "period"
	FieldCommitted  Field = "committed"
	FieldAccrued    Field = "accrued"
	FieldPaid       Field = "paid"
)

// SpendingFields lists the columns of a list of what was spent month by month, as
// the city's accounts give it.
var SpendingFields = FieldList{
	{FieldCode, true, []string{"partida", "partida (código)", "código", "code", "line", "línea", "código de partida", "line code", "imputación"}},
	{FieldInitiative, false, []string{"iniciativa", "initiative", "número de iniciativa", "proyecto", "project"}},
	{FieldPeriod, true, []string{"período", "periodo", "period", "mes", "month"}},
	{FieldCommitted, true, []string{"comprometido", "compromiso", "committed", "commitment"}},
	{FieldAccrued, true, []string{"devengado", "accrued"}},
	{FieldPaid, true, []string{"pagado", "paid"}},
	{FieldCurrency, false, []string{"moneda", "currency"}},
}

// SpendingMax is how many rows a list of what was spent may have.
const SpendingMax = 10_000

// Spending is what became of a list of what was spent, or would.
type Spending struct {
	Kept   bool
	Rows   int // that are right
	Wrong  int
	Faults []RowFault
	Law    Law // with what was spent
}

// errTried ends a transaction of which nothing is to stay.
var errTried = errors.New("budget: tried only")

// spent is a row of the list.
type spent struct {
	line             int // of the file
	code, initiative string
	stage            Stage
}

// ImportSpending records what lines and their initiatives spent month by month, all
// of a list or nothing, under the rules of ReportMoney and OwnUse: a row without an
// initiative is the line's own use, and a month that is there already is replaced.
// trial checks and keeps nothing. Faults as of Import; Invalid above SpendingMax rows.
func (m *Module) ImportSpending(ctx context.Context, year int, f File, how Mapping, trial bool) (r Spending, err error) {
	if err := how.validateFor(SpendingFields, f.Sheet); err != nil {
		return r, err
	}
	if len(f.Sheet.Rows) > SpendingMax {
		return r, wrong("file", "fault.too_many", "max", SpendingMax)
	}
	err = m.act(ctx, delivery.AmendBudget, func(ctx context.Context, w *work) error {
		if r.Law, err = m.lockLaw(ctx, year); err != nil {
			return err
		}
		rows := r.read(r.Law, f.Sheet, how)
		for _, row := range rows {
			if err := r.note(row, w.record(ctx, year, row)); err != nil {
				return err
			}
		}
		if r.Law, err = m.Law(ctx, year); err != nil {
			return err
		}
		if trial || r.Wrong > 0 || r.Rows == 0 {
			return errTried
		}
		r.Kept = true
		return nil
	})
	if errors.Is(err, errTried) {
		err = nil
	}
	return r, err
}

// read makes rows of a list, by month: what a month spends may rest on what the
// months before committed, wherever the list has them.
func (r *Spending) read(law Law, sheet table.Sheet, how Mapping) []spent {
	var out []spent
	seen := map[[3]string]int{}
	for _, row := range sheet.Rows {
		cell := func(f Field) string { return strings.TrimSpace(row.Cell(how.column(f))) }
		x := spent{line: row.Line, code: cell(FieldCode), initiative: cell(FieldInitiative), stage: Stage{Period: cell(FieldPeriod)}}
		var c fault.Check
		c.Text(string(FieldCode), x.code, true, CodeMax)
		if said := cell(FieldCurrency); said != "" && !strings.EqualFold(said, law.Currency) && said != Sign(law.Currency) {
			c.Fail(string(FieldCurrency), "delivery.budget.fault.currencies", "one", law.Currency, "other", shortened(said))
		}
		for field, to := range map[Field]*int64{FieldCommitted: &x.stage.Committed, FieldAccrued: &x.stage.Accrued, FieldPaid: &x.stage.Paid} {
			money(&c, field, cell(field), law.Currency, how.Mark, to)
		}
		key := [3]string{x.code, x.initiative, x.stage.Period}
		if first, twice := seen[key]; twice {
			c.Fail(string(FieldPeriod), "delivery.budget.fault.month_twice", "line", first)
		}
		seen[key] = x.line
		if err := c.Err(); err != nil {
			r.fail(x, err)
			continue
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b spent) int { return cmp.Compare(a.stage.Period, b.stage.Period) })
	return out
}

// money reads an amount; an empty cell is nothing.
func money(c *fault.Check, f Field, said, currency string, mark Mark, to *int64) {
	if said == "" {
		return
	}
	n, err := ParseAmount(said, currency, mark)
	var wrong *fault.Error
	if errors.As(err, &wrong) {
		c.Fail(string(f), wrong.Key, wrong.Args...)
	}
	*to = n
}

// record keeps a row, under the name of whoever brings the list.
func (w *work) record(ctx context.Context, year int, x spent) error {
	if x.initiative == "" {
		return w.m.OwnUse(ctx, year, x.code, x.stage)
	}
	return w.m.actOn(ctx, x.initiative, delivery.AmendBudget, func(ctx context.Context, w *work) error { return w.reportMoney(ctx, year, x.code, x.stage) })
}

// note counts a row; err is given back when it is none of the row's.
func (r *Spending) note(x spent, err error) error {
	var wrong *fault.Error
	switch {
	case err == nil:
		r.Rows++
		return nil
	case !errors.As(err, &wrong) || wrong.Kind == fault.Forbidden && x.initiative == "":
		return err
	}
	r.fail(x, err)
	return nil
}

// fail notes what is wrong with a row.
func (r *Spending) fail(x spent, err error) {
	r.Wrong++
	var wrong *fault.Error
	if !errors.As(err, &wrong) {
		return
	}
	fields := wrong.Fields
	if len(fields) == 0 {
		field := FieldCode
		if x.initiative != "" {
			field = FieldInitiative
		}
		fields = []fault.Field{{Name: string(field), Key: wrong.Key, Args: wrong.Args}}
	}
	for _, f := range fields {
		if f.Name == "line" {
			f.Name = string(FieldCode)
		}
		if len(r.Faults) < FaultsMax {
			r.Faults = append(r.Faults, RowFault{Line: x.line, Code: x.code, Field: Field(f.Name), Key: f.Key, Args: f.Args})
		}
	}
}
