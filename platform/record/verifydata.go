package record

import (
	"context"
	"fmt"
	"math"

	"golang.org/x/mod/sumdb/tlog"

	"ronda/platform/db"
	"ronda/platform/event"
)

// verifyPage is how many rows a check holds at once.
const verifyPage = 256

// VerifyData checks the record in a database: every leaf against its event,
// every hash, every checkpoint, the witness file and the checkpoints kept
// elsewhere. The database may be serving meanwhile. The error is that of a
// database that cannot be read; what is wrong with the record is in the result.
func VerifyData(ctx context.Context, d *db.DB, check Check) (Result, error) {
	c, err := newChecker(check.Verifier, check.Since)
	if err != nil {
		return Result{}, err
	}
	c.result.Given = true
	gone := c.witness(check.Witness) // before the tables: it may grow but not shrink meanwhile
	reach, ok, err := extentOf(ctx, d)
	if err != nil {
		return Result{}, err
	}
	if gone && reach.Leaves > 0 {
		c.result.find(Finding{Kind: FoundWitnessGone, Index: -1})
	}
	v := newDataCheck(c, d, reach, check.Progress)
	v.head(ok)
	if err := v.leaves(ctx); err != nil {
		return Result{}, err
	}
	if err := v.marks(ctx); err != nil {
		return Result{}, err
	}
	return c.finish(), nil
}

// witness keeps the checkpoint of the witness file; gone says that there is none.
func (c *checker) witness(path string) (gone bool) {
	if path == "" {
		return false
	}
	cp, ok, err := readWitness(path, c.result.Verifier)
	switch {
	case err != nil:
		c.result.find(Finding{Kind: FoundKept, Index: -1, Detail: err.Error()})
	case ok:
		c.keep(cp.Note)
	}
	return err == nil && !ok
}

// dataCheck compares the tables with each other while the checker walks.
type dataCheck struct {
	*checker
	db          *db.DB
	events      *event.Log
	reach       extent
	progress    func(done, total int64)
	hashes      cursor[hashRow]
	checkpoints cursor[checkpointRow]
	hashAt      int64 // stored hash index of the next hash
}

func newDataCheck(c *checker, d *db.DB, reach extent, progress func(done, total int64)) *dataCheck {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	return &dataCheck{checker: c, db: d, events: event.New(d), reach: reach, progress: progress,
		hashes: cursor[hashRow]{from: math.MinInt64, position: func(r hashRow) int64 { return r.Index },
			read: func(ctx context.Context, from int64) ([]hashRow, error) {
				return hashesFrom(ctx, d, from, reach.LastHash+1, verifyPage)
			}},
		checkpoints: cursor[checkpointRow]{from: math.MinInt64, position: func(r checkpointRow) int64 { return r.Size },
			read: func(ctx context.Context, from int64) ([]checkpointRow, error) {
				return checkpointsFrom(ctx, d, from, reach.LastCheckpoint+1, verifyPage)
			}},
	}
}

// head judges the one row of the head.
func (v *dataCheck) head(ok bool) {
	switch {
	case !ok:
		v.result.find(Finding{Kind: FoundHead, Index: -1, Detail: "no head"})
		return
	case v.reach.Head != v.reach.Leaves || v.reach.Head != v.reach.LastLeaf+1:
		v.result.find(Finding{Kind: FoundHead, Index: v.reach.Head, Detail: fmt.Sprintf("%d acts, the last is %d", v.reach.Leaves, v.reach.LastLeaf)})
	}
	if (v.reach.Leaves > 0 || v.reach.Verifier != "") && v.reach.Verifier != v.result.Verifier {
		v.result.find(Finding{Kind: FoundKey, Index: -1, Detail: v.reach.Verifier})
	}
}

// leaves walks the leaves with their events, hashes and checkpoints.
func (v *dataCheck) leaves(ctx context.Context) error {
	for from := int64(math.MinInt64); ; {
		rows, err := leavesFrom(ctx, v.db, from, v.reach.LastLeaf+1, verifyPage)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return v.rest(ctx)
		}
		if err := v.page(ctx, rows); err != nil {
			return err
		}
		from = rows[len(rows)-1].Index + 1
		v.progress(v.tree.size, v.reach.Leaves)
	}
}

func (v *dataCheck) page(ctx context.Context, rows []leafRow) error {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.Event
	}
	held, err := v.events.Held(ctx, ids)
	if err != nil {
		return err
	}
	for _, row := range rows {
		leaf, hashes, ok := v.leaf(row.Index, row.Leaf)
		if ok {
			v.compare(row, leaf, held)
		}
		if err := v.compareHashes(ctx, hashes); err != nil {
			return err
		}
		if err := v.checkpointsUpTo(ctx, v.tree.size); err != nil {
			return err
		}
	}
	return nil
}

