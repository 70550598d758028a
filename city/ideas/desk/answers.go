package desk

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"ronda/city/ideas"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// owedPage is the ideas that wait for an answer of a body, first due first.
type owedPage struct {
	Heading ui.Heading
	Bodies  ui.Tabs
	Form    ui.Form // leads with the chosen ones to the page of the answer
	Rows    []owedRow
	Empty   ui.Empty
	Pager   ui.Pager
}

// owedRow is one idea that waits.
type owedRow struct {
	Number, Title, Line, Href, Meta string
	Due                             ui.State
}

const owedHref = root + "/respuestas"

// ideaHref is the officials' page of an idea.
func ideaHref(number string) string { return root + "/" + number }

func (d *Desk) owed(w http.ResponseWriter, r *http.Request) error {
	ctx, asked := r.Context(), r.URL.Query()
	body, err := bodyAsked(ctx, asked.Get("organismo"))
	if err != nil {
		return err
	}
	say, err := d.words(ctx)
	if err != nil {
		return err
	}
	cards, next, err := d.Ideas.Owed(ctx, body, asked.Get("desde"))
	if err != nil {
		return err
	}
	p := owedPage{Heading: ui.Heading{Crumbs: hubCrumbs(ctx), Over: say.body(ctx, body), Title: i18n.T(ctx, "ideas.desk.owed"), Lead: i18n.T(ctx, "ideas.desk.owed.lead")},
		Bodies: bodyTabs(ctx, say, owedHref, body), Form: ui.Form{ID: "varias", Get: true, Action: root + "/responder"},
		Empty: ui.Empty{Title: i18n.T(ctx, "ideas.desk.owed.empty"), Text: i18n.T(ctx, "ideas.desk.owed.empty.text")}}
	for _, c := range cards {
		due, tone := ui.Due(ctx, c.AnswerDue, say.ch.Today(clock.Now(ctx)))
		p.Rows = append(p.Rows, owedRow{Number: c.Number, Title: c.Title, Line: c.Line, Href: ideaHref(c.Number), Due: ui.State{Tone: tone, Text: due, Icon: "clock"},
			Meta: c.Number + " · " + i18n.T(ctx, "ideas.desk.supports", "count", c.Supports)})
	}
	if next != "" {
		p.Pager.Later = owedHref + "?" + url.Values{"organismo": {body}, "desde": {next}}.Encode()
	}
	return web.Render(w, r, pageOf(p.Heading.Title, owedBody(p)))
}

// answerView asks for one text that answers one idea or many.
type answerView struct {
	Heading   ui.Heading
	Form      ui.Form
	Templates []ui.Link // texts of the body's shelf, to begin with
	Ideas     []ui.Link
	Text      ui.Field
	Outcome   ui.Field
	Preview   []previewRow
	Look      ui.Button
	Send      ui.Button
}

// previewRow is the text as one idea would get it.
type previewRow struct{ Title, Text string }

// answersMax is how many ideas one text may answer at once.
const answersMax = 50

func (d *Desk) answerPage(w http.ResponseWriter, r *http.Request) error {
	ctx, asked := r.Context(), r.URL.Query()
	typed := ui.Values{"idea": asked["idea"]}
	if id := asked.Get("plantilla"); id != "" {
		text, err := d.templateText(ctx, id)
		if err != nil {
			return err
		}
		typed["answer"] = []string{text}
	}
	return show(w, r, func(wrong ui.Errors) (web.Page, error) { return d.answerView(ctx, typed, wrong, false) })
}

// templateText is a template of one of the person's bodies.
func (d *Desk) templateText(ctx context.Context, id string) (string, error) {
	for _, body := range me(ctx).Bodies() {
		list, err := d.Templates(ctx, body)
		if err != nil {
			return "", err
		}
		for _, t := range list {
			if t.ID == id {
				return t.Text, nil
			}
		}
	}
	return "", fault.New(fault.NotFound, "fault.notfound")
}

