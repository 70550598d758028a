package crowd

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"github.com/a-h/templ"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/city/meetings/room"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/live"
	"ronda/platform/search"
	"ronda/platform/table"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Stage is a city with one meeting that runs, on a folder of its own: Buenos
// Aires, with every post invited. Its visitors are known by a secret that only
// who started it has; there are no accounts.
type Stage struct {
	secret   string
	db       *db.DB
	meetings *meetings.Module
	rooms    *room.Rooms
	handler  http.Handler
	city     *charter.Charter
	number   string
}

// chairPost is who leads the meeting of a stage.
const chairPost = "coordinador-mesa"

// guestsMax is how many are invited, of the posts that the city has.
const guestsMax = 200

// cookieName holds the secret.
const cookieName = "stage"

// CookieOf is what visitors of a stage send.
func CookieOf(secret string) string { return cookieName + "=" + secret }

// OpenStage makes the city in dir and begins its meeting.
func OpenStage(ctx context.Context, dir, secret string) (*Stage, error) {
	d, err := db.Open(ctx, filepath.Join(dir, "stage.db"))
	if err != nil {
		return nil, err
	}
	s := &Stage{secret: secret, db: d}
	if err := s.build(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return s, nil
}

// Close ends the streams and closes the database.
func (s *Stage) Close() error {
	s.rooms.Close()
	return s.db.Close()
}

func (s *Stage) build(ctx context.Context) error {
	if err := s.db.Migrate(ctx, event.Migrations, web.Migrations, charter.Migrations, people.Migrations, search.Migrations(s.db.Engine()),
		roundtable.Migrations, meetings.Migrations); err != nil {
		return err
	}
	log, charters := event.New(s.db), charter.NewStore(s.db)
	files, err := cities.Open("buenosaires")
	if err != nil {
		return err
	}
	if s.city, err = charters.Install(ctx, files, "", "stage"); err != nil {
		return err
	}
	p := people.New(s.db, log, charters.Current)
	s.meetings = meetings.New(meetings.Deps{DB: s.db, Log: log, Charters: charters, People: p, Steps: roundtable.New(s.db, log, charters, p)})
	words, err := i18n.New(ui.Messages, charter.Messages, people.Messages, roundtable.Messages, table.Messages, meetings.Messages, room.Messages)
	if err != nil {
		return err
	}
	s.rooms = room.New(room.Deps{Meetings: s.meetings, People: p, Words: words, Live: live.Options{Log: slog.New(slog.DiscardHandler)}})
	if err := s.begin(people.With(ctx, s.chair())); err != nil {
		return err
	}
	return s.route(words)
}

// chair is somebody who holds the post that leads.
func (s *Stage) chair() people.Standing {
	p, _ := s.city.Posts.Get(chairPost)
	h := people.Holding{Post: p.Code, Body: p.Body, Rank: string(p.Rank), Signs: p.Signs}
	for _, b := range s.city.Path(p.Body) {
		h.Path = append(h.Path, b.Code)
	}
	return people.Standing{Person: "chair", Posts: []people.Holding{h}}
}

// begin plans, calls and begins the meeting.
func (s *Stage) begin(ctx context.Context) error {
	var guests []meetings.Guest
	for _, p := range s.city.Posts.All() {
		if len(guests) < guestsMax && p.ActiveOn(s.city.Today(clock.Now(ctx))) {
			guests = append(guests, meetings.Guest{Post: p.Code})
		}
	}
	x, err := s.meetings.CreateMeeting(ctx, meetings.Meeting{Kind: meetings.Free, Title: "Prueba de carga", Starts: clock.Now(ctx).Add(time.Hour), Length: 60, Chair: chairPost}, guests)
	if err != nil {
		return err
	}
	s.number = x.Number
	for n := range 8 {
		it := meetings.Item{Title: fmt.Sprintf("Punto de prueba %d, con un título como los de todos los días", n+1), Wanted: meetings.Discuss, Minutes: 7}
		if _, err := s.meetings.AddItem(ctx, x.Number, it); err != nil {
			return err
		}
	}
	return errors.Join(s.meetings.CallMeeting(ctx, x.Number), s.meetings.Begin(ctx, x.Number))
}

// route puts the room behind the middleware that every page has.
func (s *Stage) route(words *i18n.Catalogue) error {
	site := &web.Site{Catalogue: words, Log: slog.New(slog.DiscardHandler), Zone: s.city.City.Zone, Frame: frame, Problem: problem}
	s.rooms.Routes(site.Mux())
	site.Mux().Handle("GET "+ui.AssetsPath, ui.Assets())
	site.Mux().Get("/puesta", s.list)
	var err error
	s.handler, err = site.Handler(s.admit)
	return err
}

// admit lets in who has the secret, as the chair.
func (s *Stage) admit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie(cookieName)
		if err == nil && subtle.ConstantTimeCompare([]byte(c.Value), []byte(s.secret)) == 1 {
			r = r.WithContext(people.With(r.Context(), s.chair()))
		}
		next.ServeHTTP(w, r)
	})
}

// list tells the chair the keys of the guests and the ids of the items.
func (s *Stage) list(w http.ResponseWriter, r *http.Request) error {
	v, err := s.meetings.Meeting(r.Context(), s.number)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, a := range v.Attendees {
		b.WriteString("guest " + a.Key + "\n")
	}
	for _, it := range v.Items {
		b.WriteString("item " + it.ID + "\n")
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err = io.WriteString(w, b.String())
	return err
}

// Serve answers on l until ctx ends.
func (s *Stage) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{Handler: s.handler, ReadHeaderTimeout: settle, ReadTimeout: 6 * settle}
	srv.RegisterOnShutdown(s.rooms.Close)
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), settle)
		defer cancel()
		stopped <- srv.Shutdown(grace)
	}()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// Room is the path of the meeting's room.
func (s *Stage) Room() string { return room.Href(s.number) }

// frame is a page around its body, as plain as can be.
func frame(r *http.Request, p web.Page) templ.Component {
	f := ui.Frame{Title: p.Title, Path: r.URL.RequestURI()}
	return templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		return f.Render(templ.WithChildren(ctx, p.Body), out)
	})
}

func problem(r *http.Request, f *fault.Error, id string) web.Page {
	return web.Page{Title: string(f.Kind), Body: ui.Problem{Kind: f.Kind, Text: i18n.T(r.Context(), f.Key, f.Args...), ID: id}}
}
