package record

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"ronda/platform/db"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "record", FS: migrations}

type leafRow struct {
	Index int64  `db:"idx"`
	Event string `db:"event_id"`
	Leaf  string `db:"leaf"`
}

type hashRow struct {
	Index int64  `db:"idx"`
	Hash  []byte `db:"hash"`
}

type checkpointRow struct {
	Size int64     `db:"size"`
	Note string    `db:"note"`
	At   time.Time `db:"at"`
}

type headRow struct {
	Size     int64  `db:"size"`
	Verifier string `db:"verifier"`
}

func headOf(ctx context.Context, d *db.DB) (headRow, error) {
	return db.One[headRow](ctx, d, `SELECT size, verifier FROM record_head WHERE one = 1`)
}

// claim makes the database belong to a key if it belongs to none, and gives the
// one it belongs to. Of two copies of the program that start at once one is first.
func claim(ctx context.Context, d *db.DB, verifier string) (owner string, err error) {
	err = d.Write(ctx, func(ctx context.Context) error {
		if _, err := d.Exec(ctx, `UPDATE record_head SET verifier = $1 WHERE one = 1 AND verifier = ''`, verifier); err != nil {
			return err
		}
		h, err := headOf(ctx, d)
		owner = h.Verifier
		return err
	})
	return owner, err
}

// latest is the newest checkpoint row, ok false while nothing is recorded.
func latest(ctx context.Context, d *db.DB) (row checkpointRow, ok bool, err error) {
	return db.Find[checkpointRow](ctx, d, `SELECT size, note, at FROM record_checkpoint ORDER BY size DESC LIMIT 1`)
}

func leafAt(ctx context.Context, d *db.DB, index int64) (leafRow, error) {
	return db.One[leafRow](ctx, d, `SELECT idx, event_id, leaf FROM record_leaf WHERE idx = $1`, index)
}

func leafOfEvent(ctx context.Context, d *db.DB, id string) (leafRow, error) {
	return db.One[leafRow](ctx, d, `SELECT idx, event_id, leaf FROM record_leaf WHERE event_id = $1`, id)
}

// leavesFrom is a page of leaves with from <= idx < before, in order.
func leavesFrom(ctx context.Context, d *db.DB, from, before int64, limit int) ([]leafRow, error) {
	return db.Query[leafRow](ctx, d, `SELECT idx, event_id, leaf FROM record_leaf WHERE idx >= $1 AND idx < $2
		ORDER BY idx LIMIT $3`, from, before, limit)
}

// checkpointsFrom is a page of checkpoints with from <= size < before, in order.
func checkpointsFrom(ctx context.Context, d *db.DB, from, before int64, limit int) ([]checkpointRow, error) {
	return db.Query[checkpointRow](ctx, d, `SELECT size, note, at FROM record_checkpoint WHERE size >= $1 AND size < $2
		ORDER BY size LIMIT $3`, from, before, limit)
}

// hashesFrom is a page of stored hashes with from <= idx < before, in order.
func hashesFrom(ctx context.Context, d *db.DB, from, before int64, limit int) ([]hashRow, error) {
	return db.Query[hashRow](ctx, d, `SELECT idx, hash FROM record_hash WHERE idx >= $1 AND idx < $2
		ORDER BY idx LIMIT $3`, from, before, limit)
}

// recordedBetween is the ids of the events with a leaf and first <= id <= last.
func recordedBetween(ctx context.Context, d *db.DB, first, last string) ([]string, error) {
	return db.Query[string](ctx, d, `SELECT event_id FROM record_leaf WHERE event_id >= $1 AND event_id <= $2`, first, last)
}

// extent is how far the tables reach, read in one statement so that it holds
// together while acts are added.
type extent struct {
	Head           int64  `db:"size"`
	Verifier       string `db:"verifier"`
	Leaves         int64  `db:"leaves"`
	LastLeaf       int64  `db:"last_leaf"`
	LastHash       int64  `db:"last_hash"`
	LastCheckpoint int64  `db:"last_checkpoint"`
}

func extentOf(ctx context.Context, d *db.DB) (extent, bool, error) {
	return db.Find[extent](ctx, d, `SELECT size, verifier,
		(SELECT count(*) FROM record_leaf) AS leaves,
		(SELECT coalesce(max(idx), -1) FROM record_leaf) AS last_leaf,
		(SELECT coalesce(max(idx), -1) FROM record_hash) AS last_hash,
		(SELECT coalesce(max(size), 0) FROM record_checkpoint) AS last_checkpoint
		FROM record_head WHERE one = 1`)
}

// stored reads the tree's hashes from the database, for proofs and roots.
func stored(ctx context.Context, d *db.DB) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make(map[int64]tlog.Hash, len(indexes))
		for page := range slices.Chunk(indexes, inMax) {
			rows, err := db.Query[hashRow](ctx, d, `SELECT idx, hash FROM record_hash WHERE idx IN (`+marks+`)`, padded(page)...)
			if err != nil {
				return nil, err
			}
			for _, r := range rows {
				if len(r.Hash) == tlog.HashSize {
					found[r.Index] = tlog.Hash(r.Hash)
				}
			}
		}
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			h, ok := found[index]
			if !ok {
				return nil, fmt.Errorf("record: hash %d is missing", index)
			}
			out[i] = h
		}
		return out, nil
	})
}

// inMax is how many hashes one query asks for; a proof in a log of four thousand
// million acts needs no more. The text of the query is always the same, so that
// it is prepared once: a shorter list repeats its last index.
const inMax = 32

var marks = func() string {
	m := make([]string, inMax)
	for i := range m {
		m[i] = "$" + strconv.Itoa(i+1)
	}
	return strings.Join(m, ", ")
}()

func padded(indexes []int64) []any {
	out := make([]any, inMax)
	for i := range out {
		out[i] = indexes[min(i, len(indexes)-1)]
	}
	return out
}
