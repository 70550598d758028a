package opendata

import (
	"context"
	"net/url"

	"ronda/city/delivery"
	"ronda/platform/table"
)

// ofDelivery are who carries initiatives out, and what was said of how it goes.
func (s *sources) ofDelivery() []Dataset {
	return []Dataset{
		define(partExecution, "ejecutores", "executions", s.executions, "initiative text", "!ministry text", "since time", "reports number records", "last_report day", "next_report day"),
		define(partExecution, "traspasos", "handings", s.handings, "initiative text", "from text", "to text", "!note text", "!state text", "post text", "asked time",
			"!answer text", "answer_post text", "!answered time"),
		define(partExecution, "informes", "reports", s.reports, "initiative text", "!number number", "text text", "planned_share number percent", "done_share number percent",
			"late_days number days", "currency text", "may_spend number money", "accrued number money", "light text", "photos number records", "final text", "post text",
			"body text", "reported time"),
		define(partExecution, "semaforos", "lights", s.lights, "initiative text", "light text", "!reason text", "post text", "body text", "set_at time", "lifted_at time"),
		define(partExecution, "viabilidad", "ways", s.ways, "initiative text", "!kind text", "code_of text", "text text", "!url link", "!state text", "!day day"),
	}
}

func (s *sources) executions(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(delivery.PublicExecution) error) error { return s.Delivery.EachExecution(ctx, fn) }
	return stream(each, func(e delivery.PublicExecution) []any {
		return []any{e.Number, e.Executor, e.Since, e.Reports, e.Reported, e.Next}
	})
}

func (s *sources) handings(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(delivery.PublicHanding) error) error { return s.Delivery.EachHanding(ctx, fn) }
	return stream(each, func(h delivery.PublicHanding) []any {
		return []any{h.Number, h.From, h.To, h.Note, string(h.State), h.Post, h.At, h.Answer, h.AnswerPost, h.AnsweredAt}
	})
}

func (s *sources) reports(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(delivery.PublicReport) error) error { return s.Delivery.EachReport(ctx, fn) }
	return stream(each, func(r delivery.PublicReport) []any {
		row := []any{r.Of, r.Number, r.Text, share(r.Planned), share(r.Done), nil, r.Currency, nil, nil, string(r.Light), r.Photos, yesNo(r.Final), r.Post, r.Body, r.At}
		if r.Done != delivery.Unknown {
			row[5] = r.LateDays
		}
		if r.Currency != "" {
			row[7], row[8] = units(r.Budget), units(r.Accrued)
		}
		return row
	})
}

func (s *sources) lights(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(delivery.PublicOverride) error) error { return s.Delivery.EachOverride(ctx, fn) }
	return stream(each, func(o delivery.PublicOverride) []any {
		return []any{o.Of, string(o.Colour), o.Reason, o.Post, o.Body, o.At, o.Lifted}
	})
}

func (s *sources) ways(ctx context.Context, _ url.Values) table.Rows {
	each := func(fn func(delivery.PublicWay) error) error { return s.Delivery.EachWay(ctx, fn) }
	return stream(each, func(w delivery.PublicWay) []any {
		return []any{w.Number, w.Kind, w.Code, w.Text, w.URL, w.State, w.Day}
	})
}

// share is hundredths of a percent as a percentage, nil for what nobody knows.
func share(hundredths int) any {
	if hundredths == delivery.Unknown {
		return nil
	}
	return float64(hundredths) / 100
}
