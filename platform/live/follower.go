package live

import (
	"context"
	"errors"
	"strconv"
	"strings"
)

// Place is where a follower stands in a topic: it has seen the changes up to
// Seq. A topic's name holds letters, digits and "/._-" alone.
type Place struct {
	Topic string
	Seq   int64
}

// Follower receives the changes of some topics. It is used by one goroutine.
type Follower struct {
	hub    *Hub
	topics []*topic
	at     []int64
	wake   chan struct{}
	frames []frame // reused from one look to the next
}

// Follow begins to follow topics from the given places. Close ends it. It is
// Unavailable when too many follow, or the hub has ended.
func (h *Hub) Follow(ctx context.Context, places ...Place) (*Follower, error) {
	topics, err := h.enter(places)
	if err != nil {
		return nil, err
	}
	f := &Follower{hub: h, topics: topics, wake: make(chan struct{}, 1)}
	for i, p := range places {
		f.at = append(f.at, p.Seq)
		if err := topics[i].admit(ctx, f, p.Seq); err != nil {
			f.Close()
			return nil, err
		}
	}
	f.poke()
	return f, nil
}

// Close ends following.
func (f *Follower) Close() {
	for _, t := range f.topics {
		t.dismiss(f)
	}
	f.hub.leave(f.topics)
}

// poke says that there may be something to see.
func (f *Follower) poke() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// errEnds says that a change ended the stream.
var errEnds = errors.New("who may follow may have changed")

// look hands everything that the follower has not seen to send, as the parts of
// one event, and moves on. What send fails on counts as seen. It is errEnds after
// a change that ends streams.
func (f *Follower) look(send func(parts ...[]byte) error) error {
	for i, t := range f.topics {
		frames, last, lost := t.since(f.at[i], f.frames[:0])
		if lost {
			frames = append(frames, resyncFrame(t.name, last))
		}
		f.frames = frames
		for _, fr := range frames {
			f.at[i] = fr.seq
			if err := f.send(fr, send); err != nil {
				return err
			}
			if fr.ends {
				return errEnds
			}
		}
		clear(frames) // hold no text that the topic has forgotten
	}
	return nil
}

// send gives one event its id: that of the frame is enough for one topic.
func (f *Follower) send(fr frame, send func(parts ...[]byte) error) error {
	if len(f.topics) == 1 {
		return send(fr.text)
	}
	return send([]byte("id: "+f.position()+"\n"), fr.text[fr.head:])
}

// position is where the follower stands in all its topics.
func (f *Follower) position() string {
	var b strings.Builder
	for i, t := range f.topics {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.name + ":" + strconv.FormatInt(f.at[i], 10))
	}
	return b.String()
}

// resumed is places moved on to where a Last-Event-ID says that the follower
// stood. Topics it does not name, and what is no position, change nothing.
func resumed(places []Place, lastEventID string) []Place {
	out := append([]Place(nil), places...)
	for part := range strings.FieldsSeq(lastEventID) {
		name, number, _ := strings.Cut(part, ":")
		seq, err := strconv.ParseInt(number, 10, 64)
		for i := range out {
			if out[i].Topic == name && err == nil && seq >= 0 {
				out[i].Seq = seq
			}
		}
	}
	return out
}
