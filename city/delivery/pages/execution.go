package pages

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// executionPage is how an adopted initiative is carried out.
type executionPage struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Notices []ui.Notice
	Light   lightView
	Twin    twin
	Late    []lateRow
	Who     ui.Facts
	Forms   []foldForm // what this person may do about who executes, and about the light
	Asked   *decideForm
	Parts   []partRow
	Told    []accountRow
	More    string
	Report  ui.Buttons
	Empty   *ui.Empty
}

// lightView is the traffic light with its rule in words.
type lightView struct {
	Colour  string // red, amber, green; "off" when nothing is known
	Word    string
	Reasons []string
	By      string // who set it by hand, and why
	Rules   []string
}

// lateRow is a task that is past its day.
type lateRow struct {
	Title, Href, Due string
}

// foldForm is a form that opens in place.
type foldForm struct {
	Title, Text string
	Form        ui.Form
	Fields      []ui.Field
	Buttons     ui.Buttons
	Open        bool
}

// partRow is a ministry that takes part.
type partRow struct {
	Name, What string
	State      ui.State
	Answer     *decideForm
}

// execution shows how an initiative is carried out.
func (p *Pages) execution(w http.ResponseWriter, r *http.Request) error {
	page, err := p.executionView(r, fields{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) executionView(r *http.Request, f fields) (web.Page, error) {
	ctx, number := r.Context(), r.PathValue("number")
	v, err := p.delivery.View(ctx, number)
	if err != nil {
		return web.Page{}, err
	}
	c := v.Case
	say := p.wordsOf(ctx, c.Charter)
	view := executionPage{Heading: say.heading(ctx, c.Initiative, "execution"), Tabs: p.Tabs(ctx, number, "/ejecucion")}
	view.Heading.Lead = t(ctx, "execution.lead")
	say.shown(ctx, v, &view)
	say.whoExecutes(ctx, v, f, &view)
	if err := p.told(r, say, c, &view); err != nil {
		return web.Page{}, err
	}
	view.Forms = append(view.Forms, lightForms(ctx, c, view.Light.By != "", f)...)
	if c.May(ctx, delivery.Report) {
		view.Report = ui.Buttons{{Text: t(ctx, "report"), Href: href(number) + "/ejecucion/informar", Icon: "edit"}}
	}
	return working(view.Heading.Title, view.Heading.Lead, c.Initiative, executionBody(view)), nil
}

// shown draws the light, and the work beside the money.
func (w words) shown(ctx context.Context, v delivery.View, view *executionPage) {
	view.Light = w.light(ctx, v.Charter, v.Light)
	if v.Physical != nil {
		view.Twin.work(ctx, *v.Physical)
		for _, late := range v.Physical.Late {
			view.Late = append(view.Late, lateRow{late.Name, late.Href, t(ctx, "due.was", "day", w.short(ctx, dayOf(late.Due)))})
		}
	}
	if v.Money != nil {
		view.Twin.money(ctx, *v.Money)
	}
	if v.Late() {
		view.Notices = append(view.Notices, ui.Notice{Tone: ui.Warn, Text: t(ctx, "report.due", "day", w.short(ctx, dayOf(v.Next)))})
	}
}

// light says what a light shows and why.
func (w words) light(ctx context.Context, ch *charter.Charter, l delivery.Light) lightView {
	colour := string(l.Colour)
	if l.Colour == delivery.Off {
		colour = "off"
	}
	out := lightView{Colour: colour, Word: t(ctx, "light."+colour)}
	for _, reason := range l.Reasons {
		out.Reasons = append(out.Reasons, i18n.T(ctx, reason.Key, reason.Args...))
	}
	if l.Set != nil {
		out.By = t(ctx, "light.by", "who", w.Who(ctx, l.Set.Post, l.Set.Body), "day", w.moment(ctx, l.Set.At), "reason", l.Set.Reason)
	}
	rule := ch.Execution.Light
	out.Rules = []string{t(ctx, "light.rule.red", "late", rule.LateRed, "gap", rule.GapRed), t(ctx, "light.rule.amber", "late", rule.LateAmber, "gap", rule.GapAmber), t(ctx, "light.rule.green")}
	return out
}

// whoExecutes says who carries it out and offers what this person may do about it.
func (w words) whoExecutes(ctx context.Context, v delivery.View, f fields, view *executionPage) {
	c := v.Case
	add := func(key, text string) {
		if text != "" {
			view.Who = append(view.Who, ui.Fact{Name: t(ctx, "fact."+key), Text: text})
		}
	}
	add("sponsor", w.Body(ctx, c.Initiative.Sponsor))
	add("executor", firstOf(w.Body(ctx, c.Executor), t(ctx, "executor.none")))
	for _, h := range v.Handings {
		if h.State == delivery.HandOverAsked || h.State == delivery.HandOverRefused && c.Executor == "" {
			add("handing", joined(t(ctx, "handing."+string(h.State), "to", w.Body(ctx, h.To)), w.moment(ctx, h.At), firstOf(h.Answer, h.Note)))
		}
	}
	if c.Asked != "" && c.May(ctx, delivery.Accept) {
		view.Asked = acceptForm(ctx, f)
	}
	view.Forms = append(view.Forms, w.handForms(ctx, c, f)...)
	for _, part := range v.Parts {
		view.Parts = append(view.Parts, w.part(ctx, c, part, f))
	}
}

// acceptForm answers for the ministry that is asked to execute.
func acceptForm(ctx context.Context, f fields) *decideForm {
	return &decideForm{Form: f.of(ui.Form{ID: "responder"}, f.typed.Get("do"), "", "", nil),
		Answer:  ui.Field{Name: "note", Label: t(ctx, "field.answer"), Hint: t(ctx, "field.answer.hint"), Kind: ui.Area, Rows: 3, Max: delivery.ReasonMax},
		Buttons: ui.Buttons{{Text: t(ctx, "hand.accept"), Name: "do", Value: "accept"}, {Text: t(ctx, "hand.refuse"), Name: "do", Value: "refuse", Weight: ui.Quiet}}}
}

// handForms ask a ministry to execute, take that back, or ask others to take part.
func (w words) handForms(ctx context.Context, c delivery.Case, f fields) []foldForm {
	var out []foldForm
	add := func(action delivery.Action, fits bool, do string, list ...ui.Field) {
		if fits && c.May(ctx, action) {
			form := ui.Form{ID: do, Hidden: []ui.Pair{{Name: "do", Value: do}}}
			out = append(out, foldForm{Title: t(ctx, "hand."+do), Text: t(ctx, "hand."+do+".text"), Form: f.of(form, do, "", "", nil), Fields: list, Open: f.on(do, "", ""), Buttons: ui.Buttons{{Text: t(ctx, "hand."+do+".yes"), Weight: ui.Quiet}}})
		}
	}
	ministry := ui.Field{Name: "ministry", Label: t(ctx, "ministry"), Kind: ui.Select, Required: true, Placeholder: t(ctx, "field.ministry.none"), Options: w.ministries()}
	note := ui.Field{Name: "note", Label: t(ctx, "field.note"), Hint: t(ctx, "field.note.hint"), Kind: ui.Area, Rows: 4, Required: true, Max: delivery.ReasonMax}
	reason := ui.Field{Name: "reason", Label: t(ctx, "field.why"), Hint: t(ctx, "field.reason.hint"), Kind: ui.Area, Rows: 3, Required: true, Max: delivery.ReasonMax}
	what := ui.Field{Name: "what", Label: t(ctx, "field.what"), Hint: t(ctx, "field.what.hint"), Required: true, Max: delivery.LineMax}
	add(delivery.HandOver, c.Asked == "", "hand_over", ministry, note)
	add(delivery.HandOver, c.Asked != "", "take_back", reason)
	add(delivery.Invite, true, "invite", ministry, what)
	return out
}

func (w words) ministries() []ui.Option {
	var out []ui.Option
	for _, b := range w.Charter.Ministries(w.today) {
		out = append(out, ui.Option{Value: b.Code, Text: b.Name.In(w.Lang)})
	}
	return out
}

// partTones is how the state of a participation is shown.
var partTones = map[delivery.PartState]ui.Tone{delivery.PartAsked: ui.Now, delivery.PartIn: ui.Good, delivery.PartOut: ui.Plain}

// part is a ministry that takes part, with the answer it may give.
func (w words) part(ctx context.Context, c delivery.Case, x delivery.Participation, f fields) partRow {
	row := partRow{Name: w.Body(ctx, x.Ministry), What: x.What, State: ui.State{Tone: partTones[x.State], Text: t(ctx, "part."+string(x.State))}}
	mine := slices.ContainsFunc(c.AnswersFor(ctx), func(p delivery.Part) bool { return p.Ministry == x.Ministry })
	if !mine || !c.May(ctx, delivery.TakePart) {
		return row
	}
	form := ui.Form{ID: "parte-" + x.Ministry, Hidden: []ui.Pair{{Name: "ministry", Value: x.Ministry}}}
	if f.typed.Get("ministry") == x.Ministry && (f.on("join", "", "") || f.on("leave", "", "")) {
		form.Values, form.Errors = f.typed, f.wrong
	}
	row.Answer = &decideForm{Form: form, Answer: ui.Field{Name: "reason", Label: t(ctx, "field.why"), Kind: ui.Area, Rows: 2, Max: delivery.ReasonMax},
		Buttons: ui.Buttons{{Text: t(ctx, "part.join"), Name: "do", Value: "join"}, {Text: t(ctx, "part.leave"), Name: "do", Value: "leave", Weight: ui.Quiet}}}
	if x.State == delivery.PartIn {
		row.Answer.Buttons = row.Answer.Buttons[1:]
	}
	return row
}

// lightForms set the light by hand, or let it follow its rule again.
func lightForms(ctx context.Context, c delivery.Case, set bool, f fields) []foldForm {
	if !c.May(ctx, delivery.OverrideLight) {
		return nil
	}
	colour := ui.Field{Name: "colour", Label: t(ctx, "field.colour"), Kind: ui.Radios, Required: true}
	for _, x := range delivery.Colours {
		colour.Options = append(colour.Options, ui.Option{Value: string(x), Text: t(ctx, "light."+string(x))})
	}
	reason := ui.Field{Name: "reason", Label: t(ctx, "field.why"), Hint: t(ctx, "field.reason.hint"), Kind: ui.Area, Rows: 3, Required: true, Max: delivery.ReasonMax}
	form := func(do string, list ...ui.Field) foldForm {
		return foldForm{Title: t(ctx, "light.do."+do), Form: f.of(ui.Form{ID: do, Hidden: []ui.Pair{{Name: "do", Value: do}}}, do, "", "", nil), Fields: list, Open: f.on(do, "", ""),
			Buttons: ui.Buttons{{Text: t(ctx, "save"), Weight: ui.Quiet}}}
	}
	out := []foldForm{form("light", colour, reason)}
	if set {
		reason.Required = false
		out = append(out, form("rule", reason))
	}
	return out
}

// executionAct does what a form of the page asks.
func (p *Pages) executionAct(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	number := r.PathValue("number")
	if err := p.execute(r.Context(), number, typed); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.executionView(r, fields{ui.Values(typed), wrong}) })
	}
	return done(w, r, href(number)+"/ejecucion", "exec_"+typed.Get("do"))
}

