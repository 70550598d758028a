package budget

import (
	"context"
	"maps"

	"ronda/city/roundtable"
	"ronda/platform/event"
)

// The kinds of subject that this module's events have.
const (
	SubjectLaw  = "budget_law"  // its id is the year
	SubjectLine = "budget_line" // its id is the line's
)

// The kinds of event this module tells, with what their data hold beside year,
// line (its code), currency and, about an initiative, number. Amounts are in
// centavos.
const (
	EventLaw       = "delivery.budget.law"        // law, body, day
	EventLawEdited = "delivery.budget.law_edited" // law, body, day
	EventImported  = "delivery.budget.imported"   // lines, amount, sha256 of the file
	EventCleared   = "delivery.budget.cleared"    // lines
	EventAmended   = "delivery.budget.amended"    // amount, credit, day, act; text why
	EventOwnUse    = "delivery.budget.own_use"    // period, committed, accrued, paid
	EventDrawn     = "delivery.budget.drawn"      // amount, before
	EventSpent     = "delivery.budget.spent"      // period, committed, accrued, paid
	EventShort     = "delivery.budget.short"      // short, amount
	EventCovered   = "delivery.budget.covered"    // amount
	EventNeedless  = "delivery.budget.needless"   // text why
	EventNeedy     = "delivery.budget.needy"
)

// tell writes the event of an act. What is about an initiative is as public as
// it is; the law is everybody's.
func (w *work) tell(ctx context.Context, kind string, about event.Subject, initiative string, data, text map[string]string) error {
	e := event.Event{Kind: kind, Subject: about, Public: true, Data: map[string]string{}, Text: text,
		Actor: event.Actor{Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body}}
	maps.Copy(e.Data, data)
	if kind == EventAmended { // the rest is the history of the line
		e.Related = append(e.Related, event.Subject{Kind: SubjectLaw, ID: data["year"]})
	}
	if initiative != "" {
		i, err := w.initiative(ctx, initiative)
		if err != nil {
			return err
		}
		e.Related = append(e.Related, i.Subject(), event.Subject{Kind: "body", ID: i.Sponsor}, event.Subject{Kind: "axis", ID: i.Axis})
		e.Data["number"], e.Public = i.Number, i.State.Public()
	}
	if w.As.Delegated {
		e.Data["delegated"] = "yes"
	}
	_, err := w.m.log.Append(ctx, e)
	return err
}

// initiative is the one of the act, or another whose money the act touches.
func (w *work) initiative(ctx context.Context, id string) (roundtable.Initiative, error) {
	if w.Initiative.ID == id {
		return w.Initiative, nil
	}
	return w.m.Roundtable.ByID(ctx, id)
}

// tellShort tells that a draw lost credit, or has it again.
func (w *work) tellShort(ctx context.Context, l Line, was, now Draw) error {
	kind := EventShort
	if now.Short == 0 {
		kind = EventCovered
	}
	data := map[string]string{"year": yearText(l.Year), "line": l.Code, "amount": cents(now.Amount), "short": cents(now.Short), "before": cents(was.Short)}
	law, err := w.m.Law(ctx, l.Year)
	if err != nil {
		return err
	}
	data["currency"] = law.Currency
	return w.tell(ctx, kind, l.Subject(), now.Initiative, data, nil)
}

// lineData is what events about a line say of it, and more.
func lineData(law Law, l Line, more map[string]string) map[string]string {
	data := map[string]string{"year": yearText(l.Year), "line": l.Code, "currency": law.Currency}
	maps.Copy(data, more)
	return data
}
