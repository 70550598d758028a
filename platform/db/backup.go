package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Why a backup is not made or not restored.
var (
	ErrNotBackup = errors.New("not a backup of this program")
	ErrDamaged   = errors.New("the backup is damaged")
	ErrNotEmpty  = errors.New("there is data in the place to restore to; force keeps it aside and goes on")
	ErrInUse     = errors.New("another process has the database open; stop it first")
	ErrNoTool    = errors.New("the PostgreSQL client tools are not installed (Debian: apt install postgresql-client)")
)

// The first bytes of the two kinds of backup.
const (
	sqliteMagic   = "SQLite format 3\x00"
	postgresMagic = "PGDMP"
)

// Backup writes a consistent copy of the database to the file path while it is
// being used. The file is checked and on disk when Backup returns; until then
// an older file of that name stays as it is. On SQLite the copy is a database
// that can be opened as it is; on PostgreSQL it is what pg_dump writes in its
// custom format, and ErrNoTool says that pg_dump is missing. Writers go on
// meanwhile. Files beside the database, such as keys, are not in it.
func (d *DB) Backup(ctx context.Context, path string) (err error) {
	if same(path, d.path) {
		return fmt.Errorf("backup to %s: that is the database itself", path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	made, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // private to its owner
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("backup to %s: %w", path, err), remove(made.Name()))
		}
	}()
	if err := made.Close(); err != nil {
		return err
	}
	if d.engine == Postgres {
		err = d.dump(ctx, made.Name())
	} else {
		err = d.copyInto(ctx, made.Name())
	}
	if err != nil {
		return err
	}
	return place(made.Name(), path)
}

// Restore puts a backup where target says, as Open understands it. What is there
// already is ErrNotEmpty; with force it is kept aside, as a file or a schema
// whose name is given back, and can be put back by hand. A backup is checked
// before anything is touched: ErrNotBackup, ErrDamaged. A SQLite database that a
// process still has open is ErrInUse, a PostgreSQL one that somebody holds: see
// DB.Hold.
func Restore(ctx context.Context, backup, target string, force bool) (aside string, err error) {
	kind, err := kindOf(backup)
	if err != nil {
		return "", fmt.Errorf("restore: %w", err)
	}
	engine := SQLite
	if strings.HasPrefix(target, "postgres://") || strings.HasPrefix(target, "postgresql://") {
		engine = Postgres
	}
	if kind != engine {
		return "", fmt.Errorf("restore %s: %w: it is of %s, the place to restore to is %s", backup, ErrNotBackup, kind, engine)
	}
	if engine == Postgres {
		aside, err = restorePostgres(ctx, backup, target, force)
	} else {
		aside, err = restoreSQLite(ctx, backup, target, force)
	}
	if err != nil {
		return "", fmt.Errorf("restore %s: %w", backup, err)
	}
	return aside, nil
}

// kindOf tells by its first bytes which engine made a backup.
func kindOf(path string) (Engine, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	head := make([]byte, len(sqliteMagic))
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", err
	}
	switch start := string(head[:n]); {
	case start == sqliteMagic:
		return SQLite, nil
	case strings.HasPrefix(start, postgresMagic):
		return Postgres, nil
	}
	return "", fmt.Errorf("%s: %w", path, ErrNotBackup)
}

// place puts a finished file on disk under its name.
func place(made, path string) error {
	f, err := os.OpenFile(made, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(made, path); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// same says whether two paths are one file.
func same(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	left, err1 := os.Stat(a)
	right, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(left, right)
}

// remove deletes a file that may be gone already.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
