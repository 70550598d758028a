package pages

import (
	"cmp"
	"context"
	"strings"

	"ronda/city/meetings"
	"ronda/platform/clock"
	"ronda/platform/ui"
)

// Href is the page of a meeting.
func Href(number string) string { return "/reuniones/" + number }

// row is a meeting in a list.
func (w words) row(ctx context.Context, m meetings.Meeting) meetingRow {
	at := w.in(m.Starts)
	r := meetingRow{Leaf: leafOf(ctx, at, w.now, m.State == meetings.Cancelled), Href: Href(m.Number), Title: m.Title, Lead: m.Purpose,
		Over: kindName(ctx, m.Kind) + " · " + m.Number, State: stateOf(ctx, m), Tags: tagsOf(ctx, m)}
	r.Meta = joined(w.hours(ctx, m.Starts, m.Ends()), m.Place)
	return r
}

func (w words) rows(ctx context.Context, list []meetings.Meeting) []meetingRow {
	out := make([]meetingRow, len(list))
	for i, m := range list {
		out[i] = w.row(ctx, m)
	}
	return out
}

// tagsOf are the marks of a meeting.
func tagsOf(ctx context.Context, m meetings.Meeting) []tag {
	var out []tag
	if m.Private {
		out = append(out, tag{"lock", t(ctx, "tag.private")})
	}
	if m.MovedAway() {
		out = append(out, tag{"calendar", t(ctx, "tag.moved")})
	}
	if m.Open && m.State.Coming() {
		out = append(out, tag{"person", t(ctx, "tag.open")})
	}
	return out
}

// joined is what there is of some words, with dots between.
func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}

// item is a point of an agenda.
func (w words) item(ctx context.Context, no int, i meetings.Item) itemRow {
	r := itemRow{ID: i.ID, No: itoa(no), Title: i.Title, Text: i.Text, Wanted: string(i.Wanted), Minutes: length(ctx, i.Minutes),
		Meta: joined(t(ctx, "wanted."+string(i.Wanted)), w.who(ctx, i.Presenter)), Said: i.OutcomeText}
	if i.Private {
		r.Meta = joined(r.Meta, t(ctx, "item.private"))
	}
	r.About = w.about(ctx, i)
	for _, d := range i.Documents {
		r.Documents = append(r.Documents, ui.Link{Href: d.URL, Text: cmp.Or(d.Name, d.URL)})
	}
	if i.Outcome != "" {
		r.Outcome = outcomeState(ctx, i.Outcome)
	}
	return r
}

func outcomeState(ctx context.Context, o meetings.Outcome) ui.State {
	s := ui.State{Tone: ui.Good, Text: t(ctx, "outcome."+string(o))}
	if o.PutsOff() {
		s.Tone, s.Icon = ui.Warn, "arrow"
	}
	return s
}

// about leads to what an item is about.
func (w words) about(ctx context.Context, i meetings.Item) ui.Link {
	if i.SubjectID == "" || w.p.slots.About == nil {
		return ui.Link{}
	}
	link, ok := w.p.slots.About(ctx, i.Subject())
	if !ok {
		return ui.Link{}
	}
	return link
}

// slicesOf is an agenda as its drawing takes it.
func slicesOf(items []meetings.Item) []slice {
	var out []slice
	for _, i := range items {
		out = append(out, slice{string(i.Wanted), i.Minutes})
	}
	return out
}

// due says when something is owed and where it stands; what is "decision" or
// "commitment".
func (w words) due(ctx context.Context, what string, s meetings.DueState, day clock.Day, late bool) (text string, tone ui.Tone, state ui.State) {
	text, tone = ui.Due(ctx, day, w.today)
	key := "due." + what
	switch {
	case s == meetings.DueDone:
		return w.plainDay(ctx, day), ui.Good, ui.State{Tone: ui.Good, Text: t(ctx, key+".done")}
	case s == meetings.Dropped:
		return w.plainDay(ctx, day), ui.Plain, ui.State{Tone: ui.Plain, Icon: "cross", Text: t(ctx, key+".dropped")}
	case late:
		return text, ui.Bad, ui.State{Tone: ui.Bad, Text: t(ctx, key+".late")}
	}
	return text, tone, ui.State{Tone: ui.Now, Text: t(ctx, key+".open")}
}

func (w words) plainDay(ctx context.Context, day clock.Day) string {
	return cmp.Or(w.Day(ctx, day), t(ctx, "due.never"))
}

