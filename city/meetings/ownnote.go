package meetings

import (
	"context"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
)

// OwnNote is what the person of the context wrote of a meeting for themselves
// alone; nobody else reads it, and it is in no minutes.
func (m *Module) OwnNote(ctx context.Context, number string) (string, error) {
	x, err := m.ownNoteOf(ctx, number)
	if err != nil {
		return "", err
	}
	text, _, err := db.Find[string](ctx, m.db, `SELECT text FROM meetings_own_note WHERE meeting = $1 AND person = $2`, x.ID, people.Me(ctx).Person)
	return text, err
}

// SaveOwnNote keeps it; an empty text takes it away. Texts up to NoteMax bytes.
func (m *Module) SaveOwnNote(ctx context.Context, number, text string) error {
	text, err := plain(text)
	if err != nil {
		return err
	}
	return m.db.Write(ctx, func(ctx context.Context) error {
		x, err := m.ownNoteOf(ctx, number)
		if err != nil {
			return err
		}
		who := people.Me(ctx).Person
		if text == "" {
			_, err := m.db.Exec(ctx, `DELETE FROM meetings_own_note WHERE meeting = $1 AND person = $2`, x.ID, who)
			return err
		}
		_, err = m.db.Exec(ctx, `INSERT INTO meetings_own_note (meeting, person, text, at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (meeting, person) DO UPDATE SET text = excluded.text, at = excluded.at`, x.ID, who, text, clock.Now(ctx))
		return err
	})
}

// ownNoteOf is the meeting, for somebody signed in who is inside.
func (m *Module) ownNoteOf(ctx context.Context, number string) (Meeting, error) {
	x, err := m.byNumber(ctx, number)
	if err != nil {
		return x, err
	}
	if _, err := m.look(ctx, x, SeeInside); err != nil {
		return x, err
	}
	if !people.Me(ctx).SignedIn() {
		return x, fault.New(fault.Forbidden, "fault.sign_in")
	}
	return x, nil
}
