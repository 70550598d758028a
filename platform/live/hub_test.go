package live

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ronda/platform/fault"
)

// shelf is a Source in memory, in the place of the database.
type shelf struct {
	mu   sync.Mutex
	last map[string]int64
	fail error
	pad  string // behind each text
	ends int64  // the number of the change that ends streams
}

func newShelf() *shelf { return &shelf{last: map[string]int64{}} }

func (s *shelf) add(topic string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last[topic] += int64(n)
}

func (s *shelf) set(topic string, last int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last[topic] = last
}

func (s *shelf) Last(_ context.Context, topic string) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last[topic], s.fail
}

func (s *shelf) After(_ context.Context, topic string, seq int64, limit int) ([]Change, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Change
	for n := seq + 1; n <= s.last[topic] && len(out) < limit; n++ {
		out = append(out, Change{Seq: n, Name: "change", Data: fmt.Appendf(nil, "%s %d%s", topic, n, s.pad), Ends: n == s.ends})
	}
	return out, s.fail
}

func hubOf(t interface{ Cleanup(func()) }, s Source, opt Options) *Hub {
	if opt.Poll == 0 {
		opt.Poll = time.Hour // tests say when to look
	}
	h := New(s, opt)
	t.Cleanup(h.Close)
	return h
}

// reader is a follower and what its page has heard of each topic.
type reader struct {
	f    *Follower
	seen map[string]int64
}

// hear takes what is there. It fails on a change that is not the next one and on
// a text that is not of its number; resyncs move on.
func (r *reader) hear(topics []string) (resyncs int, err error) {
	err = r.f.look(func(parts ...[]byte) error {
		e := parse(parts...)
		if e.name == nameResync {
			resyncs++
			topic, seq := position(e.data)
			r.seen[topic] = seq
			return nil
		}
		for _, topic := range topics {
			if e.data == fmt.Sprintf("%s %d", topic, r.seen[topic]+1) {
				r.seen[topic]++
				if got := resumed(places(topics, nil), e.id); !standsAt(got, topic, r.seen[topic]) {
					return fmt.Errorf("id %q does not say that %s is at %d", e.id, topic, r.seen[topic])
				}
				return nil
			}
		}
		return fmt.Errorf("heard %q after %v", e.data, r.seen)
	})
	return resyncs, err
}

func places(topics []string, at map[string]int64) []Place {
	var out []Place
	for _, t := range topics {
		out = append(out, Place{t, at[t]})
	}
	return out
}

func standsAt(places []Place, topic string, seq int64) bool {
	for _, p := range places {
		if p.Topic == topic {
			return p.Seq == seq
		}
	}
	return false
}

// Whatever happens in whatever order - changes, slow readers, cuts, coming back,
// topics nobody follows - each follower hears every number once and in order, or
// a resync where it missed some, and in the end knows of the newest change.
func TestEveryFollowerHearsAllOrResyncs(t *testing.T) {
	topics := []string{"a", "b"}
	rapid.Check(t, func(t *rapid.T) {
		s := newShelf()
		h := hubOf(t, s, Options{Keep: rapid.IntRange(1, 9).Draw(t, "keep"), KeepBytes: rapid.SampledFrom([]int{90, 1 << 20}).Draw(t, "bytes")})
		readers := map[int]*reader{}
		away := map[int]map[string]int64{}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			who := rapid.IntRange(0, 3).Draw(t, "who")
			switch r := readers[who]; rapid.IntRange(0, 4).Draw(t, "act") {
			case 0:
				s.add(rapid.SampledFrom(topics).Draw(t, "topic"), rapid.IntRange(1, 12).Draw(t, "n"))
			case 1:
				lookAll(t, h)
			case 2:
				if r != nil {
					must(t, r.hearAll(topics))
				}
			case 3:
				if r == nil {
					readers[who] = follow(t, h, topics, away[who])
				}
			case 4:
				if r != nil {
					r.f.Close()
					readers[who], away[who] = nil, r.seen
				}
			}
		}
		lookAll(t, h)
		for _, r := range readers {
			if r == nil {
				continue
			}
			must(t, r.hearAll(topics))
			for topic, last := range s.last {
				if r.seen[topic] != last {
					t.Fatalf("%s: heard up to %d of %d", topic, r.seen[topic], last)
				}
			}
			r.f.Close()
		}
		if n := h.Followers(); n != 0 {
			t.Fatalf("%d followers left", n)
		}
	})
}

