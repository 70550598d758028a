package pages

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"ronda/city/delivery"
	"ronda/city/delivery/workplan"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// objectivesPage is what an initiative is to reach.
type objectivesPage struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Notices []ui.Notice
	Ask     *askForm
	Rows    []objectiveRow
	Empty   *ui.Empty
	New     *objectiveForm
}

// objectiveRow is one objective with where it stands.
type objectiveRow struct {
	ID, Title, Meta, Due string
	Tone                 ui.Tone
	Progress             ui.Progress
	Edit                 *objectiveForm
	Reach                *objectiveForm
	Drop                 *ui.Form
}

// objectiveForm is a form about an objective.
type objectiveForm struct {
	Form   ui.Form
	Fields []ui.Field
	Save   ui.Button
	Open   bool
}

func (p *Pages) objectives(w http.ResponseWriter, r *http.Request) error {
	page, err := p.objectivesView(r, fields{}, nil)
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) objectivesView(r *http.Request, f fields, ask *askForm) (web.Page, error) {
	ctx := r.Context()
	v, err := p.plans.Plan(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	say := p.wordsOf(ctx, v.Case.Charter)
	i := v.Case.Initiative
	view := objectivesPage{Heading: say.heading(ctx, i, "objectives"), Tabs: p.Tabs(ctx, i.Number, "/plan/objetivos"), Ask: ask}
	view.Heading.Lead = t(ctx, "objectives.lead")
	edits := mayEdit(ctx, v)
	for _, o := range v.Objectives {
		view.Rows = append(view.Rows, say.objective(ctx, v, o, f, edits))
	}
	if edits {
		view.New = newObjective(ctx, v, f)
	}
	if len(v.Objectives) == 0 {
		view.Empty = &ui.Empty{Title: t(ctx, "objectives.none"), Text: t(ctx, "objectives.none.text")}
		if edits {
			view.Empty.Text = t(ctx, "objectives.none.edit")
		}
	}
	return working(view.Heading.Title, view.Heading.Lead, i, objectivesBody(view)), nil
}

// objective is one objective as the page shows it.
func (w words) objective(ctx context.Context, v workplan.View, o workplan.Objective, f fields, edits bool) objectiveRow {
	row := objectiveRow{ID: o.ID, Title: o.Title, Due: t(ctx, "objective.by", "day", w.Day(ctx, o.Due)), Progress: reachedOf(ctx, o)}
	if o.Known {
		row.Meta = t(ctx, "objective.from", "from", o.From.Say(ctx), "target", o.Target.Say(ctx), "unit", o.Unit)
	} else {
		row.Meta = t(ctx, "objective.target", "target", o.Target.Say(ctx), "unit", o.Unit)
	}
	if o.ReachedOn != "" {
		row.Meta = joined(row.Meta, t(ctx, "objective.on", "day", w.Day(ctx, o.ReachedOn)))
	}
	if o.Due < v.Today && !isReached(o) {
		row.Tone, row.Due = ui.Bad, t(ctx, "objective.late", "day", w.Day(ctx, o.Due))
	}
	if edits {
		row.Edit = &objectiveForm{Form: f.of(ui.Form{ID: "objetivo-" + o.ID, Hidden: append(hidden(v, "save"), ui.Pair{Name: "id", Value: o.ID})}, "save", "id", o.ID, objectiveValues(o)),
			Fields: objectiveFields(ctx), Save: ui.Button{Text: t(ctx, "save")}, Open: f.on("save", "id", o.ID)}
		row.Drop = &ui.Form{ID: "quitar-" + o.ID, Hidden: append(hidden(v, "drop"), ui.Pair{Name: "id", Value: o.ID})}
	}
	if v.Case.May(ctx, delivery.EditPlan) || v.Case.May(ctx, delivery.Report) {
		row.Reach = reachForm(ctx, v, o, f)
	}
	return row
}

// reachedOf draws where an objective stands between where it began and its target.
func reachedOf(ctx context.Context, o workplan.Objective) ui.Progress {
	now := o.Reached
	if o.ReachedOn == "" {
		now = o.From
	}
	p := ui.Progress{Label: o.Title, Done: float64(now - o.From), Whole: float64(o.Target - o.From), Text: t(ctx, "objective.none")}
	if p.Whole < 0 { // to bring down
		p.Done, p.Whole = -p.Done, -p.Whole
	}
	if o.ReachedOn != "" {
		p.Text = t(ctx, "objective.reached", "reached", now.Say(ctx), "target", o.Target.Say(ctx), "unit", o.Unit)
	}
	return p
}

func isReached(o workplan.Objective) bool {
	if o.ReachedOn == "" {
		return false
	}
	if o.Target < o.From {
		return o.Reached <= o.Target
	}
	return o.Reached >= o.Target
}

func objectiveFields(ctx context.Context) []ui.Field {
	return []ui.Field{
		{Name: "title", Label: t(ctx, "field.objective"), Hint: t(ctx, "field.objective.hint"), Required: true, Max: workplan.NameMax},
		{Name: "unit", Label: t(ctx, "field.unit"), Hint: t(ctx, "field.unit.hint"), Required: true, Max: workplan.UnitMax},
		{Name: "from", Label: t(ctx, "field.start"), Hint: t(ctx, "field.start.hint"), Kind: ui.Number, Decimals: true},
		{Name: "target", Label: t(ctx, "field.target"), Kind: ui.Number, Decimals: true, Required: true},
		{Name: "due", Label: t(ctx, "field.due"), Kind: ui.Date, Required: true},
	}
}

func objectiveValues(o workplan.Objective) ui.Values {
	out := ui.Values{"title": {o.Title}, "unit": {o.Unit}, "target": {o.Target.String()}, "due": dayText(o.Due)}
	if o.Known {
		out["from"] = []string{o.From.String()}
	}
	return out
}

func newObjective(ctx context.Context, v workplan.View, f fields) *objectiveForm {
	form := &objectiveForm{Fields: objectiveFields(ctx), Save: ui.Button{Text: t(ctx, "objective.add")}, Open: len(v.Objectives) == 0 || f.on("save", "id", "")}
	form.Form = f.of(ui.Form{ID: "nuevo", Hidden: hidden(v, "save")}, "save", "id", "", nil)
	return form
}

func reachForm(ctx context.Context, v workplan.View, o workplan.Objective, f fields) *objectiveForm {
	form := &objectiveForm{Save: ui.Button{Text: t(ctx, "save"), Weight: ui.Quiet}, Open: f.on("reach", "id", o.ID), Fields: []ui.Field{
		{Name: "reached", Label: t(ctx, "field.reached"), Kind: ui.Number, Decimals: true, Unit: o.Unit, Required: true},
		{Name: "day", Label: t(ctx, "field.reached_on"), Kind: ui.Date, Required: true}}}
	form.Form = f.of(ui.Form{ID: "va-" + o.ID, Hidden: append(hidden(v, "reach"), ui.Pair{Name: "id", Value: o.ID})}, "reach", "id", o.ID, ui.Values{"day": dayText(v.Today)})
	return form
}

// objectivesAct changes objectives, or tells where one stands.
func (p *Pages) objectivesAct(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number := r.Context(), r.PathValue("number")
	do := typed.Get("do")
	switch do {
	case "reach":
		err = p.reach(ctx, number, typed)
	case "save", "drop":
		var e workplan.Edit
		if e, err = objectiveOf(typed); err != nil {
			break
		}
		if typed.Get("ask") != "" {
			return p.ask(w, r, typed, []workplan.Edit{e})
		}
		_, err = p.plans.Edit(ctx, number, version(typed), e)
	default:
		return fault.New(fault.NotFound, "fault.notfound")
	}
	if err == nil {
		return done(w, r, href(number)+"/plan/objetivos", "objective_"+do)
	}
	return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
		if isFault(err, frozenKey) {
			return p.objectivesView(r, fields{typed: ui.Values(typed)}, askTo(ctx, r.URL.Path, typed))
		}
		return p.objectivesView(r, fields{ui.Values(typed), wrong}, nil)
	})
}

