package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// figure is a kind of request that is measured.
type figure struct {
	name string
	bar  float64 // ms of processor time
	n    int     // requests of a round
	ask  func(ctx context.Context, s *server, worker, i int) error
}

// reads are the figures of requests that change nothing.
func reads() []figure {
	return []figure{
		{"list page", 1.0, 1500, pageOf("lists")},
		{"list page, two filters", 1.0, 1500, pageOf("narrow")},
		{"initiative page", 0.8, 1500, pageOf("initiatives")},
		{"search as you type", 5, 600, pageOf("searches")},
		{"alike as you type", 5, 600, pageOf("likes")},
		{"home page", 0, 400, pageOf("home")},
		{"board", 0, 400, pageOf("board")},
		{"desk", 0, 400, pageOf("desk")},
	}
}

// initiatives measures the requests of the roundtable, and what memory the large
// server takes after all of them.
func (b *bench) initiatives(ctx context.Context, t *table) error {
	if err := b.requests(ctx, t, ofInitiatives, "direction", reads(), "memory after the load"); err != nil {
		return err
	}
	if !b.wants("sign") {
		return nil
	}
	return b.signatures(ctx, t)
}

// requests measures the chosen ones of some figures over the towns of a kind,
// and the memory that the large one's server takes afterwards under a name.
func (b *bench) requests(ctx context.Context, t *table, k kind, role string, figures []figure, memoryName string) error {
	chosen := b.chosen(figures)
	if len(chosen) == 0 && !b.wants(memoryName) {
		return nil
	}
	if err := b.seed(ctx, k); err != nil {
		return err
	}
	small, large := make([][]float64, len(chosen)), make([][]float64, len(chosen))
	memory, err := b.both(ctx, k, role, func(servers [2]*server) error {
		for _, f := range chosen {
			for _, s := range servers {
				if err := s.check(ctx, f); err != nil {
					return err
				}
			}
		}
		for round := range b.rounds {
			for n, f := range chosen {
				for i, to := range []*[]float64{&small[n], &large[n]} {
					ms, err := servers[i].measure(ctx, f)
					if err != nil {
						return fmt.Errorf("%s: %w", f.name, err)
					}
					*to = append(*to, ms)
				}
				b.say("round %d: %s: %.2f ms and %.2f ms", round+1, f.name, small[n][round], large[n][round])
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for n, f := range chosen {
		t.add(line{name: f.name, unit: "ms", small: small[n], large: large[n], bar: f.bar})
	}
	if b.wants(memoryName) {
		t.add(line{name: memoryName, unit: "MiB", large: []float64{memory}, bar: 120})
	}
	return nil
}

// chosen are those of some figures that are to be measured.
func (b *bench) chosen(figures []figure) []figure {
	return slices.DeleteFunc(figures, func(f figure) bool { return !b.wants(f.name) })
}

// both runs a server over each town while fn measures, and gives the MiB that
// the large one takes afterwards.
func (b *bench) both(ctx context.Context, k kind, role string, fn func([2]*server) error) (memory float64, err error) {
	var servers [2]*server
	for i, n := range []int{b.small, b.large} {
		s, err := b.open(ctx, k, b.town(k, n), role)
		if err != nil {
			return 0, err
		}
		defer func() { err = errors.Join(err, s.close()) }()
		servers[i] = s
	}
	if err := fn(servers); err != nil {
		return 0, err
	}
	now, _, err := servers[1].Memory()
	return float64(now) / (1 << 20), err
}

// starts measures the time from the start of the process to the first page.
func (b *bench) starts(ctx context.Context, t *table) error {
	if !b.wants("start") {
		return nil
	}
	l := line{name: "start to first answer", unit: "s", bar: 1}
	if err := b.seed(ctx, ofInitiatives); err != nil {
		return err
	}
	for range b.rounds {
		begin := time.Now()
		p, err := b.serve(ctx, b.town(ofInitiatives, b.large))
		if err != nil {
			return err
		}
		v := p.Visit()
		a, err := v.Get(ctx, "/iniciativas")
		took := time.Since(begin)
		v.Leave()
		if err == nil && a.Status != 200 {
			err = fmt.Errorf("the first answer has status %d", a.Status)
		}
		if err := errors.Join(err, p.Stop()); err != nil {
			return err
		}
		l.large = append(l.large, took.Seconds())
	}
	t.add(l)
	return nil
}
