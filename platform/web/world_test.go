package web_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/a-h/templ"
	"github.com/prometheus/client_golang/prometheus"

	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/web"
)

// The messages of the test site.
const (
	spanish = `"fault.notfound" = "No está"
"fault.forbidden" = "No te toca"
"fault.conflict" = "Alguien fue antes"
"fault.toomany" = "Demasiadas veces"
"fault.unavailable" = "Ahora no"
"fault.invalid" = "Mal"
"fault.internal" = "Se rompió"
"fault.method" = "Así no se abre"
"fault.too_big" = "Demasiado grande: hasta {{.max}} MB"
"fault.cut_off" = "Llegó cortado"
"fault.unreadable" = "No se lee"
"fault.encoding" = "Letras que no se leen"
"fault.cross_site" = "Vino de otro sitio"
"test.flash.kept" = "Quedó guardado"
"test.title" = "Ésta no es una noticia"
`
	english = `"fault.notfound" = "Not there"
"fault.forbidden" = "Not yours"
"fault.conflict" = "Somebody was faster"
"fault.toomany" = "Too often"
"fault.unavailable" = "Not now"
"fault.invalid" = "Wrong"
"fault.internal" = "It broke"
"fault.method" = "It does not open that way"
"fault.too_big" = "Too big: up to {{.max}} MB"
"fault.cut_off" = "It was cut off"
"fault.unreadable" = "It cannot be read"
"fault.encoding" = "Letters that cannot be read"
"fault.cross_site" = "It came from another site"
"test.flash.kept" = "Kept"
"test.title" = "This is no news"
`
)

// world is a small site that answers over real HTTP.
type world struct {
	t       *testing.T
	site    *web.Site
	url     string
	log     *lines
	metrics *prometheus.Registry
}

// newWorld serves what routes registers; change may alter the site before.
func newWorld(t *testing.T, change func(*web.Site), routes func(m *web.Mux), inner ...func(http.Handler) http.Handler) *world {
	t.Helper()
	words, err := i18n.New(fstest.MapFS{"messages.es.toml": {Data: []byte(spanish)}, "messages.en.toml": {Data: []byte(english)}})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, log: &lines{}, metrics: prometheus.NewRegistry()}
	w.site = &web.Site{Catalogue: words, Log: slog.New(slog.NewJSONHandler(w.log, nil)), Metrics: w.metrics, Frame: frame, Problem: problem}
	if change != nil {
		change(w.site)
	}
	routes(w.site.Mux())
	h, err := w.site.Handler(inner...)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	w.url = srv.URL
	return w
}

// frame is the least a frame can be: language, flash, title and body.
func frame(r *http.Request, p web.Page) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		flash := ""
		if p.Flash != "" {
			flash = i18n.T(ctx, p.Flash)
		}
		fmt.Fprintf(out, "<html lang=%s><title>%s</title><p role=status>%s</p>", i18n.Of(ctx).Tag(), templ.EscapeString(p.Title), flash)
		return p.Body.Render(ctx, out)
	})
}

func problem(r *http.Request, f *fault.Error, requestID string) web.Page {
	text := i18n.T(r.Context(), f.Key, f.Args...)
	if f.Kind == fault.Internal {
		text += " " + requestID
	}
	return web.Page{Title: string(f.Kind), Body: body(text)}
}

// body is a page that says one text.
func body(text string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, out io.Writer) error {
		_, err := io.WriteString(out, templ.EscapeString(text))
		return err
	})
}

// says is a handler that shows a text.
func says(text string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return web.Render(w, r, web.Page{Title: text, Body: body(text)})
	}
}

// fails is a handler that returns an error.
func fails(err error) web.Handler {
	return func(http.ResponseWriter, *http.Request) error { return err }
}

// answer is what came back, its body read.
type answer struct {
	*http.Response
	text string
}

// send makes a request and reads the answer, without following redirects and
// without unpacking; change may alter the request before.
func (w *world) send(method, path string, in io.Reader, change ...func(*http.Request)) answer {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, in)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range change {
		c(r)
	}
	res, err := (&http.Transport{DisableCompression: true, DisableKeepAlives: true}).RoundTrip(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return answer{res, string(text)}
}

func (w *world) get(path string, change ...func(*http.Request)) answer {
	w.t.Helper()
	return w.send(http.MethodGet, path, nil, change...)
}

// post sends a form the way a browser does.
func (w *world) post(path string, form url.Values, change ...func(*http.Request)) answer {
	w.t.Helper()
	return w.send(http.MethodPost, path, strings.NewReader(form.Encode()), append([]func(*http.Request){header("Content-Type", "application/x-www-form-urlencoded")}, change...)...)
}

// header sets one header of a request.
func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

// carry sends back the cookies of an answer that still live, as a browser does.
func carry(a answer) func(*http.Request) {
	return func(r *http.Request) {
		for _, c := range a.Cookies() {
			if c.MaxAge >= 0 {
				r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
			}
		}
	}
}

// cookie is the cookie of that name which an answer sets, nil without one.
func (a answer) cookie(name string) *http.Cookie {
	for _, c := range a.Cookies() {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// lines is a log that many may write and a test reads.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
