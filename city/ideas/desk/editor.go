package desk

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// editorPage is the form of a challenge's rules, in sections.
type editorPage struct {
	Heading  ui.Heading
	Form     ui.Form
	Sections []section
	Rows     []criterionFields
	Sum      string
	Reason   bool // the rules are public already: why they change
	Save     ui.Button
	Find     ui.Button
	Preview  *rulesView
}

// section is a part of a long form.
type section struct {
	No          int
	Name, Title string
	Fields      []ui.Field
	Vote        []ui.Field // for when everybody votes; folded until then
	Open        bool       // ... they stand open
}

// criterionFields are the fields of one criterion.
type criterionFields struct{ Name, Weight, Words ui.Field }

// newChallenge opens the form on rules that need little more than a question.
func (d *Desk) newChallenge(w http.ResponseWriter, r *http.Request) error {
	p, err := d.editor(r.Context(), ideas.Case{}, nil, ui.Errors{}, false)
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

// editor is the page of the form; c is empty for a new challenge, typed nil for
// a fresh form.
func (d *Desk) editor(ctx context.Context, c ideas.Case, typed ui.Values, wrong ui.Errors, public bool) (web.Page, error) {
	if err := official(ctx); err != nil {
		return web.Page{}, err
	}
	say, err := d.words(ctx)
	if err != nil {
		return web.Page{}, err
	}
	fresh := c.Challenge.ID == ""
	if typed == nil {
		rules := c.Challenge.Rules
		if fresh {
			rules = usual(ctx, me(ctx).Bodies()[0])
		}
		typed = valuesOf(ctx, rules)
	}
	key, to := "ideas.desk.challenge.new", root+"/desafios/nuevo"
	heading := ui.Heading{Crumbs: append(hubCrumbs(ctx), ui.Link{Href: root + "/desafios", Text: i18n.T(ctx, "ideas.desk.challenges")}), Lead: i18n.T(ctx, "ideas.desk.editor.lead")}
	switch {
	case public:
		key, to, heading = "ideas.desk.act.change", challengeHref(c.Challenge.Number, "/reglas"), challengeHeading(ctx, c.Challenge, "")
		heading.Lead = i18n.T(ctx, "ideas.desk.change.lead")
	case !fresh:
		key, to, heading = "ideas.desk.act.edit", challengeHref(c.Challenge.Number, "/editar"), challengeHeading(ctx, c.Challenge, "")
	}
	heading.Title = i18n.T(ctx, key)
	p := editorPage{Heading: heading, Form: ui.Form{ID: "reglas", Action: to, Values: typed, Errors: wrong}, Reason: public,
		Save: ui.Button{Text: i18n.T(ctx, "ideas.desk.save")}, Find: ui.Button{Text: i18n.T(ctx, "ideas.desk.jury.find"), Weight: ui.Quiet, Name: "find", Value: "true"}}
	if !fresh && !public {
		p.Form.Hidden = []ui.Pair{{Name: "version", Value: cmp.Or(typed.Get("version"), itoa(c.Challenge.Version))}}
	}
	for i := range criteriaRows { // a criterion keeps its code when it is called something else
		if code := typed.Get("code-" + itoa(i)); code != "" {
			p.Form.Hidden = append(p.Form.Hidden, ui.Pair{Name: "code-" + itoa(i), Value: code})
		}
	}
	if p.Sections, err = d.sections(ctx, say, typed); err != nil {
		return web.Page{}, err
	}
	p.Rows, p.Sum = criterionRows(ctx, typed), sumOf(ctx, typed)
	return narrow(heading.Title, editorBody(p)), nil
}

// usual are the rules that a new form proposes.
func usual(ctx context.Context, body string) ideas.Rules {
	now := clock.Now(ctx).In(web.Zone(ctx))
	opens := now.AddDate(0, 0, 7).Truncate(3600e9)
	words := [5]string{}
	for i := range words {
		words[i] = i18n.T(ctx, "ideas.desk.word."+itoa(i+1))
	}
	r := ideas.Rules{Body: body, Opens: opens, Closes: opens.AddDate(0, 1, 0), Method: ideas.MethodJury, Moderation: ideas.ModerateAfter, HoldHours: 24, AnswerDays: 30}
	for _, k := range []struct {
		code   string
		weight int
	}{{"impact", 50}, {"feasible", 30}, {"equity", 20}} {
		r.Criteria = append(r.Criteria, ideas.Criterion{Code: k.code, Name: i18n.T(ctx, "ideas.desk.usual."+k.code), Weight: k.weight, Words: words})
	}
	return r
}

// createChallenge keeps a new draft, or looks for jurors when that button was
// pressed.
func (d *Desk) createChallenge(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	page := func(wrong ui.Errors) (web.Page, error) {
		return d.editor(ctx, ideas.Case{}, ui.Values(typed), wrong, false)
	}
	if typed.Get("find") != "" {
		return show(w, r, page)
	}
	rules, err := rulesOf(ctx, typed)
	if err == nil {
		var c ideas.Challenge
		if c, err = d.Ideas.CreateChallenge(ctx, rules); err == nil {
			return web.Redirect(w, r, challengeHref(c.Number, ""), "ideas.desk.flash.drafted")
		}
	}
	return web.Again(w, r, err, page)
}

// show renders a form without an error.
func show(w http.ResponseWriter, r *http.Request, page func(ui.Errors) (web.Page, error)) error {
	p, err := page(ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

func (d *Desk) editPage(w http.ResponseWriter, r *http.Request) error {
	c, err := d.own(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	if c.Challenge.Phase != ideas.PhaseDraft {
		return fault.New(fault.Conflict, "ideas.fault.frozen")
	}
	return show(w, r, func(wrong ui.Errors) (web.Page, error) { return d.editor(r.Context(), c, nil, wrong, false) })
}

// saveChallenge replaces a draft.
func (d *Desk) saveChallenge(w http.ResponseWriter, r *http.Request) error {
	return d.store(w, r, false, func(ctx context.Context, c ideas.Case, rules ideas.Rules, typed url.Values) error {
		rules.Currency = c.Challenge.Currency
		return d.Ideas.EditChallenge(ctx, c.Challenge.Number, intOf(typed.Get("version")), rules)
	})
}

func (d *Desk) changePage(w http.ResponseWriter, r *http.Request) error {
	c, err := d.Ideas.ChallengeCase(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	if _, err := c.Require(me(r.Context()), ideas.MayChangeRules); err != nil {
		return err
	}
	return show(w, r, func(wrong ui.Errors) (web.Page, error) { return d.editor(r.Context(), c, nil, wrong, true) })
}

// changeRules replaces public rules, with a reason.
func (d *Desk) changeRules(w http.ResponseWriter, r *http.Request) error {
	return d.store(w, r, true, func(ctx context.Context, c ideas.Case, rules ideas.Rules, typed url.Values) error {
		return d.Ideas.ChangeRules(ctx, c.Challenge.Number, rules, typed.Get("reason"))
	})
}

// store reads the form of a challenge that exists and does something with it.
func (d *Desk) store(w http.ResponseWriter, r *http.Request, public bool, do func(context.Context, ideas.Case, ideas.Rules, url.Values) error) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	c, err := d.own(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	page := func(wrong ui.Errors) (web.Page, error) { return d.editor(ctx, c, ui.Values(typed), wrong, public) }
	if typed.Get("find") != "" {
		return show(w, r, page)
	}
	rules, err := rulesOf(ctx, typed)
	if err == nil {
		err = do(ctx, c, rules, typed)
	}
	if err != nil {
		return web.Again(w, r, err, page)
	}
	return web.Redirect(w, r, challengeHref(c.Challenge.Number, ""), "ideas.desk.flash.saved")
}

// sections are the fields of the form but for the criteria.
func (d *Desk) sections(ctx context.Context, say words, typed ui.Values) ([]section, error) {
	jury, err := d.juryField(ctx, typed)
	if err != nil {
		return nil, err
	}
	f := fields{ctx}
	return []section{
		{1, "question", i18n.T(ctx, "ideas.desk.section.question"), []ui.Field{f.need("title", ui.Text, ideas.TitleMax), f.need("question", ui.Area, 1000), f.need("terms", ui.Area, 20000),
			f.choice("body", ui.Select, say.bodies(ctx)), f.choice("axis", ui.Select, say.axes()), f.choice("territory", ui.Select, say.territories()), f.text("prize", ui.Text, 400)}, nil, false},
		{2, "days", i18n.T(ctx, "ideas.desk.section.days"), []ui.Field{f.need("opens", ui.DateTime, 0), f.need("closes", ui.DateTime, 0), f.number("answer_days", i18n.T(ctx, "ideas.desk.unit.days")),
			f.choice("moderation", ui.Radios, f.options("moderation", ideas.ModerateAfter, ideas.ModerateBefore)), f.number("hold_hours", i18n.T(ctx, "ideas.desk.unit.hours")), f.check("statements")}, nil, false},
		{3, "choice", i18n.T(ctx, "ideas.desk.section.choice"), []ui.Field{f.choice("method", ui.Select, methodOptions(ctx))}, f.vote(), ideas.Method(typed.Get("method")).Votes()},
		{4, "jury", i18n.T(ctx, "ideas.desk.section.jury"), append(jury, f.text("jury_search", ui.Text, 100)), nil, false},
	}, nil
}

// vote are the fields of a vote by everybody.
func (f fields) vote() []ui.Field {
	return []ui.Field{f.choice("ballot_kind", ui.Select, f.options("ballot", ideas.BallotApproval, ideas.BallotPoints, ideas.BallotRanking)),
		f.text("vote_opens", ui.DateTime, 0), f.text("vote_closes", ui.DateTime, 0), f.number("max_choices", ""), f.number("budget", "$")}
}

// fields makes the fields of the form from their names.
type fields struct{ ctx context.Context }

func (f fields) text(name string, kind ui.Kind, limit int) ui.Field {
	return ui.Field{Name: name, Label: i18n.T(f.ctx, "ideas.desk.field."+name), Hint: f.hint(name), Kind: kind, Max: limit}
}

// hint is the help below a label, for fields that need it.
func (f fields) hint(name string) string {
	if slices.Contains([]string{"question", "terms", "hold_hours", "answer_days", "method", "budget", "jury_search", "statements"}, name) {
		return i18n.T(f.ctx, "ideas.desk.hint."+name)
	}
	return ""
}

func (f fields) need(name string, kind ui.Kind, limit int) ui.Field {
	x := f.text(name, kind, limit)
	x.Required = true
	return x
}

func (f fields) number(name, unit string) ui.Field {
	x := f.text(name, ui.Number, 0)
	x.Unit, x.Short = unit, true
	return x
}

func (f fields) check(name string) ui.Field { return f.text(name, ui.Check, 0) }

func (f fields) choice(name string, kind ui.Kind, options []ui.Option) ui.Field {
	x := f.text(name, kind, 0)
	x.Options = options
	if kind == ui.Select {
		x.Placeholder = i18n.T(f.ctx, "ideas.desk.choose")
	}
	x.Required = name == "body" || name == "method" || name == "moderation"
	return x
}

func (f fields) options(group string, codes ...string) []ui.Option {
	var out []ui.Option
	for _, c := range codes {
		out = append(out, ui.Option{Value: c, Text: i18n.T(f.ctx, "ideas.desk."+group+"."+c)})
	}
	return out
}

func methodOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, m := range ideas.Methods {
		out = append(out, ui.Option{Value: string(m), Text: i18n.T(ctx, "ideas.desk.method."+string(m))})
	}
	return out
}

// bodies are the person's own.
func (w words) bodies(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, code := range me(ctx).Bodies() {
		out = append(out, ui.Option{Value: code, Text: w.body(ctx, code)})
	}
	return out
}

func (w words) axes() []ui.Option {
	var out []ui.Option
	for _, a := range w.ch.Frame.Axes.All() {
		out = append(out, ui.Option{Value: a.Code, Text: a.Name.In(w.lang)})
	}
	return out
}

func (w words) territories() []ui.Option {
	var out []ui.Option
	for _, t := range w.ch.Territories.All() {
		out = append(out, ui.Option{Value: t.Code, Text: t.Name.In(w.lang), Group: w.ch.LevelName(t.Level).In(w.lang)})
	}
	return out
}

// juryField is the boxes of the jury, nothing while there is nobody to mark.
func (d *Desk) juryField(ctx context.Context, typed ui.Values) ([]ui.Field, error) {
	options, err := d.juryOptions(ctx, typed)
	if err != nil || len(options) == 0 {
		return nil, err
	}
	return []ui.Field{{Name: "jury", Label: i18n.T(ctx, "ideas.desk.field.jury"), Kind: ui.Checks, Options: options}}, nil
}

// juryOptions are the chosen jurors, and whoever a search finds.
func (d *Desk) juryOptions(ctx context.Context, typed ui.Values) ([]ui.Option, error) {
	names, err := d.People.Names(ctx, typed["jury"]...)
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, id := range typed["jury"] {
		if names[id] != "" {
			out = append(out, ui.Option{Value: id, Text: names[id]})
		}
	}
	search := strings.TrimSpace(typed.Get("jury_search"))
	if search == "" || len(me(ctx).Posts) == 0 {
		return out, nil
	}
	found, err := d.findJurors(ctx, search)
	for _, p := range found {
		if !slices.Contains(typed["jury"], p.ID) {
			out = append(out, ui.Option{Value: p.ID, Text: p.Name})
		}
	}
	return out, err
}

// findJurors looks for who may be of a jury: those who work for the city by their
// name; neighbours and experts from outside by the whole address of their account,
// so that nobody reads through the names of citizens.
func (d *Desk) findJurors(ctx context.Context, search string) ([]people.Person, error) {
	if !strings.Contains(search, "@") || d.PersonOf == nil {
		return d.People.Persons(ctx, people.PersonFilter{Query: search, Official: true, Limit: 10})
	}
	id, ok, err := d.PersonOf(ctx, search)
	if err != nil || !ok {
		return nil, err
	}
	p, err := d.People.Person(ctx, id)
	return []people.Person{p}, err
}
