package rank

import (
	"fmt"
	"math"
	"slices"
	"testing"
)

// scored makes a poll out of rows: how many people, then a score for each of a,
// b, c ...
func scored(rows ...[]int) *Poll {
	p := &Poll{Kind: Scores, Max: 5}
	for i := range len(rows[0]) - 1 {
		p.Candidates = append(p.Candidates, string(rune('a'+i)))
	}
	for _, row := range rows {
		p.Scored = append(p.Scored, Scored{int64(row[0]), row[1:]})
	}
	return p
}

func TestTiesInSTAR(t *testing.T) {
	cases := []struct {
		name  string
		poll  *Poll
		want  string
		draws int
	}{
		{"the run-off overrules the totals", scored([]int{3, 3, 2, 0}, []int{2, 0, 5, 0}), "[[0] [1] [2]]", 0},
		{"a place in the run-off goes to who beats the other tied", scored([]int{1, 3, 4, 2}, []int{1, 3, 4, 1}, []int{1, 5, 0, 5}), "[[1] [0] [2]]", 0},
		{"then to more best scores", scored([]int{1, 5, 0, 1}, []int{1, 5, 5, 4}), "[[0] [1] [2]]", 0},
		{"a tied run-off goes to the higher total", scored([]int{1, 5, 0}, []int{1, 1, 2}), "[[0] [1]]", 0},
		{"then to more best scores", scored([]int{1, 5, 4}, []int{1, 3, 4}), "[[0] [1]]", 0},
		{"then the place is shared and drawn", scored([]int{1, 4, 3}, []int{1, 3, 4}), "[[0 1]]", 1},
		{"a draw for the run-off that cannot matter is none", scored([]int{2, 5, 1, 1}), "[[0] [1 2]]", 1},
		{"a draw for the run-off that decides is shared", scored([]int{1, 5, 4, 0}, []int{1, 1, 4, 0}, []int{1, 5, 0, 4}, []int{1, 1, 0, 4}), "[[0] [1 2]]", 1},
		{"nobody said anything", scored([]int{1, 0, 0, 0}), "[[0 1 2]]", 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			places, draws, err := STAR(c.poll, "2026")
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(places); got != c.want || len(draws) != c.draws {
				t.Errorf("places %s, want %s; draws %v", got, c.want, draws)
			}
		})
	}
}

func TestADrawIsRepeatableAndDependsOnTheSeed(t *testing.T) {
	p := scored([]int{1, 0, 0, 0, 0, 0, 0, 0})
	_, first, err := STAR(p, "one")
	if err != nil {
		t.Fatal(err)
	}
	_, again, _ := STAR(p, "one")
	_, other, _ := STAR(p, "two")
	if !slices.Equal(first[0].Order, again[0].Order) || slices.Equal(first[0].Order, other[0].Order) || len(first[0].Order) != 7 {
		t.Errorf("draws %v, %v, %v", first, again, other)
	}
}

func TestRankedPairsLeavesOutWhatClosesACircle(t *testing.T) {
	w := newPairwise([]string{"a", "b", "c"})
	w.Prefer = [][]int64{{0, 7, 4}, {3, 0, 6}, {5, 3, 0}} // a beats b 7:3, b beats c 6:3, c beats a 5:4
	if got := fmt.Sprint(RankedPairs(w)); got != "[[0] [1] [2]]" {
		t.Errorf("places %s", got)
	}
	w.Prefer = [][]int64{{0, 6, 4}, {4, 0, 6}, {6, 4, 0}} // a circle of equals: decided by name
	if got := fmt.Sprint(RankedPairs(w)); got != "[[0] [1] [2]]" {
		t.Errorf("places %s", got)
	}
}

func TestSchulzeCountsWinningVotesNotMargins(t *testing.T) {
	w := newPairwise([]string{"a", "b", "c"})
	w.Prefer = [][]int64{{0, 6, 2}, {5, 0, 5}, {4, 1, 0}} // by margins a over b, 6:5, would be the weakest
	if got := fmt.Sprint(Schulze(w)); got != "[[0] [1] [2]]" {
		t.Errorf("places %s", got)
	}
}

