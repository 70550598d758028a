package opinions

import (
	"context"
	"net/http"
	"strconv"

	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// formPage is a page with one form.
type formPage struct {
	Heading ui.Heading
	Advice  []string // lines of help above the form
	About   string   // the statement it is about
	Form    ui.Form
	Fields  []ui.Field
	Yes     ui.Button
	Cancel  string
}

// getPropose asks for a statement; a visitor signs in first.
func (m *Module) getPropose(w http.ResponseWriter, r *http.Request) error {
	if !people.Me(r.Context()).SignedIn() {
		v, err := m.enter(r)
		if err != nil {
			return err
		}
		return web.Redirect(w, r, m.SignIn(v.Challenge.href("/proponer")), "")
	}
	v, err := m.enterFor(r, Propose)
	if err != nil {
		return err
	}
	if !v.Challenge.Open {
		return fault.New(fault.Conflict, "ideas.opinions.fault.closed")
	}
	return web.Render(w, r, v.proposePage(r.Context(), nil, ui.Errors{}))
}

func (v *visit) proposePage(ctx context.Context, typed ui.Values, wrong ui.Errors) web.Page {
	p := formPage{Heading: v.heading(ctx, "ideas.opinions.propose"), Cancel: v.Challenge.href(""),
		Advice: []string{i18n.T(ctx, "ideas.opinions.propose.one"), i18n.T(ctx, "ideas.opinions.propose.own"), i18n.T(ctx, "ideas.opinions.propose.kind")},
		Form:   ui.Form{Values: typed, Errors: wrong}, Yes: ui.Button{Text: i18n.T(ctx, "ideas.opinions.propose.yes")},
		Fields: []ui.Field{{Name: "text", Label: i18n.T(ctx, "ideas.opinions.propose.text"), Hint: i18n.T(ctx, "ideas.opinions.propose.hint", "max", TextMax), Kind: ui.Area, Rows: 3, Max: TextMax, Required: true}}}
	if v.Challenge.Before {
		p.Advice = append(p.Advice, i18n.T(ctx, "ideas.opinions.propose.before", "count", v.Challenge.HoldHours))
	}
	page := v.page(p.Heading.Title, formBody(p))
	page.Narrow, page.Private = true, true
	return page
}

// postPropose takes a citizen's statement.
func (m *Module) postPropose(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	v, err := m.enterFor(r, Propose)
	if err != nil {
		return err
	}
	s, err := m.Propose(r.Context(), v.Challenge.Number, form.Get("text"), web.Network(r))
	if err != nil {
		return again(w, r, err, func(e ui.Errors) web.Page { return v.proposePage(r.Context(), ui.Values(form), e) })
	}
	flash := "ideas.opinions.flash.proposed"
	if s.State == Held {
		flash = "ideas.opinions.flash.held"
	}
	return web.Redirect(w, r, v.Challenge.href("/afirmaciones"), flash)
}

// getEdit opens the form that changes a statement's words.
func (m *Module) getEdit(w http.ResponseWriter, r *http.Request) error {
	v, err := m.enterFor(r, Edit)
	if err != nil {
		return err
	}
	if v.Statement.Voted || v.Statement.State == Rejected {
		return fault.New(fault.Conflict, "ideas.opinions.fault.answered")
	}
	return web.Render(w, r, v.editPage(r.Context(), ui.Values{"text": {v.Statement.Text}, "version": {strconv.Itoa(v.Statement.Version)}}, ui.Errors{}))
}

func (v *visit) editPage(ctx context.Context, typed ui.Values, wrong ui.Errors) web.Page {
	p := formPage{Heading: v.heading(ctx, "ideas.opinions.edit"), Cancel: v.Challenge.href("/afirmaciones"),
		Form: ui.Form{Values: typed, Errors: wrong, Hidden: []ui.Pair{{Name: "version", Value: typed.Get("version")}}}, Yes: ui.Button{Text: i18n.T(ctx, "ideas.opinions.edit.yes")},
		Fields: []ui.Field{{Name: "text", Label: i18n.T(ctx, "ideas.opinions.propose.text"), Hint: i18n.T(ctx, "ideas.opinions.propose.hint", "max", TextMax), Kind: ui.Area, Rows: 3, Max: TextMax, Required: true}}}
	page := v.page(p.Heading.Title, formBody(p))
	page.Narrow, page.Private = true, true
	return page
}

func (m *Module) postEdit(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	v, err := m.enterFor(r, Edit)
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(form.Get("version"))
	if err := m.Edit(r.Context(), v.Challenge.Number, v.Statement.No, version, form.Get("text")); err != nil {
		return again(w, r, err, func(e ui.Errors) web.Page { return v.editPage(r.Context(), ui.Values(form), e) })
	}
	return web.Redirect(w, r, v.Challenge.href("/afirmaciones"), "ideas.opinions.flash.edited")
}

// getSeed asks for many statements, one a line.
func (m *Module) getSeed(w http.ResponseWriter, r *http.Request) error {
	v, err := m.enterFor(r, Seed)
	if err != nil {
		return err
	}
	return web.Render(w, r, v.seedPage(r.Context(), nil, ui.Errors{}))
}

func (v *visit) seedPage(ctx context.Context, typed ui.Values, wrong ui.Errors) web.Page {
	p := formPage{Heading: v.heading(ctx, "ideas.opinions.seed"), Cancel: v.Challenge.href(""),
		Advice: []string{i18n.T(ctx, "ideas.opinions.propose.one"), i18n.T(ctx, "ideas.opinions.seed.wide"), i18n.T(ctx, "ideas.opinions.seed.known")},
		Form:   ui.Form{Values: typed, Errors: wrong}, Yes: ui.Button{Text: i18n.T(ctx, "ideas.opinions.seed.yes")},
		Fields: []ui.Field{{Name: "lines", Label: i18n.T(ctx, "ideas.opinions.seed.lines"), Hint: i18n.T(ctx, "ideas.opinions.seed.hint", "max", TextMax, "most", SeedsMax), Kind: ui.Area, Rows: 14, Required: true}}}
	page := v.page(p.Heading.Title, formBody(p))
	page.Narrow, page.Private = true, true
	return page
}

func (m *Module) postSeed(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	v, err := m.enterFor(r, Seed)
	if err != nil {
		return err
	}
	sown, known, err := m.Seed(r.Context(), v.Challenge.Number, form.Get("lines"))
	if err != nil {
		return again(w, r, err, func(e ui.Errors) web.Page { return v.seedPage(r.Context(), ui.Values(form), e) })
	}
	flash := "ideas.opinions.flash.seeded"
	switch {
	case sown == 0:
		flash = "ideas.opinions.flash.seeded_none"
	case known > 0:
		flash = "ideas.opinions.flash.seeded_some"
	}
	return web.Redirect(w, r, v.Challenge.href("/afirmaciones"), flash)
}
