package pages

import (
	"context"
	"net/http"
	"strings"
	"sync"

	"ronda/city/delivery/workplan"
	"ronda/city/people"
	"ronda/city/roundtable"
	round "ronda/city/roundtable/pages"
	"ronda/method/plan"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// shownAtOnce is how many initiatives a page of the city's schedule has.
const shownAtOnce = 40

// schedulePage is a chart over several initiatives, or over what one person does.
type schedulePage struct {
	Heading ui.Heading
	Filters *ui.Filters
	Zooms   []ui.NavItem
	Figures ui.Figures
	Chart   chart
	Parts   []schedulePart
	Table   ui.Table
	Without []ui.Link // initiatives without a plan
	Empty   *ui.Empty
	Pager   ui.Pager
	Links   ui.Buttons
}

// schedulePart is what a person does for one initiative.
type schedulePart struct {
	Title, Href, Meta string
	Chart             chart
	Late              []ui.Link
}

// portfolio shows the schedule of the city: a bar for each initiative.
func (p *Pages) portfolio(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	after, err := web.After(r)
	if err != nil {
		return err
	}
	bars, next, err := p.plans.Portfolio(ctx, round.FilterOf(r.URL.Query()), after, shownAtOnce)
	if err != nil {
		return round.Wrong(err)
	}
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	filters := say.portfolioFilters(r)
	view := schedulePage{Heading: ui.Heading{Title: t(ctx, "portfolio"), Lead: t(ctx, "portfolio.lead")}, Filters: &filters, Links: scheduleLinks(ctx)}
	if next != "" {
		q := r.URL.Query()
		q.Set("desde", next)
		view.Pager = ui.Pager{Later: r.URL.Path + "?" + q.Encode()}
	}
	if err := say.portfolioOf(r, bars, &view); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Description: view.Heading.Lead, Section: "schedule", Body: scheduleBody(view)})
}

// scheduleLinks lead to the reader's own schedule and to what holds the work up.
func scheduleLinks(ctx context.Context) ui.Buttons {
	var out ui.Buttons
	if people.Me(ctx).SignedIn() {
		out = append(out, ui.Button{Text: t(ctx, "mine"), Href: "/mi-cronograma", Weight: ui.Quiet, Icon: "calendar"})
	}
	return append(out, ui.Button{Text: t(ctx, "barriers.see"), Href: "/barreras", Weight: ui.Quiet, Icon: "warning"})
}

// portfolioOf puts the initiatives that have a plan on the chart and the others below.
func (w words) portfolioOf(r *http.Request, bars []workplan.Bar, view *schedulePage) error {
	ctx := r.Context()
	var drawnOnes []workplan.Bar
	for _, bar := range bars {
		if bar.Has {
			drawnOnes = append(drawnOnes, bar)
		} else {
			view.Without = append(view.Without, ui.Link{Href: href(bar.Card.Number), Text: bar.Card.Title})
		}
	}
	if len(drawnOnes) == 0 {
		view.Empty = &ui.Empty{Title: t(ctx, "portfolio.none"), Text: t(ctx, "portfolio.none.text"), Action: ui.Link{Href: "/iniciativas", Text: t(ctx, "initiatives")}}
		return nil
	}
	work, schedule, err := planOfBars(drawnOnes)
	if err != nil {
		return err
	}
	zoom, err := zoomFor(r, int(schedule.Finish-schedule.Start))
	if err != nil {
		return err
	}
	view.Zooms = zoomLinks(r, zoom)
	view.Chart = chart{Label: t(ctx, "portfolio"), Corner: t(ctx, "initiative"), Gantt: drawn(workplan.View{Work: work, Schedule: schedule, Today: w.today}, zoom, nil)}
	view.Table = ui.Table{Caption: t(ctx, "table"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "initiative")}, {Text: t(ctx, "fact.axis")}, {Text: t(ctx, "col.start")}, {Text: t(ctx, "col.finish")},
		{Text: t(ctx, "col.done"), Number: true}, {Text: t(ctx, "col.planned"), Number: true}, {Text: t(ctx, "col.late")}}}
	for _, bar := range drawnOnes {
		w.portfolioRow(ctx, bar, view)
	}
	return nil
}

// portfolioRow says one initiative in its row and in the table.
func (w words) portfolioRow(ctx context.Context, bar workplan.Bar, view *schedulePage) {
	name, colour := w.Axis(bar.Card.Axis)
	start, finish := dayOf(bar.Start), dayOf(bar.Finish)
	to := href(bar.Card.Number) + "/plan"
	row := chartRow{ID: bar.Card.Number, Name: bar.Card.Title, Href: to, Axis: colour, Start: start, Finish: finish, Days: w.span(ctx, start, finish), Meta: percent(100 * bar.Done)}
	late := t(ctx, "in_time")
	if bar.LateDays > 0 {
		late = t(ctx, "late.calendar", "count", bar.LateDays)
		row.State = ui.State{Tone: ui.Bad, Text: late}
	}
	row.Text = strings.Join([]string{row.Name, t(ctx, "bar.stage", "start", w.short(ctx, start), "finish", w.short(ctx, finish)), t(ctx, "bar.done", "done", row.Meta), late}, ". ")
	view.Chart.Rows = append(view.Chart.Rows, row)
	view.Table.Rows = append(view.Table.Rows, ui.Row{{Text: row.Name, Href: to}, {Text: name}, {Text: w.short(ctx, start)}, {Text: w.short(ctx, finish)},
		{Text: row.Meta}, {Text: percent(100 * bar.Planned)}, {Text: late}})
}

