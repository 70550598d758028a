package app

import (
	"context"
	"net/http"
	"slices"

	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/desk"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// sources are the modules that expect things of people.
func (a *App) sources() []desk.Source {
	return append([]desk.Source{a.roundtable.Desk, a.people.Desk, a.meetings.Desk, a.meetings.invitations.Desk}, slices.Concat(a.execution.owed(), a.ideas.owed())...)
}

// deskPage is "what I owe".
type deskPage struct {
	Over, Lead string
	Owes       ui.Owes
	Empty      ui.Empty
	Buttons    ui.Buttons
	Followed   ui.Cards
}

func (a *App) desk(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	me := people.Me(ctx)
	if !me.SignedIn() {
		return fault.New(fault.Forbidden, "fault.sign_in")
	}
	items, err := desk.Gather(ctx, me.Person, a.sources()...)
	if err != nil {
		return err
	}
	ch, err := a.charters.Current(ctx)
	if err != nil {
		return err
	}
	p := deskPage{Lead: i18n.T(ctx, "app.desk.lead", "count", len(items)), Owes: owes(ctx, items, ch.Today(clock.Now(ctx))), Empty: emptyDesk(ctx)}
	if len(items) == 0 {
		p.Lead = ""
	}
	if p.Followed, err = a.followed(ctx, me.Person); err != nil {
		return err
	}
	unseen, err := a.notices.Unseen(ctx, me.Person)
	if err != nil {
		return err
	}
	news := i18n.T(ctx, "notices.title")
	if unseen > 0 {
		news = i18n.T(ctx, "app.desk.notices", "count", unseen)
	}
	p.Buttons = ui.Buttons{{Text: news, Href: "/avisos", Weight: ui.Quiet}}
	if !me.Official() {
		p.Empty = emptyForResidents(ctx)
	}
	if me.Official() {
		p.Over = a.bodyName(ctx, me.Posts[0].Body)
		p.Buttons = append(ui.Buttons{{Text: i18n.T(ctx, "roundtable.propose"), Href: "/iniciativas/nueva", Weight: ui.Quiet},
			{Text: i18n.T(ctx, "app.desk.queue"), Href: "/bandeja", Weight: ui.Quiet}}, append(p.Buttons,
			ui.Button{Text: i18n.T(ctx, "app.desk.delegate"), Href: "/delegaciones", Weight: ui.Quiet},
			ui.Button{Text: i18n.T(ctx, "app.desk.specialists"), Href: "/especialistas", Weight: ui.Quiet})...)
	}
	return web.Render(w, r, web.Page{Title: i18n.T(ctx, "app.desk.title"), Section: "desk", Private: true, Body: deskBody(p)})
}

// followedMax is how much of what a person follows the desk shows.
const followedMax = 6

// followed draws the initiatives that the person follows.
func (a *App) followed(ctx context.Context, person string) (ui.Cards, error) {
	ids, err := a.notices.Followed(ctx, person, roundtable.SubjectKind, followedMax)
	if err != nil {
		return nil, err
	}
	cards, err := a.roundtable.Cards(ctx, ids...)
	if err != nil {
		return nil, err
	}
	return a.pages.Cards(ctx, cards)
}

func emptyDesk(ctx context.Context) ui.Empty {
	return ui.Empty{Title: i18n.T(ctx, "app.desk.empty"), Text: i18n.T(ctx, "app.desk.empty.text"),
		Action: ui.Link{Href: "/iniciativas/tablero", Text: i18n.T(ctx, "app.home.see")}}
}

// emptyForResidents leads somebody without a post to what they can do here.
func emptyForResidents(ctx context.Context) ui.Empty {
	return ui.Empty{Title: i18n.T(ctx, "app.desk.resident"), Text: i18n.T(ctx, "app.desk.resident.text"),
		Action: ui.Link{Href: "/iniciativas/mapa", Text: i18n.T(ctx, "app.desk.resident.go")}}
}

// owes draws what is owed, the most urgent with the page's one main button.
func owes(ctx context.Context, items []desk.Item, today clock.Day) ui.Owes {
	var out ui.Owes
	for n, x := range items {
		due, tone := ui.Due(ctx, x.Due, today)
		out = append(out, ui.Owe{Due: due, Tone: tone, Title: x.Title, Meta: x.Detail, Href: x.Href, Action: x.Action, Main: n == 0})
	}
	return out
}

func (a *App) accessibility(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, web.Page{Title: i18n.T(r.Context(), "app.accessibility"), Body: accessibilityBody(), Narrow: true})
}
