package dav

import (
	"context"
	"errors"
	"net/http"
	"strings"
)

// Server answers calendar programs.
type Server struct {
	Library Library
	Prefix  string // "/dav/"
	Realm   string // of the question for name and password

	// Words of the server in the language of the request.
	Title  func(ctx context.Context) string // of the calendar
	Reason func(ctx context.Context) string // why nothing can be changed
}

const (
	principalPath = "principal/"
	homePath      = "calendars/"
	minePath      = "calendars/mine/"

	// tokenSpace makes a token the URI that RFC 6578 wants.
	tokenSpace = "urn:x-calendar-state:"
)

var allowed = strings.Join([]string{http.MethodOptions, http.MethodGet, http.MethodHead, "PROPFIND", "REPORT"}, ", ")

// WellKnown leads from /.well-known/caldav, and from wherever else a client may
// look, to the calendar.
func (s *Server) WellKnown(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, s.Prefix, http.StatusMovedPermanently)
}

// Serve answers one request; its error is internal.
func (s *Server) Serve(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("DAV", "1, 3, calendar-access")
	if r.Method == http.MethodOptions {
		w.Header().Set("Allow", allowed)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	name, password, _ := r.BasicAuth()
	calendar, err := s.Library.Open(r.Context(), name, password)
	if errors.Is(err, ErrUnknown) {
		w.Header().Set("WWW-Authenticate", `Basic realm="`+s.Realm+`", charset="UTF-8"`)
		http.Error(w, http.StatusText(http.StatusUnauthorized), http.StatusUnauthorized)
		return nil
	}
	if err != nil {
		return err
	}
	v := &visit{s: s, w: w, r: r, calendar: calendar, path: strings.TrimPrefix(r.URL.Path, s.Prefix)}
	return v.answer()
}

// visit is one request of somebody who has signed in.
type visit struct {
	s        *Server
	w        http.ResponseWriter
	r        *http.Request
	calendar Calendar
	path     string // below the prefix
}

func (v *visit) answer() error {
	if p := v.path + "/"; p == principalPath || p == homePath || p == minePath {
		v.path = p
	}
	switch v.r.Method {
	case "PROPFIND", "REPORT":
		v.r.Body = http.MaxBytesReader(v.w, v.r.Body, requestMax)
		q, err := readRequest(v.r.Body)
		if err != nil {
			return refuse(v.w, http.StatusBadRequest, "", "the body is no XML")
		}
		if v.r.Method == "REPORT" {
			return v.report(q)
		}
		return v.propfind(q)
	case http.MethodGet, http.MethodHead:
		return v.get()
	}
	v.w.Header().Set("Allow", allowed)
	privilege := "<d:need-privileges><d:resource>" + href(v.r.URL.Path) + "<d:privilege><d:write/></d:privilege></d:resource></d:need-privileges>"
	return refuse(v.w, http.StatusForbidden, privilege, v.s.Reason(v.r.Context()))
}

// get answers with an object; at any other address with words for a person who
// looks there with a browser.
func (v *visit) get() error {
	name, ok := v.object()
	if !ok {
		v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, err := v.w.Write([]byte(v.s.Reason(v.r.Context()) + "\n"))
		return err
	}
	objects, err := v.calendar.Objects(v.r.Context())
	if err != nil {
		return err
	}
	for _, o := range objects {
		if o.name == name {
			return v.give(o)
		}
	}
	http.NotFound(v.w, v.r)
	return nil
}

func (v *visit) give(o Object) error {
	h := v.w.Header()
	h.Set("ETag", etag(o))
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	if v.r.Header.Get("If-None-Match") == etag(o) {
		v.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	_, err := v.w.Write(o.data)
	return err
}

// object is the name of the object that the address is of.
func (v *visit) object() (name string, ok bool) {
	name, ok = strings.CutPrefix(v.path, minePath)
	return name, ok && name != "" && !strings.Contains(name, "/")
}

func etag(o Object) string { return `"` + o.digest + `"` }
