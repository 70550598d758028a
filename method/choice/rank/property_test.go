package rank

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// polls draws small polls in which ties are frequent.
func polls(kinds ...Kind) *rapid.Generator[*Poll] {
	return rapid.Custom(func(t *rapid.T) *Poll {
		p := &Poll{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Max: 5}
		n := rapid.IntRange(1, 5).Draw(t, "candidates")
		for i := range n {
			p.Candidates = append(p.Candidates, fmt.Sprint("c", i))
		}
		grades := rapid.IntRange(1, 4).Draw(t, "grades")
		for range rapid.IntRange(0, 6).Draw(t, "ballots") {
			count := int64(rapid.IntRange(0, 4).Draw(t, "count"))
			switch p.Kind {
			case Ranked:
				p.Rankings = append(p.Rankings, Ranking{count, ranking(t, n)})
			case Scores:
				p.Scored = append(p.Scored, Scored{count, rapid.SliceOfN(rapid.IntRange(0, 5), n, n).Draw(t, "scores")})
			}
		}
		for range n {
			if p.Kind == Grades {
				p.Tallies = append(p.Tallies, rapid.SliceOfN(rapid.Int64Range(0, 3), grades, grades).Draw(t, "tally"))
			}
		}
		return p
	})
}

// ranking draws some of the candidates, some of them equal.
func ranking(t *rapid.T, n int) [][]int {
	var out [][]int
	for _, c := range rapid.Permutation(indexes(n)).Draw(t, "order")[:rapid.IntRange(0, n).Draw(t, "ranked")] {
		if len(out) > 0 && rapid.Bool().Draw(t, "equal") {
			out[len(out)-1] = append(out[len(out)-1], c)
		} else {
			out = append(out, []int{c})
		}
	}
	return out
}

// rulesFor are the rules that fit a kind of ballots.
func rulesFor(kind Kind) []Rule {
	switch kind {
	case Ranked:
		return []Rule{RuleSchulze, RuleRankedPairs, RuleCondorcet, RuleBradleyTerry}
	case Scores:
		return []Rule{RuleSTAR, RuleMajorityJudgment, RuleSchulze, RuleRankedPairs, RuleCondorcet, RuleBradleyTerry}
	default:
		return []Rule{RuleMajorityJudgment}
	}
}

func TestEveryCandidateHasOnePlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := polls(Ranked, Scores, Grades).Draw(t, "poll")
		for _, rule := range rulesFor(p.Kind) {
			out, err := Count(p, rule, "")
			if err != nil {
				t.Fatal(err)
			}
			if got := slices.Concat(out.Places...); !slices.Equal(slices.Sorted(slices.Values(got)), indexes(len(p.Candidates))) {
				t.Errorf("%s: places %v", rule, out.Places)
			}
		}
	})
}

// renumbered is the poll with candidates and ballots in another order.
func renumbered(t *rapid.T, p *Poll) *Poll {
	to := rapid.Permutation(indexes(len(p.Candidates))).Draw(t, "new numbers")
	out := &Poll{Kind: p.Kind, Max: p.Max, Candidates: make([]string, len(to))}
	for c, i := range to {
		out.Candidates[i] = p.Candidates[c]
	}
	for _, b := range p.Rankings {
		moved := Ranking{Count: b.Count}
		for _, group := range b.Places {
			var place []int
			for _, c := range group {
				place = append(place, to[c])
			}
			moved.Places = append(moved.Places, place)
		}
		out.Rankings = append(out.Rankings, moved)
	}
	for _, b := range p.Scored {
		moved := Scored{b.Count, make([]int, len(to))}
		for c, i := range to {
			moved.Scores[i] = b.Scores[c]
		}
		out.Scored = append(out.Scored, moved)
	}
	if p.Tallies != nil {
		out.Tallies = make([][]int64, len(to))
		for c, i := range to {
			out.Tallies[i] = p.Tallies[c]
		}
	}
	slices.Reverse(out.Rankings)
	slices.Reverse(out.Scored)
	return out
}

func TestTheOrderOfBallotsAndCandidatesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := polls(Ranked, Scores, Grades).Draw(t, "poll")
		other := renumbered(t, p)
		for _, rule := range rulesFor(p.Kind) {
			a, errA := Count(p, rule, "seed")
			b, errB := Count(other, rule, "seed")
			if errA != nil || errB != nil || !same(order(p, a.Places), order(other, b.Places)) {
				t.Fatalf("%s: %v, renumbered %v (%v, %v)", rule, order(p, a.Places), order(other, b.Places), errA, errB)
			}
			for i, d := range a.Draws {
				if x, y := order(p, Places{d.Order[:1]}), order(other, Places{b.Draws[i].Order[:1]}); !same(x, y) {
					t.Errorf("%s: draw %v, renumbered %v", rule, x, y)
				}
			}
		}
	})
}

func TestACondorcetWinnerWins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := polls(Ranked, Scores).Draw(t, "poll")
		for _, rule := range []Rule{RuleSchulze, RuleRankedPairs, RuleCondorcet} {
			out, err := Count(p, rule, "")
			if err != nil {
				t.Fatal(err)
			}
			if len(out.Undefeated) == 1 && !slices.Equal(out.Places.Winners(), out.Undefeated) {
				t.Errorf("%s: %v wins, %v beats everyone", rule, out.Places, out.Undefeated)
			}
			if !subset(out.Places.Winners(), out.Undefeated) {
				t.Errorf("%s: %v wins, from outside %v", rule, out.Places, out.Undefeated)
			}
		}
	})
}

