package people

import (
	"testing"
	"time"

	"ronda/platform/clock"
	"ronda/platform/fault"
)

func TestADelegationIsGivenByTheHolderForDaysToCome(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana, leo, eva := w.official("Ana Paz"), w.official("Leo Ríos"), w.official("Eva Luz")
		citizen, err := w.CreateCitizen(w.ctx(), "Vecina")
		w.must(err)
		w.holds(ana, "secretario-obras", "2026-01-01", "2026-12-31")
		w.holds(eva, "responsable-mesa", "2026-01-01", "")
		good := DelegationForm{Post: "secretario-obras", Delegate: leo, From: "2026-06-20", Last: "2026-07-10", Reason: "viaje"}
		with := func(change func(*DelegationForm)) DelegationForm { f := good; change(&f); return f }
		cases := []struct {
			name, who string
			form      DelegationForm
			kind      fault.Kind
			field     string
		}{
			{"by another official", eva, good, fault.Forbidden, ""},
			{"by nobody", "", good, fault.Forbidden, ""},
			{"from yesterday", ana, with(func(f *DelegationForm) { f.From = "2026-06-14" }), fault.Invalid, "from"},
			{"without an end", ana, with(func(f *DelegationForm) { f.Last = "" }), fault.Invalid, "last"},
			{"backwards", ana, with(func(f *DelegationForm) { f.Last = "2026-06-19" }), fault.Invalid, "last"},
			{"beyond her term", ana, with(func(f *DelegationForm) { f.Last = "2027-01-01" }), fault.Invalid, "last"},
			{"after her term", ana, with(func(f *DelegationForm) { f.From, f.Last = "2027-01-01", "2027-01-02" }), fault.Invalid, "from"},
			{"to herself", ana, with(func(f *DelegationForm) { f.Delegate = ana }), fault.Invalid, "person"},
			{"to a citizen", ana, with(func(f *DelegationForm) { f.Delegate = citizen }), fault.Invalid, "person"},
			{"to nobody", ana, with(func(f *DelegationForm) { f.Delegate = "x" }), fault.Invalid, "person"},
			{"without a reason", ana, with(func(f *DelegationForm) { f.Reason = " " }), fault.Invalid, "reason"},
			{"as it should be", ana, good, "", ""},
			{"twice", ana, with(func(f *DelegationForm) { f.From = "2026-07-10"; f.Last = "2026-07-11" }), fault.Invalid, "person"},
			{"to the end of her term", ana, with(func(f *DelegationForm) { f.From = "2026-07-11"; f.Last = "2026-12-31" }), "", ""},
		}
		for _, c := range cases {
			ctx := w.ctx()
			if c.who != "" {
				ctx = w.as(c.who)
			}
			_, err := w.Delegate(ctx, c.form)
			if c.kind == "" {
				if err != nil {
					t.Errorf("%s: %v", c.name, err)
				}
				continue
			}
			refused(t, c.name, err, c.kind, c.field)
		}
		_, err = w.Delegate(w.as(leo), good)
		refused(t, "a delegate delegates on", err, fault.Forbidden, "")
	})
}

func TestADelegationIsRevokedNotUndone(t *testing.T) {
	cases := []struct {
		name    string
		from    clock.Day // of the delegation; it ends with July
		revoked clock.Day
		acted   []clock.Day
		idle    []clock.Day
	}{
		{"from a later day", "2026-06-10", "2026-06-20", []clock.Day{"2026-06-10", "2026-06-19"}, []clock.Day{"2026-06-20", "2026-07-31"}},
		{"before it begins", "2026-06-20", "2026-06-20", nil, []clock.Day{"2026-06-20", "2026-07-31"}},
		{"at once, before it begins", "2026-06-20", today, nil, []clock.Day{today, "2026-06-20"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			run(t, func(t *testing.T, w *world) {
				ana, leo, d := w.delegated(c.from, "2026-07-31")
				w.must(w.RevokeDelegation(w.as(ana), d.ID, string(c.revoked)))
				for _, day := range c.acted {
					w.expectDelegate(leo, day, true)
				}
				for _, day := range c.idle {
					w.expectDelegate(leo, day, false)
				}
			})
		})
	}
}

