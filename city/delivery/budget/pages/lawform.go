package pages

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

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
