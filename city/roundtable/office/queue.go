package office

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// queuePage is what waits for the offices of a person.
type queuePage struct {
	Heading ui.Heading
	Filters ui.Filters
	Table   ui.Table
	Empty   ui.Empty
	Pager   ui.Pager
}

func (o *Office) queue(w http.ResponseWriter, r *http.Request) error {
	ctx, asked := r.Context(), r.URL.Query()
	q, err := o.rt.Queue(ctx, roundtable.QueueFilter{Step: asked.Get("paso"), After: asked.Get("desde")})
	if err != nil {
		return err
	}
	ch, err := o.charters.Current(ctx)
	if err != nil {
		return err
	}
	say := o.words(ctx, ch)
	var names []string
	for _, office := range q.Offices {
		names = append(names, say.Body(ctx, office))
	}
	p := queuePage{
		Heading: ui.Heading{Over: strings.Join(names, " · "), Title: i18n.T(ctx, "roundtable.office.queue"), Lead: i18n.T(ctx, "roundtable.office.queue.lead")},
		Filters: queueFilters(ctx, q, asked.Get("paso")), Table: say.queueTable(ctx, q, today(ctx, ch)), Empty: emptyQueue(ctx, q),
	}
	if q.Next != "" {
		p.Pager.Later = queueHref(asked.Get("paso"), q.Next)
	}
	if asked.Get("desde") != "" {
		p.Pager.Earlier = queueHref(asked.Get("paso"), "")
	}
	return web.Render(w, r, pageOf(p.Heading.Title, queueBody(p)))
}

// queueHref is the address of the queue, narrowed to a step, from a row on.
func queueHref(step, after string) string {
	q := url.Values{}
	if step != "" {
		q.Set("paso", step)
	}
	if after != "" {
		q.Set("desde", after)
	}
	if len(q) == 0 {
		return "/bandeja"
	}
	return "/bandeja?" + q.Encode()
}

// queueFilters choose a step, for whom assists several.
func queueFilters(ctx context.Context, q roundtable.Queue, chosen string) ui.Filters {
	if len(q.Steps) < 2 {
		return ui.Filters{}
	}
	group := ui.FilterGroup{Name: i18n.T(ctx, "roundtable.filter.step")}
	for _, s := range q.Steps {
		c := ui.Choice{Text: itoa(s.Number) + ". " + s.Name.In(i18n.Of(ctx)), Href: queueHref(s.Code, ""), On: s.Code == chosen, Count: -1}
		if c.On {
			c.Href = queueHref("", "")
		}
		group.Choices = append(group.Choices, c)
	}
	return ui.Filters{Groups: []ui.FilterGroup{group}}
}

func (w words) queueTable(ctx context.Context, q roundtable.Queue, day clock.Day) ui.Table {
	t := ui.Table{Caption: i18n.T(ctx, "roundtable.office.queue"), HideCaption: true}
	for _, key := range []string{"initiative", "due", "step", "time", "returns", "sponsor"} {
		t.Columns = append(t.Columns, ui.Head{Text: i18n.T(ctx, "roundtable.office.queue."+key), Number: key == "returns"})
	}
	now := clock.Now(ctx)
	for _, r := range q.Rows {
		due, tone := ui.Due(ctx, r.Due, day)
		step := itoa(r.No) + ". " + w.Step(r.Step)
		if r.Flagged {
			step += " · " + i18n.T(ctx, "roundtable.office.queue.flagged")
		}
		t.Rows = append(t.Rows, ui.Row{
			{Text: r.Title, Href: "/iniciativas/" + r.Number + "/pasos/" + r.Step, View: numberLine(r.Number)},
			{View: ui.State{Tone: tone, Text: due, Icon: "clock"}},
			{Text: step}, {Text: lasted(ctx, r.TimeWith(now))}, {Text: itoa(r.Returns)}, {Text: w.Body(ctx, r.Sponsor)},
		})
	}
	return t
}

func emptyQueue(ctx context.Context, q roundtable.Queue) ui.Empty {
	if len(q.Offices) == 0 {
		return ui.Empty{Title: i18n.T(ctx, "roundtable.office.queue.none"), Text: i18n.T(ctx, "roundtable.office.queue.none.text"),
			Action: ui.Link{Href: "/iniciativas/tablero", Text: i18n.T(ctx, "roundtable.board.title")}}
	}
	return ui.Empty{Title: i18n.T(ctx, "roundtable.office.queue.empty"), Text: i18n.T(ctx, "roundtable.office.queue.empty.text")}
}
