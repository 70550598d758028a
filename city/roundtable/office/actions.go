package office

import (
	"context"

	"github.com/a-h/templ"

	"ronda/city/roundtable"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// Actions are the buttons for what the person of the context may do to an
// initiative now, side by side; the most pressing one comes first and is the
// yellow one. It draws nothing for whom has nothing to do.
func (o *Office) Actions(ctx context.Context, v roundtable.View) templ.Component {
	return buttonRow(o.actions(ctx, v))
}

func (o *Office) actions(ctx context.Context, v roundtable.View) ui.Buttons {
	list := stepButtons(ctx, v)
	add := func(action roundtable.Action, key, rest string) {
		if v.May(me(ctx), action) {
			list = append(list, ui.Button{Text: i18n.T(ctx, key), Href: href(v.Initiative, rest)})
		}
	}
	add(roundtable.TakeUp, "roundtable.office.take_up", "/tomar")
	add(roundtable.Decide, "roundtable.office.decision", "/decision")
	add(roundtable.File, "roundtable.office.file.title", "/presentar")
	add(roundtable.Edit, "roundtable.office.edit", "/expediente")
	add(roundtable.Join, "roundtable.office.join", "/unir")
	add(roundtable.Withdraw, "roundtable.office.withdraw.title", "/retirar")
	for i := range list {
		if i > 0 {
			list[i].Weight = ui.Quiet
		}
	}
	return list
}

// stepButtons lead to the steps that wait for the person: to sign, to correct,
// to record an attendance.
func stepButtons(ctx context.Context, v roundtable.View) ui.Buttons {
	var list ui.Buttons
	if v.Round == nil {
		return nil
	}
	for _, s := range v.Round.Steps {
		c := v.Case
		c.Step = &s
		rules, _ := v.Charter.Flow.Steps.Get(s.Code)
		step := rules.Name.In(i18n.Of(ctx))
		for _, b := range []struct {
			action roundtable.Action
			act    roundtable.Act
			key    string
		}{
			{roundtable.SignStep, roundtable.Sign, "roundtable.desk.sign"}, {roundtable.Attend, roundtable.Present, "roundtable.desk.attend"},
			{roundtable.Resend, roundtable.Resubmit, "roundtable.desk.correct"},
		} {
			if c.May(me(ctx), b.action) && v.Round.Allows(s.Code, b.act) {
				list = append(list, ui.Button{Text: i18n.T(ctx, b.key, "step", step), Href: href(v.Initiative, "/pasos/"+s.Code)})
				break
			}
		}
	}
	return list
}
