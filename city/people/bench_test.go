package people

import (
	"fmt"
	"testing"

	"ronda/platform/db/dbtest"
)

// BenchmarkStanding is what a signed-in request pays, with 2,000 people.
func BenchmarkStanding(b *testing.B) {
	w := newWorld(b, dbtest.SQLite(b, tables...))
	for i := range 2000 {
		w.official(fmt.Sprint("Persona ", i))
	}
	ana := w.official("Ana Paz")
	w.holds(ana, "secretario-obras", "2026-01-01", "")
	ctx := w.ctx()
	b.ReportAllocs()
	for b.Loop() {
		if s, err := w.Standing(ctx, ana); err != nil || !s.Official() {
			b.Fatal(s, err)
		}
	}
}
