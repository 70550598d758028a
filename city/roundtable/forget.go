package roundtable

import (
	"context"
	"time"

	"ronda/platform/clock"
)

const draftKept = 90 * 24 * time.Hour

// Forget drops what a person was writing, when the account ends. What the person
// did for a post stays with the post.
func (m *Module) Forget(ctx context.Context, person string) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `DELETE FROM roundtable_draft WHERE person = $1`, person)
		return err
	})
}

// Sweep drops what people began to write and left for months.
func (m *Module) Sweep(ctx context.Context) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		_, err := m.db.Exec(ctx, `DELETE FROM roundtable_draft WHERE at < $1`, clock.Now(ctx).Add(-draftKept))
		return err
	})
}
