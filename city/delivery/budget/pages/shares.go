package pages

import (
	"context"
	"net/http"
	"net/url"

	"ronda/city/delivery/budget"
	"ronda/platform/ui"
)

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
