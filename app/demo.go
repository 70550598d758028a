package app

import (
	"context"
	"net/http"
	"net/url"

	"ronda/app/demo"
	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const visitor = "visitor" // the role that is nobody

// demoBar is the strip of a demonstration, nil outside of one.
func (a *App) demoBar(r *http.Request) *ui.Demo {
	if !a.cfg.Demo {
		return nil
	}
	ctx := r.Context()
	bar := &ui.Demo{Current: visitor, Roles: []ui.Option{{Value: visitor, Text: i18n.T(ctx, "app.demo.visitor")}}}
	for _, role := range a.demoRoles(ctx) {
		bar.Roles = append(bar.Roles, ui.Option{Value: role.Code, Text: role.Label.In(i18n.Of(ctx))})
		if role.Person == people.Me(ctx).Person {
			bar.Current = role.Code
		}
	}
	if bar.Next = r.URL.RequestURI(); r.Method != http.MethodGet {
		bar.Next = "/"
	}
	return bar
}

// demoRoles reads the roles once: a demonstration's people do not change.
func (a *App) demoRoles(ctx context.Context) []demo.Role {
	a.rolesOnce.Do(func() {
		roles, err := demo.Roles(context.WithoutCancel(ctx), a.db)
		if err != nil {
			a.cfg.Log.ErrorContext(ctx, "demonstration roles", "error", err)
		}
		a.roles = roles
	})
	return a.roles
}

// enter makes the visitor of a demonstration one of its people.
func (a *App) enter(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, next := r.Context(), form.Get("next")
	if form.Get("role") == visitor {
		return a.leave(w, r, next)
	}
	for _, role := range a.demoRoles(ctx) {
		if role.Code == form.Get("role") {
			if err := a.enterAs(r, role); err != nil {
				return err
			}
			return web.Redirect(w, r, next, "")
		}
	}
	return fault.New(fault.NotFound, "fault.notfound")
}

func (a *App) leave(w http.ResponseWriter, r *http.Request, next string) error {
	if err := a.identity.SignOut(r.Context()); err != nil {
		return err
	}
	return web.Redirect(w, r, next, "")
}

// enterAs signs the visitor in as somebody of the demonstration, who gets an
// account the first time.
func (a *App) enterAs(r *http.Request, role demo.Role) error {
	ctx := r.Context()
	demonstration := people.With(ctx, people.Standing{Roles: []string{people.RoleAdministrator}})
	err := a.identity.CreateAccount(demonstration, role.Person, role.Code+"@demo.example.org", i18n.Of(ctx))
	if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Invalid) { // both: there is one
		return err
	}
	return a.identity.SignIn(r, role.Person, "demo")
}

func signInHref(r *http.Request) string { return signInTo(r.URL.RequestURI()) }

// signInTo is the sign-in page that leads on to another.
func signInTo(back string) string { return "/ingresar?" + url.Values{"volver": {back}}.Encode() }

// proofHref is where the record proves an act.
func (a *App) proofHref(_ context.Context, event string) string { return "/registro/acto/" + event }
