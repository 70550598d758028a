package web

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/a-h/templ"
	"github.com/prometheus/client_golang/prometheus"

	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// Page is what a handler shows inside the frame.
type Page struct {
	Title       string // in the language of the request
	Description string // for search engines and shared links; may be empty
	Section     string // which part of the navigation is current, e.g. "initiatives"
	Feed        string // address of the page's Atom feed, if it has one
	Status      int    // 0 is 200
	Narrow      bool   // a column for forms and reading
	Wide        bool   // the body brings its own wraps, as one that opens with a hero does
	Wrong       bool   // it shows a form with errors
	Private     bool   // not for search engines
	Flash       string // message key of what the last change left to say; Render fills it
	Body        templ.Component
}

// Site is what the pages have in common. The composition fills it once.
type Site struct {
	Catalogue *i18n.Catalogue
	Words     func(context.Context) *i18n.Catalogue // what pages say now; nil: Catalogue
	Log       *slog.Logger
	Metrics   prometheus.Registerer // nil: none are kept
	Secure    bool                  // cookies only over HTTPS
	Origin    string                // "https://ronda.example", for links in mails and feeds; without a final slash
	Trusted   bool                  // a proxy in front sets X-Forwarded-For
	Zone      *time.Location        // the city's

	// Frame wraps the page: header, navigation, footer.
	Frame func(r *http.Request, p Page) templ.Component
	// Problem is the page of a fault.
	Problem func(r *http.Request, f *fault.Error, requestID string) Page

	mux *Mux
}

// Mux is where modules register their routes.
func (s *Site) Mux() *Mux {
	if s.mux == nil {
		s.mux = newMux(s)
	}
	return s.mux
}

type siteKey struct{}

func siteOf(ctx context.Context) *Site { s, _ := ctx.Value(siteKey{}).(*Site); return s }

// Origin is the address of the site for links that leave it, e.g. in mails.
func Origin(ctx context.Context) string {
	if s := siteOf(ctx); s != nil {
		return s.Origin
	}
	return ""
}

// Zone is the city's zone, in which times are shown; UTC where no site is known.
func Zone(ctx context.Context) *time.Location {
	if s := siteOf(ctx); s != nil && s.Zone != nil {
		return s.Zone
	}
	return time.UTC
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render writes the page in its frame. A page that fails to render is an error
// and nothing of it has been sent.
func Render(w http.ResponseWriter, r *http.Request, p Page) error {
	site := siteOf(r.Context())
	if IsPartial(r) {
		return write(w, r, p.Status, p.Body)
	}
	p.Flash = Flash(w, r)
	return write(w, r, p.Status, site.Frame(r, p))
}

// RenderPart writes a fragment without the frame, for htmx.
func RenderPart(w http.ResponseWriter, r *http.Request, c templ.Component) error {
	return write(w, r, http.StatusOK, c)
}

// IsPartial says whether htmx asks for a part of a page.
func IsPartial(r *http.Request) bool {
	return r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-Boosted") == "" && r.Header.Get("HX-Target") != ""
}

func write(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	defer buffers.Put(buf)
	if err := c.Render(r.Context(), buf); err != nil {
		return err
	}
	if status == 0 {
		status = http.StatusOK
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Add("Vary", "HX-Request")
	w.WriteHeader(status)
	_, err := w.Write(buf.Bytes())
	if r.Context().Err() != nil {
		return nil // the visitor has left; nobody to tell
	}
	return err
}

// Redirect sends the visitor on after a change, with a sentence (a message key
// such as "people.flash.appointed") to show there once; key may be empty.
func Redirect(w http.ResponseWriter, r *http.Request, to, key string) error {
	if key != "" {
		http.SetCookie(w, &http.Cookie{Name: flashCookie, Value: key, Path: "/", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: siteOf(r.Context()).Secure})
	}
	http.Redirect(w, r, Local(to), http.StatusSeeOther)
	return nil
}

// Local is to when it is a path of this site, and "/" otherwise, so that no
// link can send a visitor elsewhere.
func Local(to string) string {
	if len(to) == 0 || to[0] != '/' || (len(to) > 1 && (to[1] == '/' || to[1] == '\\')) {
		return "/"
	}
	for _, c := range to {
		if c < 0x20 || c == '\\' {
			return "/"
		}
	}
	return to
}
