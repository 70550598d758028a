package main

import (
	"cmp"
	"context"
	"fmt"

	"ronda/app"
)

// AdministratorCmd is the way out when there are two administrators and only one
// can be reached. No page does this.
type AdministratorCmd struct {
	List   AdministratorListCmd   `cmd:"" help:"Say who administers the program."`
	Add    AdministratorAddCmd    `cmd:"" help:"Make somebody with an account an administrator, without a second one agreeing. The public record tells of it."`
	Remove AdministratorRemoveCmd `cmd:"" help:"Take the role from an administrator who cannot be reached. The public record tells of it. The last one stays."`
}

// Change are the arguments of what changes who administers.
type Change struct {
	Where
	Mail   string `arg:"" help:"Mail address of the person's account." placeholder:"MAIL"`
	Reason string `help:"Why, in a sentence. It is published for ever: name nobody." required:"" placeholder:"TEXT"`
}

// AdministratorListCmd says who administers.
type AdministratorListCmd struct{ Where }

// Run prints a line for each administrator.
func (c *AdministratorListCmd) Run(ctx context.Context, s IO) error {
	return c.open(ctx, s, func(a *app.App) error { return listAdministrators(ctx, s, a) })
}

// AdministratorAddCmd makes an administrator.
type AdministratorAddCmd struct{ Change }

// Run makes the administrator and says what was done.
func (c *AdministratorAddCmd) Run(ctx context.Context, s IO) error {
	return c.open(ctx, s, func(a *app.App) error {
		if err := a.AddAdministrator(ctx, c.Mail, c.Reason); err != nil {
			return err
		}
		return done(ctx, s, a, c.Mail+" is an administrator from now on.")
	})
}

// AdministratorRemoveCmd unmakes an administrator.
type AdministratorRemoveCmd struct{ Change }

// Run takes the role away and says what was done.
func (c *AdministratorRemoveCmd) Run(ctx context.Context, s IO) error {
	return c.open(ctx, s, func(a *app.App) error {
		if err := a.RemoveAdministrator(ctx, c.Mail, c.Reason); err != nil {
			return err
		}
		return done(ctx, s, a, c.Mail+" is no administrator any more. The account stays; an administrator can close it.")
	})
}

// open opens the city that is there for as long as do takes.
func (w Where) open(ctx context.Context, s IO, do func(*app.App) error) error {
	cfg := w.config(logger(s.Err))
	cfg.Existing = true
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	return do(a)
}

// done says what was done, that it is public, and who administers now.
func done(ctx context.Context, s IO, a *app.App, what string) error {
	fmt.Fprintln(s.Out, what)
	fmt.Fprintln(s.Out, "This and its reason are an act for the public record, without a name; it enters as soon as the city is served.")
	return listAdministrators(ctx, s, a)
}

func listAdministrators(ctx context.Context, s IO, a *app.App) error {
	all, err := a.Administrators(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(s.Out, "Administrators:")
	for _, x := range all {
		fmt.Fprintf(s.Out, "  %s\t%s\n", x.Name, cmp.Or(x.Mail, "no account that may sign in"))
	}
	return nil
}
