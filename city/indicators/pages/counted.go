package pages

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ronda/city/indicators"
	"ronda/city/indicators/index"
	"ronda/city/roundtable/wording"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Where each index is taken apart.
const (
	participationHref = "/indices/participacion"
	complianceHref    = "/indices/cumplimiento"
)

// countedSize is how many initiatives a page takes apart.
const countedSize = 20

// cutHref is the address of an index taken apart by one thing.
func cutHref(page, name, code string) string { return page + "?" + url.Values{name: {code}}.Encode() }

// countedPage is what an index counts.
type countedPage struct {
	Heading ui.Heading
	Figures ui.Figures
	Filters ui.Filters
	Rows    []countedRow
	Empty   ui.Empty
	Pager   ui.Pager
	Rule    string
}

// countedRow is one initiative with what is counted of it.
type countedRow struct {
	Number, Title, Href string
	Bar                 ui.Bars
	Table               ui.Table
	Summary             string
	Acts                []string
}

// cut is what the address narrows to.
type cut struct {
	indicators.Cut
	period, after string
}

func cutOf(r *http.Request) cut {
	q := r.URL.Query()
	return cut{indicators.Cut{Axis: q.Get("eje"), Ministry: q.Get("ministerio"), Initiative: q.Get("iniciativa")}, q.Get("periodo"), q.Get("desde")}
}

// participation takes I1 apart.
func (p *Pages) participation(w http.ResponseWriter, r *http.Request) error {
	c, say, at, err := p.counted(r)
	if err != nil {
		return err
	}
	ctx, list := r.Context(), c.Parts(at.Cut)
	view := say.countedView(r, "i1", c, at, cutValue(list, at.Ministry))
	for _, x := range after(list, at.after, func(x index.Part) string { return x.Initiative.Number }) {
		if len(view.Rows) == countedSize {
			view.Pager.Later = withQuery(r, "desde", view.Rows[countedSize-1].Number)
			break
		}
		view.Rows = append(view.Rows, say.partRow(ctx, x))
	}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Section: "indices", Body: countedBody(view)})
}

// compliance takes I2 apart.
func (p *Pages) compliance(w http.ResponseWriter, r *http.Request) error {
	c, say, at, err := p.counted(r)
	if err != nil {
		return err
	}
	ctx, list := r.Context(), c.Levels(at.Cut)
	view := say.countedView(r, "i2", c, at, meanOf(list, func(l index.Level) index.Value { return l.Value }))
	for _, x := range after(list, at.after, func(x index.Level) string { return x.Initiative.Number }) {
		if len(view.Rows) == countedSize {
			view.Pager.Later = withQuery(r, "desde", view.Rows[countedSize-1].Number)
			break
		}
		view.Rows = append(view.Rows, say.levelRow(ctx, x))
	}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Section: "indices", Body: countedBody(view)})
}

// counted reads what both pages begin with. NotFound for a cut that the city does
// not have.
func (p *Pages) counted(r *http.Request) (*indicators.Counted, words, cut, error) {
	ctx, at := r.Context(), cutOf(r)
	ch, err := p.Charters.Current(ctx)
	if err != nil {
		return nil, words{}, at, err
	}
	if at.Axis != "" && !ch.Frame.Axes.Has(at.Axis) || at.Ministry != "" && !ch.Bodies.Has(at.Ministry) {
		return nil, words{}, at, fault.New(fault.NotFound, "fault.notfound")
	}
	c, err := p.Indicators.Counted(ctx, at.period)
	return c, words{wording.Of(ctx, ch, p.People)}, at, err
}

// after are those that come after a number in a list of the newest first.
func after[T any](list []T, number string, of func(T) string) []T {
	if number == "" {
		return list
	}
	n := slices.IndexFunc(list, func(x T) bool { return of(x) < number })
	if n < 0 {
		return nil
	}
	return list[n:]
}

// partValue is what an initiative adds to the mean: one of a single ministry nothing.
func partValue(x index.Part) index.Value {
	if len(x.Listed) < 2 {
		return index.Value{}
	}
	return x.P
}

// cutValue is the index of a cut: of a ministry, in how many of the initiatives that
// list it it acted.
func cutValue(list []index.Part, ministry string) index.Value {
	if ministry == "" {
		return meanOf(list, partValue)
	}
	return meanOf(list, func(x index.Part) index.Value {
		if slices.Contains(x.Acted, ministry) {
			return index.Of(100)
		}
		return index.Of(0)
	})
}

// meanOf is the mean of the values that there are; none of none.
func meanOf[T any](list []T, of func(T) index.Value) index.Value {
	sum, n := 0.0, 0
	for _, x := range list {
		if v := of(x); v.Known {
			sum, n = sum+v.Exact, n+1
		}
	}
	if n == 0 {
		return index.Value{}
	}
	return index.Of(sum / float64(n))
}

