package notices_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/notices"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/mail"
	"ronda/platform/ui"
)

// room is a place where things happen that people follow.
type room struct {
	*notices.Module
	t     *testing.T
	db    *db.DB
	log   *event.Log
	now   time.Time
	owes  map[string][]desk.Item
	sent  []mail.Message
	broke string // the address to which no mail can be written
	words *i18n.Catalogue
	store *charter.Store
}

var garden = event.Subject{Kind: "initiative", ID: "garden"}

func run(t *testing.T, fn func(r *room)) {
	t.Helper()
	dbtest.Run(t, []db.Migrations{event.Migrations, charter.Migrations, notices.Migrations}, func(t *testing.T, d *db.DB) {
		r := &room{t: t, db: d, log: event.New(d), store: charter.NewStore(d), owes: map[string][]desk.Item{}, now: time.Date(2026, 3, 24, 12, 0, 0, 0, time.UTC)}
		r.Module = notices.New(d, r.log)
		files, err := cities.Open("villaflores")
		r.must(err)
		_, err = r.store.Install(t.Context(), files, "", "")
		r.must(err)
		r.words, err = i18n.New(notices.Messages, ui.Messages)
		r.must(err)
		fn(r)
	})
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// as is a context in which the person acts; empty is a visitor.
func (r *room) as(person string) context.Context {
	ctx := clock.At(r.t.Context(), r.now)
	if person == "" {
		return ctx
	}
	return people.With(ctx, people.Standing{Person: person})
}

// happens tells of an act on a subject, by a person.
func (r *room) happens(s event.Subject, by string, public bool) {
	r.t.Helper()
	r.must(r.db.Write(r.as(by), func(ctx context.Context) error {
		_, err := r.log.Append(ctx, event.Event{Kind: "test.act", Subject: s, Public: public, Actor: event.Actor{Person: by}})
		return err
	}))
	r.must(r.log.Dispatch(r.as("")))
}

// unseen is how many notices wait for a person.
func (r *room) unseen(person string) int {
	r.t.Helper()
	n, err := r.Unseen(r.as(""), person)
	r.must(err)
	return n
}

// morning sends the mails of a day to Ana, Bruno and Carla and says who got one.
func (r *room) morning() ([]string, error) {
	before := len(r.sent)
	err := r.SendDigests(r.as(""), r.digest(func(_ context.Context, m mail.Message) error {
		if m.To == r.broke {
			return errors.New("this mail cannot be written")
		}
		r.sent = append(r.sent, m)
		return nil
	}))
	var to []string
	for _, m := range r.sent[before:] {
		to = append(to, m.To)
	}
	slices.Sort(to)
	return to, err
}

// digest is what the mail of a day is made of.
func (r *room) digest(send func(context.Context, mail.Message) error) notices.Digest {
	return notices.Digest{
		People: func(context.Context) ([]notices.Reader, error) {
			return []notices.Reader{{Person: "ana", Mail: "ana@x.test", Lang: i18n.Spanish}, {Person: "bruno", Mail: "bruno@x.test", Lang: i18n.English}, {Person: "carla", Mail: "carla@x.test", Lang: i18n.Spanish}}, nil
		},
		Desk: func(_ context.Context, person string) ([]desk.Item, error) { return r.owes[person], nil },
		Tell: func(_ context.Context, e event.Event) (string, string, bool) {
			return "Algo pasó en " + e.Subject.ID, "/i/" + e.Subject.ID, true
		},
		Send:  send,
		Words: r.words, Origin: "https://ronda.test", City: r.store.Current,
	}
}

func (r *room) wants(what string, want ...string) {
	r.t.Helper()
	got, err := r.morning()
	r.must(err)
	if !slices.Equal(got, want) {
		r.t.Errorf("%s: mails to %v, want %v", what, got, want)
	}
}

func TestWhoFollowsIsTold(t *testing.T) {
	run(t, func(r *room) {
		if err := r.Follow(r.as(""), garden); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a visitor follows: %v", err)
		}
		for _, person := range []string{"ana", "ana", "bruno"} {
			r.must(r.Follow(r.as(person), garden))
		}
		if follows, n, err := r.Following(r.as(""), "ana", garden); !follows || n != 2 || err != nil {
			t.Errorf("follows %v, %d do, %v", follows, n, err)
		}
		r.now = r.now.Add(time.Minute)
		r.happens(garden, "bruno", true)
		r.happens(garden, "", true)
		r.happens(garden, "", false)
		r.happens(event.Subject{Kind: "initiative", ID: "bridge"}, "", true)
		if got := []int{r.unseen("ana"), r.unseen("bruno"), r.unseen("carla")}; !slices.Equal(got, []int{2, 1, 0}) {
			t.Errorf("waiting for Ana, Bruno, Carla: %v", got)
		}
		if events, err := r.Notices(r.as("ana"), "ana", 10); len(events) != 2 || err != nil || r.unseen("ana") != 0 {
			t.Errorf("%d notices, %v, then %d unseen", len(events), err, r.unseen("ana"))
		}
		r.must(r.Leave(r.as("ana"), garden))
		r.happens(garden, "", true)
		if follows, n, err := r.Following(r.as(""), "ana", garden); follows || n != 1 || err != nil || r.unseen("ana") != 0 {
			t.Errorf("after leaving: follows %v, %d do, %v, %d unseen", follows, n, err, r.unseen("ana"))
		}
	})
}

