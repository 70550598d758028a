package ideas

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
)

// TestVoicesAreNeverCountedTwice plays at random with supports and families: the
// stored counters always equal a recount of the rows, whatever was refused.
func TestVoicesAreNeverCountedTwice(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		dbtest.Fewer(t, w.db)
		round := 0
		rapid.Check(t, func(rt *rapid.T) {
			round++
			var ideas []Idea
			for n := range 4 {
				who := nth("autora", n)
				ideas = append(ideas, w.published(who, fmt.Sprintf("Idea %d de la vuelta %d", n, round)))
			}
			for range rapid.IntRange(4, 16).Draw(rt, "length") {
				w.playVoices(rt, ideas)
				w.recounted(rt, ideas)
			}
			if err := w.reorder(w.as()); err != nil {
				rt.Fatal(err)
			}
			w.recounted(rt, ideas)
			w.recountFilters(rt)
			w.now = w.now.Add(limitPause)
		})
	})
}

// playVoices does one act at random; refusing it is fine, failing is not.
func (w *town) playVoices(rt *rapid.T, ideas []Idea) {
	n := rapid.IntRange(0, 3).Draw(rt, "idea")
	i, author := ideas[n], w.citizen(nth("autora", n))
	who := w.citizen(nth("vecino", rapid.IntRange(0, 5).Draw(rt, "who")))
	o := rapid.IntRange(0, 3).Draw(rt, "other")
	var err error
	switch rapid.SampledFrom([]string{"support", "support", "unsupport", "join", "join", "leave", "hide"}).Draw(rt, "act") {
	case "support":
		err = w.Support(who, i.Number)
	case "unsupport":
		err = w.Unsupport(who, i.Number)
	case "join":
		var a Ask
		if a, err = w.AskFamily(author, i.Number, ideas[o].Number, ""); err == nil && !a.OtherYes {
			err = w.Consent(w.citizen(nth("autora", o)), a.ID, rapid.Bool().Draw(rt, "yes"))
		}
	case "leave":
		err = w.LeaveFamily(author, i.Number)
	case "hide":
		if err = w.Hide(w.as(coordinator), i.Number, "una prueba de ocultar"); err == nil {
			w.recounted(rt, ideas)
			err = w.Restore(w.as(coordinator), i.Number, "una prueba de mostrar")
		}
	}
	if err != nil && fault.KindOf(err) == fault.Internal {
		rt.Fatalf("%v", err)
	}
}

// recounted compares every counter with its rows.
func (w *town) recounted(rt *rapid.T, ideas []Idea) {
	ctx := w.as()
	one := func(sql string, args ...any) int {
		n, err := db.One[int](ctx, w.db, sql, args...)
		if err != nil {
			rt.Fatal(err)
		}
		return n
	}
	for _, i := range ideas {
		i = w.read(i.Number)
		if n := one(`SELECT count(*) FROM ideas_support WHERE idea = $1`, i.ID); n != i.Supports {
			rt.Fatalf("%s: %d supports, counted %d", i.Number, i.Supports, n)
		}
		if n := one(`SELECT count(*) FROM ideas_tag WHERE idea = $1 AND supports <> $2 AND idea NOT IN (SELECT idea FROM ideas_moved)`, i.ID, i.Supports); n != 0 {
			rt.Fatalf("%s: %d filters have another number of supports", i.Number, n)
		}
		if i.Family == "" {
			continue
		}
		members := one(`SELECT count(*) FROM ideas_idea WHERE family = $1`, i.Family)
		distinct := one(`SELECT count(DISTINCT person) FROM ideas_support WHERE idea IN (SELECT id FROM ideas_idea WHERE family = $1)`, i.Family)
		if f := one(`SELECT supporters FROM ideas_family WHERE id = $1`, i.Family); f != distinct || members < 2 {
			rt.Fatalf("family of %d ideas: %d supporters, counted %d", members, f, distinct)
		}
	}
}

