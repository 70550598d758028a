package opinions

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"ronda/method/opinion"
	"ronda/platform/db"
	"ronda/platform/db/dbtest"
	"ronda/platform/fault"
)

// Sixty-four writers answer the same statement at once, for one person and for
// many, while others propose the same: one answer each, one statement.
func TestOnePersonOneAnswer(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		w := worldOn(t, d)
		w.sow(asked, 1)
		w.room(asked)
		const writers = 64
		var wg sync.WaitGroup
		failed := make(chan error, 3*writers)
		for i := range writers {
			wg.Go(func() {
				failed <- w.m.Vote(w.ctx("hasty"), asked, Ballot{No: 1, Version: 1, Answer: opinion.Vote(i%3 - 1), Network: "a school"})
				failed <- w.m.Vote(w.ctx(fmt.Sprintf("person %d", i)), asked, Ballot{No: 1, Version: 1, Answer: opinion.Agree, Network: "a school"})
				_, err := w.m.Propose(w.ctx(fmt.Sprintf("person %d", i)), asked, "Que haya agua en cada plaza", "a school")
				failed <- err
			})
		}
		wg.Wait()
		close(failed)
		refused := 0
		for err := range failed {
			switch {
			case err == nil:
			case field(err) == "ideas.opinions.fault.twice", field(err) == "ideas.opinions.fault.many":
				refused++
			default:
				t.Error(err)
			}
		}
		votes, err := db.One[int](w.ctx(nobody), d, `SELECT count(*) FROM opinions_vote WHERE challenge = '1' AND answer <> 2`)
		if err != nil || votes != writers+1 {
			t.Errorf("%d answers, want one of each of %d people: %v", votes, writers+1, err)
		}
		statements, err := db.One[int](w.ctx(nobody), d, `SELECT count(*) FROM opinions_statement WHERE challenge = '1'`)
		if err != nil || statements != 2 {
			t.Errorf("%d statements: %v", statements, err)
		}
		w.later(time.Minute)
		if all := w.room(asked).alive().Map().Statements[0].All; all != writers+1 {
			t.Errorf("the map counts %d answers", all)
		}
		// 63 proposals that read like the first and the answers above sixty a minute
		if want := writers - 1 + writers - votesByPerson.max; refused != want {
			t.Errorf("%d refused, want %d", refused, want)
		}
	})
}

func TestAnAnswerChangesAndIsTakenBack(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		w := worldOn(t, d)
		w.sow(asked, 2)
		w.room(asked)
		for _, v := range []opinion.Vote{opinion.Agree, opinion.Agree, opinion.Disagree} {
			w.say(citizen, asked, 1, v)
		}
		w.say(neighbour, asked, 1, opinion.Pass)
		w.want(1, 2, 0, 1)
		w.must(w.m.Withdraw(w.ctx(citizen), asked, 1))
		w.must(w.m.Withdraw(w.ctx(citizen), asked, 1))
		w.must(w.m.Withdraw(w.ctx(citizen), asked, 2))
		w.want(1, 1, 0, 0)
		w.say(citizen, asked, 1, opinion.Agree)
		w.want(1, 2, 1, 0)
		w.must(w.m.Forget(w.ctx(nobody), w.persons[citizen]))
		w.want(1, 1, 0, 0)
	})
}

// want checks how often a statement of the first challenge was answered, on the
// map that lives, on one that is read anew, and in the table.
func (w *world) want(no, all, agrees, disagrees int) {
	w.t.Helper()
	w.later(time.Minute)
	lives := w.room(asked)
	w.m.mu.Lock()
	delete(w.m.rooms, lives.challenge)
	w.m.mu.Unlock()
	for name, r := range map[string]*room{"lives": lives, "is read anew": w.room(asked)} {
		s := r.alive().Map().Statements[no-1]
		if s.All != all || s.Agrees != agrees || s.Disagrees != disagrees {
			w.t.Errorf("on the map that %s, statement %d has %d answers, %d agree, %d disagree; want %d, %d, %d", name, no, s.All, s.Agrees, s.Disagrees, all, agrees, disagrees)
		}
	}
}

