package record_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/record"
)

const origin = "ronda.example/registro"

var tables = []db.Migrations{event.Migrations, record.Migrations}

// city is a database with its record, key and witness file.
type city struct {
	t       testing.TB
	db      *db.DB
	events  *event.Log
	record  *record.Record
	key     string
	witness string
	ids     []string      // of the public events
	later   time.Duration // how far its clock is ahead
}

func newCity(t testing.TB, d *db.DB) *city {
	t.Helper()
	dir := t.TempDir()
	c := &city{t: t, db: d, key: filepath.Join(dir, "record.key"), witness: filepath.Join(dir, "checkpoint")}
	c.open()
	return c
}

// open starts the program on the data that is there, a minute later, when the
// lease of the program before it has run out.
func (c *city) open() {
	c.t.Helper()
	c.later += time.Minute
	c.events = event.New(c.db)
	var err error
	c.record, err = record.New(c.t.Context(), c.db, c.events, record.Options{Key: c.key, Witness: c.witness, Origin: origin})
	if err != nil {
		c.t.Fatal(err)
	}
}

// act appends one public event with all that an event can hold.
func (c *city) act(n int) event.Event {
	c.t.Helper()
	e := event.Event{
		Kind: "roundtable.signed", Subject: event.Subject{Kind: "initiative", ID: fmt.Sprint("ini-", n)},
		Related: []event.Subject{{Kind: "axis", ID: "smart"}, {Kind: "person", ID: fmt.Sprint("relative-", n)}},
		Actor:   event.Actor{Person: fmt.Sprint("person-", n), Post: "mayor", Body: "gcba"},
		Public:  true, Data: map[string]string{"step": fmt.Sprint(n % 6), "result": "signed"},
		Text: map[string]string{"remarks": fmt.Sprint("más luz ", n), "title": "Ñandú <b>"},
	}
	c.write(func(ctx context.Context) (err error) { e, err = c.events.Append(ctx, e); return err })
	c.ids = append(c.ids, e.ID)
	return e
}

func (c *city) write(fn func(ctx context.Context) error) {
	c.t.Helper()
	if err := c.db.Write(c.t.Context(), fn); err != nil {
		c.t.Fatal(err)
	}
}

// acts appends and records n acts in batches of three.
func (c *city) acts(n int) {
	c.t.Helper()
	for i := range n {
		c.act(i)
		if i%3 == 2 || i == n-1 {
			c.sequence()
		}
	}
}

func (c *city) sequence() {
	c.t.Helper()
	if err := c.record.Sequencer().Sequence(c.now()); err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) now() context.Context { return clock.At(c.t.Context(), time.Now().Add(c.later)) }

func (c *city) check() record.Check {
	return record.Check{Verifier: c.record.Verifier(), Witness: c.witness}
}

func (c *city) verify(ctx context.Context) record.Result {
	c.t.Helper()
	res, err := record.VerifyData(ctx, c.db, c.check())
	if err != nil {
		c.t.Fatal(err)
	}
	return res
}

func (c *city) export() []byte {
	c.t.Helper()
	var b bytes.Buffer
	if err := c.record.Export(c.t.Context(), &b); err != nil {
		c.t.Fatal(err)
	}
	return b.Bytes()
}

func (c *city) checkpoint() record.Checkpoint {
	c.t.Helper()
	cp, err := c.record.Checkpoint(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	return cp
}

func both(t *testing.T, fn func(t *testing.T, c *city)) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) { fn(t, newCity(t, d)) })
}

