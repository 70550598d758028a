package opendata

import (
	"context"
	"net/url"

	"ronda/city/indicators/impact"
	"ronda/platform/table"
)

// ofImpact are the indicators of initiatives and what was measured.
func (s *sources) ofImpact() []Dataset {
	return []Dataset{
		define(partImpact, "indicadores", "indicators", s.indicators, "!number text", "initiative text", "name text", "about text", "kind text", "social text",
			"unit_name text", "direction text", "baseline number named", "baseline_day day", "target number named", "target_day day", "!value number named",
			"!period text", "source text", "every text", "post text", "ministry text", "axis text", "retired time", "url link"),
		define(partImpact, "mediciones", "measurements", s.measurements, "indicator text", "initiative text", "name text", "unit_name text", "period text",
			"territory text", "group text", "value number named", "version number", "stands text", "source text", "evidence text", "note text", "!reason text",
			"late text", "!body text", "system text", "measured time"),
		define(partImpact, "alcanzados", "reached", s.reached, "initiative text", "!group text", "!territory text", "!people number people", "!day day",
			"!version number", "stands text", "evidence text", "note text", "!reason text", "body text", "measured time"),
	}
}

func (s *sources) indicators(ctx context.Context, _ url.Values) table.Rows {
	numbers := s.numbers(ctx)
	each := func(fn func(impact.Indicator) error) error { return s.Impact.EachIndicator(ctx, fn) }
	return streamSome(each, func(i impact.Indicator) ([]any, bool) {
		number := numbers(i.Initiative)
		return []any{i.Number, number, i.Name, i.About, string(i.Kind), yesNo(i.Social), i.Unit, string(i.Direction), figure(i.Baseline, i.Decimals), i.BaselineDay,
			figure(i.Target, i.Decimals), i.TargetDay, figure(i.Current, i.Decimals), i.CurrentPeriod, i.Source, string(i.Every), i.Post, i.Ministry, i.Axis, i.Retired, "/indicadores/" + i.Number}, number != ""
	})
}

func (s *sources) measurements(ctx context.Context, _ url.Values) table.Rows {
	numbers := s.numbers(ctx)
	each := func(fn func(impact.Public) error) error { return s.Impact.EachMeasurement(ctx, fn) }
	return streamSome(each, func(m impact.Public) ([]any, bool) {
		number := numbers(m.Initiative)
		return []any{m.Number, number, m.Name, m.Unit, m.Period, m.Territory, m.Measurement.Group, figure(m.Value(), m.Decimals), m.Version, yesNo(m.Stands), m.Source, m.Evidence,
			m.Note, m.Reason, yesNo(m.Late), m.Body, m.System, m.At}, number != ""
	})
}

func (s *sources) reached(ctx context.Context, _ url.Values) table.Rows {
	numbers := s.numbers(ctx)
	each := func(fn func(impact.Reached) error) error { return s.Impact.EachReached(ctx, fn) }
	return streamSome(each, func(r impact.Reached) ([]any, bool) {
		number := numbers(r.Initiative)
		return []any{number, r.Group, r.Territory, r.People, r.Day, r.Version, yesNo(r.Stands), r.Evidence, r.Note, r.Reason, r.Body, r.At}, number != ""
	})
}

// figure is a value as a number, nil for none.
func figure(v impact.Value, decimals int) any {
	if !v.Known {
		return nil
	}
	return v.Float(decimals)
}
