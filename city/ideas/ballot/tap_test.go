package ballot_test

import (
	"fmt"
	"maps"
	"testing"

	"pgregory.net/rapid"

	"ronda/city/ideas/ballot"
)

// kinds are contests of every kind of ballot, with limits that are easily met.
func kinds() map[ballot.Kind]ballot.Contest {
	return map[ballot.Kind]ballot.Contest{
		ballot.Approval: money(ballot.EqualShares, ballot.Approval, 3), ballot.Points: money(ballot.Greedy, ballot.Points, 6),
		ballot.Ranking: {Method: ballot.Schulze, MaxChoices: 4}, ballot.Scores: {Method: ballot.STAR}, ballot.Grades: {Method: ballot.MajorityJudgment},
		ballot.Pairs: {Method: ballot.Duels}, ballot.Dotted: {Method: ballot.Dots},
	}
}

// six options that can be voted for.
func six() []ballot.Option {
	var out []ballot.Option
	for i := range 6 {
		out = append(out, ballot.Option{Number: fmt.Sprintf("IDEA-2026-0000%d", i+1), Title: fmt.Sprintf("Idea %d", i+1), Cost: int64(100 + 1000*i)})
	}
	return out
}

// drawTap is any tap, sensible or not.
func drawTap(t *rapid.T, c ballot.Contest, options []ballot.Option) ballot.Tap {
	number := rapid.IntRange(0, len(options)-1)
	tap := ballot.Tap{Key: ballot.Key{Idea: options[number.Draw(t, "idea")].Number}, Value: rapid.IntRange(-1, 7).Draw(t, "value"), Back: rapid.IntRange(0, 4).Draw(t, "back") == 0}
	if c.Kind() == ballot.Pairs {
		tap.Other = options[number.Draw(t, "other")].Number
	}
	return tap
}

// Whatever is tapped, in whatever order, a ballot stays within its limits, says
// only what its kind can say, and a tap done twice is one tap.
func TestAnyTapsKeepTheBallotWhole(t *testing.T) {
	for kind, c := range kinds() {
		t.Run(string(kind), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				options, b := six(), ballot.Ballot{}
				for range rapid.IntRange(0, 40).Draw(t, "taps") {
					tap := drawTap(t, c, options)
					next, err := c.Tap(b, tap, options)
					if err != nil && !maps.Equal(next, b) {
						t.Fatalf("a refused tap changed the ballot: %v to %v", b, next)
					}
					again, _ := c.Tap(next, tap, options)
					if !maps.Equal(again, next) {
						t.Fatalf("the tap %+v done twice is not the tap done once: %v, %v", tap, next, again)
					}
					if _, there := next[tap.Key]; tap.Back && there {
						t.Fatalf("%+v left %v", tap, next)
					}
					b = next
					whole(t, c, b, options)
				}
			})
		})
	}
}

// whole checks what always holds of a ballot.
func whole(t *rapid.T, c ballot.Contest, b ballot.Ballot, options []ballot.Option) {
	if limit := c.Limit(len(options)); limit > 0 && c.Used(b, options) > limit {
		t.Fatalf("%v uses %d of %d", b, c.Used(b, options), limit)
	}
	low, high := c.Range()
	places := map[int]bool{}
	for k, v := range b {
		if v < low || v > high || c.Kind() == ballot.Ranking && (places[v] || v > len(b)) {
			t.Fatalf("%v says %d of %v", b, v, k)
		}
		places[v] = true
	}
}

// What is said of an idea that goes does not count, and counts again when it
// comes back; it never keeps somebody from using what they have.
func TestWhatIsGoneDoesNotCount(t *testing.T) {
	for kind, c := range kinds() {
		t.Run(string(kind), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				all, b := six(), ballot.Ballot{}
				left := all[:rapid.IntRange(1, 5).Draw(t, "left")]
				for range rapid.IntRange(0, 30).Draw(t, "taps") {
					b, _ = c.Tap(b, drawTap(t, c, all), all)
				}
				for k := range c.Counting(b, left) {
					if k.Idea > left[len(left)-1].Number || k.Other > left[len(left)-1].Number {
						t.Fatalf("%v counts, and is gone", k)
					}
				}
				if !maps.Equal(c.Counting(b, all), b) {
					t.Fatalf("everything is there and %v counts as %v", b, c.Counting(b, all))
				}
				if c.Kind() == ballot.Pairs {
					return
				}
				tap := ballot.Tap{Key: ballot.Key{Idea: left[0].Number}, Value: 1}
				_, err := c.Tap(b, tap, left)
				if limit := c.Limit(len(left)); err != nil && c.Used(b, left) < limit {
					t.Fatalf("%v with %d of %d used refuses a tap: %v", b, c.Used(b, left), limit, err)
				}
			})
		})
	}
}

// The order of the list is another for each voter and stays the same for one,
// also when an option goes; each option stands first about as often.
func TestNobodyWinsByStandingFirst(t *testing.T) {
	options, first := six(), map[string]int{}
	const voters = 3000
	for v := range voters {
		voter := fmt.Sprint(v)
		order := ballot.Shuffled(options, "challenge", voter)
		first[order[0].Number]++
		var rest []ballot.Option
		for _, o := range order {
			if o.Number != options[0].Number {
				rest = append(rest, o)
			}
		}
		for i, o := range ballot.Shuffled(options[1:], "challenge", voter) {
			if rest[i].Number != o.Number {
				t.Fatalf("voter %s: the rest moved when one option went", voter)
			}
		}
	}
	for number, n := range first {
		if n < voters/6-100 || n > voters/6+100 {
			t.Errorf("%s stands first for %d of %d", number, n, voters)
		}
	}
}

// A cost that nobody knows, or above the whole budget, keeps an idea out.
func TestWhatCanBeVotedFor(t *testing.T) {
	c := money(ballot.EqualShares, ballot.Approval, 0)
	for i, want := range []ballot.Bar{"", "", "", ballot.NoCost, ballot.TooDear} {
		if got := c.Bar(plazas()[i]); got != want {
			t.Errorf("%s: %q, want %q", plazas()[i].Title, got, want)
		}
	}
	if got := (ballot.Contest{Method: ballot.STAR}).Bar(plazas()[3]); got != "" {
		t.Errorf("without money an idea needs no cost: %q", got)
	}
	if got := c.Bar(ballot.Option{Cost: 100, Gone: true}); got != ballot.Gone {
		t.Errorf("a hidden idea: %q", got)
	}
}
