package app

import (
	"context"
	"fmt"
	"net/http"

	"ronda/city/identity"
	"ronda/city/notices"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/mail"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// buildIdentity makes what signs people in.
func (a *App) buildIdentity(pepper []byte) (err error) {
	if a.mailer, err = mail.New(mail.Config{URL: a.cfg.SMTP}, a.queue); err != nil {
		return err
	}
	a.identity, err = identity.New(identity.Deps{DB: a.db, Log: a.log, Mail: a.mailer, Sessions: a.sessions, People: forgetful{a.people, a.notices, a.roundtable, a.ideas, a.meetings, a.execution},
		Directory: a.people, Origin: a.cfg.Origin, Pepper: pepper})
	return err
}

// forgetful erases a person everywhere.
type forgetful struct {
	*people.Module
	notices    *notices.Module
	roundtable *roundtable.Module
	ideas      *cityOfIdeas
	meetings   *theMeetings
	execution  *execution
}

// Forget erases the name, what the person follows and what was left unfinished.
func (f forgetful) Forget(ctx context.Context, person string) error {
	if err := f.notices.Forget(ctx, person); err != nil {
		return err
	}
	if err := f.roundtable.Forget(ctx, person); err != nil {
		return err
	}
	if err := f.ideas.forget(ctx, person); err != nil {
		return err
	}
	if err := f.meetings.forget(ctx, person); err != nil {
		return err
	}
	if err := f.execution.forget(ctx, person); err != nil {
		return err
	}
	return f.Module.Forget(ctx, person)
}

// digest is what the daily mail needs.
func (a *App) digest(words *i18n.Catalogue) notices.Digest {
	return notices.Digest{
		People: a.readers, Words: words, Origin: a.cfg.Origin, City: a.charters.Current, Send: a.mailer.Send,
		Desk: func(ctx context.Context, person string) ([]desk.Item, error) {
			return desk.Gather(ctx, person, a.sources()...)
		},
		Tell: func(ctx context.Context, e event.Event) (title, href string, ok bool) {
			m, ok := a.tell(ctx, e)
			return m.Title, m.Href, ok
		},
	}
}

// readers are those with an account that may sign in.
func (a *App) readers(ctx context.Context) ([]notices.Reader, error) {
	accounts, err := a.identity.Accounts(ctx)
	out := make([]notices.Reader, 0, len(accounts))
	for _, x := range accounts {
		out = append(out, notices.Reader{Person: x.Person, Mail: x.Email, Lang: x.Lang})
	}
	return out, err
}

// accountPage gives a person an account, or closes it.
type accountPage struct {
	Heading ui.Heading
	Form    ui.Form
	Account *identity.Account // nil while there is none
	Switch  ui.Form
}

func (a *App) accountPage(ctx context.Context, person string) (accountPage, error) {
	who, err := a.people.Person(ctx, person)
	if err != nil {
		return accountPage{}, err
	}
	base := "/administracion/personas/" + person
	p := accountPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/administracion", Text: i18n.T(ctx, "app.nav.admin")}, {Href: base, Text: who.Name}}, Title: i18n.T(ctx, "app.account"), Lead: i18n.T(ctx, "app.account.lead")},
		Form: ui.Form{Action: base + "/cuenta"}}
	account, err := a.identity.AccountOf(ctx, person)
	if fault.Is(err, fault.NotFound) {
		return p, nil
	}
	p.Account = &account
	p.Switch = ui.Form{ID: "s", Action: base + "/cuenta/estado", Hidden: []ui.Pair{{Name: "disabled", Value: fmt.Sprint(!account.Disabled)}}}
	return p, err
}

func (a *App) account(w http.ResponseWriter, r *http.Request) error {
	if !people.Me(r.Context()).Administrator() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	p, err := a.accountPage(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: p.Heading.Title, Section: "admin", Private: true, Narrow: true, Body: accountBody(p)})
}

func (a *App) accountPost(w http.ResponseWriter, r *http.Request) error {
	ctx, person := r.Context(), r.PathValue("id")
	if !people.Me(ctx).Administrator() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	p, err := a.accountPage(ctx, person)
	if err != nil {
		return err
	}
	err = a.identity.CreateAccount(ctx, person, form.Get("email"), i18n.Spanish)
	if fault.Is(err, fault.Invalid) {
		p.Form.Values, p.Form.Errors = ui.Values(form), ui.ErrorsOf(ctx, err)
		return web.Render(w, r, web.Page{Title: p.Heading.Title, Section: "admin", Private: true, Narrow: true, Wrong: true, Status: http.StatusUnprocessableEntity, Body: accountBody(p)})
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, p.Form.Action, "app.flash.account")
}

func (a *App) accountState(w http.ResponseWriter, r *http.Request) error {
	ctx, person := r.Context(), r.PathValue("id")
	if !people.Me(ctx).Administrator() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	if err := a.identity.SetDisabled(ctx, person, form.Get("disabled") == "true"); err != nil {
		return err
	}
	return web.Redirect(w, r, "/administracion/personas/"+person+"/cuenta", "app.flash.account")
}
