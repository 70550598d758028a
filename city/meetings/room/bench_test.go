package room

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

// BenchmarkFollow is the page of a follower of a meeting that runs.
func BenchmarkFollow(b *testing.B) {
	w := newWorld(b, dbtest.SQLite(b, tables(db.SQLite)...))
	w.done(chair, viewLead, "act", "begin")
	w.done(chair, viewLead, "act", "open", "item", w.items[0].ID)
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodGet, Href(w.number), nil)
		r.Header.Set("X-Who", reader)
		w.handler.ServeHTTP(httptest.NewRecorder(), r)
	}
}
