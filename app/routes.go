package app

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/city/roundtable/exchange"
	"ronda/city/roundtable/office"
	"ronda/city/roundtable/pages"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// serve registers every route and builds the handler.
func (a *App) serve(ch *charter.Charter) error {
	words, err := Catalogue()
	if err != nil {
		return err
	}
	a.site = &web.Site{Catalogue: words, Log: a.cfg.Log, Metrics: a.cfg.Metrics, Secure: a.secure(), Origin: a.cfg.Origin,
		Trusted: a.cfg.Trusted, Zone: ch.City.Zone, Frame: a.frame, Problem: a.problem}
	a.office = office.New(a.roundtable, a.charters, a.people, office.Slots{Follow: a.notices.Follow, SignIn: signInTo})
	a.pages = pages.New(a.roundtable, a.charters, a.people, pages.Slots{Proof: a.proofHref, Follow: a.noticesWeb.Button, Land: a.places.Land, Panels: a.panels()})
	m := a.site.Mux()
	a.Routes(m)
	a.handler, err = a.site.Handler(a.sessions.LoadAndSave, a.people.Middleware(a.personID))
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
	m.Get("/administracion/mapa", a.mapAdmin)
	m.Post("/administracion/mapa", a.mapPost)
	m.Handle("GET /healthz", http.HandlerFunc(a.healthz))
	m.Handle("GET /readyz", http.HandlerFunc(a.readyz))
	if a.cfg.Demo {
		m.Post("/demo/entrar", a.enter)
	}
	a.serveAPI(m)
	a.office.Routes(m)
	a.pages.Routes(m)
	a.noticesWeb.Routes(m)
	exchange.NewWeb(exchange.New(a.roundtable, a.charters)).Routes(m)
}

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
		}}
}

func (a *App) healthz(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) }

// readyz says whether requests can be answered: the database answers.
func (a *App) readyz(w http.ResponseWriter, r *http.Request) {
	if err := a.db.Ping(r.Context()); err != nil {
		http.Error(w, "database does not answer", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}
