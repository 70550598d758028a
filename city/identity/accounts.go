package identity

import (
	"context"

	"ronda/platform/db"
)

// Accounts are those that may sign in, e.g. for the daily mail.
func (m *Module) Accounts(ctx context.Context) ([]Account, error) {
	return db.Query[Account](ctx, m.db, `SELECT `+accountColumns+` FROM identity_account WHERE disabled = FALSE ORDER BY person`)
}
