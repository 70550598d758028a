package pages

import (
	"context"
	"net/http"

	"ronda/city/delivery"
	"ronda/city/delivery/workplan"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// changesPage is what was agreed of a plan and what was asked to change since.
type changesPage struct {
	Heading   ui.Heading
	Tabs      ui.Tabs
	Notices   []ui.Notice
	Rows      []changeRow
	Empty     *ui.Empty
	Baselines ui.Table
	Agree     *ui.Form
}

// changeRow is one change request.
type changeRow struct {
	Number, Title, Reason, Meta string
	State                       ui.State
	Edits                       []string
	Effect                      string
	Answer, Answered            string
	Decide                      *decideForm
	Drop                        *ui.Form
}

// decideForm accepts or refuses a change request.
type decideForm struct {
	Form    ui.Form
	Answer  ui.Field
	Buttons ui.Buttons
}

func (p *Pages) changes(w http.ResponseWriter, r *http.Request) error {
	page, err := p.changesView(r, fields{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) changesView(r *http.Request, f fields) (web.Page, error) {
	ctx := r.Context()
	v, err := p.plans.Plan(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	say := p.wordsOf(ctx, v.Case.Charter)
	i := v.Case.Initiative
	view := changesPage{Heading: say.heading(ctx, i, "changes"), Tabs: p.Tabs(ctx, i.Number, "/plan/cambios")}
	view.Heading.Lead = t(ctx, "changes.lead")
	for _, c := range v.Changes {
		view.Rows = append(view.Rows, say.change(ctx, v, c, f))
	}
	if len(v.Changes) == 0 {
		view.Empty = &ui.Empty{Title: t(ctx, "changes.none"), Text: t(ctx, "changes.none.free"), Action: ui.Link{Href: href(i.Number) + "/plan", Text: t(ctx, "plan")}}
		if v.Frozen {
			view.Empty.Text = t(ctx, "changes.none.text")
		}
	}
	if len(v.Baselines) > 0 {
		view.Baselines = say.baselines(ctx, v)
	}
	if v.Frozen && len(v.Baselines) == 0 && v.Case.May(ctx, delivery.DecideChange) && len(v.Rows) > 0 {
		view.Agree = &ui.Form{ID: "acordar", Hidden: []ui.Pair{{Name: "do", Value: "agree"}}}
	}
	return working(view.Heading.Title, view.Heading.Lead, i, changesBody(view)), nil
}

// changeTones is how each state of a change request is shown.
var changeTones = map[workplan.ChangeState]ui.Tone{workplan.Asked: ui.Now, workplan.Accepted: ui.Good, workplan.Refused: ui.Bad, workplan.Dropped: ui.Plain}

// change is one change request as the page shows it.
func (w words) change(ctx context.Context, v workplan.View, c workplan.Change, f fields) changeRow {
	row := changeRow{Number: c.Number, Reason: c.Reason, Meta: joined(w.Who(ctx, c.Post, c.Body), w.moment(ctx, c.At)), Effect: w.effect(ctx, c),
		State: ui.State{Tone: changeTones[c.State], Text: t(ctx, "change."+string(c.State))}}
	names := map[string]string{}
	for _, task := range v.Rows {
		names[task.Code] = task.Name
	}
	for _, e := range c.Edits {
		row.Edits = append(row.Edits, w.sayEdit(ctx, names, e))
	}
	if c.State == workplan.Accepted || c.State == workplan.Refused {
		row.Answer, row.Answered = c.Answer, joined(w.Post(ctx, c.DecidedPost), w.moment(ctx, c.DecidedAt))
	}
	if c.State != workplan.Asked {
		return row
	}
	if v.Case.May(ctx, delivery.DecideChange) {
		row.Decide = &decideForm{Form: f.of(ui.Form{ID: "decidir-" + c.Number, Hidden: []ui.Pair{{Name: "change", Value: c.Number}}}, "", "", "", nil),
			Answer:  ui.Field{Name: "answer", Label: t(ctx, "field.answer"), Hint: t(ctx, "field.answer.hint"), Kind: ui.Area, Rows: 3, Max: workplan.ReasonMax},
			Buttons: ui.Buttons{{Text: t(ctx, "change.accept"), Name: "do", Value: "accept"}, {Text: t(ctx, "change.refuse"), Name: "do", Value: "refuse", Weight: ui.Quiet}}}
		if f.typed.Get("change") == c.Number {
			row.Decide.Form.Values, row.Decide.Form.Errors = f.typed, f.wrong
		}
	}
	if v.Case.May(ctx, delivery.AskChange) {
		row.Drop = &ui.Form{ID: "retirar-" + c.Number, Hidden: []ui.Pair{{Name: "change", Value: c.Number}, {Name: "do", Value: "withdraw"}}}
	}
	return row
}

// effect says what a change does to the end of the plan.
func (w words) effect(ctx context.Context, c workplan.Change) string {
	moved := t(ctx, "change.moves", "count", c.Moved)
	if c.FinishBefore == c.FinishAfter {
		return joined(t(ctx, "change.same", "day", w.short(ctx, dayOf(c.FinishAfter))), moved)
	}
	return joined(t(ctx, "change.finish", "before", w.short(ctx, dayOf(c.FinishBefore)), "after", w.short(ctx, dayOf(c.FinishAfter))), moved)
}

// sayEdit says one edit: "Mover Licitación: 2 mar – 14 abr".
func (w words) sayEdit(ctx context.Context, names map[string]string, e workplan.Edit) string {
	name := firstOf(names[e.Task], e.Task, e.Fields.Name)
	switch e.Op {
	case workplan.AddTask:
		return t(ctx, "edit.add_task", "task", e.Fields.Name, "days", days(ctx, e.Fields.Duration))
	case workplan.EditTask:
		return t(ctx, "edit.edit_task", "task", name, "name", e.Fields.Name, "days", days(ctx, e.Fields.Duration))
	case workplan.Shift:
		return t(ctx, "edit.shift", "task", name, "span", w.span(ctx, e.Start, e.Finish))
	case workplan.SetLink, workplan.DropLink:
		return t(ctx, "edit."+string(e.Op), "task", firstOf(names[e.Link.To], e.Link.To), "from", firstOf(names[e.Link.From], e.Link.From))
	case workplan.SaveObjective:
		return t(ctx, "edit.save_objective", "title", e.Objective.Title, "target", e.Objective.Target.Say(ctx), "unit", e.Objective.Unit)
	case workplan.SetStart:
		return t(ctx, "edit.set_start", "day", w.short(ctx, e.Start))
	}
	return t(ctx, "edit."+string(e.Op), "task", name)
}

// baselines are the frozen schedules, the newest first.
func (w words) baselines(ctx context.Context, v workplan.View) ui.Table {
	out := ui.Table{Caption: t(ctx, "baselines"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "baseline")}, {Text: t(ctx, "baseline.when")}, {Text: t(ctx, "col.start")}, {Text: t(ctx, "col.finish")}, {Text: t(ctx, "baseline.tasks"), Number: true}, {Text: t(ctx, "baseline.why")}}}
	for _, b := range v.Baselines {
		out.Rows = append(out.Rows, ui.Row{{Text: t(ctx, "baseline.no", "no", b.Number)}, {Text: w.moment(ctx, b.At)}, {Text: w.short(ctx, dayOf(b.Start))}, {Text: w.short(ctx, dayOf(b.Finish))}, {Text: itoa(b.Tasks)},
			{Text: joined(t(ctx, "why."+b.Why), b.Change)}})
	}
	return out
}

// changesAct decides a change request, takes one back, or agrees the plan.
func (p *Pages) changesAct(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number, change := r.Context(), r.PathValue("number"), typed.Get("change")
	do := typed.Get("do")
	switch do {
	case "accept", "refuse":
		err = p.plans.DecideChange(ctx, number, change, do == "accept", typed.Get("answer"))
	case "withdraw":
		err = p.plans.DropChange(ctx, number, change)
	case "agree":
		err = p.plans.Agree(ctx, number)
	default:
		return fault.New(fault.NotFound, "fault.notfound")
	}
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.changesView(r, fields{ui.Values(typed), wrong}) })
	}
	return done(w, r, href(number)+"/plan/cambios", "change_"+do)
}
