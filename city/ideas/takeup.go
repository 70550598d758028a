package ideas

import (
	"context"
	"slices"

	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// takeUpMost is how many ideas become one initiative at most.
const takeUpMost = 20

// TakeUp makes an initiative of the roundtable of one idea or several, in the
// name of a body of the person that may propose. The initiative keeps the ideas,
// and their families, as its origin; everybody who wrote or supported them
// follows it from birth. An empty title or line is the first idea's own.
func (m *Module) TakeUp(ctx context.Context, numbers []string, body string, t roundtable.Thought) (roundtable.Initiative, error) {
	who := people.Me(ctx)
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return roundtable.Initiative{}, err
	}
	if _, err := (Case{Charter: ch}).Require(who, MayTakeUp); err != nil {
		return roundtable.Initiative{}, err
	}
	as, in := who.In(body)
	if !in || !ch.MayPropose(body) {
		return roundtable.Initiative{}, fault.New(fault.Forbidden, "fault.forbidden")
	}
	numbers = slices.Compact(slices.Sorted(slices.Values(numbers)))
	if len(numbers) == 0 || len(numbers) > takeUpMost {
		return roundtable.Initiative{}, bad("ideas", "ideas.fault.take_up", "max", takeUpMost)
	}
	var made roundtable.Initiative
	err = m.db.Write(ctx, func(ctx context.Context) (err error) {
		made, err = m.takeUp(ctx, who, as, numbers, t)
		return err
	})
	return made, err
}

func (m *Module) takeUp(ctx context.Context, who people.Standing, as people.Holding, numbers []string, t roundtable.Thought) (made roundtable.Initiative, err error) {
	var acts []*work
	var origin []event.Subject
	for _, number := range numbers { // in order, so that two acts cannot wait for each other
		w, err := m.begin(ctx, number, MayTakeUp)
		if err != nil {
			return made, err
		}
		if err := w.in(Published); err != nil {
			return made, err
		}
		if w.Idea.Initiative != "" {
			return made, fault.New(fault.Conflict, "ideas.fault.taken_up")
		}
		w.As = as
		acts = append(acts, w)
		origin = append(origin, w.Idea.Subject())
		if w.Idea.Family != "" {
			origin = append(origin, event.Subject{Kind: SubjectFamily, ID: w.Idea.Family})
		}
	}
	t.Sponsor = as.Body
	if t.Title == "" {
		t.Title = acts[0].Idea.Title
	}
	if t.Line == "" {
		t.Line = lineOf(acts[0].Idea.Text)
	}
	if made, err = m.roundtable.ProposeFrom(ctx, t, origin...); err != nil {
		return made, err
	}
	for _, w := range acts {
		if err := w.became(ctx, made); err != nil {
			return made, err
		}
	}
	return made, nil
}

// became ties the idea to the initiative that came of it. Its title is not told
// in public: the initiative is in preparation.
func (w *work) became(ctx context.Context, made roundtable.Initiative) error {
	w.Idea.Outcome, w.Idea.Initiative = TakenUp, made.Number
	if err := w.m.subscribe(ctx, w.Case, made.Subject()); err != nil {
		return err
	}
	if err := w.tell(ctx, tale{kind: EventTakenUp, public: true, data: map[string]string{"initiative": made.Number, "body": w.As.Body}, also: []event.Subject{made.Subject()}}); err != nil {
		return err
	}
	if err := w.close(ctx); err != nil || w.Idea.Challenge == "" {
		return err
	}
	return w.m.challengeTakenUp(ctx, w.Challenge.Number)
}

// subscribe makes author, co-authors and supporters of an idea follow what came
// of it.
func (m *Module) subscribe(ctx context.Context, c Case, to event.Subject) error {
	persons, err := db.Query[string](ctx, m.db, `SELECT person FROM ideas_support WHERE idea = $1`, c.Idea.ID)
	if err != nil {
		return err
	}
	persons = append(persons, c.Idea.Author)
	for _, k := range c.Kin {
		persons = append(persons, k.Person)
	}
	slices.Sort(persons)
	for _, p := range slices.Compact(persons) {
		if p == "" || gone(p) {
			continue
		}
		if err := m.follow(ctx, p, to); err != nil {
			return err
		}
	}
	return nil
}

// challengeTakenUp brings a challenge whose result is published to the next phase
// when the first of its ideas is taken up.
func (m *Module) challengeTakenUp(ctx context.Context, number string) error {
	c, err := m.lockChallenge(ctx, number)
	if err != nil || c.Phase != PhaseChosen {
		return err
	}
	row, err := c.pack()
	if err != nil {
		return err
	}
	w, err := m.byClock(ctx, row)
	if err != nil {
		return err
	}
	if err := w.advance(ctx, PhaseTakenUp, "", true); err != nil {
		return err
	}
	return m.updateChallenge(ctx, w.Challenge)
}
