package review

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ronda/method/choice/rank"
)

// panel makes a panel with one criterion out of rows: reviewer, idea, grade.
func panel(rows ...[3]any) *Panel {
	p := &Panel{Weights: []float64{1}, Best: 4}
	for _, r := range rows {
		p.Reviews = append(p.Reviews, Review{Reviewer: r[0].(string), Idea: r[1].(string), Grades: []int{r[2].(int)}})
	}
	return p
}

func rankAll(t testing.TB, p *Panel, o Options) *Ranking {
	t.Helper()
	r, err := Rank(p, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// standing finds one idea.
func standing(r *Ranking, idea string) Standing {
	i := slices.IndexFunc(r.Ideas, func(s Standing) bool { return s.Idea == idea })
	return r.Ideas[i]
}

// panels draws panels in which not everyone saw everything.
func panels() *rapid.Generator[*Panel] {
	return rapid.Custom(func(t *rapid.T) *Panel {
		criteria := rapid.IntRange(1, 3).Draw(t, "criteria")
		p := &Panel{Best: 4, Weights: rapid.SliceOfN(rapid.Float64Range(0.1, 5), criteria, criteria).Draw(t, "weights")}
		for i := range rapid.IntRange(1, 6).Draw(t, "ideas") {
			for r := range 7 {
				if rapid.Bool().Draw(t, "reviews") {
					p.Reviews = append(p.Reviews, Review{Reviewer: fmt.Sprint("r", r), Idea: fmt.Sprint("i", i),
						Grades:   rapid.SliceOfN(rapid.IntRange(0, 4), criteria, criteria).Draw(t, "grades"),
						Conflict: rapid.IntRange(0, 9).Draw(t, "conflict") == 0})
				}
			}
		}
		return p
	})
}

// alternate fits the model as it reads: a mean, then ideas and reviewers by
// turns, until nothing changes.
func alternate(tab *table, criterion int) []float64 {
	rev, idea := make([]float64, len(tab.reviewers)), make([]float64, len(tab.ideas))
	grade := func(review int) float64 { return tab.of(review)[criterion] }
	for range 20_000 {
		sum, n := make([]float64, len(rev)), make([]float64, len(rev))
		for i := range tab.ideas {
			total := 0.0
			for review := tab.first[i]; review < tab.first[i+1]; review++ {
				total += grade(review) - rev[tab.reviewer[review]]
			}
			idea[i] = total / float64(tab.first[i+1]-tab.first[i])
			for review := tab.first[i]; review < tab.first[i+1]; review++ {
				sum[tab.reviewer[review]] += grade(review) - idea[i]
				n[tab.reviewer[review]]++
			}
		}
		change := 0.0
		for r := range rev {
			next := sum[r] / (n[r] + 1)
			change = max(change, math.Abs(next-rev[r]))
			rev[r] = next
		}
		if change < 1e-12 {
			break
		}
	}
	return rev
}

func TestSeverityIsTheFitByTurns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tab := newTable(panels().Draw(t, "panel"))
		got := tab.fit(-1, nil)
		for c := range tab.criteria {
			for r, want := range alternate(tab, c) {
				if math.Abs(got[r*tab.criteria+c]-want) > 1e-6 {
					t.Errorf("reviewer %d, criterion %d: %v, by turns %v", r, c, got[r*tab.criteria+c], want)
				}
			}
		}
	})
}

// strict is a panel in which the better idea fell into strict hands.
func strict() *Panel {
	p := panel()
	for i := range 6 {
		idea := fmt.Sprint("common", i)
		p.Reviews = append(p.Reviews, panel([3]any{"strict", idea, 1}, [3]any{"kind", idea, 3}).Reviews...)
	}
	p.Reviews = append(p.Reviews, panel([3]any{"strict", "good", 2}, [3]any{"kind", "fair", 3}).Reviews...)
	return p
}

func TestSeverityTurnsTheOrder(t *testing.T) {
	r := rankAll(t, strict(), Options{Places: 1})
	good, fair := standing(r, "good"), standing(r, "fair")
	if !r.Adjusted || good.Raw >= fair.Raw || good.Adjusted <= fair.Adjusted || good.Place >= fair.Place {
		t.Errorf("good %+v, fair %+v", good, fair)
	}
	if s := r.Reviewers; s[0].Name != "kind" || s[0].Severity < 0.7 || s[1].Severity > -0.7 || s[0].Reviews != 7 {
		t.Errorf("reviewers %+v", s)
	}
}

