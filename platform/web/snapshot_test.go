package web_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/web"
)

// While a page is made, others sign in; the page does not see it until its
// answer has begun.
func TestAPageSeesOneMoment(t *testing.T) {
	d := dbtest.SQLite(t, web.Migrations)
	s := web.NewSessions(d, false)
	signIn := func(n int) {
		if err := s.Store.Commit(fmt.Sprint("token", n), []byte("x"), time.Now().Add(time.Hour)); err != nil {
			t.Error(err)
		}
	}
	count := func(r *http.Request) int64 {
		n, err := db.One[int64](r.Context(), d, `SELECT count(*) FROM web_session`)
		if err != nil {
			t.Error(err)
		}
		return n
	}
	page := func(rw http.ResponseWriter, r *http.Request) error {
		first := count(r)
		signIn(int(first))
		second := count(r)
		rw.WriteHeader(http.StatusOK)
		_, err := fmt.Fprintln(rw, first, second, count(r))
		return err
	}
	w := newWorld(t, nil, func(m *web.Mux) {
		m.Get("/look", page)
		m.Post("/change", page)
	}, web.Snapshots(d))
	if got := w.get("/look").text; got != "0 0 1\n" {
		t.Errorf("a page sees %q", got)
	}
	if got := w.post("/change", nil).text; got != "1 2 2\n" {
		t.Errorf("a change sees %q", got)
	}
}
