package pages

import (
	"context"
	"net/http"
	"net/url"

	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// about is what an act is done to, and what the person sees of it.
type about struct {
	title, href string
	view        any
}

// act is one thing that somebody does to a meeting, a series, a decision or a
// commitment with a few words, on a page of its own.
type act struct {
	name    string // of its messages
	pattern string
	yes     ui.Weight
	// open refuses whoever may not do it, or not now.
	open func(ctx context.Context, number string) (about, error)
	// form gives the fields with what they open on; nil asks no more than yes.
	form func(ctx context.Context, a about) ([]ui.Field, ui.Values)
	row  func(ctx context.Context) []ui.Field // fields that stand side by side before them
	do   func(ctx context.Context, number string, typed url.Values) error
	to   string // ending of the address that it leads to, after that of what it was done to
}

// ask gives the page on which somebody does an act.
func (p *Pages) ask(a act) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		page, err := p.askPage(r, a, nil, ui.Errors{})
		if err != nil {
			return err
		}
		return web.Render(w, r, page)
	}
}

func (p *Pages) askPage(r *http.Request, a act, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx, number := r.Context(), r.PathValue("number")
	of, err := a.open(ctx, number)
	if err != nil {
		return web.Page{}, err
	}
	view := actPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: of.href, Text: of.title}}, Title: t(ctx, "act."+a.name), Lead: t(ctx, "act."+a.name+".lead")},
		Form:    ui.Form{Action: r.URL.Path, Values: typed, Errors: wrong},
		Buttons: ui.Buttons{{Text: t(ctx, "act."+a.name+".yes"), Weight: a.yes}, {Text: t(ctx, "back"), Href: of.href, Weight: ui.Plainer}}}
	if a.form != nil {
		list, opened := a.form(ctx, of)
		if typed == nil {
			view.Form.Values = opened
		}
		if len(opened["version"]) > 0 {
			view.Form.Hidden = []ui.Pair{{Name: "version", Value: view.Form.Values.Get("version")}}
		}
		part := formPart{Fields: list}
		if a.row != nil {
			part.Row = a.row(ctx)
		}
		view.Parts = []formPart{part}
	}
	return narrow(view), nil
}

// do gives what happens when the page of an act is sent.
func (p *Pages) do(a act) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		typed, err := web.Form(w, r)
		if err != nil {
			return err
		}
		ctx, number := r.Context(), r.PathValue("number")
		of, err := a.open(ctx, number)
		if err != nil {
			return err
		}
		if err := a.do(ctx, number, typed); err != nil {
			return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.askPage(r, a, ui.Values(typed), wrong) })
		}
		return web.Redirect(w, r, of.href+a.to, "meetings.pages.flash."+a.name)
	}
}

// notNow is what is said of an act whose moment has passed or is still to come.
func notNow() error { return fault.New(fault.Conflict, "meetings.pages.fault.not_now") }

// reason is the field of acts that take a reason.
func reason(ctx context.Context, name, key string, required bool, most int) ui.Field {
	return ui.Field{Name: name, Label: t(ctx, key), Hint: t(ctx, key+".hint"), Kind: ui.Area, Rows: 4, Max: most, Required: required}
}

// narrow is a page that holds one form.
func narrow(view actPage) web.Page {
	page := working(view.Heading.Title, actBody(view))
	page.Narrow = true
	return page
}
