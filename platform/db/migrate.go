package db

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
)

// Migrations are the tables of one module: FS holds Dir/00001_name.sql and so
// on, in goose's form.
type Migrations struct {
	Module string
	FS     fs.FS
	Dir    string // "migrations" when empty
}

// Migrate brings the tables of every module up to date, in the order given.
// Several copies of the program may start at once: on PostgreSQL an advisory
// lock lets one of them migrate.
func (d *DB) Migrate(ctx context.Context, modules ...Migrations) error {
	for _, m := range modules {
		if err := d.migrate(ctx, m); err != nil {
			return fmt.Errorf("migrate %s: %w", m.Module, err)
		}
	}
	return nil
}

func (d *DB) migrate(ctx context.Context, m Migrations) error {
	dir, err := fs.Sub(m.FS, cmp.Or(m.Dir, "migrations"))
	if err != nil {
		return err
	}
	dialect := database.DialectSQLite3
	opts := []goose.ProviderOption{goose.WithVerbose(false)}
	if d.engine == Postgres {
		dialect = database.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return err
		}
		opts = append(opts, goose.WithSessionLocker(locker))
	}
	store, err := database.NewStore(dialect, "goose_"+m.Module)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider("", d.write, dir, append(opts, goose.WithStore(store))...)
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}