func (p *Pages) execute(ctx context.Context, number string, typed url.Values) error {
	ministry, reason, note := typed.Get("ministry"), typed.Get("reason"), typed.Get("note")
	switch typed.Get("do") {
	case "hand_over":
		return p.delivery.HandOver(ctx, number, ministry, note)
	case "take_back":
		return p.delivery.TakeBack(ctx, number, reason)
	case "accept":
		return p.delivery.Accept(ctx, number, note)
	case "refuse":
		return renamed(p.delivery.Refuse(ctx, number, note), "reason", "note")
	case "invite":
		return p.delivery.AddParticipant(ctx, number, ministry, typed.Get("what"))
	case "join", "leave":
		return p.delivery.AnswerParticipation(ctx, number, ministry, typed.Get("do") == "join", reason)
	case "light":
		return p.delivery.Override(ctx, number, delivery.Colour(typed.Get("colour")), reason)
	case "rule":
		return p.delivery.FollowRule(ctx, number, reason)
	}
	return fault.New(fault.NotFound, "fault.notfound")
}

// twin is the work beside the money: two bars on one scale.
type twin struct {
	Work, Money *twinBar
}

// twinBar is one of them; shares are of a hundred.
type twinBar struct {
	Done, Soft, Mark   float64 // what is done, what is promised (money only), what was expected by today (work only)
	Value, Text, Label string
}

// work draws how much is done beside how much should be.
func (x *twin) work(ctx context.Context, p delivery.Physical) {
	x.Work = &twinBar{Done: 100 * p.Done, Mark: 100 * p.Planned, Value: percent(100 * p.Done), Text: t(ctx, "twin.work", "expected", percent(100*p.Planned)), Label: t(ctx, "twin.work.title")}
}

// money draws what was spent beside what was promised, of what there is.
func (x *twin) money(ctx context.Context, m delivery.Money) {
	share := func(part int64) float64 {
		if m.Planned <= 0 {
			return 0
		}
		return min(100*float64(part)/float64(m.Planned), 100)
	}
	x.Money = &twinBar{Done: share(m.Accrued), Soft: share(m.Committed), Mark: -1, Value: percent(share(m.Accrued)), Label: t(ctx, "twin.money.title"),
		Text: t(ctx, "twin.money", "spent", budget.Short(ctx, m.Accrued, m.Currency), "committed", budget.Short(ctx, m.Committed, m.Currency), "planned", budget.Short(ctx, m.Planned, m.Currency))}
}

// width is a share of a hundred as SVG says it.
func width(share float64) string { return strconv.FormatFloat(max(share, 0), 'f', 1, 64) + "%" }
