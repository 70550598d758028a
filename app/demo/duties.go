package demo

import (
	"context"
	"time"

	"ronda/city/ideas/ballot"
	"ronda/city/ideas/jury"
	"ronda/city/people"
	"ronda/city/roundtable"
)

// duties is what can be done to a challenge beside what its rules say, by what
// the files call it.
var duties = map[string]func(context.Context, *council, *tender, deed) error{
	"change_rules": changeRules,
	"seal": func(ctx context.Context, c *council, t *tender, d deed) error {
		return c.Jury.Seal(ctx, t.number, d.Places)
	},
	"publish": publish,
	"count": func(ctx context.Context, c *council, _ *tender, _ deed) error {
		return c.Ballot.Tick(people.With(ctx, people.Standing{})) // the clock counts, nobody else
	},
	"show": func(ctx context.Context, c *council, t *tender, d deed) error {
		return c.Ballot.Publish(ctx, t.number, ballot.Choice{Reason: d.Text})
	},
}

// challenge is the life of a challenge: drafted, opened, closed by the clock, and
// what the file says beside.
func (c *council) challenge(t *tender) {
	r := t.Rules
	if r == nil {
		return
	}
	c.do(c.days.work(r.Drafted).Add(begins+50*time.Minute), r.By, t.Name, func(ctx context.Context) error {
		made, err := c.Ideas.CreateChallenge(ctx, r.of(c.teller))
		t.number, t.id = made.Number, made.ID
		return err
	})
	if r.StaysDraft {
		return
	}
	c.do(c.days.work(r.Opens).Add(begins+time.Minute), r.By, t.Name, func(ctx context.Context) error { return c.Ideas.Open(ctx, t.number) })
	if closes := c.days.work(r.Closes).Add(ends); c.past(closes) {
		c.do(closes.Add(time.Minute), "", t.Name, func(ctx context.Context) error { return c.Ideas.Tick(people.With(ctx, people.Standing{})) })
	}
	for _, d := range t.Acts {
		c.do(c.days.work(d.Day).Add(begins+6*time.Hour), d.By, t.Name+": "+d.Do, func(ctx context.Context) error { return duties[d.Do](ctx, c, t, d) })
	}
}

// publish makes the result of a jury known as the ranking gives it; of equal
// ideas the first ones fill the places.
func publish(ctx context.Context, c *council, t *tender, d deed) error {
	o, err := c.Jury.Outcome(ctx, t.number)
	if err != nil {
		return err
	}
	given, tied := jury.Given(o.Ranking, o.Places)
	chosen := append(given, tied...)
	return c.Jury.Publish(ctx, t.number, jury.Choice{Chosen: chosen[:min(len(chosen), o.Places)], Reason: d.Text})
}

// changeRules moves the closing to another day, with a reason.
func changeRules(ctx context.Context, c *council, t *tender, d deed) error {
	t.Rules.Closes = d.Closes
	now, err := c.Ideas.Challenge(ctx, t.number)
	if err != nil {
		return err
	}
	changed := now.Rules
	changed.Closes = c.days.work(d.Closes).Add(ends)
	return c.Ideas.ChangeRules(ctx, t.number, changed, d.Text)
}

// fromIdeas makes the initiative of the chapter of ideas that people had.
func fromIdeas(ctx context.Context, s scene) error {
	var numbers []string
	for _, key := range s.Ideas {
		numbers = append(numbers, s.thoughts[key].number)
	}
	i, err := s.teller.Ideas.TakeUp(ctx, numbers, s.Body, roundtable.Thought{Title: s.Title, Line: s.Line, WhyNew: s.WhyNew})
	s.number, s.subject = i.Number, i.Subject()
	return err
}
