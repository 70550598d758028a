package db

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

// asidePrefix begins the name of a schema that Restore has kept aside.
const asidePrefix = "before_"

// dump lets pg_dump write the database as it is at one moment: what operators of
// PostgreSQL know, restore with pg_restore and trust.
func (d *DB) dump(ctx context.Context, path string) error {
	target, err := d.target(ctx)
	if err != nil {
		return err
	}
	if err := tool(ctx, target, "pg_dump", "--format=custom", "--no-owner", "--no-privileges",
		"--exclude-schema="+asidePrefix+"*", "--file="+path); err != nil {
		return err
	}
	return list(ctx, path)
}

// target is the address with which d was opened.
func (d *DB) target(ctx context.Context) (target string, err error) {
	conn, err := d.read.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	err = conn.Raw(func(c any) error {
		pg, ok := c.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("db: %T is no PostgreSQL connection", c)
		}
		target = pg.Conn().Config().ConnString()
		return nil
	})
	return target, err
}

// tool runs a PostgreSQL client on the database at target. The password goes in
// the environment, because anybody on the machine can read arguments.
func tool(ctx context.Context, target, name string, args ...string) error {
	if _, err := exec.LookPath(name); err != nil {
		return fmt.Errorf("%s: %w", name, ErrNoTool)
	}
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = os.Environ()
	if target != "" {
		u, err := url.Parse(target)
		if err != nil {
			return errors.New("the address of the database cannot be read") // the error would show the password
		}
		if password, ok := u.User.Password(); ok {
			cmd.Env = append(cmd.Env, "PGPASSWORD="+password)
			u.User = url.User(u.User.Username())
		}
		cmd.Args = append(cmd.Args, "--no-password", "--dbname="+u.String())
	}
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, strings.TrimSpace(said.String()))
	}
	return nil
}

// list reads the table of contents of a dump, which fails when it is damaged.
func list(ctx context.Context, path string) error {
	err := tool(ctx, "", "pg_restore", "--list", path)
	if err != nil && !errors.Is(err, ErrNoTool) {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}

func restorePostgres(ctx context.Context, backup, target string, force bool) (aside string, err error) {
	if err := list(ctx, backup); err != nil {
		return "", err
	}
	conn, err := sql.Open("pgx", target)
	if err != nil {
		return "", errors.New("the address of the database cannot be read")
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	alone, err := conn.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, alone.Close()) }()
	if err := hold(ctx, alone, "pg_try_advisory_lock"); err != nil {
		return "", err
	}
	var tables int
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'").Scan(&tables); err != nil {
		return "", err
	}
	if tables > 0 {
		if !force {
			return "", ErrNotEmpty
		}
		aside = asidePrefix + time.Now().UTC().Format("20060102t150405")
		if err := swap(ctx, conn, "ALTER SCHEMA public RENAME TO "+aside, "CREATE SCHEMA public"); err != nil {
			return "", err
		}
	}
	err = tool(ctx, target, "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", backup)
	if err != nil && aside != "" {
		err = errors.Join(err, swap(context.WithoutCancel(ctx), conn, "DROP SCHEMA public", "ALTER SCHEMA "+aside+" RENAME TO public"))
	}
	return aside, err
}

// swap runs statements in one transaction.
func swap(ctx context.Context, conn *sql.DB, statements ...string) error {
	t, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for _, s := range statements {
		if _, err := t.ExecContext(ctx, s); err != nil {
			return errors.Join(fmt.Errorf("%s: %w", s, err), t.Rollback())
		}
	}
	return t.Commit()
}
