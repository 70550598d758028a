package pages

import (
	"context"
	"net/http"
	"slices"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// series is a series with its occurrences.
func (p *Pages) series(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.meetings.Series(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	say := p.wordsOf(ctx, v.Charter)
	view := say.seriesPage(ctx, v)
	page := pageOf(v.Series.Title, v.Series.Purpose, seriesBody(view))
	page.Private = v.Series.Private
	return web.Render(w, r, page)
}

func (w words) seriesPage(ctx context.Context, v meetings.SeriesView) seriesPage {
	s := v.Series
	view := seriesPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/reuniones", Text: t(ctx, "list")}, {Href: "/series", Text: t(ctx, "tab.series")}},
		Over: kindName(ctx, s.Kind) + " · " + s.Number, Title: s.Title, Lead: s.Purpose}, State: w.seriesState(ctx, s), Rule: w.rule(ctx, s),
		Do: w.seriesDo(ctx, v), Notices: w.seriesNotices(ctx, v), Beads: w.beads(ctx, v), Facts: w.seriesFacts(ctx, s), Invented: s.Invented,
		Backlog: w.waiting(ctx, v.Backlog, false)}
	if s.Private {
		view.Private = t(ctx, "tag.private")
	}
	for _, m := range append(slices.Clone(v.Coming), v.Past...) {
		view.Rows = append(view.Rows, w.dateRow(ctx, s, m))
	}
	for _, g := range s.Guests {
		view.Guests = append(view.Guests, w.guest(ctx, g))
	}
	return view
}

// dateRow is an occurrence among those of its series: its day names it, and what
// it says is said where it is not what the series says.
func (w words) dateRow(ctx context.Context, s meetings.Series, m meetings.Meeting) meetingRow {
	r := w.row(ctx, m)
	r.Over, r.Title = m.Number, capital(w.long(ctx, m.Starts))
	if m.Title != s.Title {
		r.Title += ": " + m.Title
	}
	if m.Purpose == s.Purpose {
		r.Lead = ""
	}
	return r
}

func (w words) seriesState(ctx context.Context, s meetings.Series) ui.State {
	switch {
	case !s.Ended.IsZero():
		return ui.State{Text: t(ctx, "series.ended"), Icon: "stop"}
	case s.Called.IsZero():
		return ui.State{Text: t(ctx, "series.planned")}
	}
	return ui.State{Tone: ui.Good, Text: t(ctx, "series.called")}
}

// seriesDo is what may be done to a series.
func (w words) seriesDo(ctx context.Context, v meetings.SeriesView) ui.Buttons {
	href := "/series/" + v.Series.Number
	var out ui.Buttons
	if v.May[meetings.PlanSeries] && v.Series.Ended.IsZero() {
		if v.Series.Called.IsZero() {
			out = append(out, ui.Button{Text: t(ctx, "now.call"), Href: href + "/convocar", Icon: "mail"})
		}
		out = append(out, ui.Button{Text: t(ctx, "series.edit"), Href: href + "/editar", Weight: ui.Quiet, Icon: "edit"},
			ui.Button{Text: t(ctx, "series.rest"), Href: href + "/seguir", Weight: ui.Quiet, Icon: "calendar"})
	}
	if v.May[meetings.ProposeItem] {
		out = append(out, ui.Button{Text: t(ctx, "agenda.propose"), Href: href + "/proponer", Weight: ui.Quiet, Icon: "plus"})
	}
	out = append(out, ui.Button{Text: t(ctx, "series.minutes"), Href: href + "/minutas", Weight: ui.Plainer})
	if v.May[meetings.PlanSeries] && v.Series.Ended.IsZero() {
		out = append(out, ui.Button{Text: t(ctx, "series.end"), Href: href + "/terminar", Weight: ui.Plainer})
	}
	return out
}

