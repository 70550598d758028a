package ideas

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"ronda/city/people"
	"ronda/platform/fault"
)

const secret = "a-secret-of-a-visitor-that-is-long"

// TestAVisitorsDraftBecomesAnIdea: written without an account, sent with one, held
// because it is the first, and published by a moderator.
func TestAVisitorsDraftBecomesAnIdea(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		visit := With(w.as(), Visitor{Network: "10.0.0.1", Secret: secret})
		d, err := w.SaveDraft(visit, Draft{Title: "Bebederos", Text: someText})
		w.must(err)
		if _, err := w.Draft(With(w.as(), Visitor{Secret: "another secret of another visitor"}), d.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("another visitor reads it: %v", err)
		}
		if _, err := w.Send(visit, d.ID); !fault.Is(err, fault.Forbidden) {
			t.Errorf("sent without an account: %v", err)
		}
		signed := With(w.citizen("ana"), Visitor{Secret: secret})
		i, err := w.Send(signed, d.ID)
		w.must(err)
		if i.State != Held || i.Number != "IDEA-2026-00001" || !i.HeldUntil.Equal(w.now.Add(doorHold)) {
			t.Errorf("sent: %+v", i)
		}
		if again, err := w.Send(signed, d.ID); err != nil || again.ID != i.ID {
			t.Errorf("sent twice: %v, %v", again.Number, err)
		}
		if _, err := w.Idea(w.citizen("bruno"), i.Number); !fault.Is(err, fault.NotFound) {
			t.Errorf("others see a held idea: %v", err)
		}
		queue, _, err := w.Queue(w.as(coordinator), "")
		if w.must(err); len(queue) != 1 || queue[0].Kind != MatterHeld || queue[0].Number != i.Number {
			t.Errorf("queue: %+v", queue)
		}
		w.must(w.Approve(w.as(coordinator), i.Number))
		v, err := w.Idea(w.as(), i.Number)
		w.must(err)
		if v.Idea.State != Published || v.Idea.Body != w.ch.Office("coordination") || v.Idea.AnswerDue != "2026-04-23" {
			t.Errorf("published: %+v", v.Idea)
		}
		if queue, _, _ := w.Queue(w.as(coordinator), ""); len(queue) != 0 {
			t.Errorf("the queue keeps it: %+v", queue)
		}
		if got := w.kinds(i.Subject()); got != "published" {
			t.Errorf("told: %s", got)
		}
		if second := w.published("ana", "Otra idea"); second.Number != "IDEA-2026-00002" || !second.HeldUntil.IsZero() {
			t.Errorf("the second idea: %+v", second)
		}
	})
}

// TestADraftKeepsTheNewestWords: typing in two windows does not overwrite.
func TestADraftKeepsTheNewestWords(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		ctx := w.citizen("ana")
		d := w.draft(ctx, "Una idea", "")
		newer := d
		newer.Title = "Una idea mejor"
		newer, err := w.SaveDraft(ctx, newer)
		w.must(err)
		d.Title = "Otra"
		_, err = w.SaveDraft(ctx, d)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Conflict || f.Theirs.(Draft).Title != newer.Title {
			t.Fatalf("the older window: %v", err)
		}
		list, err := w.Drafts(ctx)
		if w.must(err); len(list) != 1 || list[0].Title != newer.Title || list[0].Version != 2 {
			t.Errorf("drafts: %+v", list)
		}
		w.must(w.DropDraft(ctx, d.ID))
		if _, err := w.Draft(ctx, d.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("dropped: %v", err)
		}
	})
}

func TestWhatIsNotSent(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		w.published("ana", "La primera idea")
		for _, c := range []struct {
			name, who, title, text, key string
		}{
			{"no title", "ana", "", someText, "fault.required"},
			{"short", "ana", "Sombra", "Más árboles", "ideas.fault.short"},
			{"link of a new account", "newby", "Sombra", someText + " Mirá www.ofertas.com", "ideas.fault.link"},
			{"markup of a new account", "newby", "Sombra <a onclick=alert(1)>", someText, "ideas.fault.markup"},
			{"link without a published idea", "bruno", "Sombra", someText + " https://ejemplo.gob.ar", "ideas.fault.link"},
			{"link of somebody known", "ana", "Sombra", someText + " https://ejemplo.gob.ar", ""},
			{"angle brackets are text", "ana", "Menos ruido: 60 < 80 decibeles", someText, ""},
			{"emoji and right to left", "ana", "شجرة 🌳 en la plaza", someText + " 🌳 مرحبا", ""},
		} {
			ctx := w.citizen(c.who)
			d, err := w.SaveDraft(ctx, Draft{Title: c.title, Text: c.text})
			w.must(err)
			if _, err = w.Send(ctx, d.ID); c.key == "" && err != nil || c.key != "" && !is(err, c.key) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if _, err := w.SaveDraft(w.citizen("ana"), Draft{Title: "Larga", Text: strings.Repeat("á", 100_000)}); !fault.Is(err, fault.Invalid) {
			t.Errorf("100 kB: %v", err)
		}
	})
}

