package identity

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// signInPage asks for the address, or for a passkey.
type signInPage struct {
	Form     ui.Form
	Again    bool   // signed in already, but too long ago
	NoMail   bool   // no codes can be sent
	Passkeys string // address of the script; empty where there are none
	Register string // address of the page for who has no account
}

func (m *Module) signInPage(v url.Values, errors ui.Errors) signInPage {
	next := v.Get("volver")
	p := signInPage{Form: ui.Form{ID: "ingresar", Action: signInPath, Values: ui.Values(v), Errors: errors, Hidden: hidden("volver", next)},
		NoMail: m.mail.Disabled(), Register: registerPath}
	if m.keys != nil {
		p.Passkeys = m.script.Path
	}
	if next != "" {
		p.Register += "?" + url.Values{"volver": {next}}.Encode()
	}
	return p
}

func hidden(name, value string) []ui.Pair {
	if value == "" {
		return nil
	}
	return []ui.Pair{{Name: name, Value: value}}
}

func (m *Module) getSignIn(w http.ResponseWriter, r *http.Request) error {
	v := r.URL.Query()
	if recent(r.Context()) {
		return web.Redirect(w, r, aim(v.Get("volver")), "")
	}
	p := m.signInPage(url.Values{"volver": v["volver"]}, ui.Errors{})
	p.Again = PersonID(r.Context()) != ""
	return show(w, r, "identity.signin.title", signInView(p))
}

// aim is a typed aim as a path of this site, the desk without one.
func aim(typed string) string {
	if typed == "" {
		return deskPath
	}
	return web.Local(typed)
}

func (m *Module) postSignIn(w http.ResponseWriter, r *http.Request) error {
	v, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	codeID, err := m.requestCode(ctx, v.Get("email"), "", web.Network(r))
	if err != nil {
		return again(w, r, err, "identity.signin.title", func(e ui.Errors) templ.Component { return signInView(m.signInPage(v, e)) })
	}
	m.remember(ctx, v.Get("volver"))
	m.sessions.Put(ctx, keyCode, codeID)
	return web.Redirect(w, r, codePath, "")
}

func codeForm(errors ui.Errors) ui.Form {
	return ui.Form{ID: "codigo", Action: codePath, Errors: errors}
}

func (m *Module) getCode(w http.ResponseWriter, r *http.Request) error {
	if m.sessions.GetString(r.Context(), keyCode) == "" {
		return web.Redirect(w, r, signInPath, "")
	}
	return show(w, r, "identity.code.title", codeView(codeForm(ui.Errors{})))
}

func (m *Module) postCode(w http.ResponseWriter, r *http.Request) error {
	v, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	codeID := m.sessions.GetString(ctx, keyCode)
	if codeID == "" {
		return web.Redirect(w, r, signInPath, "")
	}
	person, err := m.confirm(ctx, codeID, v.Get("code"), web.Network(r))
	switch {
	case err != nil:
		return again(w, r, err, "identity.code.title", func(e ui.Errors) templ.Component { return codeView(codeForm(e)) })
	case person == "":
		return web.Redirect(w, r, registerPath, "")
	}
	return m.finish(w, r, person, "code")
}

// registerPage asks for name and address, or for the name alone when the
// visitor has just proved an address.
type registerPage struct {
	Form   ui.Form
	Proved bool
	NoMail bool
}

func (m *Module) registerPage(r *http.Request, v url.Values, errors ui.Errors) (registerPage, error) {
	proved, err := m.hasProved(r)
	return registerPage{Proved: proved, NoMail: m.mail.Disabled() && !proved,
		Form: ui.Form{ID: "registro", Action: registerPath, Values: ui.Values(v), Errors: errors, Hidden: hidden("volver", v.Get("volver"))}}, err
}

// hasProved says whether the visitor's session holds an address that was proved
// a short while ago.
func (m *Module) hasProved(r *http.Request) (bool, error) {
	codeID := m.sessions.GetString(r.Context(), keyCode)
	if codeID == "" {
		return false, nil
	}
	_, err := m.proved(r.Context(), codeID)
	if fault.Is(err, fault.Invalid) {
		return false, nil
	}
	return err == nil, err
}

