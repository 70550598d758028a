package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"ronda/platform/fault"
	"ronda/platform/id"
	"ronda/platform/web"
)

func TestEachFaultHasItsPage(t *testing.T) {
	cases := []struct {
		err    error
		status int
		says   string
	}{
		{fault.New(fault.Invalid, ""), 422, "Mal"},
		{fault.New(fault.NotFound, ""), 404, "No está"},
		{fault.New(fault.Forbidden, ""), 403, "No te toca"},
		{fault.New(fault.Conflict, ""), 409, "Alguien fue antes"},
		{fault.New(fault.TooMany, ""), 429, "Demasiadas veces"},
		{fault.New(fault.Unavailable, ""), 503, "Ahora no"},
		{fault.New(fault.Forbidden, "fault.cross_site"), 403, "Vino de otro sitio"},
		{fmt.Errorf("sign 3: %w", fault.New(fault.Conflict, "")), 409, "Alguien fue antes"},
		{errors.New("disk full at /var/lib"), 500, "Se rompió"},
	}
	for _, c := range cases {
		w := newWorld(t, nil, func(m *web.Mux) { m.Get("/x", fails(c.err)) })
		got := w.get("/x")
		if got.StatusCode != c.status || !strings.Contains(got.text, c.says) || !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%v: %d %q, want %d with %q", c.err, got.StatusCode, got.text, c.status, c.says)
		}
	}
}

func TestWhatIsOursToMendIsLoggedAndNotShown(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) { m.Get("/x", fails(errors.New("disk full at /var/lib"))) })
	got := w.get("/x")
	request := got.Header.Get("X-Request-Id")
	if strings.Contains(got.text, "disk") || request == "" || !strings.Contains(got.text, request) {
		t.Errorf("the page says %q; it must name request %q and not the error", got.text, request)
	}
	if log := w.log.String(); strings.Count(log, "disk full") != 1 || strings.Count(log, request) != 2 {
		t.Errorf("the error must stand once, under the request's id:\n%s", log)
	}
}

func TestAFaultOfThePersonIsNotLoggedAsAnError(t *testing.T) {
	for _, kind := range []fault.Kind{fault.Forbidden, fault.TooMany} {
		w := newWorld(t, nil, func(m *web.Mux) { m.Get("/x", fails(fault.New(kind, ""))) })
		w.get("/x")
		if log := w.log.String(); strings.Contains(log, "ERROR") || strings.Count(log, "\n") != 1 {
			t.Errorf("%s: one line that is no error is enough:\n%s", kind, log)
		}
	}
}

// Who goes away half way through what they send broke nothing of ours, and the
// log does not say that they were answered.
func TestWhoLeavesHalfWayIsNoError(t *testing.T) {
	w := newWorld(t, func(s *web.Site) {
		problem := s.Problem
		s.Problem = func(r *http.Request, f *fault.Error, request string) web.Page {
			p := problem(r, f, request)
			p.Body = templ.ComponentFunc(func(ctx context.Context, _ io.Writer) error { return ctx.Err() })
			return p
		}
	}, func(m *web.Mux) {
		m.Post("/x", func(w http.ResponseWriter, r *http.Request) error {
			_, err := web.Form(w, r)
			<-r.Context().Done()
			return err
		})
	})
	conn, err := net.Dial("tcp", strings.TrimPrefix(w.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(conn, "POST /x HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na=half")
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	for !strings.Contains(w.log.String(), "POST") {
		time.Sleep(time.Millisecond)
	}
	if log := w.log.String(); strings.Contains(log, "ERROR") || !strings.Contains(log, "499") {
		t.Errorf("the log says:\n%s", log)
	}
}

func TestAPanicIsAnAnswerWithoutItsStack(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) {
		m.Get("/x", func(http.ResponseWriter, *http.Request) error { panic("secret of the engine") })
	})
	got := w.get("/x", header("Accept-Encoding", "gzip"))
	request := got.Header.Get("X-Request-Id")
	if got.StatusCode != 500 || request == "" {
		t.Errorf("answered %d with request id %q", got.StatusCode, request)
	}
	for _, inner := range []string{"secret", "goroutine", ".go:"} {
		if strings.Contains(got.text, inner) {
			t.Errorf("the visitor reads %q: %s", inner, got.text)
		}
	}
	if log := w.log.String(); !strings.Contains(log, "secret of the engine") || !strings.Contains(log, "problem_test.go") || strings.Count(log, request) != 2 {
		t.Errorf("the log lacks the panic, its stack or its request:\n%s", log)
	}
}