// TestADoubleClickIsOneIdea: two drafts with the same words, one after another
// or at once.
func TestADoubleClickIsOneIdea(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		ctx := w.citizen("ana")
		var ids [6]string
		var all sync.WaitGroup
		for n := range ids {
			d := w.draft(ctx, "Bebederos", "")
			all.Go(func() {
				i, err := w.Send(ctx, d.ID)
				if ids[n] = i.ID; err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, id := range ids {
			if id != ids[0] || id == "" {
				t.Errorf("ideas: %v", ids)
			}
		}
		if list, err := w.Drafts(ctx); err != nil || len(list) != 0 {
			t.Errorf("drafts stay: %v, %v", list, err)
		}
	})
}

// TestFloodsEnd: an account sends so many in an hour, a network more.
func TestFloodsEnd(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		send := func(who string, n int) error {
			ctx := With(w.citizen(who), Visitor{Network: "10.0.0.1"})
			_, err := w.Send(ctx, w.draft(ctx, nth("Idea número ", n), "").ID)
			return err
		}
		for n := range limitSend.account {
			w.must(send("ana", n))
		}
		if err := send("ana", 99); !is(err, "ideas.fault.limit") {
			t.Errorf("one too many: %v", err)
		}
		w.must(send("bruno", 1))
		w.now = w.now.Add(time.Hour)
		w.must(send("ana", 100))
		for n := 1; n < limitSend.network; n++ {
			w.must(send(nth("vecino", n), n))
		}
		if err := send("ultimo", 1); !is(err, "ideas.fault.limit") {
			t.Errorf("the network: %v", err)
		}
	})
}

// TestTheClockPublishesAFirstIdea unless its challenge reads before publication.
func TestTheClockPublishesAFirstIdea(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		ctx := w.citizen("ana")
		door, err := w.Send(ctx, w.draft(ctx, "En la puerta", "").ID)
		w.must(err)
		r := w.rules()
		r.Moderation = ModerateBefore
		c, err := w.CreateChallenge(w.as(director), r)
		w.must(err)
		w.must(w.Open(w.as(director), c.Number))
		read, err := w.Send(ctx, w.draft(ctx, "Leída antes", c.ID).ID)
		w.must(err)
		w.now = w.now.Add(doorHold - time.Minute)
		w.must(w.Tick(w.as()))
		if w.read(door.Number).State != Held {
			t.Error("published before its deadline")
		}
		w.now = w.now.Add(time.Minute)
		w.must(w.Tick(w.as()))
		if i := w.read(door.Number); i.State != Published || !i.Published.Equal(w.now) {
			t.Errorf("its deadline has come: %+v", i)
		}
		if w.read(read.Number).State != Held {
			t.Error("published though ideas of that challenge are read first")
		}
	})
}

func TestEditsStayToBeSeen(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		i := w.published("ana", "Bebederos")
		ctx := w.citizen("ana")
		w.now = w.now.Add(time.Hour)
		ctx = people.With(w.as(), people.Me(ctx))
		w.must(w.Edit(ctx, i.Number, 1, Words{Title: "Bebederos y sombra", Text: someText}))
		if err := w.Edit(ctx, i.Number, 1, Words{Title: "Tarde", Text: someText}); !is(err, "ideas.fault.edited") {
			t.Errorf("an older version: %v", err)
		}
		if err := w.Edit(w.citizen("bruno"), i.Number, 2, Words{Title: "Ajena", Text: someText}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("somebody else: %v", err)
		}
		w.must(w.Edit(ctx, i.Number, 2, Words{Title: "Bebederos, sombra y bancos", Text: someText}))
		list, err := w.Versions(w.as(), i.Number)
		w.must(err)
		var titles []string
		for _, v := range list {
			titles = append(titles, v.Title)
		}
		if got := strings.Join(titles, "|"); got != "Bebederos, sombra y bancos|Bebederos y sombra|Bebederos" || !list[2].At.Equal(start) {
			t.Errorf("versions: %s", got)
		}
		found, err := w.Search(w.as(), "bancos", Filter{}, 10)
		if w.must(err); len(found) != 1 {
			t.Errorf("the new words are not found: %v", found)
		}
		w.must(w.Answer(w.as(coordinator), i.Number, "Ya hay un programa que lo hace.", Answered))
		if err := w.Edit(ctx, i.Number, 3, Words{Title: "Después", Text: someText}); !is(err, "ideas.fault.closed") {
			t.Errorf("after the answer: %v", err)
		}
	})
}
