package web

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/prometheus/client_golang/prometheus"

	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/id"
)

const (
	langCookie  = "lang"
	flashCookie = "flash"
	policy      = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
	gzipLevel = 1 // half the size for a tenth of a millisecond
	gzipMin   = 1400
)

// Handler is the whole site: every route behind every middleware, with inner
// (the session, who is signed in) closest to the routes.
func (s *Site) Handler(inner ...func(http.Handler) http.Handler) (http.Handler, error) {
	var h http.Handler = http.HandlerFunc(s.route)
	for i := len(inner) - 1; i >= 0; i-- {
		h = inner[i](h)
	}
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.problem(w, r, fault.New(fault.Forbidden, "fault.cross_site"))
	}))
	zip, err := gzhttp.NewWrapper(gzhttp.CompressionLevel(gzipLevel), gzhttp.MinSize(gzipMin),
		gzhttp.ContentTypes([]string{"text/html", "text/css", "text/csv", "text/plain", "text/calendar", "application/json", "application/javascript", "application/atom+xml", "application/openapi+json", "image/svg+xml", "application/problem+json"}))
	if err != nil {
		return nil, err
	}
	return s.outer(zip(s.language(cross.Handler(h)))), nil
}

// route looks the address up; one that does not exist gets our own page.
func (s *Site) route(w http.ResponseWriter, r *http.Request) {
	if _, pattern := s.Mux().mux.Handler(r); pattern == "" {
		s.missing(w, r)
		return
	}
	if err := readable(r); err != nil {
		s.problem(w, r, err)
		return
	}
	s.Mux().mux.ServeHTTP(w, r)
}

// missing answers an address or a method that no route has.
func (s *Site) missing(w http.ResponseWriter, r *http.Request) {
	probe := r.Clone(r.Context())
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		probe.Method = method
		if _, pattern := s.Mux().mux.Handler(probe); pattern != "" {
			w.Header().Set("Allow", method)
			s.tell(w, r, fault.New(fault.NotFound, "fault.method"), http.StatusMethodNotAllowed)
			return
		}
	}
	s.problem(w, r, fault.New(fault.NotFound, "fault.notfound"))
}

type requestKey struct{}

// RequestID is the id under which the request stands in the log.
func RequestID(ctx context.Context) string { v, _ := ctx.Value(requestKey{}).(string); return v }

// outer gives the request its id, headers, log line and metrics, and catches
// what nobody else did. The log holds no address, query or person.
func (s *Site) outer(next http.Handler) http.Handler {
	count := s.metrics()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rid := id.New()
		ctx := context.WithValue(context.WithValue(r.Context(), siteKey{}, s), requestKey{}, rid)
		r = r.WithContext(ctx)
		rec := &recorder{ResponseWriter: w}
		s.headers(w.Header(), rid)
		defer func() {
			if v := recover(); v != nil {
				if v == http.ErrAbortHandler {
					panic(v)
				}
				s.Log.ErrorContext(ctx, "panic", "request", rid, "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
				if rec.status == 0 {
					http.Error(rec, "500", http.StatusInternalServerError)
				}
			}
			took := time.Since(start)
			count(r, rec.code(), took)
			s.Log.LogAttrs(ctx, levelOf(rec.code()), "request", logAttrs(rid, r, rec, took)...)
		}()
		next.ServeHTTP(rec, r)
	})
}

func (s *Site) headers(h http.Header, rid string) {
	h["Content-Security-Policy"] = []string{policy}
	h["X-Content-Type-Options"] = []string{"nosniff"}
	h["Referrer-Policy"] = []string{"same-origin"}
	h["Cross-Origin-Opener-Policy"] = []string{"same-origin"}
	h["Permissions-Policy"] = []string{"camera=(), microphone=(), geolocation=()"}
	h["X-Request-Id"] = []string{rid}
	h["Cache-Control"] = []string{"private, no-cache"}
	if s.Secure {
		h["Strict-Transport-Security"] = []string{"max-age=31536000"}
	}
}

// metrics registers the request counters and gives the function that counts.
func (s *Site) metrics() func(r *http.Request, code int, took time.Duration) {
	if s.Metrics == nil {
		return func(*http.Request, int, time.Duration) {}
	}
	hist := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "ronda_http_request_seconds",
		Help: "Time to answer, by route and status.", Buckets: []float64{.001, .005, .025, .1, .5, 2.5}}, []string{"route", "status"})
	s.Metrics.MustRegister(hist)
	return func(r *http.Request, code int, took time.Duration) {
		hist.WithLabelValues(s.pattern(r), strconv.Itoa(code)).Observe(took.Seconds())
	}
}

// pattern is the route of a request for logs and metrics: never the address
// itself, which may hold a secret.
func (s *Site) pattern(r *http.Request) string {
	if _, p := s.Mux().mux.Handler(r); p != "" {
		return p
	}
	return "none"
}

// language chooses what the page speaks: ?lang= in the address (kept in a
// cookie), the cookie, the browser, Spanish.
func (s *Site) language(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lang := s.choose(w, r)
		w.Header().Add("Vary", "Accept-Language, Cookie")
		w.Header().Set("Content-Language", lang.Tag())
		words := s.Catalogue
		if s.Words != nil {
			words = s.Words(r.Context())
		}
		next.ServeHTTP(w, r.WithContext(i18n.With(r.Context(), words, lang)))
	})
}

func (s *Site) choose(w http.ResponseWriter, r *http.Request) i18n.Lang {
	if strings.Contains(r.URL.RawQuery, "lang=") {
		if lang, ok := i18n.Parse(r.URL.Query().Get("lang")); ok {
			http.SetCookie(w, &http.Cookie{Name: langCookie, Value: string(lang), Path: "/", MaxAge: 365 * 86400, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Secure})
			return lang
		}
	}
	if c, err := r.Cookie(langCookie); err == nil {
		if lang, ok := i18n.Parse(c.Value); ok {
			return lang
		}
	}
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		name, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		if lang, ok := i18n.Parse(name); ok {
			return lang
		}
	}
	return i18n.Spanish
}

// Flash is the message key that the last change left for this page, empty if
// none; it is shown once.
func Flash(w http.ResponseWriter, r *http.Request) string {
	c, err := r.Cookie(flashCookie)
	if err != nil || !isFlash(c.Value) {
		return ""
	}
	http.SetCookie(w, &http.Cookie{Name: flashCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	if site := siteOf(r.Context()); !site.Catalogue.Has(i18n.Spanish, c.Value) {
		return ""
	}
	return c.Value
}

// isFlash says whether a message key is one of those made to be shown once: a
// cookie must not be able to put any other message on a page.
func isFlash(key string) bool { return strings.Contains("."+key, ".flash.") }
