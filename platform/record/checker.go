package record

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"ronda/platform/event"
)

// Check says how the record is to be checked.
type Check struct {
	Verifier string                  // public key; may be empty only for an export, which names one
	Witness  string                  // path of the witness file; empty for none. Only of a database
	Since    []string                // checkpoints kept elsewhere, which the record must extend
	Progress func(done, total int64) // told now and then; total is 0 while unknown. May be nil
}

// checker walks the leaves in order with everything known about them so far.
type checker struct {
	verifier note.Verifier
	tree     tree
	skipped  int64 // acts that are not in what is checked, of which the numbers tell
	gap      bool  // one was missing: later roots cannot be computed
	result   Result
	recorded time.Time    // of the last leaf
	signed   int64        // size of the last checkpoint
	kept     []Checkpoint // from elsewhere, by size

	missing map[textName]Finding // texts that are not there
	erased  map[textName]bool    // texts that an act says were erased
}

type textName struct{ event, name string }

func newChecker(verifier string, since []string) (*checker, error) {
	v, err := note.NewVerifier(verifier)
	if err != nil {
		return nil, fmt.Errorf("verifier key %q: %w", verifier, err)
	}
	c := &checker{verifier: v, missing: map[textName]Finding{}, erased: map[textName]bool{}}
	c.result.Verifier = verifier
	for _, text := range since {
		c.keep(text)
	}
	return c, nil
}

// keep takes a checkpoint from elsewhere, against which the record is held.
func (c *checker) keep(text string) {
	cp, err := openCheckpoint(text, c.verifier)
	if err != nil {
		c.result.find(Finding{Kind: FoundKept, Index: -1, Detail: err.Error()})
		return
	}
	c.kept = append(c.kept, cp)
	slices.SortFunc(c.kept, func(a, b Checkpoint) int { return cmp.Compare(a.Size, b.Size) })
}

// at is the number that the next leaf should have.
func (c *checker) at() int64 { return c.tree.size + c.skipped }

// skip notes that the acts before the number next are missing, once for all of
// them, and goes on from there: what follows is still compared, but for the roots
// of seals, which need every act.
func (c *checker) skip(next int64) {
	at := c.at()
	c.holdAgainst(at)
	c.result.find(Finding{Kind: FoundMissing, Index: at, Detail: strconv.FormatInt(next-at, 10)})
	c.skipped, c.gap = c.skipped+next-at, true
}

// leaf takes the next leaf and gives it parsed, with the hashes it completes; ok
// is false when it cannot be read.
func (c *checker) leaf(index int64, text string) (leaf Leaf, hashes []tlog.Hash, ok bool) {
	if index != c.at() {
		c.result.find(Finding{Kind: FoundOrder, Index: index, Detail: fmt.Sprintf("expected %d", c.at())})
	}
	if c.gap && index < c.at() {
		c.skipped-- // one that was missed stands here: those after it are still in step
	}
	leaf, err := parseLeaf([]byte(text))
	if err != nil {
		c.result.find(Finding{Kind: FoundUnreadable, Index: index, Detail: err.Error()})
	} else {
		c.batch(leaf)
	}
	c.holdAgainst(c.at())
	hashes = c.tree.add([]byte(text))
	c.result.Acts++
	if leaf.Kind == event.Erased {
		c.erased[textName{leaf.Subject.ID, leaf.Data["text"]}] = true
	}
	return leaf, hashes, err == nil
}

// batch finds a checkpoint that is missing: leaves of one batch share the time
// at which they were recorded, and each batch was signed.
func (c *checker) batch(leaf Leaf) {
	at := c.at()
	if c.tree.size > 0 && leaf.Recorded.After(c.recorded) && c.signed != at {
		c.result.find(Finding{Kind: FoundUnsigned, Index: at})
	}
	if leaf.Recorded.Before(c.recorded) || (c.signed == at && c.signed > 0 && !leaf.Recorded.After(c.recorded)) {
		c.result.find(Finding{Kind: FoundOrder, Index: at, Event: leaf.ID, Field: "recorded"})
	}
	c.recorded = leaf.Recorded
}

// checkpoint takes a checkpoint that stands after the leaves so far. at is when
// it was signed, the zero time when that is not known.
func (c *checker) checkpoint(text string, size int64, at time.Time) {
	cp, err := openCheckpoint(text, c.verifier)
	c.result.Checkpoints++
	switch {
	case errors.Is(err, ErrSignature):
		c.result.find(Finding{Kind: FoundSignature, Index: size})
	case err != nil:
		c.result.find(Finding{Kind: FoundCheckpoint, Index: size, Detail: err.Error()})
	case cp.Size != size || size != c.at():
		c.result.find(Finding{Kind: FoundCheckpoint, Index: size, Detail: fmt.Sprintf("signs %d acts, stands after %d", cp.Size, c.tree.size)})
	case !c.gap && cp.Root != c.tree.root():
		c.result.find(Finding{Kind: FoundRoot, Index: size})
	case !at.IsZero() && !at.Equal(c.recorded):
		c.result.find(Finding{Kind: FoundCheckpoint, Index: size, Detail: "misdated"})
	}
	if err == nil && size == c.at() {
		c.signed, c.result.Newest = size, cp
	}
}

// holdAgainst compares the first size acts with the checkpoints kept elsewhere.
func (c *checker) holdAgainst(size int64) {
	for len(c.kept) > 0 && c.kept[0].Size <= size {
		switch {
		case c.gap: // nobody can say: acts that it signs are missing
		case c.kept[0].Size < size || c.kept[0].Root != c.tree.root():
			c.result.find(Finding{Kind: FoundRewritten, Index: c.kept[0].Size})
		default:
			c.result.Kept++
		}
		c.kept = c.kept[1:]
	}
}

// texts compares the texts of an act with the digests of its leaf; salt gives
// the salt of a text.
func (c *checker) texts(index int64, leaf Leaf, texts map[string]string, salt func(name string) string) {
	for name, digest := range leaf.Text {
		f := Finding{Kind: FoundChanged, Index: index, Event: leaf.ID, Field: "text." + name}
		text, ok := texts[name]
		if !ok {
			f.Kind = FoundTextGone
			c.missing[textName{leaf.ID, name}] = f
			continue
		}
		c.result.Texts++
		if event.Digest(salt(name), text) != digest {
			c.result.find(f)
		}
	}
	for name := range texts {
		if _, ok := leaf.Text[name]; !ok {
			c.result.find(Finding{Kind: FoundChanged, Index: index, Event: leaf.ID, Field: "text." + name})
		}
	}
}

// finish judges what only the end shows.
func (c *checker) finish() Result {
	c.holdAgainst(c.at())
	for _, cp := range c.kept {
		c.result.find(Finding{Kind: FoundDropped, Index: cp.Size, Detail: fmt.Sprintf("%d acts are left", c.at())})
	}
	if c.at() != c.signed {
		c.result.find(Finding{Kind: FoundUnsigned, Index: c.at()})
	}
	var gone []Finding
	for name, f := range c.missing {
		if c.erased[name] {
			c.result.Erased++
		} else {
			gone = append(gone, f)
		}
	}
	slices.SortFunc(gone, func(a, b Finding) int { return cmp.Or(cmp.Compare(a.Index, b.Index), cmp.Compare(a.Field, b.Field)) })
	for _, f := range gone {
		c.result.find(f)
	}
	return c.result
}