// everyDay is a calendar without days off, on which the bars of whole initiatives
// are measured.
var everyDay = sync.OnceValues(func() (*plan.Calendar, error) {
	return plan.NewCalendar(plan.Week{true, true, true, true, true, true, true}, nil)
})

// planOfBars draws initiatives as the tasks of one plan that nothing links.
func planOfBars(bars []workplan.Bar) (*plan.Plan, *plan.Schedule, error) {
	calendar, err := everyDay()
	if err != nil {
		return nil, nil, err
	}
	work := &plan.Plan{Calendar: calendar, Start: plan.First}
	for _, bar := range bars {
		start, finish := dayOf(bar.Start), dayOf(bar.Finish)
		task := plan.Task{ID: bar.Card.Number, Name: bar.Card.Title, Duration: int(finish-start) + 1, Constraint: plan.MustStart, On: start, Done: int(100 * bar.Done)}
		if based := dayOf(bar.BaselineFinish); based >= start && based != plan.NoDay {
			task.Baseline = plan.Span{Start: start, Finish: based}
		}
		work.Tasks = append(work.Tasks, task)
	}
	schedule, err := work.Schedule()
	if err != nil {
		return nil, nil, err
	}
	for i := range schedule.Tasks { // of several initiatives none holds up the end of the others
		schedule.Tasks[i].Critical = false
	}
	return work, schedule, nil
}

// portfolioFilters narrow the schedule by axis and by ministry.
func (w words) portfolioFilters(r *http.Request) ui.Filters {
	ctx, q := r.Context(), r.URL.Query()
	choice := func(kind, code, text string, axis int) ui.Choice {
		name := round.Param(kind)
		c := ui.Choice{Text: text, On: q.Get(name) == code, Href: with(r, name, code), Count: -1, Axis: axis}
		if c.On {
			c.Href = with(r, name, "")
		}
		return c
	}
	axes, ministries := ui.FilterGroup{Name: t(ctx, "fact.axis")}, ui.FilterGroup{Name: t(ctx, "ministry")}
	for _, a := range w.Charter.Frame.Axes.All() {
		name, colour := w.Axis(a.Code)
		axes.Choices = append(axes.Choices, choice(roundtable.ByAxis, a.Code, name, colour))
	}
	for _, b := range w.Charter.Ministries(w.today) {
		ministries.Choices = append(ministries.Choices, choice(roundtable.ByMinistry, b.Code, b.Name.In(w.Lang), 0))
	}
	return ui.Filters{Groups: []ui.FilterGroup{axes}, More: []ui.FilterGroup{ministries}, Clear: "/cronograma"}
}

// mine shows what the person answers for, in every plan.
func (p *Pages) mine(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	list, err := p.plans.Mine(ctx, people.Me(ctx).Person)
	if err != nil {
		return err
	}
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	view := schedulePage{Heading: ui.Heading{Title: t(ctx, "mine"), Lead: t(ctx, "mine.lead")}}
	open, overdue := 0, 0
	for _, x := range list {
		part, waiting, late, err := say.minePart(r, x)
		if err != nil {
			return err
		}
		open, overdue = open+waiting, overdue+late
		view.Parts = append(view.Parts, part)
	}
	if len(view.Parts) == 0 {
		view.Empty = &ui.Empty{Title: t(ctx, "mine.none"), Text: t(ctx, "mine.none.text"), Action: ui.Link{Href: "/cronograma", Text: t(ctx, "portfolio")}}
	} else {
		view.Figures = ui.Figures{{Value: itoa(open), Text: t(ctx, "mine.open", "count", open)}, {Value: itoa(overdue), Text: t(ctx, "figure.overdue", "count", overdue)}}
	}
	page := web.Page{Title: view.Heading.Title, Section: "schedule", Private: true, Body: scheduleBody(view)}
	return web.Render(w, r, page)
}

// minePart draws what a person does for one initiative, and counts what is open
// and what is late of it.
func (w words) minePart(r *http.Request, x workplan.Mine) (part schedulePart, open, overdue int, err error) {
	ctx, v := r.Context(), x.View
	zoom, err := zoomOf(r, v)
	if err != nil {
		return part, 0, 0, err
	}
	part = schedulePart{Title: x.Title, Href: href(x.Number) + "/plan", Meta: x.Number}
	part.Chart = chart{Label: t(ctx, "chart.of", "title", x.Title), Corner: t(ctx, "task"), Gantt: drawn(v, zoom, x.Places)}
	for _, row := range v.Rows {
		said := w.chartRow(ctx, v, row)
		said.Href = href(x.Number) + "/plan/tareas/" + row.Code
		part.Chart.Rows = append(part.Chart.Rows, said)
		if row.Done < 100 {
			open++
			if row.Dates.Finish < dayOf(w.today) {
				overdue++
			}
		}
	}
	return part, open, overdue, nil
}