func TestNothingIsAdjustedWhenEveryoneSawEverything(t *testing.T) {
	r := rankAll(t, panel([3]any{"a", "x", 1}, [3]any{"b", "x", 4}, [3]any{"a", "y", 0}, [3]any{"b", "y", 3}), Options{})
	if r.Adjusted || standing(r, "x").Adjusted != 2.5 || standing(r, "x").Raw != 2.5 {
		t.Errorf("%+v", r)
	}
}

func TestAConflictRemovesTheReview(t *testing.T) {
	p := panel([3]any{"a", "x", 4}, [3]any{"b", "x", 1})
	p.Reviews[0].Conflict = true
	if r := rankAll(t, p, Options{}); r.Ideas[0].Raw != 1 || r.Ideas[0].Reviewers != 1 || !r.Ideas[0].Few {
		t.Errorf("%+v", r.Ideas[0])
	}
}

func TestOneHighestAndOneLowestAreDroppedFromFiveReviewersOn(t *testing.T) {
	if got := trimmedMean([]float64{0, 4, 3, 2, 4}); got != 3 {
		t.Errorf("of five: %v", got)
	}
	if got := trimmedMean([]float64{0, 4, 3, 1}); got != 2 {
		t.Errorf("of four: %v", got)
	}
}

func TestRangesShowWhatHangsOnTheWeightsOrOnOneReviewer(t *testing.T) {
	p := &Panel{Weights: []float64{1, 1}, Best: 4}
	add := func(idea string, grades ...[2]int) {
		for i, g := range grades {
			p.Reviews = append(p.Reviews, Review{Reviewer: fmt.Sprint("r", i), Idea: idea, Grades: g[:]})
		}
	}
	add("best", [2]int{4, 4}, [2]int{4, 4}, [2]int{4, 4})
	add("first criterion", [2]int{4, 1}, [2]int{4, 1}, [2]int{4, 1})
	add("second criterion", [2]int{1, 4}, [2]int{1, 4}, [2]int{1, 4})
	add("one admirer", [2]int{4, 4}, [2]int{1, 1}, [2]int{1, 2})
	add("worst", [2]int{0, 0}, [2]int{0, 0}, [2]int{0, 0})
	r := rankAll(t, p, Options{Places: 2})
	want := map[string]struct {
		place, best, worst int
		status             Status
	}{
		"best": {1, 1, 1, In}, "first criterion": {2, 2, 4, Discuss}, "second criterion": {2, 2, 4, Discuss},
		"one admirer": {4, 2, 4, Discuss}, "worst": {5, 5, 5, Out},
	}
	for idea, w := range want {
		if s := standing(r, idea); s.Place != w.place || s.Best != w.best || s.Worst != w.worst || s.Status != w.status {
			t.Errorf("%s: place %d, range %d to %d, %s; want %+v", idea, s.Place, s.Best, s.Worst, s.Status, w)
		}
	}
	if s := standing(r, "one admirer"); len(s.Uneven) != 0 {
		t.Errorf("uneven criteria %v", s.Uneven) // quartiles 1 and 2.5
	}
	p.Reviews[len(p.Reviews)-5].Grades = []int{4, 1}
	p.Reviews[len(p.Reviews)-4].Grades = []int{0, 2}
	if s := standing(rankAll(t, p, Options{Places: 2}), "one admirer"); !slices.Equal(s.Uneven, []int{0}) {
		t.Errorf("uneven criteria %v, want the first", s.Uneven)
	}
}

func TestAnIdeaThatHangsOnOneReviewerIsToDiscuss(t *testing.T) {
	p := panel(
		[3]any{"a", "x", 4}, [3]any{"b", "x", 2}, [3]any{"c", "x", 2},
		[3]any{"a", "y", 2}, [3]any{"b", "y", 3}, [3]any{"c", "y", 2})
	if s := standing(rankAll(t, p, Options{Places: 1}), "x"); s.Place != 1 || s.Worst != 2 || s.Status != Discuss {
		t.Errorf("%+v", s)
	}
}

func TestAnIdeaThatHangsOnTheWeightsIsToDiscuss(t *testing.T) {
	p := &Panel{Weights: []float64{1, 1}, Best: 4}
	for _, r := range []string{"a", "b", "c"} {
		p.Reviews = append(p.Reviews,
			Review{Reviewer: r, Idea: "even", Grades: []int{2, 2}}, Review{Reviewer: r, Idea: "uneven", Grades: []int{4, 0}})
	}
	p.Weights[0] = 1.05
	if s := standing(rankAll(t, p, Options{Places: 1}), "uneven"); s.Place != 1 || s.Worst != 2 || s.Status != Discuss {
		t.Errorf("%+v", s)
	}
	if s := standing(rankAll(t, p, Options{Places: 1, Spread: 0.01}), "uneven"); s.Status != In {
		t.Errorf("with weights nearly certain: %+v", s)
	}
}

