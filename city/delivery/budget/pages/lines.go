package pages

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"ronda/city/delivery/budget"
	"ronda/platform/table"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// linesPage is the lines of a year that a filter finds.
type linesPage struct {
	Heading ui.Heading
	Filters ui.Filters
	Table   ui.Table
	Exports []ui.Link
	Pager   ui.Pager
	Empty   ui.Empty
}

// filterOf reads the filter of an address.
func filterOf(r *http.Request, year int) budget.Filter {
	q := r.URL.Query()
	return budget.Filter{Year: year, Function: q.Get("funcion"), Source: q.Get("fuente"), Ministry: q.Get("ministerio"), Words: q.Get("q"),
		Short: q.Get("estado") == "sin-credito", Used: q.Get("estado") == "con-iniciativas"}
}

func (p *Pages) lines(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	law, err := p.asked(r)
	if err != nil {
		return err
	}
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	f := filterOf(r, law.Year)
	if _, asked := table.Asked(r); asked {
		return table.Serve(w, r, t(ctx, "file.lines", "year", yearText(law.Year)), lineColumns, p.lineRows(ctx, law, f))
	}
	list, next, err := p.Budget.Lines(ctx, f, r.URL.Query().Get("desde"), 0)
	if err != nil {
		return err
	}
	view := linesPage{Heading: ui.Heading{Crumbs: way(ctx, law.Year), Title: t(ctx, "lines.of", "year", yearText(law.Year)), Lead: t(ctx, "lines.lead")},
		Filters: say.filters(r, law, f), Table: say.linesTable(ctx, law, list),
		Empty: ui.Empty{Title: t(ctx, "lines.none"), Text: t(ctx, "lines.none.text"), Action: ui.Link{Href: r.URL.Path, Text: t(ctx, "lines.all")}}}
	for _, format := range table.Formats {
		view.Exports = append(view.Exports, ui.Link{Href: table.Address(r, format, "desde"), Text: strings.ToUpper(string(format))})
	}
	if next != "" {
		view.Pager.Later = with(r, "desde", next)
	}
	if r.URL.Query().Get("desde") != "" {
		view.Pager.Earlier = with(r, "desde", "")
	}
	return web.Render(w, r, pageOf(view.Heading, linesBody(view)))
}

// way leads back to the budget of a year.
func way(ctx context.Context, year int) []ui.Link {
	return []ui.Link{{Href: "/presupuesto", Text: t(ctx, "laws")}, {Href: Href(year), Text: t(ctx, "law", "year", yearText(year))}}
}

// with is the address with another value of one parameter, from the first row.
func with(r *http.Request, name, value string) string {
	q := r.URL.Query()
	for _, drop := range []string{"desde", "formato", "lang", name} {
		q.Del(drop)
	}
	if value != "" {
		q.Set(name, value)
	}
	return (&url.URL{Path: r.URL.Path, RawQuery: q.Encode()}).String()
}

func (w words) filters(r *http.Request, law budget.Law, f budget.Filter) ui.Filters {
	ctx := r.Context()
	choice := func(name, code, text string) ui.Choice {
		c := ui.Choice{Text: text, Href: with(r, name, code), On: r.URL.Query().Get(name) == code, Count: -1}
		if c.On {
			c.Href = with(r, name, "")
		}
		return c
	}
	state := ui.FilterGroup{Name: t(ctx, "filter.state"), Choices: []ui.Choice{choice("estado", "con-iniciativas", t(ctx, "filter.used"))}}
	if law.Short > 0 || f.Short {
		state.Choices = append(state.Choices, choice("estado", "sin-credito", t(ctx, "filter.short")))
	}
	source, function, ministry := ui.FilterGroup{Name: t(ctx, "by.source")}, ui.FilterGroup{Name: t(ctx, "by.function")}, ui.FilterGroup{Name: t(ctx, "by.ministry")}
	for _, x := range w.Charter.Execution.Sources.All() {
		source.Choices = append(source.Choices, choice("fuente", x.Code, x.Name.In(w.Lang)))
	}
	for _, x := range w.Charter.Execution.Functions.All() {
		function.Choices = append(function.Choices, choice("funcion", x.Code, x.Name.In(w.Lang)))
	}
	for _, b := range w.Charter.Ministries(w.today) {
		ministry.Choices = append(ministry.Choices, choice("ministerio", b.Code, b.Name.In(w.Lang)))
	}
	search := &ui.SearchBox{Action: r.URL.Path, Label: t(ctx, "search"), Value: f.Words}
	for _, name := range []string{"funcion", "fuente", "ministerio", "estado"} {
		if v := r.URL.Query().Get(name); v != "" {
			search.Hidden = append(search.Hidden, ui.Pair{Name: name, Value: v})
		}
	}
	return ui.Filters{Groups: []ui.FilterGroup{state, source}, More: []ui.FilterGroup{function, ministry}, Clear: r.URL.Path, Search: search}
}

