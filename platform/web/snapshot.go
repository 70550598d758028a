package web

import (
	"net/http"

	"ronda/platform/db"
)

// Snapshots lets each page read the database as it is at one moment, see
// db.Snapshot. It ends as soon as the answer begins, so that a slow visitor
// keeps nothing busy. Requests that may change something are as they were.
func Snapshots(d *db.DB) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet && r.Method != http.MethodHead {
				next.ServeHTTP(w, r)
				return
			}
			ctx, done := d.Snapshot(r.Context())
			defer done()
			next.ServeHTTP(&reader{w, done}, r.WithContext(ctx))
		})
	}
}

// reader ends the snapshot before the first byte of the answer.
type reader struct {
	http.ResponseWriter
	done func()
}

// WriteHeader begins the answer.
func (r *reader) WriteHeader(status int) {
	r.done()
	r.ResponseWriter.WriteHeader(status)
}

// Write begins the answer too.
func (r *reader) Write(b []byte) (int, error) {
	r.done()
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach what is below.
func (r *reader) Unwrap() http.ResponseWriter { return r.ResponseWriter }
