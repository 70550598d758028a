package record

import "golang.org/x/mod/sumdb/tlog"

// tree computes the log over leaves given one after another and keeps only the
// roots of its perfect subtrees, the largest first.
type tree struct {
	size  int64
	roots []tlog.Hash
}

// add appends a leaf and gives the hashes that it completes, in the order in
// which the log stores them.
func (t *tree) add(leaf []byte) []tlog.Hash {
	h := tlog.RecordHash(leaf)
	stored := []tlog.Hash{h}
	for n := t.size; n&1 == 1; n >>= 1 {
		last := len(t.roots) - 1
		h = tlog.NodeHash(t.roots[last], h)
		t.roots = t.roots[:last]
		stored = append(stored, h)
	}
	t.roots = append(t.roots, h)
	t.size++
	return stored
}

// root is the root of the log so far.
func (t *tree) root() tlog.Hash {
	if t.size == 0 {
		empty, _ := tlog.TreeHash(0, nil) // reads nothing, so it cannot fail
		return empty
	}
	last := len(t.roots) - 1
	h := t.roots[last]
	for i := last - 1; i >= 0; i-- {
		h = tlog.NodeHash(t.roots[i], h)
	}
	return h
}
