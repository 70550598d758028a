package budget

import (
	"context"
	"fmt"
	"testing"

	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

// BenchmarkColumns reads the money of a page of 24 initiatives among 20,000.
func BenchmarkColumns(b *testing.B) {
	d := dbtest.SQLite(b, tables(db.SQLite)...)
	m := New(Deps{DB: d})
	err := d.Write(b.Context(), func(ctx context.Context) error {
		for i := range 20_000 {
			if err := d.Insert(ctx, "budget_column", Column{Initiative: fmt.Sprintf("i%05d", i), Currency: "ARS", Axis: "x", Drawn: 5}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	var ids []string
	for i := range 24 {
		ids = append(ids, fmt.Sprintf("i%05d", i*831))
	}
	for b.Loop() {
		if got, err := m.Columns(b.Context(), ids...); err != nil || len(got) != len(ids) {
			b.Fatal(len(got), err)
		}
	}
}
