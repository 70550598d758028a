package record

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/id"
)

const (
	batchMax = 128                    // acts of one transaction; more would make other writes wait
	idle     = time.Second            // how soon the events of another copy are noticed
	pause    = 100 * time.Millisecond // between batches, so that a busy hour has fewer checkpoints
	lease    = 5 * time.Second        // how long a copy that died keeps the others waiting
)

// ErrRewound says that the database does not extend the checkpoint in the
// witness file: acts were dropped or changed, or an older backup was restored.
// Nothing is signed until somebody has looked: see VerifyData and SetAside.
var ErrRewound = errors.New("the database does not extend the witnessed checkpoint")

// Sequencer takes the events that wait into the record and signs.
type Sequencer struct {
	r      *Record
	holder string // names this copy in the lease
	wake   chan struct{}

	running sync.Mutex // one run at a time in this copy
	witness witness

	mu      sync.Mutex
	trouble error
}

func newSequencer(r *Record, path string) *Sequencer {
	s := &Sequencer{r: r, holder: id.New(), wake: make(chan struct{}, 1), witness: witness{path: path, verifier: r.Verifier()}}
	r.events.Listen("record", func(context.Context, event.Event) error { s.Wake(); return nil })
	return s
}

// Wake makes Run look at once.
func (s *Sequencer) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Run records until ctx ends, and then lets another copy go on at once.
func (s *Sequencer) Run(ctx context.Context) {
	tick := time.NewTicker(idle)
	defer tick.Stop()
	defer s.release(context.WithoutCancel(ctx))
	for {
		s.report(ctx, s.Sequence(ctx))
		wait(ctx, time.After(pause), nil)
		if !wait(ctx, tick.C, s.wake) {
			return
		}
	}
}

// wait is until something comes, false when ctx ends.
func wait(ctx context.Context, tick <-chan time.Time, wake <-chan struct{}) bool {
	select {
	case <-ctx.Done():
		return false
	case <-tick:
	case <-wake:
	}
	return true
}

// report logs a trouble once, and once that it is over.
func (s *Sequencer) report(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	s.mu.Lock()
	before := s.trouble
	s.trouble = err
	s.mu.Unlock()
	switch {
	case err != nil && (before == nil || before.Error() != err.Error()):
		slog.ErrorContext(ctx, "the record does not grow", "error", err)
	case err == nil && before != nil:
		slog.InfoContext(ctx, "the record grows again")
	}
}

// Trouble is why the record does not grow, nil when it does.
func (s *Sequencer) Trouble() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trouble
}

// Sequence records everything that waits and brings the witness file up to the
// newest checkpoint. Another copy that holds the lease may leave it nothing to
// do. Errors are ErrRewound, ErrKey and those of the database and the file.
func (s *Sequencer) Sequence(ctx context.Context) error {
	s.running.Lock()
	defer s.running.Unlock()
	if err := s.keepWitness(ctx); err != nil {
		return err
	}
	for {
		waiting, err := s.r.events.Unrecorded(ctx, 1)
		if err != nil || len(waiting) == 0 {
			return err
		}
		n, err := s.batch(ctx)
		if err != nil {
			return err
		}
		// Also when the program was told to stop meanwhile: a first seal that
		// stands nowhere else looks like one that somebody took away.
		if err := s.keepWitness(context.WithoutCancel(ctx)); err != nil || n == 0 {
			return err
		}
	}
}

// batch records up to batchMax acts and gives how many; 0 when another copy
// holds the lease.
func (s *Sequencer) batch(ctx context.Context) (int, error) {
	var done int
	err := s.r.db.Write(ctx, func(ctx context.Context) error {
		done = 0
		mine, err := s.lease(ctx)
		if err != nil || !mine {
			return err
		}
		h, err := headOf(ctx, s.r.db)
		if err != nil {
			return err
		}
		if h.Verifier != "" && h.Verifier != s.r.Verifier() {
			return ErrKey
		}
		if err := s.witness.extendedBy(h.Size, stored(ctx, s.r.db)); err != nil {
			return err
		}
		events, err := s.r.events.Unrecorded(ctx, batchMax)
		if err != nil {
			return err
		}
		done = len(events)
		return s.take(ctx, h.Size, events)
	})
	return done, err
}

