package pages

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// minutes is the one document of a meeting, with what is to be done to it.
func (p *Pages) minutes(w http.ResponseWriter, r *http.Request) error {
	ctx, number := r.Context(), r.PathValue("number")
	v, err := p.meetings.Meeting(ctx, number)
	if err != nil {
		return err
	}
	m, err := p.meetings.Minutes(ctx, number)
	if err != nil {
		return err
	}
	say := p.wordsOf(ctx, v.Charter)
	view := minutesPage{Crumbs: ui.Crumbs{{Href: "/reuniones", Text: t(ctx, "list")}, {Href: Href(number), Text: v.Meeting.Title}}, Minutes: say.document(ctx, m), Now: minutesDo(ctx, v)}
	if m.Returned != "" && !m.Frozen && v.Inside {
		view.Notices = append(view.Notices, ui.Notice{Tone: ui.Warn, Title: t(ctx, "minutes.returned"), Text: m.Returned})
	}
	if m.PublicOnly {
		view.Notices = append(view.Notices, ui.Notice{Tone: ui.Info, Title: t(ctx, "minutes.public"), Text: t(ctx, "minutes.public.text")})
	}
	page := pageOf(t(ctx, "minutes")+": "+v.Meeting.Title, "", minutesBody(view))
	page.Private = !m.PublicOnly
	return web.Render(w, r, page)
}

// minutesDo is what this person may do to the minutes.
func minutesDo(ctx context.Context, v meetings.View) todo {
	href := Href(v.Meeting.Number) + "/minuta"
	back := ui.Button{Text: t(ctx, "act.return"), Href: href + "/devolver", Weight: ui.Quiet}
	out := todo{Tone: "now"}
	switch {
	case v.May[meetings.ApproveMinutes]:
		out.Title, out.Text = t(ctx, "now.approve"), t(ctx, "act.approve.lead")
		out.Buttons = ui.Buttons{{Text: t(ctx, "act.approve.yes"), Href: href + "/aprobar"}}
	case v.May[meetings.SignMinutes]:
		out.Title, out.Text = t(ctx, "now.sign"), t(ctx, "act.sign.lead")
		out.Buttons = ui.Buttons{{Text: t(ctx, "act.sign.yes"), Href: href + "/firmar"}}
	case v.May[meetings.ReleaseMinutes]:
		key := releaseKey(v)
		out.Title, out.Text = t(ctx, key), t(ctx, key+".text")
		out.Buttons = ui.Buttons{{Text: t(ctx, "now.minutes.release"), Href: href + "/publicar"}}
	case v.May[meetings.ReturnMinutes]:
		out.Title = t(ctx, "now.minutes.minuted")
	default:
		return todo{}
	}
	if v.May[meetings.ReturnMinutes] {
		out.Buttons = append(out.Buttons, back)
	}
	return out
}

// document is minutes in words.
func (w words) document(ctx context.Context, m meetings.Minutes) minutesDoc {
	h := m.Meeting
	began, ended := cmpTime(h.Began, h.Starts), h.Ended
	doc := minutesDoc{Number: h.Number, Over: joined(t(ctx, "minutes.of"), h.Number, kindName(ctx, h.Kind)), Title: h.Title, Href: Href(h.Number) + "/minuta", Purpose: h.Purpose,
		When: joined(w.long(ctx, began), h.Place), Mark: w.mark(ctx, m), Sum: t(ctx, "compiled.sum", "decisions", len(m.Decisions), "tasks", len(m.Commitments))}
	if !ended.IsZero() {
		doc.When = joined(w.long(ctx, began), w.hours(ctx, began, ended), h.Place)
	}
	for _, x := range m.Present {
		doc.Present = append(doc.Present, w.minutedPerson(ctx, x))
	}
	var away []string
	for _, x := range m.Absent {
		row := w.minutedPerson(ctx, x)
		doc.Absent = append(doc.Absent, row)
		away = append(away, row.Name)
	}
	if len(away) > 0 {
		doc.AbsentText = t(ctx, "minutes.absent", "who", strings.Join(away, "; "))
	}
	w.points(ctx, m, &doc)
	doc.Signs = w.signs(ctx, m)
	if m.Frozen {
		doc.Note = t(ctx, "minutes.hash", "hash", m.SHA256)
	}
	return doc
}

func cmpTime(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}

// mark says of minutes that are not signed that they are a draft.
func (w words) mark(ctx context.Context, m meetings.Minutes) string {
	switch {
	case m.PublicOnly:
		return t(ctx, "minutes.mark.public")
	case !m.SignedAt.IsZero():
		return ""
	case m.Frozen:
		return t(ctx, "minutes.mark.approved")
	}
	return t(ctx, "minutes.mark.draft")
}

