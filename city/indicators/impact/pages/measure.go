package pages

import (
	"context"
	"net/http"
	"net/url"

	"ronda/city/delivery"
	"ronda/city/indicators/impact"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// measureForm enters the value of a period. It says first what is expected.
func (p *Pages) measureForm() form {
	return form{done: "measured", page: func(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
		ctx := r.Context()
		v, err := p.require(ctx, r, delivery.Measure)
		if err != nil {
			return web.Page{}, err
		}
		if typed == nil {
			typed = opening(v, r.URL.Query())
		}
		at := "/indicadores/" + v.Number
		return narrow(formPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: at, Text: v.Name}}, Over: v.Number, Title: t(ctx, "measure"), Lead: v.About}, Before: expectedView(expected(ctx, v)),
			Form: ui.Form{Action: r.URL.Path, Values: typed, Errors: wrong}, Parts: []formPart{{Fields: p.under(ctx, v.Of.Charter).measureFields(ctx, v)}},
			Buttons: ui.Buttons{{Text: t(ctx, "measure.save")}, {Text: t(ctx, "back"), Href: at, Weight: ui.Plainer}}}), nil
	}, do: func(ctx context.Context, r *http.Request, typed url.Values) (string, error) {
		number := r.PathValue("number")
		_, err := p.Impact.Report(ctx, impact.Reading{Indicator: number, Period: typed.Get("period"), Value: typed.Get("value"), Territory: typed.Get("territory"), Group: typed.Get("group"),
			Source: typed.Get("source"), Evidence: typed.Get("evidence"), Note: typed.Get("note"), Reason: typed.Get("reason")})
		return "/indicadores/" + number, err
	}}
}

func (p *Pages) measurePage(w http.ResponseWriter, r *http.Request) error {
	return p.measureForm().show(w, r)
}
func (p *Pages) measure(w http.ResponseWriter, r *http.Request) error {
	return p.measureForm().send(w, r)
}

// opening is what the form opens on: the oldest period that waits.
func opening(v impact.View, q url.Values) ui.Values {
	typed := ui.Values{"period": {q.Get("periodo")}}
	if open := v.Open(); len(open) > 0 && q.Get("periodo") == "" {
		typed["period"] = []string{open[0].Code()}
	}
	return typed
}

// expectation is what is expected of whoever measures.
type expectation struct{ Title, Text, Was string }

func expected(ctx context.Context, v impact.View) expectation {
	e := expectation{Title: t(ctx, "expected.none"), Text: promise(ctx, v.Indicator)}
	if v.NextPeriod != "" {
		e.Title = t(ctx, "expected", "period", impact.SayPeriod(ctx, v.NextPeriod), "day", day(ctx, v.NextDue))
		if v.LateOn(v.Of.Today) {
			e.Title = t(ctx, "expected.late", "period", impact.SayPeriod(ctx, v.NextPeriod), "day", day(ctx, v.NextDue))
		}
	}
	if whole := v.Whole(); len(whole) > 0 {
		last := whole[len(whole)-1]
		e.Was = t(ctx, "expected.was", "period", impact.SayPeriod(ctx, last.Period), "value", last.Value().Say(ctx, v.Decimals), "unit", v.Unit)
	}
	return e
}

func (w words) measureFields(ctx context.Context, v impact.View) []ui.Field {
	list := []ui.Field{{Name: "period", Label: t(ctx, "period"), Kind: ui.Select, Required: true, Options: periods(ctx, v), Hint: t(ctx, "field.period.hint")},
		{Name: "value", Label: t(ctx, "field.value"), Hint: v.Unit + ". " + t(ctx, "field.value.hint", "decimals", v.Decimals), Required: true, Short: true}}
	if v.ByTerritory {
		list = append(list, w.placeField(ctx, v.Of.Today, false))
	}
	if v.ByGroup {
		list = append(list, w.groupField(ctx, v.Of.Today, false))
	}
	return append(list, ui.Field{Name: "note", Label: t(ctx, "field.note"), Hint: t(ctx, "field.note.hint"), Kind: ui.Area, Rows: 3, Max: 2000},
		ui.Field{Name: "evidence", Label: t(ctx, "field.evidence"), Hint: t(ctx, "field.evidence.hint"), Kind: ui.Web},
		ui.Field{Name: "reason", Label: t(ctx, "field.correction"), Hint: t(ctx, "field.correction.hint"), Kind: ui.Area, Rows: 2, Max: 2000})
}

// periodsShown is how many periods back can be chosen.
const periodsShown = 24

// periods are those that are over, those that wait first.
func periods(ctx context.Context, v impact.View) []ui.Option {
	waiting := map[string]bool{}
	var out []ui.Option
	for _, p := range v.Open() {
		waiting[p.Code()] = true
		out = append(out, ui.Option{Value: p.Code(), Text: t(ctx, "period.due", "period", impact.SayPeriod(ctx, p.Code()), "day", day(ctx, p.Due(v.Grace()))), Group: t(ctx, "period.waiting")})
	}
	values := map[string]string{}
	for _, x := range v.Whole() {
		values[x.Period] = x.Value().Say(ctx, v.Decimals)
	}
	var past []ui.Option
	for p := impact.PeriodOf(v.Every, max(v.BaselineDay, "1990-01-01")); p.Over(v.Of.Today); p = p.Next() {
		if p.End() > v.BaselineDay && !waiting[p.Code()] {
			text := impact.SayPeriod(ctx, p.Code())
			if value, ok := values[p.Code()]; ok {
				text = t(ctx, "period.done", "period", text, "value", value)
			}
			past = append(past, ui.Option{Value: p.Code(), Text: text, Group: t(ctx, "period.others")})
		}
	}
	for n := len(past) - 1; n >= max(0, len(past)-periodsShown); n-- {
		out = append(out, past[n])
	}
	return out
}
