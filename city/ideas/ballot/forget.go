package ballot

import (
	"context"

	"ronda/platform/id"
)

// goneMark begins what stands for a person whose account has ended.
const goneMark = "gone:"

// Forget parts a person whose account ends from the ballots: they stay counted,
// under a random name that tells nobody whose they were.
func (m *Module) Forget(ctx context.Context, person string) error {
	mark := goneMark + id.Secret()
	return m.DB.Write(ctx, func(ctx context.Context) error {
		for _, sql := range []string{`UPDATE ballot_voice SET person = $2 WHERE person = $1`, `UPDATE ballot_voter SET person = $2 WHERE person = $1`} {
			if _, err := m.DB.Exec(ctx, sql, person, mark); err != nil {
				return err
			}
		}
		return nil
	})
}
