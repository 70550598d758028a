package meetings

import (
	"context"
	"strings"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/id"
)

const wishColumns = `id, meeting, person, post, organisation, text, state, at`

// Interest says that the person wants to come to an open meeting, for themselves,
// their body or an organisation. Saying it again changes the words.
func (m *Module) Interest(ctx context.Context, number string, x Wish) error {
	return m.act(ctx, number, Want, func(ctx context.Context, w *work) error {
		x.Text, x.Organisation = strings.TrimSpace(x.Text), strings.TrimSpace(x.Organisation)
		var c fault.Check
		c.Text("text", x.Text, true, TextMax)
		c.Text("organisation", x.Organisation, false, LineMax)
		if err := c.Err(); err != nil {
			return err
		}
		_, err := m.db.Exec(ctx, `INSERT INTO meetings_wish (`+wishColumns+`) VALUES ($1, $2, $3, $4, $5, $6, 'open', $7)
			ON CONFLICT (meeting, person) WHERE person <> '' DO UPDATE SET text = excluded.text, organisation = excluded.organisation`,
			id.New(), w.Meeting.ID, w.Who.Person, first(w.Who.Posts).Post, x.Organisation, x.Text, clock.Now(ctx))
		return err
	})
}

// AnswerWish invites who is interested, or not. Conflict when that was answered
// already.
func (m *Module) AnswerWish(ctx context.Context, number, wish string, invite bool) error {
	return m.act(ctx, number, EditMeeting, func(ctx context.Context, w *work) error {
		x, err := db.One[Wish](ctx, m.db, `SELECT `+wishColumns+` FROM meetings_wish WHERE id = $1 AND meeting = $2`, wish, w.Meeting.ID)
		if err != nil {
			return err
		}
		if x.State != WishOpen {
			return fault.New(fault.Conflict, "meetings.fault.answered")
		}
		state := WishNo
		if invite {
			state = WishInvited
			if err := w.welcome(ctx, x); err != nil {
				return err
			}
		}
		_, err = m.db.Exec(ctx, `UPDATE meetings_wish SET state = $2 WHERE id = $1`, x.ID, state)
		return err
	})
}

// welcome puts who was interested on the list: the post, when they hold one.
func (w *work) welcome(ctx context.Context, x Wish) error {
	g := Guest{Post: x.Post, Role: RoleGuest}
	if x.Post == "" {
		g.Person = x.Person
	}
	if g.Post == "" && g.Person == "" {
		return fault.New(fault.Conflict, "meetings.fault.guest", "guest", x.Organisation)
	}
	return w.invite(ctx, []Guest{g})
}

func (m *Module) wishes(ctx context.Context, meeting string) ([]Wish, error) {
	return db.Query[Wish](ctx, m.db, `SELECT `+wishColumns+` FROM meetings_wish WHERE meeting = $1 ORDER BY id`, meeting)
}
