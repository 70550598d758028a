package live

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"ronda/platform/i18n"
	"ronda/platform/web"
)

// heard is one event as a browser takes it.
type heard struct{ id, name, data string }

func parse(parts ...[]byte) heard {
	e, _ := next(bufio.NewReader(bytes.NewReader(bytes.Join(parts, nil))))
	return e
}

// next reads up to the end of an event; comments and retry are skipped.
func next(in *bufio.Reader) (e heard, err error) {
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return e, err
		}
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ":")
		value = strings.TrimPrefix(value, " ")
		switch name {
		case "id":
			e.id = value
		case "event":
			e.name = value
		case "data":
			e.data += value
		case "":
			if e != (heard{}) && line == "\n" {
				return e, nil
			}
		}
	}
}

func position(s string) (topic string, seq int64) {
	topic, number, _ := strings.Cut(s, ":")
	seq, _ = strconv.ParseInt(number, 10, 64)
	return topic, seq
}

// site serves the hub behind the middleware of every page and with limits of
// time as short as a test can have them.
func site(t *testing.T, h *Hub) string {
	t.Helper()
	words, err := i18n.New(fstest.MapFS{"messages.es.toml": {Data: []byte(`"a" = "a"`)}, "messages.en.toml": {Data: []byte(`"a" = "a"`)}})
	must(t, err)
	s := &web.Site{Catalogue: words, Log: slog.New(slog.DiscardHandler)}
	s.Mux().Get("/live", func(w http.ResponseWriter, r *http.Request) error {
		at, _ := strconv.ParseInt(r.URL.Query().Get("at"), 10, 64)
		return h.Serve(w, r, Place{"a", at}, Place{"b", 0})
	})
	handler, err := s.Handler()
	must(t, err)
	srv := httptest.NewUnstartedServer(handler)
	srv.Config.ReadTimeout, srv.Config.WriteTimeout = 50*time.Millisecond, 50*time.Millisecond
	srv.Start()
	t.Cleanup(srv.Close)
	t.Cleanup(h.Close) // before the server, which waits for its answers
	return srv.URL + "/live"
}

func listen(t *testing.T, url, lastEventID string) (*bufio.Reader, http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	must(t, err)
	req.Header.Set("Accept-Encoding", "gzip")
	if lastEventID != "" {
		req.Header.Set("Last-Event-ID", lastEventID)
	}
	resp, err := (&http.Client{Timeout: 20 * time.Second}).Do(req)
	must(t, err)
	t.Cleanup(func() { resp.Body.Close() })
	return bufio.NewReader(resp.Body), resp.Header
}

func hear(t *testing.T, in *bufio.Reader, id, name, data string) {
	t.Helper()
	e, err := next(in)
	must(t, err)
	if want := (heard{id, name, data}); e != want {
		t.Fatalf("heard %+v, want %+v", e, want)
	}
}

func TestAStreamGoesOnBeyondTheServersLimits(t *testing.T) {
	s := newShelf()
	h := hubOf(t, s, Options{})
	in, head := listen(t, site(t, h), "")
	if head.Get("Content-Encoding") != "" || head.Get("Content-Type") != "text/event-stream" || head.Get("No-Gzip-Compression") != "" {
		t.Errorf("head %v", head)
	}
	all := func(string) bool { return true }
	for n := 1; n <= 4; n++ {
		time.Sleep(40 * time.Millisecond) // together beyond both limits
		s.add("a", 1)
		h.Wake(all)
		hear(t, in, fmt.Sprintf("a:%d b:0", n), "change", fmt.Sprintf("a %d", n))
	}
	s.add("b", 1)
	h.Wake(func(topic string) bool { return topic == "b" })
	hear(t, in, "a:4 b:1", "change", "b 1")
}

func TestTheBrowserComesBackToWhereItWas(t *testing.T) {
	s := newShelf()
	s.set("a", 7)
	s.set("b", 3)
	h := hubOf(t, s, Options{})
	url := site(t, h)
	in, _ := listen(t, url+"?at=1", "a:6 b:3 c:9 b:x")
	hear(t, in, "a:7 b:3", "change", "a 7")

	small := hubOf(t, s, Options{Keep: 2})
	in, _ = listen(t, site(t, small)+"?at=1", "")
	hear(t, in, "a:7 b:0", nameResync, "a:7")
	hear(t, in, "a:7 b:3", nameResync, "b:3")
}

func TestChangesOfAnotherCopyAreFound(t *testing.T) {
	s := newShelf()
	in, _ := listen(t, site(t, hubOf(t, s, Options{Poll: 5 * time.Millisecond})), "")
	s.add("a", 1) // nobody wakes this hub
	hear(t, in, "a:1 b:0", "change", "a 1")
}

func TestASilentStreamBeats(t *testing.T) {
	in, _ := listen(t, site(t, hubOf(t, newShelf(), Options{Heartbeat: 5 * time.Millisecond})), "")
	want := regexp.MustCompile(`^retry: [12]\d\d\d\n\n` + beat + beat + `$`)
	got := make([]byte, len(opening())+2*len(beat))
	if _, err := io.ReadFull(in, got); err != nil || !want.Match(got) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestStreamsEndWithTheHubAndWithTheirLife(t *testing.T) {
	h := hubOf(t, newShelf(), Options{})
	in, _ := listen(t, site(t, h), "")
	h.Close()
	if _, err := io.ReadAll(in); err != nil {
		t.Errorf("after the hub's end: %v", err)
	}
	in, _ = listen(t, site(t, hubOf(t, newShelf(), Options{Life: time.Millisecond})), "")
	if _, err := io.ReadAll(in); err != nil {
		t.Errorf("after its life: %v", err)
	}
}

// A change of who may follow is heard, and then everybody is asked again.
func TestAChangeOfWhoMayFollowEndsTheStream(t *testing.T) {
	s := newShelf()
	s.ends = 2
	in, _ := listen(t, site(t, hubOf(t, s, Options{Poll: time.Millisecond})), "")
	s.add("a", 3)
	hear(t, in, "a:1 b:0", "change", "a 1")
	hear(t, in, "a:2 b:0", "change", "a 2")
	if rest, err := io.ReadAll(in); err != nil || len(rest) != 0 {
		t.Errorf("then comes %q, %v", rest, err)
	}
}

// Streams that begin together, after a start of the program, do not come back
// together.
func TestLivesDiffer(t *testing.T) {
	lives := map[time.Duration]bool{}
	for range 50 {
		l := Options{Life: time.Hour}.lifetime()
		if lives[l] = true; l > time.Hour || l < 45*time.Minute {
			t.Errorf("a life of %v", l)
		}
	}
	if len(lives) < 25 {
		t.Errorf("%d lives of 50 streams", len(lives))
	}
}

// Who takes nothing is cut off after a while and holds nobody meanwhile.
func TestAReaderThatTakesNothingHoldsNobody(t *testing.T) {
	s := newShelf()
	s.pad = strings.Repeat("x", 256<<10) // soon fills what lies between the hub and the browser
	h := hubOf(t, s, Options{Stall: 30 * time.Millisecond})
	url := site(t, h)
	listen(t, url, "") // and never reads
	in, _ := listen(t, url, "")
	for n := 1; h.Followers() > 1; n++ {
		s.add("a", 1)
		h.Wake(func(string) bool { return true })
		hear(t, in, fmt.Sprintf("a:%d b:0", n), "change", fmt.Sprintf("a %d%s", n, s.pad))
	}
}
