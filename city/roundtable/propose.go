package roundtable

import (
	"context"
	"errors"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/id"
)

func notFound() error { return fault.New(fault.NotFound, "fault.notfound") }

// Thought is what an official files in under a minute.
type Thought struct {
	Title, Line string
	WhyNew      string // needed when a similar initiative exists
	Sponsor     string // a body of the official that takes it up at once; empty: not yet
}

// Propose files a raw thought, also outside the own area. When it is much like an
// initiative that exists, the official has to join that one or say why not.
func (m *Module) Propose(ctx context.Context, t Thought) (Initiative, error) {
	return m.ProposeFrom(ctx, t)
}

// ProposeFrom is Propose of something that has a history already, e.g. an idea of
// a citizen: the acts of the initiative stand in that history too.
func (m *Module) ProposeFrom(ctx context.Context, t Thought, origin ...event.Subject) (Initiative, error) {
	who := people.Me(ctx)
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return Initiative{}, err
	}
	as, err := Case{Charter: ch}.Require(who, Propose)
	if err != nil {
		return Initiative{}, err
	}
	if t.Sponsor != "" {
		if as, err = sponsorPost(ch, who, t.Sponsor); err != nil {
			return Initiative{}, err
		}
	}
	t.tidy()
	i := newInitiative(ctx, ch, who, as, t)
	i.Origin = originOf(origin)
	if err = m.unsent(ctx, i); err == nil {
		err = m.checkThought(ctx, ch, t)
	}
	if err == nil {
		err = m.db.Write(ctx, func(ctx context.Context) error { return m.create(ctx, ch, &i, who, as) })
	}
	var again sentTwice
	if errors.As(err, &again) {
		return again.first, nil
	}
	return i, err
}

// tidy trims what was typed.
func (t *Thought) tidy() {
	t.Title = strings.Join(strings.Fields(t.Title), " ")
	t.Line, t.WhyNew = strings.TrimSpace(t.Line), strings.TrimSpace(t.WhyNew)
}

// sentTwice says that the same person has just filed the same thought: a double
// click, or a form sent again.
type sentTwice struct{ first Initiative }

func (sentTwice) Error() string { return "the thought was filed already" }

// twiceWithin is for how long the same words are the same thought.
const twiceWithin = 10 * time.Minute

// unsent fails with sentTwice when the thought was filed a moment ago. The lock on
// the counter of numbers lets the second of two see the first.
func (m *Module) unsent(ctx context.Context, i Initiative) error {
	first, ok, err := db.Find[Initiative](ctx, m.db, `SELECT `+initiativeColumns+` FROM roundtable_initiative
		WHERE author = $1 AND title = $2 AND line = $3 AND created_at > $4 AND created_at <= $5 ORDER BY id LIMIT 1`, i.Author, i.Title, i.Line, i.Created.Add(-twiceWithin), i.Created)
	if err == nil && ok {
		err = sentTwice{first}
	}
	return err
}

// sponsorPost is the person's post in the body that is to sponsor.
func sponsorPost(ch *charter.Charter, who people.Standing, body string) (people.Holding, error) {
	h, in := who.In(body)
	if !in || !ch.MayPropose(body) {
		return h, fault.New(fault.Forbidden, "fault.forbidden")
	}
	return h, nil
}

func (m *Module) checkThought(ctx context.Context, ch *charter.Charter, t Thought) error {
	var c fault.Check
	c.Text("title", t.Title, true, TitleMax)
	c.Text("line", t.Line, true, LineMax)
	c.Text("why_new", t.WhyNew, false, ReasonMax)
	if err := c.Err(); err != nil {
		return err
	}
	near, err := m.Similar(ctx, t.Title+" "+t.Line, "")
	if err != nil {
		return err
	}
	if len(near) > 0 && near[0].Score >= ch.Adoption.SimilarExplain && len([]rune(t.WhyNew)) < RemarkMin {
		c.Fail("why_new", "roundtable.fault.explain", "title", near[0].Title)
	}
	return c.Err()
}

