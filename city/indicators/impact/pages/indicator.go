package pages

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/indicators/impact"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// indicatorPage is one indicator with everything that was measured.
type indicatorPage struct {
	Heading                 ui.Heading
	State                   ui.State
	Marks                   []ui.State
	Do                      ui.Buttons
	Notices                 []ui.Notice
	Figures                 ui.Figures
	Chart                   *chart
	Values, Parts, Versions ui.Table
	About                   string
	Facts                   ui.Facts
}

func (p *Pages) indicator(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.Impact.Indicator(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	say := p.under(ctx, v.Of.Charter)
	view := indicatorPage{Heading: ui.Heading{Crumbs: wayTo(ctx, v), Over: v.Number + " · " + t(ctx, "kind."+string(v.Kind)), Title: v.Name, Lead: promise(ctx, v.Indicator)},
		Chart: chartOf(ctx, v), About: v.About, Facts: say.definition(ctx, v.Indicator), Do: do(ctx, v), Notices: notices(ctx, v)}
	row := say.row(ctx, v.Indicator, v.Of.Today)
	view.State, view.Marks = row.State, row.Marks
	view.Figures = ui.Figures{{Value: v.Current.Say(ctx, v.Decimals), Text: now(ctx, v)}, {Value: v.Baseline.Say(ctx, v.Decimals), Text: t(ctx, "figure.baseline", "day", day(ctx, v.BaselineDay))},
		{Value: v.Target.Say(ctx, v.Decimals), Text: t(ctx, "figure.target", "day", day(ctx, v.TargetDay))}}
	if done, ok := v.Done(); ok {
		view.Figures = append(view.Figures, ui.Figure{Value: strconv.Itoa(int(done*100)) + " %", Text: t(ctx, "figure.way", "asked", int(v.Asked(v.Of.Today)*100))})
	}
	view.Values, view.Parts, view.Versions = say.values(ctx, v), say.parts(ctx, v), say.versions(ctx, v)
	return web.Render(w, r, open(v.Name, view.Heading.Lead, indicatorBody(view)))
}

// wayTo leads back to the initiative of an indicator.
func wayTo(ctx context.Context, v impact.View) []ui.Link {
	return []ui.Link{{Href: "/indicadores", Text: t(ctx, "list")}, {Href: "/iniciativas/" + v.Of.Initiative.Number + "/indicadores", Text: v.Of.Initiative.Title}}
}

// now says of when the value is.
func now(ctx context.Context, v impact.View) string {
	if v.CurrentPeriod == "" {
		return t(ctx, "figure.unmeasured")
	}
	return t(ctx, "figure.now", "unit", v.Unit, "period", impact.SayPeriod(ctx, v.CurrentPeriod))
}

// do are the acts that this person may do with an indicator.
func do(ctx context.Context, v impact.View) ui.Buttons {
	var out ui.Buttons
	at := "/indicadores/" + v.Number
	if !v.Retired.IsZero() {
		return nil
	}
	if v.Case.May(ctx, delivery.Measure) {
		out = append(out, ui.Button{Text: t(ctx, "measure"), Href: at + "/medir"})
	}
	if v.Case.May(ctx, delivery.DefineIndicator) {
		out = append(out, ui.Button{Text: t(ctx, "edit"), Href: at + "/editar", Weight: ui.Quiet}, ui.Button{Text: t(ctx, "retire"), Href: at + "/retirar", Weight: ui.Plainer})
	}
	return out
}

// notices say what is missing, and what is expected when.
func notices(ctx context.Context, v impact.View) []ui.Notice {
	switch {
	case !v.Retired.IsZero():
		return []ui.Notice{{Tone: ui.Info, Title: t(ctx, "standing.retired"), Text: v.RetiredWhy}}
	case !v.Complete():
		return []ui.Notice{{Tone: ui.Warn, Title: t(ctx, "incomplete"), Text: t(ctx, "incomplete.text")}}
	case v.LateOn(v.Of.Today):
		return []ui.Notice{{Tone: ui.Bad, Title: t(ctx, "late", "period", impact.SayPeriod(ctx, v.NextPeriod)), Text: t(ctx, "late.text", "day", day(ctx, v.NextDue))}}
	}
	return nil
}

// definition are the facts of what is measured.
func (w words) definition(ctx context.Context, i impact.Indicator) ui.Facts {
	facts := ui.Facts{{Name: t(ctx, "field.unit"), Text: i.Unit}, {Name: t(ctx, "field.direction"), Text: t(ctx, "direction."+string(i.Direction))},
		{Name: t(ctx, "field.every"), Text: t(ctx, "every."+string(i.Every))}}
	if i.Source != "" {
		facts = append(facts, ui.Fact{Name: t(ctx, "field.source"), Text: i.Source})
	}
	if i.Post != "" {
		facts = append(facts, ui.Fact{Name: t(ctx, "field.post"), Text: w.Post(ctx, i.Post)})
	}
	if i.Adds {
		facts = append(facts, ui.Fact{Name: t(ctx, "field.adds.short"), Text: t(ctx, "adds")})
	}
	if i.NextDue != "" {
		facts = append(facts, ui.Fact{Name: t(ctx, "next"), Text: t(ctx, "next.text", "period", impact.SayPeriod(ctx, i.NextPeriod), "day", day(ctx, i.NextDue))})
	}
	return facts
}

// values is the table of every version of the whole, the latest period first.
func (w words) values(ctx context.Context, v impact.View) ui.Table {
	out := ui.Table{Caption: t(ctx, "values"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "period")}, {Text: v.Unit, Number: true}, {Text: t(ctx, "evidence")}, {Text: t(ctx, "who")}}}
	whole := slices.DeleteFunc(slices.Clone(v.History), func(x impact.Measurement) bool { return !x.Whole() })
	slices.SortStableFunc(whole, func(a, b impact.Measurement) int { return strings.Compare(b.Period, a.Period) })
	for _, x := range whole {
		out.Rows = append(out.Rows, w.valueRow(ctx, v, x))
	}
	return out
}