func TestOneMailADayToWhomItSaysSomething(t *testing.T) {
	run(t, func(r *room) {
		r.wants("nothing happened")
		r.owes["ana"] = []desk.Item{{Title: "Firmar efectividad", Detail: "Huerta", Due: "2026-03-26", Href: "/iniciativas/1"}}
		r.must(r.Follow(r.as("bruno"), garden))
		r.now = r.now.Add(time.Minute)
		r.happens(garden, "", true)
		r.wants("first", "ana@x.test", "bruno@x.test")
		ana, bruno := r.sent[0], r.sent[1]
		if ana.Subject != "Ronda: una cosa espera por vos" || len(ana.Parts) != 2 || ana.Parts[0].Items[0].URL != "https://ronda.test/iniciativas/1" {
			t.Errorf("%+v", ana)
		}
		if bruno.Lang != i18n.English || !strings.Contains(bruno.Parts[0].Items[0].Text, "garden") {
			t.Errorf("%+v", bruno)
		}
		r.wants("again on the same day")
		r.now = r.now.Add(24 * time.Hour)
		r.wants("the next day: what is owed still is, what was told is not news", "ana@x.test")
	})
}

func TestWhoWantsNoMailGetsNone(t *testing.T) {
	run(t, func(r *room) {
		r.owes["ana"] = []desk.Item{{Title: "Firmar"}}
		r.must(r.SetMail(r.as("ana"), "ana", false))
		r.wants("after saying no")
		if wants, err := r.WantsMail(r.as(""), "ana"); wants || err != nil {
			t.Errorf("%v %v", wants, err)
		}
		r.must(r.SetMail(r.as("ana"), "ana", true))
		r.wants("after changing one's mind", "ana@x.test")
	})
}

// Two copies of the program that wake at the same minute write one mail to each.
func TestTwoCopiesSendOneMail(t *testing.T) {
	run(t, func(r *room) {
		for _, person := range []string{"ana", "bruno", "carla"} {
			r.owes[person] = []desk.Item{{Title: "Firmar"}}
		}
		var mu sync.Mutex
		got := map[string]int{}
		d := r.digest(func(_ context.Context, m mail.Message) error {
			mu.Lock()
			defer mu.Unlock()
			got[m.To]++
			return nil
		})
		copies := []*notices.Module{r.Module, notices.New(r.db, event.New(r.db)), notices.New(r.db, event.New(r.db))}
		failed := make([]error, len(copies))
		var wg sync.WaitGroup
		for n, m := range copies {
			wg.Go(func() { failed[n] = m.SendDigests(r.as(""), d) })
		}
		wg.Wait()
		r.must(errors.Join(failed...))
		if len(got) != 3 || got["ana@x.test"] != 1 || got["bruno@x.test"] != 1 || got["carla@x.test"] != 1 {
			t.Errorf("mails: %v", got)
		}
	})
}

// What is wrong with one mail keeps nobody else's back, and is tried again.
func TestAMailThatFailsIsNotLost(t *testing.T) {
	run(t, func(r *room) {
		for _, person := range []string{"ana", "bruno", "carla"} {
			r.must(r.Follow(r.as(person), garden))
		}
		r.now = r.now.Add(time.Minute)
		r.happens(garden, "", true)
		r.broke = "bruno@x.test"
		if got, err := r.morning(); err == nil || !slices.Equal(got, []string{"ana@x.test", "carla@x.test"}) {
			t.Errorf("mails to %v, %v", got, err)
		}
		r.broke = ""
		r.wants("when it can be written", "bruno@x.test")
	})
}

func TestNothingIsKeptOfWhoLeaves(t *testing.T) {
	run(t, func(r *room) {
		for _, person := range []string{"ana", "bruno"} {
			r.must(r.Follow(r.as(person), garden))
			r.must(r.SetMail(r.as(person), person, true))
		}
		r.now = r.now.Add(time.Minute)
		r.happens(garden, "", true)
		r.must(r.Forget(r.as(""), "ana"))
		for _, table := range []string{"notices_follow", "notices_notice", "notices_person"} {
			kept, err := db.Query[string](r.as(""), r.db, `SELECT person FROM `+table)
			if err != nil || !slices.Equal(kept, []string{"bruno"}) {
				t.Errorf("%s is of %v, %v", table, kept, err)
			}
		}
		if _, n, err := r.Following(r.as(""), "", garden); n != 1 || err != nil {
			t.Errorf("%d follow, %v", n, err)
		}
		r.happens(garden, "", true)
		if got := r.unseen("ana"); got != 0 {
			t.Errorf("who left is told of %d acts", got)
		}
	})
}

func TestOldNoticesGo(t *testing.T) {
	run(t, func(r *room) {
		r.now = time.Now().Add(-24 * time.Hour)
		r.must(r.Follow(r.as("ana"), garden))
		r.happens(garden, "", true)
		_, err := r.Notices(r.as("ana"), "ana", 10)
		r.must(err)
		r.owes["ana"] = []desk.Item{{Title: "Firmar"}}
		r.wants("the news", "ana@x.test")
		count := func() int {
			n, err := db.One[int](r.as(""), r.db, `SELECT count(*) FROM notices_notice`)
			r.must(err)
			return n
		}
		r.must(r.Sweep(r.as("")))
		young := count()
		r.now = r.now.Add(200 * 24 * time.Hour)
		r.must(r.Sweep(r.as("")))
		if old := count(); young != 1 || old != 0 {
			t.Errorf("%d of this week, %d of half a year ago", young, old)
		}
	})
}
