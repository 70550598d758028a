package pages

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
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
	Flow            flow
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
			Flow: flowOf(ctx, t(ctx, "flow.year", "year", yearText(l.Year)), l.Currency, l.Figures)}
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

// lawPage is the budget of one year.
type lawPage struct {
	Heading ui.Heading
	Figures ui.Figures
	Notices []ui.Notice
	Flow    flow
	Tabs    ui.Tabs
	Map     treemap
	Shares  ui.Table
	Lines   ui.Link
	Search  ui.Form
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
		Figures: lawFigures(ctx, law), Notices: lawNotices(ctx, law), Flow: flowOf(ctx, t(ctx, "flow.year", "year", yearText(year)), law.Currency, law.Figures),
		Lines:  ui.Link{Href: Href(year) + "/partidas", Text: t(ctx, "law.lines", "count", law.Lines)},
		Search: ui.Form{ID: "find", Get: true, Action: Href(year) + "/partidas"}, Empty: ui.Empty{Title: t(ctx, "law.empty"), Text: t(ctx, "law.empty.text")}}
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
		view.Do = []ui.Link{{Href: Href(year) + "/importar", Text: t(ctx, "law.import")}, {Href: Href(year) + "/datos", Text: t(ctx, "law.edit")}}
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

// kinds are the ways of sharing out, as an address says them.
var kinds = []struct {
	param string
	kind  budget.Kind
}{{"funcion", budget.ByFunction}, {"fuente", budget.BySource}, {"ministerio", budget.ByMinistry}, {"eje", budget.ByAxis}}

// sharesInto draws the shares of the kind that the address asks for.
func (p *Pages) sharesInto(ctx context.Context, r *http.Request, say words, law budget.Law, view *lawPage) error {
	asked := r.URL.Query().Get("por")
	by := kinds[0]
	for _, k := range kinds {
		if k.param == asked {
			by = k
		}
	}
	view.Tabs = ui.Tabs{Label: t(ctx, "shares")}
	for _, k := range kinds {
		view.Tabs.Items = append(view.Tabs.Items, ui.NavItem{Href: Href(law.Year) + "?por=" + k.param + "#reparto", Text: t(ctx, "by."+string(k.kind)), Current: k == by})
	}
	shares, err := p.Budget.Shares(ctx, law.Year, by.kind)
	if err != nil {
		return err
	}
	parts, whole := make([]part, len(shares)), int64(0)
	for i, s := range shares {
		parts[i] = say.part(ctx, law.Year, by.kind, i, s)
		whole += by.kind.Part(s)
	}
	view.Map = treemapOf(ctx, t(ctx, "shares.label."+string(by.kind), "year", yearText(law.Year)), parts)
	view.Shares = sharesTable(ctx, law, by.kind, shares, parts, whole)
	return nil
}

// part is a share with its name, its colour and where its lines are.
func (w words) part(ctx context.Context, year int, by budget.Kind, n int, s budget.Share) part {
	out := part{Code: s.Code, Axis: n%8 + 1, Cents: by.Part(s)}
	switch by {
	case budget.ByFunction:
		out.Name, out.Href = w.function(s.Code), Href(year)+"/partidas?funcion="+url.QueryEscape(s.Code)
	case budget.BySource:
		out.Name, out.Href = w.source(s.Code), Href(year)+"/partidas?fuente="+url.QueryEscape(s.Code)
	case budget.ByMinistry:
		out.Name = w.Body(ctx, s.Code)
		if s.Code == "" {
			out.Name, out.Axis = t(ctx, "no_ministry"), 0
			return out
		}
		out.Href = Href(year) + "/partidas?ministerio=" + url.QueryEscape(s.Code)
	case budget.ByAxis:
		out.Name, out.Axis = w.Axis(s.Code)
		if s.Code == "" {
			out.Name = t(ctx, "no_axis")
		}
	}
	return out
}

