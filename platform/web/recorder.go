package web

import (
	"log/slog"
	"net/http"
	"time"
)

// recorder remembers the status and size of an answer.
type recorder struct {
	http.ResponseWriter
	status int
	size   int64
}

// WriteHeader remembers the status.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write remembers the size.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.size += int64(n)
	return n, err
}

// Flush sends what was written so far. Compression, which stands above, asks for
// it here and not through Unwrap: without it no stream would reach a browser.
func (r *recorder) Flush() { _ = http.NewResponseController(r.ResponseWriter).Flush() }

// Unwrap lets http.ResponseController reach what is below.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *recorder) code() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}

// begun says whether an answer has been begun on w.
func begun(w http.ResponseWriter) bool {
	for {
		switch x := w.(type) {
		case *recorder:
			return x.status != 0
		case interface{ Unwrap() http.ResponseWriter }:
			w = x.Unwrap()
		default:
			return true // not ours to know
		}
	}
}

func levelOf(status int) slog.Level {
	if status >= http.StatusInternalServerError {
		return slog.LevelError
	}
	return slog.LevelInfo
}

func logAttrs(rid string, r *http.Request, rec *recorder, took time.Duration) []slog.Attr {
	route := "none"
	if s := siteOf(r.Context()); s != nil {
		route = s.pattern(r)
	}
	return []slog.Attr{slog.String("request", rid), slog.String("method", r.Method), slog.String("route", route),
		slog.Int("status", rec.code()), slog.Int64("bytes", rec.size), slog.Int64("us", took.Microseconds())}
}
