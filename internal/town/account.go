package town

import (
	"context"
	"crypto/rand"

	"ronda/city/identity"
	"ronda/city/people"
	"ronda/platform/i18n"
)

// Register lets persons sign in: it gives each an account with a mail address,
// as the administrator does. addresses is by person.
func (t *Town) Register(ctx context.Context, addresses map[string]string) error {
	pepper := make([]byte, 32) // no code is sent here, so nothing depends on it
	_, _ = rand.Read(pepper)   // never fails: crypto/rand stops the program instead
	m, err := identity.New(identity.Deps{DB: t.DB, Log: t.Log, People: t.People, Directory: t.People, Origin: "http://localhost", Pepper: pepper})
	if err != nil {
		return err
	}
	admins, err := t.People.WithRole(ctx, people.RoleAdministrator)
	if err != nil {
		return err
	}
	admin, err := t.People.Standing(ctx, admins[0])
	if err != nil {
		return err
	}
	ctx = people.With(ctx, admin)
	return t.DB.Write(ctx, func(ctx context.Context) error {
		for person, address := range addresses {
			if err := m.CreateAccount(ctx, person, address, i18n.Spanish); err != nil {
				return err
			}
		}
		return nil
	})
}
