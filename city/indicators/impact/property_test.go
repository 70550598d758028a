package impact_test

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"ronda/city/indicators/impact"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

// Through any sequence of readings no version is lost, and of each period, place
// and group exactly the latest stands.
func TestNoVersionIsEverLost(t *testing.T) {
	w := newTown(t, dbtest.SQLite(t, tables(db.SQLite)...))
	number := w.adopted("Versiones")
	w.later(400)
	type part struct{ period, territory, group string }
	rapid.Check(t, func(t *rapid.T) {
		d := defined()
		i, err := w.impact.Define(w.As(roundtest.Proposer), number, d)
		if err != nil {
			t.Fatal(err)
		}
		taken := map[part][]int64{}
		for range rapid.IntRange(0, 7).Draw(t, "readings") {
			p := part{rapid.SampledFrom([]string{"2026-Q1", "2026-Q2"}).Draw(t, "period"), rapid.SampledFrom([]string{"", "comuna-1"}).Draw(t, "territory"),
				rapid.SampledFrom([]string{"", "docentes"}).Draw(t, "group")}
			value := rapid.Int64Range(0, 3).Draw(t, "value")
			r := impact.Reading{Indicator: i.Number, Period: p.period, Territory: p.territory, Group: p.group, Value: strconv.FormatInt(value, 10), Note: "Planilla", Reason: "Se contó de nuevo."}
			was := taken[p]
			x, err := w.impact.Report(w.As(roundtest.Proposer), r)
			if fresh := len(was) == 0 || was[len(was)-1] != value; fresh != (err == nil) {
				t.Fatalf("%+v after %v: %v", r, was, err)
			} else if fresh {
				taken[p] = append(was, value)
				if x.Version != int64(len(taken[p])) {
					t.Fatalf("version %d after %v", x.Version, was)
				}
			}
		}
		if err := w.impact.Retire(w.As(planner), i.Number, "Hace lugar a otro."); err != nil {
			t.Fatal(err)
		}
		checkVersions(t, w, i.Number, func(x impact.Measurement) []int64 { return taken[part{x.Period, x.Territory, x.Group}] })
	})
}

func checkVersions(t *rapid.T, w *town, number string, taken func(impact.Measurement) []int64) {
	v, err := w.impact.Indicator(w.As(), number)
	if err != nil {
		t.Fatal(err)
	}
	stand := map[[3]string]int{}
	for _, x := range v.History {
		all := taken(x)
		if int64(len(all)) < x.Version || all[x.Version-1] != x.Units || x.Stands != (int64(len(all)) == x.Version) {
			t.Fatalf("%+v of %v", x, all)
		}
		stand[[3]string{x.Period, x.Territory, x.Group}]++
	}
	for key, n := range stand {
		if n != len(taken(impact.Measurement{Period: key[0], Territory: key[1], Group: key[2]})) {
			t.Fatalf("%v has %d versions", key, n)
		}
	}
}