// sharesTable says the drawing in figures.
func sharesTable(ctx context.Context, law budget.Law, by budget.Kind, shares []budget.Share, parts []part, whole int64) ui.Table {
	out := ui.Table{Caption: t(ctx, "shares.label."+string(by), "year", yearText(law.Year)), HideCaption: true, Columns: []ui.Head{
		{Text: t(ctx, "by."+string(by)+".one")}, {Text: t(ctx, "column.part."+string(by)), Number: true}, {Text: t(ctx, "column.share"), Number: true},
		{Text: t(ctx, "column.committed"), Number: true}, {Text: t(ctx, "column.paid"), Number: true}}}
	for i, s := range shares {
		out.Rows = append(out.Rows, ui.Row{{View: ranked(parts[i], i+1)}, {Text: budget.Amount(ctx, parts[i].Cents, law.Currency)}, {Text: percent(ctx, parts[i].Cents, whole)},
			{Text: budget.Amount(ctx, s.Committed, law.Currency)}, {Text: budget.Amount(ctx, s.Paid, law.Currency)}})
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

// lawForm is the form of a new law, or of the data of one.
func (p *Pages) lawForm(w http.ResponseWriter, r *http.Request) error {
	page, err := p.lawFormPage(r, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

// formPage is a page with one form.
type formPage struct {
	Heading ui.Heading
	Form    ui.Form
	Fields  []ui.Field
	Buttons ui.Buttons
}

func (p *Pages) lawFormPage(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	if !p.may(ctx, delivery.ImportBudget) {
		return web.Page{}, forbidden(ctx)
	}
	say, err := p.words(ctx)
	if err != nil {
		return web.Page{}, err
	}
	back := "/presupuesto"
	view := formPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/presupuesto", Text: t(ctx, "laws")}}, Title: t(ctx, "law.new"), Lead: t(ctx, "law.new.lead")}}
	if r.PathValue("year") != "" {
		law, err := p.asked(r)
		if err != nil {
			return web.Page{}, err
		}
		back = Href(law.Year)
		view.Heading = ui.Heading{Crumbs: []ui.Link{{Href: "/presupuesto", Text: t(ctx, "laws")}, {Href: back, Text: t(ctx, "law", "year", yearText(law.Year))}}, Title: t(ctx, "law.edit")}
		if typed == nil {
			typed = ui.Values{"year": {yearText(law.Year)}, "number": {law.Number}, "body": {law.Body}, "day": {string(law.Day)}, "currency": {law.Currency}}
			if law.Declared > 0 {
				typed["declared"] = []string{budget.Plain(ctx, law.Declared)}
			}
		}
	}
	if typed == nil {
		typed = ui.Values{"year": {string(say.today)[:4]}, "body": {say.Charter.City.BudgetBody}, "currency": {say.Charter.City.Currency}}
	}
	view.Form = ui.Form{Values: typed, Errors: wrong}
	view.Fields = say.lawFields(ctx, r.PathValue("year") == "")
	view.Buttons = ui.Buttons{{Text: t(ctx, "save")}, {Text: t(ctx, "back"), Href: back, Weight: ui.Plainer}}
	return working(view.Heading, formBody(view)), nil
}

func (w words) lawFields(ctx context.Context, fresh bool) []ui.Field {
	var bodies []ui.Option
	for _, b := range w.Charter.Bodies.On(w.today) {
		bodies = append(bodies, ui.Option{Value: b.Code, Text: b.Name.In(w.Lang)})
	}
	fields := []ui.Field{
		{Name: "number", Label: t(ctx, "field.number"), Hint: t(ctx, "field.number.hint"), Required: true, Max: budget.NumberMax},
		{Name: "body", Label: t(ctx, "field.body"), Kind: ui.Select, Required: true, Options: bodies},
		{Name: "day", Label: t(ctx, "field.day"), Kind: ui.Date, Required: true, To: string(w.today)},
		{Name: "currency", Label: t(ctx, "field.currency"), Hint: t(ctx, "field.currency.hint"), Required: true, Max: 3, Short: true},
		{Name: "declared", Label: t(ctx, "field.declared"), Hint: t(ctx, "field.declared.hint")},
	}
	if fresh {
		fields = append([]ui.Field{{Name: "year", Label: t(ctx, "field.year"), Kind: ui.Number, Required: true, Short: true}}, fields...)
	}
	return fields
}

// asked is the law of the address.
func (p *Pages) asked(r *http.Request) (budget.Law, error) {
	year, err := yearOf(r)
	if err != nil {
		return budget.Law{}, err
	}
	return p.Budget.Law(r.Context(), year)
}

// enact keeps the law of the form.
func (p *Pages) enact(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, fresh := r.Context(), r.PathValue("year") == ""
	var c fault.Check
	law := lawOf(&c, typed, fresh, r.PathValue("year"))
	if err = c.Err(); err == nil && fresh {
		err = p.Budget.Enact(ctx, law)
	} else if err == nil {
		err = p.Budget.EditLaw(ctx, law)
	}
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.lawFormPage(r, ui.Values(typed), wrong) })
	}
	if fresh {
		return web.Redirect(w, r, Href(law.Year)+"/importar", "delivery.budget.pages.flash.law")
	}
	return web.Redirect(w, r, Href(law.Year), "delivery.budget.pages.flash.saved")
}

// lawOf reads the form of a law.
func lawOf(c *fault.Check, typed url.Values, fresh bool, year string) budget.Law {
	if fresh {
		year = typed.Get("year")
	}
	law := budget.Law{Number: strings.TrimSpace(typed.Get("number")), Body: typed.Get("body"), Day: clock.Day(typed.Get("day")), Currency: strings.ToUpper(strings.TrimSpace(typed.Get("currency")))}
	n, err := strconv.Atoi(strings.TrimSpace(year))
	if err != nil {
		c.Fail("year", "fault.required")
	}
	law.Year = n
	if said := strings.TrimSpace(typed.Get("declared")); said != "" {
		law.Declared = amount(c, "declared", said, law.Currency)
	}
	return law
}

// amount reads an amount of a form into centavos.
func amount(c *fault.Check, field, said, currency string) int64 {
	if strings.TrimSpace(said) == "" {
		c.Fail(field, "fault.required")
		return 0
	}
	n, err := budget.ParseAmount(said, currency, budget.Told)
	if f, ok := asFault(err); ok {
		c.Fail(field, f.Key, f.Args...)
	}
	return n
}
