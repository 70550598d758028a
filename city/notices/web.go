package notices

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"ronda/city/people"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const noticesShown = 50

// Web are the pages of this module.
type Web struct {
	m *Module
	// tell draws an event of any module; ok is false for what cannot be told.
	tell func(ctx context.Context, e event.Event) (ui.Moment, bool)
	// back is where a subject has its page.
	back func(ctx context.Context, s event.Subject) (string, error)
}

// NewWeb makes the pages. tell draws an event in words; back is the address of a
// subject's page, NotFound for what cannot be followed.
func NewWeb(m *Module, tell func(context.Context, event.Event) (ui.Moment, bool), back func(context.Context, event.Subject) (string, error)) *Web {
	return &Web{m, tell, back}
}

// Routes registers the pages.
func (p *Web) Routes(m *web.Mux) {
	m.Get("/avisos", p.list)
	m.Post("/avisos/correo", p.setMail)
	m.Post("/seguir", p.follow)
	m.Post("/dejar", p.leave)
}

// Button follows or leaves a subject, and says how many follow it. A visitor is
// led to sign in.
func (p *Web) Button(ctx context.Context, s event.Subject) templ.Component {
	follows, n, err := p.m.Following(ctx, people.Me(ctx).Person, s)
	if err != nil {
		return nil
	}
	return followButton(followView{Follows: follows, Kind: s.Kind, ID: s.ID, Count: i18n.T(ctx, "notices.followers", "count", n), Some: n > 0})
}

type followView struct {
	Follows  bool
	Kind, ID string
	Count    string
	Some     bool
}

func (v followView) form() ui.Form {
	f := ui.Form{ID: "follow", Action: "/seguir", Hidden: []ui.Pair{{Name: "kind", Value: v.Kind}, {Name: "id", Value: v.ID}}}
	if v.Follows {
		f.Action = "/dejar"
	}
	return f
}

func (v followView) button(ctx context.Context) ui.Button {
	if v.Follows {
		return ui.Button{Text: i18n.T(ctx, "notices.leave"), Weight: ui.Quiet}
	}
	return ui.Button{Text: i18n.T(ctx, "notices.follow")}
}

func (p *Web) follow(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, p.m.Follow, "notices.flash.follow")
}

func (p *Web) leave(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, p.m.Leave, "notices.flash.leave")
}

func (p *Web) change(w http.ResponseWriter, r *http.Request, act func(context.Context, event.Subject) error, flash string) error {
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	s := event.Subject{Kind: form.Get("kind"), ID: form.Get("id")}
	to, err := p.back(r.Context(), s)
	if err != nil {
		return err
	}
	if !people.Me(r.Context()).SignedIn() {
		return web.Redirect(w, r, "/ingresar?"+url.Values{"volver": {to}}.Encode(), "")
	}
	if err := act(r.Context(), s); err != nil {
		return err
	}
	return web.Redirect(w, r, to, flash)
}

type listView struct {
	Timeline ui.Timeline
	Empty    ui.Empty
	Mail     bool
	Form     ui.Form
}

func (p *Web) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	me := people.Me(ctx)
	if !me.SignedIn() {
		return fault.New(fault.Forbidden, "fault.sign_in")
	}
	events, err := p.m.Notices(ctx, me.Person, noticesShown)
	if err != nil {
		return err
	}
	wants, err := p.m.WantsMail(ctx, me.Person)
	if err != nil {
		return err
	}
	v := listView{Mail: wants, Empty: ui.Empty{Title: i18n.T(ctx, "notices.empty"), Text: i18n.T(ctx, "notices.empty.text"),
		Action: ui.Link{Href: "/iniciativas", Text: i18n.T(ctx, "notices.empty.do")}},
		Form: ui.Form{ID: "mail", Action: "/avisos/correo", Hidden: []ui.Pair{{Name: "mail", Value: strconv.FormatBool(!wants)}}}}
	for _, e := range events {
		if m, ok := p.tell(ctx, e); ok {
			v.Timeline.Items = append(v.Timeline.Items, m)
		}
	}
	return web.Render(w, r, web.Page{Title: i18n.T(ctx, "notices.title"), Section: "notices", Private: true, Narrow: true, Body: listBody(v)})
}

func (p *Web) setMail(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	me := people.Me(r.Context())
	if !me.SignedIn() {
		return fault.New(fault.Forbidden, "fault.sign_in")
	}
	if err := p.m.SetMail(r.Context(), me.Person, form.Get("mail") == "true"); err != nil {
		return err
	}
	return web.Redirect(w, r, "/avisos", "notices.flash.saved")
}

func (v listView) mailButton(ctx context.Context) ui.Button {
	if v.Mail {
		return ui.Button{Text: i18n.T(ctx, "notices.mail.stop"), Weight: ui.Quiet}
	}
	return ui.Button{Text: i18n.T(ctx, "notices.mail.start"), Weight: ui.Quiet}
}
