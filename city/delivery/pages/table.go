package pages

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"

	"ronda/city/delivery/workplan"
	"ronda/method/plan"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// planTable is the plan in words and figures, for whom the chart is nothing.
func (w words) planTable(ctx context.Context, v workplan.View) ui.Table {
	out := ui.Table{Caption: t(ctx, "table"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "task")}, {Text: t(ctx, "col.start")}, {Text: t(ctx, "col.finish")},
		{Text: t(ctx, "col.days"), Number: true}, {Text: t(ctx, "col.done"), Number: true}, {Text: t(ctx, "col.slack"), Number: true}, {Text: t(ctx, "col.waits")}, {Text: t(ctx, "col.who")}}}
	based := v.Plan.Baseline > 0
	if based {
		out.Columns = append(out.Columns, ui.Head{Text: t(ctx, "col.base")})
	}
	waits := w.waits(ctx, v)
	for _, row := range v.Rows {
		cells := ui.Row{{Text: strings.Repeat("– ", row.Level) + row.Name, Href: w.taskHref(v, row)}, {Text: w.short(ctx, row.Dates.Start)}, {Text: w.short(ctx, row.Dates.Finish)},
			{Text: itoa(row.Dates.Duration)}, {Text: percent(doneOf(row))}, w.slack(ctx, row), {Text: waits[row.Code]}, {Text: w.whoDoes(ctx, v, row.Task)}}
		if based {
			cells = append(cells, w.baseCell(ctx, row))
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

// slack is how many days a task may be late without moving the end.
func (w words) slack(ctx context.Context, row workplan.Row) ui.Cell {
	if row.Critical && !row.Summary {
		return ui.Cell{View: asView(ui.State{Tone: ui.Bad, Text: t(ctx, "critical"), Icon: "flag"})}
	}
	return ui.Cell{Text: itoa(row.Slack)}
}

// baseCell is when it was agreed to end, and how far that is off.
func (w words) baseCell(ctx context.Context, row workplan.Row) ui.Cell {
	if row.BaseFinish == "" {
		return ui.Cell{Text: t(ctx, "base.new")}
	}
	text := w.short(ctx, dayOf(row.BaseFinish))
	if row.Progress.FinishSlip != 0 {
		text = joined(text, late(ctx, row.Progress.FinishSlip))
	}
	return ui.Cell{Text: text}
}

// waits says for each task what it waits for.
func (w words) waits(ctx context.Context, v workplan.View) map[string]string {
	names := map[string]string{}
	for _, row := range v.Rows {
		names[row.Code] = row.Name
	}
	said := map[string][]string{}
	for _, link := range v.Work.Links {
		text := names[link.From]
		if more := linkWords(ctx, link); more != "" {
			text += " (" + more + ")"
		}
		said[link.To] = append(said[link.To], text)
	}
	out := map[string]string{}
	for code, list := range said {
		out[code] = strings.Join(list, "; ")
	}
	return out
}

// linkWords says what is unusual about a link: its kind and its lag.
func linkWords(ctx context.Context, link plan.Link) string {
	var kind string
	if link.Kind != plan.FinishToStart {
		kind = t(ctx, "link."+strings.ToLower(link.Kind.String()))
	}
	switch {
	case link.Lag > 0:
		return joined(kind, t(ctx, "lag", "days", days(ctx, link.Lag)))
	case link.Lag < 0:
		return joined(kind, t(ctx, "lead", "days", days(ctx, -link.Lag)))
	}
	return kind
}

// whoDoes names the body that answers for a task and, for officials, the person.
func (w words) whoDoes(ctx context.Context, v workplan.View, task workplan.Task) string {
	return joined(w.Body(ctx, task.Body), firstOf(v.Persons[task.Person], task.Contact))
}

func firstOf(list ...string) string {
	for _, text := range list {
		if text != "" {
			return text
		}
	}
	return ""
}

// sayProblem says what a plan lacks.
func sayProblem(ctx context.Context, x workplan.Problem) string { return i18n.T(ctx, x.Key, x.Args...) }

// asView draws a component of the look in a cell.
func asView(c ui.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, out io.Writer) error { return c.Render(ctx, out) })
}

// dayText is a day as a field holds it.
func dayText(d clock.Day) []string { return []string{string(d)} }
