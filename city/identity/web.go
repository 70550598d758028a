package identity

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const (
	signInPath   = "/ingresar"
	codePath     = "/ingresar/codigo"
	registerPath = "/registrarse"
	accountPath  = "/mi-cuenta"
	emailPath    = "/mi-cuenta/correo"
	changePath   = "/mi-cuenta/correo/codigos"
	erasePath    = "/mi-cuenta/borrar"
	deskPath     = "/mi-escritorio" // where a sign-in leads that has no other aim
)

// Routes registers the pages.
func (m *Module) Routes(x *web.Mux) {
	x.Get(signInPath, m.getSignIn)
	x.Post(signInPath, m.postSignIn)
	x.Get(codePath, m.getCode)
	x.Post(codePath, m.postCode)
	x.Get(registerPath, m.getRegister)
	x.Post(registerPath, m.postRegister)
	x.Post("/salir", m.postSignOut)
	x.Get(linkPath+"{secret}", m.getLink)
	x.Post(linkPath+"{secret}", m.postLink)

	x.Get(accountPath, m.signedIn(m.getAccount))
	x.Post(accountPath+"/nombre", m.signedIn(m.postName))
	x.Post(accountPath+"/idioma", m.signedIn(m.postLang))
	x.Get(emailPath, m.signedIn(m.getEmail))
	x.Post(emailPath, m.signedIn(m.postEmail))
	x.Get(changePath, m.signedIn(m.getChange))
	x.Post(changePath, m.signedIn(m.postChange))
	x.Post(accountPath+"/sesiones/cerrar-las-demas", m.signedIn(m.postEndOthers))
	x.Post(accountPath+"/sesiones/{id}/cerrar", m.signedIn(m.postEnd))
	x.Get(erasePath, m.signedIn(m.fresh(m.getErase)))
	x.Post(erasePath, m.signedIn(m.fresh(m.postErase)))

	x.Post(signInPath+"/llave/inicio", m.postPasskeyAsk)
	x.Post(signInPath+"/llave", m.postPasskeySignIn)
	x.Post(accountPath+"/llaves/inicio", m.postPasskeyBegin)
	x.Post(accountPath+"/llaves", m.postPasskeyAdd)
	x.Post(accountPath+"/llaves/{id}/quitar", m.signedIn(m.fresh(m.postPasskeyRemove)))
	x.Get(m.script.Path, m.script.Serve)
}

// signedIn sends anonymous visitors to the sign-in page and back afterwards.
func (m *Module) signedIn(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if PersonID(r.Context()) == "" {
			return web.Redirect(w, r, backAfterSignIn(r), "")
		}
		return h(w, r)
	}
}

// fresh asks for another sign-in before what changes who can enter.
func (m *Module) fresh(h web.Handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !recent(r.Context()) {
			return web.Redirect(w, r, backAfterSignIn(r), "")
		}
		return h(w, r)
	}
}

// backAfterSignIn is the sign-in page that leads back to this page, or to the
// account where this is the address of a change.
func backAfterSignIn(r *http.Request) string {
	to := accountPath
	if r.Method == http.MethodGet {
		to = r.URL.RequestURI()
	}
	return signInPath + "?" + url.Values{"volver": {to}}.Encode()
}

// show renders a page of this module: narrow and not for search engines.
func show(w http.ResponseWriter, r *http.Request, title string, body templ.Component) error {
	return web.Render(w, r, web.Page{Title: i18n.T(r.Context(), title), Section: "account", Narrow: true, Private: true, Body: body})
}

// again shows a form once more with what is wrong; any fault that is not the
// form's is returned.
func again(w http.ResponseWriter, r *http.Request, err error, title string, body func(ui.Errors) templ.Component) error {
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	ctx := r.Context()
	return web.Render(w, r, web.Page{Title: i18n.T(ctx, title), Section: "account", Narrow: true, Private: true, Wrong: true,
		Status: http.StatusUnprocessableEntity, Body: body(ui.ErrorsOf(ctx, err))})
}

// finish signs the person in and sends them where they were going.
func (m *Module) finish(w http.ResponseWriter, r *http.Request, person, how string) error {
	next := m.next(r.Context())
	if err := m.SignIn(r, person, how); err != nil {
		return err
	}
	return web.Redirect(w, r, next, "")
}

// next is where the visitor was going: a path of this site.
func (m *Module) next(ctx context.Context) string {
	if to := m.sessions.GetString(ctx, keyNext); to != "" {
		return to
	}
	return deskPath
}

// remember keeps where the visitor is going while they sign in, if it is on this
// site.
func (m *Module) remember(ctx context.Context, to string) {
	if to == "" {
		m.sessions.Remove(ctx, keyNext)
		return
	}
	m.sessions.Put(ctx, keyNext, web.Local(to))
}