// TestLeavingOutIsRankingWithout compares the ranges with those of panels from
// which each reviewer in turn was taken.
func TestLeavingOutIsRankingWithout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := panels().Draw(t, "panel")
		p.Reviews = slices.DeleteFunc(p.Reviews, func(r Review) bool { return r.Conflict })
		certain := Options{Places: 1, Draws: 1, Spread: 1e-15}
		whole, err := Rank(p, certain)
		if err != nil {
			t.Fatal(err)
		}
		best, worst := map[string]int{}, map[string]int{}
		note := func(r *Ranking) {
			for i, s := range r.Ideas {
				last := i
				for last+1 < len(r.Ideas) && r.Ideas[last+1].Place == s.Place {
					last++
				}
				if best[s.Idea] == 0 || s.Place < best[s.Idea] {
					best[s.Idea] = s.Place
				}
				worst[s.Idea] = max(worst[s.Idea], last+1)
			}
		}
		note(whole)
		for _, reviewer := range whole.Reviewers {
			rest := *p
			rest.Reviews = slices.DeleteFunc(slices.Clone(p.Reviews), func(r Review) bool { return r.Reviewer == reviewer.Name })
			without, err := Rank(&rest, certain)
			if err != nil {
				t.Fatal(err)
			}
			if len(without.Ideas) < len(whole.Ideas) {
				return // an idea that nobody else reviewed keeps its place, which this cannot show
			}
			note(without)
		}
		for _, s := range whole.Ideas {
			if s.Best != best[s.Idea] || s.Worst != worst[s.Idea] {
				t.Errorf("%s: range %d to %d, want %d to %d", s.Idea, s.Best, s.Worst, best[s.Idea], worst[s.Idea])
			}
		}
	})
}

// TestAlphaOfKrippendorff takes the worked example of four observers and twelve
// units whose alpha for ordered data is published as 0.815.
func TestAlphaOfKrippendorff(t *testing.T) {
	const none = 0
	observers := [][]int{
		{1, 2, 3, 3, 2, 1, 4, 1, 2, none, none, none},
		{1, 2, 3, 3, 2, 2, 4, 1, 2, 5, none, 3},
		{none, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, none},
		{1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, none},
	}
	p := panel()
	p.Best = 5
	for o, grades := range observers {
		for unit, g := range grades {
			if g != none {
				p.Reviews = append(p.Reviews, Review{Reviewer: fmt.Sprint(o), Idea: fmt.Sprint(unit), Grades: []int{g}})
			}
		}
	}
	if a := rankAll(t, p, Options{}).Agreement[0]; math.Abs(a.Alpha-0.815) > 0.0005 || !a.Defined || a.Low {
		t.Errorf("%+v", a)
	}
}

func TestAlphaOfDisagreementAndOfNothing(t *testing.T) {
	against := panel([3]any{"a", "x", 0}, [3]any{"b", "x", 4}, [3]any{"a", "y", 4}, [3]any{"b", "y", 0})
	if a := rankAll(t, against, Options{}).Agreement[0]; !a.Defined || !a.Low || a.Alpha >= 0 {
		t.Errorf("opposite grades: %+v", a)
	}
	alone := panel([3]any{"a", "x", 0}, [3]any{"b", "y", 4})
	if a := rankAll(t, alone, Options{}).Agreement[0]; a.Defined || a.Low {
		t.Errorf("nobody to agree with: %+v", a)
	}
}

func TestTheOrderOfReviewsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := panels().Draw(t, "panel")
		other := *p
		other.Reviews = slices.Clone(p.Reviews)
		if len(other.Reviews) > 0 {
			other.Reviews = rapid.Permutation(other.Reviews).Draw(t, "order")
		}
		a, errA := Rank(p, Options{Places: 2, Draws: 20})
		b, errB := Rank(&other, Options{Places: 2, Draws: 20})
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if diff := cmp.Diff(a, b); diff != "" {
			t.Error(diff)
		}
		for _, s := range a.Ideas {
			if s.Best > s.Place || s.Worst < s.Place || s.Worst > len(a.Ideas) {
				t.Errorf("%s: place %d, range %d to %d", s.Idea, s.Place, s.Best, s.Worst)
			}
		}
	})
}

