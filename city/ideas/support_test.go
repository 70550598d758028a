package ideas

import (
	"errors"
	"sync"
	"testing"

	"ronda/platform/db"
	"ronda/platform/fault"
)

// TestOneVoiceUnderManyWriters: 64 at once, each clicking twice, in a family.
func TestOneVoiceUnderManyWriters(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		a, b := w.published("ana", "Bebederos en las plazas"), w.published("bruno", "Agua fresca en las plazas")
		ask, err := w.AskFamily(w.citizen("ana"), a.Number, b.Number, "")
		w.must(err)
		w.must(w.Consent(w.citizen("bruno"), ask.ID, true))
		const people, writers = 16, 64
		for n := range people {
			w.citizen(nth("vecino", n))
		}
		errs := make([]error, writers)
		var all sync.WaitGroup
		for n := range writers {
			ctx := w.citizen(nth("vecino", n%people))
			all.Go(func() {
				for _, number := range []string{a.Number, b.Number, a.Number} {
					errs[n] = errors.Join(errs[n], w.Support(ctx, number))
				}
			})
		}
		all.Wait()
		w.must(errors.Join(errs...))
		if x, y := w.read(a.Number).Supports, w.read(b.Number).Supports; x != people || y != people {
			t.Errorf("supports: %d and %d, not %d", x, y, people)
		}
		f, err := w.Family(w.as(), w.read(a.Number).Family)
		if w.must(err); f.Supporters != people {
			t.Errorf("the family has %d supporters, not %d", f.Supporters, people)
		}
	})
}

func TestAVoiceIsGivenAndTakenBack(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		i := w.published("ana", "Bebederos")
		ctx := w.citizen("bruno")
		w.must(w.Support(ctx, i.Number))
		w.must(w.Support(ctx, i.Number))
		v, err := w.Idea(ctx, i.Number)
		if w.must(err); v.Idea.Supports != 1 || !v.Supported {
			t.Errorf("supported: %+v", v.Idea)
		}
		has, err := w.Supports(ctx, w.made["bruno"], i.ID, "another")
		if w.must(err); len(has) != 1 || !has[i.ID] {
			t.Errorf("supports: %v", has)
		}
		list, _, err := w.Supported(ctx, "")
		if w.must(err); len(list) != 1 {
			t.Errorf("what bruno supports: %+v", list)
		}
		w.must(w.Unsupport(ctx, i.Number))
		w.must(w.Unsupport(ctx, i.Number))
		if n := w.read(i.Number).Supports; n != 0 {
			t.Errorf("taken back: %d", n)
		}
		if err := w.Support(w.as(), i.Number); !is(err, "fault.sign_in") {
			t.Errorf("a visitor: %v", err)
		}
		w.must(w.Hide(w.as(coordinator), i.Number, "no es una idea"))
		if err := w.Support(ctx, i.Number); !fault.Is(err, fault.Conflict) {
			t.Errorf("of a hidden one: %v", err)
		}
		if n, _ := db.One[int](w.as(), w.db, `SELECT count(*) FROM ideas_support`); n != 0 {
			t.Errorf("%d rows stay", n)
		}
	})
}

// TestASuddenClusterIsShownAndCounted: moderators see it, no voice is dropped.
func TestASuddenClusterIsShownAndCounted(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		calm, sudden := w.published("ana", "Bebederos"), w.published("bruno", "Sombra")
		for n := range brigadeFresh {
			w.must(w.Support(w.citizen(nth("vecino", n)), calm.Number))
			w.must(w.Support(w.citizen(nth("newby", n)), sudden.Number))
		}
		queue, _, err := w.Queue(w.as(coordinator), "")
		w.must(err)
		if len(queue) != 1 || queue[0].Kind != MatterBrigade || queue[0].Number != sudden.Number || queue[0].N != brigadeFresh {
			t.Fatalf("queue: %+v", queue)
		}
		if n := w.read(sudden.Number).Supports; n != brigadeFresh {
			t.Errorf("%d of %d voices count", n, brigadeFresh)
		}
		for n := range brigadeFresh { // as many newcomers among as many others are no brigade
			w.must(w.Support(w.citizen(nth("newby", n)), calm.Number))
		}
		w.must(w.CloseReports(w.as(coordinator), queue[0].ID, "son vecinos de la cuadra"))
		if queue, _, _ = w.Queue(w.as(coordinator), ""); len(queue) != 0 {
			t.Errorf("looked at: %+v", queue)
		}
	})
}
