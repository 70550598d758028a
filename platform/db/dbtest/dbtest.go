// Package dbtest runs a test on both databases: always on SQLite, and on
// PostgreSQL when RONDA_TEST_POSTGRES holds the address of a cluster in which
// databases may be made and dropped.
package dbtest

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // makes and drops the test's database

	"ronda/platform/db"
	"ronda/platform/id"
)

// Env names the variable with the address of the PostgreSQL cluster.
const Env = "RONDA_TEST_POSTGRES"

// Run runs fn once on each engine, on an empty database with the migrations.
func Run(t *testing.T, modules []db.Migrations, fn func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, SQLite(t, modules...)) })
	t.Run("postgres", func(t *testing.T) { fn(t, Postgres(t, modules...)) })
}

// SQLite opens a new database in the test's folder.
func SQLite(t testing.TB, modules ...db.Migrations) *db.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ronda.db")
	copySQLite(t, path, modules)
	return open(t, path)
}

// Postgres makes a new database in the cluster and drops it afterwards; without
// a cluster the test is skipped.
func Postgres(t testing.TB, modules ...db.Migrations) *db.DB {
	t.Helper()
	return open(t, postgres(t, modules))
}

// asCitiesHaveIt gives a database the order of a language instead of that of
// bytes, as most clusters have it: what relies on bytes fails here and not there.
const asCitiesHaveIt = " TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'es-AR' LOCALE 'C'"

// PostgresURL makes a new database without tables and gives its address; it is
// dropped after the test.
func PostgresURL(t testing.TB) string {
	t.Helper()
	return postgres(t, nil)
}

func postgres(t testing.TB, modules []db.Migrations) string {
	t.Helper()
	base := os.Getenv(Env)
	if base == "" {
		t.Skip("no PostgreSQL: " + Env + " is not set (make test sets it)")
	}
	admin, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	like := asCitiesHaveIt
	if len(modules) > 0 {
		from, err := templatePostgres(t.Context(), admin, base, modules)
		if err != nil {
			t.Fatal(err)
		}
		like = " TEMPLATE " + from + " STRATEGY WAL_LOG"
	}
	name := "t_" + strings.ReplaceAll(id.New(), "-", "")
	if _, err := admin.Exec("CREATE DATABASE " + name + like); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
		_ = admin.Close()
	})
	target, err := at(base, name)
	if err != nil {
		t.Fatal(err)
	}
	return target
}

// at is the address of another database of the cluster.
func at(base, name string) (string, error) {
	u, err := url.Parse(base)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

func open(t testing.TB, target string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}
