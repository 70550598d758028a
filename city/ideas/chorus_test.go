package ideas

import (
	"context"
	"testing"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// A story may give voices to what it invented, and to nothing else. That the
// voices count is shown where a story is told.
func TestNobodySingsForARealIdea(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		i := w.published("ana", "Bebederos en las plazas")
		now := clock.Now(w.citizen("bruno"))
		voices := []Voice{{Person: w.made["bruno"], At: now}}
		if err := w.Chorus(w.citizen("bruno"), i.Number, voices); !fault.Is(err, fault.Conflict) {
			t.Errorf("a chorus for a real idea: %v", err)
		}
		w.must(w.db.Write(t.Context(), func(ctx context.Context) error {
			_, err := w.db.Exec(ctx, `UPDATE ideas_idea SET invented = TRUE WHERE id = $1`, i.ID)
			return err
		}))
		w.must(w.Chorus(w.citizen("bruno"), i.Number, append(voices, voices...)))
		if n := w.read(i.Number).Supports; n != 1 {
			t.Errorf("%d supports of one person", n)
		}
		voices[0].At = now.Add(-1000 * time.Hour)
		if err := w.Chorus(w.citizen("bruno"), i.Number, voices); err == nil {
			t.Error("a voice from before the idea was there")
		}
		if n, err := db.One[int](t.Context(), w.db, `SELECT count(*) FROM ideas_support WHERE idea = $1`, i.ID); err != nil || n != 1 {
			t.Errorf("%d rows, %v", n, err)
		}
	})
}
