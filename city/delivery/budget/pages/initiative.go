package pages

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// initiativePage is the money of one initiative.
type initiativePage struct {
	Heading  ui.Heading
	Tabs     ui.Tabs
	Notices  []ui.Notice
	Figures  ui.Figures
	Flow     flow
	Draws    []drawView
	Empty    ui.Empty
	Needless string
	Does     []doing
}

// drawView is what it draws on one line.
type drawView struct {
	Title, Code, Href string
	Short             string
	Flow              flow
	Stages            ui.Table
}

func (p *Pages) initiative(w http.ResponseWriter, r *http.Request) error {
	page, err := p.initiativePage(r, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) initiativePage(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	v, err := p.Budget.Of(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	say, err := p.words(ctx)
	if err != nil {
		return web.Page{}, err
	}
	i, currency := v.Initiative, v.Money.Currency
	view := initiativePage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/iniciativas", Text: t(ctx, "initiatives")}, {Href: "/iniciativas/" + i.Number, Text: i.Title}}, Over: i.Number, Title: t(ctx, "initiative"), Lead: t(ctx, "initiative.lead")},
		Needless: v.Money.Needless, Empty: ui.Empty{Title: t(ctx, "initiative.none"), Text: t(ctx, "initiative.none.text")}}
	if p.slots.Tabs != nil {
		view.Tabs = p.slots.Tabs(ctx, i.Number, "/presupuesto")
	}
	if v.Money.Drawn > 0 {
		money := v.Money.Money()
		view.Figures = ui.Figures{{Value: budget.Short(ctx, money.Planned, currency), Text: t(ctx, "figure.planned")}, {Value: budget.Short(ctx, money.Committed, currency), Text: t(ctx, "figure.committed")},
			{Value: budget.Short(ctx, money.Paid, currency), Text: t(ctx, "figure.spent")}, {Value: budget.Short(ctx, money.Free(), currency), Text: t(ctx, "figure.uncommitted")}}
	}
	if len(v.Draws) > 1 { // of one, its own drawing says the same
		view.Flow = flowOf(ctx, t(ctx, "flow.initiative"), currency, budget.Figures{Credit: v.Money.Drawn, Drawn: v.Money.Drawn, Committed: v.Money.Committed, Accrued: v.Money.Accrued, Paid: v.Money.Paid, Short: v.Money.Short})
	}
	if v.Money.Short > 0 {
		view.Notices = append(view.Notices, ui.Notice{Tone: ui.Bad, Title: t(ctx, "short.initiative", "short", budget.Amount(ctx, v.Money.Short, currency)), Text: t(ctx, "short.initiative.text")})
	}
	for _, d := range v.Draws {
		view.Draws = append(view.Draws, drawOf(ctx, d))
	}
	view.Does = say.initiativeDoes(ctx, v, typed, wrong)
	page := pageOf(view.Heading, initiativeBody(view))
	page.Section, page.Private = "initiatives", !i.State.Public()
	return page, nil
}

func drawOf(ctx context.Context, d budget.DrawView) drawView {
	out := drawView{Title: d.Of.Name, Code: t(ctx, "draw.line", "code", d.Of.Code, "year", yearText(d.Year), "law", d.Law.Number), Href: LineHref(d.Year, d.Of.Code),
		Flow: flowOf(ctx, t(ctx, "flow.draw", "code", d.Of.Code), d.Law.Currency, budget.Figures{Credit: d.Amount, Drawn: d.Amount, Committed: d.Committed, Accrued: d.Accrued, Paid: d.Paid, Short: d.Short})}
	if d.Short > 0 {
		out.Short = t(ctx, "lacks", "short", budget.Amount(ctx, d.Short, d.Law.Currency))
	}
	if len(d.Stages) > 0 {
		out.Stages = stagesTable(ctx, t(ctx, "spending"), d.Law.Currency, d.Stages)
	}
	return out
}

// initiativeDoes are the forms of who carries the initiative.
func (w words) initiativeDoes(ctx context.Context, v budget.View, typed ui.Values, wrong ui.Errors) []doing {
	var out []doing
	if v.May(ctx, delivery.Draw) && len(v.Laws) > 0 {
		out = append(out, w.drawDoing(ctx, v, typed, wrong))
	}
	if v.May(ctx, delivery.ReportMoney) && len(v.Draws) > 0 {
		out = append(out, w.spendDoing(ctx, v, typed, wrong))
	}
	if v.May(ctx, delivery.Draw) && len(v.Draws) == 0 {
		none := doing{Title: t(ctx, "none.add"), Button: t(ctx, "none.do"), Form: formOf("none", typed, wrong),
			Fields: []ui.Field{{Name: "why", Label: t(ctx, "none.why"), Hint: t(ctx, "none.why.hint"), Kind: ui.Area, Max: budget.WhyMax, Required: v.Money.Needless == ""}}}
		if none.Form.Values == nil {
			none.Form.Values = ui.Values{"why": {v.Money.Needless}}
		}
		none.Open = none.Form.Errors.Any()
		out = append(out, none)
	}
	return out
}

// drawDoing asks from which line how much is taken.
func (w words) drawDoing(ctx context.Context, v budget.View, typed ui.Values, wrong ui.Errors) doing {
	d := doing{Title: t(ctx, "draw.add"), Button: t(ctx, "draw.do"), Form: formOf("draw", typed, wrong)}
	var years []ui.Option
	for _, l := range v.Laws {
		if l.InForce() {
			years = append(years, ui.Option{Value: yearText(l.Year), Text: t(ctx, "law", "year", yearText(l.Year)) + " · " + l.Number})
		}
	}
	d.Fields = []ui.Field{{Name: "year", Label: t(ctx, "draw.law"), Kind: ui.Select, Required: true, Options: years},
		{Name: "line", Label: t(ctx, "draw.code"), Hint: t(ctx, "draw.code.hint"), Required: true, Max: budget.CodeMax, Short: true},
		{Name: "amount", Label: t(ctx, "draw.amount"), Hint: t(ctx, "draw.amount.hint"), Required: true, Short: true}}
	if body := v.Initiative.Ministry; body != "" && len(years) > 0 {
		d.Link = ui.Link{Href: "/presupuesto/" + years[0].Value + "/partidas?ministerio=" + url.QueryEscape(body), Text: t(ctx, "draw.find", "ministry", w.Body(ctx, body))}
	}
	d.Open = d.Form.Errors.Any() || len(v.Draws) == 0 && v.Money.Needless == ""
	return d
}

// spendDoing asks what was spent of a line in a month.
func (w words) spendDoing(ctx context.Context, v budget.View, typed ui.Values, wrong ui.Errors) doing {
	d := doing{Title: t(ctx, "spend.add"), Button: t(ctx, "spend.do"), Form: formOf("spend", typed, wrong), Rows: stageFields(ctx)}
	var lines []ui.Option
	oldest := v.Draws[0].Year
	for _, x := range v.Draws {
		lines = append(lines, ui.Option{Value: yearText(x.Year) + "/" + x.Of.Code, Text: yearText(x.Year) + " · " + x.Of.Code + " · " + x.Of.Name})
		oldest = min(oldest, x.Year)
	}
	d.Fields = []ui.Field{{Name: "line", Label: t(ctx, "column.line"), Kind: ui.Select, Required: true, Options: lines},
		{Name: "period", Label: t(ctx, "column.month"), Hint: t(ctx, "spend.month.hint"), Kind: ui.Select, Required: true, Options: w.months(ctx, oldest)}}
	d.Open = d.Form.Errors.Any()
	return d
}

// months are those that have come since the beginning of a year, the newest first.
func (w words) months(ctx context.Context, from int) []ui.Option {
	now, err := strconv.Atoi(string(w.today)[:4])
	if err != nil {
		return nil
	}
	var out []ui.Option
	for year := now; year >= from; year-- {
		for n := 12; n >= 1; n-- {
			period := yearText(year) + "-" + yearText(100 + n)[1:]
			if period <= string(w.today)[:7] {
				out = append(out, ui.Option{Value: period, Text: month(ctx, period)})
			}
		}
	}
	return out
}

// initiativeAct draws, reports what was spent, or says that no money is needed.
func (p *Pages) initiativeAct(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number := r.Context(), r.PathValue("number")
	flash := "delivery.budget.pages.flash.saved"
	switch typed.Get("do") {
	case "draw":
		flash, err = "delivery.budget.pages.flash.drawn", p.draw(ctx, number, typed)
	case "spend":
		flash, err = "delivery.budget.pages.flash.spent", p.spend(ctx, number, typed)
	case "none":
		err = p.Budget.NeedsNone(ctx, number, typed.Get("why"))
	default:
		return fault.New(fault.Invalid, "fault.unreadable")
	}
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.initiativePage(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, "/iniciativas/"+number+"/presupuesto", flash)
}

func (p *Pages) draw(ctx context.Context, number string, typed url.Values) error {
	var c fault.Check
	year, currency, err := p.yearTyped(ctx, &c, typed.Get("year"))
	if err != nil {
		return err
	}
	c.Require(strings.TrimSpace(typed.Get("line")) != "", "line", "fault.required")
	sum := amount(&c, "amount", typed.Get("amount"), currency)
	if err := c.Err(); err != nil {
		return err
	}
	return p.Budget.Draw(ctx, number, year, typed.Get("line"), sum)
}

// yearTyped is a year that a form chose, and the currency of its law.
func (p *Pages) yearTyped(ctx context.Context, c *fault.Check, said string) (year int, currency string, err error) {
	year, bad := strconv.Atoi(said)
	if bad != nil {
		c.Fail("year", "fault.required")
		return 0, "", nil
	}
	law, err := p.Budget.Law(ctx, year)
	if fault.Is(err, fault.NotFound) {
		c.Fail("year", "delivery.budget.fault.no_law")
		err = nil
	}
	return year, law.Currency, err
}

func (p *Pages) spend(ctx context.Context, number string, typed url.Values) error {
	said, code, _ := strings.Cut(typed.Get("line"), "/")
	var c fault.Check
	year, currency, err := p.yearTyped(ctx, &c, said)
	if err != nil {
		return err
	}
	s, wrong := stageOf(typed, currency)
	if err := c.Err(); err != nil {
		return err
	}
	if wrong != nil {
		return wrong
	}
	return p.Budget.ReportMoney(ctx, number, year, code, s)
}
