package budget

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// instances draws small instances in which ties are frequent.
func instances(kinds ...Kind) *rapid.Generator[*Instance] {
	return rapid.Custom(func(t *rapid.T) *Instance {
		in := &Instance{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Budget: Amount(rapid.IntRange(1, 40).Draw(t, "budget"))}
		n := rapid.IntRange(1, 6).Draw(t, "projects")
		for i := range n {
			in.Projects = append(in.Projects, Project{ID: fmt.Sprint("p", i), Cost: Amount(rapid.IntRange(0, 15).Draw(t, "cost"))})
		}
		for range rapid.IntRange(0, 6).Draw(t, "groups") {
			order := rapid.Permutation(byPlace(identity(n))).Draw(t, "choices")[:rapid.IntRange(1, n).Draw(t, "size")]
			g := Group{Count: rapid.IntRange(1, 4).Draw(t, "count")}
			for _, p := range order {
				g.Choices = append(g.Choices, int32(p))
				if in.Kind == Points {
					g.Points = append(g.Points, int64(rapid.IntRange(0, 3).Draw(t, "points")))
				}
			}
			in.Groups = append(in.Groups, g)
			in.Ballots += g.Count
		}
		in.Ballots += rapid.IntRange(0, 2).Draw(t, "empty ballots")
		return in
	})
}

func identity(n int) []int {
	place := make([]int, n)
	for i := range place {
		place[i] = i
	}
	return place
}

// paid is what was chosen against others: without the free projects.
func paid(in *Instance, out *Outcome) []int {
	return slices.DeleteFunc(slices.Clone(out.Selected), func(p int) bool { return in.Projects[p].Cost == 0 })
}

func TestEqualSharesIsTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := instances(Approval, Points, Ranking).Draw(t, "instance")
		ties := rapid.SampledFrom([]Ties{ByVotes, ByID}).Draw(t, "ties")
		out, err := EqualShares(in, Options{Ties: ties})
		if err != nil || in.Ballots == 0 {
			return
		}
		want, equal := slowShares(in, newSupport(in).order(ties), out.Share)
		if !slices.Equal(paid(in, out), want) {
			t.Fatalf("chose %v, by definition %v", paid(in, out), want)
		}
		for i, p := range want {
			if got := out.Why[p].Tied; !slices.Equal(got, equal[i]) {
				t.Errorf("%d was tied with %v, by definition with %v", p, got, equal[i])
			}
		}
	})
}

func TestRaisingIsTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := instances(Approval, Points, Ranking).Draw(t, "instance")
		out, err := EqualShares(in, Options{Raise: true})
		if err != nil || in.Ballots == 0 {
			return
		}
		want, share := slowRaise(in, newSupport(in).order(ByVotes))
		if !slices.Equal(paid(in, out), want) {
			t.Fatalf("chose %v at a share of %v, by definition %v at %v", paid(in, out), out.Share, want, share)
		}
	})
}

func TestPhragmenIsTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := instances(Approval).Draw(t, "instance")
		ties := rapid.SampledFrom([]Ties{ByVotes, ByID}).Draw(t, "ties")
		out, err := Phragmen(in, Options{Ties: ties})
		if err != nil {
			t.Fatal(err)
		}
		if want := slowLoads(in, newSupport(in).order(ties)); !slices.Equal(paid(in, out), want) {
			t.Fatalf("chose %v, by definition %v", paid(in, out), want)
		}
	})
}

// rules are all rules, by name.
var rules = map[string]func(*Instance) (*Outcome, error){
	"equal shares": func(in *Instance) (*Outcome, error) { return EqualShares(in, Options{}) },
	"add1":         func(in *Instance) (*Outcome, error) { return EqualShares(in, Options{Raise: true}) },
	"add1 stopping": func(in *Instance) (*Outcome, error) {
		return EqualShares(in, Options{Raise: true, StopWhenExhaustive: true})
	},
	"filled":   func(in *Instance) (*Outcome, error) { return EqualShares(in, Options{Fill: true}) },
	"greedy":   func(in *Instance) (*Outcome, error) { return Greedy(in, Options{}) },
	"phragmen": func(in *Instance) (*Outcome, error) { return Phragmen(in, Options{}) },
}

