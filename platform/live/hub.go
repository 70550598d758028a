package live

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"ronda/platform/fault"
)

// Change is one numbered change of a topic. Data is what followers receive, of
// one line or several; it is shared by all of them and must not be altered.
type Change struct {
	Seq  int64
	Name string // of the event in the browser, e.g. "change"
	Data []byte
	Ends bool // who may follow may have changed: streams end with it, and the browser comes back to be admitted anew
}

// Source is where the changes of a topic are kept. Numbers begin at 1 and have
// no holes.
type Source interface {
	// Last is the number of the newest change, 0 before the first.
	Last(ctx context.Context, topic string) (int64, error)
	// After gives the changes with a greater number, oldest first, limit at most.
	After(ctx context.Context, topic string, seq int64, limit int) ([]Change, error)
}

// Options are the bounds of a hub; a zero field takes the usual one.
type Options struct {
	Poll      time.Duration // how often changes of other copies are looked for; 150 ms
	Heartbeat time.Duration // how often a silent stream says that it lives; 15 s
	Life      time.Duration // after which a stream ends, so that the browser comes back and is admitted anew, or up to a quarter sooner; 1 h
	Stall     time.Duration // how long a follower may take to accept what is sent; 10 s
	Linger    time.Duration // how long a topic that nobody follows is kept; 30 s
	Keep      int           // changes of a topic that are kept for those who were away; 512
	KeepBytes int           // and their bytes at most; 1 MiB
	Followers int           // streams at one time; 20,000
	Log       *slog.Logger  // nil: the default
}

func (o Options) usual() Options {
	set(&o.Poll, 150*time.Millisecond)
	set(&o.Heartbeat, 15*time.Second)
	set(&o.Life, time.Hour)
	set(&o.Stall, 10*time.Second)
	set(&o.Linger, 30*time.Second)
	set(&o.Keep, 512)
	set(&o.KeepBytes, 1<<20)
	set(&o.Followers, 20_000)
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o
}

// lifetime is the life of one stream: those that began together do not end so.
func (o Options) lifetime() time.Duration { return o.Life - rand.N(o.Life/4+1) }

func set[T comparable](field *T, usual T) {
	var none T
	if *field == none {
		*field = usual
	}
}

// Hub keeps the recent changes of the topics that are followed and wakes their
// followers. It is safe for concurrent use.
type Hub struct {
	source Source
	opt    Options
	ctx    context.Context // of the goroutines that read topics; ends with Close
	end    context.CancelFunc
	pumps  sync.WaitGroup

	mu        sync.Mutex // guards what follows
	topics    map[string]*topic
	followers int
}

// New is a hub over source. Close ends it.
func New(source Source, opt Options) *Hub {
	ctx, end := context.WithCancel(context.Background())
	return &Hub{source: source, opt: opt.usual(), ctx: ctx, end: end, topics: map[string]*topic{}}
}

// Close ends every stream and returns when nothing of the hub runs any more. A
// server calls it before it waits for its requests, which streams would delay.
func (h *Hub) Close() {
	h.mu.Lock() // no topic begins its goroutine from here on
	h.end()
	h.mu.Unlock()
	h.pumps.Wait()
}

// Wake has the hub look at once for changes of the topics that want reports
// true for, e.g. after this copy of the program has made one.
func (h *Hub) Wake(want func(topic string) bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for name, t := range h.topics {
		if want(name) {
			t.poke()
		}
	}
}

// Followers is how many streams are open.
func (h *Hub) Followers() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.followers
}

// enter counts a follower in and holds its topics open.
func (h *Hub) enter(places []Place) ([]*topic, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ctx.Err() != nil || h.followers >= h.opt.Followers {
		return nil, fault.New(fault.Unavailable, "fault.unavailable")
	}
	h.followers++
	topics := make([]*topic, len(places))
	for i, p := range places {
		t := h.topics[p.Topic]
		if t == nil {
			t = newTopic(h, p.Topic)
			h.topics[p.Topic] = t
			h.pumps.Go(t.pump)
		}
		t.holds++
		topics[i] = t
	}
	return topics, nil
}

// leave undoes enter.
func (h *Hub) leave(topics []*topic) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.followers--
	for _, t := range topics {
		t.holds--
		t.idle = time.Now()
	}
}

// retire forgets a topic that nobody has followed for a while.
func (h *Hub) retire(t *topic) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if t.holds > 0 || time.Since(t.idle) < h.opt.Linger {
		return false
	}
	delete(h.topics, t.name)
	return true
}
