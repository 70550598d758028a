package pages

import (
	"context"
	"net/http"
	"net/url"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// actPage asks for the few words that an act needs.
type actPage struct {
	Heading ui.Heading
	Quote   string // what it is about
	Form    ui.Form
	Fields  []ui.Field
	Yes     ui.Button
	Back    string // address of "no, go back"
}

func (p actPage) page() web.Page {
	page := pageOf(p.Heading.Title, "", actBody(p))
	page.Narrow, page.Private = true, true
	return page
}

func crumbsTo(ctx context.Context, i ideas.Idea) []ui.Link {
	return []ui.Link{{Href: "/ideas", Text: t(ctx, "list.title")}, {Href: "/ideas/" + i.Number, Text: i.Title}}
}

// act is one thing that somebody does to an idea with a few words, on a page of
// its own.
type act struct {
	name   string // of its messages
	path   string // below the idea's
	action ideas.Action
	field  string
	max    int
	yes    ui.Weight
	anchor string // of the idea's page, where it is seen afterwards
	do     func(ctx context.Context, number string, typed url.Values) error
}

func (p *Pages) acts() []act {
	return []act{
		{"appeal", "/apelar", ideas.MayAppeal, "appeal", ideas.ReasonMax, ui.Primary, "", func(ctx context.Context, number string, typed url.Values) error {
			return p.ideas.Appeal(ctx, number, typed.Get("appeal"))
		}},
		{"withdraw", "/retirar", ideas.MayWithdraw, "reason", ideas.ReasonMax, ui.Danger, "", func(ctx context.Context, number string, typed url.Values) error {
			return p.ideas.Withdraw(ctx, number, typed.Get("reason"))
		}},
		{"report", "/denunciar", ideas.MayReport, "reason", ideas.ReasonMax, ui.Primary, "", func(ctx context.Context, number string, typed url.Values) error {
			return p.ideas.Report(ctx, number, typed.Get("comment"), typed.Get("reason"))
		}},
		{"comment", "/comentar", ideas.MayComment, "text", ideas.CommentMax, ui.Primary, "#comentarios", func(ctx context.Context, number string, typed url.Values) error {
			_, err := p.ideas.Comment(ctx, number, typed.Get("parent"), typed.Get("text"))
			return err
		}},
	}
}

// ask gives the page on which somebody does an act.
func (p *Pages) ask(a act) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if away, err := p.signIn(w, r, r.URL.RequestURI(), "ideas.pages.flash.sign_in"); away {
			return err
		}
		q := r.URL.Query()
		page, err := p.askPage(r, a, ui.Values{"parent": {q.Get("a")}, "comment": {q.Get("comentario")}}, ui.Errors{})
		if err != nil {
			return err
		}
		return web.Render(w, r, page)
	}
}

func (p *Pages) askPage(r *http.Request, a act, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx, number := r.Context(), r.PathValue("number")
	v, err := p.ideas.Idea(ctx, number)
	if err != nil {
		return web.Page{}, err
	}
	if _, err := v.Require(people.Me(ctx), a.action); err != nil {
		return web.Page{}, err
	}
	name := a.name
	if typed.Get("parent")+typed.Get("comment") != "" {
		name += ".below"
	}
	page := actPage{
		Heading: ui.Heading{Crumbs: crumbsTo(ctx, v.Idea), Title: t(ctx, name), Lead: t(ctx, name+".lead")},
		Form:    ui.Form{Action: "/ideas/" + number + a.path, Values: typed, Errors: wrong},
		Fields:  []ui.Field{{Name: a.field, Label: t(ctx, a.name+".field"), Hint: t(ctx, a.name+".hint"), Kind: ui.Area, Max: a.max, Required: true, Focus: !wrong.Any()}},
		Yes:     ui.Button{Text: t(ctx, name+".yes"), Weight: a.yes}, Back: "/ideas/" + number,
	}
	for _, hidden := range []string{"parent", "comment"} {
		if typed.Get(hidden) != "" {
			page.Form.Hidden = append(page.Form.Hidden, ui.Pair{Name: hidden, Value: typed.Get(hidden)})
		}
	}
	return page.page(), nil
}

// do gives what happens when the page of an act is sent.
func (p *Pages) do(a act) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		typed, err := web.Form(w, r)
		if err != nil {
			return err
		}
		number := r.PathValue("number")
		if away, err := p.signIn(w, r, "/ideas/"+number+a.anchor, "ideas.pages.flash.sign_in"); away {
			return err
		}
		if err := a.do(r.Context(), number, typed); err != nil {
			return again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.askPage(r, a, ui.Values(typed), wrong) })
		}
		return web.Redirect(w, r, "/ideas/"+number+a.anchor, "ideas.pages.flash."+a.name)
	}
}

// support gives the person's voice, or takes it back when the form says so. With
// a script only the button changes.
func (p *Pages) support(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number := r.Context(), r.PathValue("number")
	if !people.Me(ctx).SignedIn() {
		to := p.signInTo("/ideas/" + number)
		if web.IsPartial(r) {
			w.Header().Set("HX-Redirect", to)
			return nil
		}
		return web.Redirect(w, r, to, "ideas.pages.flash.support_sign_in")
	}
	do, flash := p.ideas.Support, "ideas.pages.flash.supported"
	if typed.Get("back") != "" {
		do, flash = p.ideas.Unsupport, "ideas.pages.flash.unsupported"
	}
	if err := do(ctx, number); err != nil {
		return err
	}
	if !web.IsPartial(r) {
		return web.Redirect(w, r, "/ideas/"+number, flash)
	}
	v, err := p.ideas.Idea(ctx, number)
	if err != nil {
		return err
	}
	out := voiceOf(ctx, v)
	return web.RenderPart(w, r, voiceView(out, i18n.T(ctx, flash)))
}
