package town

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
)

const (
	cohort     = 500            // initiatives that live side by side, act by act
	actsAtOnce = 200            // acts of one transaction
	between    = 20 * time.Hour // between two acts on one initiative
	longest    = 45 * between   // no life is longer
)

// thread is an initiative on its way.
type thread struct {
	plan
	number string
	begin  time.Time
}

// Live has initiatives come and go from the cast's first day until yesterday,
// and adds comments until there are so many events at least. said hears how many
// initiatives there are so far; it may be nil.
func (t *Town) Live(ctx context.Context, c *Cast, initiatives, events int, said func(n int)) error {
	p := &planner{t: t, c: c, r: rand.New(rand.NewPCG(2, 2))}
	span := time.Since(c.Begin) - longest - 48*time.Hour
	for first := 0; first < initiatives; first += cohort {
		var threads []*thread
		for n := first; n < min(first+cohort, initiatives); n++ {
			threads = append(threads, &thread{plan: p.life(), begin: c.Begin.Add(24*time.Hour + span/time.Duration(initiatives)*time.Duration(n))})
		}
		if err := t.live(ctx, threads); err != nil {
			return err
		}
		if said != nil {
			said(first + len(threads))
		}
	}
	return t.chat(ctx, p, events)
}

// turn is when a thread does its n-th act; 0 proposes it.
type turn struct {
	*thread
	n int
}

// live plays the lives of a cohort side by side: the rows of one initiative lie
// as far from each other as they would in a city.
func (t *Town) live(ctx context.Context, threads []*thread) error {
	var all []turn
	for n := 0; ; n++ {
		before := len(all)
		for _, th := range threads {
			if n <= len(th.acts) {
				all = append(all, turn{th, n})
			}
		}
		if len(all) == before {
			break
		}
	}
	for first := 0; first < len(all); first += actsAtOnce {
		err := t.DB.Write(ctx, func(ctx context.Context) error {
			for _, s := range all[first:min(first+actsAtOnce, len(all))] {
				if err := t.play(ctx, s); err != nil {
					return fmt.Errorf("%s %q: act %d: %w", s.number, s.thought.Title, s.n, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *Town) play(ctx context.Context, s turn) error {
	ctx = clock.At(ctx, s.begin.Add(time.Duration(s.n)*between))
	if s.n > 0 {
		a := s.acts[s.n-1]
		return a.do(people.With(ctx, a.by), t.Roundtable, s.number)
	}
	i, err := t.Roundtable.Propose(people.With(ctx, s.by), s.thought)
	s.number = i.Number
	return err
}

// chat has officials comment until there are so many events.
func (t *Town) chat(ctx context.Context, p *planner, events int) error {
	have, err := db.One[int](ctx, t.DB, `SELECT count(*) FROM event_event`)
	if err != nil {
		return err
	}
	numbers, err := db.Query[string](ctx, t.DB, `SELECT number FROM roundtable_initiative WHERE state = 'filed' ORDER BY number`)
	if err != nil || len(numbers) == 0 {
		return err
	}
	ctx = clock.At(ctx, time.Now().Add(-24*time.Hour))
	for have < events {
		err := t.DB.Write(ctx, func(ctx context.Context) error {
			for range min(actsAtOnce, events-have) {
				if err := t.Roundtable.Discuss(people.With(ctx, pick(p.r, p.c.Directions)), pick(p.r, numbers), pick(p.r, remarks)); err != nil {
					return err
				}
				have++
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
