package pages

import (
	"context"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/ui"
)

// now is what this person is to do at a meeting now, nothing for whom nothing is
// to be done.
func (p *Pages) now(ctx context.Context, v meetings.View) todo {
	switch m := v.Meeting; {
	case m.State == meetings.Running:
		return p.running(ctx, v)
	case m.State.Coming():
		return p.coming(ctx, v)
	case m.State.Over():
		return minutesNow(ctx, v)
	}
	return todo{}
}

// running leads into the room.
func (p *Pages) running(ctx context.Context, v meetings.View) todo {
	out := todo{Title: t(ctx, "now.running"), Tone: "now"}
	if p.slots.Room == nil || !v.May[meetings.Follow] {
		return out
	}
	key := "now.follow"
	if v.May[meetings.Chair] {
		key = "now.lead"
	}
	out.Buttons = ui.Buttons{{Text: t(ctx, key), Href: p.slots.Room(v.Meeting.Number)}}
	return out
}

// coming is what is to be done before a meeting: by whoever prepares it, by its
// guests, by whoever wants to come.
func (p *Pages) coming(ctx context.Context, v meetings.View) todo {
	m := v.Meeting
	href := Href(m.Number)
	switch {
	case v.May[meetings.EditMeeting] && m.State == meetings.Planned:
		return p.prepare(ctx, v)
	case v.May[meetings.Chair] && p.slots.Room != nil && v.Today >= v.Charter.Today(m.Starts):
		return todo{Title: t(ctx, "now.begin"), Text: t(ctx, "now.begin.text"), Tone: "now", Buttons: ui.Buttons{{Text: t(ctx, "now.lead"), Href: p.slots.Room(m.Number)}}}
	case v.May[meetings.Reply] && ownReply(v) == "":
		return todo{Title: t(ctx, "now.reply"), Text: t(ctx, "now.reply.text"), Tone: "now",
			Buttons: ui.Buttons{{Text: t(ctx, "now.reply.do"), Href: href + "/responder"}}}
	case v.May[meetings.Reply]:
		return todo{Title: t(ctx, "now.replied."+string(ownReply(v))), Tone: "info",
			Buttons: ui.Buttons{{Text: t(ctx, "now.reply.change"), Href: href + "/responder", Weight: ui.Quiet}}}
	case m.Open && m.State == meetings.Called && !people.Me(ctx).SignedIn(), v.May[meetings.Want] && len(v.Wishes) == 0:
		return todo{Title: t(ctx, "now.open"), Text: t(ctx, "now.open.text"), Tone: "now", Buttons: ui.Buttons{{Text: t(ctx, "now.open.do"), Href: href + "/interes"}}}
	case v.May[meetings.Want]:
		return todo{Title: t(ctx, "now.wanted"), Text: t(ctx, "wish."+string(v.Wishes[0].State)), Tone: "info"}
	}
	return todo{}
}

// prepare says what is missing before the invitations go out.
func (p *Pages) prepare(ctx context.Context, v meetings.View) todo {
	href := Href(v.Meeting.Number)
	out := todo{Title: t(ctx, "now.prepare"), Tone: "now"}
	call := ui.Button{Text: t(ctx, "now.call"), Href: href + "/convocar", Icon: "mail"}
	switch {
	case len(v.Items) == 0:
		out.Text = t(ctx, "now.prepare.agenda")
		call.Weight = ui.Quiet
		out.Buttons = ui.Buttons{{Text: t(ctx, "agenda.edit"), Href: href + "/orden"}, call}
	case len(v.Attendees) == 0:
		out.Text = t(ctx, "now.prepare.guests")
		call.Weight = ui.Quiet
		out.Buttons = ui.Buttons{{Text: t(ctx, "invited.edit"), Href: href + "/invitados"}, call}
	default:
		out.Text = t(ctx, "now.prepare.ready")
		out.Buttons = ui.Buttons{call}
	}
	if v.Meeting.Polling {
		out.Buttons = append(out.Buttons, ui.Button{Text: t(ctx, "do.poll"), Href: href + "/fechas", Weight: ui.Quiet})
	}
	return out
}

// ownReply is the person's own answer.
func ownReply(v meetings.View) meetings.Answer {
	for _, a := range v.Attendees {
		if a.Key == v.Me && v.Me != "" {
			return a.Reply
		}
	}
	return ""
}

// minutesNow is what is to be done with the minutes of a meeting that was held.
func minutesNow(ctx context.Context, v meetings.View) todo {
	href := Href(v.Meeting.Number) + "/minuta"
	look := ui.Button{Text: t(ctx, "now.minutes.read"), Href: href, Weight: ui.Quiet}
	switch {
	case v.May[meetings.ApproveMinutes]:
		return todo{Title: t(ctx, "now.approve"), Text: t(ctx, "now.approve.text"), Tone: "now", Buttons: ui.Buttons{{Text: t(ctx, "now.minutes.review"), Href: href}}}
	case v.May[meetings.SignMinutes]:
		return todo{Title: t(ctx, "now.sign"), Text: t(ctx, "now.sign.text"), Tone: "now", Buttons: ui.Buttons{{Text: t(ctx, "now.minutes.sign"), Href: href}}}
	case v.May[meetings.ReleaseMinutes]:
		key := releaseKey(v)
		return todo{Title: t(ctx, key), Text: t(ctx, key+".text"), Tone: "info", Buttons: ui.Buttons{{Text: t(ctx, "now.minutes.release"), Href: href + "/publicar"}, look}}
	case v.Inside:
		return todo{Title: t(ctx, "now.minutes."+string(v.Meeting.State)), Tone: "info", Buttons: ui.Buttons{look}}
	}
	return todo{}
}

// releaseKey is the message that asks what becomes public, first or further.
func releaseKey(v meetings.View) string {
	if v.Meeting.Released.IsZero() {
		return "now.release"
	}
	return "now.release.more"
}
