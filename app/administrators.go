package app

import (
	"context"

	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// machine is the context of whoever runs the machine and changes who administers.
func (a *App) machine(ctx context.Context) (context.Context, error) {
	words, err := Catalogue()
	if err != nil {
		return nil, err
	}
	ctx = people.With(ctx, people.Standing{Person: people.RoleOperator, Roles: []string{people.RoleOperator}})
	return i18n.With(ctx, words, i18n.English), nil
}

// Administrator is somebody who administers the program, for its operator.
type Administrator struct {
	Name, Mail string // Mail is empty without an account that may sign in
}

// Administrators lists those who administer the program.
func (a *App) Administrators(ctx context.Context) ([]Administrator, error) {
	persons, err := a.people.WithRole(ctx, people.RoleAdministrator)
	if err != nil {
		return nil, err
	}
	names, err := a.people.Names(ctx, persons...)
	if err != nil {
		return nil, err
	}
	mails, err := a.identity.EmailOf(ctx, persons...)
	if err != nil {
		return nil, err
	}
	var out []Administrator
	for _, p := range persons {
		out = append(out, Administrator{names[p], mails[p]})
	}
	return out, nil
}

// AddAdministrator makes the person whose account has the address an
// administrator, alone and in public; see people.OperatorGrant.
func (a *App) AddAdministrator(ctx context.Context, mail, reason string) error {
	return a.changeAdministrator(ctx, mail, reason, a.people.OperatorGrant)
}

// RemoveAdministrator takes that role away in the same way.
func (a *App) RemoveAdministrator(ctx context.Context, mail, reason string) error {
	return a.changeAdministrator(ctx, mail, reason, a.people.OperatorRevoke)
}

func (a *App) changeAdministrator(ctx context.Context, mail, reason string, change func(ctx context.Context, person, reason string) error) error {
	ctx, err := a.machine(ctx)
	if err != nil {
		return err
	}
	person, ok, err := a.identity.PersonOf(ctx, mail)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.NotFound, "app.administrator.nobody", "mail", mail)
	}
	return change(ctx, person, reason)
}
