package invitations

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"ronda/city/meetings"
	"ronda/platform/clock"
	"ronda/platform/dav"
	"ronda/platform/db"
	"ronda/platform/i18n"
	"ronda/platform/ical"
	"ronda/platform/web"
)

// Prefix is where calendar programs find the calendars.
const Prefix = "/dav/"

func (m *Module) server() *dav.Server {
	return &dav.Server{Library: library{m}, Prefix: Prefix, Realm: "Ronda",
		Title:  func(ctx context.Context) string { return i18n.T(ctx, "meetings.invitations.calendar") },
		Reason: func(ctx context.Context) string { return i18n.T(ctx, "meetings.invitations.read_only") }}
}

// library finds calendars by their person's secret; the name is free, as some
// programs want the mail address there.
type library struct{ m *Module }

// Open finds the calendar that the secret opens.
func (l library) Open(ctx context.Context, _, secret string) (dav.Calendar, error) {
	person, _, ok, err := l.m.whose(ctx, secret)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, dav.ErrUnknown
	}
	return shelf{l.m, person}, nil
}

// shelf is a person's calendar.
type shelf struct {
	m      *Module
	person string
}

// Objects are the person's meetings, a series with its changes as one. They are
// composed once for each state of the calendar, as one visit of a calendar program
// is several requests.
func (s shelf) Objects(ctx context.Context) ([]dav.Object, error) {
	ch, err := s.m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	zone := ch.City.Zone
	from := since(clock.Now(ctx), zone)
	stamp, err := s.m.Meetings.Stamp(ctx, s.person)
	if err != nil {
		return nil, err
	}
	return s.m.books.get(feedTag(s.person, stamp, zone.String(), from), func() ([]dav.Object, error) { return s.compose(ctx, zone, from) })
}

func (s shelf) compose(ctx context.Context, zone *time.Location, from time.Time) ([]dav.Object, error) {
	list, err := s.m.Meetings.For(ctx, s.person, from, nil)
	if err != nil {
		return nil, err
	}
	var out []dav.Object
	for _, group := range byUID(list, zone, s.m.Origin) {
		raw, err := ical.Calendar{Zone: zone, Events: group}.Bytes()
		if err != nil {
			return nil, err
		}
		out = append(out, dav.NewObject(group[0].UID, raw, func(from, to time.Time) (bool, error) { return ical.Within(group, zone, from, to) }))
	}
	return out, nil
}

// byUID are the events of each object, as all with one UID are one: whoever is
// invited to some meetings of a series has those alone.
func byUID(list []meetings.Occasion, zone *time.Location, origin string) (out [][]ical.Event) {
	at := map[string]int{}
	for _, o := range list {
		some := events(o, zone, origin)
		n, known := at[some[0].UID]
		if !known {
			n = len(out)
			at[some[0].UID], out = n, append(out, nil)
		}
		out[n] = append(out[n], some...)
	}
	return out
}

// statesKept is how many states of a calendar are remembered for each person:
// those of a few devices that look at different times.
const statesKept = 8

// Keep remembers a state of the calendar.
func (s shelf) Keep(ctx context.Context, token string, members dav.Members) error {
	if _, known, err := s.Kept(ctx, token); err != nil || known {
		return err
	}
	text, err := json.Marshal(members)
	if err != nil {
		return err
	}
	return s.m.db.Write(ctx, func(ctx context.Context) error {
		if _, err := s.m.db.Exec(ctx, `INSERT INTO invitations_sync (person, token, members, at) VALUES ($1, $2, $3, $4) ON CONFLICT (person, token) DO NOTHING`,
			s.person, token, string(text), clock.Now(ctx)); err != nil {
			return err
		}
		_, err := s.m.db.Exec(ctx, `DELETE FROM invitations_sync WHERE person = $1 AND token NOT IN
			(SELECT token FROM invitations_sync WHERE person = $1 ORDER BY at DESC, token LIMIT $2)`, s.person, statesKept)
		return err
	})
}

// Kept is a state that is remembered.
func (s shelf) Kept(ctx context.Context, token string) (dav.Members, bool, error) {
	text, ok, err := db.Find[string](ctx, s.m.db, `SELECT members FROM invitations_sync WHERE person = $1 AND token = $2`, s.person, token)
	if err != nil || !ok {
		return nil, false, err
	}
	members := dav.Members{}
	return members, true, json.Unmarshal([]byte(text), &members)
}

// caldav answers calendar programs, which show no pages: an error is a line in
// the log and a status.
func (m *Module) caldav(w http.ResponseWriter, r *http.Request) {
	if err := m.server().Serve(w, r); err != nil {
		slog.ErrorContext(r.Context(), "calendar not served", "request", web.RequestID(r.Context()), "error", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
}
