package people

import (
	"context"
	"embed"
	"log/slog"
	"net/http"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "people", FS: migrations}

// Charters gives the charter in force: its zone says what day it is, its names
// what kinds of body and ranks are called.
type Charters func(ctx context.Context) (*charter.Charter, error)

// Module is who is who. It is safe for concurrent use once every kind of change
// is covered.
type Module struct {
	db       *db.DB
	log      *event.Log
	charters Charters
	kinds    map[string]ChangeKind
}

// New is the module over d; charters is asked on each request, so it answers
// from memory.
func New(d *db.DB, l *event.Log, charters Charters) *Module {
	m := &Module{db: d, log: l, charters: charters, kinds: map[string]ChangeKind{}}
	m.coverRoles()
	m.coverAppointment()
	m.coverEnds()
	m.coverReorganisation()
	return m
}

// Charter is the charter in force.
func (m *Module) Charter(ctx context.Context) (*charter.Charter, error) { return m.charters(ctx) }

// Today is the day in the city.
func (m *Module) Today(ctx context.Context) (clock.Day, error) {
	c, err := m.charters(ctx)
	if err != nil {
		return "", err
	}
	return c.Today(clock.Now(ctx)), nil
}

// orToday is the day, today when it is empty.
func (m *Module) orToday(ctx context.Context, day clock.Day) (clock.Day, error) {
	if day != "" {
		return day, nil
	}
	return m.Today(ctx)
}

// Standing is what the person is on the day of the context's clock, with the
// posts of that day by term and by delegation. fault.NotFound for an unknown id.
func (m *Module) Standing(ctx context.Context, person string) (s Standing, err error) {
	defer fault.Wrap(&err, "Standing(%s)", person)
	day, err := m.Today(ctx)
	if err != nil {
		return Standing{}, err
	}
	return m.standing(ctx, person, day)
}

// Middleware puts the Standing of whoever is signed in into the context.
// personID gives the id from the session, empty for anonymous visitors, who
// cost no query. A person whom nobody knows any more is an anonymous visitor.
func (m *Module) Middleware(personID func(ctx context.Context) string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx := r.Context()
			if person := personID(ctx); person != "" {
				s, err := m.Standing(ctx, person)
				if err != nil && !fault.Is(err, fault.NotFound) {
					slog.ErrorContext(ctx, "standing unknown", "error", err)
					http.Error(w, i18n.T(ctx, "fault.unavailable"), http.StatusServiceUnavailable)
					return
				}
				r = r.WithContext(With(ctx, s))
			}
			next.ServeHTTP(w, r)
		})
	}
}
