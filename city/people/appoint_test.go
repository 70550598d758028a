package people

import (
	"context"
	"testing"

	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
)

func TestATermKeepsItsPostsRules(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana, leo := w.official("Ana Paz"), w.official("Leo Ríos")
		w.holds(ana, "secretario-obras", "2026-01-01", "2026-06-30")
		cases := []struct {
			name  string
			form  Appointment
			field string
		}{
			{"over another's days", Appointment{Post: "secretario-obras", Person: leo, From: "2026-06-30"}, "from"},
			{"around another's days", Appointment{Post: "secretario-obras", Person: leo, From: "2025-01-01", Last: "2026-12-31"}, "from"},
			{"the day after", Appointment{Post: "secretario-obras", Person: leo, From: "2026-07-01"}, ""},
			{"nobody", Appointment{Post: "director-puentes", Person: "x", From: "2026-07-01"}, "person"},
			{"no day", Appointment{Post: "director-puentes", Person: leo}, "from"},
			{"a day that is none", Appointment{Post: "director-puentes", Person: leo, From: "2026-02-30"}, "from"},
			{"backwards", Appointment{Post: "director-puentes", Person: leo, From: "2026-07-02", Last: "2026-07-01"}, "last"},
			{"one day", Appointment{Post: "director-puentes", Person: leo, From: "2026-07-01", Last: "2026-07-01"}, ""},
			{"longer than the law", Appointment{Post: "intendente", Person: leo, From: "2026-07-01", Last: "2030-07-01"}, "last"},
			{"as long as the law", Appointment{Post: "intendente", Person: leo, From: "2026-07-01", Last: "2030-06-30"}, ""},
		}
		ctx := w.as(w.administrator("Admin"))
		for _, c := range cases {
			_, pending, err := w.Appoint(ctx, c.form)
			switch {
			case c.field == "" && (err != nil || pending):
				t.Errorf("%s: %v, pending %v", c.name, err, pending)
			case c.field != "":
				refused(t, c.name, err, fault.Invalid, c.field)
			}
		}
	})
}

func TestAnElectedPostIsRenewedOnce(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana := w.official("Ana Paz")
		first := w.holds(ana, "intendente", "2015-12-10", "")
		if first.To != "2019-12-10" {
			t.Errorf("four years end on %s", first.To)
		}
		w.holds(ana, "intendente", "2019-12-10", "")
		_, err := w.tryHold(ana, "intendente", "2023-12-10", "")
		refused(t, "a third term in a row", err, fault.Invalid, "person")
		w.holds(w.official("Leo Ríos"), "intendente", "2023-12-10", "")
		w.holds(ana, "intendente", "2027-12-10", "")
	})
}

func TestASuccessorEndsTheTermBefore(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana, leo := w.official("Ana Paz"), w.official("Leo Ríos")
		w.holds(ana, "secretario-obras", "2024-01-01", "")
		ctx := w.as(w.administrator("Admin"))
		form := Appointment{Post: "secretario-obras", Person: leo, From: string(today), Replace: true}
		_, _, err := w.Appoint(ctx, form)
		refused(t, "today, when she may have signed", err, fault.Invalid, "from")
		form.From = "2026-06-16"
		if _, _, err := w.Appoint(ctx, form); err != nil {
			t.Fatal(err)
		}
		for day, want := range map[clock.Day]string{"2023-12-31": "", today: ana, "2026-06-16": leo} {
			if who, ok, err := w.HolderOn(w.ctx(), "secretario-obras", day); who != want || ok != (want != "") || err != nil {
				t.Errorf("on %s it is %q's, %v", day, who, err)
			}
		}
	})
}

func TestATermEndsInDaysToCome(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana := w.official("Ana Paz")
		term := w.holds(ana, "secretario-obras", "2024-01-01", "")
		admin := w.as(w.administrator("Admin"))
		w.administrator("Otra")
		pending, err := w.EndTerm(admin, term.ID, "2026-06-14")
		if !pending || err != nil {
			t.Errorf("an end in the past takes two: %v, %v", pending, err)
		}
		if pending, err := w.EndTerm(admin, term.ID, string(today)); pending || err != nil {
			t.Fatal(pending, err)
		}
		if who, ok, _ := w.HolderOn(w.ctx(), "secretario-obras", today); !ok || who != ana {
			t.Error("her last day is not hers")
		}
		if _, ok, _ := w.HolderOn(w.ctx(), "secretario-obras", "2026-06-16"); ok {
			t.Error("somebody holds it the day after")
		}
		_, err = w.EndTerm(admin, term.ID, "2026-07-01")
		refused(t, "ending later than it ends", err, fault.Conflict, "")
	})
}

