package roundtable

import (
	"context"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/i18n"
)

// Desk is what the roundtable expects of a person today: signatures of the
// person's offices, corrections, drafts and answers of the bodies the person
// sponsors for, invitations, decisions, opinions. The policy allows each.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	who, err := m.people.Asking(ctx, person)
	if err != nil {
		return nil, err
	}
	all, err := m.debts(ctx, who)
	if err != nil {
		return nil, err
	}
	items := make([]desk.Item, len(all))
	for n, d := range all {
		items[n] = d.item(ctx)
	}
	return items, nil
}

// expected are the acts that are expected of people, with the last part of the
// key of their sentence.
var expected = map[Action]string{
	SignStep: "sign", Attend: "attend", Resend: "correct", Answer: "answer", Accept: "invitation", Decide: "decide", Edit: "draft", Opine: "opinion",
}

// item says the debt in words and leads to where it is done.
func (d debt) item(ctx context.Context) desk.Item {
	word := expected[d.Action]
	title := "roundtable.desk." + word
	if d.Action == Decide && d.State == Deferred {
		title = "roundtable.desk.deferred"
	}
	return desk.Item{
		Due: d.Due, Detail: d.Title, Href: d.href(), Subject: event.Subject{Kind: SubjectKind, ID: d.ID},
		Title:  i18n.T(ctx, title, "step", stepName(ctx, d.Case.Charter, d.What), "number", d.Number),
		Action: i18n.T(ctx, "roundtable.desk."+word+"_do"),
	}
}

// href is where the act is done.
func (d debt) href() string {
	page := "/iniciativas/" + d.Number
	switch d.Action {
	case SignStep, Attend, Resend:
		return page + "/pasos/" + d.What
	case Answer:
		return page + "#pregunta-" + d.What
	case Accept:
		return page + "#ministerios"
	case Decide:
		return page + "/decision"
	case Edit:
		return page + "/expediente"
	}
	return page + "/opinion"
}

func stepName(ctx context.Context, ch *charter.Charter, code string) string {
	s, ok := ch.Flow.Steps.Get(code)
	if !ok {
		return code
	}
	return s.Name.In(i18n.Of(ctx))
}

// debts are the acts that are expected of a person, each allowed by the policy.
func (m *Module) debts(ctx context.Context, who people.Standing) ([]debt, error) {
	ch, err := m.charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	var all []debt
	for _, ask := range []func(context.Context, *charter.Charter, people.Standing) ([]debt, error){
		m.oweSignatures, m.oweAttendance, m.oweCorrections, m.oweAnswers, m.oweInvitations, m.oweDecisions, m.oweDrafts, m.oweOpinions,
	} {
		more, err := ask(ctx, ch, who)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}
