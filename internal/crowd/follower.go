package crowd

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// heard is one change as it reached a follower. Times are unix microseconds.
type heard struct{ seq, at, made int64 }

// follower is one page that listens. What it heard is read when it has ended.
type follower struct {
	stream  string // address
	header  http.Header
	client  *http.Client
	lastID  string
	heard   []heard
	resyncs int
	cuts    int
}

// again is how long a page waits before it comes back.
const again = time.Second

// listen follows until ctx ends, and comes back when it is cut off. ready is
// called once the first stream is open.
func (f *follower) listen(ctx context.Context, ready func(error)) {
	for first := true; ctx.Err() == nil; first = false {
		err := f.once(ctx, func() {
			if first {
				ready(nil)
			}
		})
		if ctx.Err() != nil {
			return
		}
		if first && len(f.heard) == 0 && err != nil {
			ready(err)
			return
		}
		f.cuts++
		select {
		case <-ctx.Done():
		case <-time.After(again):
		}
	}
}

// once reads one stream to its end.
func (f *follower) once(ctx context.Context, open func()) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, f.stream, nil)
	if err != nil {
		return err
	}
	r.Header = f.header.Clone()
	r.Header.Set("Accept", "text/event-stream")
	if f.lastID != "" {
		r.Header.Set("Last-Event-ID", f.lastID)
	}
	resp, err := f.client.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if kind := resp.Header.Get("Content-Type"); resp.StatusCode != http.StatusOK || kind != "text/event-stream" {
		return fmt.Errorf("%s: %s, %s instead of a stream; may who asks follow this meeting?", f.stream, resp.Status, kind)
	}
	open()
	return f.read(resp.Body)
}

// read takes the events of a stream.
func (f *follower) read(in io.Reader) error {
	lines := bufio.NewReaderSize(in, 8<<10)
	var h heard
	name := ""
	for {
		line, long, err := lines.ReadLine()
		if err != nil {
			return err
		}
		switch text := string(line[:min(len(line), 128)]); {
		case strings.HasPrefix(text, "id: "):
			f.lastID = text[len("id: "):]
			h.seq = number(text[strings.LastIndexByte(text, ':')+1:])
		case strings.HasPrefix(text, "event: "):
			name = text[len("event: "):]
		case strings.HasPrefix(text, "data: "):
			h.at = time.Now().UnixMicro()
			_, made, _ := strings.Cut(text, `"at":`)
			h.made = number(made)
		case text == "" && name != "":
			f.take(name, h)
			h, name = heard{}, ""
		}
		for long && err == nil { // the rest of a line that is longer than the buffer
			_, long, err = lines.ReadLine()
		}
	}
}

// take notes an event. A resync is where the follower goes on from.
func (f *follower) take(name string, h heard) {
	if name == "resync" {
		f.resyncs++
		h.made = 0
	}
	f.heard = append(f.heard, h)
}

// number is the digits that a text begins with.
func number(text string) int64 {
	end := strings.IndexFunc(text, func(c rune) bool { return c < '0' || c > '9' })
	if end >= 0 {
		text = text[:end]
	}
	n, _ := strconv.ParseInt(text, 10, 64) // nothing is 0
	return n
}
