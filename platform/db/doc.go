// Package db is one API over SQLite (embedded, the default) and PostgreSQL.
//
// One SQL text serves both engines: $1 parameters, TEXT, BIGINT, BOOLEAN,
// DOUBLE PRECISION and BYTEA columns. time.Time travels as BIGINT microseconds
// since 1970 UTC, clock.Day as TEXT.
//
// # Writes
//
// Write runs a function in a transaction that travels in the context; a Write
// inside a Write joins it, so a use case over two modules is one transaction.
// On SQLite concurrent writes queue to one writer, run one after another in
// savepoints of one transaction and are answered after its one commit: an
// acknowledged write is on disk (synchronous=FULL) and many people can write at
// once. A failing write rolls back its own savepoint; a failing commit fails
// every write of the batch. A write must not wait for another goroutine that
// writes.
package db
