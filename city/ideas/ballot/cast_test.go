package ballot_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ronda/city/ideas/ballot"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// stored counts rows.
func (w *world) stored(table string) int {
	w.t.Helper()
	n, err := db.One[int](w.ctx(""), w.db, `SELECT COUNT(*) FROM `+table)
	w.must(err)
	return n
}

// Sixty-four at once, each twice: everybody has one ballot with one voice, and
// the number of voters is right.
func TestOnePersonOneBallotUnderSixtyFourWriters(t *testing.T) {
	dbtest.Run(t, migrations, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, money(ballot.EqualShares, ballot.Approval, 1), plazas()...)
		const writers = 64
		var wg sync.WaitGroup
		failed := make(chan error, 4*writers)
		for i := range writers {
			ctx := w.ctx(fmt.Sprint("v", i))
			for click := range 2 { // a double click, and a second tab with another idea
				wg.Go(func() {
					for _, idea := range []string{plazas()[0].Number, plazas()[click].Number} {
						if err := w.ballot.Cast(ctx, number, ballot.Tap{Key: ballot.Key{Idea: idea}, Value: 1}); err != nil && !fault.Is(err, fault.Conflict) {
							failed <- err
						}
					}
				})
			}
		}
		wg.Wait()
		close(failed)
		for err := range failed {
			t.Error(err)
		}
		v, err := w.ballot.Vote(w.ctx("v0"), number)
		w.must(err)
		if v.Voters != writers || w.stored("ballot_voter") != writers || w.stored("ballot_voice") != writers || v.Used != 1 {
			t.Errorf("%d voters, %d rows of voters, %d voices, %d of mine; want %d, %d, %d, 1", v.Voters, w.stored("ballot_voter"), w.stored("ballot_voice"), v.Used, writers, writers, writers)
		}
	})
}

// What is stored after any taps of several people is what the taps make of an
// empty ballot, and the number of voters is how many have one.
func TestStoredBallotsAreTheTapsReplayed(t *testing.T) {
	dbtest.Run(t, migrations, func(t *testing.T, d *db.DB) {
		dbtest.Fewer(t, d)
		options, round := six(), 0
		w := newWorld(t, d, ballot.Contest{}, options...)
		base := w.town.contest
		for kind, c := range kinds() {
			c.Number, c.Body, c.Opens, c.Closes = base.Number, base.Body, base.Opens, base.Closes
			w.town.contest = c
			rapid.Check(t, func(rt *rapid.T) {
				round++
				w.town.contest.ID = fmt.Sprintf("%s-%d", kind, round)
				replay := map[string]ballot.Ballot{}
				for range rapid.IntRange(1, 12).Draw(rt, "taps") {
					who, tap := rapid.SampledFrom([]string{"ana", "beto", "cleo"}).Draw(rt, "who"), drawTap(rt, w.town.contest, options)
					err := w.ballot.Cast(w.ctx(who), number, tap)
					if err == nil {
						replay[who], err = w.town.contest.Tap(replay[who], tap, options)
					}
					if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Invalid) {
						rt.Fatal(err)
					}
				}
				voters := 0
				for who, b := range replay {
					v, err := w.ballot.Vote(w.ctx(who), number)
					if err != nil || !maps.Equal(v.Mine, b) {
						rt.Fatalf("%s stores %v, the taps give %v (%v)", who, v.Mine, b, err)
					}
					if len(b) > 0 {
						voters++
					}
				}
				if v, _ := w.ballot.Vote(w.ctx(""), number); v.Voters != voters {
					rt.Fatalf("%d voters, want %d", v.Voters, voters)
				}
			})
		}
	})
}

