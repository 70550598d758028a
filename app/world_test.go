package app_test

import (
	"bytes"
	"context"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"ronda/app"
)

// world is the whole program with the case of Buenos Aires in it.
type world struct {
	t   *testing.T
	app *app.App
	log *bytes.Buffer
	in  map[string]string // session by role
}

// open opens the program as the configuration says; without a folder in a new one.
func open(t *testing.T, cfg app.Config) *world {
	t.Helper()
	w := &world{t: t, log: &bytes.Buffer{}, in: map[string]string{}}
	if cfg.Data == "" {
		cfg.Data = t.TempDir()
	}
	cfg.City, cfg.Origin = "buenosaires", "http://ronda.test"
	cfg.Log = slog.New(slog.NewJSONHandler(&locked{to: w.log}, nil))
	a, err := app.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	w.app = a
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var wg sync.WaitGroup
	wg.Go(func() { a.Run(ctx) })
	t.Cleanup(func() {
		cancel()
		wg.Wait()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// demo is the demonstration.
func demo(t *testing.T) *world {
	t.Helper()
	from, err := told()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return open(t, app.Config{Data: dir, Demo: true})
}

// told is a folder in which the story was told once, for every test to copy: to
// tell it takes longer than what most tests look at.
var told = sync.OnceValues(func() (string, error) {
	a, err := app.Open(context.Background(), app.Config{Data: filepath.Join(scratch, "told"), City: "buenosaires", Origin: "http://ronda.test",
		Demo: true, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return "", err
	}
	return filepath.Join(scratch, "told"), a.Close()
})

// scratch is a folder that the tests share and that goes when they end.
var scratch string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "ronda-app-")
	if err != nil {
		panic(err)
	}
	scratch = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// locked is a log that many write.
type locked struct {
	mu sync.Mutex
	to *bytes.Buffer
}

func (l *locked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.to.Write(b)
}

// answer is what a request got.
type answer struct {
	status int
	header http.Header
	raw    string
	body   string // with entities decoded
}

// do sends a request as a role of the demonstration; an empty role is a visitor.
func (w *world) do(role string, r *http.Request) answer {
	w.t.Helper()
	if role != "" {
		r.AddCookie(&http.Cookie{Name: "ronda", Value: w.session(role)})
	}
	rec := httptest.NewRecorder()
	w.app.Handler().ServeHTTP(rec, r)
	return answer{rec.Code, rec.Header(), rec.Body.String(), html.UnescapeString(rec.Body.String())}
}

// session enters as a role once and keeps the token.
func (w *world) session(role string) string {
	w.t.Helper()
	if w.in[role] == "" {
		got := w.post("", "/demo/entrar", "role", role, "next", "/")
		for _, c := range (&http.Response{Header: got.header}).Cookies() {
			if c.Name == "ronda" {
				w.in[role] = c.Value
			}
		}
		if w.in[role] == "" {
			w.t.Fatalf("nobody enters as %q: %d", role, got.status)
		}
	}
	return w.in[role]
}

func (w *world) get(role, path string) answer {
	w.t.Helper()
	return w.do(role, httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form; pairs are names and values.
func (w *world) post(role, path string, pairs ...string) answer {
	w.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return w.do(role, r)
}

// upload sends a form with one file.
func (w *world) upload(role, path, field, name, text string, pairs ...string) answer {
	w.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile(field, name)
	if err == nil {
		_, err = io.WriteString(part, text)
	}
	for i := 0; i+1 < len(pairs) && err == nil; i += 2 {
		err = form.WriteField(pairs[i], pairs[i+1])
	}
	if err = cmpErr(err, form.Close()); err != nil {
		w.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return w.do(role, r)
}

func cmpErr(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// recorded waits until the record holds what has happened so far.
func (w *world) recorded() {
	w.t.Helper()
	for range 600 {
		if w.get("", "/api/v1/record/checkpoint").status == http.StatusOK {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.t.Fatal("nothing is recorded")
}

var number = regexp.MustCompile(`INI-\d{4}-\d{4}`)