// seriesNotices lead to what a series goes on from and what goes on from it.
func (w words) seriesNotices(ctx context.Context, v meetings.SeriesView) []ui.Notice {
	var out []ui.Notice
	if v.Next != nil {
		out = append(out, ui.Notice{Tone: ui.Info, Title: t(ctx, "series.next"), Text: v.Series.Why, Link: ui.Link{Href: "/series/" + v.Next.Number, Text: v.Next.Title + ": " + w.rule(ctx, *v.Next)}})
	} else if !v.Series.Ended.IsZero() {
		out = append(out, ui.Notice{Tone: ui.Info, Title: t(ctx, "series.over", "day", w.when(ctx, v.Series.Ended)), Text: v.Series.Why})
	}
	if v.Previous != nil {
		out = append(out, ui.Notice{Tone: ui.Info, Title: t(ctx, "series.previous"), Link: ui.Link{Href: "/series/" + v.Previous.Number, Text: v.Previous.Title + ": " + w.rule(ctx, *v.Previous)}})
	}
	return out
}

// beads are the occurrences that there are, oldest first.
func (w words) beads(ctx context.Context, v meetings.SeriesView) []bead {
	const past = 6
	var list []meetings.Meeting
	for i := min(len(v.Past), past) - 1; i >= 0; i-- {
		list = append(list, v.Past[i])
	}
	list = append(list, v.Coming...)
	var out []bead
	next := true
	for _, m := range list {
		b := bead{Href: Href(m.Number), Day: itoa(w.in(m.Starts).Day()) + " " + month(ctx, w.in(m.Starts).Month(), true)}
		switch {
		case m.State == meetings.Cancelled:
			b.Kind, b.Sign = "cancelled", "×"
		case m.State.Over():
			b.Kind, b.Sign = "held", "✓"
		case next && m.State != meetings.Cancelled:
			b.Kind, b.Sign, next = "next", "•", false
		default:
			b.Kind = "coming"
		}
		b.Text = stateOf(ctx, m).Text
		if m.MovedAway() && m.State.Coming() {
			b.Kind, b.Sign, b.Text = "moved", "→", t(ctx, "tag.moved")
		}
		out = append(out, b)
	}
	return out
}

func (w words) seriesFacts(ctx context.Context, s meetings.Series) ui.Facts {
	var f ui.Facts
	add := func(key, text string) {
		if text != "" {
			f = append(f, ui.Fact{Name: t(ctx, "fact."+key), Text: text})
		}
	}
	add("chair", w.who(ctx, s.Chair))
	for _, code := range s.Secretaries {
		add("secretaries", w.who(ctx, code))
	}
	add("place", s.Place)
	add("length", length(ctx, s.Length))
	if s.Quorum > 0 {
		add("quorum", t(ctx, "people.count", "count", s.Quorum))
	}
	if s.Capacity > 0 {
		add("capacity", t(ctx, "people.count", "count", s.Capacity))
	}
	add("first", i18n.ShortDate(ctx, w.in(s.First)))
	return f
}

// guest names somebody on a list of guests.
func (w words) guest(ctx context.Context, g meetings.Guest) personRow {
	r := w.attendee(ctx, meetings.Attendee{Key: g.Key, Post: g.Post, Person: g.Person, Body: g.Body, Name: g.Name, Role: g.Role, Reply: g.Reply})
	if g.Reply == "" {
		r.State = ui.State{} // most answer for one meeting
	}
	return r
}

// allSeries lists the series.
func (p *Pages) allSeries(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	list, err := p.meetings.SeriesList(ctx)
	if err != nil {
		return err
	}
	rows := ui.Table{Caption: t(ctx, "series.all"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "column.series")}, {Text: t(ctx, "column.kind")}, {Text: t(ctx, "column.rule")}, {Text: t(ctx, "column.state")}}}
	for _, s := range list {
		rows.Rows = append(rows.Rows, ui.Row{{Text: s.Title, Href: "/series/" + s.Number}, {Text: kindName(ctx, s.Kind)}, {Text: say.rule(ctx, s)}, {View: say.seriesState(ctx, s)}})
	}
	heading := ui.Heading{Title: t(ctx, "series.all"), Lead: t(ctx, "series.all.lead")}
	empty := ui.Empty{Title: t(ctx, "series.empty"), Text: t(ctx, "series.empty.text"), Action: ui.Link{Href: "/reuniones", Text: t(ctx, "list.all")}}
	if !people.Me(ctx).SignedIn() {
		empty.Text = t(ctx, "series.empty.public")
	}
	return web.Render(w, r, pageOf(heading.Title, heading.Lead, allSeriesBody(heading, tabs(ctx, "/series"), p.newButtons(ctx, say), rows, empty)))
}
