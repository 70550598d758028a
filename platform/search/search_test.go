package search_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/search"
)

func both(t *testing.T, fn func(t *testing.T, d *db.DB)) {
	t.Run("sqlite", func(t *testing.T) { fn(t, dbtest.SQLite(t, search.Migrations(db.SQLite))) })
	t.Run("postgres", func(t *testing.T) { fn(t, dbtest.Postgres(t, search.Migrations(db.Postgres))) })
}

func put(t *testing.T, d *db.DB, x *search.Index, id string, text search.Text) {
	t.Helper()
	if err := d.Write(t.Context(), func(ctx context.Context) error { return x.Put(ctx, id, text) }); err != nil {
		t.Fatal(err)
	}
}

func TestFindsByBeginnings(t *testing.T) {
	both(t, func(t *testing.T, d *db.DB) {
		x, other := search.New(d, "initiative"), search.New(d, "idea")
		put(t, d, x, "1", search.Text{Area: "public", Title: "bicicletas para todos", Body: "estaciones en la ciudad"})
		put(t, d, x, "2", search.Text{Area: "public", Title: "escuelas", Body: "bicicletas para ir a la escuela"})
		put(t, d, x, "3", search.Text{Area: "inside", Title: "bicicletas electricas", Body: ""})
		put(t, d, x, "4", search.Text{Area: "marks", Title: "<script>alerta</script> a.example/tranvia", Body: ""})
		put(t, d, other, "9", search.Text{Area: "public", Title: "bicicletas", Body: ""})
		for _, c := range []struct {
			area  string
			words []string
			want  []string
		}{
			{"public", []string{"bicic"}, []string{"1", "2"}}, // the title first
			{"public", []string{"bicic", "escuel"}, []string{"2"}},
			{"inside", []string{"bici"}, []string{"3"}},
			{"marks", []string{"script"}, []string{"4"}},
			{"marks", []string{"tranv"}, []string{"4"}},
			{"public", []string{"tren"}, nil},
			{"public", []string{`"`, "*", "OR", "&", "!"}, nil},
			{"public", nil, nil},
		} {
			got, err := x.Query(t.Context(), c.area, c.words, 10)
			if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
				t.Errorf("%s %q: %s %v", c.area, c.words, diff, err)
			}
		}
	})
}

func TestAReplacedTextIsFoundByItsNewWordsOnly(t *testing.T) {
	both(t, func(t *testing.T, d *db.DB) {
		x := search.New(d, "initiative")
		put(t, d, x, "1", search.Text{Area: "inside", Title: "viejo"})
		put(t, d, x, "1", search.Text{Area: "public", Title: "nuevo"})
		for area, word := range map[string]string{"inside": "viejo", "public": "viejo"} {
			if got, err := x.Query(t.Context(), area, []string{word}, 10); len(got) != 0 || err != nil {
				t.Errorf("%s: %v %v", area, got, err)
			}
		}
		if got, _ := x.Query(t.Context(), "public", []string{"nue"}, 10); len(got) != 1 {
			t.Errorf("the new text is not found: %v", got)
		}
	})
}
