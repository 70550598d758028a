package office

import (
	"context"
	"net/http"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

func (o *Office) decisionRoutes(m *web.Mux) {
	m.Get("/iniciativas/{number}/decision", o.decision)
	m.Post("/iniciativas/{number}/decision", o.decide)
	m.Get("/iniciativas/{number}/decision/excepcion", o.overrulePage)
	m.Post("/iniciativas/{number}/decision/excepcion", o.overrule)
}

// decisionPage is where those who decide see the whole and decide.
type decisionPage struct {
	Heading  ui.Heading
	Change   string
	Axis     int
	Ring     ui.Ring
	State    ui.State
	Steps    ui.Steps
	Open     string // what keeps it from being adopted
	Acts     []stepPanel
	Override string // address of the exception, empty for whom may not
}

// verdict is a way to decide.
type verdict struct {
	key    string // value of the form's field "do"; its messages are roundtable.office.KEY.*
	main   bool
	fields func(ctx context.Context, day clock.Day) []ui.Field
	do     func(ctx context.Context, rt *roundtable.Module, number string, typed ui.Values) error
}

var verdicts = []verdict{
	{key: "adopt", main: true, fields: reasonField, do: func(ctx context.Context, rt *roundtable.Module, number string, typed ui.Values) error {
		return rt.Adopt(ctx, number, typed.Get("reason"))
	}},
	{key: "resume", fields: reasonField, do: func(ctx context.Context, rt *roundtable.Module, number string, typed ui.Values) error {
		return rt.Resume(ctx, number, typed.Get("reason"))
	}},
	{key: "defer", fields: func(ctx context.Context, day clock.Day) []ui.Field {
		return append([]ui.Field{{Name: "until", Label: i18n.T(ctx, "roundtable.office.defer.until"), Kind: ui.Date, From: string(day), Required: true}}, reasonField(ctx, day)...)
	}, do: func(ctx context.Context, rt *roundtable.Module, number string, typed ui.Values) error {
		return rt.Defer(ctx, number, clock.Day(typed.Get("until")), typed.Get("reason"))
	}},
	{key: "decline", fields: reasonField, do: func(ctx context.Context, rt *roundtable.Module, number string, typed ui.Values) error {
		return rt.Decline(ctx, number, typed.Get("reason"))
	}},
}

func reasonField(ctx context.Context, _ clock.Day) []ui.Field {
	return []ui.Field{{Name: "reason", Label: i18n.T(ctx, "roundtable.office.reason"), Hint: i18n.T(ctx, "roundtable.office.reason.public"),
		Kind: ui.Area, Rows: 3, Max: roundtable.ReasonMax, Required: true}}
}

// offered says whether the verdict is on the page: adoption once every step is
// whole, going on for what is deferred.
func (d verdict) offered(v roundtable.View) bool {
	deferred := v.Initiative.State == roundtable.Deferred
	switch d.key {
	case "adopt":
		return v.Round != nil && v.Round.Whole()
	case "resume":
		return deferred
	case "defer":
		return !deferred
	}
	return true
}

func (o *Office) decision(w http.ResponseWriter, r *http.Request) error {
	p, err := o.decisionPage(r, tried{})
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

// deciding reads an initiative that the person may decide on now.
func (o *Office) deciding(r *http.Request, action roundtable.Action) (roundtable.View, error) {
	v, err := o.rt.View(r.Context(), r.PathValue("number"))
	if err != nil {
		return v, err
	}
	if _, err := v.Require(me(r.Context()), action); err != nil {
		return v, err
	}
	return v, v.Fits(action)
}

func (o *Office) decisionPage(r *http.Request, t tried) (web.Page, error) {
	ctx := r.Context()
	v, err := o.deciding(r, roundtable.Decide)
	if err != nil {
		return web.Page{}, err
	}
	say, i := o.words(ctx, v.Charter), v.Initiative
	_, colour := say.Axis(i.Axis)
	p := decisionPage{
		Heading: ui.Heading{Crumbs: crumbs(ctx, i), Over: i.Number + " · " + say.Body(ctx, i.Sponsor), Title: i.Title},
		Change:  i.Change, Axis: colour, Ring: ui.Ring{Label: i.Title, Seats: v.Round.Ring(), Axis: colour, Size: ui.Large},
		Steps: o.steps(ctx, v.Case, v.Round, v.Today),
	}
	if open := v.Round.OpenSteps(); len(open) > 0 {
		p.Open = i18n.T(ctx, "roundtable.fault.open_steps", "count", len(open))
		if v.May(me(ctx), roundtable.Overrule) {
			p.Override = href(i, "/decision/excepcion")
		}
	}
	for _, d := range verdicts {
		if d.offered(v) || t.at == d.key {
			p.Acts = append(p.Acts, d.panel(ctx, v, t))
		}
	}
	return pageOf(i18n.T(ctx, "roundtable.office.decision")+": "+i.Title, decisionBody(p)), nil
}

func (d verdict) panel(ctx context.Context, v roundtable.View, t tried) stepPanel {
	typed, wrong := t.of(d.key, nil)
	text := func(what string) string { return i18n.T(ctx, "roundtable.office."+d.key+"."+what) }
	p := stepPanel{Name: d.key, Title: text("title"), Text: text("text"), Main: d.main, Open: wrong.Any(), onePanel: onePanel{
		Form: ui.Form{ID: d.key, Action: href(v.Initiative, "/decision"), Values: typed, Errors: wrong, Hidden: []ui.Pair{{Name: "do", Value: d.key}}},
		Yes:  ui.Button{Text: text("yes")}, Fields: d.fields(ctx, v.Today),
	}}
	if !d.main {
		p.Yes.Weight = ui.Quiet
	}
	return p
}

func (o *Office) decide(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	number := r.PathValue("number")
	for _, d := range verdicts {
		if d.key != typed.Get("do") {
			continue
		}
		if err := d.do(r.Context(), o.rt, number, ui.Values(typed)); err != nil {
			return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
				return o.decisionPage(r, tried{d.key, ui.Values(typed), wrong})
			})
		}
		return web.Redirect(w, r, "/iniciativas/"+number, "roundtable.office.flash."+d.key)
	}
	return o.decision(w, r)
}

