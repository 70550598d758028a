package exchange_test

import (
	"testing"

	"ronda/city/roundtable/exchange"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/web"
)

func run(t *testing.T, fn func(w *roundtest.World)) {
	t.Helper()
	roundtest.Run(t, func(w *roundtest.World) {
		w.Serve(func(m *web.Mux) { exchange.NewWeb(exchange.New(w.Roundtable, w.Charters)).Routes(m) })
		fn(w)
	})
}

// Whoever may not import sees neither the form nor what a file would do.
func TestTheImportIsClosedToOthers(t *testing.T) {
	run(t, func(w *roundtest.World) {
		for post, status := range map[string]int{"": 403, roundtest.Citizen: 403, roundtest.Proposer: 403, roundtest.Coordinator: 200} {
			if rec := w.Get(post, "/administracion/importar"); rec.Code != status {
				w.Errorf("%q: %d, want %d", post, rec.Code, status)
			}
		}
	})
}
