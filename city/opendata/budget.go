package opendata

import (
	"context"
	"net/url"
	"strconv"

	"ronda/city/delivery/budget"
	"ronda/platform/table"
)

// ofBudget are the budget laws, their lines, and what initiatives draw on them and
// spend.
func (s *sources) ofBudget() []Dataset {
	return []Dataset{
		define(partBudget, "presupuesto-leyes", "laws", s.laws, "year number years", "law text", "body text", "enacted day", "currency text",
			"original number money", "amended number money", "credit number money", "drawn number money", "committed number money", "accrued number money",
			"paid number money", "invented text", "url link"),
		define(partBudget, "presupuesto-partidas", "lines", s.lines, "year number years", "line_code text", "line_name text", "institution text", "ministry text",
			"programme text", "function text", "funding text", "currency text", "original number money", "amended number money", "credit number money",
			"drawn number money", "free number money", "committed number money", "accrued number money", "paid number money", "url link"),
		define(partBudget, "presupuesto-usos", "draws", s.draws, "initiative text", "year number years", "line_code text", "currency text", "amount number money",
			"committed number money", "accrued number money", "paid number money", "short number money", "noted time"),
		define(partBudget, "presupuesto-etapas", "stages", s.stages, "!period text", "year number years", "line_code text", "!initiative text", "currency text",
			"committed number money", "accrued number money", "paid number money", "reported time"),
		define(partBudget, "presupuesto-reformas", "amendments", s.amendments, "year number years", "line_code text", "day day", "currency text", "amount number money",
			"act text", "!reason text"),
	}
}

// units are centavos as units of the currency.
func units(centavos int64) float64 { return float64(centavos) / 100 }

func (s *sources) laws(ctx context.Context, _ url.Values) table.Rows {
	return stream(s.eachLaw(ctx), func(l budget.Law) []any {
		return []any{l.Year, l.Number, l.Body, l.Day, l.Currency, units(l.Original), units(l.Amended()), units(l.Credit), units(l.Drawn), units(l.Committed),
			units(l.Accrued), units(l.Paid), yesNo(l.Invented), "/presupuesto/" + strconv.Itoa(l.Year)}
	})
}

// eachLaw reads the laws, of which there is one a year.
func (s *sources) eachLaw(ctx context.Context) func(fn func(budget.Law) error) error {
	return func(fn func(budget.Law) error) error {
		laws, err := s.Budget.Laws(ctx)
		for _, l := range laws {
			if err == nil {
				err = fn(l)
			}
		}
		return err
	}
}

// ofLaw is a record of the law under which it stands.
type ofLaw[T any] struct {
	law budget.Law
	row T
}

// byYear reads records of every law, year after year.
func byYear[T any](ctx context.Context, s *sources, each func(year int, fn func(T) error) error) func(fn func(ofLaw[T]) error) error {
	return func(fn func(ofLaw[T]) error) error {
		return s.eachLaw(ctx)(func(l budget.Law) error {
			return each(l.Year, func(row T) error { return fn(ofLaw[T]{l, row}) })
		})
	}
}

func (s *sources) lines(ctx context.Context, _ url.Values) table.Rows {
	each := byYear(ctx, s, func(year int, fn func(budget.Line) error) error {
		return s.Budget.EachLine(ctx, budget.Filter{Year: year}, fn)
	})
	return stream(each, func(x ofLaw[budget.Line]) []any {
		l := x.row
		return []any{l.Year, l.Code, l.Name, l.Institution, l.Ministry, l.Programme, l.Function, l.Source, x.law.Currency, units(l.Original), units(l.Amended()),
			units(l.Credit), units(l.Drawn), units(l.Free()), units(l.Committed), units(l.Accrued), units(l.Paid), "/presupuesto/" + strconv.Itoa(l.Year) + "/partidas/" + url.PathEscape(l.Code)}
	})
}

func (s *sources) draws(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(budget.Drawn) error) error { return s.Budget.EachDraw(ctx, 0, fn) }
	return stream(each, func(d budget.Drawn) []any {
		return []any{d.Number, d.LineYear, d.Code, d.Currency, units(d.Amount), units(d.Committed), units(d.Accrued), units(d.Paid), units(d.Short), d.At}
	})
}

// stages are the months of spending; those of no initiative are the line's own.
func (s *sources) stages(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(budget.Staged) error) error { return s.Budget.EachStage(ctx, 0, fn) }
	return stream(each, func(x budget.Staged) []any {
		return []any{x.Period, x.LineYear, x.Code, x.Number, x.Currency, units(x.Committed), units(x.Accrued), units(x.Paid), x.At}
	})
}

func (s *sources) amendments(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(budget.Amended) error) error { return s.Budget.EachAmendment(ctx, 0, fn) }
	return stream(each, func(x budget.Amended) []any {
		return []any{x.LineYear, x.Code, x.Day, x.Currency, units(x.Amount), x.Act, x.Why}
	})
}
