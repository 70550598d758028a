package desk

import (
	"context"

	"ronda/city/ideas"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// rulesView is the rules as citizens will read them.
type rulesView struct {
	Question, Terms string
	Facts           ui.Facts
	Criteria        []criterionView
	Jury            []string
}

// criterionView is one criterion with its words.
type criterionView struct{ Title, Words string }

func (w words) rules(ctx context.Context, r ideas.Rules) (v rulesView, err error) {
	v = rulesView{Question: r.Question, Terms: r.Terms, Facts: w.ruleFacts(ctx, r)}
	for _, k := range r.Criteria {
		line := ""
		for i, word := range k.Words {
			if i > 0 {
				line += " · "
			}
			line += itoa(i+1) + " " + word
		}
		v.Criteria = append(v.Criteria, criterionView{i18n.T(ctx, "ideas.desk.criterion", "name", k.Name, "percent", k.Weight), line})
	}
	names, err := w.d.People.Names(ctx, r.Jury...)
	for _, p := range r.Jury {
		v.Jury = append(v.Jury, names[p])
	}
	return v, err
}

func (w words) ruleFacts(ctx context.Context, r ideas.Rules) ui.Facts {
	var f ui.Facts
	add := func(key, text string) {
		if text != "" {
			f = append(f, ui.Fact{Name: i18n.T(ctx, "ideas.desk.field."+key), Text: text})
		}
	}
	add("body", w.body(ctx, r.Body))
	if t, ok := w.ch.Territories.Get(r.Territory); ok {
		add("territory", t.Name.In(w.lang))
	}
	if a, ok := w.ch.Frame.Axes.Get(r.Axis); ok {
		add("axis", a.Name.In(w.lang))
	}
	add("prize", r.Prize)
	add("opens", when(ctx, r.Opens))
	add("closes", when(ctx, r.Closes))
	add("method", i18n.T(ctx, "ideas.desk.method."+string(r.Method)))
	add("vote_opens", when(ctx, r.VoteOpens))
	add("vote_closes", when(ctx, r.VoteCloses))
	if r.Budget > 0 {
		add("budget", r.Currency+" "+i18n.Number(ctx, r.Budget/100))
	}
	if r.MaxChoices > 0 {
		add("max_choices", itoa(r.MaxChoices))
	}
	if r.AnswerDays > 0 {
		add("answer_days", i18n.T(ctx, "ideas.desk.days", "count", r.AnswerDays))
	}
	if r.HoldHours > 0 {
		add("hold_hours", i18n.T(ctx, "ideas.desk.hours", "count", r.HoldHours))
	}
	add("moderation", i18n.T(ctx, "ideas.desk.moderation."+r.Moderation))
	if r.Statements {
		add("statements", i18n.T(ctx, "ideas.desk.yes"))
	}
	return f
}