// recountFilters compares what every filter is said to find with what it finds.
func (w *town) recountFilters(rt *rapid.T) {
	wrong, err := db.Query[string](w.as(), w.db, `SELECT kind || ' ' || code FROM ideas_count c
		WHERE n <> (SELECT count(*) FROM ideas_tag t WHERE t.kind = c.kind AND t.code = c.code)`)
	if err != nil || len(wrong) > 0 {
		rt.Fatalf("filters that count wrong: %v, %v", wrong, err)
	}
}

// TestAFamilyNeedsBothSides: asking is not joining, others cannot consent, and
// authors become co-authors by it.
func TestAFamilyNeedsBothSides(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		a, b, c := w.published("ana", "Bebederos en las plazas"), w.published("bruno", "Agua fresca en las plazas"), w.published("carla", "Fuentes de agua")
		ask, err := w.AskFamily(w.citizen("ana"), a.Number, b.Number, "Piden lo mismo con otras palabras")
		w.must(err)
		for _, who := range []string{"ana", "carla"} {
			if err := w.Consent(w.citizen(who), ask.ID, true); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s consents for bruno: %v", who, err)
			}
		}
		if w.read(a.Number).Family != "" {
			t.Fatal("a family by asking")
		}
		asks, err := w.Asks(w.citizen("bruno"))
		if w.must(err); len(asks) != 1 || asks[0].ID != ask.ID {
			t.Errorf("bruno is not asked: %+v", asks)
		}
		for _, who := range []string{"dora", "elsa"} {
			w.must(w.Support(w.citizen(who), a.Number))
		}
		w.must(w.Support(w.citizen("elsa"), b.Number))
		w.must(w.Consent(w.citizen("bruno"), ask.ID, true))
		v, err := w.Idea(w.citizen("bruno"), a.Number)
		w.must(err)
		if v.Family == nil || v.Family.Supporters != 2 || len(v.Family.Ideas) != 2 || v.Idea.Supports != 2 {
			t.Errorf("the family: %+v", v.Family)
		}
		if _, kin := v.Is(w.standingOf("bruno"), Kin); !kin {
			t.Error("bruno is no co-author of ana's idea")
		}
		next, err := w.AskFamily(w.citizen("carla"), c.Number, a.Number, "")
		w.must(err)
		w.must(w.Consent(w.citizen("bruno"), next.ID, true)) // a co-author speaks for the family
		w.must(w.LeaveFamily(w.citizen("ana"), a.Number))
		f, err := w.Family(w.as(), w.read(b.Number).Family)
		if w.must(err); len(f.Ideas) != 2 || f.Supporters != 1 {
			t.Errorf("without ana: %+v", f)
		}
		if got := w.kinds(LogSubject); got != "family_left family_joined family_joined" {
			t.Errorf("the public log: %s", got)
		}
	})
}

// TestAModeratorsFamilyAsksBoth, but for a side that has nobody to be asked.
func TestAModeratorsFamilyAsksBoth(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		a, b := w.published("ana", "Bebederos en las plazas"), w.published("bruno", "Agua fresca en las plazas")
		ask, err := w.AskFamily(w.as(coordinator), a.Number, b.Number, "Son la misma")
		w.must(err)
		w.must(w.Consent(w.citizen("bruno"), ask.ID, true))
		if w.read(a.Number).Family != "" {
			t.Error("one side is enough")
		}
		w.must(w.Consent(w.citizen("ana"), ask.ID, true))
		if w.read(a.Number).Family == "" {
			t.Error("both agreed")
		}
		_, err = w.Import(w.as(coordinator), []Foreign{{Source: "x", ID: "1", Title: "Bebederos", Text: someText}}, ImportOptions{})
		w.must(err)
		alone := w.published("carla", "Fuentes")
		foreign, err := w.byID(w.as(), w.only(`SELECT id FROM ideas_idea WHERE imported = 'x:1'`))
		w.must(err)
		ask, err = w.AskFamily(w.as(coordinator), alone.Number, foreign.Number, "Son la misma")
		w.must(err)
		w.must(w.Consent(w.citizen("carla"), ask.ID, true))
		if w.read(foreign.Number).Family == "" {
			t.Error("an imported idea has nobody to be asked")
		}
	})
}
