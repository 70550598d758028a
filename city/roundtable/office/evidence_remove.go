package office

import (
	"net/http"

	"ronda/city/roundtable"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

func (o *Office) removePage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.removeForm(r, ui.Values{}, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

// removeForm asks why a piece of evidence goes.
func (o *Office) removeForm(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	v, err := o.rt.StepView(ctx, r.PathValue("number"), r.PathValue("code"))
	if err != nil {
		return web.Page{}, err
	}
	if _, err := v.Require(me(ctx), roundtable.Prove); err != nil {
		return web.Page{}, err
	}
	for _, e := range v.Evidence {
		if e.ID != r.PathValue("id") {
			continue
		}
		item, _ := v.Rules.Items.Get(e.Item)
		title := i18n.T(ctx, "roundtable.office.remove.title")
		page := pageOf(title, oneBody(onePage{
			Heading: ui.Heading{Crumbs: append(crumbs(ctx, v.Initiative), ui.Link{Href: stepHref(v), Text: v.Rules.Name.In(i18n.Of(ctx))}),
				Title: title, Lead: item.Name.In(i18n.Of(ctx)) + " · " + kindName(ctx, e.Kind)},
			About: e.Text,
			Panel: onePanel{
				Form:   ui.Form{Action: stepHref(v) + "/evidencia/" + e.ID + "/quitar", Values: typed, Errors: wrong},
				Fields: oneText("reason", "roundtable.office.reason", "roundtable.office.reason.public", roundtable.ReasonMax)(ctx, o, roundtable.View{}),
				Yes:    ui.Button{Text: i18n.T(ctx, "roundtable.office.remove.yes"), Weight: ui.Danger},
			},
		}))
		page.Narrow = true
		return page, nil
	}
	return web.Page{}, fault.New(fault.NotFound, "fault.notfound")
}

func (o *Office) removeEvidence(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	number, code := r.PathValue("number"), r.PathValue("code")
	if err := o.rt.RemoveEvidence(r.Context(), number, code, r.PathValue("id"), typed.Get("reason")); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return o.removeForm(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, "/iniciativas/"+number+"/pasos/"+code, "roundtable.office.flash.removed")
}