// valueRow is one version of a value.
func (w words) valueRow(ctx context.Context, v impact.View, x impact.Measurement) ui.Row {
	who := w.Post(ctx, x.Post)
	if x.System != "" {
		who = t(ctx, "system", "name", x.System, "body", w.Body(ctx, x.Body))
	}
	who += " · " + i18n.ShortDate(ctx, x.At.In(v.Of.Charter.City.Zone))
	period, value := impact.SayPeriod(ctx, x.Period), x.Value().Say(ctx, v.Decimals)
	if !x.Stands {
		period, value = t(ctx, "was", "period", period, "version", x.Version), "("+value+")"
	} else if x.Version > 1 {
		period += " · " + t(ctx, "corrected", "version", x.Version)
	}
	if x.Late && x.Version == 1 {
		who += " · " + t(ctx, "was_late")
	}
	return ui.Row{{Text: period}, {Text: value}, evidence(ctx, x), {Text: who}}
}

// evidence is what shows a value, and why it was corrected.
func evidence(ctx context.Context, x impact.Measurement) ui.Cell {
	text := x.Note
	if text == "" {
		text = x.Source
	}
	if x.Reason != "" {
		text += " · " + t(ctx, "reason", "reason", x.Reason)
	}
	return ui.Cell{Text: text, Href: x.Evidence}
}

// parts is the table of the latest values by territory and group, per inhabitant
// where the city gives the population.
func (w words) parts(ctx context.Context, v impact.View) ui.Table {
	out := ui.Table{Caption: t(ctx, "parts"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "part")}, {Text: t(ctx, "period")}, {Text: v.Unit, Number: true}}}
	if v.PerInhabitant {
		out.Columns = append(out.Columns, ui.Head{Text: t(ctx, "per_inhabitant"), Number: true})
	}
	latest := map[[2]string]impact.Measurement{}
	var order [][2]string
	for _, x := range v.History {
		key := [2]string{x.Territory, x.Group}
		if !x.Stands || x.Whole() && !v.PerInhabitant {
			continue
		}
		if _, seen := latest[key]; !seen {
			order = append(order, key)
		}
		latest[key] = x
	}
	for _, key := range order {
		x := latest[key]
		row := ui.Row{{Text: w.part(ctx, x)}, {Text: impact.SayPeriod(ctx, x.Period)}, {Text: x.Value().Say(ctx, v.Decimals)}}
		if v.PerInhabitant {
			row = append(row, ui.Cell{Text: perInhabitant(ctx, v, x)})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// part names whom a value is of.
func (w words) part(ctx context.Context, x impact.Measurement) string {
	name := w.Territory(x.Territory)
	if x.Territory == "" {
		name = w.Charter.Whole().Name.In(w.Lang)
	}
	if x.Group != "" {
		name += " · " + w.Group(x.Group)
	}
	return name
}

// perInhabitant is a value per 1,000 inhabitants, with who counted those when.
func perInhabitant(ctx context.Context, v impact.View, x impact.Measurement) string {
	place, ok := v.Of.Charter.Territories.Get(x.Territory)
	if x.Territory == "" {
		place, ok = v.Of.Charter.Whole(), true
	}
	if !ok || x.Group != "" || place.Population == nil || place.Population.Count == 0 {
		return t(ctx, "per_inhabitant.none")
	}
	return t(ctx, "per_inhabitant.of", "value", ui.Decimal(ctx, 1000*x.Value().Float(v.Decimals)/float64(place.Population.Count)), "source", source(*place.Population))
}

// source says who counted the inhabitants, and when.
func source(p charter.Population) string {
	year := strconv.Itoa(p.Year)
	if strings.Contains(p.Source, year) {
		return p.Source
	}
	return p.Source + ", " + year
}

// versions is the table of what the definition said before.
func (w words) versions(ctx context.Context, v impact.View) ui.Table {
	out := ui.Table{Caption: t(ctx, "versions"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "version")}, {Text: t(ctx, "aim.title")}, {Text: t(ctx, "why")}}}
	if len(v.Versions) < 2 {
		return out
	}
	for _, d := range v.Versions {
		old := impact.Indicator{Definition: d.Definition}
		out.Rows = append(out.Rows, ui.Row{{Text: strconv.FormatInt(d.No, 10) + " · " + day(ctx, clock.DayOf(d.At, v.Of.Charter.City.Zone))},
			{Text: d.Baseline.Say(ctx, d.Decimals) + " → " + aim(ctx, old)}, {Text: d.Reason}})
	}
	return out
}
