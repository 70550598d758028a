package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/prometheus/client_golang/prometheus"

	"ronda/app/demo"
	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	budgetpages "ronda/city/delivery/budget/pages"
	deliverypages "ronda/city/delivery/pages"
	"ronda/city/delivery/workplan"
	"ronda/city/ideas"
	"ronda/city/ideas/ballot"
	"ronda/city/ideas/bring"
	ideasdesk "ronda/city/ideas/desk"
	"ronda/city/ideas/jury"
	"ronda/city/ideas/opinions"
	ideaspages "ronda/city/ideas/pages"
	"ronda/city/identity"
	"ronda/city/indicators"
	"ronda/city/indicators/impact"
	impactpages "ronda/city/indicators/impact/pages"
	indicatorpages "ronda/city/indicators/pages"
	"ronda/city/meetings"
	"ronda/city/meetings/invitations"
	meetingpages "ronda/city/meetings/pages"
	"ronda/city/meetings/room"
	"ronda/city/notices"
	"ronda/city/opendata"
	"ronda/city/panorama"
	"ronda/city/people"
	peoplepages "ronda/city/people/pages"
	"ronda/city/places"
	"ronda/city/roundtable"
	"ronda/city/roundtable/office"
	"ronda/city/roundtable/pages"
	"ronda/method/choice"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/jobs"
	"ronda/platform/mail"
	"ronda/platform/mail/inbound"
	"ronda/platform/record"
	recordpages "ronda/platform/record/pages"
	"ronda/platform/search"
	"ronda/platform/table"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Config is what a city decides when it starts the program.
type Config struct {
	Data        string // folder of the record's key, the witness and, with SQLite, the database
	Database    string // "postgres://..."; empty for SQLite in Data
	City        string // name of a city that comes with the program, or a folder, for the first start; later the city that is there must be that one. Empty: any, at first buenosaires
	Origin      string // "https://ronda.example", where people reach it
	SMTP        string // see mail.Open; empty: no mail is sent
	ReplyTo     string // the address at which answers to invitations are read; empty: they are not
	InboundSMTP string // "127.0.0.1:2525", where the city's mail server hands such mails over; empty: nowhere
	InboundIMAP string // the mailbox they come to, see inbound.ParseMailbox; empty: none
	Trusted     bool   // a proxy in front sets X-Forwarded-For
	Demo        bool   // invented people, and anybody enters as anybody
	NewPepper   bool   // the pepper is lost: make another
	Existing    bool   // fail with ErrNoData where there is no city yet, instead of beginning one
	Log         *slog.Logger
	Metrics     prometheus.Registerer // nil: none are kept
}

// App is the whole program, open.
type App struct {
	cfg         Config
	db          *db.DB
	log         *event.Log
	queue       *jobs.Queue
	charters    *charter.Store
	people      *people.Module
	places      *places.Module
	identity    *identity.Module
	mailer      *mail.Mailer
	roundtable  *roundtable.Module
	pages       *pages.Pages
	office      *office.Office
	peoplePages *peoplepages.Pages
	notices     *notices.Module
	ideas       *cityOfIdeas
	meetings    *theMeetings
	execution   *execution
	indicators  *indicators.Module
	data        *opendata.Catalogue
	panorama    *panorama.Module
	words       *i18n.Catalogue // of the program
	noticesWeb  *notices.Web
	record      *record.Record
	recordWeb   *recordpages.Pages
	sessions    *web.Sessions
	site        *web.Site
	handler     http.Handler
	doc         *huma.OpenAPI

	rolesOnce sync.Once
	roles     []demo.Role
}

// Target is where the database lies, as db.Open understands it.
func (c Config) Target() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, "ronda.db")
}

// migrations are the tables of every module, in the order they are made.
func migrations(engine db.Engine) []db.Migrations {
	return []db.Migrations{
		event.Migrations, web.Migrations, jobs.Migrations, record.Migrations, search.Migrations(engine),
		charter.Migrations, places.Migrations, people.Migrations, identity.Migrations, roundtable.Migrations, notices.Migrations, demo.Migrations,
		ideas.Migrations, opinions.Migrations, ballot.Migrations, jury.Migrations, ideasdesk.Migrations,
		meetings.Migrations, inbound.Migrations, invitations.Migrations, indicators.Migrations,
		delivery.Migrations, workplan.Migrations, budget.Migrations, impact.Migrations,
	}
}

