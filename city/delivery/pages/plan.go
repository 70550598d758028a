package pages

import (
	"context"
	"net/http"
	"strings"

	"ronda/city/delivery"
	"ronda/city/delivery/workplan"
	"ronda/method/plan"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// planPage is the work plan of an initiative.
type planPage struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Figures ui.Figures
	Notices []ui.Notice
	Board   board
	Add     ui.Buttons
	Files   []ui.Link
	Empty   *ui.Empty
	Start   *ui.Form // begins a plan where there is none
}

// board is what changes with every act on the plan: the chart, what just
// happened, the critical path and the table. The script puts the answer of the
// server in its place.
type board struct {
	Version string
	News    []ui.Notice
	Ask     *askForm // when what was tried needs a change request
	Zooms   []ui.NavItem
	Chart   chart
	Help    bool
	Path    []ui.Link
	PathSay string
	Table   ui.Table
}

// plan shows the work plan.
func (p *Pages) plan(w http.ResponseWriter, r *http.Request) error {
	v, err := p.plans.Plan(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	page, err := p.planView(r, v, nil, nil)
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) planView(r *http.Request, v workplan.View, news []ui.Notice, ask *askForm) (web.Page, error) {
	ctx := r.Context()
	say := p.wordsOf(ctx, v.Case.Charter)
	i := v.Case.Initiative
	view := planPage{Heading: say.heading(ctx, i, "plan"), Tabs: p.Tabs(ctx, i.Number, "/plan"), Notices: planNotices(ctx, v)}
	view.Heading.Lead = t(ctx, "plan.lead")
	edits := mayEdit(ctx, v)
	if len(v.Rows) == 0 {
		view.Empty = emptyPlan(ctx, i.Number, edits)
		if v.Case.May(ctx, delivery.EditPlan) && !v.Frozen {
			view.Start = &ui.Form{}
			view.Add = ui.Buttons{{Text: t(ctx, "task.new"), Href: href(i.Number) + "/plan/tareas/nueva", Icon: "plus"},
				{Text: t(ctx, "import"), Href: href(i.Number) + "/plan/importar", Weight: ui.Quiet, Icon: "file"}}
		}
		return working(view.Heading.Title, view.Heading.Lead, i, planBody(view)), nil
	}
	zoom, err := zoomOf(r, v)
	if err != nil {
		return web.Page{}, err
	}
	view.Heading.Lead = say.planLead(ctx, v)
	view.Figures = say.planFigures(ctx, v)
	view.Board = say.board(r, v, zoom)
	view.Board.News, view.Board.Ask = news, ask
	if edits {
		view.Add = ui.Buttons{{Text: t(ctx, "task.new"), Href: href(i.Number) + "/plan/tareas/nueva", Icon: "plus"}}
		if !v.Frozen {
			view.Add = append(view.Add, ui.Button{Text: t(ctx, "import"), Href: href(i.Number) + "/plan/importar", Weight: ui.Quiet})
		}
	}
	view.Files = []ui.Link{{Href: href(i.Number) + "/plan/plan.xml", Text: t(ctx, "file.xml")}, {Href: href(i.Number) + "/plan/plan.csv", Text: t(ctx, "file.csv")}}
	return working(view.Heading.Title, view.Heading.Lead, i, planBody(view)), nil
}

// mayEdit says whether the person changes the plan, or asks for changes of one
// that is frozen.
func mayEdit(ctx context.Context, v workplan.View) bool {
	return v.Case.May(ctx, delivery.EditPlan) || v.Frozen && v.Case.May(ctx, delivery.AskChange)
}

func emptyPlan(ctx context.Context, number string, edits bool) *ui.Empty {
	if edits {
		return &ui.Empty{Title: t(ctx, "plan.none"), Text: t(ctx, "plan.none.edit")}
	}
	return &ui.Empty{Title: t(ctx, "plan.none"), Text: t(ctx, "plan.none.text"), Action: ui.Link{Href: href(number), Text: t(ctx, "to_initiative")}}
}

// planLead says the plan in one sentence.
func (w words) planLead(ctx context.Context, v workplan.View) string {
	return t(ctx, "plan.says", "count", len(v.Rows), "start", w.short(ctx, v.Schedule.Start), "finish", w.short(ctx, v.Schedule.Finish))
}

// planFigures are how far it is, beside how far it should be.
func (w words) planFigures(ctx context.Context, v workplan.View) ui.Figures {
	out := ui.Figures{{Value: percent(v.Whole.Done), Text: t(ctx, "figure.done", "expected", percent(v.Whole.Expected))},
		{Value: w.short(ctx, v.Schedule.Finish), Text: t(ctx, "figure.finish")}}
	if v.Whole.Baseline {
		out[1].Text = t(ctx, "figure.finish.of", "late", late(ctx, v.Whole.FinishSlip))
	}
	overdue, miles := 0, 0
	for _, row := range v.Rows {
		if row.Summary {
			continue
		}
		if row.Progress.Overdue || row.Done < 100 && row.Dates.Finish < dayOf(v.Today) {
			overdue++
		}
		if row.Dates.Milestone && row.Done < 100 {
			miles++
		}
	}
	return append(out, ui.Figure{Value: itoa(overdue), Text: t(ctx, "figure.overdue", "count", overdue)}, ui.Figure{Value: itoa(miles), Text: t(ctx, "figure.miles", "count", miles)})
}

// planNotices say what the plan lacks and what is agreed.
func planNotices(ctx context.Context, v workplan.View) []ui.Notice {
	var out []ui.Notice
	number := v.Case.Initiative.Number
	if v.Frozen && mayEdit(ctx, v) {
		out = append(out, ui.Notice{Tone: ui.Info, Title: t(ctx, "frozen"), Text: t(ctx, "frozen.text"), Link: ui.Link{Href: href(number) + "/plan/cambios", Text: t(ctx, "changes")}})
	}
	waiting := 0
	for _, c := range v.Changes {
		if c.State == workplan.Asked {
			waiting++
		}
	}
	if waiting > 0 {
		out = append(out, ui.Notice{Tone: ui.Warn, Text: t(ctx, "changes.waiting", "count", waiting), Link: ui.Link{Href: href(number) + "/plan/cambios", Text: t(ctx, "changes.see")}})
	}
	if v.Case.May(ctx, delivery.EditPlan) {
		for _, x := range v.Problems {
			out = append(out, ui.Notice{Tone: ui.Warn, Text: sayProblem(ctx, x)})
		}
	}
	return out
}

// zooms are the words of addresses for how much time a chart shows.
var zooms = []string{"dia", "semana", "mes", "trimestre"}

// zoomOf is the zoom that the address asks for, or the nearest that shows the
// whole plan at once.
func zoomOf(r *http.Request, v workplan.View) (plan.Zoom, error) {
	return zoomFor(r, int(v.Schedule.Finish-v.Schedule.Start))
}

func zoomFor(r *http.Request, days int) (plan.Zoom, error) {
	asked := r.URL.Query().Get("zoom")
	for i, word := range zooms {
		if asked == word {
			return plan.Zoom(i), nil
		}
	}
	if asked != "" {
		return 0, fault.New(fault.NotFound, "fault.notfound")
	}
	for zoom := plan.Days; zoom < plan.Quarters; zoom++ {
		if float64(days+zoom.Margin())*least(zoom) <= fitWidth {
			return zoom, nil
		}
	}
	return plan.Quarters, nil
}

// least is how narrow a day may be drawn: months and quarters still have room for
// their names when they are squeezed.
func least(zoom plan.Zoom) float64 {
	switch zoom {
	case plan.Months:
		return 1.55
	case plan.Quarters:
		return 0.8
	}
	return zoom.Width()
}

// zoomLinks lead from one zoom to the others.
func zoomLinks(r *http.Request, now plan.Zoom) []ui.NavItem {
	var out []ui.NavItem
	for i, word := range zooms {
		out = append(out, ui.NavItem{Text: t(r.Context(), "zoom."+word), Href: with(r, "zoom", word), Current: plan.Zoom(i) == now})
	}
	return out
}

// drawn lays out a plan wide enough to fill the page and, where its days may be
// narrower, no wider.
func drawn(v workplan.View, zoom plan.Zoom, rows []int) *plan.Gantt {
	view := plan.View{Zoom: zoom, Today: dayOf(v.Today), Row: rowHeight, Bar: barHeight, Rows: rows}
	g := plan.Draw(v.Work, v.Schedule, view)
	days := float64(g.To - g.From + 1)
	view.From, view.To, view.Zoom = g.From, g.To, g.Zoom
	switch {
	case g.Width < fullWidth:
		view.Day = fullWidth / days
	case g.Width > fitWidth && days*least(g.Zoom) <= fitWidth:
		view.Day = fitWidth / days
	default:
		return g
	}
	return plan.Draw(v.Work, v.Schedule, view)
}

// board draws the plan.
func (w words) board(r *http.Request, v workplan.View, zoom plan.Zoom) board {
	ctx := r.Context()
	i := v.Case.Initiative
	b := board{Version: itoa(int(v.Plan.Version)), Zooms: zoomLinks(r, zoom), Table: w.planTable(ctx, v)}
	b.Chart = chart{Label: t(ctx, "chart.of", "title", i.Title), Corner: t(ctx, "task"), Gantt: drawn(v, zoom, nil)}
	for _, bar := range b.Chart.Gantt.Bars {
		b.Chart.Rows = append(b.Chart.Rows, w.chartRow(ctx, v, v.Rows[bar.Task]))
	}
	if mayEdit(ctx, v) {
		b.Help = true
		b.Chart.Move, b.Chart.Week = href(i.Number)+"/plan/tareas/", v.Work.Calendar.Week()
		b.Chart.Free = daysOff(v.Work.Calendar, b.Chart.Gantt)
		b.Chart.Words = map[string]string{}
		for _, word := range scriptWords {
			b.Chart.Words[word] = t(ctx, "script."+word)
		}
	}
	for _, at := range v.Schedule.Path {
		b.Path = append(b.Path, ui.Link{Href: w.taskHref(v, v.Rows[at]), Text: v.Rows[at].Name})
	}
	return b
}

// daysOff are the days of the chart that are free although the week works them.
func daysOff(c *plan.Calendar, g *plan.Gantt) []plan.Day {
	var out []plan.Day
	week := c.Week()
	for day := g.From; day <= g.To; day++ {
		if week[day.Weekday()] && !c.Works(day) {
			out = append(out, day)
		}
	}
	return out
}

func (w words) taskHref(v workplan.View, row workplan.Row) string {
	return href(v.Case.Initiative.Number) + "/plan/tareas/" + row.Code
}

// chartRow says a task in its row.
func (w words) chartRow(ctx context.Context, v workplan.View, row workplan.Row) chartRow {
	out := chartRow{ID: row.Code, Name: row.Name, Href: w.taskHref(v, row), Days: w.span(ctx, row.Dates.Start, row.Dates.Finish), Fixed: row.Summary || row.Ended != "",
		Done: doneOf(row) >= 100, Start: row.Dates.Start, Finish: row.Dates.Finish, Meta: percent(doneOf(row))}
	switch {
	case row.Dates.Milestone && out.Done:
		out.Meta = t(ctx, "reached")
	case row.Dates.Milestone:
		out.Meta = w.short(ctx, row.Dates.Finish)
		out.Days = ""
	}
	if row.Progress.Overdue && !row.Summary {
		out.State = ui.State{Tone: ui.Bad, Text: t(ctx, "overdue")}
	}
	out.Text = strings.Join(w.sayTask(ctx, row), ". ")
	return out
}

// doneOf is how far a task is; of a stage, the mean of its tasks.
func doneOf(row workplan.Row) float64 {
	if row.Summary {
		return row.Progress.Done
	}
	return float64(row.Done)
}

// sayTask says a bar to those who do not see it.
func (w words) sayTask(ctx context.Context, row workplan.Row) []string {
	out := []string{row.Name}
	switch {
	case row.Dates.Milestone:
		out = append(out, t(ctx, "bar.mile", "day", w.short(ctx, row.Dates.Finish)))
	case row.Summary:
		out = append(out, t(ctx, "bar.stage", "start", w.short(ctx, row.Dates.Start), "finish", w.short(ctx, row.Dates.Finish)))
	default:
		out = append(out, t(ctx, "bar.task", "start", w.short(ctx, row.Dates.Start), "finish", w.short(ctx, row.Dates.Finish), "days", days(ctx, row.Dates.Duration)))
	}
	out = append(out, t(ctx, "bar.done", "done", percent(doneOf(row))))
	if row.Critical && !row.Summary {
		out = append(out, t(ctx, "bar.critical"))
	}
	if row.Progress.Baseline && row.Progress.FinishSlip != 0 {
		out = append(out, t(ctx, "bar.slip", "late", late(ctx, row.Progress.FinishSlip)))
	}
	return out
}
