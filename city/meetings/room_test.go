package meetings

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ronda/city/people"
	"ronda/platform/fault"
)

// TestAMeetingFromBeginningToSignature: who comes, who speaks, what is decided,
// what is put off, and the minutes of it.
func TestAMeetingFromBeginningToSignature(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		s := w.weeklySeries()
		n := "REU-2026-0001"
		decide, inform, late := w.addItem(n, "Qué programa primero", Decide), w.addItem(n, "Novedades", Inform), w.addItem(n, "Lo que no entra", Discuss)
		w.now = w.at("2026-03-26", "10:00")
		chair, secretary := w.as(coordinator), w.as(team)
		w.must(w.Begin(chair, n))
		w.must(w.CheckIn(w.as(director), n, Arrival{}))
		w.must(w.CheckIn(secretary, n, Arrival{Key: "post:" + planner, Rank: "delegate"}))
		w.must(w.CheckIn(secretary, n, Arrival{Name: "Ana, de la universidad", Rank: RankSpecialist}))
		w.must(w.OpenItem(chair, n, decide.ID))
		w.must(w.AskToSpeak(w.as(director), n, ""))
		w.must(w.AskToSpeak(w.as(director), n, ""))
		r, err := w.Room(w.as(director), n)
		w.must(err)
		if len(r.Queue) != 1 || len(r.Attendees) != 6 {
			t.Fatalf("the room: %d in the queue, %d attendees", len(r.Queue), len(r.Attendees))
		}
		w.must(w.GiveFloor(chair, n, r.Queue[0].ID, 120))
		w.now = w.now.Add(10 * time.Minute)
		w.wantField("no decision was recorded", w.CloseItem(chair, n, decide.ID, Closing{Outcome: Decided}), "outcome", "meetings.fault.no_decision")
		w.wantField("a decision is no news", w.CloseItem(chair, n, decide.ID, Closing{Outcome: Informed}), "outcome", "meetings.fault.informed")
		w.must(w.CloseItem(chair, n, decide.ID, Closing{Outcome: Decided, Decisions: []Decision{{Text: "Primero las escuelas", Owner: directorOf, Due: "2026-04-10"}}}))
		w.must(w.CloseItem(chair, n, inform.ID, Closing{Outcome: Informed}))
		w.wantField("no reason", w.CloseItem(chair, n, late.ID, Closing{Outcome: Deferred}), "text", "fault.required")
		w.must(w.CheckOut(secretary, n, "post:"+planner))
		w.now = w.now.Add(20 * time.Minute)
		_, err = w.Note(secretary, n, decide.ID, 0, "Se habló de las escuelas.")
		w.must(err)
		w.must(w.End(chair, n))
		w.wantKind("an item is open", w.Approve(chair, n), fault.Conflict)
		w.must(w.CloseItem(secretary, n, late.ID, Closing{Outcome: Deferred, Text: "No alcanzó el tiempo"}))
		next := w.view("REU-2026-0002")
		if len(next.Items) != 1 || next.Items[0].From != late.ID || next.Items[0].State != ItemWaiting {
			t.Errorf("put off: %+v", next.Items)
		}
		w.wantKind("a secretary approves", w.Approve(w.as(director), n), fault.Forbidden)
		w.must(w.Approve(chair, n))
		_, err = w.Note(secretary, n, decide.ID, 1, "Otra cosa")
		w.wantKind("notes of approved minutes", err, fault.Conflict)
		w.wantKind("who signs nothing signs", w.Sign(secretary, n), fault.Forbidden)
		w.must(w.ReturnMinutes(chair, n, "Falta un dato"))
		_, err = w.Note(secretary, n, decide.ID, 1, "Se habló de las escuelas, con datos.")
		w.must(err)
		w.must(w.Approve(chair, n))
		w.must(w.Sign(chair, n))
		m, err := w.Minutes(w.as(director), n)
		w.must(err)
		if !m.Frozen || m.Version != 2 || len(m.SHA256) != 64 || m.Items[0].Notes != "Se habló de las escuelas, con datos." || m.SignedPost != coordinator ||
			len(m.Decisions) != 1 || m.Decisions[0].Number != "DEC-2026-0001" || len(m.Present) != 3 {
			t.Errorf("minutes: %+v", m)
		}
		w.attendance(n)
		c, err := w.Compiled(w.as(director), s.Number, start, start.AddDate(1, 0, 0))
		w.must(err)
		if len(c.Minutes) != 1 || c.Minutes[0].SHA256 != m.SHA256 {
			t.Errorf("compiled: %+v", c.Minutes)
		}
		w.gapless(t, r.Meeting.ID)
	})
}

// attendance checks ranks, stays and the time given by ministry.
func (w *town) attendance(number string) {
	w.t.Helper()
	for _, a := range w.view(number).Attendees {
		switch a.Key {
		case "post:" + planner:
			if a.Rank != "delegate" || a.For != planner || a.Spent != 10*time.Minute {
				w.t.Errorf("the delegate: %+v", a)
			}
		case "post:" + director:
			if a.Rank != "director" || a.Spent != 30*time.Minute || a.Person == "" {
				w.t.Errorf("the director: %+v", a)
			}
		}
	}
	given, err := w.TimeGiven(w.as(), start, start.AddDate(0, 1, 0))
	w.must(err)
	by := map[string]time.Duration{}
	for _, g := range given {
		by[g.Ministry] = g.Spent
	}
	if by["min-educacion"] != 30*time.Minute || by["jefatura-gabinete"] != 10*time.Minute || by[""] != 30*time.Minute {
		w.t.Errorf("time given: %v", by)
	}
}