func TestAPageThatFailsToRenderSendsNothingOfItself(t *testing.T) {
	half := templ.ComponentFunc(func(_ context.Context, out io.Writer) error {
		_, _ = io.WriteString(out, "half a page")
		return errors.New("no more")
	})
	w := newWorld(t, nil, func(m *web.Mux) {
		m.Get("/x", func(rw http.ResponseWriter, r *http.Request) error { return web.Render(rw, r, web.Page{Body: half}) })
	})
	if got := w.get("/x"); got.StatusCode != 500 || strings.Contains(got.text, "half") {
		t.Errorf("%d %q", got.StatusCode, got.text)
	}
}

func TestAddressesAndMethodsThatNothingAnswers(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) {
		m.Get("/read/{id}", says("read"))
		m.Post("/write", says("written"))
	})
	cases := []struct {
		method, path string
		status       int
		allow        string
	}{
		{"GET", "/", 404, ""}, {"GET", "/read", 404, ""}, {"GET", "/read/1/2", 404, ""},
		{"POST", "/read/1", 405, "GET"}, {"DELETE", "/read/1", 405, "GET"}, {"PUT", "/write", 405, "POST"}, {"GET", "/write", 405, "POST"},
		{"POST", "/nothing", 404, ""}, {"GET", "/read/1", 200, ""}, {"GET", "/read/../../../etc/passwd", 404, ""},
	}
	for _, c := range cases {
		got := w.send(c.method, c.path, nil)
		if got.StatusCode != c.status || got.Header.Get("Allow") != c.allow {
			t.Errorf("%s %s: %d, Allow %q; want %d, %q", c.method, c.path, got.StatusCode, got.Header.Get("Allow"), c.status, c.allow)
		}
	}
	if got := w.get("/write"); !strings.Contains(got.text, "Así no se abre") || !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") {
		t.Errorf("a form's address that somebody types: %q", got.text)
	}
	if got := w.get("/nothing"); !strings.Contains(got.text, "No está") {
		t.Errorf("the missing page is not ours: %q", got.text)
	}
}

// Programs are told in JSON, by the same words.
func TestProgramsAreToldInJSON(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) { m.Handle("GET /api/v1/x", http.NotFoundHandler()) })
	for path, want := range map[string]int{"/api/v1/x?q=%ff": 422, "/api/v1/x?q=%zz": 422, "/api/v1/y": 404} {
		got := w.get(path)
		var said struct {
			Status int
			Detail string
		}
		if err := json.Unmarshal([]byte(got.text), &said); err != nil || got.StatusCode != want || said.Status != want || said.Detail == "" ||
			got.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %q, %v", path, got.StatusCode, got.text, err)
		}
	}
}

func TestAListGoesOnFromAnIdOrNowhere(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) {
		m.Get("/list", func(rw http.ResponseWriter, r *http.Request) error {
			after, err := web.After(r)
			if err != nil {
				return err
			}
			return says("after ["+after+"]")(rw, r)
		})
	})
	id := id.New()
	for asked, want := range map[string]string{"": "after []", "?desde=": "after []", "?desde=" + id: "after [" + id + "]", "?desde=nonsense": "No está",
		"?desde=%27%20OR%201%3D1": "No está", "?desde=00000000-0000-0000-0000-000000000000": "No está"} {
		if got := w.get("/list" + asked); !strings.Contains(got.text, want) || (got.StatusCode == 404) != (want == "No está") {
			t.Errorf("%q: %d %q", asked, got.StatusCode, got.text)
		}
	}
}

func TestHeadIsGetWithoutItsBody(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) { m.Get("/x", says("a page")) })
	got := w.send(http.MethodHead, "/x", nil)
	if got.StatusCode != 200 || got.text != "" || got.Header.Get("Content-Type") == "" || got.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("%d %q %v", got.StatusCode, got.text, got.Header)
	}
}

func TestAddressesThatNoDatabaseTakesAreRefused(t *testing.T) {
	w := newWorld(t, nil, func(m *web.Mux) {
		m.Get("/x/{id}", func(rw http.ResponseWriter, r *http.Request) error {
			return says(r.PathValue("id")+r.URL.Query().Get("q"))(rw, r)
		})
	})
	for path, status := range map[string]int{
		"/x/%ff": 404, "/x/a%00b": 404, "/x/%ed%a0%80": 404, "/x/1?q=%ff": 422, "/x/1?q=a%00": 422, "/x/1?other=%c3": 422,
		"/x/%c3%b1?q=%C3%A1": 200,
	} {
		if got := w.get(path); got.StatusCode != status {
			t.Errorf("%s: %d, want %d", path, got.StatusCode, status)
		}
	}
}
