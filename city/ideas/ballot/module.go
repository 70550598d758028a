package ballot

import (
	"context"
	"embed"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/web"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "ballot", FS: migrations}

// Conclusion is a published result, as the module of ideas takes it.
type Conclusion struct {
	Method   Method
	Digest   string // SHA-256 of the file of ballots, in hex
	Override bool
	Reason   string
}

// Deps is what the module works with.
type Deps struct {
	DB       *db.DB
	Log      *event.Log
	Charters *charter.Store
	People   *people.Module
	Source   Source
	// Conclude gives the challenge its outcome, in the running transaction.
	Conclude func(ctx context.Context, challenge string, chosen []string, how Conclusion) error
	// SignIn is the address of the sign-in page that returns to back; may be nil.
	SignIn func(back string) string
}

// Module is the vote of the city's challenges.
type Module struct {
	Deps
	style web.Asset // what the common stylesheet has no words for
}

// New makes the vote over its neighbours.
func New(d Deps) *Module { return &Module{d, web.NewAsset("ballot.css", stylesheet)} }

// contest gives the contest of a challenge with its policy case.
func (m *Module) contest(ctx context.Context, number string) (Case, error) {
	c, err := m.Source.Contest(ctx, number)
	if err != nil {
		return Case{}, err
	}
	ch, err := m.Charters.Current(ctx)
	return Case{Charter: ch, Contest: c}, err
}

// Vote is a contest as one person meets it.
type Vote struct {
	Contest
	Options []Option // that can be voted for, in this person's own order
	Barred  []Option // that cannot: see Bar
	Mine    Ballot   // what counts of the person's ballot
	Used    int      // of the limit
	Cost    int64    // what the person's choice costs together, in centavos
	Voters  int      // who has a ballot now
	Pair    []Option // Pairs: the two to choose between; empty when none is left
	Pairs   int      // Pairs: how many duels there are in all
}

// Left is how much of the limit is left; ok is false when there is none.
func (v Vote) Left() (left int, ok bool) {
	limit := v.Limit(len(v.Options))
	return max(limit-v.Used, 0), limit > 0
}

// Vote is the contest of a challenge for the person of the context, who may be
// nobody.
func (m *Module) Vote(ctx context.Context, number string) (v Vote, err error) {
	defer fault.Wrap(&err, "Vote(%s)", number)
	if v.Contest, err = m.Source.Contest(ctx, number); err != nil {
		return v, err
	}
	all, err := m.Source.Options(ctx, v.Contest)
	if err != nil {
		return v, err
	}
	me := people.Me(ctx).Person
	order := me
	if me == "" { // a visitor: another order every day
		order = string(clock.DayOf(clock.Now(ctx), clock.Now(ctx).Location()))
	}
	v.Options = Shuffled(v.Votable(all), v.ID, order)
	for _, o := range all {
		if bar := v.Bar(o); bar != "" && bar != Gone {
			v.Barred = append(v.Barred, o)
		}
	}
	if err := m.fill(ctx, &v, me); err != nil || v.Kind() != Pairs {
		return v, err
	}
	return v, m.nextPair(ctx, &v)
}

// fill adds what is stored: the person's ballot and how many vote.
func (m *Module) fill(ctx context.Context, v *Vote, person string) error {
	poll, _, err := m.poll(ctx, v.ID)
	if err != nil {
		return err
	}
	v.Voters = poll.Voters
	if person == "" {
		return nil
	}
	mine, err := m.ballot(ctx, v.ID, person)
	if err != nil {
		return err
	}
	v.Mine, v.Used = v.Counting(mine, v.Options), v.Contest.Used(mine, v.Options)
	for _, o := range v.Options {
		if _, in := v.Mine[Key{Idea: o.Number}]; in {
			v.Cost += o.Cost
		}
	}
	return nil
}
