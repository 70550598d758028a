package live

import (
	"context"
	"sync"
	"time"
)

// readAtOnce is how many changes are asked of the source at one time.
const readAtOnce = 64

// topic is the recent changes of one topic and who follows them.
type topic struct {
	hub   *Hub
	name  string
	wake  chan struct{}
	holds int       // guarded by the hub
	idle  time.Time // since when nobody holds it; guarded by the hub

	reading sync.Mutex // one reads the source at a time

	mu        sync.Mutex // guards what follows
	open      bool       // the number of the newest change is known
	last      int64
	ring      ring
	followers map[*Follower]struct{}
}

func newTopic(h *Hub, name string) *topic {
	return &topic{hub: h, name: name, wake: make(chan struct{}, 1), followers: map[*Follower]struct{}{},
		ring: ring{most: h.opt.Keep, bytesMost: h.opt.KeepBytes}}
}

// poke has the pump look at once.
func (t *topic) poke() {
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// pump reads what is new until the hub ends or nobody follows any more.
func (t *topic) pump() {
	pause := t.hub.opt.Poll
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		select {
		case <-t.hub.ctx.Done():
			return
		case <-t.wake:
		case <-tick.C:
			if t.hub.retire(t) {
				return
			}
		}
		err := t.read(t.hub.ctx)
		if err != nil && t.hub.ctx.Err() == nil {
			t.hub.opt.Log.WarnContext(t.hub.ctx, "live: changes not read", "topic", t.name, "error", err)
		}
		if next := t.pause(pause, err); next != pause {
			pause = next
			tick.Reset(pause)
		}
	}
}

// pauseMax is how long a source that fails is left alone at most.
const pauseMax = 5 * time.Second

// pause is until when the source is asked again: soon, or later and later while
// it fails.
func (t *topic) pause(last time.Duration, err error) time.Duration {
	if err == nil {
		return t.hub.opt.Poll
	}
	return max(t.hub.opt.Poll, min(2*last, pauseMax))
}

// read brings the topic up to date with its source. The first time it reads as
// much of the past as it keeps, for those who come back.
func (t *topic) read(ctx context.Context) error {
	t.reading.Lock()
	defer t.reading.Unlock()
	last, open := t.state()
	if !open {
		var err error
		if last, err = t.hub.source.Last(ctx, t.name); err != nil {
			return err
		}
		t.begin(max(0, last-int64(t.hub.opt.Keep)))
		last = max(0, last-int64(t.hub.opt.Keep))
	}
	for {
		changes, err := t.hub.source.After(ctx, t.name, last, readAtOnce)
		if err != nil {
			return err
		}
		last = t.add(changes)
		if len(changes) < readAtOnce {
			t.opened()
			return nil
		}
	}
}

func (t *topic) state() (last int64, open bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.last, t.open
}

// begin says after which number the topic's changes will be read.
func (t *topic) begin(last int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = last
}

func (t *topic) opened() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.open = true
}

// add keeps new changes, each as the bytes that every follower is sent, and
// wakes the followers.
func (t *topic) add(changes []Change) (last int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	grown := false
	for _, c := range changes {
		if c.Seq <= t.last {
			continue
		}
		t.ring.push(frameOf(t.name, c))
		t.last, grown = c.Seq, true
	}
	if grown {
		for f := range t.followers {
			f.poke()
		}
	}
	return t.last
}

// admit counts a follower in. One that stands beyond the newest change was told
// of it by another copy of the program, so the source is asked again.
func (t *topic) admit(ctx context.Context, f *Follower, at int64) error {
	if last, open := t.state(); !open || at > last {
		if err := t.read(ctx); err != nil {
			return err
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.followers[f] = struct{}{}
	return nil
}

func (t *topic) dismiss(f *Follower) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.followers, f)
}

// since gives what a follower at a number has not seen yet. lost is true when
// part of that is no longer kept, or the follower stands beyond the newest
// change: it must read its state anew and go on from last.
func (t *topic) since(at int64, out []frame) (frames []frame, last int64, lost bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if at > t.last {
		return out, t.last, true
	}
	if at == t.last {
		return out, at, false
	}
	frames, whole := t.ring.after(at, out)
	return frames, t.last, !whole
}
