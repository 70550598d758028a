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

// stepPanel is a form of a step's page.
type stepPanel struct {
	Name  string
	Title string
	Text  string
	Main  bool // stands open, with the page's one yellow button
	Open  bool // it came back with errors
	onePanel
}

// stepAct is something done to a step with one short form.
type stepAct struct {
	action roundtable.Action
	act    roundtable.Act // that the step must allow; empty: the step is not whole
	name   string         // of the form and of its address below the step
	key    string         // its messages are roundtable.office.KEY.title, .text, .yes, and the flash flash.KEY
	main   bool
	fields func(ctx context.Context, v roundtable.StepView) []ui.Field
	do     func(ctx context.Context, rt *roundtable.Module, number, step string, typed ui.Values) error
}

var stepActs = []stepAct{
	{
		action: roundtable.SignStep, act: roundtable.Sign, name: "firmar", key: "sign", main: true,
		fields: stepText("note", roundtable.ReasonMax, false),
		do: func(ctx context.Context, rt *roundtable.Module, number, step string, typed ui.Values) error {
			return rt.SignStep(ctx, number, step, typed.Get("note"))
		},
	},
	{
		action: roundtable.Resend, act: roundtable.Resubmit, name: "reenviar", key: "resend", main: true,
		fields: stepText("answer", roundtable.ReasonMax, true),
		do: func(ctx context.Context, rt *roundtable.Module, number, step string, typed ui.Values) error {
			return rt.Resubmit(ctx, number, step, typed.Get("answer"))
		},
	},
	{
		action: roundtable.Attend, act: roundtable.Present, name: "asistencia", key: "attend", main: true,
		fields: stepText("note", roundtable.ReasonMax, true),
		do: func(ctx context.Context, rt *roundtable.Module, number, step string, typed ui.Values) error {
			return rt.RecordAttendance(ctx, number, step, typed.Get("note"))
		},
	},
	{
		action: roundtable.Confirm, name: "especialista", key: "specialist", fields: specialistFields,
		do: func(ctx context.Context, rt *roundtable.Module, number, step string, typed ui.Values) error {
			return rt.AddSpecialist(ctx, number, step, roundtable.Specialist{Name: typed.Get("name"), Organisation: typed.Get("organisation"),
				Area: typed.Get("area"), Procedure: typed.Get("procedure"), Stance: roundtable.Stance(typed.Get("stance")),
				Text: typed.Get("text"), Day: clock.Day(typed.Get("day"))})
		},
	},
	{
		action: roundtable.ReturnStep, act: roundtable.Return, name: "devolver", key: "return",
		fields: stepText("remarks", roundtable.ReasonMax, true),
		do: func(ctx context.Context, rt *roundtable.Module, number, step string, typed ui.Values) error {
			return rt.ReturnStep(ctx, number, step, typed.Get("remarks"))
		},
	},
	{
		action: roundtable.ReopenStep, act: roundtable.Reopen, name: "reabrir", key: "reopen",
		fields: stepText("reason", roundtable.ReasonMax, true),
		do: func(ctx context.Context, rt *roundtable.Module, number, step string, typed ui.Values) error {
			return rt.ReopenStep(ctx, number, step, typed.Get("reason"))
		},
	},
}

// stepText is a form of one text; its label and hint follow the name.
func stepText(name string, most int, required bool) func(context.Context, roundtable.StepView) []ui.Field {
	return func(ctx context.Context, _ roundtable.StepView) []ui.Field {
		return []ui.Field{{Name: name, Label: i18n.T(ctx, "roundtable.office.text."+name), Kind: ui.Area, Rows: 3, Max: most, Required: required}}
	}
}

func specialistFields(ctx context.Context, v roundtable.StepView) []ui.Field {
	var stances []ui.Option
	for _, s := range roundtable.Stances {
		stances = append(stances, ui.Option{Value: string(s), Text: i18n.T(ctx, "roundtable.stance."+string(s))})
	}
	label := func(what string) string { return i18n.T(ctx, "roundtable.office.specialist."+what) }
	return []ui.Field{
		{Name: "name", Label: label("name"), Hint: label("name.hint"), Required: true, Autocomplete: "off"},
		{Name: "organisation", Label: label("organisation"), Required: true, Autocomplete: "off"},
		{Name: "area", Label: label("area"), Required: true},
		{Name: "procedure", Label: label("procedure"), Hint: label("procedure.hint")},
		{Name: "stance", Label: label("stance"), Kind: ui.Radios, Options: stances, Required: true},
		{Name: "text", Label: label("said"), Kind: ui.Area, Rows: 4, Max: roundtable.ReasonMax},
		{Name: "day", Label: i18n.T(ctx, "roundtable.office.evidence.day"), Kind: ui.Date, To: string(v.Today), Required: true},
	}
}

// offered says whether the page shows the form to the person.
func (a stepAct) offered(ctx context.Context, v roundtable.StepView) bool {
	if !v.May(me(ctx), a.action) {
		return false
	}
	if a.act == roundtable.Sign { // also while an attendance is missing: the page says so
		return v.Round.Allows(v.Rules.Code, roundtable.Return)
	}
	if a.act == "" {
		return v.Rules.Attendance != "" && !v.Step.Whole()
	}
	return v.Round.Allows(v.Rules.Code, a.act)
}

func (o *Office) stepPanels(ctx context.Context, v roundtable.StepView, t tried) []stepPanel {
	var out []stepPanel
	for _, a := range stepActs {
		if a.offered(ctx, v) {
			out = append(out, o.stepPanel(ctx, a, v, t))
		}
	}
	return out
}

// stepPanel is the form of an act. A signature that something is missing for is
// explained and not asked.
func (o *Office) stepPanel(ctx context.Context, a stepAct, v roundtable.StepView, t tried) stepPanel {
	typed, wrong := t.of(a.name, ui.Values{"day": {string(v.Today)}})
	text := func(what string) string { return i18n.T(ctx, "roundtable.office."+a.key+"."+what) }
	as, _ := v.Can(me(ctx), a.action)
	who := o.words(ctx, v.Charter).Post(ctx, as.Post)
	if as.Delegated {
		who += " " + i18n.T(ctx, "roundtable.delegated")
	}
	p := stepPanel{Name: a.name, Title: text("title"), Text: i18n.T(ctx, "roundtable.office."+a.key+".text", "who", who), Main: a.main, Open: wrong.Any(),
		onePanel: onePanel{
			Form:   ui.Form{ID: a.key, Action: stepHref(v) + "/" + a.name, Values: typed, Errors: wrong},
			Fields: a.fields(ctx, v), Yes: ui.Button{Text: text("yes")},
		}}
	if !a.main {
		p.Yes.Weight = ui.Quiet
	}
	if a.action == roundtable.SignStep && len(v.Missing) > 0 {
		p.Text, p.Fields, p.Yes.Text = i18n.T(ctx, "roundtable.office.sign.missing", "count", len(v.Missing)), nil, ""
	}
	return p
}

func (a stepAct) send(o *Office) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		typed, err := web.Form(w, r)
		if err != nil {
			return err
		}
		number, step := r.PathValue("number"), r.PathValue("code")
		if err := a.do(r.Context(), o.rt, number, step, ui.Values(typed)); err != nil {
			return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
				return o.stepPage(r, tried{a.name, ui.Values(typed), wrong})
			})
		}
		return web.Redirect(w, r, "/iniciativas/"+number+"/pasos/"+step, "roundtable.office.flash."+a.key)
	}
}
