package pages

import (
	"context"
	"net/http"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/people"
	"ronda/platform/event"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// lawsPage is every year with how far its money has gone.
type lawsPage struct {
	Heading ui.Heading
	Years   []yearView
	Empty   ui.Empty
	Do      ui.Buttons
}

type yearView struct {
	Year, Href, Law string
	Credit          string
	Given           givenView
	Flow            flow   // of what was given out
	Short           string // in words, empty without
}

func (p *Pages) laws(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	laws, err := p.Budget.Laws(ctx)
	if err != nil {
		return err
	}
	view := lawsPage{Heading: ui.Heading{Title: t(ctx, "laws"), Lead: t(ctx, "laws.lead")}, Empty: ui.Empty{Title: t(ctx, "laws.none"), Text: t(ctx, "laws.none.text")}}
	for _, l := range laws {
		y := yearView{Year: yearText(l.Year), Href: Href(l.Year), Law: say.enacted(ctx, l), Credit: t(ctx, "laws.credit", "credit", budget.Amount(ctx, l.Credit, l.Currency), "count", l.Lines),
			Given: given(ctx, l), Flow: givenOf(ctx, t(ctx, "flow.year", "year", yearText(l.Year)), l.Currency, l.Figures)}
		if l.Short > 0 {
			y.Short = t(ctx, "short.year", "short", budget.Amount(ctx, l.Short, l.Currency))
		}
		view.Years = append(view.Years, y)
	}
	if p.may(ctx, delivery.ImportBudget) {
		view.Do = ui.Buttons{{Text: t(ctx, "law.new"), Href: "/presupuesto/nuevo"}}
	}
	return web.Render(w, r, pageOf(view.Heading, lawsBody(view)))
}

// enacted says which law it is, of whom and when.
func (w words) enacted(ctx context.Context, l budget.Law) string {
	return t(ctx, "law.enacted", "number", l.Number, "body", w.Body(ctx, l.Body), "day", w.Day(ctx, l.Day))
}

// givenView is how much of a credit was given out.
type givenView struct{ Wide, Text string }

func given(ctx context.Context, l budget.Law) givenView {
	return givenView{shareOf(ctx, l.Figures), t(ctx, "laws.given", "given", budget.Amount(ctx, l.Drawn+l.Own, l.Currency), "share", percent(ctx, l.Drawn+l.Own, l.Credit),
		"free", budget.Amount(ctx, l.Free(), l.Currency))}
}

// lawPage is the budget of one year.
type lawPage struct {
	Heading ui.Heading
	Figures ui.Figures
	Notices []ui.Notice
	Given   givenView
	Flow    flow // of what was given out
	Tabs    ui.Tabs
	Map     treemap
	Shares  ui.Table
	Lines   ui.Link
	Search  ui.Filters
	Short   ui.Table
	Story   ui.Timeline
	Do      []ui.Link
	Empty   ui.Empty
}

func (p *Pages) law(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	year, err := yearOf(r)
	if err != nil {
		return err
	}
	law, err := p.Budget.Law(ctx, year)
	if err != nil {
		return err
	}
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	view := lawPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/presupuesto", Text: t(ctx, "laws")}}, Over: say.enacted(ctx, law), Title: t(ctx, "law", "year", yearText(year))},
		Figures: lawFigures(ctx, law), Notices: lawNotices(ctx, law), Given: given(ctx, law), Flow: givenOf(ctx, t(ctx, "flow.year", "year", yearText(year)), law.Currency, law.Figures),
		Lines:  ui.Link{Href: Href(year) + "/partidas", Text: t(ctx, "law.lines", "count", law.Lines)},
		Search: ui.Filters{Search: &ui.SearchBox{Action: Href(year) + "/partidas", Label: t(ctx, "search")}}, Empty: ui.Empty{Title: t(ctx, "law.empty"), Text: t(ctx, "law.empty.text")}}
	if err := p.sharesInto(ctx, r, say, law, &view); err != nil {
		return err
	}
	if view.Short, err = p.shortTable(ctx, law); err != nil {
		return err
	}
	if view.Story, err = p.story(ctx, say, law.Subject()); err != nil {
		return err
	}
	if p.may(ctx, delivery.ImportBudget) {
		view.Do = []ui.Link{{Href: Href(year) + "/importar", Text: t(ctx, "law.import")}, {Href: Href(year) + "/gastos", Text: t(ctx, "spending.link")}, {Href: Href(year) + "/datos", Text: t(ctx, "law.edit")}}
	}
	return web.Render(w, r, pageOf(view.Heading, lawBody(view)))
}

func lawFigures(ctx context.Context, l budget.Law) ui.Figures {
	return ui.Figures{
		{Value: budget.Short(ctx, l.Credit, l.Currency), Text: t(ctx, "figure.credit")}, {Value: budget.Short(ctx, l.Drawn, l.Currency), Text: t(ctx, "figure.drawn")},
		{Value: budget.Short(ctx, l.Paid, l.Currency), Text: t(ctx, "figure.paid")}, {Value: budget.Short(ctx, l.Free(), l.Currency), Text: t(ctx, "figure.free")},
	}
}

// lawNotices are what somebody should look at.
func lawNotices(ctx context.Context, l budget.Law) []ui.Notice {
	var out []ui.Notice
	if l.Short > 0 {
		out = append(out, ui.Notice{Tone: ui.Warn, Title: t(ctx, "short.year", "short", budget.Amount(ctx, l.Short, l.Currency)), Text: t(ctx, "short.text"), Link: ui.Link{Href: "#sin-credito", Text: t(ctx, "short.see")}})
	}
	if d := l.Difference(); d != 0 && l.InForce() {
		key := "difference.less"
		if d > 0 {
			key = "difference.more"
		} else {
			d = -d
		}
		out = append(out, ui.Notice{Tone: ui.Warn, Title: t(ctx, key, "amount", budget.Amount(ctx, d, l.Currency)), Text: t(ctx, "difference.text", "declared", budget.Amount(ctx, l.Declared, l.Currency))})
	}
	return out
}

// shortMax is how many draws without credit a page lists.
const shortMax = 50

// shortTable lists the draws that an amendment left without credit.
func (p *Pages) shortTable(ctx context.Context, law budget.Law) (ui.Table, error) {
	out := ui.Table{Caption: t(ctx, "short.title"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "column.initiative")}, {Text: t(ctx, "column.line")},
		{Text: t(ctx, "column.drawn"), Number: true}, {Text: t(ctx, "column.short"), Number: true}}}
	if law.Short == 0 {
		return out, nil
	}
	list, err := p.Budget.Shortages(ctx, law.Year, shortMax)
	for _, s := range list {
		out.Rows = append(out.Rows, ui.Row{{Text: s.Card.Number + " · " + s.Card.Title, Href: "/iniciativas/" + s.Card.Number + "/presupuesto"}, {Text: s.Of.Code, Href: LineHref(s.Year, s.Of.Code)},
			{Text: budget.Amount(ctx, s.Amount, law.Currency)}, {Text: budget.Amount(ctx, s.Short, law.Currency)}})
	}
	return out, err
}

// storyMax is how much of a history a page shows.
const storyMax = 12

// story is what happened to a law or a line, newest first.
func (p *Pages) story(ctx context.Context, say words, s event.Subject) (ui.Timeline, error) {
	events, err := p.Log.Timeline(ctx, s, event.Page{Limit: storyMax, PublicOnly: !people.Me(ctx).Official()})
	var out ui.Timeline
	for _, e := range events {
		if m, ok := p.moment(ctx, say, e); ok {
			out.Items = append(out.Items, m)
		}
	}
	return out, err
}
