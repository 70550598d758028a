package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

const (
	poolMax    = 16
	retries    = 4 // a serialisation failure or deadlock is tried again so often
	pgUnique   = "23505"
	pgSerial   = "40001"
	pgDeadlock = "40P01"
)

func openPostgres(ctx context.Context, target string) (*DB, error) {
	pool, err := sql.Open("pgx", target)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	pool.SetMaxOpenConns(poolMax)
	pool.SetMaxIdleConns(poolMax)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), pool.Close())
	}
	return &DB{engine: Postgres, read: pool, write: pool}, nil
}

func (d *DB) writePostgres(ctx context.Context, fn func(ctx context.Context) error) error {
	var err error
	for range retries {
		if err = d.tryPostgres(ctx, fn); !retryable(err) {
			return err
		}
	}
	return err
}

func (d *DB) tryPostgres(ctx context.Context, fn func(ctx context.Context) error) error {
	t, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = t.Rollback() }() // after Commit it does nothing
	mine := &tx{db: d, tx: t}
	if err := fn(context.WithValue(ctx, txKey{}, mine)); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	mine.done()
	return nil
}

func pgCode(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}

func retryable(err error) bool { c := pgCode(err); return c == pgSerial || c == pgDeadlock }

func isUniquePostgres(err error) bool { return pgCode(err) == pgUnique }
