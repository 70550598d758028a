package ideas

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/id"
)

// BenchmarkCity measures the CPU of the process for each use case in a small city
// and in one of 20,000 ideas, 100,000 supports and 30,000 comments:
//
//	go test ./city/ideas -run xxx -bench City -benchtime 2s
func BenchmarkCity(b *testing.B) {
	for _, n := range benchSizes {
		w := crowded(b, n)
		for _, c := range w.cases() {
			b.Run(fmt.Sprintf("%d/%s", n, c.name), func(b *testing.B) {
				w.must(c.do(0))
				at := cpu(b)
				w.all(b, c)
				b.ReportMetric(float64(cpu(b)-at)/float64(time.Millisecond)/float64(b.N), "cpu-ms/op")
			})
		}
	}
}

var benchSizes = []int{200, 20_000}

type benchCase struct {
	name string
	do   func(n int) error
}

// all does the case b.N times; what writes is done by many at once, as a city
// does it.
func (w *town) all(b *testing.B, c benchCase) {
	many := 1
	if c.name == "support" || c.name == "create" {
		many = 32
	}
	var next atomic.Int64
	var all sync.WaitGroup
	errs := make(chan error, b.N)
	b.ResetTimer()
	for range many {
		all.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				errs <- c.do(int(n))
			}
		})
	}
	all.Wait()
	close(errs)
	for err := range errs {
		w.must(err)
	}
}

func (w *town) cases() []benchCase {
	ctx := w.citizen("ana")
	total := w.tally().Of(FilterAll, "")
	number := func() string { return fmt.Sprintf("IDEA-2025-%05d", 1+rand.IntN(total-101)) }
	var turn atomic.Int64
	return []benchCase{
		{"list", func(int) error { _, err := w.List(ctx, Filter{}); return err }},
		{"list-supports", func(int) error { _, err := w.List(ctx, Filter{Order: BySupports}); return err }},
		{"list-place-unanswered", func(int) error {
			_, err := w.List(ctx, Filter{Order: ByWaiting, By: map[string]string{FilterPlace: "flores"}})
			return err
		}},
		{"list-random", func(int) error { _, err := w.List(ctx, Filter{Order: ByChance}); return err }},
		{"idea", func(int) error { _, err := w.Idea(ctx, number()); return err }},
		{"comments", func(int) error { _, err := w.Comments(ctx, number(), ""); return err }},
		{"support", func(int) error {
			n := int(turn.Add(1))
			return w.Support(people.With(clock.At(ctx, w.now.Add(time.Duration(n)*time.Minute)), people.Standing{Person: w.made[nth("vecino", n%100)]}), number())
		}},
		{"create", func(n int) error {
			d := Draft{Title: titleOf(rand.New(rand.NewPCG(5, uint64(n)))), Text: someText, Place: "flores"}
			at := turn.Add(1)
			ctx := people.With(clock.At(ctx, w.now.Add(time.Duration(at)*time.Hour)), people.Standing{Person: w.made[nth("vecino", int(at)%100)]})
			d, err := w.SaveDraft(ctx, d)
			if err == nil {
				_, err = w.Send(ctx, d.ID)
			}
			return err
		}},
		{"search", func(int) error { _, err := w.Search(ctx, "bebedero pla", Filter{}, PageSize); return err }},
		{"typing", func(int) error { _, err := w.Typing(ctx, "compost y huerta en la escue", ""); return err }},
		{"clock", func(int) error { _, err := w.Clock(ctx); return err }},
	}
}

func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

var benchWords = strings.Fields("bebedero plaza agua fresca árboles sombra bicicleta senda escuela biblioteca feria vereda semáforo colectivo subte río costanera perro huerta reciclado luz cámara rampa baño banco juego mural teatro club cancha estacionamiento contenedor compost techo verde ruido obra cruce peatonal")

func titleOf(r *rand.Rand) string {
	var out []string
	for range 6 {
		out = append(out, benchWords[r.IntN(len(benchWords))])
	}
	return strings.Join(out, " ") + fmt.Sprint(" ", r.IntN(100000))
}

// crowded is a city with n ideas and in proportion supports and comments.
func crowded(b *testing.B, n int) *town {
	b.Helper()
	w := newTown(b, dbtest.SQLite(b, tablesOf(db.SQLite)...))
	r := rand.New(rand.NewPCG(3, 4))
	parts := w.ch.Territories.All()
	var rows []Foreign
	for i := range n {
		rows = append(rows, Foreign{Source: "bench", ID: fmt.Sprint(i), Title: titleOf(r), Text: titleOf(r) + ". " + someText + " " + titleOf(r),
			Place: parts[r.IntN(len(parts))].Code, Created: start.AddDate(0, -9, 0).Add(time.Duration(i) * time.Second)})
	}
	_, err := w.Import(w.as(coordinator), rows, ImportOptions{})
	w.must(err)
	for i := range 100 {
		w.published(nth("vecino", i), "La primera de cada cual")
	}
	w.published("ana", "La primera")
	w.now = w.now.AddDate(0, 0, 1)
	w.must(w.db.Write(w.as(), func(ctx context.Context) error { return w.populate(ctx, r, n) }))
	w.must(w.WarmUp(w.as()))
	return w
}

// populate writes supports and comments of 5,000 others straight into the tables.
func (w *town) populate(ctx context.Context, r *rand.Rand, n int) error {
	ids, err := db.Query[string](ctx, w.db, `SELECT id FROM ideas_idea`)
	if err != nil {
		return err
	}
	for range 5 * n {
		if _, err := w.db.Exec(ctx, `INSERT INTO ideas_support (idea, person, at, fresh) VALUES ($1, $2, $3, FALSE) ON CONFLICT DO NOTHING`,
			ids[r.IntN(len(ids))], fmt.Sprintf("person-%04d", r.IntN(5000)), w.now); err != nil {
			return err
		}
	}
	for range n + n/2 {
		c := Comment{ID: id.New(), Idea: ids[r.IntN(len(ids))], Person: fmt.Sprintf("person-%04d", r.IntN(5000)), Voice: 1, Text: someText, At: w.now}
		c.Root = c.ID
		if err := w.db.Insert(ctx, "ideas_comment", c); err != nil {
			return err
		}
	}
	for _, sql := range []string{
		`UPDATE ideas_idea SET supports = (SELECT count(*) FROM ideas_support s WHERE s.idea = ideas_idea.id), comments = (SELECT count(*) FROM ideas_comment c WHERE c.idea = ideas_idea.id)`,
		`UPDATE ideas_tag SET supports = (SELECT supports FROM ideas_idea i WHERE i.id = ideas_tag.idea)`,
	} {
		if _, err := w.db.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}

func (w *town) tally() *Tally {
	t, err := w.Counts(w.as())
	w.must(err)
	return t
}