func TestActsAreRecordedSignedAndProven(t *testing.T) {
	both(t, func(t *testing.T, c *city) {
		c.acts(10)
		if res := c.verify(t.Context()); !res.OK() || res.Acts != 10 || res.Texts != 20 || res.Checkpoints != 4 || res.Kept != 1 {
			t.Errorf("%+v", res)
		}
		cp := c.checkpoint()
		lines := strings.SplitN(cp.Note, "\n", 5)
		if lines[0] != origin || lines[1] != "10" || lines[2] != cp.Root.String() || lines[3] != "" || !strings.HasPrefix(lines[4], "— "+origin+" ") {
			t.Errorf("the checkpoint reads %q", cp.Note)
		}
		for i, id := range c.ids {
			p, err := c.record.Proof(t.Context(), id)
			if err != nil {
				t.Fatal(err)
			}
			again, err := record.ParseProof(p.String(), c.record.Verifier())
			if err != nil || again.Index != int64(i) || again.Check(p.Leaf) != nil {
				t.Errorf("proof of %d: %v %v", i, err, again.Check(p.Leaf))
			}
			if again.Check(strings.Replace(p.Leaf, "gcba", "other", 1)) == nil {
				t.Errorf("the proof of %d proves another act", i)
			}
			if path := p.Path(); len(path) > 0 && path[len(path)-1].Sum != cp.Root {
				t.Errorf("the path of %d does not end at the root", i)
			}
		}
		if _, err := c.record.Proof(t.Context(), "none"); !fault.Is(err, fault.NotFound) {
			t.Errorf("the proof of nothing is %v", err)
		}
	})
}

func TestEverySizeExtendsEverySmallerOne(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, tables...))
	var roots []tlog.Hash
	for n := range 20 {
		c.act(n)
		c.sequence()
		roots = append(roots, c.checkpoint().Root)
	}
	for now := 1; now <= len(roots); now++ {
		for before := 1; before <= now; before++ {
			p, err := c.record.Consistency(t.Context(), int64(before), int64(now))
			if err != nil {
				t.Fatal(err)
			}
			if err := tlog.CheckTree(p, int64(now), roots[now-1], int64(before), roots[before-1]); err != nil {
				t.Errorf("%d to %d: %v", before, now, err)
			}
		}
	}
	for _, sizes := range [][2]int64{{0, 3}, {4, 3}, {1, 21}} {
		if _, err := c.record.Consistency(t.Context(), sizes[0], sizes[1]); !fault.Is(err, fault.Invalid) {
			t.Errorf("%v is %v", sizes, err)
		}
	}
}

// No leaf holds a person or a text, whatever the event is.
func TestNoLeafHoldsAPersonOrAText(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, tables...))
	word := rapid.StringMatching(`[a-záñ<>&"\\ ]{8,20}`)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		person, relative := fmt.Sprintf("persona-%d-x", n), fmt.Sprintf("familiar-%d-x", n)
		e := event.Event{
			Kind: "x.done", Public: true, Actor: event.Actor{Person: person, Post: "mayor"},
			Subject: rapid.SampledFrom([]event.Subject{{Kind: "initiative", ID: "1"}, {Kind: "person", ID: relative}, {Kind: "account", ID: person}}).Draw(rt, "subject"),
			Related: rapid.SliceOfDistinct(rapid.SampledFrom([]event.Subject{{Kind: "axis", ID: "1"}, {Kind: "person", ID: relative}, {Kind: "account", ID: person}}),
				func(s event.Subject) event.Subject { return s }).Draw(rt, "related"),
			Data: map[string]string{"step": "3"},
			Text: rapid.MapOf(rapid.SampledFrom([]string{"a", "b", "c"}), word).Draw(rt, "text"),
		}
		c.write(func(ctx context.Context) (err error) { e, err = c.events.Append(ctx, e); return err })
		c.sequence()
		p, err := c.record.Proof(t.Context(), e.ID)
		if err != nil {
			rt.Fatal(err)
		}
		for _, secret := range []string{person, relative, e.Salt} {
			if strings.Contains(p.Leaf, secret) {
				rt.Fatalf("the leaf %s holds %s", p.Leaf, secret)
			}
		}
		for _, text := range e.Text {
			if strings.Contains(p.Leaf, text) {
				rt.Fatalf("the leaf %s holds the text %q", p.Leaf, text)
			}
		}
	})
	if res := c.verify(t.Context()); !res.OK() {
		t.Error(res.Findings)
	}
}

