package office

import (
	"context"
	"net/http"
	"strings"

	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// choicePage asks to choose one of a few things.
type choicePage struct {
	Heading ui.Heading
	Form    ui.Form
	Fields  []ui.Field
	Yes     string // words of the button
}

func (p choicePage) page(title string) web.Page {
	page := pageOf(title, choiceBody(p))
	page.Narrow = true
	return page
}

func (o *Office) takeUpPage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.takeUpForm(r, ui.Values{}, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

// takeUpForm asks which body of the person takes the idea up.
func (o *Office) takeUpForm(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	v, err := o.rt.View(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	if _, err := v.Require(people.Me(ctx), roundtable.TakeUp); err != nil {
		return web.Page{}, err
	}
	bodies := o.proposing(ctx, v.Charter, people.Me(ctx))
	if typed.Get("body") == "" && len(bodies) > 0 {
		typed = ui.Values{"body": {bodies[0].Value}}
	}
	title := i18n.T(ctx, "roundtable.office.take_up")
	return choicePage{
		Heading: ui.Heading{Crumbs: crumbs(ctx, v.Initiative), Over: v.Initiative.Number, Title: title, Lead: i18n.T(ctx, "roundtable.office.take_up.lead")},
		Form:    ui.Form{Action: href(v.Initiative, "/tomar"), Values: typed, Errors: wrong},
		Fields:  []ui.Field{{Name: "body", Label: i18n.T(ctx, "roundtable.office.take_up.body"), Kind: ui.Radios, Options: bodies, Required: true}},
		Yes:     i18n.T(ctx, "roundtable.office.take_up.yes"),
	}.page(title), nil
}

func (o *Office) takeUp(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	number := r.PathValue("number")
	if err := o.rt.TakeUp(r.Context(), number, typed.Get("body")); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return o.takeUpForm(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, "/iniciativas/"+number+"/expediente", "roundtable.office.flash.taken_up")
}

func (o *Office) joinPage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.joinForm(r, ui.Values{}, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

// joinForm asks into which initiative this one goes: one of the similar ones, or
// another by its number.
func (o *Office) joinForm(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	v, err := o.rt.View(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	if _, err := v.Require(people.Me(ctx), roundtable.Join); err != nil {
		return web.Page{}, err
	}
	near, err := o.rt.Similar(ctx, v.Initiative.Title+" "+v.Initiative.Line, v.Initiative.Number)
	if err != nil {
		return web.Page{}, err
	}
	title := i18n.T(ctx, "roundtable.office.join")
	p := choicePage{
		Heading: ui.Heading{Crumbs: crumbs(ctx, v.Initiative), Over: v.Initiative.Number, Title: title,
			Lead: i18n.T(ctx, "roundtable.office.join.lead", "title", v.Initiative.Title)},
		Form: ui.Form{Action: href(v.Initiative, "/unir"), Values: typed, Errors: wrong},
		Yes:  i18n.T(ctx, "roundtable.office.join.yes"),
	}
	if options := likeOptions(ctx, near); len(options) > 0 {
		p.Fields = append(p.Fields, ui.Field{Name: "near", Label: i18n.T(ctx, "roundtable.office.join.near"), Kind: ui.Radios, Options: options})
	}
	p.Fields = append(p.Fields, ui.Field{Name: "into", Label: i18n.T(ctx, "roundtable.office.join.into"),
		Hint: i18n.T(ctx, "roundtable.office.join.into.hint", "example", v.Initiative.Number), Short: true})
	return p.page(title), nil
}

func likeOptions(ctx context.Context, near []roundtable.Likeness) []ui.Option {
	out := make([]ui.Option, len(near))
	for i, n := range near {
		out[i] = ui.Option{Value: n.Number, Text: n.Title, Hint: n.Number + " · " + i18n.T(ctx, "roundtable.state."+string(n.State))}
	}
	return out
}

func (o *Office) join(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	into := strings.TrimSpace(typed.Get("into"))
	if into == "" {
		into = typed.Get("near")
	}
	if err := o.rt.JoinInto(r.Context(), r.PathValue("number"), into); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return o.joinForm(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, "/iniciativas/"+into, "roundtable.office.flash.joined_into")
}