func TestSharedPlacesStayShared(t *testing.T) {
	p := &Poll{Kind: Ranked, Candidates: []string{"a", "b", "c"}, Rankings: []Ranking{{3, [][]int{{0, 1}}}}}
	for _, rule := range []Rule{RuleSchulze, RuleRankedPairs, RuleCondorcet, RuleBradleyTerry} {
		if out, err := Count(p, rule, ""); err != nil || fmt.Sprint(out.Places) != "[[0 1] [2]]" {
			t.Errorf("%s: %v, %v", rule, out, err)
		}
	}
}

// TestBradleyTerryOfTwo compares with the figures worked out by hand: a beat b
// in 3 of 4 duels, so both weights solve w/(w+1) + 4w/(w+v) = wins + 1/2.
func TestBradleyTerryOfTwo(t *testing.T) {
	s, places, err := BradleyTerry(2, []Duel{{0, 1, 3, 1}})
	if err != nil {
		t.Fatal(err)
	}
	// By symmetry v = 1/w: then w/(w+1) + 4w²/(w²+1) = 3.5.
	w := s[0].Weight
	if left := w/(w+1) + 4*w*w/(w*w+1); math.Abs(left-3.5) > 1e-7 || math.Abs(s[1].Weight*w-1) > 1e-7 {
		t.Errorf("weights %v and %v", w, s[1].Weight)
	}
	p, q := w/(w+1), w/(w+s[1].Weight)
	own, shared := p*(1-p)+4*q*(1-q), 4*q*(1-q) // the information, by hand
	deviation := math.Sqrt(own / (own*own - shared*shared))
	odds := w / s[1].Weight
	low := odds * math.Exp(-ninety*deviation)
	if math.Abs(s[0].Chance-q) > 1e-9 || math.Abs(s[0].Low-low/(low+1)) > 1e-6 || s[0].Duels != 4 || fmt.Sprint(places) != "[[0] [1]]" {
		t.Errorf("%+v, places %v; the interval should begin at %v", s[0], places, low/(low+1))
	}
}

func TestBradleyTerryStaysFiniteForWhoWinsEverything(t *testing.T) {
	s, places, err := BradleyTerry(3, []Duel{{0, 1, 5000, 0}, {1, 2, 5000, 0}})
	if err != nil {
		t.Fatal(err)
	}
	if math.IsInf(s[0].Weight, 0) || s[2].Weight <= 0 || fmt.Sprint(places) != "[[0] [1] [2]]" {
		t.Errorf("%+v %v", s, places)
	}
}

func TestNextPairAsksWhatIsLeastKnown(t *testing.T) {
	strengths := []Strength{{Weight: 1, Duels: 9}, {Weight: 4, Duels: 2}, {Weight: 1, Duels: 2}, {Weight: 3, Duels: 2}}
	seen := map[[2]int]bool{}
	var asked []string
	for {
		a, b, ok := NextPair(strengths, func(a, b int) bool { return seen[[2]int{a, b}] })
		if !ok {
			break
		}
		if a >= b || seen[[2]int{a, b}] {
			t.Fatalf("pair %d, %d after %v", a, b, asked)
		}
		seen[[2]int{a, b}] = true
		asked = append(asked, fmt.Sprint(a, b))
	}
	if want := []string{"1 3", "2 3", "1 2", "0 2", "0 3", "0 1"}; !slices.Equal(asked, want) {
		t.Errorf("asked %v, want %v", asked, want)
	}
}

func TestDots(t *testing.T) {
	if got := []int{DotsEach(0), DotsEach(1), DotsEach(8), DotsEach(9)}; !slices.Equal(got, []int{0, 1, 2, 3}) {
		t.Errorf("dots for each person: %v", got)
	}
	totals, places, err := Dots(9, [][]int{{3, 0, 0, 0, 0, 0, 0, 0, 0}, {0, 2, 1, 0, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0, 0, 0, 0}})
	if err != nil || totals[1] != 3 || fmt.Sprint(places) != "[[0 1] [2] [3 4 5 6 7 8]]" {
		t.Errorf("%v %v %v", totals, places, err)
	}
	for name, dots := range map[string][]int{"too many": {1, 1, 1, 1, 0, 0, 0, 0, 0}, "below zero": {-1, 0, 0, 0, 0, 0, 0, 0, 0}, "too short": {1}} {
		if _, _, err := Dots(9, [][]int{dots}); err == nil {
			t.Errorf("%s passes", name)
		}
	}
	if CheckDots(make([]int, 20)) != nil || CheckDots(append([]int{4}, make([]int, 19)...)) == nil {
		t.Error("more than three dots on one idea pass")
	}
}