func TestPrivateEventsStayOut(t *testing.T) {
	both(t, func(t *testing.T, c *city) {
		c.write(func(ctx context.Context) error {
			_, err := c.events.Append(ctx, event.Event{Kind: "x.secret", Subject: event.Subject{Kind: "initiative", ID: "1"}})
			return err
		})
		c.sequence()
		if size, _, err := c.record.Head(t.Context()); size != 0 || err != nil {
			t.Errorf("%d acts, %v", size, err)
		}
		if _, err := c.record.Checkpoint(t.Context()); !fault.Is(err, fault.NotFound) {
			t.Errorf("the checkpoint of nothing is %v", err)
		}
		if res := c.verify(t.Context()); !res.OK() {
			t.Error(res.Findings)
		}
	})
}

// Several copies of the program record at once: one log, every act once.
func TestTwoSequencersMakeOneLog(t *testing.T) {
	both(t, func(t *testing.T, c *city) {
		other := event.New(c.db)
		twin, err := record.New(t.Context(), c.db, other, record.Options{Key: c.key, Witness: c.witness + "2", Origin: origin})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		var running, writing sync.WaitGroup
		for _, s := range []*record.Sequencer{c.record.Sequencer(), twin.Sequencer()} {
			running.Go(func() { s.Run(ctx) })
		}
		for w := range 4 {
			writing.Go(func() {
				for i := range 50 {
					err := c.db.Write(t.Context(), func(ctx context.Context) error {
						_, err := c.events.Append(ctx, event.Event{Kind: "x.done", Public: true, Subject: event.Subject{Kind: "i", ID: fmt.Sprint(w, i)}})
						return err
					})
					if err != nil {
						t.Error(err)
					}
					c.record.Sequencer().Wake()
					twin.Sequencer().Wake()
				}
			})
		}
		writing.Wait()
		for range 200 {
			if c.verify(t.Context()).Waiting == 0 {
				break
			}
			time.Sleep(50 * time.Millisecond)
		}
		stop()
		running.Wait()
		if res := c.verify(t.Context()); !res.OK() || res.Acts != 200 || res.Waiting != 0 {
			t.Errorf("%+v", res)
		}
	})
}

// A copy that dies holding the lease is followed by another when it has run out.
func TestTheLeaseOfADeadCopyRunsOut(t *testing.T) {
	both(t, func(t *testing.T, c *city) {
		c.acts(1)
		twin, err := record.New(t.Context(), c.db, event.New(c.db), record.Options{Key: c.key, Witness: c.witness, Origin: origin})
		if err != nil {
			t.Fatal(err)
		}
		c.act(1)
		for _, step := range []struct {
			later time.Duration
			want  int64
		}{{0, 1}, {time.Minute, 2}} {
			ctx := clock.At(t.Context(), time.Now().Add(c.later+step.later))
			if err := twin.Sequencer().Sequence(ctx); err != nil {
				t.Fatal(err)
			}
			if got := c.checkpoint().Size; got != step.want {
				t.Errorf("after %v there are %d acts", step.later, got)
			}
		}
	})
}

func TestACrashBeforeTheWitnessFileIsHealed(t *testing.T) {
	both(t, func(t *testing.T, c *city) {
		c.acts(4)
		before, err := os.ReadFile(c.witness)
		if err != nil {
			t.Fatal(err)
		}
		c.acts(3)
		if err := os.WriteFile(c.witness, before, 0o600); err != nil { // as if the second file had never been written
			t.Fatal(err)
		}
		if res := c.verify(t.Context()); !res.OK() || res.Kept != 1 {
			t.Errorf("an older witness: %+v", res)
		}
		c.open()
		c.sequence()
		if now, err := os.ReadFile(c.witness); err != nil || string(now) != c.checkpoint().Note {
			t.Errorf("the witness says %s, %v", now, err)
		}
	})
}

