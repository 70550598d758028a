package opinion

import (
	"fmt"
	"testing"
)

func TestNextRepeatsWithinTheDayAndNeverAsksTwice(t *testing.T) {
	v := camps(30, 20, 10)
	v.Reject("8", true)
	m, _ := Draw(v, State{})
	asked := map[string]bool{}
	for {
		id, ok := m.Next(v, "new", "2026-11-23", nil)
		if again, _ := m.Next(v, "new", "2026-11-23", nil); again != id {
			t.Fatalf("a reload shows %s after %s", again, id)
		}
		if !ok {
			break
		}
		if asked[id] || id == "8" {
			t.Fatalf("%s asked again or rejected", id)
		}
		asked[id] = true
		v.Cast("new", id, Pass)
	}
	if len(asked) != 9 {
		t.Errorf("asked %d of 9", len(asked))
	}
}

func TestNextFollowsTheWeights(t *testing.T) {
	v := camps(30, 20, 10)
	v.Statement("brand new") // unknown to a map drawn before
	m, _ := Draw(camps(30, 20, 10), State{})
	drawn := map[string]int{}
	const people = 4000
	for i := range people {
		id, _ := m.Next(v, fmt.Sprint("p", i), "2026-11-23", func(s string) bool { return s == "4" })
		drawn[id]++
	}
	weights := map[string]float64{"brand new": weight(tally{}, 0)}
	for _, s := range m.Statements {
		weights[s.ID] = s.Weight
	}
	weights["4"] = contextWeight
	var total float64
	for _, w := range weights {
		total += w
	}
	for id, w := range weights {
		near(t, "share of "+id, float64(drawn[id])/people, w/total, 0.03)
	}
}
