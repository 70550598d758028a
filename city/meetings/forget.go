package meetings

import (
	"context"

	"ronda/platform/id"
)

// Forget parts a person whose account ends from everything here: what they asked
// to come to, their invitations by name and their votes go; where they were, and
// what they undertook, stays without telling whose it was. What they did for a
// post stays with the post. Approved minutes hold no name of a person but of
// those who came from outside without an account.
func (m *Module) Forget(ctx context.Context, person string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		key, gone := "person:"+person, "gone:"+id.Secret()
		if err := m.forgetAt(ctx, key, gone); err != nil {
			return err
		}
		for _, sql := range []string{
			`DELETE FROM meetings_wish WHERE person = $1`,
			`DELETE FROM meetings_own_note WHERE person = $1`,
			`UPDATE meetings_attendee SET person = '' WHERE person = $1`,
			`UPDATE meetings_minutes SET approved_by = '' WHERE approved_by = $1`,
			`UPDATE meetings_minutes SET signed_by = '' WHERE signed_by = $1`,
			`UPDATE meetings_commitment SET who = '' WHERE who_kind = 'person' AND who = $1`,
		} {
			if _, err := m.db.Exec(ctx, sql, person); err != nil {
				return err
			}
		}
		return nil
	})
}

// forgetAt takes the key of a person off lists and puts another one, that tells
// nobody whose it was, in its place where they were.
func (m *Module) forgetAt(ctx context.Context, key, gone string) error {
	for _, sql := range []string{`DELETE FROM meetings_vote WHERE key = $1`, `DELETE FROM meetings_guest WHERE key = $1`, `DELETE FROM meetings_stamp WHERE key = $1`} {
		if _, err := m.db.Exec(ctx, sql, key); err != nil {
			return err
		}
	}
	for _, sql := range []string{
		`UPDATE meetings_change SET data = replace(data, $1, $2) WHERE meeting IN (SELECT meeting FROM meetings_attendee WHERE key = $1)`, // while the attendee still has it
		`UPDATE meetings_attendee SET key = $2 WHERE key = $1`, `UPDATE meetings_turn SET key = $2 WHERE key = $1`,
	} {
		if _, err := m.db.Exec(ctx, sql, key, gone); err != nil {
			return err
		}
	}
	return nil
}
