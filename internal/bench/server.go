package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"ronda/internal/program"
	"ronda/platform/db"
)

const (
	workers = 16  // requests at a time
	warmUp  = 200 // requests of a kind before the first is counted
)

// server is a program under load.
type server struct {
	*program.Process
	paths    paths
	browsers []*program.Visitor // one a worker, signed in
	tags     [workers]string    // what each knows of a file that may change
	data     *db.DB             // what the program works on, for figures that change it beside
}

func (b *bench) open(ctx context.Context, k kind, dir, role string) (*server, error) {
	p, err := b.serve(ctx, dir)
	if err != nil {
		return nil, err
	}
	s := &server{Process: p}
	if s.paths, err = pathsOf(ctx, k, dir); err == nil {
		s.browsers, err = enter(ctx, p, role)
	}
	if err == nil {
		err = p.Rest(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, p.Stop())
	}
	return s, nil
}

// enter opens a browser for each worker.
func enter(ctx context.Context, p *program.Process, role string) ([]*program.Visitor, error) {
	var out []*program.Visitor
	for range workers {
		v := p.Visit()
		if err := v.Enter(ctx, role); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

func (s *server) close() error {
	for _, v := range s.browsers {
		v.Leave()
	}
	return s.Stop()
}

// pageOf asks for the addresses of a name in turn.
func pageOf(name string) func(context.Context, *server, int, int) error {
	return func(ctx context.Context, s *server, worker, i int) error {
		list := s.paths[name]
		path := list[i%len(list)]
		a, err := s.browsers[worker].Get(ctx, path)
		if err == nil && a.Status != http.StatusOK {
			err = fmt.Errorf("%s: status %d", path, a.Status)
		}
		return err
	}
}

// check warms the server up for a figure.
func (s *server) check(ctx context.Context, f figure) error {
	if err := s.load(ctx, warmUp, f.ask); err != nil {
		return fmt.Errorf("%s: %w", f.name, err)
	}
	return nil
}

// measure gives the processor time of one request in ms.
func (s *server) measure(ctx context.Context, f figure) (float64, error) {
	before, err := s.CPU()
	if err != nil {
		return 0, err
	}
	if err := s.load(ctx, f.n, f.ask); err != nil {
		return 0, err
	}
	after, err := s.CPU()
	return per(after-before, f.n), err
}

func per(d time.Duration, n int) float64 { return d.Seconds() * 1000 / float64(n) }

// load does n requests, workers at a time; the first error ends it.
func (s *server) load(ctx context.Context, n int, ask func(ctx context.Context, s *server, worker, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	for worker := range workers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				if err := ask(ctx, s, worker, i); err != nil {
					cancel(err)
				}
			}
		})
	}
	wg.Wait()
	return context.Cause(ctx)
}
