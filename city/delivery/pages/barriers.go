package pages

import (
	"net/http"

	"ronda/city/delivery"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// barriersPage is what stands in the way of initiatives, and stood.
type barriersPage struct {
	Heading ui.Heading
	Filters ui.Filters
	Figures ui.Figures
	Kinds   ui.Bars
	Owners  ui.Bars
	Oldest  ui.Table
	Table   ui.Table
	Empty   *ui.Empty
}

// years back that the report can be narrowed to.
const yearsBack = 3

// barriers shows the report of the commonest obstacles.
func (p *Pages) barriers(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	f, err := say.barrierFilter(r)
	if err != nil {
		return err
	}
	report, err := p.delivery.Barriers(ctx, f)
	if err != nil {
		return err
	}
	view := barriersPage{Heading: ui.Heading{Title: t(ctx, "barriers"), Lead: t(ctx, "barriers.lead")}, Filters: say.barrierFilters(r)}
	say.barriersOf(r, report, &view)
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Description: view.Heading.Lead, Section: "initiatives", Body: barriersBody(view)})
}

// barriersOf puts the report in figures, bars and tables.
func (w words) barriersOf(r *http.Request, x delivery.Barriers, view *barriersPage) {
	ctx := r.Context()
	if x.Total.All() == 0 {
		view.Empty = &ui.Empty{Title: t(ctx, "barriers.none"), Text: t(ctx, "barriers.none.text"), Action: ui.Link{Href: "/iniciativas", Text: t(ctx, "initiatives")}}
		return
	}
	view.Figures = ui.Figures{{Value: itoa(x.Total.Open), Text: t(ctx, "barriers.open")}, {Value: itoa(x.Total.Resolved), Text: t(ctx, "barriers.resolved")},
		{Value: itoa(x.Total.Initiatives), Text: t(ctx, "barriers.initiatives")}, {Value: itoa(x.Total.Days), Text: t(ctx, "barriers.days")}}
	view.Kinds, view.Owners = ui.Bars{Label: t(ctx, "barriers.kinds")}, ui.Bars{Label: t(ctx, "barriers.owners")}
	view.Table = ui.Table{Caption: t(ctx, "barriers.kinds"), Columns: []ui.Head{{Text: t(ctx, "barrier")}, {Text: t(ctx, "barriers.open"), Number: true}, {Text: t(ctx, "barriers.resolved"), Number: true},
		{Text: t(ctx, "barriers.initiatives"), Number: true}, {Text: t(ctx, "barriers.days"), Number: true}, {Text: t(ctx, "barriers.days_open"), Number: true}}}
	for _, g := range x.Kinds {
		view.Kinds.Items = append(view.Kinds.Items, ui.Bar{Name: w.Barrier(g.Code), Value: float64(g.All()), Text: t(ctx, "barriers.of", "all", g.All(), "open", g.Open)})
		view.Table.Rows = append(view.Table.Rows, ui.Row{{Text: w.Barrier(g.Code)}, {Text: itoa(g.Open)}, {Text: itoa(g.Resolved)}, {Text: itoa(g.Initiatives)}, {Text: itoa(g.Days)}, {Text: itoa(g.DaysOpen)}})
	}
	for _, g := range x.Owners {
		if g.Open > 0 {
			view.Owners.Items = append(view.Owners.Items, ui.Bar{Name: w.Body(ctx, g.Code), Value: float64(g.Open), Text: t(ctx, "barriers.stand", "count", g.Open)})
		}
	}
	view.Oldest = ui.Table{Caption: t(ctx, "barriers.oldest"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "initiative")}, {Text: t(ctx, "barrier")}, {Text: t(ctx, "barriers.owner")}, {Text: t(ctx, "barriers.since"), Number: true}}}
	for _, b := range x.Oldest {
		view.Oldest.Rows = append(view.Oldest.Rows, ui.Row{{Text: b.Number, Href: href(b.Number)}, {Text: w.Barrier(b.Kind)}, {Text: w.Body(ctx, b.Owner)}, {Text: t(ctx, "barriers.for", "count", b.Days)}})
	}
}

// barrierFilter reads the year and the ministry of an address.
func (w words) barrierFilter(r *http.Request) (f delivery.BarrierFilter, err error) {
	q := r.URL.Query()
	if year := q.Get("anio"); year != "" {
		f.From, f.To = clock.Day(year+"-01-01"), clock.Day(year+"-12-31")
		if _, err := clock.ParseDay(string(f.From)); err != nil {
			return f, fault.New(fault.NotFound, "fault.notfound")
		}
		f.To = clock.DayOf(f.To.Time(w.Charter.City.Zone).AddDate(0, 0, 1), w.Charter.City.Zone)
	}
	if f.Ministry = q.Get("ministerio"); f.Ministry != "" && !w.Charter.Bodies.Has(f.Ministry) {
		return f, fault.New(fault.NotFound, "fault.notfound")
	}
	return f, nil
}

// barrierFilters narrow the report by year and ministry.
func (w words) barrierFilters(r *http.Request) ui.Filters {
	ctx, q := r.Context(), r.URL.Query()
	choice := func(name, value, text string) ui.Choice {
		c := ui.Choice{Text: text, On: q.Get(name) == value, Href: with(r, name, value), Count: -1}
		if c.On {
			c.Href = with(r, name, "")
		}
		return c
	}
	years, ministries := ui.FilterGroup{Name: t(ctx, "year")}, ui.FilterGroup{Name: t(ctx, "ministry")}
	now := w.today.Time(w.Charter.City.Zone).Year()
	for year := now; year > now-yearsBack; year-- {
		years.Choices = append(years.Choices, choice("anio", itoa(year), itoa(year)))
	}
	for _, b := range w.Charter.Ministries(w.today) {
		ministries.Choices = append(ministries.Choices, choice("ministerio", b.Code, b.Name.In(w.Lang)))
	}
	return ui.Filters{Groups: []ui.FilterGroup{years}, More: []ui.FilterGroup{ministries}, Clear: "/barreras"}
}
