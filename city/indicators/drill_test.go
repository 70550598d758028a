package indicators_test

import (
	"testing"

	"ronda/city/roundtable/roundtest"
)

// What lies behind the indices is held while somebody asks for it, and no longer;
// whoever asks later gets the same.
func TestFactsAreHeldWhileSomebodyAsks(t *testing.T) {
	roundtest.Run(t, func(w *roundtest.World) {
		x := newTown(w)
		number := w.Filed("Academia", nil)
		x.sign(number)
		x.later()
		x.own.Refresh(w.As())
		if x.own.Held() {
			t.Error("facts are held that nobody asked for")
		}
		first, err := x.own.Counted(w.As(), "2026")
		w.Must(err)
		x.own.Refresh(w.As())
		if !x.own.Held() {
			t.Error("the facts that somebody just asked for are gone")
		}
		x.own.Refresh(w.As())
		if x.own.Held() {
			t.Error("facts are held for two pictures without a question")
		}
		again, err := x.own.Counted(w.As(), "2026")
		w.Must(err)
		if len(first.Compliance.Levels) != 1 || again.Compliance.City != first.Compliance.City || again.Compliance.Counted != first.Compliance.Counted {
			t.Errorf("counted %d and then %d, %v and then %v", first.Compliance.Counted, again.Compliance.Counted, first.Compliance.City, again.Compliance.City)
		}
	})
}
