package pages

import (
	"context"
	"errors"
	"net/http"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/ui"
	"ronda/platform/web"
)

var errStopped = errors.New("the reader has left")

// onDecision opens a decision for whoever closes it.
func (p *Pages) onDecision(ctx context.Context, number string) (about, error) {
	d, err := p.meetings.Decision(ctx, number)
	if err != nil {
		return about{}, err
	}
	if err := p.mayClose(ctx, meetings.Case{Decision: &d.Decision}, d.Meeting, meetings.CloseDecision); err != nil {
		return about{}, err
	}
	if d.State != meetings.DueOpen {
		return about{}, notNow()
	}
	return about{title: d.Text, href: "/decisiones/" + number}, nil
}

func (p *Pages) onCommitment(ctx context.Context, number string) (about, error) {
	c, err := p.meetings.Commitment(ctx, number)
	if err != nil {
		return about{}, err
	}
	if err := p.mayClose(ctx, meetings.Case{Commitment: &c.Commitment}, c.Meeting, meetings.CloseCommitment); err != nil {
		return about{}, err
	}
	if c.State != meetings.DueOpen {
		return about{}, notNow()
	}
	return about{title: c.What, href: "/compromisos/" + number}, nil
}

// mayClose asks the policy whether the person may say that something owed is done.
func (p *Pages) mayClose(ctx context.Context, c meetings.Case, meeting string, action meetings.Action) error {
	ch, err := p.charters.Current(ctx)
	if err != nil {
		return err
	}
	c.Charter = ch
	if m, err := p.meetings.ByID(ctx, meeting); err == nil {
		c.Meeting = m
	}
	_, err = c.Require(people.Me(ctx), action)
	return err
}

// decision is the page of one decision.
func (p *Pages) decision(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.meetings.Decision(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	view := dealPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/decisiones", Text: t(ctx, "decisions")}}, Over: d.Number, Title: d.Text}, Done: d.DoneText, Note: t(ctx, "decisions.note")}
	due, _, state := say.due(ctx, "decision", d.State, d.Due, d.Late(say.today))
	view.State, view.DoneTitle = state, t(ctx, "deal."+string(d.State))
	view.Facts = p.dealFacts(ctx, say, fromMeeting{d.MeetingNumber, d.MeetingTitle, d.Initiative, say.when(ctx, d.Starts)}, say.who(ctx, d.Owner), say.dueFact(ctx, d.Due, due))
	if _, err := p.onDecision(ctx, d.Number); err == nil {
		view.Now = dealNow(ctx, "/decisiones/"+d.Number, "now.decision")
	}
	if view.Story, err = p.story(ctx, subject(meetings.SubjectDecision, d.ID), people.Me(ctx).Official()); err != nil {
		return err
	}
	page := pageOf(d.Text, d.MeetingTitle, dealBody(view))
	page.Private = !d.Public
	return web.Render(w, r, page)
}

// commitment is the page of one commitment.
func (p *Pages) commitment(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	c, err := p.meetings.Commitment(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	view := dealPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/compromisos", Text: t(ctx, "commitments")}}, Over: c.Number, Title: c.What}, Done: c.DoneText, Note: t(ctx, "commitments.note")}
	due, _, state := say.due(ctx, "commitment", c.State, c.Due, c.Late(say.today))
	view.State, view.DoneTitle = state, t(ctx, "deal."+string(c.State))
	view.Facts = p.dealFacts(ctx, say, fromMeeting{c.MeetingNumber, c.MeetingTitle, c.Initiative, say.when(ctx, c.Starts)}, say.owner(ctx, c.WhoKind, c.Who), say.dueFact(ctx, c.Due, due))
	if c.Agenda > 0 {
		view.Facts = append(view.Facts, ui.Fact{Name: t(ctx, "fact.agenda"), Text: t(ctx, "agenda.version", "version", c.Agenda)})
	}
	if _, err := p.onCommitment(ctx, c.Number); err == nil {
		view.Now = dealNow(ctx, "/compromisos/"+c.Number, "now.commitment")
	}
	if view.Story, err = p.story(ctx, subject(meetings.SubjectCommitment, c.ID), people.Me(ctx).Official()); err != nil {
		return err
	}
	page := pageOf(c.What, c.MeetingTitle, dealBody(view))
	page.Private = !c.Public
	return web.Render(w, r, page)
}

func dealNow(ctx context.Context, href, key string) todo {
	return todo{Title: t(ctx, key), Text: t(ctx, key+".text"), Tone: "now", Buttons: ui.Buttons{
		{Text: t(ctx, "now.kept"), Href: href + "/cumplir"}, {Text: t(ctx, "now.give_up"), Href: href + "/descartar", Weight: ui.Plainer}}}
}

// fromMeeting is where something owed comes from.
type fromMeeting struct{ number, title, initiative, when string }

func (p *Pages) dealFacts(ctx context.Context, say words, from fromMeeting, who, due string) ui.Facts {
	f := ui.Facts{}
	add := func(key, text, href string) {
		if text != "" {
			f = append(f, ui.Fact{Name: t(ctx, "fact."+key), Text: text, Href: href})
		}
	}
	add("owner", who, "")
	add("due", due, "")
	add("meeting", joined(from.title, from.when), Href(from.number))
	if from.initiative == "" {
		return f
	}
	if i, err := p.roundtable.ByID(ctx, from.initiative); err == nil {
		add("initiative", i.Title, "/iniciativas/"+i.Number)
	}
	return f
}

// dueFact is a day with how far off it is.
func (w words) dueFact(ctx context.Context, day clock.Day, due string) string {
	if said := w.Day(ctx, day); said != due {
		return joined(said, due)
	}
	return due
}
