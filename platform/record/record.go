package record

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync/atomic"
	"time"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// Options says where the record keeps what is not in the database.
type Options struct {
	Key     string // file of the signing key; made at the first start
	Witness string // file of the newest checkpoint; empty for none
	Origin  string // name of the record, e.g. "ronda.buenosaires.gob.ar/registro": no spaces, no "+"
}

// Record is the public record of a database.
type Record struct {
	db        *db.DB
	events    *event.Log
	key       Key
	head      atomic.Pointer[head]
	sequencer *Sequencer
}

// ErrKey says that the database belongs to another key than the one at hand, or
// that its key file is gone. Nothing is signed then.
var ErrKey = errors.New("the record of this database is signed with another key")

// New opens the record of d. The first time it makes the key, which the database
// belongs to from then on; later a missing or different key is ErrKey.
func New(ctx context.Context, d *db.DB, events *event.Log, o Options) (*Record, error) {
	h, err := headOf(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	key, err := openKey(o.Key, o.Origin, h.Verifier == "")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w, %s, and there is no %s: %s", ErrKey, h.Verifier, o.Key, copyKey)
	}
	if err != nil {
		return nil, err
	}
	owner, err := claim(ctx, d, key.Verifier())
	if err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	if owner != key.Verifier() {
		return nil, fmt.Errorf("%w, %s; that in %s is %s: %s", ErrKey, owner, o.Key, key.Verifier(), copyKey)
	}
	r := &Record{db: d, events: events, key: key}
	r.sequencer = newSequencer(r, o.Witness)
	return r, nil
}

// copyKey says what whoever meets ErrKey does.
const copyKey = "copy record.key out of the folder of the copy of the program that was started first, or from where it is kept apart, and start again"

// Sequencer is what writes the record; run one in each copy of the program.
func (r *Record) Sequencer() *Sequencer { return r.sequencer }

// Verifier is the public key with which anybody checks the record.
func (r *Record) Verifier() string { return r.key.Verifier() }

// Checkpoint is the newest one, NotFound while nothing is recorded.
func (r *Record) Checkpoint(ctx context.Context) (Checkpoint, error) {
	row, ok, err := latest(ctx, r.db)
	if err != nil {
		return Checkpoint{}, err
	}
	if !ok {
		return Checkpoint{}, fault.New(fault.NotFound, "record.empty")
	}
	return OpenCheckpoint(row.Note, r.Verifier())
}

type head struct {
	size   int64
	at     time.Time // when the newest act entered
	loaded time.Time
}

// headLife is for how long the head in memory is taken as it is; the sequencer
// of this copy renews it at once, this is for what other copies record.
const headLife = time.Second

// Head is how many acts the record holds and when the newest entered; zero and
// the zero time while it is empty. It is kept in memory, so every page may ask.
func (r *Record) Head(ctx context.Context) (size int64, at time.Time, err error) {
	now := clock.Now(ctx)
	if h := r.head.Load(); h != nil && now.Sub(h.loaded) < headLife {
		return h.size, h.at, nil
	}
	row, _, err := latest(ctx, r.db)
	if err != nil {
		return 0, time.Time{}, err
	}
	r.head.Store(&head{row.Size, row.At, now})
	return row.Size, row.At, nil
}