// gapless checks that the changes of a room are numbered without gaps.
func (w *town) gapless(t interface{ Errorf(string, ...any) }, meeting string) {
	list, err := w.Changes(w.as(), meeting, 0, 0)
	w.must(err)
	for n, c := range list {
		if c.Seq != int64(n+1) {
			t.Errorf("change %d has number %d", n+1, c.Seq)
		}
	}
	x, err := w.byID(w.as(), meeting)
	w.must(err)
	if x.Seq != int64(len(list)) {
		t.Errorf("the meeting is at %d, %d changes", x.Seq, len(list))
	}
}

func TestTwoSecretariesLoseNothing(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		x := w.free(Guest{Post: director})
		w.must(w.Begin(w.as(coordinator), x.Number))
		a, b := w.as(team), w.as(coordinator)
		one, err := w.Note(a, x.Number, "", 0, "Abre la reunión.\r\n\r\nHabla la directora.")
		w.must(err)
		_, err = w.Note(a, x.Number, "", 1, one.Text+"\nPide datos.")
		w.must(err)
		both, err := w.Note(b, x.Number, "", 1, "A las diez.\n"+one.Text)
		w.must(err)
		if !both.Merged || both.Version != 3 || both.Text != "A las diez.\nAbre la reunión.\n\nHabla la directora.\nPide datos." {
			t.Errorf("merged: %+v", both)
		}
		_, err = w.Note(b, x.Number, "", 1, strings.Replace(one.Text, "Abre la reunión.", "Empieza.", 1))
		w.must(err)
		_, err = w.Note(a, x.Number, "", 3, strings.Replace(both.Text, "Abre la reunión.", "Comienza.", 1))
		w.wantKind("the same paragraph", err, fault.Conflict)
		again, err := w.Note(a, x.Number, "", 99, "x")
		w.wantKind("a version that is not there", err, fault.Conflict)
		if again.Version > 4 {
			t.Errorf("a refused note is written: %+v", again)
		}
		long := strings.Repeat("Una línea de minuta pegada.\n", 9000)
		if _, err = w.Note(a, x.Number, "", 4, long); err != nil {
			t.Errorf("%d bytes: %v", len(long), err)
		}
		_, err = w.Note(a, x.Number, "", 5, long+long)
		w.wantField("too long", err, "text", "meetings.fault.note")
		_, err = w.Note(a, x.Number, "", 5, "a\xffb")
		w.wantField("no text", err, "text", "fault.encoding")
		for n := range versionsKept + 5 {
			_, err = w.Note(a, x.Number, "otro", 0, fmt.Sprint(n))
			w.wantKind("of an item that is not there", err, fault.NotFound)
		}
	})
}

// TestAnOwnNoteIsNobodyElses and is kept out of the minutes.
func TestAnOwnNoteIsNobodyElses(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		x := w.free(Guest{Post: director})
		w.must(w.SaveOwnNote(w.as(director), x.Number, "Preguntar por el plazo"))
		w.must(w.SaveOwnNote(w.as(director), x.Number, "Preguntar por los plazos"))
		for who, want := range map[string]string{director: "Preguntar por los plazos", coordinator: ""} {
			if got, err := w.OwnNote(w.as(who), x.Number); err != nil || got != want {
				t.Errorf("%s reads %q, %v", who, got, err)
			}
		}
		w.wantKind("a visitor writes", w.SaveOwnNote(w.as(), x.Number, "x"), fault.NotFound)
		w.must(w.SaveOwnNote(w.as(director), x.Number, ""))
		if got, err := w.OwnNote(w.as(director), x.Number); err != nil || got != "" {
			t.Errorf("taken away: %q, %v", got, err)
		}
	})
}

// TestTwoHoldersOfAPostComeEachForThemselves: a post of several seats is invited
// once, and whoever comes of it is there.
func TestTwoHoldersOfAPostComeEachForThemselves(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		x := w.free()
		w.must(w.Begin(w.as(coordinator), x.Number))
		for _, person := range []string{"ana", "bea", "ana"} {
			who := w.standing(team)
			who.Person = person
			w.must(w.CheckIn(people.With(w.as(), who), x.Number, Arrival{}))
		}
		present := map[string]bool{}
		for _, a := range w.view(x.Number).Attendees {
			if a.Present() {
				present[a.Person] = a.Body == "coordinacion-mesa" && a.Rank == "member"
			}
		}
		if len(present) != 2 || !present["ana"] || !present["bea"] {
			t.Errorf("present: %v", present)
		}
		bea := w.standing(team)
		bea.Person = "bea"
		w.must(w.CheckOut(people.With(w.as(), bea), x.Number, ""))
		for _, a := range w.view(x.Number).Attendees {
			if a.Person == "bea" && a.Present() || a.Person == "ana" && !a.Present() {
				t.Errorf("after bea went: %+v", a)
			}
		}
	})
}
