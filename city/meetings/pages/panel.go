package pages

import (
	"context"

	"github.com/a-h/templ"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/ui"
)

// panelMost is how many meetings the page of an initiative shows.
const panelMost = 4

// InitiativePanel is what the meetings put on the page of an initiative: those it
// was or will be dealt with at, its common agenda, and what this person may do:
// show it, put it on the next weekly meeting, convene the collaborative one. Nil
// when there is nothing of it.
func (p *Pages) InitiativePanel(ctx context.Context, v roundtable.View) templ.Component {
	view, err := p.panel(ctx, v)
	if err != nil || len(view.Rows)+len(view.Deals)+len(view.Buttons) == 0 {
		return nil
	}
	return stepPanel(view)
}

func (p *Pages) panel(ctx context.Context, v roundtable.View) (stepPanelView, error) {
	say := p.wordsOf(ctx, v.Charter)
	var view stepPanelView
	has, err := p.meetings.Concerns(ctx, v.Initiative.ID)
	if err != nil {
		return view, err
	}
	if has {
		if err := p.panelRows(ctx, say, v.Initiative, &view); err != nil {
			return view, err
		}
	}
	buttons, err := p.panelButtons(ctx, say, v)
	view.Buttons = append(buttons, view.Buttons...)
	return view, err
}

// panelRows are the meetings of an initiative and what was undertaken at them.
func (p *Pages) panelRows(ctx context.Context, say words, i roundtable.Initiative, view *stepPanelView) error {
	coming, err := p.meetings.List(ctx, meetings.Filter{Initiative: i.ID}, "", panelMost)
	if err != nil {
		return err
	}
	past, err := p.meetings.List(ctx, meetings.Filter{Initiative: i.ID, Past: true}, "", panelMost)
	if err != nil {
		return err
	}
	view.Rows = append(say.rows(ctx, coming.Meetings), say.rows(ctx, past.Meetings)...)
	rows, _, err := p.meetings.Commitments(ctx, meetings.Register{Initiative: i.ID}, "", panelMost)
	if err != nil {
		return err
	}
	for _, c := range rows {
		view.Deals = append(view.Deals, say.commitmentRow(ctx, c.Commitment))
	}
	if !people.Me(ctx).Official() {
		return nil
	}
	agendas, err := p.meetings.CommonAgendas(ctx, i.ID)
	if len(agendas) > 0 {
		view.Buttons = append(view.Buttons, ui.Button{Text: t(ctx, "agreed.see", "version", agendas[0].Version), Href: "/iniciativas/" + i.Number + "/agenda-comun", Weight: ui.Quiet, Icon: "list"})
	}
	return err
}

// panelButtons are what this person may do with the initiative at meetings.
func (p *Pages) panelButtons(ctx context.Context, say words, v roundtable.View) (ui.Buttons, error) {
	i := v.Initiative
	out := ui.Buttons{{Text: t(ctx, "slide"), Href: "/iniciativas/" + i.Number + "/presentacion", Weight: ui.Quiet, Icon: "file"}}
	if i.State != roundtable.Filed || !people.Me(ctx).Official() {
		return out, nil
	}
	weekly, err := p.meetings.Proposable(ctx, meetings.Weekly)
	if err != nil {
		return nil, err
	}
	if len(weekly) > 0 {
		out = append(out, ui.Button{Text: t(ctx, "panel.weekly"), Href: addressOf("/series/"+weekly[0].Number+"/proponer", "iniciativa", i.Number, "title", i.Title), Weight: ui.Quiet, Icon: "plus"})
	}
	c := meetings.Case{Charter: say.Charter, Meeting: meetings.Meeting{Kind: meetings.Collaborative, Initiative: i.ID, Convener: i.Sponsor}}
	if _, ok := c.Can(people.Me(ctx), meetings.PlanMeeting); ok {
		out = append(out, ui.Button{Text: t(ctx, "panel.convene"), Href: addressOf("/reuniones/nueva", "tipo", string(meetings.Collaborative), "iniciativa", i.Number), Weight: ui.Quiet, Icon: "calendar"})
	}
	return out, nil
}
