package event_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
)

var (
	bike  = event.Subject{Kind: "initiative", ID: "bike"}
	axis  = event.Subject{Kind: "axis", ID: "smart"}
	tabls = []db.Migrations{event.Migrations}
)

func add(t *testing.T, d *db.DB, l *event.Log, e event.Event) event.Event {
	t.Helper()
	var out event.Event
	err := d.Write(t.Context(), func(ctx context.Context) (err error) { out, err = l.Append(ctx, e); return err })
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestATimelineHoldsWhatIsAboutIt(t *testing.T) {
	dbtest.Run(t, tabls, func(t *testing.T, d *db.DB) {
		l := event.New(d)
		var want []event.Event
		for i := range 5 {
			want = append([]event.Event{add(t, d, l, event.Event{Kind: "x.done", Subject: bike, Related: []event.Subject{axis, bike},
				Actor: event.Actor{Person: "p1", Post: "mayor", Body: "gcba"}, Public: i%2 == 0,
				Data: map[string]string{"step": fmt.Sprint(i)}, Text: map[string]string{"remarks": "más luz"}})}, want...)
		}
		add(t, d, l, event.Event{Kind: "x.other", Subject: event.Subject{Kind: "initiative", ID: "wifi"}, Public: true})
		for i := range want {
			want[i].Related = nil
		}
		got, err := l.Timeline(t.Context(), axis, event.Page{})
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
		page, err := l.Timeline(t.Context(), bike, event.Page{PublicOnly: true, Before: want[0].ID, Limit: 1})
		if err != nil || len(page) != 1 || page[0].ID != want[2].ID {
			t.Errorf("the public page before the newest is %v, %v", page, err)
		}
	})
}

func TestTheLatestOfSomeKindsIsFoundUnderManyOthers(t *testing.T) {
	dbtest.Run(t, tabls, func(t *testing.T, d *db.DB) {
		l := event.New(d)
		signed := add(t, d, l, event.Event{Kind: "x.signed", Subject: bike, Public: true})
		filed := add(t, d, l, event.Event{Kind: "x.filed", Subject: bike, Public: true})
		add(t, d, l, event.Event{Kind: "x.filed", Subject: bike})
		last := add(t, d, l, event.Event{Kind: "x.signed", Subject: bike, Public: true})
		for range 40 {
			add(t, d, l, event.Event{Kind: "y.said", Subject: axis, Public: true})
		}
		for limit, want := range map[int][]string{9: {last.ID, filed.ID, signed.ID}, 2: {last.ID, filed.ID}} {
			var got []string
			events, err := l.LatestOf(t.Context(), limit, "x.filed", "x.signed")
			for _, e := range events {
				got = append(got, e.ID)
			}
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("%d: %s %v", limit, diff, err)
			}
		}
	})
}

func TestAnEventOfAFailedWriteNeverHappened(t *testing.T) {
	dbtest.Run(t, tabls, func(t *testing.T, d *db.DB) {
		l := event.New(d)
		heard := 0
		l.Listen("test", func(context.Context, event.Event) error { heard++; return nil })
		_ = d.Write(t.Context(), func(ctx context.Context) error {
			_, _ = l.Append(ctx, event.Event{Kind: "x.done", Subject: bike, Public: true})
			return errors.New("no")
		})
		if err := l.Dispatch(t.Context()); err != nil || heard != 0 {
			t.Errorf("heard %d, %v", heard, err)
		}
		if got, _ := l.Timeline(t.Context(), bike, event.Page{}); len(got) != 0 {
			t.Errorf("timeline %v", got)
		}
	})
}

func TestAListenerThatFailsHearsAgain(t *testing.T) {
	dbtest.Run(t, tabls, func(t *testing.T, d *db.DB) {
		l := event.New(d)
		good, bad := 0, 0
		l.Listen("good", func(context.Context, event.Event) error { good++; return nil })
		l.Listen("bad", func(context.Context, event.Event) error {
			bad++
			if bad == 1 {
				panic("first time")
			}
			if bad == 2 {
				return errors.New("second time")
			}
			return nil
		})
		add(t, d, l, event.Event{Kind: "x.done", Subject: bike})
		now := time.Now()
		for i := range 5 {
			if err := l.Dispatch(clock.At(t.Context(), now.Add(time.Duration(i)*time.Minute))); err != nil {
				t.Fatal(err)
			}
		}
		if good != 1 || bad != 3 {
			t.Errorf("good heard %d times, bad %d", good, bad)
		}
	})
}

