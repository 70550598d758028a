package roundtable

import (
	"context"
	"slices"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/search"
)

// Module is the roundtable of a city.
type Module struct {
	db       *db.DB
	log      *event.Log
	charters *charter.Store
	people   *people.Module
	like     *likeness
	words    *search.Index
	tallies  tallies
	guards   []Guard
}

// New makes the roundtable over its neighbours.
func New(d *db.DB, log *event.Log, charters *charter.Store, p *people.Module) *Module {
	m := &Module{db: d, log: log, charters: charters, people: p, words: search.New(d, "initiative")}
	m.like = newLikeness(m)
	return m
}

// SubjectKind is the kind of an initiative as an event's subject.
const SubjectKind = "initiative"

// Subject names the initiative for events, followers and other modules.
func (i Initiative) Subject() event.Subject { return event.Subject{Kind: SubjectKind, ID: i.ID} }

// work is one act on one initiative while its transaction runs.
type work struct {
	Case
	m      *Module
	Who    people.Standing
	As     people.Holding // the post in whose name it is done
	Round  *Round         // nil before filing
	before []Step
	was    Initiative
}

// act does an action to an initiative: load and lock it, ask the policy, let fn
// change it, and write the state, the steps, the filters and the event that fn
// tells in one transaction. stepCode is empty for what is not about a step.
func (m *Module) act(ctx context.Context, number string, action Action, stepCode string, fn func(ctx context.Context, w *work) error) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		w, err := m.open(ctx, number, stepCode)
		if err != nil {
			return err
		}
		if w.As, err = w.Require(w.Who, action); err != nil {
			return err
		}
		if err := fn(ctx, w); err != nil {
			return err
		}
		return w.close(ctx)
	})
}

// open loads what an act needs.
func (m *Module) open(ctx context.Context, number, stepCode string) (*work, error) {
	c, err := m.begin(ctx, number)
	if err != nil {
		return nil, err
	}
	w := &work{Case: c, m: m, Who: people.Me(ctx), was: c.Initiative}
	if w.Initiative.FiledAt.IsZero() {
		return w, w.need(stepCode)
	}
	if w.Round, err = m.round(ctx, c.Charter, c.Initiative.ID); err != nil {
		return nil, err
	}
	w.before = slices.Clone(w.Round.Steps)
	return w, w.need(stepCode)
}

// need points the case at the step of the act. A step of an initiative that has
// no round yet cannot be found, whoever asks.
func (w *work) need(code string) error {
	if code == "" {
		return nil
	}
	if w.Round != nil {
		w.Step = w.Round.Step(code)
	}
	if w.Step == nil {
		_, err := w.Require(w.Who, ReadInside)
		if err == nil || w.Initiative.State.Public() {
			err = notFound()
		}
		return err
	}
	return nil
}

// close writes what fn changed.
func (w *work) close(ctx context.Context) error {
	if w.Round != nil {
		w.Initiative.Ring, w.Initiative.Current, w.Initiative.Signed = w.Round.RingIn(w.Initiative.State), w.Round.Current(), w.Round.SignedCount()
		if err := w.m.saveSteps(ctx, w.before, w.Round.Steps); err != nil {
			return err
		}
	}
	w.Initiative.Moved = clock.Now(ctx)
	if err := w.m.update(ctx, w.Initiative); err != nil {
		return err
	}
	if areaOf(w.Initiative) != areaOf(w.was) {
		d, err := w.m.dossier(ctx, w.Initiative)
		if err != nil {
			return err
		}
		if err := w.m.found(ctx, w.Initiative); err != nil {
			return err
		}
		return w.m.retag(ctx, w.Initiative.ID, tagsOf(w.Case, d))
	}
	if w.Initiative.State != w.was.State || w.Initiative.Current != w.was.Current {
		return w.m.retag(ctx, w.Initiative.ID, stateTags(w.Initiative), ByState, ByStep, byReady)
	}
	return nil
}

// tell writes the event of the act. What happens before filing, and what is
// inside, is not public.
func (w *work) tell(ctx context.Context, kind string, public bool, data, text map[string]string) error {
	i := w.Initiative
	related := []event.Subject{{Kind: "body", ID: i.Sponsor}, {Kind: "body", ID: i.Ministry}, {Kind: "axis", ID: i.Axis}}
	if w.As.Body != "" {
		related = append(related, event.Subject{Kind: "body", ID: w.As.Body})
	}
	related = append(related, i.Origins()...)
	if data == nil {
		data = map[string]string{}
	}
	data["number"] = i.Number
	if w.As.Delegated {
		data["delegated"] = "yes"
	}
	_, err := w.m.log.Append(ctx, event.Event{
		Kind: kind, Subject: i.Subject(), Related: related, Public: public && i.State.Public(), Data: data, Text: text,
		Actor: event.Actor{Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body},
	})
	return err
}

// today is the city's day.
func (w *work) today(ctx context.Context) clock.Day {
	return clock.DayOf(clock.Now(ctx), w.Charter.City.Zone)
}