func (w words) linesTable(ctx context.Context, law budget.Law, lines []budget.Line) ui.Table {
	out := ui.Table{Caption: t(ctx, "lines"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "column.line")}, {Text: t(ctx, "by.function.one")},
		{Text: t(ctx, "column.credit"), Number: true}, {Text: t(ctx, "column.drawn"), Number: true}, {Text: t(ctx, "column.committed"), Number: true}, {Text: t(ctx, "column.free"), Number: true}}}
	for _, l := range lines {
		free := ui.Cell{Text: budget.Amount(ctx, l.Free(), law.Currency)}
		if l.Short > 0 {
			free = ui.Cell{View: ui.State{Tone: ui.Bad, Text: t(ctx, "lacks", "short", budget.Amount(ctx, l.Short, law.Currency))}}
		}
		out.Rows = append(out.Rows, ui.Row{{Text: l.Name, Href: LineHref(l.Year, l.Code), View: lineOf(l.Code + " · " + l.Institution)}, {Text: w.function(l.Function)},
			{Text: budget.Amount(ctx, l.Credit, law.Currency)}, {Text: budget.Amount(ctx, l.Drawn, law.Currency)}, {Text: budget.Amount(ctx, l.Committed, law.Currency)}, free})
	}
	return out
}

// lineColumns are the columns of the lines as a file. Amounts are in the
// currency's units with two decimals.
var lineColumns = []table.Column{
	{Key: "year", Label: "delivery.budget.pages.export.year"}, {Key: "code", Label: "delivery.budget.pages.export.code"}, {Key: "institution", Label: "delivery.budget.pages.export.institution"},
	{Key: "ministry", Label: "delivery.budget.pages.export.ministry"}, {Key: "programme", Label: "delivery.budget.pages.export.programme"}, {Key: "name", Label: "delivery.budget.pages.export.name"},
	{Key: "function", Label: "delivery.budget.pages.export.function"}, {Key: "source", Label: "delivery.budget.pages.export.source"}, {Key: "currency", Label: "delivery.budget.pages.export.currency"},
	{Key: "original", Label: "delivery.budget.pages.export.original", Kind: table.Number}, {Key: "credit", Label: "delivery.budget.pages.export.credit", Kind: table.Number},
	{Key: "planned", Label: "delivery.budget.pages.export.planned", Kind: table.Number}, {Key: "committed", Label: "delivery.budget.pages.export.committed", Kind: table.Number},
	{Key: "accrued", Label: "delivery.budget.pages.export.accrued", Kind: table.Number}, {Key: "paid", Label: "delivery.budget.pages.export.paid", Kind: table.Number},
	{Key: "free", Label: "delivery.budget.pages.export.free", Kind: table.Number}, {Key: "short", Label: "delivery.budget.pages.export.short", Kind: table.Number},
	{Key: "page", Label: "delivery.budget.pages.export.page", Kind: table.Link},
}

// lineRows are the lines of a filter as rows of a file, read as they are sent.
func (p *Pages) lineRows(ctx context.Context, law budget.Law, f budget.Filter) table.Rows {
	return func(yield func([]any, error) bool) {
		err := p.Budget.EachLine(ctx, f, func(l budget.Line) error {
			row := []any{l.Year, l.Code, l.Institution, l.Ministry, l.Programme, l.Name, l.Function, l.Source, law.Currency, units(l.Original), units(l.Credit), units(l.Drawn),
				units(l.Committed), units(l.Accrued), units(l.Paid), units(l.Free()), units(l.Short), LineHref(l.Year, l.Code)}
			if !yield(row, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && err != errStopped {
			yield(nil, err)
		}
	}
}

// units are centavos as a number with two decimals, exact below ninety billions
// (9 * 10^13), beyond which a spreadsheet has no more digits either.
func units(cents int64) float64 { return float64(cents) / 100 }

// stagesTable says what went through each stage month by month.
func stagesTable(ctx context.Context, caption, currency string, list []budget.Stage) ui.Table {
	out := ui.Table{Caption: caption, Columns: []ui.Head{{Text: t(ctx, "column.month")}, {Text: t(ctx, "column.committed"), Number: true},
		{Text: t(ctx, "column.accrued"), Number: true}, {Text: t(ctx, "column.paid"), Number: true}}}
	for _, s := range list {
		out.Rows = append(out.Rows, ui.Row{{Text: month(ctx, s.Period)}, {Text: budget.Amount(ctx, s.Committed, currency)}, {Text: budget.Amount(ctx, s.Accrued, currency)}, {Text: budget.Amount(ctx, s.Paid, currency)}})
	}
	return out
}
