package live

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/klauspost/compress/gzhttp"
)

// opening is the first thing on a stream: how soon the browser comes back after
// a cut, one to three seconds, so that not all come back at once. It also makes
// proxies pass the head of the answer on.
func opening() []byte { return fmt.Appendf(nil, "retry: %d\n\n", 1000+rand.IntN(2000)) }

// beat is a comment, which browsers ignore.
const beat = ":\n\n"

// Serve answers r with the changes of topics as server-sent events until the
// visitor leaves, a change ends the stream, the hub ends or the stream has lived
// its life. The browser's
// Last-Event-ID takes the place of what places say.
func (h *Hub) Serve(w http.ResponseWriter, r *http.Request, places ...Place) error {
	f, err := h.Follow(r.Context(), resumed(places, r.Header.Get("Last-Event-ID"))...)
	if err != nil {
		return err
	}
	defer f.Close()
	s := stream{w: w, out: http.NewResponseController(w), stall: h.opt.Stall}
	if err := s.open(); err != nil {
		return err
	}
	_ = s.run(r, f) // a visitor who left, or takes nothing, is nobody to tell
	return nil
}

// stream is one answer that goes on.
type stream struct {
	w     http.ResponseWriter
	out   *http.ResponseController
	stall time.Duration
}

// open sends the head. The limits of time that the server sets for usual
// requests would cut a stream, so they are lifted; each sending has its own.
func (s stream) open() error {
	if err := s.out.SetReadDeadline(time.Time{}); err != nil {
		return err
	}
	head := s.w.Header()
	head.Set("Content-Type", "text/event-stream")
	head.Set("Cache-Control", "no-store")
	head.Set("X-Accel-Buffering", "no") // proxies that would wait for more
	head.Set(gzhttp.HeaderNoCompression, "1")
	return s.send(opening())
}

// run sends what is new, a beat when nothing was for a while.
func (s stream) run(r *http.Request, f *Follower) error {
	beats := time.NewTicker(f.hub.opt.Heartbeat)
	defer beats.Stop()
	life := time.NewTimer(f.hub.opt.lifetime())
	defer life.Stop()
	for {
		select {
		case <-r.Context().Done():
			return r.Context().Err()
		case <-f.hub.ctx.Done():
			return nil
		case <-life.C:
			return nil
		case <-beats.C:
			if err := s.send([]byte(beat)); err != nil {
				return err
			}
		case <-f.wake:
			if err := s.pass(f); err != nil {
				return err
			}
		}
	}
}

// pass sends everything that the follower has not seen.
func (s stream) pass(f *Follower) error {
	if err := s.out.SetWriteDeadline(time.Now().Add(s.stall)); err != nil {
		return err
	}
	err := f.look(func(parts ...[]byte) error {
		for _, p := range parts {
			if _, err := s.w.Write(p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.out.Flush()
}

// send sends one text at once.
func (s stream) send(text []byte) error {
	if err := s.out.SetWriteDeadline(time.Now().Add(s.stall)); err != nil {
		return err
	}
	if _, err := s.w.Write(text); err != nil {
		return err
	}
	return s.out.Flush()
}