func TestAPanelIsChecked(t *testing.T) {
	broken := map[string]*Panel{
		"no criteria":        {Best: 4},
		"a weight of zero":   {Weights: []float64{0}, Best: 4},
		"no scale":           {Weights: []float64{1}},
		"a grade too many":   {Weights: []float64{1}, Best: 4, Reviews: []Review{{Grades: []int{1, 2}}}},
		"a grade too high":   panel([3]any{"a", "x", 5}),
		"a grade below zero": panel([3]any{"a", "x", -1}),
		"a review twice":     panel([3]any{"a", "x", 1}, [3]any{"a", "x", 2}),
	}
	for name, p := range broken {
		if _, err := Rank(p, Options{}); err == nil {
			t.Errorf("%s passes", name)
		}
		if _, err := Grades(p, All); err == nil {
			t.Errorf("%s passes for grades", name)
		}
	}
	if r := rankAll(t, &Panel{Weights: []float64{1}, Best: 4}, Options{}); len(r.Ideas) != 0 {
		t.Errorf("nothing to rank gives %+v", r)
	}
}

func TestGradesGoToMajorityJudgment(t *testing.T) {
	p := panel(
		[3]any{"a", "few", 3}, [3]any{"b", "few", 3},
		[3]any{"a", "many", 4}, [3]any{"b", "many", 2}, [3]any{"c", "many", 2})
	poll, err := Grades(p, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(poll.Tallies); got != "[[0 0 0 6 0] [0 0 4 0 2]]" {
		t.Errorf("tallies %s", got)
	}
	places, err := rank.MajorityJudgment(poll)
	if err != nil || fmt.Sprint(places) != "[[0] [1]]" {
		t.Errorf("places %v, %v", places, err)
	}
	if _, err := Grades(p, 1); err == nil {
		t.Error("a criterion that does not exist passes")
	}
}

func TestWeigh(t *testing.T) {
	w, err := Weigh([][]float64{{1, 3, 5}, {1. / 3, 1, 3}, {1. / 5, 1. / 3, 1}})
	if err != nil || !w.Consistent || math.Abs(w.Ratio-0.0332) > 0.0005 {
		t.Errorf("%+v, %v", w, err)
	}
	for i, want := range []float64{0.637, 0.258, 0.105} {
		if math.Abs(w.Weights[i]-want) > 0.0005 {
			t.Errorf("weights %v", w.Weights)
		}
	}
	if w, err := Weigh([][]float64{{1, 9, 1. / 9}, {1. / 9, 1, 9}, {9, 1. / 9, 1}}); err != nil || w.Consistent {
		t.Errorf("a circle is consistent: %+v, %v", w, err)
	}
	if w, err := Weigh([][]float64{{1, 4}, {0.25, 1}}); err != nil || w.Ratio != 0 || math.Abs(w.Weights[0]-0.8) > 1e-12 {
		t.Errorf("two criteria: %+v, %v", w, err)
	}
	for name, more := range map[string][][]float64{"nothing": {}, "no square": {{1, 2}, {0.5}}, "no inverse": {{1, 2}, {2, 1}}, "zero": {{1, 0}, {0, 1}}, "too many": make([][]float64, 11)} {
		if _, err := Weigh(more); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

// large is a panel of many ideas, each with a few of the reviewers.
func large(ideas, each, reviewers, criteria int) *Panel {
	random := rand.New(rand.NewPCG(1, 2))
	p := &Panel{Best: 4}
	for range criteria {
		p.Weights = append(p.Weights, 1+random.Float64())
	}
	for i := range ideas {
		quality := random.IntN(3)
		for _, r := range random.Perm(reviewers)[:each] {
			grades := make([]int, criteria)
			for c := range grades {
				grades[c] = min(4, quality+random.IntN(2)+r%2)
			}
			p.Reviews = append(p.Reviews, Review{Reviewer: fmt.Sprint("r", r), Idea: fmt.Sprintf("i%05d", i), Grades: grades})
		}
	}
	return p
}

func TestALargePanelIsTheSameTwice(t *testing.T) {
	p := large(400, 3, 20, 4)
	if diff := cmp.Diff(rankAll(t, p, Options{Places: 30}), rankAll(t, p, Options{Places: 30})); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkRankOf5000IdeasWith3Reviews(b *testing.B) {
	for _, reviewers := range []int{30, 150, 500} {
		p := large(5000, 3, reviewers, 5)
		b.Run(fmt.Sprint(reviewers, "reviewers"), func(b *testing.B) {
			for b.Loop() {
				rankAll(b, p, Options{Places: 100})
			}
		})
	}
}
