package app

import (
	"context"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/identity"
	indicatorpages "ronda/city/indicators/pages"
	"ronda/city/people"
	peoplepages "ronda/city/people/pages"
	"ronda/city/roundtable"
	"ronda/city/roundtable/office"
	"ronda/city/roundtable/pages"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// serve registers every route and builds the handler.
func (a *App) serve(ch *charter.Charter) error {
	a.site = &web.Site{Catalogue: a.words, Log: a.cfg.Log, Metrics: a.cfg.Metrics, Secure: a.secure(), Origin: a.cfg.Origin,
		Trusted: a.cfg.Trusted, Zone: ch.City.Zone, Frame: a.frame, Problem: a.problem}
	a.site.Words = a.wordsOf(a.words)
	if err := a.schedule(a.words, ch); err != nil {
		return err
	}
	a.office = office.New(a.roundtable, a.charters, a.people, office.Slots{Follow: a.notices.Follow, SignIn: signInTo})
	a.pages = pages.New(a.roundtable, a.charters, a.people, pages.Slots{Proof: a.proofHref, Follow: a.noticesWeb.Button, Land: a.places.Land,
		Tell: a.tellOnPage, Origin: a.originOf, Panels: a.panels(), Figures: a.execution.purse})
	a.peoplePages = peoplepages.New(a.people, a.ofBody).WithAccounts(a.identity.EmailOf)
	m := a.site.Mux()
	a.Routes(m)
	a.serveIdeas(m)
	a.serveMeetings(m)
	a.serveExecution(m)
	indicatorpages.New(indicatorpages.Deps{Indicators: a.indicators, Charters: a.charters, People: a.people}).Routes(m)
	var err error
	a.handler, err = a.site.Handler(a.sessions.LoadAndSave, a.identity.Middleware, a.people.Middleware(identity.PersonID))
	return err
}

// Routes registers the routes of every module.
func (a *App) Routes(m *web.Mux) {
	m.Handle("GET "+ui.AssetsPath, ui.Assets())
	m.Get("/{$}", a.home)
	m.Get("/mi-escritorio", a.desk)
	m.Get("/accesibilidad", a.accessibility)
	m.Get("/actos.atom", a.feed)
	m.Get("/administracion", a.admin)
	m.Get("/administracion/auditoria", a.audit)
	m.Get("/administracion/ciudad", a.cityAdmin)
	m.Post("/administracion/ciudad", a.cityPost)
	m.Get("/administracion/ciudad/{name}", a.cityFile)
	m.Get("/administracion/personas/{id}/cuenta", a.account)
	m.Post("/administracion/personas/{id}/cuenta", a.accountPost)
	m.Post("/administracion/personas/{id}/cuenta/estado", a.accountState)
	m.Get("/administracion/mapa", a.mapAdmin)
	m.Post("/administracion/mapa", a.mapPost)
	m.Handle("GET /healthz", http.HandlerFunc(a.healthz))
	m.Handle("GET /readyz", http.HandlerFunc(a.readyz))
	if a.cfg.Demo {
		m.Post("/demo/entrar", a.enter)
	}
	a.identity.Routes(m)
	a.serveAPI(m)
	a.peoplePages.Routes(m)
	a.office.Routes(m)
	a.pages.Routes(m)
	a.noticesWeb.Routes(m)
	a.recordWeb.Routes(m)
	a.serveShown(m)
}

// ofBody draws the initiatives of a body on its own page.
func (a *App) ofBody(ctx context.Context, body string) templ.Component {
	c, err := a.pages.OfBody(ctx, body)
	if err != nil {
		a.cfg.Log.ErrorContext(ctx, "initiatives of a body", "error", err)
	}
	return c
}

// schedule registers what happens by itself: the morning mail and sweeping up.
func (a *App) schedule(words *i18n.Catalogue, ch *charter.Charter) error {
	a.queue.Every("identity.sweep", time.Hour, a.identity.Sweep)
	a.queue.Every("web.sweep", time.Hour, a.sessions.Sweep)
	a.queue.Every("roundtable.sweep", 24*time.Hour, a.roundtable.Sweep)
	a.scheduleIdeas()
	a.scheduleMeetings()
	a.scheduleExecution()
	a.queue.Every("notices.sweep", 24*time.Hour, a.notices.Sweep)
	if a.mailer.Disabled() {
		return nil
	}
	return a.queue.DailyAt("notices.digest", digestHour, ch.City.Zone, func(ctx context.Context) error { return a.notices.SendDigests(ctx, a.digest(words)) })
}

// digestHour is when the morning mail goes out, in the city's zone.
const digestHour = "07:30"

// panels are what the officials' side adds to an initiative's page.
func (a *App) panels() pages.Panels {
	o := a.office
	return pages.Panels{Actions: o.Actions, Ask: o.AskForm, Answer: o.AnswerForm, Owners: o.OwnerPanel,
		Barriers: func(ctx context.Context, v roundtable.View) templ.Component {
			if !v.May(people.Me(ctx), roundtable.Obstacle) {
				return nil
			}
			return o.BarrierPanel(ctx, v)
		},
		Comment: func(ctx context.Context, v roundtable.View) templ.Component {
			if me := people.Me(ctx); !v.May(me, roundtable.Discuss) && !v.May(me, roundtable.Opine) {
				return nil
			}
			return templ.Join(o.CommentForm(ctx, v), o.OpinionForm(ctx, v))
		},
		Meetings: func(ctx context.Context, v roundtable.View) templ.Component {
			return a.meetings.pages.InitiativePanel(ctx, v)
		},
		Execution: func(ctx context.Context, v roundtable.View) templ.Component {
			return a.execution.pages.InitiativePanel(ctx, v)
		}}
}

func (a *App) healthz(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) }

// readyz says whether requests can be answered and acts recorded: the database
// answers and the record is signed.
func (a *App) readyz(w http.ResponseWriter, r *http.Request) {
	if err := a.db.Ping(r.Context()); err != nil {
		http.Error(w, "database does not answer", http.StatusServiceUnavailable)
		return
	}
	if err := a.record.Sequencer().Trouble(); err != nil {
		http.Error(w, "the public record is not being signed: see the log", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}