// OpenDatabase opens the database of a configuration and brings its tables up
// to date.
func OpenDatabase(ctx context.Context, cfg Config) (*db.DB, error) {
	d, err := db.Open(ctx, cfg.Target())
	if err != nil {
		return nil, err
	}
	if err := d.Migrate(ctx, migrations(d.Engine())...); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// Catalogue is every message of the program.
func Catalogue() (*i18n.Catalogue, error) {
	return i18n.New(Messages, ui.Messages, mail.Messages, table.Messages, record.Messages, charter.Messages, places.Messages, people.Messages, identity.Messages, roundtable.Messages, office.Messages, notices.Messages,
		ideas.Messages, opinions.Messages, ballot.Messages, jury.Messages, ideasdesk.Messages, ideaspages.Messages, bring.Messages, choice.Messages,
		meetings.Messages, meetingpages.Messages, room.Messages, invitations.Messages, indicatorpages.Messages,
		delivery.Messages, workplan.Messages, budget.Messages, deliverypages.Messages, budgetpages.Messages, impact.Messages, impactpages.Messages, opendata.Messages, panorama.Messages)
}

// nowhere is the origin of a program that serves nobody, such as an export.
const nowhere = "http://localhost"

// Open opens the program: database, city, modules, routes. It serves nothing
// yet; see Handler and Run.
func Open(ctx context.Context, cfg Config) (*App, error) {
	cfg.Origin = cmp.Or(cfg.Origin, nowhere)
	if cfg.Existing && !cfg.exists() {
		return nil, fmt.Errorf("%s: %w", cfg.Target(), ErrNoData)
	}
	if err := cfg.check(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil { // the keys lie there, whatever the database
		return nil, fmt.Errorf("data folder: %w", err)
	}
	d, err := OpenDatabase(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := d.Hold(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	words, err := Catalogue()
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	a := &App{cfg: cfg, db: d, log: event.New(d), queue: jobs.New(d), charters: charter.NewStore(d), words: words}
	a.charters.Sayable = func(key string) bool { return words.Has(i18n.Spanish, key) }
	if err := a.build(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return a, nil
}

// build makes the modules and wires them.
func (a *App) build(ctx context.Context) error {
	ch, err := a.city(ctx)
	if err != nil {
		return err
	}
	a.people = people.New(a.db, a.log, a.charters.Current)
	a.coverCity()
	if err := a.people.SyncFrom(ctx, a.charters); err != nil {
		return err
	}
	a.record, err = record.New(ctx, a.db, a.log, record.Options{Key: a.cfg.KeyFile(),
		Witness: filepath.Join(a.cfg.Data, "checkpoint"), Origin: "ronda/" + ch.City.Code})
	if err != nil {
		return err
	}
	a.places = places.New(a.db, a.log, a.charters.Current, administers)
	a.roundtable = roundtable.New(a.db, a.log, a.charters, a.people)
	a.notices = notices.New(a.db, a.log)
	a.noticesWeb = notices.NewWeb(a.notices, a.tell, a.hrefOf)
	a.recordWeb = recordpages.New(a.record, a.tell)
	a.sessions = web.NewSessions(a.db, a.secure())
	secret, err := pepper(ctx, a.db, a.cfg)
	if err != nil {
		return err
	}
	if err := a.buildIdeas(secret); err != nil {
		return err
	}
	a.buildExecution(secret)
	a.buildMeetings(ch)
	a.indicators = indicators.New(indicators.Deps{DB: a.db, Charters: a.charters, Roundtable: a.roundtable, Meetings: a.meetings.Module,
		Delivery: a.execution.Module, Impact: a.execution.impact})
	a.indicators.Listen(a.log)
	a.buildShown()
	if a.cfg.Demo {
		if err := demo.Build(ctx, demo.Deps{DB: a.db, Charters: a.charters, People: a.people, Roundtable: a.roundtable, Notices: a.notices,
			Ideas: a.ideas.Module, Opinions: a.ideas.opinions, Ballot: a.ideas.ballot, Jury: a.ideas.jury, Meetings: a.meetings.Module,
			Delivery: a.execution.Module, Plans: a.execution.plans, Budget: a.execution.budget, Impact: a.execution.impact}); err != nil {
			return err
		}
	}
	if err := a.buildIdentity(secret); err != nil {
		return err
	}
	a.buildInvitations()
	return a.serve(ch)
}

// city is the charter in force; the first start installs the configured one.
// What is there must fit the settings: see fits.
func (a *App) city(ctx context.Context) (*charter.Charter, error) {
	ch, err := a.charters.Current(ctx)
	if err == nil {
		return ch, a.fits(ctx, ch)
	}
	if !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	if a.cfg.Existing {
		return nil, fmt.Errorf("%s: %w", a.cfg.place(), ErrNoData)
	}
	name := cmp.Or(a.cfg.City, firstCity)
	files, err := CityFiles(name)
	if err != nil {
		return nil, err
	}
	return a.charters.Install(ctx, files, "", name)
}

// secure says whether people reach the program over HTTPS.
func (a *App) secure() bool { return len(a.cfg.Origin) > 8 && a.cfg.Origin[:8] == "https://" }

// Run does what goes on beside the requests until ctx ends: tells listeners of
// events, writes the record, does jobs.
func (a *App) Run(ctx context.Context) {
	a.recoverInvitations(ctx)
	var wg sync.WaitGroup
	wg.Go(func() { a.log.Run(ctx) })
	wg.Go(func() { a.record.Sequencer().Run(ctx) })
	wg.Go(func() {
		if err := a.queue.Run(ctx); err != nil {
			a.cfg.Log.ErrorContext(ctx, "jobs stopped", "error", err)
		}
	})
	wg.Go(func() { a.readAnswers(ctx) })
	wg.Go(func() { a.indicators.Run(ctx) })
	wg.Go(func() { a.runShown(ctx) })
	wg.Go(func() {
		if err := errors.Join(a.roundtable.WarmUp(ctx), a.ideas.WarmUp(ctx)); err != nil && ctx.Err() == nil {
			a.cfg.Log.WarnContext(ctx, "similar texts not ready", "error", err)
		}
	})
	wg.Wait()
}

// Handler answers every request.
func (a *App) Handler() http.Handler { return a.handler }

// EndStreams ends what followers of meetings hear, so that a server which is told
// to stop need not wait for them.
func (a *App) EndStreams() { a.meetings.rooms.Close() }

// Close closes the database; Run must have ended.
func (a *App) Close() error { return a.db.Close() }

// CityFiles are the files of a city: one that comes with the program by name, or
// a folder.
func CityFiles(name string) (fs.FS, error) {
	if files, err := cities.Open(name); err == nil {
		return files, nil
	}
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("no city %q: it is neither a folder nor one of %v", name, cities.Names())
	}
	return cities.Complete(os.DirFS(name)), nil
}