// lease takes or renews the right to record; the row stays locked until the
// transaction ends, so two copies never record at once even if their clocks
// differ.
func (s *Sequencer) lease(ctx context.Context) (bool, error) {
	now := clock.Now(ctx)
	n, err := s.r.db.Exec(ctx, `UPDATE record_head SET holder = $1, until = $2 WHERE one = 1 AND (holder = $1 OR until <= $3)`,
		s.holder, now.Add(lease), now)
	return n == 1, err
}

// release gives the lease back; a copy that cannot lets it run out.
func (s *Sequencer) release(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, idle)
	defer cancel()
	err := s.r.db.Write(ctx, func(ctx context.Context) error {
		_, err := s.r.db.Exec(ctx, `UPDATE record_head SET until = 0 WHERE one = 1 AND holder = $1`, s.holder)
		return err
	})
	if err != nil {
		slog.WarnContext(ctx, "the lease of the record runs out by itself", "error", err)
	}
}

// take appends the events to a log of size acts and signs the result.
func (s *Sequencer) take(ctx context.Context, size int64, events []event.Event) error {
	recorded, err := s.now(ctx)
	if err != nil {
		return err
	}
	before := size
	for _, e := range events {
		added, err := s.append(ctx, size, e, recorded)
		if err != nil {
			return fmt.Errorf("record event %s: %w", e.ID, err)
		}
		if added {
			size++
		}
	}
	if size == before {
		return nil
	}
	n, err := s.r.db.Exec(ctx, `UPDATE record_head SET size = $1, verifier = $2 WHERE one = 1 AND size = $3`, size, s.r.Verifier(), before)
	if err == nil && n != 1 {
		err = errors.New("record: the head moved inside the lease")
	}
	if err != nil {
		return err
	}
	return s.sign(ctx, size, recorded)
}

// now is the time of a batch: later than that of the batch before, so that the
// leaves alone say where a checkpoint must be.
func (s *Sequencer) now(ctx context.Context) (time.Time, error) {
	now := clock.Now(ctx)
	row, ok, err := latest(ctx, s.r.db)
	if ok && !now.After(row.At) {
		now = row.At.Add(time.Microsecond)
	}
	return now, err
}

// append writes the leaf at index. An event that has a leaf already, because
// somebody has reset its mark, is only marked again.
func (s *Sequencer) append(ctx context.Context, index int64, e event.Event, recorded time.Time) (bool, error) {
	leaf, err := leafOf(e, recorded).encode()
	if err != nil {
		return false, err
	}
	if _, err := s.r.events.Recorded(ctx, e.ID); err != nil {
		return false, err
	}
	n, err := s.r.db.Exec(ctx, `INSERT INTO record_leaf (idx, event_id, leaf) VALUES ($1, $2, $3) ON CONFLICT (event_id) DO NOTHING`,
		index, e.ID, string(leaf))
	if err != nil || n == 0 {
		return false, err
	}
	hashes, err := tlog.StoredHashes(index, leaf, stored(ctx, s.r.db))
	if err != nil {
		return false, err
	}
	for i, h := range hashes {
		row := hashRow{tlog.StoredHashIndex(0, index) + int64(i), h[:]}
		if err := s.r.db.Insert(ctx, "record_hash", row); err != nil {
			return false, err
		}
	}
	return true, nil
}

// sign writes the checkpoint of a log of size acts.
func (s *Sequencer) sign(ctx context.Context, size int64, recorded time.Time) error {
	root, err := tlog.TreeHash(size, stored(ctx, s.r.db))
	if err != nil {
		return err
	}
	cp, err := s.r.key.sign(size, root)
	if err != nil {
		return err
	}
	s.r.db.AfterCommit(ctx, func() { s.r.head.Store(&head{size, recorded, clock.Now(ctx)}) })
	return s.r.db.Insert(ctx, "record_checkpoint", checkpointRow{size, cp.Note, recorded})
}

// keepWitness brings the witness file up to the newest checkpoint, also after a
// crash between a commit and the file.
func (s *Sequencer) keepWitness(ctx context.Context) error {
	row, ok, err := latest(ctx, s.r.db)
	if err != nil {
		return err
	}
	if !ok {
		row = checkpointRow{}
	}
	return s.witness.keep(row, stored(ctx, s.r.db))
}