func TestDigestDependsOnSaltNameAndText(t *testing.T) {
	e := event.Event{Salt: "a", Text: map[string]string{"x": "1", "y": "1"}}
	other := event.Event{Salt: "b", Text: e.Text}
	if e.Digest("x") == e.Digest("y") || e.Digest("x") == other.Digest("x") {
		t.Error("two texts share a digest")
	}
}

func TestOneTextsSaltOpensNoOther(t *testing.T) {
	e := event.Event{Salt: "s", Text: map[string]string{"x": "1", "y": "1"}}
	if e.Digest("x") != event.Digest(e.TextSalt("x"), "1") {
		t.Error("the salt of a text does not open its digest")
	}
	if e.Digest("x") == event.Digest(e.TextSalt("y"), "1") || e.Seal("x", "1") == e.Digest("x") {
		t.Error("a published salt opens what it should not")
	}
}

func TestAPublicEventNamesNoPerson(t *testing.T) {
	dbtest.Run(t, tabls, func(t *testing.T, d *db.DB) {
		l := event.New(d)
		e := event.Event{Kind: "x.done", Subject: bike, Public: true, Actor: event.Actor{Person: "p1"}, Data: map[string]string{"by": "p1"}}
		if err := d.Write(t.Context(), func(ctx context.Context) error { _, err := l.Append(ctx, e); return err }); err == nil {
			t.Error("a person's id went into public codes")
		}
	})
}

func TestWhatTheRecordReads(t *testing.T) {
	dbtest.Run(t, tabls, func(t *testing.T, d *db.DB) {
		l := event.New(d)
		want := map[string]event.Event{}
		var ids []string
		for range 130 { // more than one query takes
			e := add(t, d, l, event.Event{Kind: "x.done", Subject: bike, Related: []event.Subject{{Kind: "place", ID: "c1"}, axis}, Public: true})
			e.Related = []event.Subject{axis, {Kind: "place", ID: "c1"}}
			want[e.ID] = e
			ids = append(ids, e.ID)
		}
		add(t, d, l, event.Event{Kind: "x.secret", Subject: bike})
		events, err := l.Unrecorded(t.Context(), 500)
		if err != nil || len(events) != len(want) {
			t.Fatalf("%d events, %v", len(events), err)
		}
		held, err := l.Held(t.Context(), append(ids, "none"))
		if err != nil || len(held) != len(want) {
			t.Fatalf("%d held, %v", len(held), err)
		}
		for i, e := range events {
			if e.ID != ids[i] || cmp.Diff(want[e.ID], e) != "" || cmp.Diff(want[e.ID], held[e.ID].Event) != "" || !held[e.ID].Unrecorded {
				t.Fatalf("event %d reads %v and %v", i, e, held[e.ID])
			}
		}
		_ = d.Write(t.Context(), func(ctx context.Context) error { _, err := l.Recorded(ctx, ids[0]); return err })
		page, err := l.Marks(t.Context(), "", 2)
		if diff := cmp.Diff([]event.Mark{{ID: ids[0]}, {ID: ids[1], Unrecorded: true}}, page); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
}

func TestAnErasedTextIsGoneAndSaidSo(t *testing.T) {
	dbtest.Run(t, tabls, func(t *testing.T, d *db.DB) {
		l := event.New(d)
		e := add(t, d, l, event.Event{Kind: "x.done", Subject: bike, Public: true, Text: map[string]string{"a": "DNI 1", "b": "stays"}})
		erase := func(name string) error {
			return d.Write(t.Context(), func(ctx context.Context) error {
				return l.Erase(ctx, e.ID, name, "personal_data", event.Actor{Post: "dpo"})
			})
		}
		if err := errors.Join(erase("a")); err != nil {
			t.Fatal(err)
		}
		got, err := l.Get(t.Context(), e.ID)
		if err != nil || got.Text["a"] != "" || got.Text["b"] != "stays" {
			t.Errorf("%v, %v", got.Text, err)
		}
		told, err := l.Timeline(t.Context(), bike, event.Page{Limit: 1, PublicOnly: true})
		if err != nil || told[0].Kind != event.Erased || told[0].Data["reason"] != "personal_data" || told[0].Subject.ID != e.ID {
			t.Errorf("%v, %v", told, err)
		}
		if err := erase("a"); !fault.Is(err, fault.NotFound) {
			t.Errorf("erasing twice is %v", err)
		}
	})
}