func subset(a, b []int) bool {
	return !slices.ContainsFunc(a, func(c int) bool { return !slices.Contains(b, c) })
}

func TestTheUndefeatedSetIsTheSmallest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := polls(Ranked).Draw(t, "poll")
		w, err := p.Pairwise()
		if err != nil {
			t.Fatal(err)
		}
		n := len(p.Candidates)
		best := uint(1<<n - 1)
		for set := uint(1); set < 1<<n; set++ {
			dominates := true
			for a := range n {
				for b := range n {
					if set>>a&1 == 1 && set>>b&1 == 0 && !w.beats(a, b) {
						dominates = false
					}
				}
			}
			if dominates && bits.OnesCount(set) < bits.OnesCount(best) {
				best = set
			}
		}
		got := uint(0)
		for _, c := range Condorcet(w).Winners() {
			got |= 1 << c
		}
		if got != best {
			t.Errorf("set %b, the smallest is %b", got, best)
		}
	})
}

// widest is the strength of the strongest path by trying every path.
func widest(w *Pairwise, a, b int, through []bool) int64 {
	best := int64(0)
	through[a] = true
	for c := range w.Candidates {
		if !w.beats(a, c) {
			continue
		}
		strength := w.Prefer[a][c]
		if c != b && !through[c] {
			strength = min(strength, widest(w, c, b, through))
		} else if c != b {
			strength = 0
		}
		best = max(best, strength)
	}
	through[a] = false
	return best
}

func TestSchulzeIsTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := polls(Ranked).Draw(t, "poll")
		w, err := p.Pairwise()
		if err != nil {
			t.Fatal(err)
		}
		n := len(p.Candidates)
		want := layers(indexes(n), func(a, b int) bool {
			return widest(w, a, b, make([]bool, n)) > widest(w, b, a, make([]bool, n))
		})
		if got := Schulze(w); !slices.EqualFunc(got, want, slices.Equal[[]int]) {
			t.Errorf("%v, by definition %v", got, want)
		}
	})
}

// medians lists the grades in the order in which medians are taken away.
func medians(tally []int64) []int {
	var sorted, out []int
	for grade, n := range tally {
		sorted = append(sorted, slices.Repeat([]int{grade}, int(n))...)
	}
	for len(sorted) > 0 {
		middle := (len(sorted) - 1) / 2
		out = append(out, sorted[middle])
		sorted = slices.Delete(sorted, middle, middle+1)
	}
	return out
}

func TestComparingMediansIsTakingThemAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := polls(Grades).Draw(t, "poll")
		tallies, err := p.tallies()
		if err != nil {
			t.Fatal(err)
		}
		fillWorst(tallies)
		for _, a := range tallies {
			for _, b := range tallies {
				got, want := compareMedians(a, b), slices.Compare(medians(a), medians(b))
				if (got > 0) != (want > 0) || (got < 0) != (want < 0) {
					t.Errorf("%v against %v: %d, want the sign of %d", a, b, got, want)
				}
			}
		}
	})
}

func TestBradleyTerryExpectsTheWinsThereWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "candidates")
		var duels []Duel
		for a := range n {
			for b := a + 1; b < n; b++ {
				duels = append(duels, Duel{a, b, rapid.Int64Range(0, 20).Draw(t, "wins"), rapid.Int64Range(0, 20).Draw(t, "losses")})
			}
		}
		strengths, _, err := BradleyTerry(n, duels)
		if err != nil {
			t.Fatal(err)
		}
		for c, s := range strengths {
			wins, want := 0.5, s.Weight/(s.Weight+1)
			for _, d := range duels {
				switch c {
				case d.A:
					wins += float64(d.WinsA)
					want += float64(d.WinsA+d.WinsB) * s.Weight / (s.Weight + strengths[d.B].Weight)
				case d.B:
					wins += float64(d.WinsB)
					want += float64(d.WinsA+d.WinsB) * s.Weight / (s.Weight + strengths[d.A].Weight)
				}
			}
			if math.Abs(wins-want) > 1e-4*(1+wins) {
				t.Errorf("candidate %d won %v, the weights expect %v", c, wins, want)
			}
			if s.Low > s.Chance || s.Chance > s.High {
				t.Errorf("candidate %d: chance %v outside of %v to %v", c, s.Chance, s.Low, s.High)
			}
		}
	})
}

func TestARuleRefusesOtherBallots(t *testing.T) {
	cases := []struct {
		kind Kind
		rule Rule
	}{{Ranked, RuleSTAR}, {Ranked, RuleMajorityJudgment}, {Grades, RuleSTAR}, {Grades, RuleSchulze}, {Grades, RuleBradleyTerry}}
	for _, c := range cases {
		p := &Poll{Kind: c.kind, Candidates: []string{"a"}}
		if c.kind == Grades {
			p.Tallies = [][]int64{{1}}
		}
		if _, err := Count(p, c.rule, ""); !errors.Is(err, ErrKind) {
			t.Errorf("%s of %s: %v", c.rule, c.kind, err)
		}
	}
}
