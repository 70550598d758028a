package people

import (
	"context"
	"sync"
	"testing"

	"ronda/platform/fault"
)

func TestTheFirstAdministratorNeedsNobodyAndTheSecondNeedsTheFirst(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		one, two, three := w.official("Uno"), w.official("Dos"), w.official("Tres")
		w.must(w.FirstAdministrator(w.ctx(), one))
		refused(t, "a second first", w.FirstAdministrator(w.ctx(), two), fault.Conflict, "")
		_, err := w.Grant(w.as(two), two, RoleAdministrator)
		refused(t, "by an official", err, fault.Forbidden, "")
		if pending, err := w.Grant(w.as(one), two, RoleAdministrator); pending || err != nil {
			t.Fatal("the only administrator waits for", pending, err)
		}
		if pending, err := w.Grant(w.as(one), three, RoleAdministrator); !pending || err != nil {
			t.Fatal("one of two did it alone", err)
		}
		_, err = w.Grant(w.as(two), three, RoleAdministrator)
		refused(t, "the same again", err, fault.Conflict, "")
		if s, _ := w.Standing(w.ctx(), three); s.Administrator() {
			t.Error("not confirmed, and an administrator")
		}
		change := w.onlyChange()
		refused(t, "confirmed by who proposed it", w.Confirm(w.as(one), change), fault.Forbidden, "")
		refused(t, "confirmed by who gets it", w.Confirm(w.as(three), change), fault.Forbidden, "")
		refused(t, "confirmed by a stranger", w.Confirm(w.ctx(), "x"), fault.Forbidden, "")
		w.must(w.Confirm(w.as(two), change))
		refused(t, "confirmed twice", w.Confirm(w.as(two), change), fault.Conflict, "")
		if s, _ := w.Standing(w.ctx(), three); !s.Administrator() {
			t.Error("confirmed, and no administrator")
		}
	})
}

func TestTheLastAdministratorStays(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		one := w.administrator("Uno")
		_, err := w.Revoke(w.as(one), one, RoleAdministrator)
		refused(t, "the only one", err, fault.Conflict, "")
		two := w.administrator("Dos")
		pending, err := w.Revoke(w.as(one), one, RoleAdministrator)
		if !pending || err != nil {
			t.Fatal(pending, err)
		}
		w.must(w.Confirm(w.as(two), w.onlyChange()))
		if s, _ := w.Standing(w.ctx(), one); s.Administrator() {
			t.Error("revoked, and an administrator")
		}
		_, err = w.Revoke(w.as(two), one, RoleAdministrator)
		refused(t, "twice", err, fault.Conflict, "")
		if roles, err := w.RolesOf(w.ctx(), one); err != nil || len(roles) != 1 || roles[0].To != today {
			t.Errorf("the history says %+v, %v", roles, err)
		}
	})
}

func TestAFacilitatorIsOneAdministratorsAct(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		one := w.administrator("Uno")
		w.administrator("Dos")
		ana := w.official("Ana Paz")
		if pending, err := w.Grant(w.as(one), ana, RoleFacilitator); pending || err != nil {
			t.Fatal(pending, err)
		}
		if s, _ := w.Standing(w.ctx(), ana); !s.HasRole(RoleFacilitator) {
			t.Error("granted, and no facilitator")
		}
		_, err := w.Grant(w.as(one), ana, RoleFacilitator)
		refused(t, "twice", err, fault.Invalid, "role")
		_, err = w.Grant(w.as(one), ana, "king")
		refused(t, "a role that is none", err, fault.Invalid, "role")
		_, err = w.Grant(w.as(one), "x", RoleFacilitator)
		refused(t, "to nobody", err, fault.NotFound, "")
		if _, err := w.Revoke(w.as(one), ana, RoleFacilitator); err != nil {
			t.Fatal(err)
		}
		if s, _ := w.Standing(w.ctx(), ana); s.HasRole(RoleFacilitator) {
			t.Error("revoked, and a facilitator")
		}
	})
}

func TestARejectedChangeIsNotMade(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		one, two := w.administrator("Uno"), w.administrator("Dos")
		made := 0
		w.Cover(ChangeKind{Kind: "test.something", Apply: func(context.Context, map[string]string) error { made++; return nil }})
		propose := func() string {
			c, err := w.Propose(w.as(one), "test.something", map[string]string{"a": "b"})
			if err != nil || c.State != ChangePending {
				t.Fatal(c, err)
			}
			return c.ID
		}
		first := propose()
		refused(t, "without a reason", w.Reject(w.as(two), first, " "), fault.Invalid, "reason")
		w.must(w.Reject(w.as(two), first, "todavía no"))
		refused(t, "confirmed after all", w.Confirm(w.as(two), first), fault.Conflict, "")
		second := propose()
		w.must(w.Reject(w.as(one), second, ""))
		if c, err := w.Change(w.ctx(), second); err != nil || c.State != ChangeWithdrawn {
			t.Errorf("%+v, %v", c, err)
		}
		w.must(w.Confirm(w.as(two), propose()))
		if made != 1 {
			t.Errorf("made %d times", made)
		}
		old, err := w.DecidedChanges(w.ctx(), "", 10)
		if err != nil || len(old) != 3 || old[0].State != ChangeConfirmed || old[2].Reason != "todavía no" || old[2].Data["a"] != "b" {
			t.Errorf("%+v, %v", old, err)
		}
	})
}

func TestAChangeThatNoLongerHoldsIsNotMade(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		one, two := w.administrator("Uno"), w.administrator("Dos")
		_, err := w.Reorganise(w.as(one), Reorganisation{Ending: []string{"concejo"}, Last: string(today)})
		w.must(err)
		w.on("2026-06-16")
		refused(t, "a day late", w.Confirm(w.as(two), w.onlyChange()), fault.Conflict, "")
		if b, err := w.Body(w.ctx(), "concejo"); err != nil || b.To != "" {
			t.Errorf("%+v, %v", b, err)
		}
		w.must(w.Reject(w.as(two), w.onlyChange(), "llegó tarde"))
	})
}

func TestOneSeatGoesToOneOfMany(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		var wait sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			person := w.official("Persona")
			wait.Go(func() { _, errs[i] = w.tryHold(person, "secretario-obras", today, "") })
		}
		wait.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
				continue
			}
			refused(t, "who came later", err, fault.Invalid, "from")
		}
		if won != 1 {
			t.Errorf("%d got the only seat", won)
		}
	})
}

// onlyChange is the id of the one change that waits.
func (w *world) onlyChange() string {
	w.t.Helper()
	all, err := w.PendingChanges(w.ctx())
	if err != nil || len(all) != 1 {
		w.t.Fatalf("waiting: %+v, %v", all, err)
	}
	return all[0].ID
}

func TestTheDeskHoldsWhatWaitsForASecondAdministrator(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		one, two, ana := w.administrator("Uno"), w.administrator("Dos"), w.official("Ana Paz")
		_, err := w.Grant(w.as(one), ana, RoleAdministrator)
		w.must(err)
		for person, want := range map[string]int{one: 0, two: 1, ana: 0} {
			items, err := w.Desk(w.ctx(), person)
			if err != nil || len(items) != want {
				t.Errorf("%s owes %+v, %v", person, items, err)
			}
			if want > 0 && items[0].Detail != "Dar a Ana Paz el rol de Administración" {
				t.Errorf("owes %q", items[0].Detail)
			}
		}
	})
}
