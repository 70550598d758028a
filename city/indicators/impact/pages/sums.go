package pages

import (
	"context"
	"slices"

	"ronda/city/indicators/impact"
	"ronda/platform/clock"
	"ronda/platform/ui"
)

// code names a code of one way to sum up.
func (w words) code(ctx context.Context, by impact.By, code string) string {
	switch by {
	case impact.ByAxis:
		name, _ := w.Axis(code)
		return name
	case impact.ByGoal:
		return w.Goal(code)
	case impact.ByPurpose:
		return w.Purpose(code)
	case impact.BySDG:
		return w.SDG(code)
	case impact.ByMinistry:
		return w.Body(ctx, code)
	case impact.ByStanding:
		return t(ctx, "standing."+code)
	}
	return t(ctx, "kind."+code)
}

// knows says whether the city has a code of one way to sum up.
func (w words) knows(by impact.By, code string) bool {
	switch by {
	case impact.ByAxis:
		return w.Charter.Frame.Axes.Has(code)
	case impact.ByGoal:
		return w.Charter.Frame.Goals.Has(code)
	case impact.ByPurpose:
		return w.Charter.Frame.Purposes.Has(code)
	case impact.BySDG:
		return w.Charter.SDG.Goals.Has(code) || w.Charter.SDG.Targets.Has(code)
	case impact.ByMinistry:
		return w.Charter.Bodies.Has(code)
	case impact.ByStanding:
		return slices.Contains(impact.Standings, impact.Standing(code))
	}
	return code == string(impact.Outcome) || code == string(impact.Output)
}

// gains is the table of what outcomes that add up achieved together.
func gains(ctx context.Context, city impact.Sum) ui.Table {
	out := ui.Table{Caption: t(ctx, "gains"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "gains.unit")}, {Text: t(ctx, "gains.value"), Number: true}, {Text: t(ctx, "gains.target"), Number: true}}}
	for _, g := range city.Gains {
		out.Rows = append(out.Rows, ui.Row{{Text: g.Unit}, {Text: g.Value.Say(ctx, g.Decimals)}, {Text: g.Target.Say(ctx, g.Decimals)}})
	}
	return out
}

// rows are indicators as a list shows them, each with its initiative.
func (p *Pages) rows(ctx context.Context, say words, list []impact.Indicator, today clock.Day) ([]indicatorRow, error) {
	var ids []string
	for _, i := range list {
		ids = append(ids, i.Initiative)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	cards, err := p.Roundtable.Cards(ctx, ids...)
	if err != nil {
		return nil, err
	}
	links := map[string]ui.Link{}
	for _, c := range cards {
		links[c.ID] = ui.Link{Href: "/iniciativas/" + c.Number + "/indicadores", Text: c.Title}
	}
	out := make([]indicatorRow, len(list))
	for n, i := range list {
		out[n] = say.row(ctx, i, today)
		out[n].Of = links[i.Initiative]
	}
	return out, nil
}

// coming is the calendar of what is to be measured next, by day.
func (w words) coming(ctx context.Context, list []impact.Indicator) ui.Table {
	out := ui.Table{Caption: t(ctx, "coming"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "coming.what")}, {Text: t(ctx, "period")}, {Text: t(ctx, "coming.by")}, {Text: t(ctx, "field.every")}, {Text: t(ctx, "field.post")}}}
	for _, i := range list {
		out.Rows = append(out.Rows, ui.Row{{Text: i.Name, Href: "/indicadores/" + i.Number}, {Text: impact.SayPeriod(ctx, i.NextPeriod)}, {Text: day(ctx, i.NextDue)},
			{Text: t(ctx, "every."+string(i.Every))}, {Text: w.Post(ctx, i.Post)}})
	}
	return out
}
