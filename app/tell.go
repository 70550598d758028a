package app

import (
	"context"

	"ronda/city/ideas"
	"ronda/city/meetings"
	"ronda/city/roundtable"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/ui"
)

// tell draws an event of any module, naming what it happened to. ok is false for
// events that no page tells.
func (a *App) tell(ctx context.Context, e event.Event) (ui.Moment, bool) {
	if ofExecution(e) {
		return a.tellExecution(ctx, e)
	}
	if ofMeetings(e.Subject) {
		m, ok := a.meetings.pages.Moment(ctx, e)
		if number := e.Data["number"]; ok && number != "" { // among acts of other things it says which it is of
			m.Title, m.Href = m.Title+" · "+number, meetingHref(e.Subject.Kind, number)
		}
		return m, ok
	}
	if e.Subject.Kind != roundtable.SubjectKind && !ofIdeas(e.Subject) {
		return a.peoplePages.Moment(ctx, e)
	}
	ch, err := a.charters.Current(ctx)
	if err != nil {
		return ui.Moment{}, false
	}
	if ofIdeas(e.Subject) {
		if m, ok := a.ideas.opinions.Moment(ctx, e); ok {
			return m, true
		}
		return a.ideas.pages.Moment(ctx, ch, e)
	}
	i, err := a.roundtable.ByID(ctx, e.Subject.ID)
	if err != nil {
		return ui.Moment{}, false
	}
	return a.pages.Moment(ctx, ch, e, i.Title)
}

// tellExecution is an act of execution that says which initiative it is of.
func (a *App) tellExecution(ctx context.Context, e event.Event) (ui.Moment, bool) {
	m, ok := a.execution.moment(ctx, e)
	if !ok || e.Subject.Kind != roundtable.SubjectKind {
		return m, ok
	}
	i, err := a.roundtable.ByID(ctx, e.Subject.ID)
	if err != nil {
		return ui.Moment{}, false
	}
	m.Title, m.Href = m.Title+" · "+i.Title, "/iniciativas/"+i.Number
	return m, true
}

// tellOnPage is tell on the page of an initiative, which need not say its own name.
func (a *App) tellOnPage(ctx context.Context, e event.Event) (ui.Moment, bool) {
	if ofExecution(e) {
		return a.execution.moment(ctx, e)
	}
	return a.tell(ctx, e)
}

// tellShort is tell for the narrow column of an idea's history, in which every act
// of the initiative that came of it would repeat the same title: its number says
// which it is.
func (a *App) tellShort(ctx context.Context, e event.Event) (ui.Moment, bool) {
	if e.Subject.Kind != roundtable.SubjectKind || ofExecution(e) {
		return a.tell(ctx, e)
	}
	ch, err := a.charters.Current(ctx)
	if err != nil {
		return ui.Moment{}, false
	}
	i, err := a.roundtable.ByID(ctx, e.Subject.ID)
	if err != nil {
		return ui.Moment{}, false
	}
	return a.pages.Moment(ctx, ch, e, i.Number)
}

// hrefOf is the page of a subject that can be followed.
func (a *App) hrefOf(ctx context.Context, s event.Subject) (string, error) {
	switch s.Kind {
	case roundtable.SubjectKind:
		i, err := a.roundtable.ByID(ctx, s.ID)
		return "/iniciativas/" + i.Number, err
	case ideas.SubjectIdea:
		i, err := a.ideas.IdeaByID(ctx, s.ID)
		return "/ideas/" + i.Number, err
	case ideas.SubjectChallenge:
		c, err := a.ideas.ChallengeByID(ctx, s.ID)
		return "/desafios/" + c.Number, err
	}
	if s.Kind == meetings.SubjectMeeting {
		m, err := a.meetings.ByID(ctx, s.ID)
		return meetingHref(s.Kind, m.Number), err
	}
	return "", fault.New(fault.NotFound, "fault.notfound")
}

// originOf names an idea that an initiative came of: its number and title. ok is
// false for one whose words are out of sight.
func (a *App) originOf(ctx context.Context, s event.Subject) (ui.Link, bool) {
	if s.Kind != ideas.SubjectIdea {
		return ui.Link{}, false
	}
	i, err := a.ideas.IdeaByID(ctx, s.ID)
	if err != nil || i.Title == "" {
		return ui.Link{}, false
	}
	return ui.Link{Href: "/ideas/" + i.Number, Text: i.Number + " · " + i.Title}, true
}

// meetingHref is the page of something of the meetings.
func meetingHref(kind, number string) string {
	switch kind {
	case meetings.SubjectSeries:
		return "/series/" + number
	case meetings.SubjectDecision:
		return "/decisiones/" + number
	case meetings.SubjectCommitment:
		return "/compromisos/" + number
	}
	return "/reuniones/" + number
}
