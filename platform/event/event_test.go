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
