package pages

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ronda/city/delivery"
	"ronda/city/delivery/workplan"
	"ronda/method/plan"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// newTask stands for the code of a task in the address of one that is to be.
const newTask = "nueva"

// taskPage is one task: what stands of it, and the forms by which everything
// can be changed that can be changed on the chart.
type taskPage struct {
	Heading  ui.Heading
	Tabs     ui.Tabs
	Facts    ui.Facts
	Notices  []ui.Notice
	Ask      *askForm
	Edits    bool
	Form     ui.Form
	About    []ui.Field
	When     []ui.Field
	Who      []ui.Field
	Save     ui.Buttons
	Progress *progressForm
	Links    *linksForm
	Drop     *ui.Confirm
	Conflict *ui.Conflict
}

// progressForm tells how far a task is.
type progressForm struct {
	Form   ui.Form
	Fields []ui.Field
}

// linksForm are what a task waits for, and what waits for it.
type linksForm struct {
	Waits, Waited []linkRow
	Form          ui.Form
	Fields        []ui.Field
	Edits         bool
	Version       string
}

// linkRow is one link with what undoes it.
type linkRow struct {
	Name, Href, Meta string
	From, Kind       string
	To               string
}

// taskOf finds a task of a plan; a new one has no code.
func taskOf(v workplan.View, code string) (workplan.Row, error) {
	if code == newTask {
		return workplan.Row{Task: workplan.Task{Duration: 5}}, nil
	}
	at := slices.IndexFunc(v.Rows, func(row workplan.Row) bool { return row.Code == code })
	if at < 0 {
		return workplan.Row{}, fault.New(fault.NotFound, "delivery.pages.fault.no_task")
	}
	return v.Rows[at], nil
}

// task shows one task.
func (p *Pages) task(w http.ResponseWriter, r *http.Request) error {
	page, err := p.taskView(r, fields{}, nil, nil)
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) taskView(r *http.Request, f fields, ask *askForm, both *ui.Conflict) (web.Page, error) {
	ctx := r.Context()
	v, err := p.plans.Plan(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	row, err := taskOf(v, r.PathValue("task"))
	if err != nil {
		return web.Page{}, err
	}
	fresh := row.Code == ""
	if fresh {
		if err := requireEdit(ctx, v); err != nil {
			return web.Page{}, err
		}
	}
	say := p.wordsOf(ctx, v.Case.Charter)
	i := v.Case.Initiative
	view := taskPage{Heading: say.heading(ctx, i, "task"), Tabs: p.Tabs(ctx, i.Number, "/plan"), Ask: ask, Conflict: both, Edits: mayEdit(ctx, v) || v.Case.May(ctx, delivery.EditPlan)}
	view.Heading.Crumbs = append(view.Heading.Crumbs, ui.Link{Href: href(i.Number) + "/plan", Text: t(ctx, "plan")})
	if fresh {
		view.Heading.Title = t(ctx, "task.new")
	} else {
		view.Heading.Title = row.Name
		view.Facts = say.taskFacts(ctx, v, row)
		view.Links = say.links(ctx, v, row, f)
	}
	if view.Edits && v.Frozen && f.typed == nil {
		view.Notices = append(view.Notices, ui.Notice{Tone: ui.Info, Title: t(ctx, "frozen"), Text: t(ctx, "frozen.text")})
	}
	if view.Edits {
		if err := p.taskForm(ctx, say, v, row, f, &view); err != nil {
			return web.Page{}, err
		}
	}
	page := working(view.Heading.Title, "", i, taskBody(view))
	return page, nil
}

func requireEdit(ctx context.Context, v workplan.View) error {
	if mayEdit(ctx, v) {
		return nil
	}
	_, err := v.Case.Require(ctx, delivery.EditPlan)
	return err
}

// taskFacts say a task to whoever reads.
func (w words) taskFacts(ctx context.Context, v workplan.View, row workplan.Row) ui.Facts {
	var out ui.Facts
	add := func(key, text string) {
		if text != "" {
			out = append(out, ui.Fact{Name: t(ctx, "fact."+key), Text: text})
		}
	}
	add("days", joined(w.span(ctx, row.Dates.Start, row.Dates.Finish), days(ctx, row.Dates.Duration)))
	out = append(out, ui.Fact{Name: t(ctx, "fact.done"), View: asView(ui.Progress{Label: row.Name, Done: doneOf(row), Whole: 100, Text: t(ctx, "done.of", "done", percent(doneOf(row)), "expected", percent(row.Progress.Expected))})})
	if row.BaseFinish != "" {
		add("base", joined(w.span(ctx, dayOf(row.BaseStart), dayOf(row.BaseFinish)), late(ctx, row.Progress.FinishSlip)))
	}
	switch {
	case row.Summary:
	case row.Critical:
		add("slack", t(ctx, "slack.none"))
	case row.Ended == "":
		add("slack", t(ctx, "slack.some", "days", days(ctx, row.Slack)))
	}
	add("deadline", w.short(ctx, dayOf(row.Deadline)))
	add("really", w.span(ctx, dayOf(row.Began), dayOf(row.Ended)))
	add("who", w.whoDoes(ctx, v, row.Task))
	add("notes", row.Notes)
	return out
}

// links are what a task waits for and what waits for it.
func (w words) links(ctx context.Context, v workplan.View, row workplan.Row, f fields) *linksForm {
	out := &linksForm{Edits: mayEdit(ctx, v), Version: itoa(int(v.Plan.Version))}
	rows := map[string]workplan.Row{}
	for _, x := range v.Rows {
		rows[x.Code] = x
	}
	for _, link := range v.Work.Links {
		x := linkRow{Meta: linkWords(ctx, link), From: link.From, To: link.To, Kind: link.Kind.String()}
		switch row.Code {
		case link.To:
			x.Name, x.Href = rows[link.From].Name, w.taskHref(v, rows[link.From])
			out.Waits = append(out.Waits, x)
		case link.From:
			x.Name, x.Href = rows[link.To].Name, w.taskHref(v, rows[link.To])
			out.Waited = append(out.Waited, x)
		}
	}
	out.Form = f.of(ui.Form{ID: "enlace", Hidden: hidden(v, "link")}, "link", "", "", ui.Values{"kind": {"FS"}, "lag": {"0"}})
	out.Fields = []ui.Field{
		{Name: "from", Label: t(ctx, "field.from"), Kind: ui.Select, Required: true, Placeholder: t(ctx, "field.from.none"), Options: otherTasks(v, row.Code)},
		{Name: "kind", Label: t(ctx, "field.kind"), Kind: ui.Select, Required: true, Options: kindOptions(ctx)},
		{Name: "lag", Label: t(ctx, "field.lag"), Hint: t(ctx, "field.lag.hint"), Kind: ui.Number, Unit: t(ctx, "unit.days")},
	}
	return out
}

// hidden are the values that travel with each form of a plan.
func hidden(v workplan.View, do string) []ui.Pair {
	return []ui.Pair{{Name: "version", Value: itoa(int(v.Plan.Version))}, {Name: "do", Value: do}}
}

func kindOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, kind := range []plan.Kind{plan.FinishToStart, plan.StartToStart, plan.FinishToFinish, plan.StartToFinish} {
		out = append(out, ui.Option{Value: kind.String(), Text: t(ctx, "link."+strings.ToLower(kind.String()))})
	}
	return out
}

