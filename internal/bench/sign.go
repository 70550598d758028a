package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"

	"ronda/app"
	"ronda/internal/program"
	"ronda/internal/town"
)

const (
	signers  = 8   // who sign at a time
	signMost = 600 // signatures of a round; the small town has fewer
)

// signatures measures what it costs to sign a step: the request itself, and all
// that follows from it, from the record to notices. Each round begins with a
// fresh copy of the town in which the evidence is complete.
func (b *bench) signatures(ctx context.Context, t *table) error {
	l := line{name: "sign a step", unit: "ms", bar: 1.5}
	if err := b.seed(ctx, ofInitiatives); err != nil {
		return err
	}
	for round := range b.rounds {
		for n, to := range map[int]*[]float64{b.small: &l.small, b.large: &l.large} {
			ms, err := b.signRound(ctx, n)
			if err != nil {
				return fmt.Errorf("sign a step: %w", err)
			}
			*to = append(*to, ms)
		}
		b.say("round %d: sign a step: %.2f ms and %.2f ms", round+1, l.small[round], l.large[round])
	}
	t.add(l)
	return nil
}

func (b *bench) signRound(ctx context.Context, n int) (ms float64, err error) {
	dir, err := b.fresh(ofInitiatives, n)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	work, err := ready(ctx, dir)
	if err != nil {
		return 0, err
	}
	p, err := b.serve(ctx, dir)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, p.Stop()) }()
	offices, err := office(ctx, p, work)
	if err != nil {
		return 0, err
	}
	if err := p.Rest(ctx); err != nil {
		return 0, err
	}
	warm := len(work) / 10
	if _, err := b.sign(ctx, p, dir, offices, work[:warm]); err != nil {
		return 0, err
	}
	return b.sign(ctx, p, dir, offices, work[warm:])
}

// ready completes the evidence of the copy.
func ready(ctx context.Context, dir string) (work []town.Signable, err error) {
	t, err := town.Open(ctx, app.Config{Data: dir})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	return t.Ready(ctx, signMost)
}

// desks are the browsers of one signer, by office.
type desks map[string]*program.Visitor

// office opens the browsers of the signers.
func office(ctx context.Context, p *program.Process, work []town.Signable) ([]desks, error) {
	out := make([]desks, signers)
	for i := range out {
		out[i] = desks{}
		for _, w := range work {
			for _, s := range w.Steps {
				if out[i][s.Office] != nil {
					continue
				}
				out[i][s.Office] = p.Visit()
				if err := out[i][s.Office].Enter(ctx, s.Office); err != nil {
					return nil, err
				}
			}
		}
	}
	return out, nil
}

// sign signs every step of the work and gives the processor time of one
// signature in ms, with what it left to do.
func (b *bench) sign(ctx context.Context, p *program.Process, dir string, offices []desks, work []town.Signable) (float64, error) {
	if err := b.idle(ctx, dir); err != nil {
		return 0, err
	}
	before, err := p.CPU()
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	jobs := make(chan town.Signable)
	var wg sync.WaitGroup
	for i := range signers {
		wg.Go(func() {
			for w := range jobs {
				if err := signAll(ctx, offices[i], w); err != nil {
					cancel(err)
				}
			}
		})
	}
	signed := 0
	for _, w := range work {
		jobs <- w
		signed += len(w.Steps)
	}
	close(jobs)
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return 0, err
	}
	if err := b.idle(ctx, dir); err != nil {
		return 0, err
	}
	after, err := p.CPU()
	return per(after-before, signed), err
}

func signAll(ctx context.Context, d desks, w town.Signable) error {
	for _, s := range w.Steps {
		a, err := d[s.Office].Post(ctx, "/iniciativas/"+w.Number+"/pasos/"+s.Code+"/firmar", "note", "")
		if err != nil {
			return err
		}
		if a.Status != http.StatusSeeOther {
			return fmt.Errorf("signing %s of %s: status %d", s.Code, w.Number, a.Status)
		}
	}
	return nil
}
