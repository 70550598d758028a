package record

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"ronda/platform/fault"
)

// Proof shows that an act is in the record: with the leaf and these hashes
// anybody computes the root that the checkpoint signs.
type Proof struct {
	Index      int64 // of the leaf, from 0
	Leaf       string
	Hashes     []tlog.Hash // from the leaf's neighbour up
	Checkpoint Checkpoint
}

const proofHead = "c2sp.org/tlog-proof@v1"

// ErrProof says that a proof does not lead from the leaf to the signed root.
var ErrProof = errors.New("the proof does not lead from the act to the signed root")

// Proof is the proof of an event in the newest checkpoint, NotFound when the
// record does not hold the event.
func (r *Record) Proof(ctx context.Context, eventID string) (Proof, error) {
	row, err := leafOfEvent(ctx, r.db, eventID)
	if err != nil {
		return Proof{}, err
	}
	return r.prove(ctx, row)
}

// ProofAt is the proof of the act at an index, from 0.
func (r *Record) ProofAt(ctx context.Context, index int64) (Proof, error) {
	row, err := leafAt(ctx, r.db, index)
	if err != nil {
		return Proof{}, err
	}
	return r.prove(ctx, row)
}

func (r *Record) prove(ctx context.Context, row leafRow) (Proof, error) {
	cp, err := r.Checkpoint(ctx)
	if err != nil {
		return Proof{}, err
	}
	hashes, err := tlog.ProveRecord(cp.Size, row.Index, stored(ctx, r.db))
	if err != nil {
		return Proof{}, fmt.Errorf("prove act %d: %w", row.Index, err)
	}
	return Proof{Index: row.Index, Leaf: row.Leaf, Hashes: hashes, Checkpoint: cp}, nil
}

// Consistency proves that the record of size before is the beginning of the
// record of size now. Sizes that the record never had are Invalid.
func (r *Record) Consistency(ctx context.Context, before, now int64) (tlog.TreeProof, error) {
	size, _, err := r.Head(ctx)
	if err != nil {
		return nil, err
	}
	if before < 1 || before > now || now > size {
		return nil, fault.New(fault.Invalid, "record.sizes", "size", size)
	}
	return tlog.ProveTree(now, before, stored(ctx, r.db))
}

// String is the proof in the form of c2sp.org/tlog-proof, without the leaf.
func (p Proof) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nindex %d\n", proofHead, p.Index)
	for _, h := range p.Hashes {
		fmt.Fprintln(&b, h)
	}
	return b.String() + "\n" + p.Checkpoint.Note
}

// ParseProof reads what String writes and checks the signature of its
// checkpoint; the leaf is left empty. Errors are those of OpenCheckpoint.
func ParseProof(text, verifier string) (Proof, error) {
	top, checkpoint, ok := strings.Cut(text, "\n\n")
	lines := strings.Split(top, "\n")
	if !ok || lines[0] != proofHead {
		return Proof{}, ErrForm
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return Proof{}, ErrForm
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	if err != nil {
		return Proof{}, ErrForm
	}
	p := Proof{Index: index}
	for _, line := range lines[1:] {
		h, err := tlog.ParseHash(line)
		if err != nil {
			return Proof{}, ErrForm
		}
		p.Hashes = append(p.Hashes, h)
	}
	p.Checkpoint, err = OpenCheckpoint(checkpoint, verifier)
	return p, err
}

// Check is nil when the proof leads from the leaf to the root of the checkpoint,
// otherwise ErrProof. The checkpoint's signature is checked where it is opened.
func (p Proof) Check(leaf string) error {
	h := tlog.RecordHash([]byte(leaf))
	if tlog.CheckRecord(p.Hashes, p.Checkpoint.Size, p.Checkpoint.Root, p.Index, h) != nil {
		return ErrProof
	}
	return nil
}

// Step is one line of a proof drawn as a path: the hash so far and its neighbour
// give the next one.
type Step struct {
	Neighbour tlog.Hash
	Left      bool // the neighbour stands to the left
	Sum       tlog.Hash
}

// Path is the way from the leaf's hash to the root, the steps of the proof.
func (p Proof) Path() []Step {
	h := tlog.RecordHash([]byte(p.Leaf))
	steps := make([]Step, 0, len(p.Hashes))
	at, last := p.Index, p.Checkpoint.Size-1
	for _, n := range p.Hashes {
		for at&1 == 0 && at == last { // no neighbour on this level: the node rises as it is
			at, last = at>>1, last>>1
		}
		s := Step{Neighbour: n, Left: at&1 == 1}
		if s.Left {
			h = tlog.NodeHash(n, h)
		} else {
			h = tlog.NodeHash(h, n)
		}
		s.Sum = h
		steps = append(steps, s)
		at, last = at>>1, last>>1
	}
	return steps
}

// Root is the root that the proof leads to from its leaf, which is that of the
// checkpoint when the leaf is the one recorded.
func (p Proof) Root() tlog.Hash {
	if path := p.Path(); len(path) > 0 {
		return path[len(path)-1].Sum
	}
	return tlog.RecordHash([]byte(p.Leaf))
}