// Nobody votes before, after, without an account, for what is not on the list, or
// more than they have.
func TestTapsThatDoNotCount(t *testing.T) {
	w := newWorld(t, dbtest.SQLite(t, migrations...), money(ballot.EqualShares, ballot.Approval, 2), plazas()...)
	open := w.now
	cases := []struct {
		name, who, idea string
		value           int
		hours           int // from the opening on
		want            fault.Kind
	}{
		{"anonymous", "", plazas()[0].Number, 1, 1, fault.Forbidden},
		{"too early", "ana", plazas()[0].Number, 1, -2, fault.Conflict},
		{"too late", "ana", plazas()[0].Number, 1, 24 * 14, fault.Conflict},
		{"without a cost", "ana", plazas()[3].Number, 1, 1, fault.Conflict},
		{"too dear", "ana", plazas()[4].Number, 1, 1, fault.Conflict},
		{"unknown", "ana", "IDEA-1999-00001", 1, 1, fault.Conflict},
		{"two voices for one", "ana", plazas()[0].Number, 2, 1, fault.Invalid},
	}
	for _, c := range cases {
		w.now = opening.Add(hours(c.hours))
		err := w.ballot.Cast(w.ctx(c.who), number, ballot.Tap{Key: ballot.Key{Idea: c.idea}, Value: c.value})
		if !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	w.now = open
	w.vote("ana", 1, plazas()[0].Number, plazas()[1].Number)
	if err := w.ballot.Cast(w.ctx("ana"), number, ballot.Tap{Key: ballot.Key{Idea: plazas()[2].Number}, Value: 1}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a third of two: %v", err)
	}
	w.must(w.ballot.Cast(w.ctx("ana"), number, ballot.Tap{Key: ballot.Key{Idea: plazas()[0].Number}, Back: true}))
	w.vote("ana", 1, plazas()[2].Number)
	if n := w.stored("ballot_voice"); n != 2 {
		t.Errorf("%d voices, want 2", n)
	}
}

// Nothing that the program writes down tells what a person chose, and after the
// close not even the ballots' own table does.
func TestBallotsAreSecret(t *testing.T) {
	dbtest.Run(t, migrations, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, money(ballot.EqualShares, ballot.Approval, 0), plazas()...)
		w.vote("ana", 1, plazas()[0].Number)
		w.vote("beto", 1, plazas()[1].Number, plazas()[2].Number)
		w.over()
		events, err := w.log.All(w.ctx(""), event.Page{Limit: 1000})
		w.must(err)
		counted := 0
		for _, e := range events {
			text := fmt.Sprint(e.Kind, e.Subject, e.Related, e.Actor, e.Data, e.Text)
			for _, secret := range []string{"person-ana", "person-beto", "IDEA-"} {
				if strings.Contains(text, secret) {
					t.Errorf("the event %s tells %s", text, secret)
				}
			}
			if e.Kind == ballot.EventCounted {
				counted++
			}
		}
		if counted != 1 {
			t.Errorf("%d events of the count, want 1", counted)
		}
		if n := w.stored("ballot_voice"); n != 0 {
			t.Errorf("%d voices still stand with their persons after the close", n)
		}
		if n := w.stored("ballot_voter"); n != 2 {
			t.Errorf("%d people are on the list of voters, want 2", n)
		}
		if err := w.ballot.Cast(w.ctx("cleo"), number, ballot.Tap{Key: ballot.Key{Idea: plazas()[0].Number}, Value: 1}); !fault.Is(err, fault.Conflict) {
			t.Errorf("a tap after the close: %v", err)
		}
	})
}

// Whoever ends the account leaves the vote as it was cast, and no trace of who.
func TestAnEndedAccountStaysCounted(t *testing.T) {
	dbtest.Run(t, migrations, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, money(ballot.EqualShares, ballot.Approval, 0), plazas()...)
		w.vote("ana", 1, plazas()[0].Number, plazas()[1].Number)
		w.vote("beto", 1, plazas()[1].Number)
		w.must(w.ballot.Forget(w.ctx(""), w.persons["ana"]))
		for _, table := range []string{"ballot_voice", "ballot_voter"} {
			rows, err := db.Query[string](w.ctx(""), d, `SELECT person FROM `+table)
			w.must(err)
			if slices.Contains(rows, w.persons["ana"]) || !slices.Contains(rows, w.persons["beto"]) {
				t.Errorf("%s names %v", table, rows)
			}
		}
		w.over()
		o, err := w.ballot.Outcome(w.ctx(head), number)
		w.must(err)
		if o.Voters != 2 || o.Result == nil || o.Result.Places[0].Votes != 2 || o.Result.Places[1].Votes != 1 {
			t.Errorf("%d voters, result %+v; want both ballots counted", o.Voters, o.Result)
		}
	})
}

// A tap in flight while the ballots are sealed is counted or refused, never lost.
func TestNoTapIsLostAtTheClose(t *testing.T) {
	dbtest.Run(t, migrations, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d, money(ballot.Greedy, ballot.Approval, 0), plazas()...)
		late := w.town.contest // on a clock that is past the close
		late.Opens, late.Closes, late.Stage = opening.Add(-hours(48)), opening.Add(-hours(24)), ballot.Over
		const writers = 32
		var wg sync.WaitGroup
		var mu sync.Mutex
		taken := 0
		for i := range writers {
			ctx := w.ctx(fmt.Sprint("v", i))
			wg.Go(func() {
				err := w.ballot.Cast(ctx, number, ballot.Tap{Key: ballot.Key{Idea: plazas()[0].Number}, Value: 1})
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					taken++
				} else if !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			})
		}
		wg.Go(func() {
			if err := w.ballot.Count(w.ctx(""), late); err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
		w.now = w.town.contest.Closes.Add(hours(1))
		o, err := w.ballot.Outcome(w.ctx(head), number)
		w.must(err)
		if o.Voters != taken || w.stored("ballot_voice") != 0 {
			t.Errorf("%d ballots are sealed and %d voices left over; %d taps were acknowledged", o.Voters, w.stored("ballot_voice"), taken)
		}
	})
}

func hours(n int) time.Duration { return time.Duration(n) * time.Hour }
