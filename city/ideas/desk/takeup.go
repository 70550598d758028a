package desk

import (
	"context"
	"net/http"
	"strings"

	"ronda/city/ideas"
	"ronda/city/roundtable"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// takeUpView makes an initiative of an idea: the thought comes filled in.
type takeUpView struct {
	Heading ui.Heading
	Form    ui.Form
	Fields  []ui.Field
	Origin  []ui.Link
	Yes     ui.Button
}

func (d *Desk) takeUpPage(w http.ResponseWriter, r *http.Request) error {
	typed := ui.Values{"idea": r.URL.Query()["idea"]}
	return show(w, r, func(wrong ui.Errors) (web.Page, error) { return d.takeUpView(r.Context(), typed, wrong, true) })
}

// proposing are the person's bodies that may propose.
func (w words) proposing(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, code := range me(ctx).Bodies() {
		if w.ch.MayPropose(code) {
			out = append(out, ui.Option{Value: code, Text: w.body(ctx, code)})
		}
	}
	return out
}

// takeUpView fills the page; fresh takes the words from the first idea.
func (d *Desk) takeUpView(ctx context.Context, typed ui.Values, wrong ui.Errors, fresh bool) (web.Page, error) {
	say, err := d.words(ctx)
	if err != nil {
		return web.Page{}, err
	}
	if _, err := (ideas.Case{Charter: say.ch}).Require(me(ctx), ideas.MayTakeUp); err != nil {
		return web.Page{}, err
	}
	if len(typed["idea"]) == 0 {
		return web.Page{}, fault.New(fault.NotFound, "fault.notfound")
	}
	bodies := say.proposing(ctx)
	title := i18n.T(ctx, "ideas.desk.takeup")
	p := takeUpView{Heading: ui.Heading{Crumbs: hubCrumbs(ctx), Title: title, Lead: i18n.T(ctx, "ideas.desk.takeup.lead")},
		Yes: ui.Button{Text: i18n.T(ctx, "ideas.desk.takeup.yes")}, Form: ui.Form{ID: "tomar", Action: root + "/tomar", Errors: wrong}}
	for _, n := range typed["idea"] {
		v, err := d.Ideas.Idea(ctx, n)
		if err != nil {
			return web.Page{}, err
		}
		if fresh && len(p.Origin) == 0 {
			typed = with(with(with(typed, "title", v.Idea.Title), "line", firstSentence(v.Idea.Text)), "body", bodies[0].Value)
		}
		p.Form.Hidden = append(p.Form.Hidden, ui.Pair{Name: "idea", Value: n})
		p.Origin = append(p.Origin, origins(v)...)
	}
	p.Form.Values = typed
	p.Fields = []ui.Field{{Name: "title", Label: i18n.T(ctx, "ideas.desk.takeup.title"), Max: ideas.TitleMax, Required: true},
		{Name: "line", Label: i18n.T(ctx, "ideas.desk.takeup.line"), Kind: ui.Area, Rows: 2, Max: roundtable.LineMax, Required: true},
		{Name: "body", Label: i18n.T(ctx, "ideas.desk.takeup.body"), Kind: ui.Radios, Options: bodies, Required: true}}
	if wrong.For("why_new") != "" || typed.Get("why_new") != "" {
		p.Fields = append(p.Fields, ui.Field{Name: "why_new", Label: i18n.T(ctx, "ideas.desk.takeup.why"), Kind: ui.Area, Rows: 3, Max: roundtable.ReasonMax, Required: true})
	}
	return narrow(title, takeUpBody(p)), nil
}

// origins are the idea and the others of its family, which come along.
func origins(v ideas.View) []ui.Link {
	out := []ui.Link{{Href: "/ideas/" + v.Idea.Number, Text: v.Idea.Title}}
	if v.Family == nil {
		return out
	}
	for _, c := range v.Family.Ideas {
		if c.Number != v.Idea.Number {
			out = append(out, ui.Link{Href: "/ideas/" + c.Number, Text: c.Title})
		}
	}
	return out
}

// firstSentence is how a text begins, as far as one line of an initiative goes.
func firstSentence(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	if at := strings.IndexAny(line, ".!?"); at >= 0 {
		line = line[:at+1]
	}
	if runes := []rune(line); len(runes) > roundtable.LineMax {
		line = string(runes[:roundtable.LineMax-1]) + "…"
	}
	return line
}

// takeUp makes the initiative and opens its dossier.
func (d *Desk) takeUp(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	t := roundtable.Thought{Title: typed.Get("title"), Line: typed.Get("line"), WhyNew: typed.Get("why_new"), Sponsor: typed.Get("body")}
	made, err := d.Ideas.TakeUp(ctx, typed["idea"], typed.Get("body"), t)
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return d.takeUpView(ctx, ui.Values(typed), wrong, false) })
	}
	return web.Redirect(w, r, "/iniciativas/"+made.Number+"/expediente", "ideas.desk.flash.takeup")
}

// splitTags are the words of a field of tags, by commas or blanks.
func splitTags(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == '\n' })
}
