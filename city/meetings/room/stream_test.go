package room

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ronda/platform/live"
)

// follower is a page that listens.
type follower struct {
	w  *world
	in *bufio.Reader
}

// follow opens the stream that the page of somebody names.
func (w *world) follow(who, lang, lastEventID string) follower {
	w.t.Helper()
	srv := httptest.NewServer(w.handler)
	w.t.Cleanup(srv.Close)
	w.t.Cleanup(w.rooms.Close) // streams end before their server
	_, rest, _ := strings.Cut(w.get(who, viewFollow).body, `data-live="`)
	path, _, _ := strings.Cut(rest, `"`)
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, srv.URL+path, nil)
	w.must(err)
	r.Header.Set("X-Who", who)
	r.Header.Set("Accept-Language", lang)
	r.Header.Set("Last-Event-ID", lastEventID)
	resp, err := (&http.Client{Timeout: 20 * time.Second}).Do(r)
	w.must(err)
	w.t.Cleanup(func() { resp.Body.Close() })
	return follower{w, bufio.NewReader(resp.Body)}
}

// next is the next change and the id of its event.
func (f follower) next() (m message, id string) {
	f.w.t.Helper()
	for {
		line, err := f.in.ReadString('\n')
		f.w.must(err)
		if text, ok := strings.CutPrefix(line, "id: "); ok {
			id = strings.TrimSpace(text)
		}
		if text, ok := strings.CutPrefix(line, "data: "); ok {
			f.w.must(json.Unmarshal([]byte(text), &m))
			return m, id
		}
	}
}

// until reads up to a kind of change.
func (f follower) until(kind string) message {
	f.w.t.Helper()
	for seq := int64(0); ; {
		m, _ := f.next()
		if seq != 0 && m.Seq != seq+1 {
			f.w.t.Fatalf("change %d after %d", m.Seq, seq)
		}
		if seq = m.Seq; m.Kind == kind {
			return m
		}
	}
}

func TestFollowersHearWhatHappens(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.done(chair, viewLead, "act", "begin")
		spanish, english := w.follow(guest, "es", ""), w.follow(reader, "en", "")
		w.done(chair, viewLead, "act", "open", "item", w.items[0].ID)
		m := spanish.until("item_opened")
		if m.Say != "Punto en curso: Eco Bici al sur" || !strings.Contains(m.Parts[partNow], "Eco Bici al sur") || !strings.Contains(m.Parts[partItem+w.items[0].ID], "En curso") {
			t.Errorf("heard %+v", m)
		}
		if m := english.until("item_opened"); m.Say != "Item in course: Eco Bici al sur" {
			t.Errorf("heard %+v", m)
		}
		w.done(chair, viewLead, "act", "close", "item", w.items[0].ID, "outcome", "decision", "what", "Ir al sur")
		if m := spanish.until("item_closed"); !strings.Contains(m.Parts[partRecord], "Ir al sur") {
			t.Errorf("heard %+v", m)
		}
	})
}

func TestFollowersHearNothingOfPrivateItems(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.done(chair, viewLead, "act", "begin")
		inside, outside := w.follow(guest, "es", ""), w.follow(reader, "es", "")
		w.done(chair, viewLead, "act", "open", "item", w.items[2].ID)
		if m := inside.until("item_opened"); !strings.Contains(m.Say, "Asunto reservado") {
			t.Errorf("a guest heard %+v", m)
		}
		m, _ := outside.next() // nothing says of what it is, nor when it was
		if m.At != 0 || m.Kind != "" || m.Say != "" || len(m.Parts) != 0 {
			t.Errorf("a reader heard %+v", m)
		}
		w.done(chair, viewLead, "act", "open", "item", w.items[0].ID)
		if m := outside.until("item_opened"); !strings.Contains(m.Say, "Eco Bici") || strings.Contains(fmt.Sprint(m), "reservado") {
			t.Errorf("a reader heard %+v", m)
		}
	})
}

// ended reads what is left and checks that the stream ends after it.
func (f follower) ended() {
	f.w.t.Helper()
	rest, err := io.ReadAll(f.in)
	if err != nil || strings.Contains(string(rest), "data:") {
		f.w.t.Fatalf("goes on with %q, %v", rest, err)
	}
}

// Who is taken off the list is asked again at once, and hears what everybody may.
func TestWhoIsUninvitedHearsNoMore(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		f := w.follow(guest, "es", "")
		w.must(w.m.Uninvite(w.as(secretary), w.number, "post:"+guest))
		f.until("guests")
		f.ended()
		w.done(chair, viewLead, "act", "begin")
		again := w.follow(guest, "es", "")
		w.done(chair, viewLead, "act", "open", "item", w.items[2].ID)
		if m, _ := again.next(); m.Kind != "" || m.Say != "" {
			t.Errorf("heard %+v", m)
		}
	})
}

// A chair who was replaced is asked again too, and what is sent through their
// eyes holds no private items any more.
func TestAReplacedChairHearsNoMore(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		f := w.follow(chair, "es", "")
		h, err := w.rooms.hall(w.as(chair), w.number)
		w.must(err)
		topic, x := h.topicOf("es"), h.Meeting
		x.Chair = guest
		_, err = w.m.EditMeeting(w.as(secretary), w.number, x.Version, x)
		w.must(err)
		f.until("guests")
		f.ended()
		w.must(w.m.Uninvite(w.as(secretary), w.number, "post:"+chair))
		w.must(w.m.Begin(w.as(guest), w.number))
		w.must(w.m.OpenItem(w.as(guest), w.number, w.items[2].ID))
		changes, err := (&source{rooms: w.rooms, words: w.words}).After(w.as(nobody), topic, x.Seq, 100)
		w.must(err)
		for _, c := range changes {
			if strings.Contains(string(c.Data), "reservado") || strings.Contains(string(c.Data), "item_opened") {
				t.Errorf("is sent %s", c.Data)
			}
		}
	})
}

func TestAFollowerComesBackToWhereItWas(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.done(chair, viewLead, "act", "begin")
		f := w.follow(guest, "es", "")
		w.done(chair, viewLead, "act", "in", "key", "post:"+guest)
		_, id := f.next()
		w.done(guest, viewFollow, "act", "ask")
		w.done(chair, viewLead, "act", "open", "item", w.items[0].ID)
		back := w.follow(guest, "es", id) // its page was rendered later; the browser knows better
		if m, _ := back.next(); m.Kind != "asked" {
			t.Errorf("heard %+v first", m)
		}
		back.until("item_opened")
	})
}

// Two copies of the program serve one database; nobody wakes the other's hub.
func TestAnotherCopyOfTheProgramHears(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		other := *w
		other.rooms = New(Deps{Meetings: w.m, People: w.rooms.people, Words: w.words, Live: live.Options{Poll: 10 * time.Millisecond}})
		other.serve()
		f := other.follow(guest, "es", "")
		w.done(chair, viewLead, "act", "begin")
		f.until("began")
	})
}
