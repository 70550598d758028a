package budget

import (
	"context"

	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/platform/desk"
	"ronda/platform/i18n"
)

// deskMax is how many draws without credit stand on a desk, the rest in the list.
const deskMax = 20

// Desk is what the budget expects of a person: of who keeps the law, to find
// credit for draws that an amendment left without; of who carries an initiative,
// to draw less or elsewhere.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	who, err := m.People.Asking(ctx, person)
	if err != nil || !who.Official() {
		return nil, err
	}
	return m.deskOf(people.With(ctx, who))
}

// deskOf is the desk of the person of the context.
func (m *Module) deskOf(ctx context.Context) ([]desk.Item, error) {
	laws, err := m.Laws(ctx)
	if err != nil {
		return nil, err
	}
	keeps, err := m.May(ctx, delivery.AmendBudget)
	if err != nil {
		return nil, err
	}
	var items []desk.Item
	for _, law := range laws {
		if law.Short == 0 {
			continue
		}
		list, err := m.Shortages(ctx, law.Year, deskMax)
		if err != nil {
			return nil, err
		}
		for _, s := range list {
			item, ok, err := m.owed(ctx, keeps, law, s)
			if err != nil {
				return nil, err
			}
			if ok {
				items = append(items, item)
			}
		}
	}
	return items, nil
}

// owed is what one draw without credit expects of the person, ok false when
// nothing.
func (m *Module) owed(ctx context.Context, keeps bool, law Law, s Shortage) (desk.Item, bool, error) {
	item := desk.Item{Title: i18n.T(ctx, "delivery.budget.desk.title", "number", s.Card.Number, "line", s.Of.Code, "short", Amount(ctx, s.Short, law.Currency)),
		Detail: s.Card.Title, Action: i18n.T(ctx, "delivery.budget.desk.line"), Href: "/presupuesto/" + yearText(s.Year) + "/partidas/" + s.Of.Code, Subject: s.Of.Subject()}
	if keeps {
		return item, true, nil
	}
	c, err := m.Delivery.Case(ctx, s.Card.Number)
	if err != nil {
		return item, false, err
	}
	item.Href, item.Action = "/iniciativas/"+s.Card.Number+"/presupuesto", i18n.T(ctx, "delivery.budget.desk.draw")
	return item, c.May(ctx, delivery.Draw), nil
}
