package pages

import (
	"context"
	"net/http"
	"net/url"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// sendSpendingForm asks for the file of what was spent.
func (p *Pages) sendSpendingForm(w http.ResponseWriter, r *http.Request) error {
	page, err := p.sendSpendingPage(r, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) sendSpendingPage(r *http.Request, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	law, err := p.asked(r)
	if err != nil {
		return web.Page{}, err
	}
	if !p.may(ctx, delivery.AmendBudget) {
		return web.Page{}, forbidden(ctx)
	}
	view := sendPage{Heading: ui.Heading{Crumbs: way(ctx, law.Year), Title: t(ctx, "spending.title", "year", yearText(law.Year)), Lead: t(ctx, "spending.lead")},
		Form: ui.Form{Files: true, Errors: wrong}, Hint: t(ctx, "spending.hint", "max", i18n.Number(ctx, budget.SpendingMax)),
		Columns: columnsTable(ctx, budget.SpendingFields, map[budget.Field]string{budget.FieldCode: t(ctx, "spending.code")})}
	return working(view.Heading, sendBody(view)), nil
}

// sendSpending keeps the file and leads to its trial.
func (p *Pages) sendSpending(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	law, err := p.asked(r)
	if err != nil {
		return err
	}
	if !p.may(ctx, delivery.AmendBudget) {
		return forbidden(ctx) // before the file is taken apart
	}
	_, file, head, err := web.FileForm(w, r, "file")
	if err != nil {
		return err
	}
	kept, err := p.keep(ctx, law.Year, file, head)
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.sendSpendingPage(r, wrong) })
	}
	return web.Redirect(w, r, Href(law.Year)+"/gastos/"+kept, "")
}

// trySpendingForm tries the file with the mapping that its headings suggest.
func (p *Pages) trySpendingForm(w http.ResponseWriter, r *http.Request) error {
	page, err := p.trySpendingPage(r, nil)
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) trySpendingPage(r *http.Request, typed url.Values) (web.Page, error) {
	ctx := r.Context()
	law, err := p.asked(r)
	if err != nil {
		return web.Page{}, err
	}
	name, file, err := p.Budget.Kept(ctx, law.Year, r.PathValue("file"))
	if err != nil {
		return web.Page{}, err
	}
	how := budget.SpendingFields.Guess(file.Sheet)
	if typed != nil {
		how = mappingOf(typed, budget.SpendingFields)
	}
	report, err := p.Budget.ImportSpending(ctx, law.Year, file, how, true)
	if err != nil && !fault.Is(err, fault.Invalid) {
		return web.Page{}, err
	}
	view := tryPage{Heading: ui.Heading{Crumbs: append(way(ctx, law.Year), ui.Link{Href: Href(law.Year) + "/gastos", Text: t(ctx, "spending.link")}), Title: t(ctx, "try"), Lead: name},
		Form: ui.Form{Values: valuesOf(how), Errors: ui.ErrorsOf(ctx, err)}, Sample: sample(ctx, file), Fields: mappingFields(ctx, file, budget.SpendingFields),
		Mark: markField(ctx), Keep: t(ctx, "spending.keep")}
	if err == nil {
		view.spent(ctx, law, report)
	}
	page := working(view.Heading, tryBody(view))
	page.Narrow = false
	page.Wrong = err != nil || report.Wrong > 0
	return page, nil
}

// spent says what would become of every row.
func (v *tryPage) spent(ctx context.Context, law budget.Law, r budget.Spending) {
	v.Keeps = r.Wrong == 0 && r.Rows > 0
	v.Figures = ui.Figures{{Value: i18n.Number(ctx, int64(r.Rows)), Text: t(ctx, "spending.right")}, {Value: i18n.Number(ctx, int64(r.Wrong)), Text: t(ctx, "try.wrong")}}
	switch {
	case r.Wrong > 0:
		v.Notice = ui.Notice{Tone: ui.Bad, Title: t(ctx, "try.bad", "count", r.Wrong), Text: t(ctx, "try.nothing")}
	case r.Rows == 0:
		v.Notice = ui.Notice{Tone: ui.Info, Title: t(ctx, "spending.empty")}
	default:
		v.Figures = append(v.Figures, ui.Figure{Value: budget.Short(ctx, r.Law.Paid, law.Currency), Text: t(ctx, "spending.paid", "was", budget.Short(ctx, law.Paid, law.Currency))})
		v.Notice = ui.Notice{Tone: ui.Good, Title: t(ctx, "spending.good", "count", r.Rows), Text: t(ctx, "spending.replaces")}
	}
	v.faulty(ctx, r.Faults, r.Wrong)
}

// trySpending tries the file with the mapping of the form, or keeps its rows.
func (p *Pages) trySpending(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	if typed.Get("do") == "keep" {
		to, err := p.keepSpending(r, typed)
		if err != nil && !fault.Is(err, fault.Invalid) {
			return err
		}
		if to != "" {
			return web.Redirect(w, r, to, "delivery.budget.pages.flash.spending")
		}
	}
	page, err := p.trySpendingPage(r, typed)
	if err != nil {
		return err
	}
	if page.Wrong {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page)
}

// keepSpending keeps the rows of a file and gives where to go then, nowhere when
// something was wrong with them.
func (p *Pages) keepSpending(r *http.Request, typed url.Values) (to string, err error) {
	ctx := r.Context()
	law, err := p.asked(r)
	if err != nil {
		return "", err
	}
	_, file, err := p.Budget.Kept(ctx, law.Year, r.PathValue("file"))
	if err != nil {
		return "", err
	}
	report, err := p.Budget.ImportSpending(ctx, law.Year, file, mappingOf(typed, budget.SpendingFields), false)
	if err != nil || !report.Kept {
		return "", err
	}
	return Href(law.Year), p.Budget.Drop(ctx, r.PathValue("file"))
}
