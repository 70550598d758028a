package meetings

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

// heldSeries is a weekly series of n meetings that were held, each with eight
// items, notes, decisions and twenty-five guests.
func (w *town) heldSeries(n int, approve bool) Series {
	w.t.Helper()
	s := w.weekly()
	s.Rule.Count = n
	s.Guests = nil
	for _, p := range w.ch.Posts.All()[:25] {
		if p.ActiveOn("2026-03-24") {
			s.Guests = append(s.Guests, Guest{Post: p.Code})
		}
	}
	s, err := w.CreateSeries(w.as(team), s)
	w.must(err)
	w.must(w.CallSeries(w.as(team), s.Number))
	list, err := w.List(w.as(team), Filter{Series: s.ID}, "", n)
	w.must(err)
	for _, x := range list.Meetings {
		w.hold(x, approve)
	}
	return s
}

// hold holds a meeting.
func (w *town) hold(x Meeting, approve bool) {
	w.t.Helper()
	w.now = x.Starts
	chair := w.as(coordinator)
	var items []Item
	for i := range 8 {
		items = append(items, w.addItem(x.Number, fmt.Sprint("Tema ", i), Discuss))
	}
	w.must(w.Begin(chair, x.Number))
	for _, a := range w.view(x.Number).Attendees {
		w.must(w.CheckIn(chair, x.Number, Arrival{Key: a.Key}))
	}
	for _, i := range items {
		_, err := w.Note(chair, x.Number, i.ID, 0, strings.Repeat("Se habló de esto y de aquello.\n", 40))
		w.must(err)
		w.must(w.CloseItem(chair, x.Number, i.ID, Closing{Outcome: Decided, Decisions: []Decision{{Text: "Se hace", Owner: directorOf}}}))
	}
	w.now = w.now.Add(time.Hour)
	w.must(w.End(chair, x.Number))
	if approve {
		w.must(w.Approve(chair, x.Number))
	}
}

func newBench(b *testing.B) *town {
	b.Helper()
	return newTown(b, dbtest.SQLite(b, tablesOf(db.SQLite)...))
}

// BenchmarkMeeting reads a meeting that was held, as its page does.
func BenchmarkMeeting(b *testing.B) {
	w := newBench(b)
	w.heldSeries(1, false)
	ctx := w.as(director)
	for b.Loop() {
		if _, err := w.Meeting(ctx, "REU-2026-0001"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCompiled compiles the minutes of fifty meetings, approved or not.
func BenchmarkCompiled(b *testing.B) {
	for _, approved := range []bool{true, false} {
		b.Run(fmt.Sprintf("approved=%v", approved), func(b *testing.B) {
			w := newBench(b)
			s := w.heldSeries(50, approved)
			ctx := w.as(director)
			for b.Loop() {
				c, err := w.Compiled(ctx, s.Number, start, start.AddDate(2, 0, 0))
				if err != nil || len(c.Minutes) != 50 {
					b.Fatal(len(c.Minutes), err)
				}
			}
		})
	}
}

// BenchmarkCalendar reads a calendar of five hundred single meetings, and its
// stamp.
func BenchmarkCalendar(b *testing.B) {
	w := newBench(b)
	for n := range 500 {
		x, err := w.CreateMeeting(w.as(team), Meeting{Kind: Free, Title: "Reunión", Starts: w.now.Add(time.Duration(n+1) * time.Hour), Length: 60, Chair: coordinator}, []Guest{{Post: director}})
		w.must(err)
		w.must(w.CallMeeting(w.as(team), x.Number))
	}
	ctx := w.as(director)
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			if list, err := w.For(ctx, "person-"+director, w.now, nil); err != nil || len(list) != 500 {
				b.Fatal(len(list), err)
			}
		}
	})
	b.Run("stamp", func(b *testing.B) {
		for b.Loop() {
			if _, err := w.Stamp(ctx, "person-"+director); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("list", func(b *testing.B) {
		for b.Loop() {
			if _, err := w.List(ctx, Filter{}, "", 30); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkRoom reads a running room, and does its commonest act.
func BenchmarkRoom(b *testing.B) {
	w := newBench(b)
	x := w.free(Guest{Post: director}, Guest{Post: planner})
	w.must(w.Begin(w.as(coordinator), x.Number))
	ctx := w.as(coordinator)
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := w.Room(ctx, x.Number); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("note", func(b *testing.B) {
		n := 0
		for b.Loop() {
			if _, err := w.Note(ctx, x.Number, "", n, fmt.Sprint("Línea ", n)); err != nil {
				b.Fatal(err)
			}
			n++
		}
	})
}
