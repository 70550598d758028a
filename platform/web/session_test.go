package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/web"
)

// onSessions runs a test on both databases with a site that has a door: /in
// signs in, /out ends the session, /me says who it is.
func onSessions(t *testing.T, secure bool, fn func(t *testing.T, w *world, s *web.Sessions, d *db.DB)) {
	dbtest.Run(t, []db.Migrations{web.Migrations}, func(t *testing.T, d *db.DB) {
		s := web.NewSessions(d, secure)
		w := newWorld(t, func(site *web.Site) { site.Secure = secure }, func(m *web.Mux) {
			m.Post("/in", func(rw http.ResponseWriter, r *http.Request) error {
				if err := s.RenewToken(r.Context()); err != nil {
					return err
				}
				s.Put(r.Context(), "person", "ana")
				return says("in")(rw, r)
			})
			m.Post("/out", func(rw http.ResponseWriter, r *http.Request) error {
				if err := s.Destroy(r.Context()); err != nil {
					return err
				}
				return says("out")(rw, r)
			})
			m.Get("/me", func(rw http.ResponseWriter, r *http.Request) error {
				return says("I am "+s.GetString(r.Context(), "person")+".")(rw, r)
			})
		}, s.LoadAndSave)
		fn(t, w, s, d)
	})
}

// rows counts the sessions that the database holds.
func rows(t *testing.T, d *db.DB) int64 {
	t.Helper()
	n, err := db.One[int64](t.Context(), d, `SELECT count(*) FROM web_session`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestASessionLastsFromSignInToSignOut(t *testing.T) {
	onSessions(t, false, func(t *testing.T, w *world, _ *web.Sessions, d *db.DB) {
		in := w.post("/in", nil)
		if got := w.get("/me", carry(in)); !strings.Contains(got.text, "I am ana.") {
			t.Fatalf("not signed in: %s", got.text)
		}
		out := w.post("/out", nil, carry(in))
		if c := out.cookie("ronda"); c == nil || c.MaxAge >= 0 {
			t.Errorf("the browser keeps its cookie: %+v", c)
		}
		if got := w.get("/me", carry(in)); !strings.Contains(got.text, "I am .") || rows(t, d) != 0 {
			t.Errorf("a kept cookie still works after signing out: %s", got.text)
		}
	})
}

func TestAVisitorWithoutASessionGetsNone(t *testing.T) {
	onSessions(t, false, func(t *testing.T, w *world, _ *web.Sessions, d *db.DB) {
		if got := w.get("/me"); len(got.Cookies()) > 0 || rows(t, d) != 0 {
			t.Errorf("%v, %d sessions", got.Cookies(), rows(t, d))
		}
	})
}

func TestATokenSetByAnotherBecomesNoSession(t *testing.T) {
	onSessions(t, false, func(t *testing.T, w *world, _ *web.Sessions, _ *db.DB) {
		planted := func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "ronda", Value: "planted"}) }
		if c := w.post("/in", nil, planted).cookie("ronda"); c == nil || c.Value == "planted" {
			t.Errorf("signing in kept the planted token: %+v", c)
		}
		if got := w.get("/me", planted); !strings.Contains(got.text, "I am .") {
			t.Errorf("the planted token is signed in: %s", got.text)
		}
	})
}

func TestSigningInAgainRenewsTheToken(t *testing.T) {
	onSessions(t, false, func(t *testing.T, w *world, _ *web.Sessions, _ *db.DB) {
		first := w.post("/in", nil)
		second := w.post("/in", nil, carry(first))
		if first.cookie("ronda").Value == second.cookie("ronda").Value {
			t.Error("the token is the same")
		}
		if got := w.get("/me", carry(first)); !strings.Contains(got.text, "I am .") {
			t.Errorf("the token of before still works: %s", got.text)
		}
	})
}

func TestTheDatabaseDoesNotHoldTheToken(t *testing.T) {
	onSessions(t, true, func(t *testing.T, w *world, _ *web.Sessions, d *db.DB) {
		c := w.post("/in", nil).cookie("ronda")
		if c == nil || !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode {
			t.Fatalf("%+v", c)
		}
		token, err := db.One[string](t.Context(), d, `SELECT token FROM web_session`)
		if err != nil || strings.Contains(token, c.Value) || len(token) < 32 {
			t.Errorf("stored as %q, %v", token, err)
		}
		stolen := func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "ronda", Value: token}) }
		if got := w.get("/me", stolen); !strings.Contains(got.text, "I am .") {
			t.Error("what the database holds signs in")
		}
	})
}

func TestSessionsEnd(t *testing.T) {
	onSessions(t, false, func(t *testing.T, _ *world, s *web.Sessions, d *db.DB) {
		ctx, start := t.Context(), time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		store, ok := s.Store.(interface {
			FindCtx(ctx context.Context, token string) ([]byte, bool, error)
			CommitCtx(ctx context.Context, token string, data []byte, expires time.Time) error
		})
		if !ok {
			t.Fatal("the store asks nobody's context")
		}
		for token, life := range map[string]time.Duration{"short": time.Hour, "long": 30 * 24 * time.Hour} {
			if err := store.CommitCtx(ctx, token, []byte(token), start.Add(life)); err != nil {
				t.Fatal(err)
			}
		}
		later := clock.At(ctx, start.Add(time.Hour))
		for token, want := range map[string]bool{"short": false, "long": true, "unknown": false} {
			if data, ok, err := store.FindCtx(later, token); ok != want || err != nil || (ok && string(data) != token) {
				t.Errorf("%s: %q, %v, %v", token, data, ok, err)
			}
		}
		if err := s.Sweep(later); err != nil || rows(t, d) != 1 {
			t.Errorf("%d sessions left, %v", rows(t, d), err)
		}
	})
}
