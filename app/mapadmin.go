package app

import (
	"context"
	"io"
	"net/http"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/places"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// administers says whether the program's administrator acts in ctx.
func administers(ctx context.Context) bool { return people.Me(ctx).Administrator() }

// mapPage imports real boundaries.
type mapPage struct {
	Heading ui.Heading
	Form    ui.Form
	Levels  []ui.Option
}

func (a *App) mapPage(ctx context.Context) (mapPage, error) {
	ch, err := a.charters.Current(ctx)
	if err != nil {
		return mapPage{}, err
	}
	p := mapPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/administracion", Text: i18n.T(ctx, "app.nav.admin")}}, Title: i18n.T(ctx, "app.admin.map"), Lead: i18n.T(ctx, "app.map.lead")},
		Form: ui.Form{Action: "/administracion/mapa", Files: true}}
	for _, l := range []charter.Level{charter.LevelDistrict, charter.LevelNeighbourhood} {
		p.Levels = append(p.Levels, ui.Option{Value: string(l), Text: ch.LevelName(l).In(i18n.Of(ctx))})
	}
	return p, nil
}

func (a *App) mapAdmin(w http.ResponseWriter, r *http.Request) error {
	if !people.Me(r.Context()).Administrator() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	p, err := a.mapPage(r.Context())
	if err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: p.Heading.Title, Section: "admin", Private: true, Narrow: true, Body: mapAdminBody(p)})
}

func (a *App) mapPost(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	me := people.Me(ctx)
	if !me.Administrator() {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	form, file, _, err := web.FileForm(w, r, "file")
	if err != nil {
		return err
	}
	var text []byte
	if file != nil {
		defer file.Close()
		if text, err = io.ReadAll(file); err != nil {
			return err
		}
	}
	_, err = a.places.Import(ctx, event.Actor{Person: me.Person}, places.Import{Level: charter.Level(form.Get("level")), Property: form.Get("property"), Source: form.Get("source"), File: text})
	if fault.Is(err, fault.Invalid) {
		p, perr := a.mapPage(ctx)
		if perr != nil {
			return perr
		}
		p.Form.Values, p.Form.Errors = ui.Values(form), ui.ErrorsOf(ctx, err)
		return web.Render(w, r, web.Page{Title: p.Heading.Title, Section: "admin", Private: true, Narrow: true, Wrong: true, Status: http.StatusUnprocessableEntity, Body: mapAdminBody(p)})
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, "/iniciativas/mapa", "app.flash.map")
}
