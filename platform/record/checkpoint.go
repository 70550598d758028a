package record

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is what the record signs: how many acts it holds and the root of
// the tree over them.
type Checkpoint struct {
	Origin string
	Size   int64
	Root   tlog.Hash
	Note   string // the signed text as published
}

// The ways in which a checkpoint is no checkpoint of this record.
var (
	ErrForm      = errors.New("not a checkpoint")
	ErrSignature = errors.New("not signed with the record's key")
)

// maxNote bounds the text of a checkpoint; others may have added signatures.
const maxNote = 64 << 10

// OpenCheckpoint reads a checkpoint and checks that the verifier key signed it.
// The error is ErrForm, ErrSignature, or about the verifier key itself.
func OpenCheckpoint(text, verifier string) (Checkpoint, error) {
	v, err := note.NewVerifier(verifier)
	if err != nil {
		return Checkpoint{}, fmt.Errorf("verifier key: %w", err)
	}
	return openCheckpoint(text, v)
}

func openCheckpoint(text string, v note.Verifier) (Checkpoint, error) {
	if len(text) > maxNote {
		return Checkpoint{}, ErrForm
	}
	n, err := note.Open([]byte(text), note.VerifierList(v))
	var unverified *note.UnverifiedNoteError
	var invalid *note.InvalidSignatureError
	switch {
	case errors.As(err, &unverified), errors.As(err, &invalid):
		return Checkpoint{}, ErrSignature
	case err != nil:
		return Checkpoint{}, ErrForm
	}
	cp, err := parseBody(n.Text)
	cp.Note = text
	if err == nil && cp.Origin != v.Name() {
		err = ErrSignature
	}
	return cp, err
}

// parseBody reads the three lines; lines after them are somebody's extensions.
func parseBody(body string) (Checkpoint, error) {
	lines := strings.Split(strings.TrimSuffix(body, "\n"), "\n")
	if len(lines) < 3 || lines[0] == "" {
		return Checkpoint{}, ErrForm
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, ErrForm
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return Checkpoint{}, ErrForm
	}
	return Checkpoint{Origin: lines[0], Size: size, Root: root}, nil
}

// sign makes the checkpoint of a tree.
func (k Key) sign(size int64, root tlog.Hash) (Checkpoint, error) {
	cp := Checkpoint{Origin: k.signer.Name(), Size: size, Root: root}
	text, err := note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", cp.Origin, size, root)}, k.signer)
	if err != nil {
		return cp, fmt.Errorf("sign checkpoint: %w", err)
	}
	cp.Note = string(text)
	return cp, nil
}
