package ideas

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"ronda/platform/clock"
	"ronda/platform/fault"
)

// solve does the work of a task, as the browser does.
func (w *town) solve(ctx context.Context) string {
	w.t.Helper()
	for task, n := w.Task(ctx), 0; n < 1<<24; n++ {
		proof := fmt.Sprintf("%s:%d", task, n)
		if _, ok := w.proven(ctx, proof); ok {
			return proof
		}
	}
	w.t.Fatal("no number solves the task")
	return ""
}

// bot keeps a draft without an account, each time as somebody else of a network.
func (w *town) bot(network, proof string, n int) error {
	ctx := With(clock.At(w.t.Context(), w.now), Visitor{Network: network, Secret: fmt.Sprintf("%020d", n), Proof: proof})
	_, err := w.SaveDraft(ctx, Draft{Title: fmt.Sprintf("Ofertas %d", n)})
	return err
}

// Whoever has no account keeps few drafts for nothing, and more for work: each
// proof is good for one.
func TestDraftsWithoutAnAccountCostWork(t *testing.T) {
	run(t, func(t *testing.T, w *town) {
		for n := range bareMost {
			if err := w.bot("10.0.0.1", "", n); err != nil {
				t.Fatalf("draft %d without a proof: %v", n, err)
			}
		}
		proof := w.solve(clock.At(t.Context(), w.now))
		for name, bad := range map[string]string{"none": "", "of nothing": proof[strings.Index(proof, ":"):], "unsolved": w.Task(clock.At(t.Context(), w.now)) + ":x",
			"of a task that is not ours": strings.Repeat("A", strings.Index(proof, ":")) + ":1"} {
			if err := w.bot("10.0.0.1", bad, 100); !fault.Is(err, fault.TooMany) {
				t.Errorf("a proof that is %s: %v", name, err)
			}
		}
		if err := w.bot("10.0.0.2", "", 101); err != nil {
			t.Errorf("another network: %v", err)
		}
		if err := w.bot("10.0.0.1", proof, 102); err != nil {
			t.Errorf("a proof: %v", err)
		}
		if err := w.bot("10.0.0.1", proof, 103); !fault.Is(err, fault.TooMany) {
			t.Errorf("the same proof once more: %v", err)
		}
		old := w.solve(clock.At(t.Context(), w.now))
		w.now = w.now.Add(proofLife + 2*time.Hour)
		for n := range bareMost {
			w.must(w.bot("10.0.0.1", "", 200+n))
		}
		if err := w.bot("10.0.0.1", old, 300); !fault.Is(err, fault.TooMany) {
			t.Errorf("an old proof: %v", err)
		}
		ana := With(w.citizen("ana"), Visitor{Network: "10.0.0.1"})
		if _, err := w.SaveDraft(ana, Draft{Title: "Composteras"}); err != nil {
			t.Errorf("somebody with an account: %v", err)
		}
	})
}