// overrulePage asks once more before an initiative is adopted with steps open.
type overrulePage struct {
	Heading ui.Heading
	Confirm ui.Confirm
	Steps   ui.Steps // the open ones
	Fields  []ui.Field
}

func (o *Office) overrulePage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.overruleForm(r, ui.Values{}, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

func (o *Office) overruleForm(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	v, err := o.deciding(r, roundtable.Overrule)
	if err != nil {
		return web.Page{}, err
	}
	title := i18n.T(ctx, "roundtable.office.override.title")
	p := overrulePage{
		Heading: ui.Heading{Crumbs: append(crumbs(ctx, v.Initiative), ui.Link{Href: href(v.Initiative, "/decision"), Text: i18n.T(ctx, "roundtable.office.decision")}),
			Over: v.Initiative.Number, Title: title, Lead: v.Initiative.Title},
		Confirm: ui.Confirm{Title: i18n.T(ctx, "roundtable.office.override.confirm"), Text: i18n.T(ctx, "roundtable.office.override.text"), Tone: ui.Bad,
			Form:   ui.Form{ID: "override", Action: href(v.Initiative, "/decision/excepcion"), Values: typed, Errors: wrong},
			Yes:    ui.Button{Text: i18n.T(ctx, "roundtable.office.override.yes"), Weight: ui.Danger},
			Cancel: href(v.Initiative, "/decision")},
		Fields: reasonField(ctx, v.Today),
	}
	for _, s := range o.steps(ctx, v.Case, v.Round, v.Today) {
		if s.Seat != ui.SeatSigned {
			p.Steps = append(p.Steps, s)
		}
	}
	page := pageOf(title, overruleBody(p))
	page.Narrow = true
	return page, nil
}

func (o *Office) overrule(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	number := r.PathValue("number")
	if err := o.rt.Overrule(r.Context(), number, typed.Get("reason")); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return o.overruleForm(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, "/iniciativas/"+number, "roundtable.office.flash.override")
}
