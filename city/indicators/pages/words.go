package pages

import (
	"context"
	"math"
	"strconv"
	"strings"

	"ronda/city/indicators"
	"ronda/city/indicators/index"
	"ronda/city/roundtable/wording"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// words says the indices in the reader's language.
type words struct{ wording.Words }

// value is a figure with one decimal as the language writes it; no value is said so.
func value(ctx context.Context, v index.Value) string {
	if !v.Known {
		return t(ctx, "none")
	}
	s := v.String()
	if i18n.Of(ctx) == i18n.Spanish {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

func (w words) participation(ctx context.Context, now *indicators.Picture) indexView {
	p := now.Participation
	v := w.view(ctx, "i1", p.City)
	v.Counted = ui.Link{Href: participationHref, Text: t(ctx, "counted.see")}
	v.Figures = ui.Figures{
		{Value: strconv.Itoa(p.Counted), Text: t(ctx, "i1.counted", "count", p.Counted)}, {Value: strconv.Itoa(p.Alone), Text: t(ctx, "i1.alone", "count", p.Alone)},
		{Value: value(ctx, p.Breadth), Text: t(ctx, "i1.breadth")}, {Value: value(ctx, p.Intensity), Text: t(ctx, "i1.intensity")},
	}
	v.Spark = w.spark(ctx, now, v.Title, func(q indicators.Quarter) index.Value { return q.Participation })
	v.Ministries = ui.Bars{Label: t(ctx, "i1.ministries"), Whole: 100}
	for _, m := range p.Ministries {
		if m.Listed > 0 {
			v.Ministries.Items = append(v.Ministries.Items, ui.Bar{Name: w.Body(ctx, m.Ministry), Value: m.Value.Exact,
				Text: t(ctx, "share", "acted", m.Acted, "listed", m.Listed), Href: cutHref(participationHref, "ministerio", m.Ministry)})
		}
	}
	v.Axes = w.axes(ctx, p.Axes, participationHref)
	return v
}

func (w words) compliance(ctx context.Context, now *indicators.Picture) indexView {
	c := now.Compliance
	v := w.view(ctx, "i2", c.City)
	v.Counted = ui.Link{Href: complianceHref, Text: t(ctx, "counted.see")}
	v.Figures = ui.Figures{
		{Value: strconv.Itoa(c.Counted), Text: t(ctx, "i2.counted", "count", c.Counted)}, {Value: value(ctx, c.Strict), Text: t(ctx, "i2.strict")},
		{Value: value(ctx, c.WholeShare), Text: t(ctx, "i2.whole")}, {Value: value(ctx, c.Returns), Text: t(ctx, "i2.returns")},
	}
	v.Spark = w.spark(ctx, now, v.Title, func(q indicators.Quarter) index.Value { return q.Levels })
	v.Ministries = ui.Bars{Label: t(ctx, "i2.ministries"), Whole: 100}
	for _, m := range c.Ministries {
		v.Ministries.Items = append(v.Ministries.Items, ui.Bar{Name: w.Body(ctx, m.Ministry), Value: m.Value.Exact, Text: value(ctx, m.Value), Href: cutHref(complianceHref, "ministerio", m.Ministry)})
	}
	v.Axes = w.axes(ctx, c.Axes, complianceHref)
	return v
}

// view is the head of an index.
func (w words) view(ctx context.Context, key string, city index.Value) indexView {
	v := indexView{Title: t(ctx, key+".title"), Lead: t(ctx, key+".lead"), Value: value(ctx, city)}
	if !city.Known {
		v.None = t(ctx, "none.text")
		return v
	}
	v.Whole = ui.Bars{Label: v.Title, Whole: 100, Items: []ui.Bar{{Name: t(ctx, "city"), Value: city.Exact, Text: v.Value + " " + t(ctx, "of100")}}}
	return v
}

func (w words) axes(ctx context.Context, parts []index.AxisPart, page string) ui.Bars {
	out := ui.Bars{Label: t(ctx, "i1.axes"), Whole: 100}
	for _, a := range parts {
		name, colour := w.Axis(a.Axis)
		out.Items = append(out.Items, ui.Bar{Name: name, Value: a.Value.Exact, Text: value(ctx, a.Value), Axis: colour, Href: cutHref(page, "eje", a.Axis)})
	}
	return out
}

// steps are the days of each step, in the order of the steps.
func (w words) steps(ctx context.Context, c index.Compliance) ui.Bars {
	out := ui.Bars{Label: t(ctx, "i2.steps")}
	of := map[string]index.StepMedian{}
	for _, s := range c.Steps {
		of[s.Step] = s
	}
	for _, s := range w.Charter.Flow.Steps.All() {
		m, ok := of[s.Code]
		if !ok || !m.Median.Known {
			continue
		}
		days := int(math.Round(m.Median.Exact))
		out.Items = append(out.Items, ui.Bar{Name: w.Step(s.Code), Value: m.Median.Exact, Text: t(ctx, "days", "count", days)})
	}
	return out
}

// spark draws how an index moved; quarters without a value are left out.
func (w words) spark(_ context.Context, now *indicators.Picture, title string, of func(indicators.Quarter) index.Value) ui.Spark {
	s := ui.Spark{Label: title}
	for _, q := range now.Quarters {
		if v := of(q); v.Known {
			s.Values = append(s.Values, v.Exact)
		}
	}
	return s
}

// history is the table of the quarters, the newest first: the one that runs as it
// is now, and each that is over as it was published.
func (w words) history(ctx context.Context, now *indicators.Picture, published []indicators.Published) ui.Table {
	out := ui.Table{Caption: t(ctx, "history"), HideCaption: true,
		Columns: []ui.Head{{Text: t(ctx, "quarter")}, {Text: t(ctx, "i1.title"), Number: true}, {Text: t(ctx, "i2.title"), Number: true}, {Text: t(ctx, "published")}}}
	again := map[string]indicators.Quarter{}
	for n := range now.Quarters {
		q := now.Quarters[len(now.Quarters)-1-n]
		again[quarterCode(q.Year, q.No)] = q
		if n == 0 {
			out.Rows = append(out.Rows, quarterRow(ctx, q.Year, q.No, value(ctx, q.Participation), value(ctx, q.Levels), t(ctx, "published.not_yet")))
		}
	}
	for _, p := range published {
		note := t(ctx, "published.by", "rule", p.Rule, "day", i18n.ShortDate(ctx, p.At.In(w.Charter.City.Zone)))
		if q, ok := again[quarterCode(p.Year, p.No)]; ok && (q.Participation.String() != p.Participation.String() || q.Levels.String() != p.Levels.String()) {
			note += " " + t(ctx, "published.now", "i1", value(ctx, q.Participation), "i2", value(ctx, q.Levels))
		}
		out.Rows = append(out.Rows, quarterRow(ctx, p.Year, p.No, value(ctx, p.Participation), value(ctx, p.Levels), note))
	}
	return out
}

func quarterRow(ctx context.Context, year, no int, i1, i2, note string) ui.Row {
	code := quarterCode(year, no)
	return ui.Row{{Text: t(ctx, "quarter.of", "no", no, "year", year)}, {Text: i1, Href: cutHref(participationHref, "periodo", code)},
		{Text: i2, Href: cutHref(complianceHref, "periodo", code)}, {Text: note}}
}

func quarterCode(year, no int) string { return strconv.Itoa(year) + "-Q" + strconv.Itoa(no) }