func (w words) decisionRow(ctx context.Context, d meetings.Decision, meta ...string) dealRow {
	r := dealRow{Href: "/decisiones/" + d.Number, Title: d.Text}
	r.Due, r.Tone, r.State = w.due(ctx, "decision", d.State, d.Due, d.Late(w.today))
	r.Meta = joined(append([]string{d.Number, w.who(ctx, d.Owner)}, meta...)...)
	return r
}

func (w words) commitmentRow(ctx context.Context, c meetings.Commitment, meta ...string) dealRow {
	r := dealRow{Href: "/compromisos/" + c.Number, Title: c.What}
	r.Due, r.Tone, r.State = w.due(ctx, "commitment", c.State, c.Due, c.Late(w.today))
	r.Meta = joined(append([]string{c.Number, w.owner(ctx, c.WhoKind, c.Who)}, meta...)...)
	return r
}

// attendee names somebody who is invited: the post with its body, the body, or
// the person from outside.
func (w words) attendee(ctx context.Context, a meetings.Attendee) personRow {
	r := personRow{State: replyState(ctx, a), Meta: joined(w.rankName(ctx, a.Rank), t(ctx, "role."+string(cmp.Or(a.Role, meetings.RoleRequired))))}
	switch {
	case a.Post != "":
		r.Name = w.Post(ctx, a.Post)
		r.Meta = joined(w.Body(ctx, a.Body), w.roleOf(ctx, a.Role))
	case a.Name != "":
		r.Name = a.Name
	case a.Person != "":
		r.Name = w.owner(ctx, meetings.WhoPerson, a.Person)
	default:
		r.Name = w.Body(ctx, a.Body)
	}
	switch {
	case a.For != "" && a.For == a.Post: // somebody whom nobody named, in the place of whoever was invited
		r.Name = capital(t(ctx, "stands_for", "who", w.who(ctx, a.For)))
	case a.For != "":
		r.Meta = joined(r.Meta, t(ctx, "stands_for", "who", w.who(ctx, a.For)))
	}
	return r
}

// roleOf names what somebody is invited as, where it is not the usual.
func (w words) roleOf(ctx context.Context, role meetings.GuestRole) string {
	if role == "" || role == meetings.RoleRequired {
		return ""
	}
	return t(ctx, "role."+string(role))
}

// replyState is the tag of an answer, or of having been there.
func replyState(ctx context.Context, a meetings.Attendee) ui.State {
	switch {
	case a.Came():
		return ui.State{Tone: ui.Good, Text: t(ctx, "reply.came")}
	case a.Reply == meetings.Accepted:
		return ui.State{Tone: ui.Good, Text: t(ctx, "reply.accepted")}
	case a.Reply == meetings.Declined:
		return ui.State{Tone: ui.Bad, Text: t(ctx, "reply.declined")}
	case a.Reply == meetings.Tentative:
		return ui.State{Tone: ui.Now, Text: t(ctx, "reply.tentative")}
	}
	return ui.State{Text: t(ctx, "reply.none")}
}

// replies draws how many come.
func replies(ctx context.Context, list []meetings.Attendee) split {
	n := map[meetings.Answer]int{}
	for _, a := range list {
		n[a.Reply]++
	}
	return splitOf(t(ctx, "reply.label"),
		splitPart{Name: "good", Count: n[meetings.Accepted], Text: t(ctx, "reply.many.accepted", "count", n[meetings.Accepted])},
		splitPart{Name: "maybe", Count: n[meetings.Tentative], Text: t(ctx, "reply.many.tentative")},
		splitPart{Name: "late", Count: n[meetings.Declined], Text: t(ctx, "reply.many.declined", "count", n[meetings.Declined])},
		splitPart{Name: "none", Count: n[""], Text: t(ctx, "reply.many.none")})
}

// attendance draws how many were there.
func attendance(ctx context.Context, list []meetings.Attendee) split {
	came, away := 0, 0
	for _, a := range list {
		switch {
		case a.Came():
			came++
		case a.Role != meetings.RoleOut:
			away++
		}
	}
	return splitOf(t(ctx, "reply.label.over"), splitPart{Name: "good", Count: came, Text: t(ctx, "reply.many.came", "count", came)},
		splitPart{Name: "none", Count: away, Text: t(ctx, "reply.many.away", "count", away)})
}
