package identity

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// accountPage is all that a person can see and change about the own account.
type accountPage struct {
	Email    string
	Name     ui.Form
	Lang     ui.Form
	Sessions []sessionLine
	Passkeys []passkeyLine
	Script   string // address of the passkey script; empty where there are none
	Recent   bool   // signed in lately: passkeys may be added
}

// sessionLine is one sign-in in the list.
type sessionLine struct {
	ID      string
	Device  string
	Seen    string
	Since   string
	Current bool
}

// passkeyLine is one passkey in the list.
type passkeyLine struct {
	ID     string
	Device string
	Added  string
	Used   string
}

func (m *Module) getAccount(w http.ResponseWriter, r *http.Request) error {
	p, err := m.accountPage(r.Context())
	if err != nil {
		return err
	}
	return show(w, r, "identity.account.title", accountView(p))
}

func (m *Module) accountPage(ctx context.Context) (accountPage, error) {
	person := PersonID(ctx)
	a, err := m.AccountOf(ctx, person)
	if err != nil {
		return accountPage{}, err
	}
	name, err := m.name(ctx, person)
	if err != nil {
		return accountPage{}, err
	}
	p := accountPage{Email: a.Email, Recent: recent(ctx),
		Name: ui.Form{ID: "nombre", Action: accountPath + "/nombre", Values: ui.Values{"name": {name}}},
		Lang: ui.Form{ID: "idioma", Action: accountPath + "/idioma", Values: ui.Values{"lang": {string(a.Lang)}}}}
	if p.Sessions, err = m.sessionLines(ctx, person); err != nil {
		return p, err
	}
	if m.keys == nil {
		return p, nil
	}
	p.Script = m.script.Path
	p.Passkeys, err = m.passkeyLines(ctx, person)
	return p, err
}

func (m *Module) sessionLines(ctx context.Context, person string) ([]sessionLine, error) {
	sessions, err := m.Sessions(ctx, person)
	if err != nil {
		return nil, err
	}
	lines := make([]sessionLine, len(sessions))
	for i, s := range sessions {
		lines[i] = sessionLine{ID: s.ID, Device: deviceWords(ctx, s.Browser, s.System), Seen: ago(ctx, s.Seen), Since: ago(ctx, s.Created),
			Current: s.ID == sessionOf(ctx).ID}
	}
	return lines, nil
}

func (m *Module) passkeyLines(ctx context.Context, person string) ([]passkeyLine, error) {
	keys, err := m.Passkeys(ctx, person)
	if err != nil {
		return nil, err
	}
	lines := make([]passkeyLine, len(keys))
	for i, k := range keys {
		lines[i] = passkeyLine{ID: k.ID, Device: deviceWords(ctx, k.Browser, k.System), Added: ago(ctx, k.Created)}
		if !k.Used.IsZero() {
			lines[i].Used = ago(ctx, k.Used)
		}
	}
	return lines, nil
}

// deviceWords says on what device somebody signed in.
func deviceWords(ctx context.Context, browser, system string) string {
	switch {
	case browser != "" && system != "":
		return i18n.T(ctx, "identity.device", "browser", browser, "system", system)
	case browser+system != "":
		return browser + system
	}
	return i18n.T(ctx, "identity.device.unknown")
}

func (m *Module) postName(w http.ResponseWriter, r *http.Request) error {
	v, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if err := m.rename(ctx, PersonID(ctx), v.Get("name")); err != nil {
		p, pageErr := m.accountPage(ctx)
		if pageErr != nil {
			return pageErr
		}
		return again(w, r, err, "identity.account.title", func(e ui.Errors) templ.Component {
			p.Name.Values, p.Name.Errors = ui.Values(v), e
			return accountView(p)
		})
	}
	return web.Redirect(w, r, accountPath, "identity.flash.saved")
}

func (m *Module) postLang(w http.ResponseWriter, r *http.Request) error {
	v, err := web.Form(w, r)
	if err != nil {
		return err
	}
	lang, ok := i18n.Parse(v.Get("lang"))
	if !ok {
		p, err := m.accountPage(r.Context())
		if err != nil {
			return err
		}
		return again(w, r, fieldFault("lang", "fault.choice"), "identity.account.title", func(e ui.Errors) templ.Component {
			p.Lang.Errors = e
			return accountView(p)
		})
	}
	if err := m.setLang(r.Context(), PersonID(r.Context()), lang); err != nil {
		return err
	}
	return web.Redirect(w, r, accountPath+"?lang="+string(lang), "identity.flash.saved")
}

