package rank

import (
	"fmt"
	"slices"
)

// Pairwise counts, for each pair, the people who prefer one to the other.
type Pairwise struct {
	Candidates []string
	Prefer     [][]int64 // Prefer[a][b] is how many rank a above b
}

// Pairwise counts the preferences of a ranked or scored poll. Who is left out of
// a ranking ranks below everyone on it, and equal to others left out; a duel says
// nothing of others.
func (p *Poll) Pairwise() (*Pairwise, error) {
	if p.Kind == Grades {
		return nil, fmt.Errorf("comparing pairs needs ballots, not tallies of grades: %w", ErrKind)
	}
	w := newPairwise(p.Candidates)
	height := make([]int, len(p.Candidates)) // the larger, the better; 0 when left out
	for _, b := range p.Rankings {
		if p.Kind == Paired {
			w.Prefer[b.Places[0][0]][b.Places[1][0]] += b.Count
			continue
		}
		clear(height)
		for i, group := range b.Places {
			for _, c := range group {
				height[c] = len(b.Places) - i
			}
		}
		w.count(height, b.Count)
	}
	for _, b := range p.Scored {
		w.count(b.Scores, b.Count)
	}
	return w, nil
}

func newPairwise(candidates []string) *Pairwise {
	w := &Pairwise{Candidates: candidates, Prefer: make([][]int64, len(candidates))}
	for i := range w.Prefer {
		w.Prefer[i] = make([]int64, len(candidates))
	}
	return w
}

func (w *Pairwise) count(height []int, people int64) {
	for a, high := range height {
		for b, low := range height {
			if high > low {
				w.Prefer[a][b] += people
			}
		}
	}
}

// beats says whether more people prefer a to b than b to a.
func (w *Pairwise) beats(a, b int) bool { return w.Prefer[a][b] > w.Prefer[b][a] }

// all lists the indexes of the candidates.
func (w *Pairwise) all() []int { return indexes(len(w.Candidates)) }

func indexes(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// layers turns a relation without cycles into places: first those whom nobody
// is above, then those whom nobody of the rest is above, and so on.
func layers(rest []int, above func(a, b int) bool) Places {
	var places Places
	for len(rest) > 0 {
		var top, below []int
		for _, b := range rest {
			if slices.ContainsFunc(rest, func(a int) bool { return above(a, b) }) {
				below = append(below, b)
			} else {
				top = append(top, b)
			}
		}
		places, rest = append(places, top), below
	}
	return places
}

// Condorcet finds the smallest set whose every member beats everyone outside;
// with one member, that is the Condorcet winner. Then the same among the rest.
func Condorcet(w *Pairwise) Places {
	var places Places
	rest := w.all()
	for len(rest) > 0 {
		set := w.dominant(rest)
		places = append(places, set)
		rest = slices.DeleteFunc(rest, func(c int) bool { return slices.Contains(set, c) })
	}
	return places
}

// dominant is the smallest set of the rest that beats all others of the rest. It
// holds whoever beats most, and whoever is not beaten by every member.
func (w *Pairwise) dominant(rest []int) []int {
	most, first := -1, 0
	for _, a := range rest {
		wins := 0
		for _, b := range rest {
			if w.beats(a, b) {
				wins++
			}
		}
		if wins > most {
			most, first = wins, a
		}
	}
	set := []int{first}
	for i := 0; i < len(set); i++ {
		for _, c := range rest {
			if !slices.Contains(set, c) && !w.beats(set[i], c) {
				set = append(set, c)
			}
		}
	}
	slices.Sort(set)
	return set
}

// Schulze orders by the strength of the strongest path, counted in winning votes
// (Schulze 2011).
func Schulze(w *Pairwise) Places {
	n := len(w.Candidates)
	path := make([][]int64, n)
	for a := range path {
		path[a] = make([]int64, n)
		for b := range path[a] {
			if w.beats(a, b) {
				path[a][b] = w.Prefer[a][b]
			}
		}
	}
	for via := range n {
		for a := range n {
			for b := range n {
				path[a][b] = max(path[a][b], min(path[a][via], path[via][b]))
			}
		}
	}
	return layers(w.all(), func(a, b int) bool { return path[a][b] > path[b][a] })
}
