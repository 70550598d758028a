package identity

import (
	"context"

	"ronda/platform/fault"
)

// erase ends the account of a person and all that is personal about them. What
// they did for a post stays with the post. Faults: Conflict for the last
// administrator, and what People answers.
func (m *Module) erase(ctx context.Context, person string) (err error) {
	defer fault.Wrap(&err, "erase(%s)", person)
	return m.db.Write(ctx, func(ctx context.Context) error {
		a, err := m.AccountOf(ctx, person)
		if err != nil {
			return err
		}
		if err := m.notLastAdministrator(ctx, person); err != nil {
			return err
		}
		if err := m.deleteAccount(ctx, a); err != nil {
			return err
		}
		if err := m.people.Forget(ctx, person); err != nil {
			return err
		}
		return m.announce(ctx, EventErased, person, nil)
	})
}

// notLastAdministrator keeps the program from losing its last administrator.
func (m *Module) notLastAdministrator(ctx context.Context, person string) error {
	all, err := m.directory.WithRole(ctx, RoleAdministrator)
	if err == nil && len(all) == 1 && all[0] == person {
		err = fault.New(fault.Conflict, "identity.last_administrator")
	}
	return err
}

// deleteAccount deletes every row about an account.
func (m *Module) deleteAccount(ctx context.Context, a Account) error {
	for _, query := range []string{
		`DELETE FROM identity_session WHERE person = $1`,
		`DELETE FROM identity_passkey WHERE person = $1`,
		`DELETE FROM identity_account WHERE person = $1`,
	} {
		if _, err := m.db.Exec(ctx, query, a.Person); err != nil {
			return err
		}
	}
	_, err := m.db.Exec(ctx, `DELETE FROM identity_code WHERE email = $1`, a.Email)
	return err
}