func (m *Module) postEnd(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if r.PathValue("id") == sessionOf(ctx).ID {
		return m.postSignOut(w, r)
	}
	if err := m.end(ctx, PersonID(ctx), r.PathValue("id"), EventSessionEnded); err != nil {
		return err
	}
	return web.Redirect(w, r, accountPath, "identity.flash.session_ended")
}

func (m *Module) postEndOthers(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := m.endOthers(ctx, PersonID(ctx)); err != nil {
		return err
	}
	return web.Redirect(w, r, accountPath, "identity.flash.sessions_ended")
}

func (m *Module) getErase(w http.ResponseWriter, r *http.Request) error {
	return show(w, r, "identity.erase.title", eraseView(ui.Form{ID: "borrar", Action: erasePath}))
}

func (m *Module) postErase(w http.ResponseWriter, r *http.Request) error {
	v, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if v.Get("sure") != "true" {
		return again(w, r, fieldFault("sure", "identity.erase.unsure"), "identity.erase.title", func(e ui.Errors) templ.Component {
			return eraseView(ui.Form{ID: "borrar", Action: erasePath, Errors: e})
		})
	}
	if err := m.erase(ctx, PersonID(ctx)); err != nil {
		return err
	}
	if err := m.sessions.Destroy(ctx); err != nil {
		return err
	}
	return web.Redirect(w, r, "/", "identity.flash.erased")
}

func emailForm(v url.Values, e ui.Errors) ui.Form {
	return ui.Form{ID: "correo", Action: emailPath, Values: ui.Values(v), Errors: e}
}

func (m *Module) getEmail(w http.ResponseWriter, r *http.Request) error {
	a, err := m.AccountOf(r.Context(), PersonID(r.Context()))
	if err != nil {
		return err
	}
	return show(w, r, "identity.email.title", emailView(emailForm(nil, ui.Errors{}), a.Email, m.mail.Disabled()))
}

func (m *Module) postEmail(w http.ResponseWriter, r *http.Request) error {
	v, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	a, err := m.AccountOf(ctx, PersonID(ctx))
	if err != nil {
		return err
	}
	ids, err := m.requestChange(ctx, a.Person, v.Get("email"), web.Network(r))
	if err != nil {
		return again(w, r, err, "identity.email.title", func(e ui.Errors) templ.Component {
			return emailView(emailForm(v, e), a.Email, false)
		})
	}
	m.sessions.Put(ctx, keyOld, ids.oldCode)
	m.sessions.Put(ctx, keyNew, ids.newCode)
	return web.Redirect(w, r, changePath, "")
}

// changeOf is the change of address that this session has begun.
func (m *Module) changeOf(ctx context.Context) change {
	return change{m.sessions.GetString(ctx, keyOld), m.sessions.GetString(ctx, keyNew)}
}

func (m *Module) getChange(w http.ResponseWriter, r *http.Request) error {
	return m.showChange(w, r, nil)
}

// showChange asks for the two codes, unless no change is under way.
func (m *Module) showChange(w http.ResponseWriter, r *http.Request, wrong error) error {
	ctx := r.Context()
	wanted, err := m.pendingChange(ctx, PersonID(ctx), m.changeOf(ctx))
	if err != nil {
		return err
	}
	if wanted == "" {
		return web.Redirect(w, r, emailPath, "")
	}
	a, err := m.AccountOf(ctx, PersonID(ctx))
	if err != nil {
		return err
	}
	f := ui.Form{ID: "cambio", Action: changePath}
	if wrong == nil {
		return show(w, r, "identity.change.title", changeView(f, a.Email, wanted))
	}
	return again(w, r, wrong, "identity.change.title", func(e ui.Errors) templ.Component {
		f.Errors = e
		return changeView(f, a.Email, wanted)
	})
}

func (m *Module) postChange(w http.ResponseWriter, r *http.Request) error {
	v, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	err = m.confirmChange(ctx, PersonID(ctx), m.changeOf(ctx), v.Get("old_code"), v.Get("new_code"), web.Network(r))
	if err != nil {
		return m.showChange(w, r, err)
	}
	m.sessions.Remove(ctx, keyOld)
	m.sessions.Remove(ctx, keyNew)
	return web.Redirect(w, r, accountPath, "identity.flash.email_changed")
}