func (r *reader) hearAll(topics []string) error { _, err := r.hear(topics); return err }

func follow(t *rapid.T, h *Hub, topics []string, at map[string]int64) *reader {
	r := &reader{seen: map[string]int64{}}
	for topic, seq := range at {
		r.seen[topic] = seq
	}
	var err error
	r.f, err = h.Follow(context.Background(), places(topics, r.seen)...)
	must(t, err)
	return r
}

// lookAll reads every topic at once, as the pumps do.
func lookAll(t *rapid.T, h *Hub) {
	h.mu.Lock()
	var all []*topic
	for _, x := range h.topics {
		all = append(all, x)
	}
	h.mu.Unlock()
	for _, x := range all {
		must(t, x.read(context.Background()))
	}
}

func must(t interface{ Fatal(...any) }, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhoWasAwayTooLongIsToldToReadAnew(t *testing.T) {
	s := newShelf()
	s.set("a", 100)
	h := hubOf(t, s, Options{Keep: 10})
	for _, c := range []struct {
		name    string
		at      int64
		resyncs int
	}{{"kept", 95, 0}, {"forgotten", 50, 1}, {"of a database that was put back", 300, 1}} {
		f, err := h.Follow(t.Context(), Place{"a", c.at})
		must(t, err)
		r := &reader{f, map[string]int64{"a": c.at}}
		resyncs, err := r.hear([]string{"a"})
		must(t, err)
		if resyncs != c.resyncs || r.seen["a"] != 100 {
			t.Errorf("%s: %d resyncs, heard up to %d", c.name, resyncs, r.seen["a"])
		}
		f.Close()
	}
}

func TestTheBytesOfAChangeAreShared(t *testing.T) {
	s := newShelf()
	h := hubOf(t, s, Options{})
	var texts []*byte
	for range 2 {
		f, err := h.Follow(t.Context(), Place{Topic: "a"})
		must(t, err)
		defer f.Close()
		s.set("a", 1)
		must(t, h.topics["a"].read(t.Context()))
		must(t, f.look(func(parts ...[]byte) error { texts = append(texts, &parts[0][0]); return nil }))
	}
	if len(texts) != 2 || texts[0] != texts[1] {
		t.Error("each follower got bytes of its own")
	}
}

func TestAHubTakesNoMoreThanItsBound(t *testing.T) {
	h := hubOf(t, newShelf(), Options{Followers: 1})
	f, err := h.Follow(t.Context(), Place{Topic: "a"})
	must(t, err)
	if _, err := h.Follow(t.Context(), Place{Topic: "a"}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("the second got %v", err)
	}
	f.Close()
	if f, err = h.Follow(t.Context(), Place{Topic: "a"}); err != nil {
		t.Fatal(err)
	}
	f.Close()
}

func TestASourceThatFailsIsAskedAgain(t *testing.T) {
	s := newShelf()
	h := hubOf(t, s, Options{})
	s.fail = errors.New("no database")
	if _, err := h.Follow(t.Context(), Place{Topic: "a"}); err == nil {
		t.Fatal("followed what cannot be read")
	}
	if h.Followers() != 0 {
		t.Fatal("who was turned away is still counted")
	}
	s.fail = nil
	f, err := h.Follow(t.Context(), Place{Topic: "a"})
	must(t, err)
	f.Close()
}

func TestASourceThatFailsIsLeftAloneForAWhile(t *testing.T) {
	x := newTopic(hubOf(t, newShelf(), Options{Poll: time.Second}), "a")
	bad, pause := errors.New("no database"), time.Second
	for _, want := range []time.Duration{2 * time.Second, 4 * time.Second, 5 * time.Second, 5 * time.Second} {
		if pause = x.pause(pause, bad); pause != want {
			t.Errorf("waits %v, want %v", pause, want)
		}
	}
	if pause = x.pause(pause, nil); pause != time.Second {
		t.Errorf("afterwards it waits %v", pause)
	}
}

func TestATopicThatNobodyFollowsIsForgotten(t *testing.T) {
	h := hubOf(t, newShelf(), Options{Poll: time.Millisecond, Linger: time.Millisecond})
	f, err := h.Follow(t.Context(), Place{Topic: "a"})
	must(t, err)
	f.Close()
	for held := 1; held > 0; time.Sleep(time.Millisecond) { // ends with the test's own limit
		h.mu.Lock()
		held = len(h.topics)
		h.mu.Unlock()
	}
}
