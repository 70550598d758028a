package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// copyInto writes the database as it is at one moment into an empty file. It
// reads in one transaction, so in WAL mode nobody waits for it.
func (d *DB) copyInto(ctx context.Context, path string) error {
	conn, err := sql.Open("sqlite", plain(d.path, "rw"))
	if err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, "VACUUM INTO ?", path)
	if err = errors.Join(err, conn.Close()); err != nil {
		return err
	}
	return checkSQLite(ctx, path)
}

// plain opens a file without changing how it keeps its journal.
func plain(path, mode string) string {
	q := url.Values{"mode": {mode}, "_pragma": {"busy_timeout(1000)", "foreign_keys(0)"}}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// checkSQLite is ErrDamaged when pages, indexes or references of the file do not
// hold together, and ErrNotBackup when it has none of our tables.
func checkSQLite(ctx context.Context, path string) (err error) {
	conn, err := sql.Open("sqlite", plain(path, "ro"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	var verdict string
	if err := conn.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, verdict)
	}
	var broken, ours int
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM pragma_foreign_key_check").Scan(&broken); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if broken > 0 {
		return fmt.Errorf("%w: %d rows refer to rows that are not there", ErrDamaged, broken)
	}
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master WHERE name GLOB 'goose_*'").Scan(&ours); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if ours == 0 {
		return ErrNotBackup
	}
	return nil
}

func restoreSQLite(ctx context.Context, backup, target string, force bool) (aside string, err error) {
	if same(backup, target) {
		return "", errors.New("the backup is the place to restore to")
	}
	if err := checkSQLite(ctx, backup); err != nil {
		return "", err
	}
	full, err := occupied(ctx, target)
	if err != nil {
		return "", err
	}
	if full && !force {
		return "", fmt.Errorf("%s: %w", target, ErrNotEmpty)
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return "", err
	}
	made, err := copyFile(backup, target)
	if err != nil {
		return "", err
	}
	if err := checkSQLite(ctx, made); err != nil {
		return "", errors.Join(err, remove(made))
	}
	if full {
		if aside, err = setAside(target); err != nil {
			return "", errors.Join(err, remove(made))
		}
	}
	return aside, errors.Join(remove(target+"-wal"), remove(target+"-shm"), place(made, target))
}

// occupied says whether there is a database at path, and is ErrInUse when a
// process has it open. The journal of a closed one is folded in, so that it is
// one file.
func occupied(ctx context.Context, path string) (bool, error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) || (err == nil && info.Size() == 0) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	conn, err := sql.Open("sqlite", plain(path, "rw"))
	if err != nil {
		return false, err
	}
	var mode string
	err = conn.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode) // only the last connection can
	var lite *sqlite.Error
	busy := errors.As(err, &lite) && (lite.Code()&0xff == sqlite3.SQLITE_BUSY || lite.Code()&0xff == sqlite3.SQLITE_LOCKED)
	if closed := conn.Close(); busy || (err == nil && mode == "wal") {
		return true, errors.Join(fmt.Errorf("%s: %w", path, ErrInUse), closed)
	}
	return true, nil // a damaged database is one more reason to restore
}

// setAside renames the database with its journal.
func setAside(path string) (string, error) {
	aside := path + ".before-" + time.Now().UTC().Format("20060102T150405.000Z")
	for _, part := range []string{"-wal", "-shm", ""} {
		if err := os.Rename(path+part, aside+part); err != nil && !(part != "" && errors.Is(err, os.ErrNotExist)) {
			return "", err
		}
	}
	return aside, nil
}

// copyFile copies from into a new private file beside to.
func copyFile(from, to string) (made string, err error) {
	in, err := os.Open(from)
	if err != nil {
		return "", err
	}
	out, err := os.CreateTemp(filepath.Dir(to), "."+filepath.Base(to)+".*")
	if err != nil {
		return "", errors.Join(err, in.Close())
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, in.Close(), out.Close()); err != nil {
		return "", errors.Join(err, remove(out.Name()))
	}
	return out.Name(), nil
}
