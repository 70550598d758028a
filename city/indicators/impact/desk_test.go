package impact_test

import (
	"testing"

	"ronda/city/people"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

// What waits to be measured is on the desk of the post that answers for it, once
// its period is over, with the day by which it is in time.
func TestTheDeskHoldsWhatIsToBeMeasured(t *testing.T) {
	w := newTown(t, dbtest.SQLite(t, tables(db.SQLite)...))
	admin := func() people.Standing {
		return people.Standing{Person: "admin", Roles: []string{people.RoleAdministrator}}
	}
	w.Must(w.People.Sync(people.With(w.As(), admin()), w.City))
	person, err := w.People.CreateOfficial(people.With(w.As(), admin()), "Ana")
	w.Must(err)
	_, _, err = w.People.Appoint(people.With(w.As(), admin()), people.Appointment{Post: roundtest.Proposer, Person: person, From: "2026-01-01"})
	w.Must(err)
	i := w.define(w.adopted("Escritorio"), nil)
	owed := func() int {
		items, err := w.impact.Desk(w.As(), person)
		w.Must(err)
		for _, x := range items {
			if x.Due != "2026-04-15" || x.Href != "/indicadores/"+i.Number+"/medir" {
				t.Errorf("owed %+v", x)
			}
		}
		return len(items)
	}
	if n := owed(); n != 0 {
		t.Errorf("%d owed of a quarter that is not over", n)
	}
	w.later(10)
	if n := owed(); n != 1 {
		t.Errorf("%d owed of a quarter that is over", n)
	}
	_, err = w.impact.Report(w.As(roundtest.Proposer), reading(i, "1500"))
	w.Must(err)
	if n := owed(); n != 0 {
		t.Errorf("%d owed once it is measured", n)
	}
}
