package budget

import (
	"cmp"
	"math/bits"
	"slices"
)

// maxNodes bounds the search for the optimum, which is hard in the worst case.
const maxNodes = 20_000_000

// MostVotes is the largest sum of votes that fits into the budget, as
// information beside the rules: no rule of ours looks for it, since it favours
// the largest camp. It is found by branch and bound; ok is false when that gave
// up, and the figure is then the best found.
func MostVotes(in *Instance) (votes int64, ok bool) {
	s := newSupport(in)
	k := &knapsack{nodes: maxNodes}
	for p, project := range in.Projects {
		if v := s.votes[p]; v > 0 && project.Cost <= in.Budget {
			k.items = append(k.items, item{v, project.Cost})
		}
	}
	slices.SortFunc(k.items, func(a, b item) int {
		return cmp.Or(cmp.Compare(float64(b.votes)*float64(a.cost), float64(a.votes)*float64(b.cost)), cmp.Compare(a.cost, b.cost))
	})
	k.search(0, in.Budget, 0)
	return k.best, k.nodes > 0
}

// item is a project with its votes.
type item struct {
	votes int64
	cost  Amount
}

// knapsack is a depth-first search over items sorted by votes per cost.
type knapsack struct {
	items []item
	best  int64
	nodes int
}

// search tries each item from i on, first with it and then without.
func (k *knapsack) search(i int, left Amount, votes int64) {
	if k.nodes--; k.nodes <= 0 {
		return
	}
	k.best = max(k.best, votes)
	if i == len(k.items) || k.bound(i, left, votes) <= k.best {
		return
	}
	if it := k.items[i]; it.cost <= left {
		k.search(i+1, left-it.cost, votes+it.votes)
	}
	k.search(i+1, left, votes)
}

// bound is what the votes could become if the last item could be cut.
func (k *knapsack) bound(i int, left Amount, votes int64) int64 {
	for _, it := range k.items[i:] {
		if it.cost > left {
			hi, lo := bits.Mul64(uint64(it.votes), uint64(left))
			part, _ := bits.Div64(hi, lo, uint64(it.cost))
			return votes + int64(part)
		}
		left, votes = left-it.cost, votes+it.votes
	}
	return votes
}
