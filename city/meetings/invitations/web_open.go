package invitations

import (
	"context"
	"net/http"
	"strings"
	"time"

	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/mail/inbound"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// openView is what the Coordination should look at.
type openView struct {
	Heading ui.Heading
	Ways    []ui.Notice
	Mails   ui.Table
	Empty   ui.Empty
	Letters ui.Table
	None    string
}

const lettersShown = 50

func (m *Module) openPage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	list, err := m.Open(ctx)
	if err != nil {
		return err
	}
	v := openView{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/reuniones", Text: t(ctx, "meetings")}}, Title: t(ctx, "open"), Lead: t(ctx, "open.lead")},
		Empty: ui.Empty{Title: t(ctx, "open.none"), Text: t(ctx, "open.none.text"), Action: ui.Link{Href: "/reuniones", Text: t(ctx, "open.none.do")}}, None: t(ctx, "letters.none")}
	v.Mails = openTable(ctx, list)
	if err := m.fillInbox(ctx, &v); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: t(ctx, "open"), Section: "meetings", Private: true, Body: openBody(v)})
}

// fillInbox tells how answers come in and which were not understood.
func (m *Module) fillInbox(ctx context.Context, v *openView) error {
	if m.Mailer.Disabled() {
		v.Ways = append(v.Ways, ui.Notice{Tone: ui.Warn, Title: t(ctx, "mailer.off"), Text: t(ctx, "mailer.off.text")})
	}
	if m.inbox == nil {
		v.Ways = append(v.Ways, ui.Notice{Tone: ui.Info, Title: t(ctx, "inbox.off"), Text: t(ctx, "inbox.off.text")})
		return nil
	}
	ways, err := m.inbox.Ways(ctx)
	if err != nil {
		return err
	}
	for _, x := range ways {
		if !x.Works() {
			v.Ways = append(v.Ways, ui.Notice{Tone: ui.Bad, Title: t(ctx, "inbox.down"),
				Text: t(ctx, "inbox.down.text", "error", x.Error, "since", lastWorked(ctx, x), "next", i18n.DateTime(ctx, x.NextTry.In(web.Zone(ctx))))})
		}
	}
	letters, err := m.inbox.Quarantine(ctx, "", lettersShown)
	if err != nil {
		return err
	}
	v.Letters = letterTable(ctx, letters)
	return nil
}

// lastWorked is when a way in worked last, in words.
func lastWorked(ctx context.Context, w inbound.Way) string {
	if w.Worked.IsZero() {
		return t(ctx, "inbox.never")
	}
	return i18n.DateTime(ctx, w.Worked.In(web.Zone(ctx)))
}

func letterTable(ctx context.Context, letters []inbound.Letter) ui.Table {
	out := ui.Table{Caption: t(ctx, "letters"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "letters.subject")}, {Text: t(ctx, "letters.from")}, {Text: t(ctx, "letters.why")}, {Text: t(ctx, "letters.at")}}}
	for _, l := range letters {
		subject := l.Subject
		if subject == "" {
			subject = t(ctx, "letters.no_subject")
		}
		out.Rows = append(out.Rows, ui.Row{{Text: subject, Href: "/invitaciones/correo/" + l.ID}, {Text: l.Sender}, {Text: t(ctx, "reason."+l.Reason)}, {Text: when(ctx, l.At)}})
	}
	return out
}

func when(ctx context.Context, at time.Time) string { return i18n.DateTime(ctx, at.In(web.Zone(ctx))) }

var tones = map[State]ui.Tone{Doubt: ui.Warn, Refused: ui.Bad, Unreachable: ui.Bad, Late: ui.Warn}

func openTable(ctx context.Context, list []Told) ui.Table {
	out := ui.Table{Caption: t(ctx, "open.mails"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "open.who")}, {Text: t(ctx, "open.what")}, {Text: t(ctx, "open.state")}, {Text: t(ctx, "open.why")}, {Text: t(ctx, "open.do")}}}
	for _, x := range list {
		out.Rows = append(out.Rows, openRow(ctx, x))
	}
	return out
}