func TestWhatCannotBeAnswered(t *testing.T) {
	w := newWorld(t)
	w.sow(asked, 1)
	cases := []struct {
		name, who, number string
		b                 Ballot
		want              fault.Kind
	}{
		{"a visitor", nobody, asked, Ballot{No: 1, Version: 1}, fault.Forbidden},
		{"no answer", citizen, asked, Ballot{No: 1, Version: 1, Answer: 2}, fault.Invalid},
		{"no statement", citizen, asked, Ballot{No: 9, Version: 1}, fault.NotFound},
		{"no challenge", citizen, "DES-2026-9999", Ballot{No: 1, Version: 1}, fault.NotFound},
		{"a challenge without statements", citizen, plain, Ballot{No: 1, Version: 1}, fault.NotFound},
		{"the statement of another challenge", citizen, careful, Ballot{No: 1, Version: 1}, fault.NotFound},
		{"other words", citizen, asked, Ballot{No: 1, Version: 2}, fault.Conflict},
	}
	for _, c := range cases {
		if err := w.m.Vote(w.ctx(c.who), c.number, c.b); !fault.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

func TestFloodsAreHeldBack(t *testing.T) {
	w := newWorld(t)
	w.sow(asked, 1)
	for range votesByPerson.max {
		w.say(citizen, asked, 1, opinion.Agree)
	}
	again := Ballot{No: 1, Version: 1, Answer: opinion.Disagree}
	if err := w.m.Vote(w.ctx(citizen), asked, again); !fault.Is(err, fault.TooMany) {
		t.Errorf("one more in the minute: %v", err)
	}
	w.say(neighbour, asked, 1, opinion.Agree)
	w.later(time.Minute)
	w.must(w.m.Vote(w.ctx(citizen), asked, again))
	w.later(time.Hour)
	w.must(w.m.Sweep(w.ctx(nobody)))
	if n, err := db.One[int](w.ctx(nobody), w.db, `SELECT count(*) FROM opinions_limit`); err != nil || n != 0 {
		t.Errorf("%d counters are left: %v", n, err)
	}
}

// Two copies of the program on one database show the same after a moment.
func TestCopiesHearOfEachOther(t *testing.T) {
	dbtest.Run(t, tables, func(t *testing.T, d *db.DB) {
		w := worldOn(t, d)
		w.sow(asked, 6)
		here := w.m
		other, err := New(w.m.Deps)
		w.must(err)
		w.m = other
		w.room(asked)
		w.m = here
		w.camps(asked, 10, 6)
		w.must(w.m.Reject(w.ctx(moderator), asked, 6, "twice", "Ya está dicho en la quinta."))
		w.must(w.m.Withdraw(w.ctx("person 003"), asked, 2))
		w.later(time.Minute)
		w.m = other
		there := w.room(asked).alive().Map()
		w.m = here
		mine := w.room(asked).alive().Map()
		if there.Votes != mine.Votes || !slices.Equal(there.Places, mine.Places) {
			t.Errorf("one copy has %d answers, the other %d", mine.Votes, there.Votes)
		}
		if !there.Statements[5].Rejected {
			t.Error("the other copy has not heard of the rejection")
		}
	})
}

func TestTheMapOfTheFileIsTheMapThatLives(t *testing.T) {
	w := newWorld(t)
	w.sow(asked, 12)
	w.camps(asked, 20, 12)
	w.must(w.m.Reject(w.ctx(moderator), asked, 3, "twice", "Ya está dicho en la segunda."))
	w.must(w.m.Withdraw(w.ctx("person 001"), asked, 2))
	w.later(time.Minute)
	r := w.room(asked)
	f, err := w.m.file(w.ctx(nobody), challengeOf(w.asked[asked]), r)
	w.must(err)
	var votesFile, statementsFile bytes.Buffer
	w.must(f.writeVotes(&votesFile))
	w.must(f.writeStatements(&statementsFile))
	if bytes.Contains(votesFile.Bytes(), []byte("person")) {
		t.Error("the file names people")
	}
	votes, err := opinion.Read(&votesFile)
	w.must(err)
	comments, err := opinion.ReadComments(&statementsFile)
	w.must(err)
	for _, c := range comments {
		votes.Reject(c.Statement, c.Rejected)
	}
	drawn, _ := opinion.Draw(votes, opinion.State{})
	lives := r.alive().Map()
	if drawn.Votes != lives.Votes || len(drawn.Groups) != len(lives.Groups) || len(lives.Groups) != 2 {
		t.Fatalf("%d votes and %d groups from the file, %d and %d live", drawn.Votes, len(drawn.Groups), lives.Votes, len(lives.Groups))
	}
	a, b := sorted(drawn.Places), sorted(lives.Places)
	for i := range a {
		if math.Abs(a[i][0]-b[i][0]) > 1e-9 || math.Abs(a[i][1]-b[i][1]) > 1e-9 {
			t.Fatalf("somebody stands at %v from the file, at %v live", a[i], b[i])
		}
	}
	bySize := func(x, y opinion.Group) int { return cmp.Compare(x.Size, y.Size) }
	slices.SortFunc(drawn.Groups, bySize)
	groups := slices.Clone(lives.Groups)
	slices.SortFunc(groups, bySize)
	for i := range groups {
		if groups[i].Size != drawn.Groups[i].Size {
			t.Errorf("a group of %d from the file, of %d live", drawn.Groups[i].Size, groups[i].Size)
		}
	}
}
