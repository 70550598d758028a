package rank

import (
	"cmp"
	"slices"
)

// RankedPairs locks victories in, the strongest first, leaving out each that
// would close a circle (Tideman 1987). Stronger is more winning votes, then
// less opposition, then the names, so that the order of the ballots cannot
// matter.
func RankedPairs(w *Pairwise) Places {
	n := len(w.Candidates)
	above := make([][]bool, n) // who is locked above whom, directly or through others
	for a := range above {
		above[a] = make([]bool, n)
	}
	for _, v := range w.victories() {
		if !above[v.loser][v.winner] && !above[v.winner][v.loser] {
			lock(above, v.winner, v.loser)
		}
	}
	return layers(w.all(), func(a, b int) bool { return above[a][b] })
}

// victory is a pair in which one beats the other.
type victory struct{ winner, loser int }

// victories lists who beats whom, the strongest first.
func (w *Pairwise) victories() []victory {
	var list []victory
	for a := range w.Candidates {
		for b := range w.Candidates {
			if w.beats(a, b) {
				list = append(list, victory{a, b})
			}
		}
	}
	slices.SortFunc(list, func(x, y victory) int {
		return cmp.Or(
			cmp.Compare(w.Prefer[y.winner][y.loser], w.Prefer[x.winner][x.loser]),
			cmp.Compare(w.Prefer[x.loser][x.winner], w.Prefer[y.loser][y.winner]),
			cmp.Compare(w.Candidates[x.winner], w.Candidates[y.winner]),
			cmp.Compare(w.Candidates[x.loser], w.Candidates[y.loser]),
		)
	})
	return list
}

// lock puts winner, and whoever is above it, above loser and whoever is below.
func lock(above [][]bool, winner, loser int) {
	for a := range above {
		if a != winner && !above[a][winner] {
			continue
		}
		for b := range above {
			if b == loser || above[loser][b] {
				above[a][b] = true
			}
		}
	}
}