func TestARevocationOfTodayWorksAtOnceAndKeepsTheMorning(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana, leo, d := w.delegated("2026-06-10", "2026-07-31")
		w.expectDelegate(leo, today, true)
		w.must(w.RevokeDelegation(w.as(ana), d.ID, string(today)))
		w.expectDelegate(leo, today, false)
		w.expectDelegate(leo, "2026-06-16", false)
		w.on(today)
		w.now = w.now.Add(-time.Hour)
		if s, _ := w.Standing(w.ctx(), leo); len(s.Posts) != 1 {
			t.Error("what he was this morning is gone")
		}
		stored, err := w.Delegation(w.ctx(), d.ID)
		if err != nil || !stored.On(today) || stored.On("2026-06-16") || stored.Planned != "2026-08-01" {
			t.Errorf("%+v, %v", stored, err)
		}
		w.on(today)
		refused(t, "again", w.RevokeDelegation(w.as(ana), d.ID, string(today)), fault.Conflict, "")
	})
}

func TestOnlyTheGiverRevokes(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana, leo, d := w.delegated("2026-06-10", "2026-07-31")
		refused(t, "the delegate", w.RevokeDelegation(w.as(leo), d.ID, string(today)), fault.Forbidden, "")
		refused(t, "a stranger", w.RevokeDelegation(w.ctx(), d.ID, string(today)), fault.Forbidden, "")
		refused(t, "a stranger, of nothing", w.RevokeDelegation(w.ctx(), "x", string(today)), fault.Forbidden, "")
		refused(t, "of nothing", w.RevokeDelegation(w.as(ana), "x", string(today)), fault.NotFound, "")
		refused(t, "from yesterday", w.RevokeDelegation(w.as(ana), d.ID, "2026-06-14"), fault.Invalid, "from")
		w.must(w.RevokeDelegation(w.as(w.administrator("Admin")), d.ID, "2026-06-20"))
	})
}

func TestADelegationEndsWithTheTermItWasGivenIn(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		ana, leo, d := w.delegated("2026-06-10", "2026-07-31")
		terms, err := w.TermsOf(w.ctx(), ana)
		w.must(err)
		_, err = w.EndTerm(w.as(w.administrator("Admin")), terms[0].ID, "2026-06-19")
		w.must(err)
		w.holds(w.official("Nueva"), "secretario-obras", "2026-06-20", "")
		w.expectDelegate(leo, "2026-06-19", true)
		w.expectDelegate(leo, "2026-06-20", false)
		if stored, err := w.Delegation(w.ctx(), d.ID); err != nil || stored.To != "2026-06-20" {
			t.Errorf("it is shown to last as %+v, %v", stored, err)
		}
	})
}

// delegated is a holder, a delegate and the delegation between them.
func (w *world) delegated(from, last clock.Day) (ana, leo string, d Delegation) {
	w.t.Helper()
	ana, leo = w.official("Ana Paz"), w.official("Leo Ríos")
	w.holds(ana, "secretario-obras", "2026-01-01", "")
	if from < today {
		w.on(from)
	}
	d, err := w.Delegate(w.as(ana), DelegationForm{Post: "secretario-obras", Delegate: leo, From: string(from), Last: string(last), Reason: "viaje"})
	w.must(err)
	w.on(today)
	return ana, leo, d
}

func (w *world) expectDelegate(person string, day clock.Day, want bool) {
	w.t.Helper()
	w.on(day)
	s, err := w.Standing(w.ctx(), person)
	if err != nil || s.Official() != want {
		w.t.Errorf("on %s the delegate stands as %+v, %v", day, s.Posts, err)
	}
}
