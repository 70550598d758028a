package office

import (
	"context"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// me is who makes the request.
func me(ctx context.Context) people.Standing { return people.Me(ctx) }

// oneForm is an act on an initiative that takes one short form. The public page
// embeds it; a page of its own shows it again when it is refused.
type oneForm struct {
	action roundtable.Action
	name   string // of the form and of its address below the initiative: "preguntar"
	rest   string // of the address: "/{id}/resolver", "/{id}"
	key    string // its messages are roundtable.office.KEY.title, .lead and .yes, and the flash flash.KEY
	back   string // where on the initiative's page one comes back to, "#preguntas"
	weight ui.Weight
	start  func(v roundtable.View) ui.Values // what the form opens with; nil: nothing
	fields func(ctx context.Context, o *Office, v roundtable.View) []ui.Field
	do     func(ctx context.Context, o *Office, number, id string, typed ui.Values) error
}

// onePage is such a form on a page of its own.
type onePage struct {
	Heading ui.Heading
	Panel   onePanel
	About   string // what it answers: the question, the obstacle
}

// onePanel is the form itself.
type onePanel struct {
	Form   ui.Form
	Fields []ui.Field
	Yes    ui.Button
}

func (f oneForm) text(ctx context.Context, what string) string {
	return i18n.T(ctx, "roundtable.office."+f.key+"."+what)
}

// pattern is the form's address as a route.
func (f oneForm) pattern() string { return "/iniciativas/{number}/" + f.name + f.rest }

// panel is the form with what was typed, nil when it is fresh.
func (f oneForm) panel(ctx context.Context, o *Office, v roundtable.View, id string, typed ui.Values, wrong ui.Errors) onePanel {
	rest := strings.ReplaceAll(f.rest, "{id}", id)
	if typed == nil && f.start != nil {
		typed = f.start(v)
	}
	return onePanel{
		Form:   ui.Form{ID: strings.Trim(f.name+"-"+id, "-"), Action: href(v.Initiative, "/"+f.name+rest), Values: typed, Errors: wrong},
		Fields: f.fields(ctx, o, v),
		Yes:    ui.Button{Text: f.text(ctx, "yes"), Weight: f.weight},
	}
}

// embed is the form as a panel of another page, nothing when the person may not
// use it now.
func (f oneForm) embed(ctx context.Context, o *Office, v roundtable.View, id string) templ.Component {
	if !v.May(me(ctx), f.action) {
		return templ.NopComponent
	}
	p := f.panel(ctx, o, v, id, nil, ui.Errors{})
	if p.Yes.Weight == ui.Primary {
		p.Yes.Weight = ui.Quiet // the page has its own main action
	}
	return oneFormPanel(p)
}

// page is the form on a page of its own.
func (f oneForm) page(o *Office, r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx, id := r.Context(), r.PathValue("id")
	v, err := o.rt.View(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	if _, err := v.Require(me(ctx), f.action); err != nil {
		return web.Page{}, err
	}
	title := f.text(ctx, "title")
	page := pageOf(title, oneBody(onePage{
		Heading: ui.Heading{Crumbs: crumbs(ctx, v.Initiative), Over: v.Initiative.Number, Title: title, Lead: f.text(ctx, "lead")},
		Panel:   f.panel(ctx, o, v, id, typed, wrong), About: about(v, id),
	}))
	page.Narrow = true
	return page, nil
}

// about is the text of the question or obstacle with that id.
func about(v roundtable.View, id string) string {
	for _, q := range v.Questions {
		if q.ID == id {
			return q.Text
		}
	}
	for _, b := range v.Barriers {
		if b.ID == id {
			return b.What
		}
	}
	return ""
}

func (f oneForm) show(o *Office) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		p, err := f.page(o, r, nil, ui.Errors{})
		if err != nil {
			return err
		}
		return web.Render(w, r, p)
	}
}

func (f oneForm) send(o *Office) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		typed, err := web.Form(w, r)
		if err != nil {
			return err
		}
		number := r.PathValue("number")
		if err := f.do(r.Context(), o, number, r.PathValue("id"), ui.Values(typed)); err != nil {
			return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return f.page(o, r, ui.Values(typed), wrong) })
		}
		return web.Redirect(w, r, "/iniciativas/"+number+f.back, "roundtable.office.flash."+f.key)
	}
}
