package opinion

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestTheShownNumberOfGroupsFollowsAfterFourMaps(t *testing.T) {
	s := State{}.follow(2, 4)
	var shown []int
	for _, k := range []int{3, 3, 3, 2, 3, 3, 0, 3, 3, 3, 3, 3} {
		s = s.follow(k, 4)
		shown = append(shown, s.K)
	}
	if want := []int{2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3}; !slices.Equal(shown, want) {
		t.Errorf("shown %v, want %v", shown, want)
	}
	if s = s.follow(2, 1); s.K != 2 {
		t.Errorf("three groups shown where only two can be made")
	}
}

func TestGroupsKeepTheirNumbers(t *testing.T) {
	v := camps(30, 20, 10)
	first, state := Draw(v, State{})
	for i := 50; i < 80; i++ { // the smaller camp outgrows the larger
		for j := range 10 {
			vote, _ := v.Vote("49", fmt.Sprint(j))
			v.Cast(fmt.Sprint(i), fmt.Sprint(j), vote)
		}
	}
	second, _ := Draw(v, state)
	if first.Groups[1].Size != 20 || len(second.Groups) != 2 || second.Groups[1].Size != 50 || second.Groups[0].Size != 30 {
		t.Errorf("sizes %d, then %d and %d", first.Groups[1].Size, second.Groups[0].Size, second.Groups[1].Size)
	}
}

func TestOnceInStaysIn(t *testing.T) {
	v := camps(30, 20, 10)
	_, state := Draw(v, State{})
	for j := 1; j < 10; j++ {
		v.Withdraw("7", fmt.Sprint(j))
	}
	kept, _ := Draw(v, state)
	fresh, _ := Draw(v, State{})
	count := func(m *Map) (n int) {
		for _, g := range m.Groups {
			n += g.Size
		}
		return n
	}
	if count(kept) != 50 || count(fresh) != 49 {
		t.Errorf("grouped %d with a past, %d without", count(kept), count(fresh))
	}
}

func TestTheMostActiveFillUpToFifteen(t *testing.T) {
	v := &Votes{}
	for i := range 20 {
		for j := range 10 {
			if j < 3 || i < 5 || i >= 18 && j < 5 {
				v.Cast(fmt.Sprint(i), fmt.Sprint(j), Agree)
			}
		}
	}
	got := v.matrix().grouped(nil)
	if want := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 18, 19}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestNumbersGoByOverlapThenSize(t *testing.T) {
	got := numbers([]int{2, 0, 1}, [][]int{{0, 9, 0}, {0, 0, 0}, {4, 5, 0}})
	if want := []int{1, 2, 0}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A large assembly is grouped by base clusters and must come out much the same.
func TestBaseClustersFindTheSameGroups(t *testing.T) {
	noise := random(3)
	c := crowd{}
	for i := range 6000 {
		p := Point{noise.float(), noise.float()}
		if i%3 == 0 {
			p[0] += 4
		}
		c.at, c.people = append(c.at, p), append(c.people, 1)
	}
	bases, part := c.gather(baseClusters)
	d, _ := bases.divide(2, nil)
	for i := range c.at {
		if (d.part[part[i]] == d.part[part[0]]) != (i%3 == 0) {
			t.Fatalf("place %d of %v in the wrong group", i, c.at[i])
		}
	}
	exact, _ := c.divide(2, nil)
	near(t, "silhouette", bases.silhouettes([]division{d})[0], c.silhouettes([]division{exact})[0], 0.02)
}

func TestSilhouettesByTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, d := crowd{}, division{centres: make([]Point, 3)}
		for range rapid.IntRange(2, 12).Draw(t, "places") {
			at := Point{float64(rapid.IntRange(0, 9).Draw(t, "x")), float64(rapid.IntRange(0, 9).Draw(t, "y"))}
			c.at, c.people = append(c.at, at), append(c.people, 1)
			d.part = append(d.part, rapid.IntRange(0, 2).Draw(t, "part"))
		}
		want := 0.0
		for i := range c.at {
			want += plainSilhouette(c.at, d.part, i) / float64(len(c.at))
		}
		if got := c.silhouettes([]division{d})[0]; got-want > 1e-12 || want-got > 1e-12 {
			t.Fatalf("%g, want %g", got, want)
		}
	})
}

// plainSilhouette is the definition, written as the paper has it.
func plainSilhouette(at []Point, part []int, i int) float64 {
	var sum, n [3]float64
	for j := range at {
		if j != i {
			sum[part[j]] += distance(at[i], at[j])
			n[part[j]]++
		}
	}
	own := part[i]
	if n[own] == 0 {
		return 0
	}
	a, b := sum[own]/n[own], -1.0
	for q := range sum {
		if q != own && n[q] > 0 && (b < 0 || sum[q]/n[q] < b) {
			b = sum[q] / n[q]
		}
	}
	if b < 0 || max(a, b) == 0 {
		return 0
	}
	return (b - a) / max(a, b)
}

func TestPublicMapsHideTheFew(t *testing.T) {
	m, _ := Draw(camps(30, 20, 10), State{})
	for _, c := range []struct {
		sizes  []int
		hidden []bool
	}{
		{[]int{30, 20}, []bool{false, false}},
		{[]int{46, 4}, []bool{true, true}}, // the four would be the rest
		{[]int{30, 16, 4}, []bool{false, true, true}},
		{[]int{30, 10, 4, 3}, []bool{false, false, true, true}},
		{[]int{5, 5}, []bool{false, false}},
	} {
		few := *m
		few.Groups = nil
		for _, size := range c.sizes {
			g := m.Groups[0]
			g.Size, g.Members = size, g.Members[:min(size, len(g.Members))]
			few.Groups = append(few.Groups, g)
		}
		public := few.Public()
		for i, g := range public.Groups {
			if g.Hidden != c.hidden[i] || g.Hidden && (g.Size != 0 || g.Stats != nil || g.Stands != nil || g.Members != nil) {
				t.Errorf("sizes %v: group %d is %+v", c.sizes, i, g)
			}
		}
	}
}

func TestPublicMapsNameNobody(t *testing.T) {
	v := camps(30, 20, 10)
	v.Cast("1", "rare", Agree)
	m, _ := Draw(v, State{})
	public := m.Public()
	if public.Participants != nil || len(public.Places) != 50 || len(m.Participants) != 50 {
		t.Errorf("%d names, %d places", len(public.Participants), len(public.Places))
	}
	for _, g := range public.Groups {
		at := public.Places[g.Members[0] : g.Members[0]+len(g.Members)]
		if !slices.IsSortedFunc(at, func(a, b Point) int { return int(1e6 * (a[0] - b[0])) }) {
			t.Error("places in the order of the participants")
		}
	}
	rare := slices.IndexFunc(public.Statements, func(s Statement) bool { return s.ID == "rare" })
	if s := public.Statements[rare]; s.All != 0 || s.Mean != 0 || public.Groups[0].Stats[rare] != (Stat{}) || m.Statements[rare].All != 1 {
		t.Errorf("a single vote is told: %+v", s)
	}
}
