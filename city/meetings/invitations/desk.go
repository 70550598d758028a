package invitations

import (
	"context"

	"ronda/city/charter"
	"ronda/platform/desk"
	"ronda/platform/i18n"
)

// Desk is what the mails of meetings expect of somebody of the Coordination: those
// that may not have arrived, and answers that nobody understood.
func (m *Module) Desk(ctx context.Context, person string) ([]desk.Item, error) {
	who, err := m.People.Asking(ctx, person)
	if err != nil {
		return nil, err
	}
	ch, err := m.Charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	if _, ok := who.In(ch.Office(charter.OfficeCoordination)); !ok {
		return nil, nil
	}
	mails, err := m.Mails(ctx)
	if n := mails.Open + mails.Letters; err != nil || n == 0 {
		return nil, err
	}
	return []desk.Item{{Title: t(ctx, "desk"), Detail: i18n.T(ctx, "meetings.invitations.desk.count", "count", mails.Open+mails.Letters),
		Action: t(ctx, "desk.do"), Href: "/invitaciones"}}, nil
}