func TestACalledOffTermNeverWas(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana := w.official("Ana Paz")
		term := w.holds(ana, "secretario-obras", "2026-08-01", "")
		_, err := w.EndTerm(w.as(w.administrator("Admin")), term.ID, "2026-07-31")
		w.must(err)
		if terms, err := w.TermsOf(w.ctx(), ana); len(terms) != 0 || err != nil {
			t.Errorf("%v, %v", terms, err)
		}
		w.holds(w.official("Leo Ríos"), "secretario-obras", "2026-08-01", "")
	})
}

func TestAHeadAppointsBelow(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana, leo, eva := w.official("Ana Paz"), w.official("Leo Ríos"), w.official("Eva Luz")
		w.holds(ana, "secretario-obras", "2026-01-01", "")
		w.holds(leo, "director-puentes", "2026-01-01", "")
		cases := []struct {
			name, who, post, from string
			kind                  fault.Kind
		}{
			{"her own director", ana, "director-caminos", "2026-07-01", ""},
			{"in the past", ana, "director-caminos", "2026-01-01", fault.Invalid},
			{"another ministry's head", ana, "secretario-hacienda", "2026-07-01", fault.Forbidden},
			{"her own post", ana, "secretario-obras", "2026-07-01", fault.Forbidden},
			{"a director appoints nobody", leo, "director-caminos", "2026-07-01", fault.Forbidden},
			{"an unknown post, for strangers", eva, "nothing", "2026-07-01", fault.Forbidden},
			{"an unknown post", ana, "nothing", "2026-07-01", fault.NotFound},
		}
		for _, c := range cases {
			_, _, err := w.Appoint(w.as(c.who), Appointment{Post: c.post, Person: eva, From: c.from})
			if c.kind == "" {
				w.must(err)
				continue
			}
			refused(t, c.name, err, c.kind, "")
		}
	})
}

func TestNobodyAppointsThemselvesAlone(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		one, two := w.administrator("Uno"), w.administrator("Dos")
		_, pending, err := w.Appoint(w.as(one), Appointment{Post: "secretario-obras", Person: one, From: string(today)})
		if !pending || err != nil {
			t.Fatal(pending, err)
		}
		if _, ok, _ := w.HolderOn(w.ctx(), "secretario-obras", today); ok {
			t.Error("appointed before anybody confirmed")
		}
		waiting, err := w.PendingChanges(w.ctx())
		if len(waiting) != 1 || err != nil {
			t.Fatal(waiting, err)
		}
		w.must(w.Confirm(w.as(two), waiting[0].ID))
		if who, _, _ := w.HolderOn(w.ctx(), "secretario-obras", today); who != one {
			t.Errorf("confirmed, and it is %q's", who)
		}
	})
}

func TestAPublicActNamesPostsNotPeople(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana, leo := w.official("Ana Paz"), w.official("Leo Ríos")
		w.holds(ana, "secretario-obras", "2026-01-01", "")
		d, err := w.Delegate(w.as(ana), DelegationForm{Post: "secretario-obras", Delegate: leo, From: string(today), Last: "2026-07-10", Reason: "licencia médica"})
		w.must(err)
		w.must(w.RevokeDelegation(w.as(ana), d.ID, string(today)))
		kinds := map[string]bool{}
		for _, e := range w.timeline(event.Subject{Kind: SubjectBody, ID: "obras"}) {
			kinds[e.Kind] = true
			if e.Data["post"] != "secretario-obras" || e.Data["body"] != "obras" || len(e.Text) != 0 {
				t.Errorf("%s says %v %v", e.Kind, e.Data, e.Text)
			}
			for _, v := range e.Data {
				if v == ana || v == leo || v == "Ana Paz" {
					t.Errorf("%s names a person: %v", e.Kind, e.Data)
				}
			}
		}
		for _, kind := range []string{EventAppointed, EventDelegated, EventDelegationRevoked} {
			if !kinds[kind] {
				t.Errorf("no %s among %v", kind, kinds)
			}
		}
	})
}

func (w *world) timeline(s event.Subject) []event.Event {
	w.t.Helper()
	events, err := w.log.Timeline(context.Background(), s, event.Page{PublicOnly: true, Limit: 100})
	w.must(err)
	return events
}
