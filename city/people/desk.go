package people

import (
	"context"

	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/i18n"
)

// Desk is what administrators owe each other: the changes that wait for a second
// one.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	holders, err := m.WithRole(ctx, RoleAdministrator)
	if err != nil || len(keep(holders, func(p string) bool { return p == person })) == 0 {
		return nil, err
	}
	waiting, err := m.PendingChanges(ctx)
	if err != nil {
		return nil, err
	}
	var items []desk.Item
	for _, c := range waiting {
		if c.ProposedBy == person {
			continue
		}
		title, err := m.ChangeTitle(ctx, c)
		if err != nil {
			return nil, err
		}
		items = append(items, desk.Item{Title: i18n.T(ctx, "people.desk.confirm"), Detail: title, Action: i18n.T(ctx, "people.desk.look"),
			Href: "/administracion/cambios", Subject: event.Subject{Kind: SubjectChange, ID: c.ID}})
	}
	return items, nil
}