func newInitiative(ctx context.Context, ch *charter.Charter, who people.Standing, as people.Holding, t Thought) Initiative {
	now := clock.Now(ctx)
	i := Initiative{
		ID: id.New(), Charter: ch.Version.ID, State: Idea, Title: t.Title, Line: t.Line, WhyNew: t.WhyNew, Author: who.Person,
		AuthorBody: as.Body, Ministry: as.Ministry, Invented: who.Invented, Created: now, Moved: now, Version: 1,
		Ring: strings.Repeat("o", ch.Flow.Steps.Len()),
	}
	if t.Sponsor != "" {
		i.State, i.Sponsor = Draft, t.Sponsor
	}
	return i
}

// create writes a new initiative with its number, filters and event.
func (m *Module) create(ctx context.Context, ch *charter.Charter, i *Initiative, who people.Standing, as people.Holding) error {
	var err error
	if i.Number, err = m.nextNumber(ctx, ch); err != nil {
		return err
	}
	if err := m.unsent(ctx, *i); err != nil {
		return err
	}
	if err := m.db.Insert(ctx, "roundtable_initiative", *i); err != nil {
		return err
	}
	w := &work{Case: Case{Charter: ch, Initiative: *i}, m: m, Who: who, As: as}
	if err := m.retag(ctx, i.ID, tagsOf(w.Case, Dossier{})); err != nil {
		return err
	}
	if err := m.found(ctx, *i); err != nil {
		return err
	}
	m.db.AfterCommit(ctx, m.like.stale)
	return w.tell(ctx, EventProposed, false, nil, map[string]string{"title": i.Title, "line": i.Line})
}

// TakeUp makes a body of the person the sponsor of an idea.
func (m *Module) TakeUp(ctx context.Context, number, body string) error {
	return m.act(ctx, number, TakeUp, "", func(ctx context.Context, w *work) error {
		if err := w.Fits(TakeUp); err != nil {
			return err
		}
		as, err := sponsorPost(w.Charter, w.Who, body)
		if err != nil {
			return err
		}
		w.As = as
		w.Initiative.State, w.Initiative.Sponsor, w.Initiative.Ministry = Draft, body, as.Ministry
		if err := w.tell(ctx, EventTakenUp, false, map[string]string{"body": body}, nil); err != nil {
			return err
		}
		return w.retagAll(ctx)
	})
}

// retagAll renews every filter; for acts that change more than state and step.
func (w *work) retagAll(ctx context.Context) error {
	d, err := w.m.dossier(ctx, w.Initiative)
	if err != nil {
		return err
	}
	return w.m.retag(ctx, w.Initiative.ID, tagsOf(w.Case, d))
}

// JoinInto ends an idea or draft in favour of another initiative, whose history
// tells of it.
func (m *Module) JoinInto(ctx context.Context, number, into string) error {
	return m.act(ctx, number, Join, "", func(ctx context.Context, w *work) error {
		if err := w.Fits(Join); err != nil {
			return err
		}
		other, err := m.byNumber(ctx, into)
		if fault.Is(err, fault.NotFound) || err == nil && (other.ID == w.Initiative.ID || other.State == Joined) {
			return &fault.Error{Kind: fault.Invalid, Key: "fault.form", Args: []any{"count", 1}, Fields: []fault.Field{{Name: "into", Key: "roundtable.fault.into"}}}
		}
		if err != nil {
			return err
		}
		w.Initiative.Into = other.Number
		if err := w.joinEvent(ctx, other); err != nil {
			return err
		}
		w.Initiative.State = Joined
		return m.inherit(ctx, other, w.Initiative)
	})
}

// joinEvent stands in both histories; it is public when the other one is.
func (w *work) joinEvent(ctx context.Context, other Initiative) error {
	_, err := w.m.log.Append(ctx, event.Event{
		Kind: EventJoined, Subject: other.Subject(), Related: append(w.Initiative.Origins(), w.Initiative.Subject()), Public: other.State.Public(),
		Data:  map[string]string{"number": w.Initiative.Number, "into": other.Number},
		Actor: event.Actor{Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body},
	})
	return err
}
