package app

import (
	"context"
	"errors"
	"fmt"

	"ronda/app/demo"
	"ronda/city/charter"
	"ronda/city/identity"
	"ronda/platform/mail"
)

// firstCity is installed where nobody says which.
const firstCity = "buenosaires"

// Why the program does not open a database that is there.
var (
	ErrOtherCity = errors.New("another city lives here")
	ErrNoDemo    = errors.New("there is a city here that was not made by the demonstration, which lets everybody in as anybody; give it an empty folder of its own")
)

// check reads every setting before anything is written: a first start that
// fails leaves no city behind that nobody asked for.
func (c Config) check() error {
	if err := identity.CheckOrigin(c.Origin); err != nil {
		return fmt.Errorf("--origin: %w", err)
	}
	if err := mail.Check(c.SMTP); err != nil {
		return fmt.Errorf("--smtp: %w", err)
	}
	if err := c.checkInbound(); err != nil {
		return err
	}
	if c.City == "" {
		return nil
	}
	_, err := c.asked()
	return err
}

// asked is the city that the settings name.
func (c Config) asked() (*charter.Charter, error) {
	files, err := CityFiles(c.City)
	if err != nil {
		return nil, fmt.Errorf("--city: %w", err)
	}
	ch, err := charter.Load(files)
	if err != nil {
		return nil, fmt.Errorf("--city %s: %w", c.City, err)
	}
	return ch, nil
}

// fits says whether the city that is there may be opened with these settings: it
// is the one they name, and a demonstration opens only what a demonstration made.
func (a *App) fits(ctx context.Context, there *charter.Charter) error {
	if a.cfg.Demo {
		roles, err := demo.Roles(ctx, a.db)
		if err != nil {
			return err
		}
		if len(roles) == 0 {
			return fmt.Errorf("%s: %w", a.cfg.place(), ErrNoDemo)
		}
	}
	if a.cfg.City == "" {
		return nil
	}
	asked, err := a.cfg.asked()
	if err != nil {
		return err
	}
	if asked.City.Code != there.City.Code {
		return fmt.Errorf("%s: %w: it is %q, and --city asks for %q; leave --city out, or give another folder or database", a.cfg.place(), ErrOtherCity,
			there.City.Code, asked.City.Code)
	}
	return nil
}

// place is where the data lie, in words that hold no password.
func (c Config) place() string {
	if c.Database != "" {
		return "the database"
	}
	return c.Data
}
