package db_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ronda/platform/db"
	"ronda/platform/db/dbtest"
)

// backup makes a backup of d in a new folder.
func backup(t *testing.T, d *db.DB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copies", "ronda backup.db")
	if err := d.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	return path
}

func add(t *testing.T, d *db.DB, n int) {
	t.Helper()
	if err := d.Write(t.Context(), func(ctx context.Context) error { return d.Insert(ctx, "thing", make1(n)) }); err != nil {
		t.Fatal(err)
	}
}

// empty is an address of a database in which there is nothing.
func empty(t *testing.T, engine db.Engine) string {
	t.Helper()
	if engine == db.Postgres {
		return dbtest.PostgresURL(t)
	}
	return filepath.Join(t.TempDir(), "new", "ronda.db")
}

func reopen(t *testing.T, target string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), target)
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

func TestABackupHoldsWhatThereWas(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		add(t, d, 1)
		path := backup(t, d)
		add(t, d, 2)
		target := empty(t, d.Engine())
		aside, err := db.Restore(t.Context(), path, target, false)
		if err != nil || aside != "" {
			t.Fatal(aside, err)
		}
		restored := reopen(t, target)
		if n := count(t, restored); n != 1 {
			t.Errorf("%d rows", n)
		}
		if err := restored.Migrate(t.Context(), tables...); err != nil {
			t.Error(err)
		}
		add(t, restored, 3)
		if err := d.Backup(t.Context(), path); err != nil { // over the older one
			t.Error(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
		if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
}

// Backups while many write: each holds whole transactions only, and every write
// is answered.
func TestABackupWhileServingIsConsistent(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		stop := make(chan struct{})
		var writers sync.WaitGroup
		for w := range 4 {
			writers.Go(func() {
				for i := 0; ; i += 2 {
					select {
					case <-stop:
						return
					default:
					}
					err := d.Write(t.Context(), func(ctx context.Context) error { // always two rows
						n := w*1_000_000 + i
						return errors.Join(d.Insert(ctx, "thing", make1(n)), d.Insert(ctx, "thing", make1(n+1)))
					})
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		var paths []string
		for range 3 {
			paths = append(paths, backup(t, d))
		}
		close(stop)
		writers.Wait()
		for _, path := range paths {
			target := empty(t, d.Engine())
			if _, err := db.Restore(t.Context(), path, target, false); err != nil {
				t.Fatal(err)
			}
			if n := count(t, reopen(t, target)); n%2 != 0 {
				t.Errorf("%d rows: half a transaction", n)
			}
		}
	})
}

func TestDataIsNotOverwrittenUnasked(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		add(t, d, 1)
		path := backup(t, d)
		target := empty(t, d.Engine())
		if _, err := db.Restore(t.Context(), path, target, false); err != nil {
			t.Fatal(err)
		}
		old, err := db.Open(t.Context(), target)
		if err != nil {
			t.Fatal(err)
		}
		add(t, old, 2)
		if err := old.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Restore(t.Context(), path, target, false); !errors.Is(err, db.ErrNotEmpty) {
			t.Errorf("a second restore is %v", err)
		}
		aside, err := db.Restore(t.Context(), path, target, true)
		if err != nil || aside == "" {
			t.Fatal(aside, err)
		}
		restored := reopen(t, target)
		if n := count(t, restored); n != 1 {
			t.Errorf("%d rows after the forced restore", n)
		}
		kept := 0
		if d.Engine() == db.Postgres {
			kept, err = db.One[int](t.Context(), restored, "SELECT count(*) FROM "+aside+".thing")
		} else {
			kept = count(t, reopen(t, aside))
		}
		if kept != 2 || err != nil {
			t.Errorf("%d rows were kept aside, %v", kept, err)
		}
		if again := backup(t, restored); again == "" {
			t.Error("no backup beside what was kept aside")
		}
	})
}

// Whoever serves a PostgreSQL database keeps it from being replaced, and only as
// long as they do; what is being restored, nobody serves.
func TestAHeldDatabaseIsNotReplaced(t *testing.T) {
	target := dbtest.PostgresURL(t)
	d, other := reopen(t, target), reopen(t, target)
	for _, x := range []*db.DB{d, other} {
		if err := x.Hold(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Migrate(t.Context(), tables...); err != nil {
		t.Fatal(err)
	}
	path := backup(t, d)
	for _, x := range []*db.DB{d, other} {
		if _, err := db.Restore(t.Context(), path, target, true); !errors.Is(err, db.ErrInUse) {
			t.Errorf("restoring under a running program is %v", err)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Restore(t.Context(), path, target, true); err != nil {
		t.Errorf("nobody is there, and restoring is %v", err)
	}
}

func TestADatabaseInUseIsNotReplaced(t *testing.T) {
	d := dbtest.SQLite(t, tables...)
	add(t, d, 1)
	path := backup(t, d)
	if _, err := db.Restore(t.Context(), path, d.Path(), true); !errors.Is(err, db.ErrInUse) {
		t.Errorf("restoring under a running program is %v", err)
	}
	add(t, d, 2)
	if n := count(t, d); n != 2 {
		t.Errorf("%d rows", n)
	}
	if err := d.Backup(t.Context(), d.Path()); err == nil {
		t.Error("the database was its own backup")
	}
}

func TestOnlyAGoodBackupIsRestored(t *testing.T) {
	d := dbtest.SQLite(t, tables...)
	for n := range 500 {
		add(t, d, n)
	}
	good, err := os.ReadFile(backup(t, d))
	if err != nil {
		t.Fatal(err)
	}
	torn := append([]byte{}, good...)
	for i := 8192; i < len(torn)-4096; i++ {
		torn[i] ^= 0x55
	}
	strange := dbtest.SQLite(t)
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing": {nil, db.ErrNotBackup}, "a text": {[]byte("hello, this is not a database"), db.ErrNotBackup},
		"half": {good[:len(good)/2], db.ErrDamaged}, "torn": {torn, db.ErrDamaged},
		"of the other engine": {[]byte("PGDMP and more"), db.ErrNotBackup},
	} {
		path := filepath.Join(t.TempDir(), "b.db")
		if err := os.WriteFile(path, c.file, 0o600); err != nil {
			t.Fatal(err)
		}
		target := empty(t, db.SQLite)
		if _, err := db.Restore(t.Context(), path, target, true); !errors.Is(err, c.want) {
			t.Errorf("%s is %v, want %v", name, err, c.want)
		}
		if _, err := os.Stat(target); err == nil {
			t.Errorf("%s left something behind", name)
		}
	}
	if _, err := db.Restore(t.Context(), strange.Path(), empty(t, db.SQLite), false); !errors.Is(err, db.ErrNotBackup) {
		t.Errorf("the database of another program is %v", err)
	}
	if _, err := db.Restore(t.Context(), filepath.Join(t.TempDir(), "none"), "x", false); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no backup is %v", err)
	}
}

// A damaged database does not stand in the way of its backup.
func TestADamagedDatabaseIsReplaced(t *testing.T) {
	d := dbtest.SQLite(t, tables...)
	add(t, d, 1)
	path := backup(t, d)
	target := filepath.Join(t.TempDir(), "ronda.db")
	if err := os.WriteFile(target, []byte(strings.Repeat("broken ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if aside, err := db.Restore(t.Context(), path, target, true); err != nil || aside == "" {
		t.Fatal(aside, err)
	}
	if n := count(t, reopen(t, target)); n != 1 {
		t.Errorf("%d rows", n)
	}
}

func TestNoPasswordIsShown(t *testing.T) {
	path := filepath.Join(t.TempDir(), "b")
	if err := os.WriteFile(path, []byte("PGDMP"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := db.Restore(t.Context(), path, "postgres://u:geheim@127.0.0.1:1/x", false)
	if err == nil || strings.Contains(fmt.Sprint(err), "geheim") {
		t.Errorf("%v", err)
	}
	t.Setenv("PATH", "")
	if _, err := db.Restore(t.Context(), path, "postgres://u:geheim@127.0.0.1:1/x", false); !errors.Is(err, db.ErrNoTool) {
		t.Errorf("without the tools: %v", err)
	}
}
