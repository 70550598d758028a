package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// holdKey names the lock by which those who serve a PostgreSQL database and who
// restores it know of each other. SQLite's own locks on the file say it there.
const holdKey = 7_306_125_119

// Hold says until Close that somebody works with the database, so that Restore
// refuses to replace it under them. Any number may hold it; ErrInUse while a
// backup is being restored. On SQLite having it open is enough.
func (d *DB) Hold(ctx context.Context) error {
	if d.engine == SQLite || d.held != nil {
		return nil
	}
	conn, err := d.read.Conn(ctx)
	if err != nil {
		return err
	}
	if err := hold(ctx, conn, "pg_try_advisory_lock_shared"); err != nil {
		return errors.Join(err, conn.Close())
	}
	d.held = conn
	return nil
}

// hold takes the lock for as long as the connection lives.
func hold(ctx context.Context, conn *sql.Conn, lock string) error {
	var got bool
	if err := conn.QueryRowContext(ctx, fmt.Sprintf("SELECT %s(%d)", lock, holdKey)).Scan(&got); err != nil {
		return err
	}
	if !got {
		return ErrInUse
	}
	return nil
}

// release gives the lock back with the connection. When the connection is dead
// already, so is the lock.
func release(conn *sql.Conn) error {
	_, _ = conn.ExecContext(context.Background(), "SELECT pg_advisory_unlock_all()")
	return conn.Close()
}
