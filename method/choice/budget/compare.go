package budget

// Comparison counts people by the outcome that holds more of the projects they
// named.
type Comparison struct {
	First  int // people with more of their projects in the first outcome
	Second int // ... in the second
	Same   int // as many in both; among them those who named nothing
}

// Compare sets two outcomes of one instance side by side, as the voters would.
func Compare(in *Instance, first, second *Outcome) Comparison {
	lead := make([]int, len(in.Projects)) // 1 in the first only, -1 in the second only
	for _, p := range first.Selected {
		lead[p]++
	}
	for _, p := range second.Selected {
		lead[p]--
	}
	c := Comparison{Same: in.Ballots}
	for _, g := range in.Groups {
		more := 0
		for _, p := range g.Choices {
			more += lead[p]
		}
		switch {
		case more > 0:
			c.First += g.Count
		case more < 0:
			c.Second += g.Count
		default:
			continue
		}
		c.Same -= g.Count
	}
	return c
}
