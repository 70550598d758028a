package pages

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// errStopped ends a list whose reader has left.
var errStopped = errors.New("stopped")

// linePage is one line with everything that became of its credit.
type linePage struct {
	Heading    ui.Heading
	Notices    []ui.Notice
	Figures    ui.Figures
	Flow       flow
	Facts      ui.Facts
	Draws      ui.Table
	Hidden     string // draws that the reader may not know of, in words
	Amendments ui.Table
	Own        ui.Table
	Story      ui.Timeline
	Does       []doing
}

// doing is one thing that may be done on a page, folded away until it is.
type doing struct {
	Title  string
	Open   bool
	Link   ui.Link // something to read first, may be empty
	Form   ui.Form
	Rows   []ui.Field // beside each other
	Fields []ui.Field
	Button string
}

func (p *Pages) line(w http.ResponseWriter, r *http.Request) error {
	page, err := p.linePage(r, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) linePage(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	year, err := yearOf(r)
	if err != nil {
		return web.Page{}, err
	}
	v, err := p.Budget.Line(ctx, year, r.PathValue("code"))
	if err != nil {
		return web.Page{}, err
	}
	say, err := p.words(ctx)
	if err != nil {
		return web.Page{}, err
	}
	crumbs := append(way(ctx, year), ui.Link{Href: Href(year) + "/partidas", Text: t(ctx, "lines")})
	view := linePage{Heading: ui.Heading{Crumbs: crumbs, Over: t(ctx, "line.code", "code", v.Code), Title: v.Name, Lead: v.Institution},
		Figures: lineFigures(ctx, v), Flow: flowOf(ctx, t(ctx, "flow.line", "code", v.Code), v.Law.Currency, v.Figures), Facts: say.lineFacts(ctx, v),
		Draws: drawsTable(ctx, v), Amendments: say.amendmentsTable(ctx, v)}
	if v.Short > 0 {
		view.Notices = append(view.Notices, ui.Notice{Tone: ui.Warn, Title: t(ctx, "short.line", "short", budget.Amount(ctx, v.Short, v.Law.Currency)), Text: t(ctx, "short.rule")})
	}
	if v.Hidden > 0 {
		view.Hidden = t(ctx, "hidden", "count", v.Hidden, "amount", budget.Amount(ctx, v.HiddenSum, v.Law.Currency))
	}
	if len(v.Own) > 0 {
		view.Own = stagesTable(ctx, t(ctx, "own"), v.Law.Currency, v.Own)
	}
	if view.Story, err = p.story(ctx, say, v.Subject()); err != nil {
		return web.Page{}, err
	}
	if p.may(ctx, delivery.AmendBudget) {
		view.Does = say.lineDoes(ctx, v, typed, wrong)
	}
	return pageOf(view.Heading, lineBody(view)), nil
}

func lineFigures(ctx context.Context, v budget.LineView) ui.Figures {
	return ui.Figures{
		{Value: budget.Short(ctx, v.Original, v.Law.Currency), Text: t(ctx, "figure.original")}, {Value: budget.Short(ctx, v.Credit, v.Law.Currency), Text: t(ctx, "figure.credit")},
		{Value: budget.Short(ctx, v.Drawn, v.Law.Currency), Text: t(ctx, "figure.drawn")}, {Value: budget.Short(ctx, v.Free(), v.Law.Currency), Text: t(ctx, "figure.free")},
	}
}

func (w words) lineFacts(ctx context.Context, v budget.LineView) ui.Facts {
	facts := ui.Facts{{Name: t(ctx, "by.function.one"), Text: w.function(v.Function)}, {Name: t(ctx, "by.source.one"), Text: w.source(v.Source)}}
	if v.Programme != "" {
		facts = append(facts, ui.Fact{Name: t(ctx, "programme"), Text: v.Programme})
	}
	if v.Ministry != "" {
		facts = append(facts, ui.Fact{Name: t(ctx, "by.ministry.one"), Text: w.Body(ctx, v.Ministry), Href: "/organismos/" + v.Ministry})
	}
	return append(facts, ui.Fact{Name: t(ctx, "law.fact"), Text: w.enacted(ctx, v.Law)})
}

// drawsTable lists the initiatives that draw on a line.
func drawsTable(ctx context.Context, v budget.LineView) ui.Table {
	out := ui.Table{Caption: t(ctx, "draws"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "column.initiative")}, {Text: t(ctx, "column.drawn"), Number: true},
		{Text: t(ctx, "column.committed"), Number: true}, {Text: t(ctx, "column.paid"), Number: true}}}
	for _, d := range v.Draws {
		planned := ui.Cell{Text: budget.Amount(ctx, d.Amount, v.Law.Currency)}
		if d.Short > 0 {
			planned.View = ui.State{Tone: ui.Bad, Text: t(ctx, "lacks", "short", budget.Amount(ctx, d.Short, v.Law.Currency))}
		}
		out.Rows = append(out.Rows, ui.Row{{Text: d.Card.Title, Href: "/iniciativas/" + d.Card.Number + "/presupuesto", View: lineOf(d.Card.Number)}, planned,
			{Text: budget.Amount(ctx, d.Committed, v.Law.Currency)}, {Text: budget.Amount(ctx, d.Paid, v.Law.Currency)}})
	}
	return out
}

