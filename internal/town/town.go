package town

import (
	"context"
	"errors"
	"fmt"

	"ronda/app"
	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/db"
	"ronda/platform/event"
)

// City is the city whose charter the town has.
const City = "buenosaires"

// Town is an open database with the modules that act on it.
type Town struct {
	DB         *db.DB
	Log        *event.Log
	Charter    *charter.Charter
	People     *people.Module
	Roundtable *roundtable.Module

	charters *charter.Store
}

// Open opens the database of a configuration, empty or lived in.
func Open(ctx context.Context, cfg app.Config) (*Town, error) {
	d, err := app.OpenDatabase(ctx, cfg)
	if err != nil {
		return nil, err
	}
	t := &Town{DB: d, Log: event.New(d)}
	if err := t.wire(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("town: %w", err), d.Close())
	}
	return t, nil
}

func (t *Town) wire(ctx context.Context) error {
	files, err := app.CityFiles(City)
	if err != nil {
		return err
	}
	charters := charter.NewStore(t.DB)
	t.charters = charters
	if t.Charter, err = charters.Install(ctx, files, "", City); err != nil {
		return err
	}
	t.People = people.New(t.DB, t.Log, charters.Current)
	if err := t.People.SyncFrom(ctx, charters); err != nil {
		return err
	}
	t.Roundtable = roundtable.New(t.DB, t.Log, charters, t.People)
	return nil
}

// Close closes the database.
func (t *Town) Close() error { return t.DB.Close() }
