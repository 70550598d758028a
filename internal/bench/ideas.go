package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"ronda/app"
	"ronda/internal/program"
	"ronda/internal/town"
)

// thoughts are the figures of the City of Ideas that change nothing.
func thoughts() []figure {
	return []figure{
		{"ideas: list page", 1.0, 1500, pageOf("idea lists")},
		{"ideas: idea page", 0.6, 1500, pageOf("ideas")},
		{"ideas: search", 5, 600, pageOf("idea searches")},
		{"ideas: alike as you type", 20, 600, pageOf("idea likes")},
	}
}

const (
	supported = 2000 // supports of a round
	created   = 1000 // ideas of a round, all at once
)

// ideas measures the requests of the City of Ideas.
func (b *bench) ideas(ctx context.Context, t *table) error {
	if err := b.requests(ctx, t, ofIdeas, "citizen", thoughts(), "ideas: memory after the load"); err != nil {
		return err
	}
	support, create := line{name: "ideas: support, durable", unit: "ms", bar: 0.5}, line{name: "ideas: create", unit: "ms", bar: 1.5}
	arrived := line{name: "ideas: 1,000 created at once, arrived", unit: "", bar: created, least: true}
	if !b.wants(support.name) && !b.wants(create.name) {
		return nil
	}
	if err := b.seed(ctx, ofIdeas); err != nil {
		return err
	}
	for round := range b.rounds {
		for _, n := range []int{b.small, b.large} {
			r, err := b.voiceRound(ctx, n)
			if err != nil {
				return fmt.Errorf("supports and ideas of a town of %d: %w", n, err)
			}
			if n == b.small {
				support.small, create.small = append(support.small, r.support), append(create.small, r.create)
				continue
			}
			support.large, create.large, arrived.large = append(support.large, r.support), append(create.large, r.create), append(arrived.large, r.arrived)
		}
		b.say("round %d: support %.2f ms and %.2f ms, create %.2f ms and %.2f ms", round+1, support.small[round], support.large[round], create.small[round], create.large[round])
	}
	for _, l := range []line{support, create, arrived} {
		t.add(l)
	}
	return nil
}

// voices is what a round of writing found.
type voices struct{ support, create, arrived float64 }

// voiceRound has citizens support ideas and write new ones in a fresh copy.
func (b *bench) voiceRound(ctx context.Context, n int) (r voices, err error) {
	dir, err := b.fresh(ofIdeas, n)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := openThinkers(ctx, dir); err != nil {
		return r, err
	}
	s, err := b.open(ctx, ofIdeas, dir, "citizen")
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	citizens, err := thinkers(ctx, s.Process)
	if err != nil {
		return r, err
	}
	numbers := s.paths["ideas"]
	give := func(ctx context.Context, who int) error {
		for i := range supported / town.Thinkers {
			if err := moved(citizens[who].Post(ctx, numbers[(who*31+i*7)%len(numbers)]+"/apoyar")); err != nil {
				return err
			}
		}
		return nil
	}
	if r.support, err = b.cost(ctx, s, dir, give); err != nil {
		return r, err
	}
	r.support /= float64(supported / town.Thinkers * town.Thinkers)
	var there atomic.Int64
	write := func(ctx context.Context, who int) error {
		for i := range created / town.Thinkers {
			a, err := citizens[who].Post(ctx, "/ideas/nueva", "title", fmt.Sprintf("Bebedero %d con sombra para la plaza %d", i, who), "place", "flores",
				"text", fmt.Sprintf("En la plaza %d no hay dónde tomar agua; con un bebedero y un árbol al lado alcanza. Van %d.", who, i))
			if err == nil && a.Status == http.StatusSeeOther && strings.HasPrefix(a.To, "/ideas/IDEA-") {
				there.Add(1)
			}
		}
		return nil
	}
	if r.create, err = b.cost(ctx, s, dir, write); err != nil {
		return r, err
	}
	r.create, r.arrived = r.create/created, float64(there.Load())
	return r, nil
}

// openThinkers opens the doors of those who write in a copy.
func openThinkers(ctx context.Context, dir string) (err error) {
	t, err := town.Open(ctx, app.Config{Data: dir})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	return t.OpenThinkers(ctx)
}

// thinkers opens a browser for each citizen with a door, all from different
// networks: from one not so much may come in an hour.
func thinkers(ctx context.Context, p *program.Process) ([]*program.Visitor, error) {
	out := make([]*program.Visitor, town.Thinkers)
	for i := range out {
		out[i] = p.VisitFrom(fmt.Sprintf("127.0.1.%d", i+1))
		if err := out[i].Enter(ctx, fmt.Sprintf("citizen-%d", i)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// moved turns an answer that leads on into no error.
func moved(a program.Answer, err error) error {
	if err == nil && a.Status != http.StatusSeeOther {
		err = fmt.Errorf("status %d", a.Status)
	}
	return err
}

// cost has all thinkers act at once and gives the ms of processor time that the
// server takes for it, with what it leaves to do.
func (b *bench) cost(ctx context.Context, s *server, dir string, act func(ctx context.Context, who int) error) (float64, error) {
	if err := b.idle(ctx, dir); err != nil {
		return 0, err
	}
	before, err := s.CPU()
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	for who := range town.Thinkers {
		wg.Go(func() {
			if err := act(ctx, who); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return 0, err
	}
	if err := b.idle(ctx, dir); err != nil {
		return 0, err
	}
	after, err := s.CPU()
	return per(after-before, 1), err
}
