package ideas

import (
	"context"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/i18n"
)

const deskMax = 50 // of each sort; whoever owes more begins with these

// Desk is what the City of Ideas expects of a person: matters of moderation,
// answers, ideas to take up, challenges to open or conclude, and what an author
// is asked.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	who, err := m.people.Asking(ctx, person)
	if err != nil {
		return nil, err
	}
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	var items []desk.Item
	for _, ask := range m.desks() {
		more, err := ask(ctx, ch, who)
		if err != nil {
			return nil, err
		}
		items = append(items, more...)
	}
	return items, nil
}

// desks are the sorts of what may be owed.
func (m *Module) desks() []func(context.Context, *charter.Charter, people.Standing) ([]desk.Item, error) {
	return []func(context.Context, *charter.Charter, people.Standing) ([]desk.Item, error){
		m.oweModeration, m.oweAnswers, m.oweTakeUp, m.oweChallenges, m.oweConsent,
	}
}

// oweModeration are the matters that wait for moderators.
func (m *Module) oweModeration(ctx context.Context, ch *charter.Charter, who people.Standing) ([]desk.Item, error) {
	if _, ok := (Case{Charter: ch}).Can(who, MayModerate); !ok {
		return nil, nil
	}
	list, err := m.waiting(ctx, place{key: noKey, id: noID}, deskMax)
	if err != nil {
		return nil, err
	}
	items := make([]desk.Item, len(list))
	for n, x := range list {
		items[n] = desk.Item{Due: clock.DayOf(x.Due, ch.City.Zone), Title: i18n.T(ctx, "ideas.owe."+x.Kind), Detail: x.Title, Action: i18n.T(ctx, "ideas.owe.moderate_do"),
			Href: "/mi-escritorio/ideas/moderacion#" + x.Number, Subject: event.Subject{Kind: SubjectIdea, ID: x.Idea}}
	}
	return items, nil
}

// oweAnswers are the ideas that wait for an answer of a body of the person.
func (m *Module) oweAnswers(ctx context.Context, _ *charter.Charter, who people.Standing) ([]desk.Item, error) {
	var items []desk.Item
	for _, body := range who.Bodies() {
		cards, _, err := m.owed(ctx, body, "", deskMax)
		if err != nil {
			return nil, err
		}
		for _, c := range cards {
			items = append(items, desk.Item{Due: c.AnswerDue, Title: i18n.T(ctx, "ideas.owe.answer", "number", c.Number), Detail: c.Title,
				Action: i18n.T(ctx, "ideas.owe.answer_do"), Href: "/mi-escritorio/ideas/" + c.Number, Subject: event.Subject{Kind: SubjectIdea, ID: c.ID}})
		}
	}
	return items, nil
}

// oweTakeUp are the chosen ideas whose answers a body of the person owes or gave,
// for those who may take them up.
func (m *Module) oweTakeUp(ctx context.Context, ch *charter.Charter, who people.Standing) ([]desk.Item, error) {
	var items []desk.Item
	for _, body := range who.Bodies() {
		if !ch.MayPropose(body) {
			continue
		}
		p, err := m.List(ctx, Filter{By: map[string]string{FilterOutcome: string(Chosen), FilterBody: body}, Size: deskMax})
		if err != nil {
			return nil, err
		}
		for _, c := range p.Cards {
			items = append(items, desk.Item{Title: i18n.T(ctx, "ideas.owe.take_up"), Detail: c.Title, Action: i18n.T(ctx, "ideas.owe.take_up_do"),
				Href: "/mi-escritorio/ideas/" + c.Number, Subject: event.Subject{Kind: SubjectIdea, ID: c.ID}})
		}
	}
	return items, nil
}

// oweChallenges are the drafts of the person's bodies, and what they have to
// conclude.
func (m *Module) oweChallenges(ctx context.Context, ch *charter.Charter, who people.Standing) ([]desk.Item, error) {
	var items []desk.Item
	for _, body := range who.Bodies() {
		rows, err := db.Query[challengeRow](ctx, m.db, `SELECT `+challengeColumns+` FROM ideas_challenge WHERE body = $1 AND phase IN ('draft', 'evaluating', 'answered') ORDER BY id DESC LIMIT $2`, body, deskMax)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			c, err := r.unpack()
			if err != nil {
				return nil, err
			}
			if c.Phase == PhaseAnswered && c.Method.Votes() {
				continue // the vote says itself when there is a result to publish
			}
			items = append(items, desk.Item{Title: i18n.T(ctx, "ideas.owe.challenge_"+string(c.Phase)), Detail: c.Title, Action: i18n.T(ctx, "ideas.owe.challenge_do"),
				Href: "/mi-escritorio/ideas/desafios/" + c.Number, Subject: c.Subject()})
		}
	}
	return items, nil
}

// oweConsent are the families that an author is asked to join.
func (m *Module) oweConsent(ctx context.Context, _ *charter.Charter, who people.Standing) ([]desk.Item, error) {
	asks, err := m.asksOf(ctx, who.Person)
	if err != nil {
		return nil, err
	}
	items := make([]desk.Item, len(asks))
	for n, a := range asks {
		items[n] = desk.Item{Title: i18n.T(ctx, "ideas.owe.family"), Detail: a.Why, Action: i18n.T(ctx, "ideas.owe.family_do"), Href: "/mis-ideas",
			Subject: event.Subject{Kind: SubjectIdea, ID: a.Other}}
	}
	return items, nil
}