// points are the items with what was said and what came of them.
func (w words) points(ctx context.Context, m meetings.Minutes, doc *minutesDoc) {
	deals, known := map[string][]minutesDeal{}, map[string]bool{}
	for _, i := range m.Items {
		known[i.ID] = true
	}
	put := func(item string, d minutesDeal) {
		if known[item] {
			deals[item] = append(deals[item], d)
			return
		}
		doc.Loose = append(doc.Loose, d)
	}
	for _, d := range m.Decisions {
		put(d.Item, minutesDeal{Kind: t(ctx, "minutes.decision"), Number: d.Number, Href: "/decisiones/" + d.Number, Text: d.Text, Meta: joined(w.who(ctx, d.Owner), w.Day(ctx, d.Due))})
	}
	for _, c := range m.Commitments {
		put(c.Item, minutesDeal{Kind: t(ctx, "minutes.commitment"), Number: c.Number, Href: "/compromisos/" + c.Number, Text: c.What, Task: true,
			Meta: joined(w.owner(ctx, c.WhoKind, c.Who), w.Day(ctx, c.Due))})
	}
	for n, i := range m.Items {
		x := minutesPoint{No: itoa(n+1) + ".", Title: i.Title, Notes: i.Notes, Said: i.OutcomeText, Deals: deals[i.ID],
			Meta: joined(t(ctx, "wanted."+string(i.Wanted)), w.who(ctx, i.Presenter), minutesSpent(ctx, i.Minutes))}
		if i.Outcome != "" {
			x.Outcome = outcomeState(ctx, i.Outcome)
		}
		doc.Points = append(doc.Points, x)
	}
	if m.Notes != "" {
		doc.Points = append(doc.Points, minutesPoint{Title: t(ctx, "minutes.general"), Notes: m.Notes})
	}
}

func minutesSpent(ctx context.Context, n int) string {
	if n == 0 {
		return ""
	}
	return t(ctx, "minutes.spent", "time", length(ctx, n))
}

func (w words) minutedPerson(ctx context.Context, x meetings.MinutedPerson) personRow {
	r := personRow{Name: x.Name, Meta: w.rankName(ctx, x.Rank)}
	switch {
	case x.Post != "":
		r.Name, r.Meta = w.Post(ctx, x.Post), w.Body(ctx, x.Body)
	case x.Name == "" && x.Body != "":
		r.Name = w.Body(ctx, x.Body)
	case x.Name == "":
		r.Name = t(ctx, "someone")
	}
	switch {
	case x.For != "" && x.For == x.Post:
		r.Name = capital(t(ctx, "stands_for", "who", w.who(ctx, x.For)))
	case x.For != "":
		r.Meta = joined(r.Meta, t(ctx, "stands_for", "who", w.who(ctx, x.For)))
	}
	return r
}

// signs are who approved and who signed.
func (w words) signs(ctx context.Context, m meetings.Minutes) []sign {
	var out []sign
	if !m.ApprovedAt.IsZero() {
		out = append(out, sign{w.who(ctx, cmp.Or(m.ApprovedPost, m.Meeting.Chair)), t(ctx, "minutes.approved", "day", i18n.DateTime(ctx, w.in(m.ApprovedAt)))})
	}
	if !m.SignedAt.IsZero() {
		out = append(out, sign{w.who(ctx, m.SignedPost), t(ctx, "minutes.signed", "day", i18n.DateTime(ctx, w.in(m.SignedAt)))})
	}
	return out
}

// compiled is the minutes of a series over a year.
func (p *Pages) compiled(w http.ResponseWriter, r *http.Request) error {
	ctx, number := r.Context(), r.PathValue("number")
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	year := say.now.Year()
	if asked := r.URL.Query().Get("anio"); asked != "" {
		if year, err = strconv.Atoi(asked); err != nil || year < 1990 || year > say.now.Year()+1 {
			return notFound()
		}
	}
	zone := say.Charter.City.Zone
	list, err := p.meetings.Compiled(ctx, number, time.Date(year, 1, 1, 0, 0, 0, 0, zone), time.Date(year+1, 1, 1, 0, 0, 0, 0, zone))
	if err != nil {
		return err
	}
	s := list.Series
	view := compiledPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/series", Text: t(ctx, "tab.series")}, {Href: "/series/" + number, Text: s.Title}}, Over: number + " · " + itoa(year),
		Title: t(ctx, "compiled", "title", s.Title), Lead: t(ctx, "compiled.lead", "count", len(list.Minutes))}, Filters: years(r, say, s, year),
		Empty: ui.Empty{Title: t(ctx, "compiled.none"), Text: t(ctx, "compiled.none.text"), Action: ui.Link{Href: "/series/" + number, Text: s.Title}}}
	for _, m := range list.Minutes {
		view.Docs = append(view.Docs, say.document(ctx, m))
	}
	page := pageOf(view.Heading.Title, view.Heading.Lead, compiledBody(view))
	page.Private = people.Me(ctx).SignedIn()
	return web.Render(w, r, page)
}

// years are the years of a series up to this one.
func years(r *http.Request, say words, s meetings.Series, current int) ui.Filters {
	g := ui.FilterGroup{Name: t(r.Context(), "filter.year")}
	for y := say.now.Year(); y >= say.in(s.First).Year() && y > 1990; y-- {
		c := ui.Choice{Text: itoa(y), Href: with(r, "anio", itoa(y)), On: y == current, Count: -1}
		if c.On {
			c.Href = with(r, "anio", "")
		}
		g.Choices = append(g.Choices, c)
	}
	return ui.Filters{Groups: []ui.FilterGroup{g}}
}
