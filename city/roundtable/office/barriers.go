package office

import (
	"context"
	"net/url"

	"github.com/a-h/templ"

	"ronda/city/roundtable"
	"ronda/city/roundtable/wording"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// barriersPage is what stands in the way of an initiative.
type barriersPage struct {
	Rows []barrierRow
	May  bool // the person may add and resolve
	Add  onePanel
}

// barrierRow is one obstacle.
type barrierRow struct {
	ID, Kind, What, Meta string
	State                ui.State
	How                  string // it was resolved
	Open                 bool
	Resolve              onePanel
}

// barrierOf reads an obstacle from its form.
func barrierOf(typed url.Values) roundtable.Barrier {
	return roundtable.Barrier{Kind: typed.Get("kind"), What: typed.Get("what"), Owner: typed.Get("owner"), Opened: clock.Day(typed.Get("opened"))}
}

var barrierForm = oneForm{
	action: roundtable.Obstacle, name: "barreras", key: "barrier", back: "#barreras", fields: barrierFields,
	start: func(v roundtable.View) ui.Values { return ui.Values{"opened": {string(v.Today)}} },
	do: func(ctx context.Context, o *Office, number, _ string, typed ui.Values) error {
		return o.rt.AddBarrier(ctx, number, barrierOf(url.Values(typed)))
	},
}

var resolveForm = oneForm{
	action: roundtable.Obstacle, name: "barreras", rest: "/{id}/resolver", key: "resolve", back: "#barreras",
	fields: oneText("how", "roundtable.office.resolve.how", "roundtable.office.resolve.hint", roundtable.ReasonMax),
	do: func(ctx context.Context, o *Office, number, id string, typed ui.Values) error {
		return o.rt.ResolveBarrier(ctx, number, id, typed.Get("how"))
	},
}

func barrierFields(ctx context.Context, _ *Office, v roundtable.View) []ui.Field {
	lang := i18n.Of(ctx)
	pick := i18n.T(ctx, "roundtable.office.choose")
	return []ui.Field{
		{Name: "kind", Label: i18n.T(ctx, "roundtable.office.barrier.kind"), Kind: ui.Select, Placeholder: pick, Required: true,
			Options: wording.Choices(v.Charter.Frame.Barriers, v.Today, lang)},
		{Name: "what", Label: i18n.T(ctx, "roundtable.office.barrier.what"), Kind: ui.Area, Rows: 3, Max: roundtable.ReasonMax, Required: true},
		{Name: "owner", Label: i18n.T(ctx, "roundtable.office.barrier.owner"), Kind: ui.Select, Placeholder: pick, Required: true,
			Options: bodies(v, lang)},
		{Name: "opened", Label: i18n.T(ctx, "roundtable.office.barrier.opened"), Kind: ui.Date, To: string(v.Today), Required: true},
	}
}

// bodies are all bodies of a day as options, in the city's own order.
func bodies(v roundtable.View, lang i18n.Lang) []ui.Option {
	var out []ui.Option
	for _, b := range v.Charter.Bodies.On(v.Today) {
		out = append(out, ui.Option{Value: b.Code, Text: b.Name.In(lang), Group: v.Charter.KindName(b.Kind).In(lang)})
	}
	return out
}

func (o *Office) barriersOf(ctx context.Context, v roundtable.View) barriersPage {
	say := o.words(ctx, v.Charter)
	p := barriersPage{May: v.May(me(ctx), roundtable.Obstacle)}
	if p.May {
		p.Add = barrierForm.panel(ctx, o, v, "", nil, ui.Errors{})
		p.Add.Yes.Weight = ui.Quiet
	}
	for _, b := range v.Barriers {
		row := barrierRow{ID: b.ID, Kind: say.Barrier(b.Kind), What: b.What, How: b.How, Open: b.Resolved == "",
			Meta: i18n.T(ctx, "roundtable.barrier.meta", "owner", say.Body(ctx, b.Owner), "day", say.Day(ctx, b.Opened))}
		row.State = ui.State{Tone: ui.Warn, Text: i18n.T(ctx, "roundtable.barrier.open", "count", b.DaysOpen(v.Today))}
		if !row.Open {
			row.State = ui.State{Tone: ui.Good, Text: i18n.T(ctx, "roundtable.barrier.resolved", "count", b.DaysOpen(v.Today))}
		} else if p.May {
			row.Resolve = resolveForm.panel(ctx, o, v, b.ID, nil, ui.Errors{})
			row.Resolve.Yes.Weight = ui.Quiet
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// BarrierPanel is what the person of the context may do about the obstacles of an
// initiative: add one, say how one was resolved. It is empty for whom may not.
func (o *Office) BarrierPanel(ctx context.Context, v roundtable.View) templ.Component {
	return barrierPanel(o.barriersOf(ctx, v))
}
