package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/id"
)

// Handler answers a request or says why not.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Mux routes requests to handlers by the patterns of net/http.
type Mux struct {
	site   *Site
	mux    *http.ServeMux
	routes []Route
}

// Route is one address of the program.
type Route struct {
	Method  string `json:"method"`
	Pattern string `json:"pattern"`
}

func newMux(s *Site) *Mux { return &Mux{site: s, mux: http.NewServeMux()} }

// Get answers GET and HEAD at pattern, e.g. "/iniciativas/{number}".
func (m *Mux) Get(pattern string, h Handler) { m.add(http.MethodGet, pattern, h) }

// Post answers POST at pattern.
func (m *Mux) Post(pattern string, h Handler) { m.add(http.MethodPost, pattern, h) }

func (m *Mux) add(method, pattern string, h Handler) {
	m.note(method, pattern)
	m.mux.Handle(method+" "+pattern, m.site.adapt(h))
}

// Handle mounts a ready handler, e.g. of a library, at pattern.
func (m *Mux) Handle(pattern string, h http.Handler) {
	if method, path, ok := strings.Cut(pattern, " "); ok {
		m.note(method, path)
	}
	m.mux.Handle(pattern, h)
}

// note keeps a route for the list; files that pages load are not on it.
func (m *Mux) note(method, pattern string) {
	if !strings.HasPrefix(pattern, "/assets/") {
		m.routes = append(m.routes, Route{method, pattern})
	}
}

// Routes lists what was registered, in that order, but for files that pages load.
func (m *Mux) Routes() []Route { return m.routes }

// adapt turns a handler's error into a page.
func (s *Site) adapt(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.problem(w, r, err)
		}
	})
}

// readable refuses addresses that no database takes as text.
func readable(r *http.Request) error {
	if !clean(r.URL.Path) {
		return fault.New(fault.NotFound, "fault.notfound")
	}
	if r.URL.RawQuery == "" {
		return nil
	}
	asked, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil && strings.HasPrefix(r.URL.Path, apiPath) { // a page leaves out what other sites add to an address
		return fault.New(fault.Invalid, "fault.encoding")
	}
	for _, vs := range asked {
		for _, v := range vs {
			if !clean(v) {
				return fault.New(fault.Invalid, "fault.encoding")
			}
		}
	}
	return nil
}

// After is where a list goes on, the id in ?desde=, empty at its beginning. What
// is no id was never given out: it is NotFound, as other wrong addresses are.
func After(r *http.Request) (string, error) {
	after := r.URL.Query().Get("desde")
	if after != "" && !id.Valid(after) {
		return "", fault.New(fault.NotFound, "fault.notfound")
	}
	return after, nil
}

func clean(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

var statuses = map[fault.Kind]int{
	fault.Invalid: http.StatusUnprocessableEntity, fault.NotFound: http.StatusNotFound, fault.Forbidden: http.StatusForbidden,
	fault.Conflict: http.StatusConflict, fault.TooMany: http.StatusTooManyRequests,
	fault.Unavailable: http.StatusServiceUnavailable, fault.Internal: http.StatusInternalServerError,
}

// Status is the HTTP status of an error.
func Status(err error) int { return statuses[fault.KindOf(err)] }

// statusLeft is what the log says of a visitor who has left before the answer,
// as proxies do; nobody receives it.
const statusLeft = 499

// problem logs what is ours to mend and shows the page of the fault.
func (s *Site) problem(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil { // the visitor has left, maybe half way through what was sent
		if !begun(w) {
			w.WriteHeader(statusLeft)
		}
		return
	}
	var f *fault.Error
	if !errors.As(err, &f) {
		s.Log.ErrorContext(r.Context(), "request failed", "request", RequestID(r.Context()), "route", r.Pattern, "error", err)
		f = fault.New(fault.Internal, "fault.internal")
	}
	if f.Key == "" {
		f = fault.New(f.Kind, "fault."+string(f.Kind))
	}
	s.tell(w, r, f, Status(f))
}

// apiPath is where programs ask, and are answered, in JSON.
const apiPath = "/api/"

// tell says what is wrong: to people on a page, to programs as a problem of
// RFC 9457.
func (s *Site) tell(w http.ResponseWriter, r *http.Request, f *fault.Error, status int) {
	if strings.HasPrefix(r.URL.Path, apiPath) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(map[string]any{"title": http.StatusText(status), "status": status, "detail": i18n.T(r.Context(), f.Key, f.Args...)})
		return
	}
	page := s.Problem(r, f, RequestID(r.Context()))
	page.Status = status
	if err := Render(w, r, page); err != nil && r.Context().Err() == nil {
		s.Log.ErrorContext(r.Context(), "problem page failed", "request", RequestID(r.Context()), "error", err)
	}
}
