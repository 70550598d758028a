package pages

import (
	"context"

	"github.com/a-h/templ"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/roundtable"
	"ronda/platform/ui"
)

// panelView is what the page of an initiative shows of its execution.
type panelView struct {
	Light   *lightView
	Twin    twin
	Figures ui.Figures
	Late    []lateRow
	Who     string
	Buttons ui.Buttons
}

// InitiativePanel is the execution on the page of an initiative: the light, the
// work beside the money, what is late, and where to read more. Nil when there is
// nothing of it and the reader may do nothing about it.
func (p *Pages) InitiativePanel(ctx context.Context, v roundtable.View) templ.Component {
	view, err := p.panel(ctx, v)
	if err != nil || view.Light == nil && len(view.Buttons) == 0 {
		return nil
	}
	return executionPanel(view)
}

func (p *Pages) panel(ctx context.Context, v roundtable.View) (panelView, error) {
	var out panelView
	i := v.Initiative
	x, err := p.delivery.ViewOf(ctx, v.Case)
	if err != nil {
		return out, err
	}
	say := p.wordsOf(ctx, v.Charter)
	known := x.Physical != nil || x.Money != nil || x.Executor != "" || i.State == roundtable.Adopted
	if known {
		light := say.light(ctx, v.Charter, x.Light)
		out.Light = &light
		out.Who = say.Body(ctx, x.Executor)
	}
	if x.Physical != nil {
		out.Twin.work(ctx, *x.Physical)
		for _, late := range x.Physical.Late[:min(len(x.Physical.Late), 3)] {
			out.Late = append(out.Late, lateRow{late.Name, late.Href, t(ctx, "due.was", "day", say.short(ctx, dayOf(late.Due)))})
		}
	}
	if x.Money != nil {
		out.Twin.money(ctx, *x.Money)
		out.Figures = moneyFigures(ctx, *x.Money)
	}
	out.Buttons = panelButtons(ctx, x.Case, known)
	return out, nil
}

// moneyFigures are the four columns of the money.
func moneyFigures(ctx context.Context, m delivery.Money) ui.Figures {
	say := func(cents int64) string { return budget.Short(ctx, cents, m.Currency) }
	return ui.Figures{{Value: say(m.Planned), Text: t(ctx, "money.planned")}, {Value: say(m.Committed), Text: t(ctx, "money.committed")},
		{Value: say(m.Accrued), Text: t(ctx, "money.spent")}, {Value: say(m.Free()), Text: t(ctx, "money.free")}}
}

// panelButtons lead to the execution, and to what this person may do about it.
func panelButtons(ctx context.Context, c delivery.Case, known bool) ui.Buttons {
	var out ui.Buttons
	to := href(c.Initiative.Number)
	if c.May(ctx, delivery.Report) {
		out = append(out, ui.Button{Text: t(ctx, "report"), Href: to + "/ejecucion/informar", Weight: ui.Quiet, Icon: "edit"})
	}
	if known {
		out = append(out, ui.Button{Text: t(ctx, "execution.see"), Href: to + "/ejecucion", Weight: ui.Quiet, Icon: "arrow"})
	}
	if known && c.Initiative.State.Public() {
		out = append(out, ui.Button{Text: t(ctx, "impact.see"), Href: to + "/impacto", Weight: ui.Quiet, Icon: "flag"})
	}
	if known || c.May(ctx, delivery.EditPlan) {
		out = append(out, ui.Button{Text: t(ctx, "plan"), Href: to + "/plan", Weight: ui.Quiet, Icon: "calendar"})
	}
	return out
}
