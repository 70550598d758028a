package pages

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"ronda/city/ideas"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// answersPage is the answer clock of every body.
type answersPage struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Figures ui.Figures
	Bars    []clockBar
	Table   ui.Table
	Empty   ui.Empty
}

// clockBar is how a body keeps its promise: of all it was asked, what it answered
// in time, late, what waits and what is overdue, in parts of 100.
type clockBar struct {
	Name, Href, Text string
	Label            string
	InTime, Late     float64
	Waiting, Overdue float64
}

// answers shows how long each body takes to answer.
func (p *Pages) answers(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	clocks, err := p.ideas.Clock(ctx)
	if err != nil {
		return err
	}
	// Those that keep their promise least come first.
	slices.SortStableFunc(clocks, func(a, b ideas.AnswerClock) int {
		return cmp.Or(cmp.Compare(b.Share(), a.Share()), cmp.Compare(b.Waiting, a.Waiting))
	})
	view := answersPage{Heading: ui.Heading{Title: t(ctx, "answers.title"), Lead: t(ctx, "answers.lead")}, Tabs: tabs(ctx, "/ideas/respuestas"),
		Figures: totals(ctx, clocks), Table: say.clockTable(ctx, clocks),
		Empty: ui.Empty{Title: t(ctx, "answers.empty"), Text: t(ctx, "answers.empty.text"), Action: ui.Link{Href: "/ideas", Text: t(ctx, "list.all")}}}
	for _, c := range clocks {
		view.Bars = append(view.Bars, say.clockBar(ctx, c))
	}
	return web.Render(w, r, pageOf(view.Heading.Title, view.Heading.Lead, answersBody(view)))
}

func (w words) clockBar(ctx context.Context, c ideas.AnswerClock) clockBar {
	all := float64(max(1, c.Answered+c.Waiting))
	part := func(n int) float64 { return float64(n) * 100 / all }
	return clockBar{Name: w.body(ctx, c.Body), Href: Href(ideas.FilterBody, c.Body), Text: w.pace(ctx, c),
		Label:  t(ctx, "answers.label", "in_time", c.Answered-c.Late, "late", c.Late, "waiting", c.Waiting-c.Overdue, "overdue", c.Overdue),
		InTime: part(c.Answered - c.Late), Late: part(c.Late), Waiting: part(c.Waiting - c.Overdue), Overdue: part(c.Overdue)}
}

// pace is the middle time to a first answer.
func (w words) pace(ctx context.Context, c ideas.AnswerClock) string {
	if c.Answered == 0 {
		return t(ctx, "answers.never")
	}
	return t(ctx, "answers.median", "days", ui.Decimal(ctx, c.Median))
}

func totals(ctx context.Context, clocks []ideas.AnswerClock) ui.Figures {
	var answered, waiting, overdue int
	for _, c := range clocks {
		answered, waiting, overdue = answered+c.Answered, waiting+c.Waiting, overdue+c.Overdue
	}
	n := func(n int) string { return i18n.Number(ctx, int64(n)) }
	return ui.Figures{{Value: n(answered), Text: t(ctx, "answers.answered"), Href: Href(ideas.FilterAnswer, ideas.Yes)},
		{Value: n(waiting), Text: t(ctx, "answers.waiting"), Href: Href(ideas.FilterAnswer, ideas.No)}, {Value: n(overdue), Text: t(ctx, "answers.overdue")}}
}

func (w words) clockTable(ctx context.Context, clocks []ideas.AnswerClock) ui.Table {
	out := ui.Table{Caption: t(ctx, "answers.title"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "answers.body")}}}
	for _, key := range []string{"median_days", "answered", "late", "waiting", "overdue", "share"} {
		out.Columns = append(out.Columns, ui.Head{Text: t(ctx, "answers."+key), Number: true})
	}
	n := func(n int) ui.Cell { return ui.Cell{Text: i18n.Number(ctx, int64(n))} }
	for _, c := range clocks {
		median := "–"
		if c.Answered > 0 {
			median = ui.Decimal(ctx, c.Median)
		}
		out.Rows = append(out.Rows, ui.Row{{Text: w.body(ctx, c.Body), Href: "/organismos/" + c.Body}, {Text: median}, n(c.Answered), n(c.Late), n(c.Waiting), n(c.Overdue),
			{Text: ui.Decimal(ctx, c.Share()*100) + " %"}})
	}
	return out
}

// stretch is one colour of a bar.
type stretch struct {
	Kind        string
	From, Width float64
}

// stretches are the colours of the bar that are there, side by side.
func (b clockBar) stretches() []stretch {
	var out []stretch
	from := 0.0
	for _, s := range []stretch{{"in_time", 0, b.InTime}, {"late", 0, b.Late}, {"waiting", 0, b.Waiting}, {"overdue", 0, b.Overdue}} {
		if s.Width > 0 {
			s.From = from
			out = append(out, s)
			from += s.Width
		}
	}
	return out
}
