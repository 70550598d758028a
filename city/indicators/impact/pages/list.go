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
	"ronda/platform/i18n"
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
	Do      ui.Buttons
	Figures ui.Figures
	Tabs    ui.Tabs
	Label   string
	Sums    []stack
	Gains   ui.Table
	Late    []indicatorRow
	Coming  ui.Table
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
	filter, err := say.filter(r)
	if err != nil {
		return err
	}
	view := listPage{Heading: ui.Heading{Title: t(ctx, "list"), Lead: t(ctx, "list.lead", "percent", int(impact.OnWayShare*100))},
		Filters: say.filters(r, filter), Empty: ui.Empty{Title: t(ctx, "list.none"), Text: t(ctx, "list.none.text")}}
	if p.Impact.MayMakeKeys(ctx) {
		view.Do = ui.Buttons{{Text: t(ctx, "integrations"), Href: "/integraciones", Weight: ui.Quiet}}
	}
	for _, fill := range []func(*http.Request, words, map[impact.By]string, *listPage) error{p.sums, p.found, p.calendar} {
		if err := fill(r, say, filter, &view); err != nil {
			return err
		}
	}
	return web.Render(w, r, open(view.Heading.Title, view.Heading.Lead, listBody(view)))
}

// filter reads what the list is narrowed to; NotFound for a code that the city does
// not have.
func (w words) filter(r *http.Request) (map[impact.By]string, error) {
	filter := map[impact.By]string{}
	for _, x := range params {
		if filter[x.by] = r.URL.Query().Get(x.name); filter[x.by] != "" && !w.knows(x.by, filter[x.by]) {
			return nil, fault.New(fault.NotFound, "roundtable.fault.filter")
		}
	}
	return filter, nil
}

// sums shows the city as a whole and by the codes of one kind.
func (p *Pages) sums(r *http.Request, say words, _ map[impact.By]string, view *listPage) error {
	ctx, by := r.Context(), impact.ByAxis
	for _, x := range params {
		if r.URL.Query().Get("por") == x.name {
			by = x.by
		}
	}
	city, parts, err := p.Impact.RollUp(ctx, by)
	if err != nil {
		return err
	}
	view.Label, view.Tabs, view.Gains = t(ctx, "by."+string(by)), tabs(r, by), gains(ctx, city)
	view.Figures = ui.Figures{{Value: strconv.Itoa(city.Indicators), Text: t(ctx, "figure.indicators", "count", city.Initiatives)},
		{Value: strconv.Itoa(city.Of[impact.Met]), Text: t(ctx, "figure.met"), Href: "/indicadores?estado=met"},
		{Value: strconv.Itoa(city.Of[impact.Behind]), Text: t(ctx, "figure.behind"), Href: "/indicadores?estado=behind"},
		{Value: strconv.Itoa(city.Late), Text: t(ctx, "figure.late")}, {Value: i18n.Number(ctx, city.People), Text: t(ctx, "figure.people")}}
	most := 0
	for _, s := range parts {
		most = max(most, s.Indicators)
	}
	for _, s := range parts {
		view.Sums = append(view.Sums, stackOf(ctx, say.code(ctx, by, s.Code), "/indicadores?"+url.Values{paramOf(by): {s.Code}}.Encode(), s, most))
	}
	return nil
}

// found shows one page of the indicators that the filters find.
func (p *Pages) found(r *http.Request, say words, filter map[impact.By]string, view *listPage) error {
	ctx := r.Context()
	found, err := p.Impact.List(ctx, filter, r.URL.Query().Get("desde"))
	if err != nil {
		return unknown(err)
	}
	if found.Next != "" {
		view.Pager.Later = with(r, "desde", found.Next)
	}
	view.Rows, err = p.rows(ctx, say, found.Indicators, say.todayIn(ctx))
	return err
}

// lateShown is how many overdue measurements the list begins with.
const lateShown = 5

// calendar shows what is overdue and what comes next, of one ministry when the list
// is narrowed to it.
func (p *Pages) calendar(r *http.Request, say words, filter map[impact.By]string, view *listPage) error {
	ctx := r.Context()
	late, err := p.Impact.Late(ctx, filter[impact.ByMinistry])
	if err != nil {
		return err
	}
	coming, err := p.Impact.Coming(ctx, filter[impact.ByMinistry])
	if err != nil {
		return err
	}
	view.Coming = say.coming(ctx, coming)
	view.Late, err = p.rows(ctx, say, late[:min(len(late), lateShown)], say.todayIn(ctx))
	return err
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
