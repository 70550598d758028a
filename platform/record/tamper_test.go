package record_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/record"
)

// The forger reaches into the rows of other packages, which the program itself
// never does; hence the names of tables are put together here.
const (
	eventTable = "event" + "_event"
	aboutTable = "event" + "_about"
)

// errUndo ends a forgery: the transaction rolls back and the next one finds an
// honest database.
var errUndo = errors.New("undo")

// forged runs a forgery, checks the record with it in place, and undoes it.
func (c *city) forged(forge func(tx *sql.Tx) error) (res record.Result) {
	c.t.Helper()
	err := c.db.Write(c.t.Context(), func(ctx context.Context) (err error) {
		if err = forge(c.db.Tx(ctx)); err != nil {
			return err
		}
		if res, err = record.VerifyData(ctx, c.db, c.check()); err != nil {
			return err
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		c.t.Fatal(err)
	}
	return res
}

// exec runs statements of a forger.
func exec(tx *sql.Tx, statements ...string) error {
	for _, s := range statements {
		if _, err := tx.Exec(s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// dropLast removes the last act with its event, hashes and checkpoint for good.
func (c *city) dropLast() {
	c.t.Helper()
	c.write(func(ctx context.Context) error { return c.forgeDrop(c.db.Tx(ctx)) })
}

func (c *city) forgeDrop(tx *sql.Tx) error {
	var left int64 // the acts that the checkpoint before the newest signs
	if err := tx.QueryRow("SELECT max(size) FROM record_checkpoint WHERE size < " + fmt.Sprint(len(c.ids))).Scan(&left); err != nil {
		return err
	}
	for _, id := range c.ids[left:] {
		err := exec(tx, "DELETE FROM "+aboutTable+" WHERE event_id = '"+id+"'", "DELETE FROM "+eventTable+" WHERE id = '"+id+"'",
			"DELETE FROM record_leaf WHERE event_id = '"+id+"'")
		if err != nil {
			return err
		}
	}
	return exec(tx, fmt.Sprintf("DELETE FROM record_checkpoint WHERE size > %d", left),
		fmt.Sprintf("DELETE FROM record_hash WHERE idx >= %d", tlog.StoredHashCount(left)),
		fmt.Sprintf("UPDATE record_head SET size = %d", left))
}

func TestForgeriesAreFound(t *testing.T) {
	both(t, func(t *testing.T, c *city) {
		c.acts(8)
		one := " WHERE id = '" + c.ids[3] + "'"
		other, err := record.New(t.Context(), dbtest.SQLite(t, tables...), event.New(c.db), record.Options{Key: c.key + "2", Origin: origin})
		if err != nil {
			t.Fatal(err)
		}
		for name, f := range map[string]struct {
			want   record.FindingKind
			forge  []string
			verify string // key, when not the city's
		}{
			"a changed figure":            {want: record.FoundChanged, forge: []string{"UPDATE " + eventTable + ` SET data = '{"step":"5","result":"signed"}'` + one}},
			"a changed kind":              {want: record.FoundChanged, forge: []string{"UPDATE " + eventTable + " SET kind = 'roundtable.returned'" + one}},
			"a changed date":              {want: record.FoundChanged, forge: []string{"UPDATE " + eventTable + " SET at = at + 1" + one}},
			"another person":              {want: record.FoundChanged, forge: []string{"UPDATE " + eventTable + " SET person = 'somebody else'" + one}},
			"another post":                {want: record.FoundChanged, forge: []string{"UPDATE " + eventTable + " SET post = 'minister'" + one}},
			"a changed text":              {want: record.FoundChanged, forge: []string{"UPDATE " + eventTable + ` SET text = '{"remarks":"más sombra","title":"Ñandú <b>"}'` + one}},
			"an added text":               {want: record.FoundChanged, forge: []string{"UPDATE " + eventTable + ` SET text = '{"remarks":"más luz 3","title":"Ñandú <b>","note":"x"}'` + one}},
			"a removed text":              {want: record.FoundTextGone, forge: []string{"UPDATE " + eventTable + ` SET text = '{"title":"Ñandú <b>"}'` + one}},
			"a changed salt":              {want: record.FoundChanged, forge: []string{"UPDATE " + eventTable + " SET salt = 'x'" + one}},
			"a hidden act":                {want: record.FoundHidden, forge: []string{"UPDATE " + eventTable + " SET public = FALSE" + one, "UPDATE " + aboutTable + " SET public = FALSE WHERE event_id = '" + c.ids[3] + "'"}},
			"hidden from one history":     {want: record.FoundUnreadable, forge: []string{"UPDATE " + aboutTable + " SET public = FALSE WHERE subject_kind = 'axis' AND event_id = '" + c.ids[3] + "'"}},
			"taken out of one history":    {want: record.FoundChanged, forge: []string{"DELETE FROM " + aboutTable + " WHERE subject_kind = 'axis' AND event_id = '" + c.ids[3] + "'"}},
			"taken out of its own":        {want: record.FoundUnreadable, forge: []string{"DELETE FROM " + aboutTable + " WHERE subject_kind = 'initiative' AND event_id = '" + c.ids[3] + "'"}},
			"slipped into a history":      {want: record.FoundChanged, forge: []string{"INSERT INTO " + aboutTable + " VALUES ('goal', 'g', '" + c.ids[3] + "', TRUE)"}},
			"a deleted event":             {want: record.FoundGone, forge: []string{"DELETE FROM " + aboutTable + " WHERE event_id = '" + c.ids[3] + "'", "DELETE FROM " + eventTable + one}},
			"a deleted leaf":              {want: record.FoundUnrecorded, forge: []string{"DELETE FROM record_leaf WHERE idx = 3"}},
			"an inserted leaf":            {want: record.FoundRoot, forge: []string{"UPDATE record_leaf SET idx = idx + 100 WHERE idx > 5", "INSERT INTO record_leaf SELECT 6, 'x', leaf FROM record_leaf WHERE idx = 5", "UPDATE record_leaf SET idx = idx - 99 WHERE idx > 50"}},
			"a leaf at the end":           {want: record.FoundUnsigned, forge: []string{"INSERT INTO record_leaf SELECT 8, 'x', leaf FROM record_leaf WHERE idx = 5", "UPDATE record_head SET size = 9"}},
			"swapped order":               {want: record.FoundRoot, forge: []string{"UPDATE record_leaf SET idx = -1 WHERE idx = 3", "UPDATE record_leaf SET idx = 3 WHERE idx = 4", "UPDATE record_leaf SET idx = 4 WHERE idx = -1"}},
			"swapped events of leaves":    {want: record.FoundMisfiled, forge: []string{"UPDATE record_leaf SET event_id = 'x' WHERE idx = 3", "UPDATE record_leaf SET event_id = '" + c.ids[3] + "' WHERE idx = 4", "UPDATE record_leaf SET event_id = '" + c.ids[4] + "' WHERE idx = 3"}},
			"leaf and event changed":      {want: record.FoundRoot, forge: []string{"UPDATE " + eventTable + " SET post = 'minister'" + one, "UPDATE record_leaf SET leaf = replace(leaf, 'mayor', 'minister') WHERE idx = 3"}},
			"a changed hash":              {want: record.FoundHash, forge: []string{"UPDATE record_hash SET hash = (SELECT hash FROM record_hash WHERE idx = 2) WHERE idx = 5"}},
			"a missing hash":              {want: record.FoundHash, forge: []string{"DELETE FROM record_hash WHERE idx = 5"}},
			"a hash too many":             {want: record.FoundHash, forge: []string{"INSERT INTO record_hash SELECT 999, hash FROM record_hash WHERE idx = 5"}},
			"a missing checkpoint":        {want: record.FoundUnsigned, forge: []string{"DELETE FROM record_checkpoint WHERE size = 8"}},
			"a missing older checkpoint":  {want: record.FoundUnsigned, forge: []string{"DELETE FROM record_checkpoint WHERE size = 3"}},
			"a checkpoint in two places":  {want: record.FoundCheckpoint, forge: []string{"INSERT INTO record_checkpoint SELECT 4, note, at FROM record_checkpoint WHERE size = 3"}},
			"a misdated checkpoint":       {want: record.FoundCheckpoint, forge: []string{"UPDATE record_checkpoint SET at = at + 1 WHERE size = 3"}},
			"a checkpoint of another key": {want: record.FoundSignature, forge: []string{"UPDATE record_checkpoint SET note = replace(note, 'ronda.example', 'other.example') WHERE size = 8"}},
			"another key in the head":     {want: record.FoundKey, forge: []string{"UPDATE record_head SET verifier = '" + other.Verifier() + "'"}},
			"checked with another key":    {want: record.FoundSignature, verify: other.Verifier()},
			"no head":                     {want: record.FoundHead, forge: []string{"DELETE FROM record_head"}},
			"a head too high":             {want: record.FoundHead, forge: []string{"UPDATE record_head SET size = 9"}},
			"a reset mark":                {want: record.FoundMark, forge: []string{"UPDATE " + eventTable + " SET unrecorded = TRUE" + one}},
			"an event past the record":    {want: record.FoundUnrecorded, forge: []string{"INSERT INTO " + eventTable + " SELECT 'x', at, kind, subject_kind, subject_id, person, post, body, public, data, text, salt, pending, unrecorded FROM " + eventTable + one}},
			"a row that cannot be read":   {want: record.FoundUnreadable, forge: []string{"UPDATE " + eventTable + " SET data = 'x'" + one}},
			"a leaf that cannot be read":  {want: record.FoundUnreadable, forge: []string{"UPDATE record_leaf SET leaf = 'x' WHERE idx = 3"}},
		} {
			t.Run(name, func(t *testing.T) {
				res := c.forged(func(tx *sql.Tx) error { return exec(tx, f.forge...) })
				if f.verify != "" {
					check := c.check()
					check.Verifier = f.verify
					res, _ = record.VerifyData(t.Context(), c.db, check)
				}
				if !has(res, f.want) {
					t.Errorf("want %s, found %v", f.want, res.Findings)
				}
			})
		}
		if res := c.forged(func(*sql.Tx) error { return nil }); !res.OK() {
			t.Error("an honest database is accused: ", res.Findings)
		}
	})
}

// Dropping the last acts with everything that belongs to them leaves a database
// that agrees with itself; the witness file knows better.
func TestDroppingTheLastActsIsFound(t *testing.T) {
	both(t, func(t *testing.T, c *city) {
		c.acts(8)
		kept := c.checkpoint()
		c.dropLast()
		if res := c.verify(t.Context()); !has(res, record.FoundDropped) {
			t.Errorf("the witness finds %v", res.Findings)
		}
		if err := os.Remove(c.witness); err != nil {
			t.Fatal(err)
		}
		if res := c.verify(t.Context()); !has(res, record.FoundWitnessGone) || len(res.Findings) != 1 {
			t.Errorf("without the witness: %v", res.Findings)
		}
		check := c.check()
		check.Witness, check.Since = "", []string{kept.Note}
		if res, err := record.VerifyData(t.Context(), c.db, check); err != nil || !has(res, record.FoundDropped) {
			t.Errorf("a journalist finds %v, %v", res.Findings, err)
		}
	})
}

func TestAnErasedTextIsErasedNotForged(t *testing.T) {
	both(t, func(t *testing.T, c *city) {
		c.acts(5)
		c.write(func(ctx context.Context) error {
			return c.events.Erase(ctx, c.ids[2], "remarks", "personal_data", event.Actor{Post: "dpo"})
		})
		if res := c.verify(t.Context()); !res.OK() || res.Erased != 1 || res.Waiting != 1 {
			t.Errorf("before it is recorded: %+v", res)
		}
		c.sequence()
		if res := c.verify(t.Context()); !res.OK() || res.Erased != 1 || res.Texts != 9 {
			t.Errorf("%+v", res)
		}
	})
}

// Any change of any row that the record answers for is found. Not among them:
// whether listeners have heard of an event, and the lease.
func TestAnyTamperingIsFound(t *testing.T) {
	both(t, func(t *testing.T, c *city) {
		c.acts(10)
		tables := c.columns()
		rapid.Check(t, func(rt *rapid.T) {
			p := drawPlan(rt, tables)
			res := c.forged(p.forge)
			if res.OK() {
				rt.Fatalf("not found: %s", p.done)
			}
		})
	})
}

// plan is one forgery: the numbers choose among what is there.
type plan struct {
	table, column string
	columns       []string
	row           int
	remove        bool
	change, more  int    // which change of a value, and how big
	letter        string // what is slipped into a text
	done          string // what was done
}

func drawPlan(rt *rapid.T, tables map[string][]string) *plan {
	p := &plan{table: rapid.SampledFrom(slices.Sorted(maps.Keys(tables))).Draw(rt, "table")}
	p.columns = tables[p.table]
	p.column = rapid.SampledFrom(p.columns).Draw(rt, "column")
	p.row = rapid.IntRange(0, 1000).Draw(rt, "row")
	p.remove = rapid.IntRange(0, 4).Draw(rt, "remove") == 0
	p.change = rapid.IntRange(0, 1000).Draw(rt, "change")
	p.more = rapid.IntRange(1000, 1_000_000).Draw(rt, "more")
	p.letter = rapid.StringMatching(`[a-zñ]`).Draw(rt, "letter")
	return p
}

// columns lists the columns of every table that the record answers for.
func (c *city) columns() map[string][]string {
	c.t.Helper()
	out := map[string][]string{}
	c.write(func(ctx context.Context) error {
		for _, table := range []string{eventTable, aboutTable, "record_leaf", "record_hash", "record_checkpoint", "record_head"} {
			rows, err := c.db.Tx(ctx).Query("SELECT * FROM " + table + " WHERE 1 = 0")
			if err != nil {
				return err
			}
			cols, err := rows.Columns()
			if err = errors.Join(err, rows.Close()); err != nil {
				return err
			}
			out[table] = slices.DeleteFunc(cols, func(col string) bool { return slices.Contains([]string{"pending", "holder", "until", "one"}, col) })
		}
		return nil
	})
	return out
}

// forge changes or deletes the row.
func (p *plan) forge(tx *sql.Tx) error {
	row, where, args, err := p.pick(tx)
	if err != nil {
		return err
	}
	unbound := slices.Contains([]string{"id", "event_id"}, p.column) // the histories refer to it
	if p.table == eventTable && (p.remove || unbound) {
		if err := exec(tx, fmt.Sprintf("DELETE FROM %s WHERE event_id = '%s'", aboutTable, row["id"])); err != nil {
			return err
		}
	}
	if p.remove || (p.table == aboutTable && unbound) {
		p.done = fmt.Sprint("delete from ", p.table, row)
		_, err := tx.Exec("DELETE FROM "+p.table+where, args...)
		return err
	}
	value := p.changed(row[p.column])
	p.done = fmt.Sprintf("%s.%s of %v becomes %v", p.table, p.column, row, value)
	update := fmt.Sprintf("UPDATE %s SET %s = $%d", p.table, p.column, len(args)+1)
	_, err = tx.Exec(update+where, append(args, value)...)
	return err
}

// pick reads the row and makes the condition that finds it.
func (p *plan) pick(tx *sql.Tx) (row map[string]any, where string, values []any, err error) {
	var count int
	if err := tx.QueryRow("SELECT count(*) FROM " + p.table).Scan(&count); err != nil {
		return nil, "", nil, err
	}
	values, dest := make([]any, len(p.columns)), make([]any, len(p.columns))
	for i := range values {
		dest[i] = &values[i]
	}
	cols := strings.Join(p.columns, ", ")
	query := fmt.Sprintf("SELECT %s FROM %s ORDER BY %s LIMIT 1 OFFSET %d", cols, p.table, cols, p.row%count)
	err = tx.QueryRow(query).Scan(dest...)
	row = map[string]any{}
	var conditions []string
	for i, col := range p.columns {
		row[col] = values[i]
		conditions = append(conditions, fmt.Sprintf("%s = $%d", col, i+1))
	}
	return row, " WHERE " + strings.Join(conditions, " AND "), values, err
}

// changed is another value of the same type; SQLite keeps truth as a number.
func (p *plan) changed(value any) any {
	switch v := value.(type) {
	case int64:
		if slices.Contains([]string{"public", "unrecorded"}, p.column) {
			return v == 0
		}
		if p.change%2 == 0 {
			return v - int64(p.more)
		}
		return v + int64(p.more)
	case bool:
		return !v
	case []byte:
		out := slices.Clone(v)
		out[p.change%len(out)] ^= 1 << (p.more % 8)
		return out
	}
	return p.changedText(fmt.Sprint(value))
}

// changedText changes a value inside JSON when it is JSON, else the text.
func (p *plan) changedText(v string) string {
	var object map[string]string
	if json.Unmarshal([]byte(v), &object) != nil || len(object) == 0 {
		letters := []rune(v)
		at := p.more % (len(letters) + 1)
		return string(letters[:at]) + p.letter + string(letters[at:])
	}
	names := slices.Sorted(maps.Keys(object))
	name := names[p.more%len(names)]
	switch p.change % 3 {
	case 0:
		delete(object, name)
	case 1:
		object[name] += p.letter
	default:
		object["added"] = p.letter
	}
	out, err := json.Marshal(object)
	if err != nil {
		return v + "x"
	}
	return string(out)
}
