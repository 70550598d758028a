package opinion

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// camps returns an assembly of two camps that answer all of n statements
// oppositely, save the first, which both like; a fifth of the rest are passes.
func camps(left, right, n int) *Votes {
	v, noise := &Votes{}, random(n)
	for i := range left + right {
		side := Agree
		if i >= left {
			side = Disagree
		}
		for j := range n {
			vote := side
			switch {
			case j == 0:
				vote = Agree
			case j%2 == 0:
				vote = -side
			}
			if j > 0 && noise.float() < 0.2 {
				vote = Pass
			}
			v.Cast(fmt.Sprint(i), fmt.Sprint(j), vote)
		}
	}
	return v
}

func TestTwoCampsAreTwoGroups(t *testing.T) {
	m, _ := Draw(camps(30, 20, 10), State{})
	if len(m.Groups) != 2 || m.Groups[0].Size != 30 || m.Groups[1].Size != 20 || m.Silhouette < 0.6 {
		t.Fatalf("groups %+v, silhouette %g", m.Groups, m.Silhouette)
	}
	for _, p := range m.Groups[1].Members {
		if p < 30 {
			t.Errorf("participant %s in the wrong group", m.Participants[p])
		}
	}
	if len(m.Unites.Agree) != 1 || m.Unites.Agree[0].Statement != "0" || len(m.UnitesEach.Agree) != 1 || m.UnitesEach.Agree[0].Statement != "0" {
		t.Errorf("consensus %v and %v", m.Unites, m.UnitesEach)
	}
	for _, c := range m.Groups[0].Stands {
		if c.Statement == "0" {
			t.Error("what all like sets nobody apart")
		}
	}
}

// Random votes fall into parts with a silhouette of 0.34 to 0.39, as good as
// that of some real assemblies; they must not be dressed up as groups.
func TestNoClearGroupsIsSaid(t *testing.T) {
	for _, size := range [][2]int{{20, 12}, {60, 40}, {300, 10}, {300, 120}} {
		v, noise := &Votes{}, random(size[0]+size[1])
		for i := range size[0] {
			for j := range size[1] {
				v.Cast(fmt.Sprint(i), fmt.Sprint(j), Vote(noise.next()%3)-1)
			}
		}
		m, after := Draw(v, State{})
		if len(m.Groups) != 0 || after.K != 0 || m.Structured || len(after.Members) != size[0] {
			t.Errorf("%v: %d groups, silhouette %g", size, len(m.Groups), m.Silhouette)
		}
	}
	if best([]division{{}, {}}, []float64{0.2499, 0.1}) != 0 || best([]division{{}, {}}, []float64{0.25, 0.25}) != 2 {
		t.Error("the bound of clearness moved")
	}
}

func TestSmallAssemblies(t *testing.T) {
	empty, _ := Draw(&Votes{}, State{})
	if len(empty.Groups)+len(empty.Places)+empty.Votes != 0 {
		t.Errorf("empty: %+v", empty)
	}
	one := &Votes{}
	one.Cast("ana", "s", Disagree)
	one.Cast("eva", "s", Agree)
	one.Participant("quiet")
	m, _ := Draw(one, State{})
	if want := []Point{{-1, 0}, {1, 0}, {0, 0}}; !slices.Equal(m.Places, want) {
		t.Errorf("one statement: %v", m.Places)
	}
	alone := &Votes{}
	alone.Cast("ana", "1", Agree)
	alone.Cast("ana", "2", Agree)
	if m, _ := Draw(alone, State{}); m.Places[0] != (Point{1, 0}) || len(m.Groups) != 0 {
		t.Errorf("one participant: %v", m.Places)
	}
}

// drawVotes makes up votes; ids repeat, so later votes replace earlier ones.
func drawVotes(t *rapid.T) [][3]int {
	triple := rapid.Custom(func(t *rapid.T) [3]int {
		return [3]int{rapid.IntRange(0, 20).Draw(t, "who"), rapid.IntRange(0, 9).Draw(t, "what"), rapid.IntRange(-1, 1).Draw(t, "vote")}
	})
	return rapid.SliceOfN(triple, 0, 150).Draw(t, "votes")
}

func cast(votes [][3]int) *Votes {
	v := &Votes{}
	for _, c := range votes {
		v.Cast(fmt.Sprint(c[0]), fmt.Sprint(c[1]), Vote(c[2]))
	}
	return v
}

func bytesOf(t *rapid.T, v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err) // NaN and infinity have no JSON
	}
	return string(raw)
}