// answering are the ideas of the form, which the person may all answer.
func (d *Desk) answering(ctx context.Context, numbers []string) ([]ideas.View, error) {
	numbers = slices.Compact(slices.Sorted(slices.Values(numbers)))
	if len(numbers) == 0 || len(numbers) > answersMax {
		var c fault.Check
		c.Fail("idea", "ideas.desk.fault.answers", "max", answersMax)
		return nil, c.Err()
	}
	var out []ideas.View
	for _, n := range numbers {
		v, err := d.Ideas.Idea(ctx, n)
		if err != nil {
			return nil, err
		}
		if _, err := v.Require(me(ctx), ideas.MayAnswer); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// answerView fills the page; preview shows what each idea would get.
func (d *Desk) answerView(ctx context.Context, typed ui.Values, wrong ui.Errors, preview bool) (web.Page, error) {
	list, err := d.answering(ctx, typed["idea"])
	if err != nil {
		return web.Page{}, err
	}
	title := i18n.T(ctx, "ideas.desk.reply", "count", len(list))
	p := answerView{Heading: ui.Heading{Crumbs: append(hubCrumbs(ctx), ui.Link{Href: owedHref, Text: i18n.T(ctx, "ideas.desk.owed")}), Title: title, Lead: i18n.T(ctx, "ideas.desk.reply.lead")},
		Form: ui.Form{ID: "respuesta", Action: root + "/responder", Values: typed, Errors: wrong}, Outcome: outcomeField(ctx, list...),
		Text: ui.Field{Name: "answer", Label: i18n.T(ctx, "ideas.desk.reply.text"), Hint: i18n.T(ctx, "ideas.desk.reply.hint"), Kind: ui.Area, Rows: 10, Max: ideas.AnswerMax, Required: true},
		Look: ui.Button{Text: i18n.T(ctx, "ideas.desk.reply.look"), Weight: ui.Quiet, Name: "look", Value: "true"}, Send: ui.Button{Text: i18n.T(ctx, "ideas.desk.reply.send", "count", len(list))}}
	again := url.Values{}
	for _, v := range list {
		p.Form.Hidden = append(p.Form.Hidden, ui.Pair{Name: "idea", Value: v.Idea.Number})
		p.Ideas = append(p.Ideas, ui.Link{Href: ideaHref(v.Idea.Number), Text: v.Idea.Title})
		again.Add("idea", v.Idea.Number)
		if preview {
			p.Preview = append(p.Preview, previewRow{v.Idea.Title, Filled(ctx, typed.Get("answer"), v.Idea)})
		}
	}
	if p.Templates, err = d.templateLinks(ctx, again); err != nil {
		return web.Page{}, err
	}
	if typed.Get("outcome") == "" {
		p.Form.Values = with(typed, "outcome", string(ideas.Answered))
	}
	return pageOf(title, answerBody(p)), nil
}

// templateLinks begin the same answer with a text of the shelf.
func (d *Desk) templateLinks(ctx context.Context, form url.Values) ([]ui.Link, error) {
	var out []ui.Link
	for _, body := range me(ctx).Bodies() {
		list, err := d.Templates(ctx, body)
		if err != nil {
			return nil, err
		}
		for _, t := range list {
			form.Set("plantilla", t.ID)
			out = append(out, ui.Link{Href: root + "/responder?" + form.Encode(), Text: t.Name})
		}
	}
	return out, nil
}

// with are the values with one more field.
func with(v ui.Values, name, value string) ui.Values {
	out := ui.Values{}
	for n, list := range v {
		out[n] = list
	}
	out[name] = []string{value}
	return out
}

// outcomeField offers what the answer may say of all of the ideas.
func outcomeField(ctx context.Context, list ...ideas.View) ui.Field {
	f := ui.Field{Name: "outcome", Label: i18n.T(ctx, "ideas.desk.outcome"), Kind: ui.Radios, Required: true}
	fits := map[ideas.Outcome]func(ideas.View) bool{
		ideas.Answered: func(ideas.View) bool { return true },
		ideas.NotChosen: func(v ideas.View) bool {
			o := v.Idea.Outcome
			return v.Idea.Challenge == "" && (o == ideas.Waiting || o == ideas.Answered || o == ideas.NotChosen)
		},
		ideas.Executed: func(v ideas.View) bool { return v.Idea.Outcome == ideas.TakenUp || v.Idea.Outcome == ideas.Executed },
	}
	for _, o := range []ideas.Outcome{ideas.Answered, ideas.NotChosen, ideas.Executed} {
		if !slices.ContainsFunc(list, func(v ideas.View) bool { return !fits[o](v) }) {
			f.Options = append(f.Options, ui.Option{Value: string(o), Text: i18n.T(ctx, "ideas.desk.outcome."+string(o)), Hint: i18n.T(ctx, "ideas.desk.outcome."+string(o)+".hint")})
		}
	}
	return f
}

// answer sends the text to every idea, each filled for it and each an act of its
// own, all or none.
func (d *Desk) answer(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if typed.Get("look") != "" {
		return show(w, r, func(wrong ui.Errors) (web.Page, error) { return d.answerView(ctx, ui.Values(typed), wrong, true) })
	}
	list, err := d.answering(ctx, typed["idea"])
	if err != nil {
		return err
	}
	err = d.DB.Write(ctx, func(ctx context.Context) error {
		for _, v := range list {
			if err := d.Ideas.Answer(ctx, v.Idea.Number, Filled(ctx, typed.Get("answer"), v.Idea), ideas.Outcome(typed.Get("outcome"))); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return d.answerView(ctx, ui.Values(typed), wrong, false) })
	}
	to := owedHref
	if len(list) == 1 {
		to = ideaHref(list[0].Idea.Number)
	}
	return web.Redirect(w, r, to, "ideas.desk.flash.answered")
}
