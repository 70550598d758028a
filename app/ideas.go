package app

import (
	"context"
	"time"

	"ronda/city/ideas"
	"ronda/city/ideas/ballot"
	ideasdesk "ronda/city/ideas/desk"
	"ronda/city/ideas/jury"
	"ronda/city/ideas/opinions"
	ideaspages "ronda/city/ideas/pages"
	"ronda/city/places"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/web"
)

// cityOfIdeas is the City of Ideas with its rooms.
type cityOfIdeas struct {
	*ideas.Module
	opinions *opinions.Module
	ballot   *ballot.Module
	jury     *jury.Module
	desk     *ideasdesk.Desk
	pages    *ideaspages.Pages
}

// buildIdeas makes the City of Ideas and what hears of its acts.
func (a *App) buildIdeas(pepper []byte) (err error) {
	c := &cityOfIdeas{}
	c.Module = ideas.New(ideas.Deps{DB: a.db, Log: a.log, Charters: a.charters, People: a.people, Roundtable: a.roundtable,
		Follow: a.notices.Subscribe, Pepper: pepper})
	c.opinions, err = opinions.New(opinions.Deps{DB: a.db, Log: a.log, Charters: a.charters, People: a.people, Sessions: a.sessions,
		Challenges: c.Module, SignIn: signInTo, Pepper: pepper})
	if err != nil {
		return err
	}
	source := ballot.City{Ideas: c.Module}
	c.ballot = ballot.New(ballot.Deps{DB: a.db, Log: a.log, Charters: a.charters, People: a.people, Source: source, Conclude: source.Conclude, SignIn: signInTo})
	c.jury = jury.New(jury.Deps{DB: a.db, Log: a.log, Charters: a.charters, People: a.people, City: jury.CityOf(c.Module)})
	c.jury.Listen(a.log)
	a.ideas = c
	return nil
}

// serveIdeas makes the pages of the City of Ideas.
func (a *App) serveIdeas(m *web.Mux) {
	c := a.ideas
	c.desk = ideasdesk.New(ideasdesk.Deps{DB: a.db, Ideas: c.Module, Charters: a.charters, People: a.people, PersonOf: a.identity.PersonOf})
	c.pages = ideaspages.New(ideaspages.Deps{Ideas: c.Module, Log: a.log, Charters: a.charters, People: a.people},
		ideaspages.Slots{Follow: a.noticesWeb.Button, Proof: a.proofHref, Tell: a.tellShort, Land: a.places.Land, Locate: a.locate, SignIn: signInTo,
			Panels: ideaspages.Panels{Jury: c.jury.Panel, Challenge: c.desk.ChallengePanel, Idea: c.desk.IdeaPanel}})
	c.pages.Routes(m)
	c.desk.Routes(m)
	c.opinions.Routes(m)
	c.ballot.Routes(m)
	c.jury.Routes(m)
}

// locate says which part of the city a point lies in.
func (a *App) locate(ctx context.Context, lon, lat float64) (string, error) {
	place, err := a.places.Locate(ctx, places.Point{Lon: lon, Lat: lat})
	return place.Territory, err
}

// scheduleIdeas registers what happens in the City of Ideas by the clock.
func (a *App) scheduleIdeas() {
	c := a.ideas
	a.queue.Every("ideas.tick", time.Minute, c.Tick)
	a.queue.Every("ballot.tick", time.Minute, c.ballot.Tick)
	a.queue.Every("ideas.sweep", 24*time.Hour, c.Sweep)
	a.queue.Every("opinions.sweep", 24*time.Hour, c.opinions.Sweep)
}

// owed are the parts of the City of Ideas that expect things of people.
func (c *cityOfIdeas) owed() []desk.Source {
	return []desk.Source{c.Desk, c.opinions.Desk, c.ballot.Desk, c.jury.Desk}
}

// forget erases a person from the City of Ideas.
func (c *cityOfIdeas) forget(ctx context.Context, person string) error {
	for _, fn := range []func(context.Context, string) error{c.Forget, c.opinions.Forget, c.ballot.Forget, c.jury.Forget} {
		if err := fn(ctx, person); err != nil {
			return err
		}
	}
	return nil
}

// ofIdeas says whether a subject belongs to the City of Ideas.
func ofIdeas(s event.Subject) bool {
	switch s.Kind {
	case ideas.SubjectChallenge, ideas.SubjectIdea, ideas.SubjectFamily, opinions.SubjectStatement, opinions.SubjectStatements:
		return true
	}
	return false
}
