package ballot

import (
	"context"

	"ronda/city/people"
	"ronda/method/choice/rank"
	"ronda/platform/fault"
)

func closed() error { return fault.New(fault.Conflict, "ideas.ballot.closed") }

func notFound() error { return fault.New(fault.NotFound, "fault.notfound") }

// Cast does one tap on the ballot of the person of the context: it counts at
// once. Faults: Forbidden without an account, Conflict when the vote is not open,
// when the ballot is full, or when the idea cannot be voted for.
func (m *Module) Cast(ctx context.Context, number string, t Tap) (err error) {
	defer fault.Wrap(&err, "Cast(%s)", number)
	return m.CastAll(ctx, number, t)
}

// CastAll does several taps on the ballot of the person of the context, all or
// none: what Cast does, with the options read once. Faults as in Cast.
func (m *Module) CastAll(ctx context.Context, number string, taps ...Tap) error {
	c, err := m.contest(ctx, number)
	if err != nil {
		return err
	}
	me := people.Me(ctx)
	if _, err := c.Require(me, VoteIn); err != nil {
		return err
	}
	if c.Contest.Stage != Voting {
		return closed()
	}
	all, err := m.Source.Options(ctx, c.Contest)
	if err != nil {
		return err
	}
	options := c.Contest.Votable(all)
	return m.DB.Write(ctx, func(ctx context.Context) error {
		for _, t := range taps {
			if err := m.cast(ctx, c.Contest, me.Person, t, options); err != nil {
				return err
			}
		}
		return nil
	})
}

// cast is the tap inside its transaction.
func (m *Module) cast(ctx context.Context, c Contest, person string, t Tap, options []Option) error {
	open, err := m.enter(ctx, c)
	if err != nil {
		return err
	}
	if !open {
		return closed()
	}
	was, err := m.ballot(ctx, c.ID, person)
	if err != nil {
		return err
	}
	is, err := c.Tap(was, t, options)
	if err != nil {
		return err
	}
	if c.Kind() == Pairs {
		if err := m.countDuel(ctx, c.ID, t.Key, was[t.Key], is[t.Key]); err != nil {
			return err
		}
	}
	return m.save(ctx, c.ID, person, was, is)
}

// nextPair finds the two options that the person should be asked about next.
func (m *Module) nextPair(ctx context.Context, v *Vote) error {
	v.Pairs = len(v.Options) * (len(v.Options) - 1) / 2
	if v.Stage != Voting || len(v.Options) < 2 {
		return nil
	}
	met, err := m.duels(ctx, v.ID)
	if err != nil {
		return err
	}
	strengths, err := v.strengths(met)
	if err != nil {
		return err
	}
	a, b, ok := rank.NextPair(strengths, func(a, b int) bool {
		_, seen := v.Mine[pairOf(v.Options[a], v.Options[b])]
		return seen
	})
	if ok {
		v.Pair = []Option{v.Options[a], v.Options[b]}
	}
	return nil
}

// strengths weighs the options by the duels so far.
func (v Vote) strengths(met []duel) ([]rank.Strength, error) {
	at := make(map[string]int, len(v.Options))
	for i, o := range v.Options {
		at[o.Number] = i
	}
	var duels []rank.Duel
	times := make([]int64, len(v.Options))
	for _, d := range met {
		a, isA := at[d.Idea]
		b, isB := at[d.Other]
		if !isA || !isB {
			continue
		}
		times[a], times[b] = times[a]+d.Met, times[b]+d.Met
		if d.First+d.Second > 0 {
			duels = append(duels, rank.Duel{A: a, B: b, WinsA: d.First, WinsB: d.Second})
		}
	}
	out, _, err := rank.BradleyTerry(len(v.Options), duels)
	for i := range out {
		out[i].Duels = times[i]
	}
	return out, err
}

// pairOf is the key of a duel.
func pairOf(a, b Option) Key {
	return Key{min(a.Number, b.Number), max(a.Number, b.Number)}
}
