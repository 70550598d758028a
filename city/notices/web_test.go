package notices_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"ronda/city/notices"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// site serves the pages of the module. Whoever X-Person names is signed in. The
// garden is the only subject that has a page.
func (r *room) site() func(person, method, path string, form url.Values) *httptest.ResponseRecorder {
	r.t.Helper()
	s := &web.Site{Catalogue: r.words, Log: slog.New(slog.DiscardHandler), Zone: time.UTC,
		Frame: func(_ *http.Request, p web.Page) templ.Component { return p.Body },
		Problem: func(_ *http.Request, f *fault.Error, _ string) web.Page {
			return web.Page{Title: string(f.Kind), Body: ui.Problem{Kind: f.Kind, Text: f.Key}}
		}}
	notices.NewWeb(r.Module, tell, pageOf).Routes(s.Mux())
	h, err := s.Handler(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			ctx := clock.At(q.Context(), r.now)
			if person := q.Header.Get("X-Person"); person != "" {
				ctx = people.With(ctx, people.Standing{Person: person})
			}
			next.ServeHTTP(w, q.WithContext(ctx))
		})
	})
	r.must(err)
	return func(person, method, path string, form url.Values) *httptest.ResponseRecorder {
		q := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		q.Header.Set("Accept-Language", "es")
		q.Header.Set("X-Person", person)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, q)
		return rec
	}
}

func tell(_ context.Context, e event.Event) (ui.Moment, bool) {
	return ui.Moment{Title: "Algo pasó en " + e.Subject.ID, Href: "/i/" + e.Subject.ID}, true
}

func pageOf(_ context.Context, s event.Subject) (string, error) {
	if s != garden {
		return "", fault.New(fault.NotFound, "fault.notfound")
	}
	return "/i/" + s.ID, nil
}

// subject is what the button to follow sends.
func subject(s event.Subject) url.Values {
	return url.Values{"kind": {s.Kind}, "id": {s.ID}}
}

func TestFollowingAndLeavingOnThePage(t *testing.T) {
	run(t, func(r *room) {
		send := r.site()
		for _, step := range []struct {
			path    string
			follows bool
		}{{"/seguir", true}, {"/seguir", true}, {"/dejar", false}, {"/dejar", false}} {
			got := send("ana", http.MethodPost, step.path, subject(garden))
			if got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/i/garden" {
				t.Errorf("%s answers %d and leads to %q", step.path, got.Code, got.Header().Get("Location"))
			}
			if follows, _, err := r.Following(r.as(""), "ana", garden); follows != step.follows || err != nil {
				t.Errorf("after %s she follows: %v, %v", step.path, follows, err)
			}
		}
	})
}

func TestAVisitorWhoFollowsIsLedToSignIn(t *testing.T) {
	run(t, func(r *room) {
		send := r.site()
		for _, path := range []string{"/seguir", "/dejar"} {
			got := send("", http.MethodPost, path, subject(garden))
			if want := "/ingresar?volver=%2Fi%2Fgarden"; got.Code != http.StatusSeeOther || got.Header().Get("Location") != want {
				t.Errorf("%s answers %d and leads to %q, want %q", path, got.Code, got.Header().Get("Location"), want)
			}
		}
		if _, n, err := r.Following(r.as(""), "", garden); n != 0 || err != nil {
			t.Errorf("%d follow, %v", n, err)
		}
		for _, page := range []struct{ method, path string }{{http.MethodGet, "/avisos"}, {http.MethodPost, "/avisos/correo"}} {
			if got := send("", page.method, page.path, nil); got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), "fault.sign_in") {
				t.Errorf("%s answers a visitor with %d: %s", page.path, got.Code, got.Body)
			}
		}
	})
}

func TestWhatIsNotThereIsNotFollowed(t *testing.T) {
	run(t, func(r *room) {
		send := r.site()
		for _, s := range []event.Subject{{}, {Kind: "initiative", ID: "no-such"}, {Kind: "person", ID: "bruno"}, {Kind: "initiative", ID: "//elsewhere.test"}} {
			for _, person := range []string{"ana", ""} {
				for _, path := range []string{"/seguir", "/dejar"} {
					if got := send(person, http.MethodPost, path, subject(s)); got.Code != http.StatusNotFound {
						t.Errorf("%s of %v by %q answers %d, leads to %q", path, s, person, got.Code, got.Header().Get("Location"))
					}
				}
			}
			if _, n, err := r.Following(r.as(""), "", s); n != 0 || err != nil {
				t.Errorf("%d follow %v, %v", n, s, err)
			}
		}
	})
}

// Where one gets back to is where the subject has its page, whatever the form or
// the address says besides.
func TestNobodyIsLedElsewhere(t *testing.T) {
	run(t, func(r *room) {
		send := r.site()
		for _, to := range []string{"https://elsewhere.test/", "//elsewhere.test", `/\elsewhere.test`, "javascript:alert(1)"} {
			form := subject(garden)
			for _, name := range []string{"volver", "next", "to", "back"} {
				form.Set(name, to)
			}
			for person, want := range map[string]string{"ana": "/i/garden", "": "/ingresar?volver=%2Fi%2Fgarden"} {
				path := "/seguir?" + url.Values{"volver": {to}, "next": {to}}.Encode()
				if got := send(person, http.MethodPost, path, form); got.Header().Get("Location") != want {
					t.Errorf("%s leads to %q, want %q", path, got.Header().Get("Location"), want)
				}
			}
		}
	})
}

func TestTheListOfNotices(t *testing.T) {
	run(t, func(r *room) {
		send := r.site()
		if got := send("ana", http.MethodGet, "/avisos", nil); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), `href="/iniciativas"`) {
			t.Errorf("with nothing to tell it answers %d: %s", got.Code, got.Body)
		}
		r.must(r.Follow(r.as("ana"), garden))
		r.now = r.now.Add(time.Minute)
		r.happens(garden, "", true)
		if got := send("ana", http.MethodGet, "/avisos", nil).Body.String(); !strings.Contains(got, "Algo pasó en garden") || !strings.Contains(got, "/i/garden") {
			t.Errorf("what happened is not told: %s", got)
		}
		if got := send("bruno", http.MethodGet, "/avisos", nil).Body.String(); strings.Contains(got, "garden") {
			t.Errorf("Bruno, who follows nothing, is told: %s", got)
		}
	})
}

func TestMailIsStoppedOnThePage(t *testing.T) {
	run(t, func(r *room) {
		send := r.site()
		for _, wants := range []bool{false, true} {
			got := send("ana", http.MethodPost, "/avisos/correo", url.Values{"mail": {map[bool]string{true: "true", false: "false"}[wants]}})
			if got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/avisos" {
				t.Errorf("answers %d and leads to %q", got.Code, got.Header().Get("Location"))
			}
			if has, err := r.WantsMail(r.as(""), "ana"); has != wants || err != nil {
				t.Errorf("she wants mail: %v, %v", has, err)
			}
		}
	})
}