func (m *Module) getRegister(w http.ResponseWriter, r *http.Request) error {
	if PersonID(r.Context()) != "" {
		return web.Redirect(w, r, accountPath, "")
	}
	p, err := m.registerPage(r, url.Values{"volver": r.URL.Query()["volver"]}, ui.Errors{})
	if err != nil {
		return err
	}
	return show(w, r, "identity.register.title", registerView(p))
}

func (m *Module) postRegister(w http.ResponseWriter, r *http.Request) error {
	v, err := web.Form(w, r)
	if err != nil {
		return err
	}
	proved, err := m.hasProved(r)
	if err != nil {
		return err
	}
	if proved {
		err = m.registerProved(w, r, v.Get("name"))
	} else {
		err = m.registerNew(w, r, v)
	}
	if err == nil {
		return nil
	}
	p, pageErr := m.registerPage(r, v, ui.Errors{})
	if pageErr != nil {
		return pageErr
	}
	return again(w, r, err, "identity.register.title", func(e ui.Errors) templ.Component {
		p.Form.Errors = e
		return registerView(p)
	})
}

// registerProved makes the account of the address that this session proved.
func (m *Module) registerProved(w http.ResponseWriter, r *http.Request, name string) error {
	ctx := r.Context()
	person, err := m.register(ctx, m.sessions.GetString(ctx, keyCode), name)
	if err != nil {
		return err
	}
	return m.finish(w, r, person, "code")
}

// registerNew sends a code to the address of a new account.
func (m *Module) registerNew(w http.ResponseWriter, r *http.Request, v url.Values) error {
	if err := checkRegistration(v.Get("name"), v.Get("email")); err != nil {
		return err
	}
	ctx := r.Context()
	codeID, err := m.requestCode(ctx, v.Get("email"), v.Get("name"), web.Network(r))
	if err != nil {
		return err
	}
	m.remember(ctx, v.Get("volver"))
	m.sessions.Put(ctx, keyCode, codeID)
	return web.Redirect(w, r, codePath, "")
}

func (m *Module) postSignOut(w http.ResponseWriter, r *http.Request) error {
	if err := m.SignOut(r.Context()); err != nil {
		return err
	}
	return web.Redirect(w, r, "/", "")
}

// linkPage is the page of the link that makes the first administrator.
type linkPage struct {
	Form ui.Form
	Name string // of who is signed in and will be it; empty: asks who
}

func (m *Module) getLink(w http.ResponseWriter, r *http.Request) error {
	return m.showLink(w, r, nil, nil)
}

func (m *Module) showLink(w http.ResponseWriter, r *http.Request, v url.Values, wrong error) error {
	ctx := r.Context()
	if err := m.checkLink(ctx, r.PathValue("secret"), web.Network(r)); err != nil {
		return err
	}
	p := linkPage{Form: ui.Form{ID: "primera", Action: linkPath + r.PathValue("secret"), Values: ui.Values(v)}}
	if person := PersonID(ctx); person != "" {
		var err error
		if p.Name, err = m.name(ctx, person); err != nil {
			return err
		}
	}
	if wrong == nil {
		return show(w, r, "identity.first.title", linkView(p))
	}
	return again(w, r, wrong, "identity.first.title", func(e ui.Errors) templ.Component {
		p.Form.Errors = e
		return linkView(p)
	})
}

func (m *Module) postLink(w http.ResponseWriter, r *http.Request) error {
	v, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if err := m.checkLink(ctx, r.PathValue("secret"), web.Network(r)); err != nil {
		return err
	}
	person := PersonID(ctx)
	if person == "" {
		err = checkRegistration(v.Get("name"), v.Get("email"))
	}
	if err == nil {
		person, err = m.useLink(ctx, r.PathValue("secret"), person, v.Get("name"), v.Get("email"))
	}
	if err != nil {
		return m.showLink(w, r, v, err)
	}
	m.remember(ctx, accountPath)
	return m.finish(w, r, person, "link")
}