// A database wound back is not signed, so that the evidence stays.
func TestARewoundDatabaseIsNotSigned(t *testing.T) {
	both(t, func(t *testing.T, c *city) {
		c.acts(5)
		witnessed := c.checkpoint()
		c.dropLast()
		c.open()
		c.act(5)
		if err := c.record.Sequencer().Sequence(c.now()); !errors.Is(err, record.ErrRewound) {
			t.Fatalf("it was signed: %v", err)
		}
		if now, err := os.ReadFile(c.witness); err != nil || string(now) != witnessed.Note {
			t.Errorf("the witness says %s, %v", now, err)
		}
		if _, err := record.SetAside(c.witness, time.Now()); err != nil {
			t.Fatal(err)
		}
		c.open()
		c.act(6)
		c.sequence()
		if res := c.verify(t.Context()); !res.OK() {
			t.Error(res.Findings)
		}
		check := c.check()
		check.Since = []string{witnessed.Note}
		if res, err := record.VerifyData(t.Context(), c.db, check); err != nil || !has(res, record.FoundRewritten) {
			t.Errorf("who kept a checkpoint finds %v, %v", res.Findings, err)
		}
		if err := os.WriteFile(c.witness, []byte(witnessed.Note), 0o600); err != nil {
			t.Fatal(err)
		}
		c.open()
		c.act(7)
		if err := c.record.Sequencer().Sequence(c.now()); !errors.Is(err, record.ErrRewound) {
			t.Errorf("other acts than those witnessed were signed: %v", err)
		}
	})
}

// Nor is one whose leaves are gone while the checkpoint over them is left.
func TestARecordWithoutItsLastLeavesIsNotSigned(t *testing.T) {
	both(t, func(t *testing.T, c *city) {
		c.acts(5)
		c.write(func(ctx context.Context) error {
			return exec(c.db.Tx(ctx), "DELETE FROM record_leaf WHERE idx = 4", "DELETE FROM record_hash WHERE idx >= 7", "UPDATE record_head SET size = 4")
		})
		c.open()
		c.act(5)
		if err := c.record.Sequencer().Sequence(c.now()); !errors.Is(err, record.ErrRewound) {
			t.Errorf("it was signed: %v", err)
		}
	})
}

func TestTheKeyIsMadeOnceAndKept(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, tables...))
	info, err := os.Stat(c.key)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	c.acts(1)
	verifier := c.record.Verifier()
	c.open()
	if read, err := record.ReadVerifier(c.key); c.record.Verifier() != verifier || read != verifier || err != nil {
		t.Errorf("the key became %s, %s, %v", c.record.Verifier(), read, err)
	}
	if err := os.Remove(c.key); err != nil {
		t.Fatal(err)
	}
	if _, err := record.New(t.Context(), c.db, c.events, record.Options{Key: c.key, Origin: origin}); !errors.Is(err, record.ErrKey) || !strings.Contains(err.Error(), "copy record.key") {
		t.Errorf("a lost key: %v", err)
	}
	if _, err := os.Stat(c.key); err == nil {
		t.Error("a new key lies where the lost one was")
	}
}

// A second copy of the program with a key of its own is refused, also before
// anything was signed, and told what to do.
func TestACopyWithAnotherKeyDoesNotStart(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		first := newCity(t, d)
		there := filepath.Join(t.TempDir(), "record.key")
		_, err := record.New(t.Context(), d, first.events, record.Options{Key: there, Origin: origin})
		if !errors.Is(err, record.ErrKey) || !strings.Contains(err.Error(), "copy record.key") {
			t.Errorf("without a key: %v", err)
		}
		other := newCity(t, dbtest.SQLite(t, tables...)) // whose key is good, but of another city
		_, err = record.New(t.Context(), d, first.events, record.Options{Key: other.key, Origin: origin})
		if !errors.Is(err, record.ErrKey) || !strings.Contains(err.Error(), other.key) || !strings.Contains(err.Error(), "copy record.key") {
			t.Errorf("with another key: %v", err)
		}
		first.open()
	})
}

func TestTheHeadCostsNoQuery(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, tables...))
	c.acts(7)
	if size, at, err := c.record.Head(c.now()); size != 7 || at.IsZero() || err != nil {
		t.Errorf("%d, %v, %v", size, at, err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel() // a query would fail
	if size, _, err := c.record.Head(clock.At(cancelled, clock.Now(c.now()))); size != 7 || err != nil {
		t.Errorf("%d, %v", size, err)
	}
}

func has(res record.Result, kind record.FindingKind) bool {
	for _, f := range res.Findings {
		if f.Kind == kind {
			return true
		}
	}
	return false
}