// The last votes alone decide: not their order, and not what was withdrawn.
func TestTheSameVotesGiveTheSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		votes := drawVotes(t)
		last := map[[2]int]int{}
		for _, c := range votes {
			last[[2]int{c[0], c[1]}] = c[2]
		}
		var again [][3]int
		for pair, vote := range last {
			again = append(again, [3]int{pair[0], pair[1], vote})
		}
		one, other := cast(votes), cast(again)
		other.Cast("3", "1", Agree)
		other.Withdraw("3", "1")
		if vote, ok := last[[2]int{3, 1}]; ok {
			other.Cast("3", "1", Vote(vote))
		}
		one.Participant("3")
		one.Statement("1")
		a, afterA := Draw(one, State{})
		b, afterB := Draw(other, State{})
		if bytesOf(t, a) != bytesOf(t, b) || bytesOf(t, afterA) != bytesOf(t, afterB) {
			t.Fatalf("%s\n%s", bytesOf(t, a), bytesOf(t, b))
		}
	})
}

func TestMapsHoldTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := cast(drawVotes(t))
		for j := range rapid.IntRange(0, 3).Draw(t, "rejected") {
			v.Reject(fmt.Sprint(j), true)
		}
		m, after := Draw(v, State{})
		bytesOf(t, m)
		seen := map[int]bool{}
		for n, g := range m.Groups {
			if g.Size == 0 || n > 0 && g.Size > m.Groups[n-1].Size {
				t.Fatalf("group %d has %d people", n, g.Size)
			}
			for _, p := range g.Members {
				if seen[p] || after.Members[m.Participants[p]] != n {
					t.Fatalf("participant %d in two groups or another", p)
				}
				seen[p] = true
			}
			for _, c := range g.Stands {
				if v.rejected[c.Statement] {
					t.Fatalf("stands for rejected %s", c.Statement)
				}
			}
		}
		if m.Silhouette < 0 || m.Silhouette > 1 {
			t.Fatalf("silhouette %g", m.Silhouette)
		}
	})
}

func TestRejectedStatementsCountAsZero(t *testing.T) {
	v := camps(30, 20, 10)
	v.Reject("3", true)
	v.Reject("unknown", true)
	m, _ := Draw(v, State{})
	if s := m.Statements[3]; !s.Rejected || s.Mean != 0 || s.Axes != [2]float64{} || s.All != 50 || len(m.Statements) != 10 {
		t.Errorf("%+v", s)
	}
	v.Reject("3", false)
	back, _ := Draw(v, State{})
	fresh, _ := Draw(camps(30, 20, 10), State{})
	if !reflect.DeepEqual(back, fresh) {
		t.Error("taking a rejection back leaves traces")
	}
}

func TestVotesRefuseWhatIsNoVote(t *testing.T) {
	v := &Votes{}
	if v.Cast("a", "b", 2) == nil || v.Cast("a", "b", -2) == nil {
		t.Error("cast")
	}
	if _, ok := v.Vote("a", "b"); ok {
		t.Error("recorded")
	}
	v.Withdraw("a", "b")
}

func TestIDsSortAsPeopleCount(t *testing.T) {
	ids := []string{"b", "10", "9", "a", "09", "0", "-1"}
	slices.SortFunc(ids, byID)
	if want := []string{"0", "09", "9", "10", "-1", "a", "b"}; !slices.Equal(ids, want) {
		t.Errorf("%q", ids)
	}
}

func TestWhatUnitesEachGroupWasHeardInEach(t *testing.T) {
	v := camps(30, 20, 10)
	for i := range 36 { // all of the larger camp, six of the smaller
		v.Cast(fmt.Sprint(i), "late", Agree)
	}
	m, _ := Draw(v, State{})
	heard := func(list []Choice) bool {
		return slices.ContainsFunc(list, func(c Choice) bool { return c.Statement == "late" })
	}
	if !heard(m.Unites.Agree) || heard(m.UnitesEach.Agree) {
		t.Errorf("with six votes: %v and %v", m.Unites.Agree, m.UnitesEach.Agree)
	}
	v.Cast("36", "late", Agree)
	if m, _ := Draw(v, State{}); !heard(m.UnitesEach.Agree) {
		t.Errorf("with seven votes: %v", m.UnitesEach.Agree)
	}
}

func TestAxesPointWhereTheFirstLargestLoadingIsPositive(t *testing.T) {
	v := vectors{{0.1}, {-0.5}, {0.5 * (1 + 1e-12)}}
	if got := axis(v, 0); got[1] != 0.5 || got[0] != -0.1 {
		t.Errorf("%v", got)
	}
}