// otherTasks are the tasks of a plan but one.
func otherTasks(v workplan.View, code string) []ui.Option {
	var out []ui.Option
	for _, row := range v.Rows {
		if row.Code != code {
			out = append(out, ui.Option{Value: row.Code, Text: row.Name})
		}
	}
	return out
}

// taskAct changes the plan as a form of the task, or the chart, asks.
func (p *Pages) taskAct(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	number := r.PathValue("number")
	if typed.Get("do") == "progress" {
		return p.progressAct(w, r, typed)
	}
	edits, err := editsOf(r.PathValue("task"), typed)
	if err == nil {
		return p.edit(w, r, typed, edits)
	}
	if web.IsPartial(r) {
		return p.boardAgain(w, r, number, err)
	}
	return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
		return p.taskView(r, fields{ui.Values(typed), wrong}, nil, nil)
	})
}

// edit does edits, or asks for them when the plan is frozen and a reason is given.
func (p *Pages) edit(w http.ResponseWriter, r *http.Request, typed url.Values, edits []workplan.Edit) error {
	ctx, number := r.Context(), r.PathValue("number")
	if typed.Get("ask") != "" {
		return p.ask(w, r, typed, edits)
	}
	if _, err := p.plans.Edit(ctx, number, version(typed), edits...); err != nil {
		return p.refused(w, r, typed, err)
	}
	if web.IsPartial(r) {
		return p.boardNow(w, r, number, typed.Get("do"))
	}
	to := href(number) + "/plan"
	if do := typed.Get("do"); do == "link" || do == "unlink" {
		to += "/tareas/" + r.PathValue("task")
	}
	return done(w, r, to, typed.Get("do"))
}

// progressAct tells how far a task is.
func (p *Pages) progressAct(w http.ResponseWriter, r *http.Request, typed url.Values) error {
	ctx, number, task := r.Context(), r.PathValue("number"), r.PathValue("task")
	var c fault.Check
	d := workplan.Done{Task: task, Percent: number0(&c, typed, "percent"), Began: dayIn(&c, typed, "began"), Ended: dayIn(&c, typed, "ended"), Version: version(typed)}
	err := c.Err()
	if err == nil {
		err = p.plans.Progress(ctx, number, d)
	}
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
			return p.taskView(r, fields{ui.Values(typed), wrong}, nil, nil)
		})
	}
	return done(w, r, href(number)+"/plan/tareas/"+task, "progress")
}
