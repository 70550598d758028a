package pages

import (
	"context"
	"net/http"
	"strings"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// meeting is the page of one meeting.
func (p *Pages) meeting(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.meetings.Meeting(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	say := p.wordsOf(ctx, v.Charter)
	view := say.meetingPage(ctx, v)
	if view.Sections, err = p.sections(ctx, say, v); err != nil {
		return err
	}
	if view.Story, err = p.story(ctx, v.Meeting.Subject(), v.Inside); err != nil {
		return err
	}
	if p.slots.Follow != nil && v.Meeting.Public {
		view.Aside = p.slots.Follow(ctx, v.Meeting.Subject())
	}
	page := pageOf(v.Meeting.Title, v.Meeting.Purpose, meetingBody(view))
	page.Wide, page.Private = true, !v.Meeting.Public
	return web.Render(w, r, page)
}

// meetingPage says a meeting in words and figures.
func (w words) meetingPage(ctx context.Context, v meetings.View) meetingPage {
	m := v.Meeting
	at := w.in(m.Starts)
	view := meetingPage{
		Heading: ui.Heading{Crumbs: w.crumbs(ctx, v), Over: kindName(ctx, m.Kind) + " · " + m.Number, Title: m.Title},
		Purpose: m.Purpose, State: stateOf(ctx, m), Tags: tagsOf(ctx, m), Leaf: leafOf(ctx, at, w.now, m.State == meetings.Cancelled),
		PeopleTitle: t(ctx, "invited"), Hours: w.hours(ctx, m.Starts, m.Ends()), Date: w.long(ctx, m.Starts), Place: m.Place, Notices: w.notices(ctx, v), Now: w.p.now(ctx, v),
		Facts: w.facts(ctx, v), Replies: replies(ctx, v.Attendees), Invented: m.Invented, Private: m.Private, Inside: v.Inside,
	}
	if v.Inside {
		view.Link = m.Link
	}
	w.agendaOf(ctx, v, &view)
	for _, d := range v.Decisions {
		view.Decisions = append(view.Decisions, w.decisionRow(ctx, d))
	}
	for _, c := range v.Commitments {
		view.Commitments = append(view.Commitments, w.commitmentRow(ctx, c))
	}
	for _, a := range v.Attendees {
		if a.Role == meetings.RoleOut {
			continue
		}
		row := w.attendee(ctx, a)
		if m.State.Over() && !a.Came() {
			row.State = ui.State{Text: t(ctx, "reply.away")}
		}
		view.People = append(view.People, row)
	}
	if m.State.Over() {
		view.PeopleTitle, view.Replies = t(ctx, "invited.over"), attendance(ctx, v.Attendees)
	}
	for _, g := range v.Groups {
		view.Groups = append(view.Groups, linkMeta{Href: Href(g.Number), Title: g.Title, Meta: joined(w.hours(ctx, g.Starts, g.Ends()), g.Place)})
	}
	w.further(ctx, v, &view)
	return view
}

// crumbs lead back to the list, and to the series or the meeting it is of.
func (w words) crumbs(ctx context.Context, v meetings.View) []ui.Link {
	out := []ui.Link{{Href: "/reuniones", Text: t(ctx, "list")}}
	if v.Series != nil {
		out = append(out, ui.Link{Href: "/series/" + v.Series.Number, Text: v.Series.Title})
	}
	if v.Parent != nil {
		out = append(out, ui.Link{Href: Href(v.Parent.Number), Text: v.Parent.Title})
	}
	return out
}

// agendaOf puts the agenda on the page. Items of a ministry's section stand there.
func (w words) agendaOf(ctx context.Context, v meetings.View, view *meetingPage) {
	for no, i := range v.Items {
		row := w.item(ctx, no+1, i)
		if i.Section == "" || v.Meeting.Kind != meetings.Monthly {
			view.Agenda = append(view.Agenda, row)
		}
		if i.Wanted == meetings.Decide && i.Outcome == "" {
			view.Decide = append(view.Decide, row)
		}
	}
	if len(v.Items) > 0 {
		view.Budget = budgetOf(ctx, slicesOf(v.Items), v.Meeting.Length)
	}
}

// sections are the ministries' parts of a monthly meeting, those with something
// in them.
func (p *Pages) sections(ctx context.Context, say words, v meetings.View) ([]sectionPart, error) {
	if v.Meeting.Kind != meetings.Monthly || !v.Inside {
		return nil, nil
	}
	list, err := p.meetings.Sections(ctx, v.Meeting.Number)
	if err != nil {
		return nil, err
	}
	var out []sectionPart
	for _, s := range list {
		if part := say.section(ctx, v, s); len(part.Lines)+len(part.Items) > 0 {
			out = append(out, part)
		}
	}
	return out, nil
}

// section is what a ministry brings. An item keeps the number that it has in the
// whole agenda.
func (w words) section(ctx context.Context, v meetings.View, s meetings.Section) sectionPart {
	no := numbersOf(v.Items)
	part := sectionPart{Code: s.Ministry, Title: w.Body(ctx, s.Ministry)}
	for _, l := range s.Lines {
		row := lineRow{Title: l.Title, Href: l.Href, Meta: l.Detail}
		if l.Due != "" {
			text, tone := ui.Due(ctx, l.Due, w.today)
			row.Meta, row.Tone = joined(l.Detail, text), tone
		}
		part.Lines = append(part.Lines, row)
	}
	for _, i := range s.Items {
		part.Items = append(part.Items, w.item(ctx, no[i.ID], i))
	}
	return part
}

// numbersOf are the places of items in the agenda, from 1.
func numbersOf(items []meetings.Item) map[string]int {
	out := map[string]int{}
	for n, i := range items {
		out[i.ID] = n + 1
	}
	return out
}

// notices say what a reader must know before reading on.
func (w words) notices(ctx context.Context, v meetings.View) []ui.Notice {
	m := v.Meeting
	var out []ui.Notice
	switch {
	case m.State == meetings.Cancelled:
		out = append(out, ui.Notice{Tone: ui.Bad, Title: t(ctx, "notice.cancelled"), Text: m.Why})
	case m.MovedAway() && m.State.Coming():
		out = append(out, ui.Notice{Tone: ui.Warn, Title: t(ctx, "notice.moved", "day", w.when(ctx, m.Occurrence)), Text: m.Why})
	}
	if m.Private && v.Inside && m.Released.IsZero() {
		out = append(out, ui.Notice{Tone: ui.Info, Title: t(ctx, "notice.private"), Text: t(ctx, "notice.private.text")})
	}
	if !v.Inside && m.State.Over() && !m.Released.IsZero() {
		out = append(out, ui.Notice{Tone: ui.Info, Title: t(ctx, "notice.released"), Link: ui.Link{Href: Href(m.Number) + "/minuta", Text: t(ctx, "minutes")}})
	}
	for _, warning := range v.Warnings {
		if warning.Code != "agenda" { // the drawing of the agenda says it
			out = append(out, ui.Notice{Tone: ui.Warn, Text: i18n.T(ctx, warning.Key, warning.Args...)})
		}
	}
	return out
}

// facts are the short answers.
func (w words) facts(ctx context.Context, v meetings.View) ui.Facts {
	m := v.Meeting
	var f ui.Facts
	add := func(key, text, href string) {
		if text != "" {
			f = append(f, ui.Fact{Name: t(ctx, "fact."+key), Text: text, Href: href})
		}
	}
	add("chair", w.who(ctx, m.Chair), "")
	var notes []string
	for _, s := range m.Secretaries {
		notes = append(notes, w.who(ctx, s))
	}
	add("secretaries", strings.Join(notes, ", "), "")
	add("length", length(ctx, m.Length), "")
	if v.Series != nil {
		add("series", v.Series.Title, "/series/"+v.Series.Number)
		add("rule", w.rule(ctx, *v.Series), "")
	}
	add("convener", w.Body(ctx, m.Convener), bodyHref(m.Convener))
	add("guest", m.Guest, "")
	add("host", m.Host, "")
	if m.Quorum > 0 {
		add("quorum", t(ctx, "people.count", "count", m.Quorum), "")
	}
	if m.Capacity > 0 {
		add("capacity", t(ctx, "people.count", "count", m.Capacity), "")
	}
	if v.Inside {
		add("logistics", m.Logistics, "")
	}
	f = append(f, w.cycleFacts(ctx, v)...)
	return f
}

// cycleFacts are the axis, the initiative and what there is to read.
func (w words) cycleFacts(ctx context.Context, v meetings.View) ui.Facts {
	var f ui.Facts
	if v.Meeting.Axis != "" {
		name, colour := w.Axis(v.Meeting.Axis)
		f = append(f, ui.Fact{Name: t(ctx, "fact.axis"), View: asView(ui.Axis{Index: colour, Name: name, Href: "/ejes/" + v.Meeting.Axis})})
	}
	if v.Meeting.Initiative != "" {
		if i, err := w.p.roundtable.ByID(ctx, v.Meeting.Initiative); err == nil {
			f = append(f, ui.Fact{Name: t(ctx, "fact.initiative"), Text: i.Title, Href: "/iniciativas/" + i.Number})
		}
	}
	for _, d := range v.Meeting.Materials {
		f = append(f, ui.Fact{Name: t(ctx, "fact.material"), Text: d.Name, Href: d.URL})
	}
	return f
}

func bodyHref(code string) string {
	if code == "" {
		return ""
	}
	return "/organismos/" + code
}

// further are the other things this person may do here.
func (w words) further(ctx context.Context, v meetings.View, view *meetingPage) {
	m := v.Meeting
	href := Href(m.Number)
	link := func(ok bool, path, key string) {
		if ok {
			view.Others = append(view.Others, ui.Link{Href: href + path, Text: t(ctx, key)})
		}
	}
	if v.May[meetings.EditAgenda] || m.State.Coming() && len(ownSections(v, people.Me(ctx))) > 0 {
		view.AgendaDo = ui.Buttons{{Text: t(ctx, "agenda.edit"), Href: href + "/orden", Weight: ui.Quiet, Icon: "edit"}}
	} else if v.Series != nil && v.May[meetings.ProposeItem] && m.State.Coming() {
		view.AgendaDo = ui.Buttons{{Text: t(ctx, "agenda.propose"), Href: "/series/" + v.Series.Number + "/proponer", Weight: ui.Quiet, Icon: "plus"}}
	}
	coming := m.State.Coming()
	if v.May[meetings.EditMeeting] && coming {
		view.PeopleDo = ui.Buttons{{Text: t(ctx, "invited.edit"), Href: href + "/invitados", Weight: ui.Quiet, Icon: "person"}}
	}
	edits := v.May[meetings.EditMeeting] && coming
	link(edits, "/editar", "do.edit")
	link(edits, "/mover", "do.move")
	link(edits && m.Series == "" && m.State == meetings.Planned || len(v.Slots) > 0 && v.Inside, "/fechas", "do.poll")
	link(edits && m.Parent == "", "/grupos", "do.groups")
	link(m.Open && v.May[meetings.EditMeeting], "/interesados", "do.wishes")
	link(m.State.Over() && v.Inside, "/minuta", "minutes")
	link(v.May[meetings.CancelMeeting] && coming, "/cancelar", "do.cancel")
	if people.Me(ctx).SignedIn() && v.Me != "" && w.p.slots.Calendar != "" {
		view.Others = append(view.Others, ui.Link{Href: w.p.slots.Calendar, Text: t(ctx, "calendar.mine")})
	}
}