// amendmentsTable lists how the credit changed, from what the law gave.
func (w words) amendmentsTable(ctx context.Context, v budget.LineView) ui.Table {
	out := ui.Table{Caption: t(ctx, "amendments"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "column.day")}, {Text: t(ctx, "column.act")},
		{Text: t(ctx, "column.change"), Number: true}, {Text: t(ctx, "column.credit"), Number: true}}}
	credit := v.Original
	out.Rows = append(out.Rows, ui.Row{{Text: w.Day(ctx, v.Law.Day)}, {Text: v.Law.Number}, {Text: "–"}, {Text: budget.Amount(ctx, credit, v.Law.Currency)}})
	for _, a := range v.Amendments {
		credit += a.Amount
		out.Rows = append(out.Rows, ui.Row{{Text: w.Day(ctx, a.Day)}, {Text: a.Act, View: lineOf(a.Why)}, {View: change(signed(ctx, a.Amount, v.Law.Currency), a.Amount < 0)}, {Text: budget.Amount(ctx, credit, v.Law.Currency)}})
	}
	return out
}

// signed is a change with its sign.
func signed(ctx context.Context, cents int64, currency string) string {
	if cents > 0 {
		return "+" + budget.Amount(ctx, cents, currency)
	}
	return budget.Amount(ctx, cents, currency)
}

// lineDoes are the forms of who keeps the law.
func (w words) lineDoes(ctx context.Context, v budget.LineView, typed ui.Values, wrong ui.Errors) []doing {
	amend := doing{Title: t(ctx, "amend"), Button: t(ctx, "amend.do"), Form: formOf("amend", typed, wrong), Fields: []ui.Field{
		{Name: "way", Label: t(ctx, "amend.way"), Kind: ui.Radios, Required: true, Options: []ui.Option{{Value: "less", Text: t(ctx, "amend.less")}, {Value: "more", Text: t(ctx, "amend.more")}}},
		{Name: "amount", Label: t(ctx, "field.amount"), Hint: t(ctx, "field.amount.hint"), Required: true, Short: true},
		{Name: "day", Label: t(ctx, "amend.day"), Kind: ui.Date, Required: true, From: string(v.Law.Day), To: string(w.today)},
		{Name: "act", Label: t(ctx, "amend.act"), Hint: t(ctx, "amend.act.hint"), Required: true, Max: budget.NumberMax},
		{Name: "why", Label: t(ctx, "amend.why"), Kind: ui.Area, Required: true, Max: budget.WhyMax},
	}}
	own := doing{Title: t(ctx, "own.add"), Button: t(ctx, "own.do"), Form: formOf("own", typed, wrong)}
	own.Fields = []ui.Field{{Name: "period", Label: t(ctx, "column.month"), Kind: ui.Select, Required: true, Options: w.months(ctx, v.Year)}}
	own.Rows = stageFields(ctx)
	for _, d := range []*doing{&amend, &own} {
		d.Open = d.Form.Errors.Any()
	}
	return []doing{amend, own}
}

// stageFields ask for what went through the stages in a month.
func stageFields(ctx context.Context) []ui.Field {
	return []ui.Field{{Name: "committed", Label: t(ctx, "column.committed"), Required: true}, {Name: "accrued", Label: t(ctx, "column.accrued"), Required: true}, {Name: "paid", Label: t(ctx, "column.paid"), Required: true}}
}

// formOf is one of several forms of a page: what was typed and what was wrong
// belongs to the one that was sent.
func formOf(what string, typed ui.Values, wrong ui.Errors) ui.Form {
	f := ui.Form{ID: what, Hidden: []ui.Pair{{Name: "do", Value: what}}}
	if typed.Get("do") == what {
		f.Values, f.Errors = typed, wrong
	}
	return f
}

// lineAct amends a line or says what it spent on other things.
func (p *Pages) lineAct(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	law, err := p.asked(r)
	if err != nil {
		return err
	}
	ctx, code := r.Context(), r.PathValue("code")
	flash := "delivery.budget.pages.flash.amended"
	switch typed.Get("do") {
	case "amend":
		err = p.amend(ctx, law, code, typed)
	case "own":
		flash = "delivery.budget.pages.flash.own"
		var s budget.Stage
		if s, err = stageOf(typed, law.Currency); err == nil {
			err = p.Budget.OwnUse(ctx, law.Year, code, s)
		}
	default:
		return fault.New(fault.Invalid, "fault.unreadable")
	}
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.linePage(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, LineHref(law.Year, code), flash)
}

func (p *Pages) amend(ctx context.Context, law budget.Law, code string, typed url.Values) error {
	var c fault.Check
	a := budget.Amendment{Amount: amount(&c, "amount", typed.Get("amount"), law.Currency), Day: clock.Day(typed.Get("day")), Act: typed.Get("act"), Why: strings.TrimSpace(typed.Get("why"))}
	switch typed.Get("way") {
	case "less":
		a.Amount = -a.Amount
	case "more":
	default:
		c.Fail("way", "fault.required")
	}
	if err := c.Err(); err != nil {
		return err
	}
	return p.Budget.Amend(ctx, law.Year, code, a)
}

// stageOf reads what went through the stages in a month.
func stageOf(typed url.Values, currency string) (budget.Stage, error) {
	var c fault.Check
	s := budget.Stage{Period: typed.Get("period"), Committed: amount(&c, "committed", typed.Get("committed"), currency),
		Accrued: amount(&c, "accrued", typed.Get("accrued"), currency), Paid: amount(&c, "paid", typed.Get("paid"), currency)}
	return s, c.Err()
}