// countedView is the head of a page that takes an index apart.
func (w words) countedView(r *http.Request, key string, c *indicators.Counted, at cut, mean index.Value) countedPage {
	ctx := r.Context()
	return countedPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/indices", Text: t(ctx, "title")}}, Title: t(ctx, key+".title"), Lead: t(ctx, key+".lead")},
		Figures: ui.Figures{{Value: value(ctx, mean), Text: t(ctx, "counted.here")}}, Filters: w.cuts(r, at), Empty: ui.Empty{Title: t(ctx, "counted.none"), Text: t(ctx, "none.text")},
		Rule: t(ctx, "counted.rule", "period", c.Code, "rule", index.Rule)}
}

// cuts are the ways to narrow: by period, axis and ministry.
func (w words) cuts(r *http.Request, at cut) ui.Filters {
	ctx := r.Context()
	choice := func(name, code, text string, on bool) ui.Choice {
		if on {
			return ui.Choice{Text: text, Href: withQuery(r, name, ""), On: true, Count: -1}
		}
		return ui.Choice{Text: text, Href: withQuery(r, name, code), Count: -1}
	}
	var periods, axes, ministries ui.FilterGroup
	periods.Name, axes.Name, ministries.Name = t(ctx, "by.period"), t(ctx, "by.axis"), t(ctx, "by.ministry")
	now := clock.Now(ctx).In(w.Charter.City.Zone)
	for year := now.Year(); year > now.Year()-2; year-- {
		periods.Choices = append(periods.Choices, choice("periodo", strconv.Itoa(year), strconv.Itoa(year), at.period == strconv.Itoa(year)))
		for no := 4; no >= 1; no-- {
			if code := quarterCode(year, no); year < now.Year() || no <= (int(now.Month())-1)/3+1 {
				periods.Choices = append(periods.Choices, choice("periodo", code, t(ctx, "quarter.of", "no", no, "year", year), at.period == code))
			}
		}
	}
	today := w.Charter.Today(clock.Now(ctx))
	for _, a := range w.Charter.Frame.Axes.On(today) {
		axes.Choices = append(axes.Choices, choice("eje", a.Code, a.Name.In(w.Lang), at.Axis == a.Code))
	}
	for _, b := range w.Charter.Ministries(today) {
		ministries.Choices = append(ministries.Choices, choice("ministerio", b.Code, b.Name.In(w.Lang), at.Ministry == b.Code))
	}
	return ui.Filters{Groups: []ui.FilterGroup{periods}, More: []ui.FilterGroup{axes, ministries}, Clear: r.URL.Path}
}

// withQuery is the address of the page with one parameter changed, back at the
// beginning of the list.
func withQuery(r *http.Request, name, code string) string {
	q := r.URL.Query()
	q.Del("desde")
	q.Del(name)
	if code != "" {
		q.Set(name, code)
	}
	if len(q) == 0 {
		return r.URL.Path
	}
	return r.URL.Path + "?" + q.Encode()
}

// partRow is the participation in one initiative: who is listed, who acted, and by
// which acts.
func (w words) partRow(ctx context.Context, x index.Part) countedRow {
	row := w.countedRow(ctx, x.Initiative, x.P)
	if x.Alone() {
		row.Bar.Items[0].Text += " · " + t(ctx, "counted.alone")
	}
	row.Table = ui.Table{Caption: x.Initiative.Title, HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "counted.who")}, {Text: t(ctx, "counted.acted")}}}
	for _, m := range x.Listed {
		said := t(ctx, "counted.not")
		if slices.Contains(x.Acted, m) {
			said = t(ctx, "counted.acted")
		}
		row.Table.Rows = append(row.Table.Rows, ui.Row{{Text: w.Body(ctx, m)}, {Text: said}})
	}
	for _, a := range x.Acts {
		row.Acts = append(row.Acts, t(ctx, "counted.act", "day", i18n.ShortDate(ctx, a.At.In(w.Charter.City.Zone)), "ministry", w.Body(ctx, a.Ministry), "kind", t(ctx, "act."+string(a.Kind)), "ref", a.Ref))
	}
	row.Summary = t(ctx, "counted.acts", "count", len(row.Acts))
	return row
}

// levelRow is how far one initiative complies, step by step.
func (w words) levelRow(ctx context.Context, x index.Level) countedRow {
	row := w.countedRow(ctx, x.Initiative, x.Value)
	row.Table = ui.Table{Caption: x.Initiative.Title, HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "counted.step")}, {Text: t(ctx, "counted.signed"), Number: true}}}
	for _, s := range x.Steps {
		row.Table.Rows = append(row.Table.Rows, ui.Row{{Text: w.Step(s.Step)}, {Text: t(ctx, "counted.items", "signed", len(s.Signed), "of", s.Of)}})
	}
	return row
}

func (w words) countedRow(ctx context.Context, i *index.Initiative, v index.Value) countedRow {
	_, colour := w.Axis(i.Axis)
	return countedRow{Number: i.Number, Title: i.Title, Href: "/iniciativas/" + i.Number,
		Bar: ui.Bars{Label: i.Title, Whole: 100, Items: []ui.Bar{{Name: w.Body(ctx, i.Ministry), Value: v.Exact, Text: value(ctx, v), Axis: colour}}}}
}