// openRow is a mail of which somebody must say what to do.
func openRow(ctx context.Context, x Told) ui.Row {
	who := x.Name
	if who == "" {
		who = x.Address
	}
	if who == "" {
		who = t(ctx, "open.guest", "guest", x.Guest)
	}
	title := t(ctx, "open.title."+strings.ToLower(string(x.Method)), "title", x.Title, "number", x.Number)
	to := "/invitaciones/" + x.ID
	buttons := ui.Buttons{{Text: t(ctx, "open.arrived"), Of: who + ", " + title, Weight: ui.Quiet, Action: to + "/llego"}}
	if x.State != Unreachable {
		buttons = append(ui.Buttons{{Text: t(ctx, "open.again"), Of: who + ", " + title, Weight: ui.Quiet, Action: to + "/otra-vez"}}, buttons...)
	}
	return ui.Row{{Text: who}, {Text: t(ctx, "open.made", "title", title, "at", when(ctx, x.Made))}, {View: ui.State{Tone: tones[x.State], Text: t(ctx, "state."+string(x.State))}},
		{Text: t(ctx, "why."+whyOf(x))}, {View: settle(ui.Form{ID: "settle-" + x.ID, Action: to + "/llego"}, buttons)}}
}

// whyOf is the message of why a mail is open. What the mail server said is in its
// own words and not shown.
func whyOf(x Told) string {
	if x.State == Unreachable {
		return x.Reason
	}
	return string(x.State)
}

func (m *Module) sendAgain(w http.ResponseWriter, r *http.Request) error {
	if err := m.SendAgain(r.Context(), r.PathValue("mail")); err != nil {
		return err
	}
	return web.Redirect(w, r, "/invitaciones", "meetings.invitations.flash.again")
}

func (m *Module) arrived(w http.ResponseWriter, r *http.Request) error {
	if err := m.Arrived(r.Context(), r.PathValue("mail")); err != nil {
		return err
	}
	return web.Redirect(w, r, "/invitaciones", "meetings.invitations.flash.arrived")
}

// letterView is an answer that was not understood.
type letterView struct {
	Heading ui.Heading
	Facts   ui.Facts
	Text    string
	Discard ui.Form
}

func (m *Module) letter(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := m.requireInbox(ctx); err != nil {
		return err
	}
	l, err := m.inbox.Open(ctx, r.PathValue("letter"))
	if err != nil {
		return err
	}
	title := l.Subject
	if title == "" {
		title = t(ctx, "letters.no_subject")
	}
	v := letterView{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/invitaciones", Text: t(ctx, "open")}}, Title: title},
		Facts: ui.Facts{{Name: t(ctx, "letters.from"), Text: l.Sender}, {Name: t(ctx, "letters.at"), Text: when(ctx, l.At)}, {Name: t(ctx, "letters.why"), Text: t(ctx, "reason."+l.Reason)}},
		Text:  l.Text, Discard: ui.Form{ID: "discard", Action: r.URL.Path + "/descartar"}}
	return web.Render(w, r, web.Page{Title: title, Section: "meetings", Private: true, Narrow: true, Body: letterBody(v)})
}

func (m *Module) discard(w http.ResponseWriter, r *http.Request) error {
	if err := m.requireInbox(r.Context()); err != nil {
		return err
	}
	if err := m.inbox.Discard(r.Context(), r.PathValue("letter")); err != nil {
		return err
	}
	return web.Redirect(w, r, "/invitaciones", "meetings.invitations.flash.discarded")
}

// requireInbox lets the Coordination pass where answers are read.
func (m *Module) requireInbox(ctx context.Context) error {
	if err := m.require(ctx); err != nil {
		return err
	}
	if m.inbox == nil {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	return nil
}
