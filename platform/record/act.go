package record

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"ronda/platform/event"
	"ronda/platform/fault"
)

// Act is one act of the record with what is public of it now.
type Act struct {
	Index int64  // from 0; people count from 1, see Number
	Text  string // the leaf as it is hashed
	Leaf  Leaf
	Event event.Event // as its rows stand; without an ID when they are gone
	Texts []Text      // in order of name
}

// Text is a text of an act beside the digest in its leaf.
type Text struct {
	Name   string
	Text   string
	Salt   string
	Digest string // in the leaf
	Erased bool   // the text is gone; Text and Salt are empty
}

// Matches says whether the text is the one that was recorded.
func (t Text) Matches() bool { return !t.Erased && event.Digest(t.Salt, t.Text) == t.Digest }

// Number is the act's number as people count, from 1.
func (a Act) Number() int64 { return a.Index + 1 }

// Act is the act at an index from 0, NotFound when there is none.
func (r *Record) Act(ctx context.Context, index int64) (Act, error) {
	row, err := leafAt(ctx, r.db, index)
	if err != nil {
		return Act{}, err
	}
	acts, err := r.acts(ctx, []leafRow{row})
	if err != nil {
		return Act{}, err
	}
	return acts[0], nil
}

// Acts is a page of acts in order: those with from <= index < before.
func (r *Record) Acts(ctx context.Context, from, before int64) ([]Act, error) {
	if before-from > exportPage {
		before = from + exportPage
	}
	rows, err := leavesFrom(ctx, r.db, from, before, exportPage)
	if err != nil {
		return nil, err
	}
	return r.acts(ctx, rows)
}

// IndexOf is where the act of an event stands; NotFound when the record does not
// hold the event, which may still be waiting.
func (r *Record) IndexOf(ctx context.Context, eventID string) (int64, error) {
	row, err := leafOfEvent(ctx, r.db, eventID)
	return row.Index, err
}

func (r *Record) acts(ctx context.Context, rows []leafRow) ([]Act, error) {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.Event
	}
	held, err := r.events.Held(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Act, len(rows))
	for i, row := range rows {
		leaf, err := parseLeaf([]byte(row.Leaf))
		if err != nil {
			return nil, fmt.Errorf("act %d: %w", row.Index, err)
		}
		out[i] = Act{Index: row.Index, Text: row.Leaf, Leaf: leaf}
		if h := held[row.Event]; h.Public { // what was hidden is for verify to tell
			out[i].Event = h.Event
		}
		out[i].Texts = textsOf(leaf, out[i].Event)
	}
	return out, nil
}

// textsOf is the texts that a leaf commits to, those that are gone included.
func textsOf(leaf Leaf, e event.Event) []Text {
	var out []Text
	for _, name := range slices.Sorted(maps.Keys(leaf.Text)) {
		t := Text{Name: name, Digest: leaf.Text[name], Erased: true}
		if text, ok := e.Text[name]; ok {
			t.Text, t.Salt, t.Erased = text, e.TextSalt(name), false
		}
		out = append(out, t)
	}
	return out
}

// Hold holds the record against a checkpoint that somebody kept: found is nil
// when the record still begins with the acts that the checkpoint signs,
// otherwise FoundKept (not a checkpoint of this record), FoundDropped or
// FoundRewritten.
func (r *Record) Hold(ctx context.Context, kept string) (cp Checkpoint, found *Finding, err error) {
	cp, err = OpenCheckpoint(kept, r.Verifier())
	if errors.Is(err, ErrForm) || errors.Is(err, ErrSignature) {
		return cp, &Finding{Kind: FoundKept, Index: -1, Detail: err.Error()}, nil
	}
	if err != nil {
		return cp, nil, err
	}
	newest, err := r.Checkpoint(ctx)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return cp, nil, err
	}
	if cp.Size > newest.Size {
		return cp, &Finding{Kind: FoundDropped, Index: cp.Size, Detail: fmt.Sprintf("%d acts are left", newest.Size)}, nil
	}
	root, err := tlog.TreeHash(cp.Size, stored(ctx, r.db))
	if err == nil && root != cp.Root {
		found = &Finding{Kind: FoundRewritten, Index: cp.Size}
	}
	return cp, found, err
}