// objectiveOf reads an objective out of its form.
func objectiveOf(typed url.Values) (workplan.Edit, error) {
	if typed.Get("do") == "drop" {
		return workplan.Edit{Op: workplan.DropObjective, Objective: workplan.Objective{ID: typed.Get("id")}}, nil
	}
	var c fault.Check
	o := workplan.Objective{ID: typed.Get("id"), Title: strings.TrimSpace(typed.Get("title")), Unit: strings.TrimSpace(typed.Get("unit")), Due: clock.Day(dayIn(&c, typed, "due").String())}
	o.From, o.Known = figureIn(&c, typed, "from")
	o.Target, _ = figureIn(&c, typed, "target")
	c.Require(strings.TrimSpace(typed.Get("target")) != "", "target", "fault.required")
	return workplan.Edit{Op: workplan.SaveObjective, Objective: o}, c.Err()
}

// figureIn reads a measure; known is false when nothing was typed.
func figureIn(c *fault.Check, typed url.Values, name string) (figure workplan.Figure, known bool) {
	text := strings.TrimSpace(typed.Get(name))
	if text == "" {
		return 0, false
	}
	figure, ok := workplan.ParseFigure(text)
	c.Require(ok, name, "delivery.pages.fault.figure")
	return figure, ok
}

// reach tells where an objective stands.
func (p *Pages) reach(ctx context.Context, number string, typed url.Values) error {
	var c fault.Check
	reached, known := figureIn(&c, typed, "reached")
	c.Require(known || c.Failed("reached"), "reached", "fault.required")
	day := dayIn(&c, typed, "day")
	if err := c.Err(); err != nil {
		return err
	}
	return p.plans.Reach(ctx, number, typed.Get("id"), reached, clock.Day(day.String()))
}
