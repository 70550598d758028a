package record

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// witness is the file beside the database that holds the newest checkpoint. It
// is written after the commit, so it is never ahead of an honest database.
type witness struct {
	path     string // empty: there is no witness
	verifier string
	read     bool
	last     Checkpoint // of size 0 when the file is missing
}

// load reads the file once.
func (w *witness) load() error {
	if w.read || w.path == "" {
		return nil
	}
	cp, ok, err := readWitness(w.path, w.verifier)
	if err != nil {
		return err
	}
	if ok {
		w.last = cp
	}
	w.read = true
	return nil
}

func readWitness(path, verifier string) (cp Checkpoint, ok bool, err error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return cp, false, nil
	}
	if err != nil {
		return cp, false, fmt.Errorf("record witness: %w", err)
	}
	cp, err = OpenCheckpoint(string(text), verifier)
	if err != nil {
		return cp, false, fmt.Errorf("record witness %s: %w", path, err)
	}
	return cp, true, nil
}

// extendedBy is nil when a log of size acts begins with what was witnessed.
func (w *witness) extendedBy(size int64, hashes tlog.HashReader) error {
	if err := w.load(); err != nil {
		return err
	}
	if size < w.last.Size {
		return fmt.Errorf("%w: it holds %d acts, %d were witnessed", ErrRewound, size, w.last.Size)
	}
	if w.last.Size == 0 {
		return nil
	}
	root, err := tlog.TreeHash(w.last.Size, hashes)
	if err != nil {
		return err
	}
	if root != w.last.Root {
		return fmt.Errorf("%w: its first %d acts are not those witnessed", ErrRewound, w.last.Size)
	}
	return nil
}

// keep writes the newest checkpoint unless the file has it.
func (w *witness) keep(newest checkpointRow, hashes tlog.HashReader) error {
	if w.path == "" {
		return nil
	}
	if err := w.load(); err != nil {
		return err
	}
	if newest.Size == w.last.Size && newest.Note == w.last.Note {
		return nil
	}
	if err := w.extendedBy(newest.Size, hashes); err != nil {
		return err
	}
	cp, err := OpenCheckpoint(newest.Note, w.verifier)
	if err != nil {
		return fmt.Errorf("newest checkpoint: %w", err)
	}
	if err := replaceFile(w.path, newest.Note); err != nil {
		return fmt.Errorf("record witness: %w", err)
	}
	w.last = cp
	return nil
}

// SetAside renames the witness file, so that a database restored from an older
// backup on purpose may be signed again, and gives the new name. Whoever kept a
// checkpoint of the acts that were lost will still find out; say so in public
// before they do. Without a witness file it does nothing.
func SetAside(path string, now time.Time) (string, error) {
	aside := path + "." + now.UTC().Format("20060102T150405Z")
	err := os.Rename(path, aside)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return aside, err
}
