package app

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/city/roundtable/pages"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const (
	homeCards = 6
	homeActs  = 6
	homeAsks  = 2
)

// homePage says in ten seconds what the city is working on.
type homePage struct {
	Title, Lead string
	Buttons     ui.Buttons
	Figures     ui.Figures
	Map         ui.Component
	Whole       ui.Link
	Asking      templ.Component // challenges that take ideas or votes; may be nil
	Axes        []ui.Axis
	Cards       ui.Cards
	Empty       ui.Empty
	Acts        ui.Timeline
	Steps       ui.Steps
}

func (p homePage) hero() ui.Hero { return ui.Hero{Axis: 4, Art: mapArt(p.Map, p.Whole)} }

func (a *App) home(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	ch, err := a.charters.Current(ctx)
	if err != nil {
		return err
	}
	p := homePage{Title: i18n.T(ctx, "app.home.title"), Lead: i18n.T(ctx, "app.home.lead"), Buttons: homeButtons(ctx),
		Empty: ui.Empty{Title: i18n.T(ctx, "app.home.empty"), Text: i18n.T(ctx, "app.home.empty.text")}}
	if p.Map, err = a.pages.Map(ctx, ch, charter.LevelDistrict); err != nil {
		return err
	}
	if p.Whole, err = a.pages.Whole(ctx, ch); err != nil {
		return err
	}
	if p.Figures, err = a.figures(ctx); err != nil {
		return err
	}
	if p.Asking, err = a.ideas.pages.Asking(ctx, homeAsks); err != nil {
		return err
	}
	list, err := a.roundtable.List(ctx, roundtable.Filter{By: map[string]string{roundtable.ByState: string(roundtable.Filed)}}, "", homeCards)
	if err != nil {
		return err
	}
	if p.Cards, err = a.pages.Cards(ctx, list.Cards); err != nil {
		return err
	}
	lang := i18n.Of(ctx)
	for _, x := range ch.Frame.Axes.On(ch.Today(clock.Now(ctx))) {
		p.Axes = append(p.Axes, ui.Axis{Index: x.Color, Name: x.Name.In(lang), Href: "/ejes/" + x.Code})
	}
	for _, s := range ch.Flow.Steps.All() {
		p.Steps = append(p.Steps, ui.Step{No: s.Number, Title: s.Name.In(lang), Text: s.Question.In(lang), Meta: a.bodyName(ctx, ch.Office(s.Office)), Seat: ui.SeatOpen,
			Href: pages.Href(roundtable.ByStep, strconv.Itoa(s.Number)), StateText: i18n.T(ctx, "app.home.step")})
	}
	if p.Acts, err = a.latest(ctx, ch); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: "", Description: p.Lead, Section: "home", Wide: true, Body: homeBody(p)})
}

func homeButtons(ctx context.Context) ui.Buttons {
	see := ui.Button{Text: i18n.T(ctx, "app.home.see"), Href: "/iniciativas/tablero"}
	if !people.Me(ctx).Official() {
		return ui.Buttons{see}
	}
	see.Weight = ui.Quiet
	return ui.Buttons{{Text: i18n.T(ctx, "roundtable.propose"), Href: "/iniciativas/nueva"}, see}
}

// figures are counted as initiatives move, not on each visit.
func (a *App) figures(ctx context.Context) (ui.Figures, error) {
	counts, err := a.roundtable.AllCounts(ctx, false)
	if err != nil {
		return nil, err
	}
	n := func(kind, code string) string { return i18n.Number(ctx, int64(counts.Of(kind, code))) }
	return ui.Figures{
		{Value: n(roundtable.ByState, string(roundtable.Filed)), Text: i18n.T(ctx, "app.figure.round"), Href: pages.Href(roundtable.ByState, string(roundtable.Filed))},
		{Value: n(roundtable.ByState, string(roundtable.Adopted)), Text: i18n.T(ctx, "app.figure.adopted"), Href: pages.Href(roundtable.ByState, string(roundtable.Adopted))},
		{Value: strconv.Itoa(len(counts.Kind(roundtable.ByMinistry))), Text: i18n.T(ctx, "app.figure.ministries"), Href: "/organismos"},
	}, nil
}

// decisions are the acts worth a line on the first page.
var decisions = []string{roundtable.EventFiled, roundtable.EventSigned, roundtable.EventReturned, roundtable.EventAdopted,
	roundtable.EventOverridden, roundtable.EventDeclined, roundtable.EventDeferred, roundtable.EventReopened}

// latest are the last decisions, each with the initiative it is about.
func (a *App) latest(ctx context.Context, ch *charter.Charter) (ui.Timeline, error) {
	t := ui.Timeline{More: ui.Link{Href: "/registro", Text: i18n.T(ctx, "app.home.acts")}}
	events, err := a.log.LatestOf(ctx, homeActs, decisions...)
	if err != nil {
		return t, err
	}
	for _, e := range events {
		i, err := a.roundtable.ByID(ctx, e.Subject.ID)
		if err != nil {
			return t, err
		}
		if m, ok := a.pages.Moment(ctx, ch, e, i.Title); ok {
			t.Items = append(t.Items, m)
		}
	}
	return t, nil
}

// bodyName is what a body is called today.
func (a *App) bodyName(ctx context.Context, code string) string {
	if ch, err := a.charters.Current(ctx); err == nil {
		if b, ok := ch.Bodies.Get(code); ok {
			return b.Name.In(i18n.Of(ctx))
		}
	}
	names, err := a.people.BodyNames(ctx, "", code)
	if err != nil || names[code] == "" {
		return code
	}
	return names[code]
}