func TestNoRuleExceedsTheBudgetAndEachExplainsEveryProject(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := instances(Approval, Points, Ranking).Draw(t, "instance")
		for name, rule := range rules {
			out, err := rule(in)
			if err != nil {
				t.Fatal(err)
			}
			cost := Amount(0)
			for _, p := range out.Selected {
				cost += in.Projects[p].Cost
			}
			if cost != out.Cost || cost > in.Budget {
				t.Errorf("%s: cost %d said to be %d, budget %d", name, cost, out.Cost, in.Budget)
			}
			for p, why := range out.Why {
				if why.Cause == "" || why.Cause.Chosen() != slices.Contains(out.Selected, p) {
					t.Errorf("%s: project %d, cause %q, chosen %v", name, p, why.Cause, out.Selected)
				}
				if why.Cause == Short && why.Behind >= float64(in.Projects[p].Cost) || why.Cause == NoRoom && why.Behind >= float64(in.Projects[p].Cost) {
					t.Errorf("%s: project %d was not chosen although %v were there for a cost of %d", name, p, why.Behind, in.Projects[p].Cost)
				}
			}
		}
	})
}

// shuffled is the instance with its projects and ballots in another order, the
// groups split into single ballots.
func shuffled(t *rapid.T, in *Instance) *Instance {
	place := rapid.Permutation(identity(len(in.Projects))).Draw(t, "order of projects")
	out := *in
	out.Projects = make([]Project, len(in.Projects))
	for p, i := range place {
		out.Projects[i] = in.Projects[p]
	}
	out.Groups = nil
	for _, g := range in.Groups {
		one := Group{Points: g.Points, Count: 1}
		for _, p := range g.Choices {
			one.Choices = append(one.Choices, int32(place[p]))
		}
		for range g.Count {
			out.Groups = append(out.Groups, one)
		}
	}
	if len(out.Groups) > 0 {
		out.Groups = rapid.Permutation(out.Groups).Draw(t, "order of ballots")
	}
	return &out
}

func TestTheOrderOfVotesAndProjectsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := instances(Approval, Points, Ranking).Draw(t, "instance")
		other := shuffled(t, in)
		for name, rule := range rules {
			a, errA := rule(in)
			b, errB := rule(other)
			if errA != nil || errB != nil || !slices.Equal(names(in, a), names(other, b)) {
				t.Errorf("%s: %v, in another order %v (%v, %v)", name, names(in, a), names(other, b), errA, errB)
			}
		}
	})
}

func TestTheUnitOfMoneyDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := instances(Approval, Points, Ranking).Draw(t, "instance")
		cents := *in
		cents.Decimals, cents.Budget, cents.Projects = in.Decimals+2, in.Budget*100, slices.Clone(in.Projects)
		for p := range cents.Projects {
			cents.Projects[p].Cost *= 100
		}
		for name, rule := range rules {
			a, errA := rule(in)
			b, errB := rule(&cents)
			if errA != nil || errB != nil || !slices.Equal(a.Selected, b.Selected) {
				t.Errorf("%s: %v, in cents %v (%v, %v)", name, a.Selected, b.Selected, errA, errB)
			}
		}
	})
}

func TestGreedyKeepsAProjectThatGainsAnApprover(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := instances(Approval).Draw(t, "instance")
		before, err := Greedy(in, Options{})
		if err != nil || len(before.Selected) == 0 {
			return
		}
		p := rapid.SampledFrom(before.Selected).Draw(t, "project")
		in.Groups = append(in.Groups, Group{Choices: []int32{int32(p)}, Count: 1})
		in.Ballots++
		after, err := Greedy(in, Options{})
		if err != nil || !slices.Contains(after.Selected, p) {
			t.Errorf("%d was among %v and is not among %v", p, before.Selected, after.Selected)
		}
	})
}

