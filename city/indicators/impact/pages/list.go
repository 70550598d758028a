package pages

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"ronda/city/charter"
	"ronda/city/indicators/impact"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// utc is where days without an hour are counted.
var utc = time.UTC

// params are the filters as addresses name them, in the order shown.
var params = []struct {
	name string
	by   impact.By
}{{"eje", impact.ByAxis}, {"meta", impact.ByGoal}, {"proposito", impact.ByPurpose}, {"ods", impact.BySDG}, {"ministerio", impact.ByMinistry},
	{"estado", impact.ByStanding}, {"tipo", impact.ByKind}}

// listPage is all that the city measures.
type listPage struct {
	Heading ui.Heading
	Figures ui.Figures
	Tabs    ui.Tabs
	Label   string
	Sums    []stack
	Gains   ui.Table
	Late    []indicatorRow
	Filters ui.Filters
	Rows    []indicatorRow
	Empty   ui.Empty
	Pager   ui.Pager
}

// list is what the city measures, summed up and one by one.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	by := impact.ByAxis
	for _, x := range params {
		if q.Get("por") == x.name {
			by = x.by
		}
	}
	city, parts, err := p.Impact.RollUp(ctx, by)
	if err != nil {
		return err
	}
	filter := map[impact.By]string{}
	for _, x := range params {
		if filter[x.by] = q.Get(x.name); filter[x.by] != "" && !say.knows(x.by, filter[x.by]) {
			return fault.New(fault.NotFound, "roundtable.fault.filter")
		}
	}
	found, err := p.Impact.List(ctx, filter, q.Get("desde"))
	if err != nil {
		return unknown(err)
	}
	today := say.Charter.Today(clock.Now(ctx))
	view := listPage{Heading: ui.Heading{Title: t(ctx, "list"), Lead: t(ctx, "list.lead", "percent", int(impact.OnWayShare*100))}, Label: t(ctx, "by."+string(by)),
		Empty: ui.Empty{Title: t(ctx, "list.none"), Text: t(ctx, "list.none.text")}}
	view.Figures = ui.Figures{{Value: strconv.Itoa(city.Indicators), Text: t(ctx, "figure.indicators", "count", city.Initiatives)},
		{Value: strconv.Itoa(city.Of[impact.Met]), Text: t(ctx, "figure.met"), Href: "/indicadores?estado=met"},
		{Value: strconv.Itoa(city.Of[impact.Behind]), Text: t(ctx, "figure.behind"), Href: "/indicadores?estado=behind"},
		{Value: strconv.Itoa(city.Late), Text: t(ctx, "figure.late")}, {Value: people64(ctx, city.People), Text: t(ctx, "figure.people")}}
	view.Tabs = tabs(r, by)
	most := 0
	for _, s := range parts {
		most = max(most, s.Indicators)
	}
	for _, s := range parts {
		view.Sums = append(view.Sums, stackOf(ctx, say.code(ctx, by, s.Code), "/indicadores?"+url.Values{paramOf(by): {s.Code}}.Encode(), s, most))
	}
	view.Gains = gains(ctx, city)
	view.Filters = say.filters(r, filter)
	if view.Rows, err = p.rows(ctx, say, found.Indicators, today); err != nil {
		return err
	}
	late, err := p.Impact.Late(ctx, filter[impact.ByMinistry])
	if err != nil {
		return err
	}
	if view.Late, err = p.rows(ctx, say, late[:min(len(late), 5)], today); err != nil {
		return err
	}
	if found.Next != "" {
		view.Pager.Later = with(r, "desde", found.Next)
	}
	return web.Render(w, r, open(view.Heading.Title, view.Heading.Lead, listBody(view)))
}

// paramOf is the name of a way to sum up in addresses.
func paramOf(by impact.By) string {
	for _, x := range params {
		if x.by == by {
			return x.name
		}
	}
	return ""
}

// with is the address of the request's page with one parameter changed, back at
// the beginning of the list.
func with(r *http.Request, name, value string) string {
	q := r.URL.Query()
	q.Del("desde")
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return r.URL.Path
	}
	return r.URL.Path + "?" + q.Encode()
}

// tabs are the ways to sum up.
func tabs(r *http.Request, by impact.By) ui.Tabs {
	out := ui.Tabs{Label: t(r.Context(), "by")}
	for _, way := range impact.Ways {
		out.Items = append(out.Items, ui.NavItem{Text: t(r.Context(), "by."+string(way)), Href: with(r, "por", paramOf(way)), Current: way == by})
	}
	return out
}

// filters are the choices by which the list narrows, as the rolled up codes give
// them.
func (w words) filters(r *http.Request, on map[impact.By]string) ui.Filters {
	ctx := r.Context()
	group := func(by impact.By, codes []string) ui.FilterGroup {
		g := ui.FilterGroup{Name: t(ctx, "by."+string(by))}
		for _, code := range codes {
			c := ui.Choice{Text: w.code(ctx, by, code), Href: with(r, paramOf(by), code), On: on[by] == code, Count: -1}
			if c.On {
				c.Href = with(r, paramOf(by), "")
			}
			if by == impact.ByAxis {
				_, c.Axis = w.Axis(code)
			}
			g.Choices = append(g.Choices, c)
		}
		return g
	}
	today := w.Charter.Today(clock.Now(ctx))
	return ui.Filters{Clear: r.URL.Path, Groups: []ui.FilterGroup{
		group(impact.ByStanding, []string{string(impact.Met), string(impact.OnWay), string(impact.Behind), string(impact.Unmeasured)}),
		group(impact.ByKind, []string{string(impact.Outcome), string(impact.Output)}), group(impact.ByAxis, codes(w.Charter.Frame.Axes.On(today)))},
		More: []ui.FilterGroup{group(impact.ByGoal, codes(w.Charter.Frame.Goals.On(today))), group(impact.ByPurpose, codes(w.Charter.Frame.Purposes.On(today))),
			group(impact.ByMinistry, codes(w.Charter.Ministries(today)))}}
}

func codes[T charter.Coded](list []T) []string {
	var out []string
	for _, x := range list {
		out = append(out, x.Key())
	}
	return out
}
