package crash

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"

	"ronda/internal/program"
)

// visitor is a person at a browser.
type visitor struct {
	email string
	*program.Visitor
}

// step is the next thing in a life: it gives the write to send, nil when there
// is none. It may wait, until ctx ends.
type step func(ctx context.Context) (*write, error)

// writer lives one life after another, as far as the program lets it.
type writer struct {
	r        *rand.Rand
	begin    func(r *rand.Rand) []step
	visitors func() []*visitor // whose browsers go on elsewhere after a kill

	life    []step // what is left of it
	pending *write // of the first step, sent at least once
}

// work goes on until the program is down or ctx ends.
func (w *writer) work(ctx context.Context, j *journal, down *atomic.Bool) error {
	for ctx.Err() == nil && !down.Load() {
		if err := w.one(ctx, j, down); err != nil {
			return err
		}
	}
	return nil
}

// one sends the next write and notes what was answered.
func (w *writer) one(ctx context.Context, j *journal, down *atomic.Bool) error {
	x, err := w.next(ctx)
	if err != nil || x == nil {
		return err
	}
	a, err := x.by.Post(ctx, x.path, x.form...)
	switch {
	case a.Status == 0 && !down.Load():
		return fmt.Errorf("%s: no answer from a program that runs: %w", x, err)
	case a.Status == 0:
		j.doubt(x)
		return nil
	case !x.acknowledges(a):
		return fmt.Errorf("%s: answered %d %s, want a way to %q", x, a.Status, a.To, x.to)
	}
	j.acknowledge(x)
	if x.answer != nil {
		x.answer(a)
	}
	w.done()
	return nil
}

// next is what to send now; nil when ctx ended before there was something.
func (w *writer) next(ctx context.Context) (*write, error) {
	for w.pending == nil {
		if len(w.life) == 0 {
			w.life = w.begin(w.r)
		}
		x, err := w.life[0](ctx)
		if ctx.Err() != nil {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if w.pending = x; x == nil {
			w.done()
		}
	}
	return w.pending, nil
}

func (w *writer) done() { w.life, w.pending = w.life[1:], nil }

// resume readies the writer for a program that was started again, once the
// journal knows what became of its last write.
func (w *writer) resume(p *program.Process) {
	switch x := w.pending; {
	case x == nil:
	case x.once:
		w.life, w.pending = nil, nil
	case x.landed && x.answer == nil:
		w.done()
	}
	for _, v := range w.visitors() {
		v.Return(p)
	}
}
