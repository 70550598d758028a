package jury

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// sharing is shares as they live on: what settle moves is what is there next.
type sharing struct {
	jurors []string
	duties map[string]map[string]duty
}

func (x *sharing) settle() []move {
	load := map[string]int{}
	for _, list := range x.duties {
		for _, d := range list {
			if d.State.counts() {
				load[d.Person]++
			}
		}
	}
	s := newShares(x.jurors, load)
	for idea, list := range x.duties {
		s.add(idea, slices.Collect(maps.Values(list))...)
	}
	moves := s.settle()
	x.duties = s.duties
	return moves
}

// check says what no sharing may be.
func (x *sharing) check(t *rapid.T) {
	for idea, list := range x.duties {
		n, free := 0, 0
		for _, d := range list {
			if d.State.counts() {
				n++
			}
			if d.State == Owed && !slices.Contains(x.jurors, d.Person) {
				t.Fatalf("%s is owed by %s, who is no juror", idea, d.Person)
			}
		}
		for _, j := range x.jurors {
			if _, has := list[j]; !has {
				free++
			}
		}
		if n < Each && free > 0 {
			t.Fatalf("%s has %d reviewers and %d jurors could take it", idea, n, free)
		}
	}
	load := x.loads()
	for _, high := range x.jurors {
		for _, low := range x.jurors {
			if load[high]-load[low] < 2 {
				continue
			}
			for idea, list := range x.duties {
				if _, barred := list[low]; list[high].State == Owed && !list[high].Begun && !barred {
					t.Fatalf("%s has %d and %s %d, and %s could move", high, load[high], low, load[low], idea)
				}
			}
		}
	}
}

func (x *sharing) loads() map[string]int {
	load := map[string]int{}
	for _, list := range x.duties {
		for _, d := range list {
			if d.State.counts() {
				load[d.Person]++
			}
		}
	}
	return load
}

func TestSharesStayBalancedWhateverHappens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := &sharing{duties: map[string]map[string]duty{}}
		for i := range rapid.IntRange(1, 7).Draw(t, "jurors") {
			x.jurors = append(x.jurors, fmt.Sprint("j", i))
		}
		for step := range rapid.IntRange(1, 25).Draw(t, "steps") {
			x.happen(t, step)
			x.settle()
			x.check(t)
			if again := x.settle(); len(again) > 0 {
				t.Fatalf("settling again moves %v", again)
			}
		}
	})
}

// happen is one thing that can happen to a jury.
func (x *sharing) happen(t *rapid.T, step int) {
	ideas := slices.Sorted(maps.Keys(x.duties))
	switch rapid.SampledFrom([]string{"idea", "idea", "own", "join", "leave", "conflict", "begin", "done"}).Draw(t, "what") {
	case "idea":
		x.duties[fmt.Sprintf("i%02d", step)] = map[string]duty{}
	case "own":
		idea := fmt.Sprintf("i%02d", step)
		j := rapid.SampledFrom(x.jurors).Draw(t, "author")
		x.duties[idea] = map[string]duty{j: {Idea: idea, Person: j, State: Own}}
	case "join":
		x.jurors = append(x.jurors, fmt.Sprint("j", 100+step))
	case "leave":
		if len(x.jurors) > 1 {
			x.jurors = slices.Delete(x.jurors, 0, 1)
		}
	default:
		if len(ideas) == 0 {
			return
		}
		list := x.duties[rapid.SampledFrom(ideas).Draw(t, "idea")]
		if len(list) == 0 {
			return
		}
		d := list[rapid.SampledFrom(slices.Sorted(maps.Keys(list))).Draw(t, "person")]
		if d.State != Owed {
			return
		}
		d.State = rapid.SampledFrom([]State{Conflict, Done, Owed}).Draw(t, "becomes")
		d.Begun = d.State == Owed
		list[d.Person] = d
	}
}

// Without conflicts the loads differ by one at most.
func TestIdeasOneByOneAreSharedEvenly(t *testing.T) {
	x := &sharing{jurors: []string{"a", "b", "c", "d", "e"}, duties: map[string]map[string]duty{}}
	for i := range 40 {
		x.duties[fmt.Sprintf("i%02d", i)] = map[string]duty{}
		x.settle()
	}
	load := x.loads()
	if most, least := slices.Max(slices.Collect(maps.Values(load))), slices.Min(slices.Collect(maps.Values(load))); most-least > 1 || most != 24 {
		t.Errorf("loads are %v", load)
	}
}
