package desk

import (
	"context"
	"net/http"
	"net/url"

	"ronda/city/ideas"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// ideaPage is an idea as officials work on it: the text, what was answered, and
// the short forms of what the person may do.
type ideaPage struct {
	Heading ui.Heading
	Text    string
	Replies []replyRow
	Facts   ui.Facts
	Acts    ui.Buttons
	Panels  []panel
	Public  ui.Link
}

// replyRow is one official answer.
type replyRow struct{ Who, When, Text string }

// panel is a short form beside the idea.
type panel struct {
	Title  string
	Form   ui.Form
	Fields []ui.Field
	Yes    ui.Button
	Open   bool
}

// The acts of the panels, as the form names them.
const (
	actAssign = "assign"
	actCost   = "cost"
	actLabel  = "label"
)

func (d *Desk) idea(w http.ResponseWriter, r *http.Request) error {
	return show(w, r, func(wrong ui.Errors) (web.Page, error) { return d.ideaPage(r, nil, wrong) })
}

// works says whether the person has anything to do with the idea as an official.
func works(v ideas.View) bool {
	for _, a := range []ideas.Action{ideas.MayAnswer, ideas.MayAssign, ideas.MaySetCost, ideas.MayModerate, ideas.MayTakeUp, ideas.MayLabel} {
		if v.May[a] {
			return true
		}
	}
	return false
}

func (d *Desk) ideaPage(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	v, err := d.Ideas.Idea(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	if !works(v) {
		_, err := v.Require(me(ctx), ideas.MayAnswer)
		return web.Page{}, err
	}
	say, err := d.words(ctx)
	if err != nil {
		return web.Page{}, err
	}
	p := ideaPage{Heading: ui.Heading{Crumbs: append(hubCrumbs(ctx), ui.Link{Href: owedHref, Text: i18n.T(ctx, "ideas.desk.owed")}), Over: v.Idea.Number, Title: v.Idea.Title},
		Text: v.Idea.Text, Facts: say.ideaFacts(ctx, v), Acts: ideaActs(ctx, v), Panels: say.panels(ctx, v, typed, wrong)}
	if v.Idea.Known() {
		p.Public = ui.Link{Href: "/ideas/" + v.Idea.Number, Text: i18n.T(ctx, "ideas.desk.public")}
	}
	for _, a := range v.Replies {
		p.Replies = append(p.Replies, replyRow{say.body(ctx, a.Body), when(ctx, a.At), a.Text})
	}
	return pageOf(v.Idea.Title, ideaBody(p)), nil
}

func (w words) ideaFacts(ctx context.Context, v ideas.View) ui.Facts {
	i := v.Idea
	f := ui.Facts{{Name: i18n.T(ctx, "ideas.desk.fact.body"), Text: w.body(ctx, i.Body)}}
	if i.AnsweredAt.IsZero() && i.AnswerDue != "" {
		text, tone := ui.Due(ctx, i.AnswerDue, w.ch.Today(clock.Now(ctx)))
		f = append(f, ui.Fact{Name: i18n.T(ctx, "ideas.desk.fact.due"), View: ui.State{Tone: tone, Text: text, Icon: "clock"}})
	}
	f = append(f, ui.Fact{Name: i18n.T(ctx, "ideas.desk.fact.supports"), Text: itoa(i.Supports)})
	if i.Cost > 0 {
		f = append(f, ui.Fact{Name: i18n.T(ctx, "ideas.desk.fact.cost"), Text: "$ " + i18n.Number(ctx, i.Cost/100)})
	}
	if v.Challenge.ID != "" {
		f = append(f, ui.Fact{Name: i18n.T(ctx, "ideas.desk.challenge"), Text: v.Challenge.Title, Href: "/desafios/" + v.Challenge.Number})
	}
	if t, ok := w.ch.Territories.Get(i.Place); ok {
		f = append(f, ui.Fact{Name: i18n.T(ctx, "ideas.desk.field.territory"), Text: t.Name.In(w.lang)})
	}
	if i.Initiative != "" {
		f = append(f, ui.Fact{Name: i18n.T(ctx, "ideas.desk.fact.initiative"), Text: i.Initiative, Href: "/iniciativas/" + i.Initiative})
	}
	return f
}

// ideaActs lead to what takes a page of its own.
func ideaActs(ctx context.Context, v ideas.View) ui.Buttons {
	var out ui.Buttons
	q := url.Values{"idea": {v.Idea.Number}}.Encode()
	if v.May[ideas.MayAnswer] && v.Idea.Public() {
		out = append(out, ui.Button{Text: i18n.T(ctx, "ideas.desk.reply", "count", 1), Href: root + "/responder?" + q})
	}
	if v.May[ideas.MayTakeUp] && v.Idea.Public() && v.Idea.Initiative == "" {
		out = append(out, ui.Button{Text: i18n.T(ctx, "ideas.desk.takeup"), Href: root + "/tomar?" + q, Weight: ui.Quiet})
	}
	return out
}

// panels are the short forms that the person may use; typed belongs to the one
// that came back.
func (w words) panels(ctx context.Context, v ideas.View, typed ui.Values, wrong ui.Errors) []panel {
	var out []panel
	add := func(ok bool, act string, start ui.Values, f ...ui.Field) {
		if !ok {
			return
		}
		p := panel{Title: i18n.T(ctx, "ideas.desk.panel."+act), Fields: f, Yes: ui.Button{Text: i18n.T(ctx, "ideas.desk.panel."+act+".yes"), Weight: ui.Quiet},
			Form: ui.Form{ID: act, Action: ideaHref(v.Idea.Number), Values: start, Hidden: []ui.Pair{{Name: "act", Value: act}}}}
		if typed.Get("act") == act {
			p.Form.Values, p.Form.Errors, p.Open = typed, wrong, true
		}
		out = append(out, p)
	}
	public := v.Idea.Public()
	add(public && v.May[ideas.MayAssign] && v.Idea.AnsweredAt.IsZero(), actAssign, ui.Values{"body": {v.Idea.Body}},
		ui.Field{Name: "body", Label: i18n.T(ctx, "ideas.desk.panel.assign.body"), Kind: ui.Select, Options: w.allBodies(ctx), Required: true})
	cost := ui.Values{}
	if v.Idea.Cost > 0 {
		cost["cost"] = []string{pesos(v.Idea.Cost)}
	}
	add(public && v.May[ideas.MaySetCost], actCost, cost,
		ui.Field{Name: "cost", Label: i18n.T(ctx, "ideas.desk.panel.cost.amount"), Hint: i18n.T(ctx, "ideas.desk.panel.cost.hint"), Kind: ui.Number, Unit: "$", Required: true})
	add(public && v.May[ideas.MayLabel], actLabel, ui.Values{"tags": {v.Idea.Tags}},
		ui.Field{Name: "tags", Label: i18n.T(ctx, "ideas.desk.panel.label.tags"), Hint: i18n.T(ctx, "ideas.desk.panel.label.hint")})
	return out
}

// allBodies are the bodies of today, in the city's own order.
func (w words) allBodies(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, b := range w.ch.Bodies.On(w.ch.Today(clock.Now(ctx))) {
		out = append(out, ui.Option{Value: b.Code, Text: b.Name.In(w.lang), Group: w.ch.KindName(b.Kind).In(w.lang)})
	}
	return out
}

// actOnIdea does what one of the panels asks.
func (d *Desk) actOnIdea(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number, act := r.Context(), r.PathValue("number"), typed.Get("act")
	if err := d.onIdea(ctx, number, act, typed); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return d.ideaPage(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, ideaHref(number), "ideas.desk.flash."+act)
}

func (d *Desk) onIdea(ctx context.Context, number, act string, typed url.Values) error {
	switch act {
	case actAssign:
		return d.Ideas.Assign(ctx, number, typed.Get("body"))
	case actCost:
		centavos, ok := centavosOf(typed.Get("cost"))
		if !ok {
			var c fault.Check
			c.Fail("cost", "ideas.desk.fault.money")
			return c.Err()
		}
		return d.Ideas.SetCost(ctx, number, centavos)
	case actLabel:
		return d.Ideas.Label(ctx, number, splitTags(typed.Get("tags")))
	}
	return fault.New(fault.NotFound, "fault.notfound")
}
