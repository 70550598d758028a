package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"ronda/platform/db"
)

// Making the same tables for every test takes longer than most tests: they are
// made once for a set of modules, and each test begins with a copy.

// templates are the SQLite databases of this process, by form.
var templates sync.Map // form -> *template

type template struct {
	once sync.Once
	file []byte
	err  error
}

// form tells sets of migrations apart by what they hold.
func form(modules []db.Migrations) (string, error) {
	sum := sha256.New()
	for _, m := range modules {
		dir := m.Dir
		if dir == "" {
			dir = "migrations"
		}
		err := fs.WalkDir(m.FS, dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(m.FS, path)
			fmt.Fprintf(sum, "%s %s %d\n%s\n", m.Module, path, len(text), text)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:12]), nil
}

// copySQLite writes a database with the tables of the modules.
func copySQLite(t testing.TB, path string, modules []db.Migrations) {
	t.Helper()
	f, err := form(modules)
	if err != nil {
		t.Fatal(err)
	}
	held, _ := templates.LoadOrStore(f, &template{})
	tmpl := held.(*template)
	tmpl.once.Do(func() { tmpl.file, tmpl.err = makeSQLite(t.Context(), modules) })
	if tmpl.err != nil {
		t.Fatal(tmpl.err)
	}
	if err := os.WriteFile(path, tmpl.file, 0o600); err != nil {
		t.Fatal(err)
	}
}

func makeSQLite(ctx context.Context, modules []db.Migrations) (file []byte, err error) {
	dir, err := os.MkdirTemp("", "ronda-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "ronda.db")
	if err := migrated(ctx, path, modules); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// migrated makes the tables in a database and leaves it closed.
func migrated(ctx context.Context, target string, modules []db.Migrations) error {
	d, err := db.Open(ctx, target)
	if err != nil {
		return err
	}
	if err := d.Migrate(ctx, modules...); err != nil {
		d.Close()
		return err
	}
	return d.Close()
}

// making is the key under which one process at a time makes a template in the
// cluster.
const making = 20130101

// templatePostgres makes, once for a cluster, the database with the tables of the
// modules and gives its name.
func templatePostgres(ctx context.Context, admin *sql.DB, base string, modules []db.Migrations) (string, error) {
	f, err := form(modules)
	if err != nil {
		return "", err
	}
	name := "tmpl_" + f
	conn, err := admin.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, making); err != nil {
		return "", err
	}
	defer func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, making)
	}()
	var there bool
	if err := conn.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)`, name).Scan(&there); err != nil || there {
		return name, err
	}
	half := "half_" + f // of a process that died: made anew
	if _, err := conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+half); err != nil {
		return "", err
	}
	if _, err := conn.ExecContext(ctx, "CREATE DATABASE "+half+asCitiesHaveIt); err != nil {
		return "", err
	}
	target, err := at(base, half)
	if err != nil {
		return "", err
	}
	if err := migrated(ctx, target, modules); err != nil {
		return "", err
	}
	_, err = conn.ExecContext(ctx, "ALTER DATABASE "+half+" RENAME TO "+name)
	return name, err
}