// compare holds a leaf against the event it is of.
func (v *dataCheck) compare(row leafRow, leaf Leaf, held map[string]event.Held) {
	find := func(kind FindingKind, field, detail string) {
		v.result.find(Finding{Kind: kind, Index: row.Index, Event: row.Event, Field: field, Detail: detail})
	}
	if row.Event != leaf.ID {
		find(FoundMisfiled, "", leaf.ID)
		return
	}
	h, ok := held[row.Event]
	switch {
	case !ok:
		find(FoundGone, "", "")
		return
	case h.Err != nil:
		find(FoundUnreadable, "", h.Err.Error())
		return
	case !h.Public:
		find(FoundHidden, "", "")
	case h.Unrecorded:
		find(FoundMark, "", "")
	}
	want := leafOf(h.Event, leaf.Recorded)
	v.texts(row.Index, leaf, h.Text, h.TextSalt)
	fields := differences(want, leaf)
	for _, field := range fields {
		find(FoundChanged, field, "")
	}
	want.Text = leaf.Text
	text, err := want.encode()
	if err != nil {
		find(FoundUnreadable, "", err.Error())
	} else if len(fields) == 0 && string(text) != row.Leaf {
		find(FoundChanged, "leaf", "")
	}
}

// compareHashes holds the stored hashes against those computed.
func (v *dataCheck) compareHashes(ctx context.Context, hashes []tlog.Hash) error {
	for _, h := range hashes {
		row, ok, err := v.hashBefore(ctx, v.hashAt+1)
		if err != nil {
			return err
		}
		if !ok || string(row.Hash) != string(h[:]) {
			v.result.find(Finding{Kind: FoundHash, Index: v.hashAt})
		}
		v.hashAt++
	}
	return nil
}

// hashBefore takes the stored hashes below the index and gives the one just
// below; the others are too many.
func (v *dataCheck) hashBefore(ctx context.Context, index int64) (row hashRow, ok bool, err error) {
	for {
		r, more, err := v.hashes.below(ctx, index)
		if err != nil || !more {
			return row, ok, err
		}
		if r.Index == index-1 {
			row, ok = r, true
		} else {
			v.result.find(Finding{Kind: FoundHash, Index: r.Index})
		}
	}
}

func (v *dataCheck) checkpointsUpTo(ctx context.Context, size int64) error {
	for {
		row, more, err := v.checkpoints.below(ctx, size+1)
		if err != nil || !more {
			return err
		}
		v.checkpoint(row.Note, row.Size, row.At)
	}
}

// rest finds hashes and checkpoints that belong to no leaf.
func (v *dataCheck) rest(ctx context.Context) error {
	if _, ok, err := v.hashBefore(ctx, math.MaxInt64); err != nil {
		return err
	} else if ok {
		v.result.find(Finding{Kind: FoundHash, Index: math.MaxInt64 - 1})
	}
	return v.checkpointsUpTo(ctx, math.MaxInt64-1)
}

// marks finds public events without a leaf that do not wait for one, and counts
// those that wait.
func (v *dataCheck) marks(ctx context.Context) error {
	for after := ""; ; {
		page, err := v.events.Marks(ctx, after, verifyPage)
		if err != nil || len(page) == 0 {
			return err
		}
		after = page[len(page)-1].ID
		ids, err := recordedBetween(ctx, v.db, page[0].ID, after)
		if err != nil {
			return err
		}
		if err := v.unrecorded(ctx, page, ids); err != nil {
			return err
		}
	}
}

// unrecorded judges the events of a page that are not among the recorded ids.
func (v *dataCheck) unrecorded(ctx context.Context, page []event.Mark, recorded []string) error {
	has := make(map[string]bool, len(recorded))
	for _, id := range recorded {
		has[id] = true
	}
	var waiting []string
	for _, m := range page {
		switch {
		case has[m.ID]:
		case m.Unrecorded:
			waiting = append(waiting, m.ID)
		default:
			v.result.find(Finding{Kind: FoundUnrecorded, Index: -1, Event: m.ID})
		}
	}
	v.result.Waiting += int64(len(waiting))
	held, err := v.events.Held(ctx, waiting)
	for _, h := range held {
		if h.Kind == event.Erased { // erased a moment ago: the record will say so
			v.erased[textName{h.Subject.ID, h.Data["text"]}] = true
		}
	}
	return err
}