func TestCompareCountsEveryoneOnce(t *testing.T) {
	in := &Instance{Kind: Approval, Budget: 10, Ballots: 10,
		Projects: []Project{{ID: "a", Cost: 10}, {ID: "b", Cost: 5}, {ID: "c", Cost: 5}},
		Groups:   []Group{{Choices: []int32{0}, Count: 4}, {Choices: []int32{1, 2}, Count: 3}, {Choices: []int32{0, 1}, Count: 2}}}
	got := Compare(in, &Outcome{Selected: []int{0}}, &Outcome{Selected: []int{1, 2}})
	if want := (Comparison{First: 4, Second: 3, Same: 3}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// TestSharesThatOnlyFractionsDecide is a tie that float64 breaks: three people
// with a third of the budget each, two of whom have bought before.
func TestSharesThatOnlyFractionsDecide(t *testing.T) {
	in := &Instance{Kind: Approval, Budget: 10, Ballots: 3,
		Projects: []Project{{ID: "c", Cost: 7}, {ID: "b", Cost: 2}, {ID: "a", Cost: 7}},
		Groups:   []Group{{Choices: []int32{1, 0, 2}, Count: 2}, {Choices: []int32{0, 2}, Count: 1}}}
	share := big.NewRat(10, 3)
	want, equal := slowShares(in, newSupport(in).order(ByID), share)
	out, err := EqualShares(in, Options{Ties: ByID})
	if err != nil || !slices.Equal(out.Selected, want) || len(equal[0]) != 1 || !slices.Equal(out.Why[want[0]].Tied, equal[0]) {
		t.Errorf("chose %v tied %v, want %v tied %v, %v", out.Selected, out.Why[want[0]].Tied, want, equal, err)
	}
}

// TestScoresCloserThanFloatsTell has two projects whose effective votes differ
// by one part in 10^21; the tie order would take the other one.
func TestScoresCloserThanFloatsTell(t *testing.T) {
	const share, left = 1e12, 1000
	in := &Instance{Kind: Approval, Budget: 4 * share, Ballots: 4,
		Projects: []Project{{ID: "a", Cost: share + 1}, {ID: "b", Cost: share}, {ID: "first", Cost: 3 * (share - left)}},
		Groups:   []Group{{Choices: []int32{0, 1}, Count: 1}, {Choices: []int32{0, 1, 2}, Count: 1}, {Choices: []int32{2}, Count: 2}}}
	out, err := EqualShares(in, Options{Ties: ByID})
	if err != nil || !slices.Equal(out.Selected, []int{2, 1}) || len(out.Why[1].Tied) > 0 {
		t.Errorf("chose %v, tied with %v, %v", out.Selected, out.Why[1].Tied, err)
	}
}

// TestPhragmenStopsAtATiedMisfit: of two equal loads one fits and one does not.
func TestPhragmenStopsAtATiedMisfit(t *testing.T) {
	in := &Instance{Kind: Approval, Budget: 10, Ballots: 9,
		Projects: []Project{{ID: "a", Cost: 6}, {ID: "b", Cost: 9}, {ID: "c", Cost: 4}},
		Groups:   []Group{{Choices: []int32{0}, Count: 2}, {Choices: []int32{1}, Count: 3}, {Choices: []int32{2}, Count: 4}}}
	out, err := Phragmen(in, Options{Ties: ByID})
	if err != nil || !slices.Equal(out.Selected, []int{2}) || out.Why[0].Cause != Stopped || out.Why[1].Cause != NoRoom {
		t.Errorf("chose %v, reasons %+v, %v", out.Selected, out.Why, err)
	}
}

func TestAnInstanceMadeByHandIsChecked(t *testing.T) {
	good := Instance{Kind: Approval, Budget: 10, Ballots: 1, Projects: []Project{{ID: "a", Cost: 1}}, Groups: []Group{{Choices: []int32{0}, Count: 1}}}
	broken := map[string]func(*Instance){
		"no budget":         func(in *Instance) { in.Budget = 0 },
		"no kind":           func(in *Instance) { in.Kind = "" },
		"a negative cost":   func(in *Instance) { in.Projects[0].Cost = -1 },
		"the same id twice": func(in *Instance) { in.Projects = append(in.Projects, in.Projects[0]) },
		"an unknown choice": func(in *Instance) { in.Groups[0].Choices = []int32{1} },
		"a choice twice":    func(in *Instance) { in.Groups[0].Choices = []int32{0, 0} },
		"too few ballots":   func(in *Instance) { in.Ballots = 0 },
		"no points":         func(in *Instance) { in.Kind = Points },
	}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range broken {
		in := good
		in.Projects, in.Groups = slices.Clone(good.Projects), slices.Clone(good.Groups)
		spoil(&in)
		for rule, run := range rules {
			if _, err := run(&in); err == nil {
				t.Errorf("%s passes %s", rule, name)
			}
		}
	}
}
