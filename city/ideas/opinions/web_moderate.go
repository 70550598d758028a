package opinions

import (
	"context"
	"net/http"
	"strconv"

	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// queueMax is how many statements wait on one page.
const queueMax = 100

// queuePage is what waits for a moderator.
type queuePage struct {
	Heading ui.Heading
	Action  string
	Items   []queueItem
	Empty   ui.Empty
}

type queueItem struct {
	Statement Statement
	Due       string
	Tone      ui.Tone
	Href      string // where one is taken off
}

// getQueue lists what waits, the longest first, to be let through together.
func (m *Module) getQueue(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := m.enterFor(r, Moderate)
	if err != nil {
		return err
	}
	held, err := m.heldStatements(ctx, v.Challenge.ID, queueMax)
	if err != nil {
		return err
	}
	p := queuePage{Heading: v.heading(ctx, "ideas.opinions.queue"), Action: v.Challenge.href("/moderar"),
		Empty: ui.Empty{Title: i18n.T(ctx, "ideas.opinions.queue.empty"), Text: i18n.T(ctx, "ideas.opinions.queue.empty_text"), Action: ui.Link{Href: v.Challenge.href("/afirmaciones"), Text: i18n.T(ctx, "ideas.opinions.list.title")}}}
	for _, s := range held {
		item := queueItem{Statement: s, Href: v.Challenge.href("/moderar/" + s.Code())}
		item.Due, item.Tone = ui.Due(ctx, v.due(s), v.today(ctx))
		p.Items = append(p.Items, item)
	}
	page := v.page(p.Heading.Title, queueBody(p))
	page.Private = true
	return web.Render(w, r, page)
}

func (m *Module) postQueue(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	v, err := m.enterFor(r, Moderate)
	if err != nil {
		return err
	}
	var nos []int
	for _, value := range form["no"] {
		if no, err := strconv.Atoi(value); err == nil && no > 0 {
			nos = append(nos, no)
		}
	}
	n, err := m.Approve(r.Context(), v.Challenge.Number, nos...)
	if err != nil {
		return err
	}
	flash := "ideas.opinions.flash.approved"
	if n == 0 {
		flash = "ideas.opinions.flash.approved_none"
	}
	return web.Redirect(w, r, v.Challenge.href("/moderar"), flash)
}

// getModerate is where one statement is taken off, or put back.
func (m *Module) getModerate(w http.ResponseWriter, r *http.Request) error {
	v, err := m.enterFor(r, Moderate)
	if err != nil {
		return err
	}
	return web.Render(w, r, v.moderatePage(r.Context(), nil, ui.Errors{}))
}

func (v *visit) moderatePage(ctx context.Context, typed ui.Values, wrong ui.Errors) web.Page {
	key := "ideas.opinions.reject"
	if v.Statement.State == Rejected {
		key = "ideas.opinions.restore"
	}
	why := ui.Field{Name: "why", Label: i18n.T(ctx, "ideas.opinions.reject.why"), Hint: i18n.T(ctx, "ideas.opinions.reject.why_hint"), Kind: ui.Area, Rows: 3, Max: WhyMax, Required: true}
	p := formPage{Heading: v.heading(ctx, key), About: v.Statement.Text, Cancel: v.Challenge.href("/afirmaciones"), Form: ui.Form{Values: typed, Errors: wrong},
		Fields: []ui.Field{why}, Yes: ui.Button{Text: i18n.T(ctx, key+".yes"), Weight: ui.Danger}}
	if v.Statement.State != Rejected {
		p.Fields = []ui.Field{causeField(ctx), why}
	} else {
		p.Yes.Weight = ui.Primary
	}
	page := v.page(p.Heading.Title, formBody(p))
	page.Narrow, page.Private = true, true
	return page
}

func causeField(ctx context.Context) ui.Field {
	f := ui.Field{Name: "cause", Label: i18n.T(ctx, "ideas.opinions.reject.cause"), Kind: ui.Radios, Required: true}
	for _, cause := range Causes {
		o := ui.Option{Value: cause, Text: i18n.T(ctx, "ideas.opinions.cause."+cause)}
		if erases(cause) {
			o.Hint = i18n.T(ctx, "ideas.opinions.reject.erases")
		}
		f.Options = append(f.Options, o)
	}
	return f
}

func (m *Module) postModerate(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	v, err := m.enterFor(r, Moderate)
	if err != nil {
		return err
	}
	flash := "ideas.opinions.flash.rejected"
	if v.Statement.State == Rejected {
		flash = "ideas.opinions.flash.restored"
		err = m.Restore(r.Context(), v.Challenge.Number, v.Statement.No, form.Get("why"))
	} else {
		err = m.Reject(r.Context(), v.Challenge.Number, v.Statement.No, form.Get("cause"), form.Get("why"))
	}
	if err != nil {
		return again(w, r, err, func(e ui.Errors) web.Page { return v.moderatePage(r.Context(), ui.Values(form), e) })
	}
	return web.Redirect(w, r, v.Challenge.href("/registro"), flash)
}
