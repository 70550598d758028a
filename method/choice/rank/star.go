package rank

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
)

// Draw is a tie that no count breaks. The place stays shared; Order says in which
// order the draw puts the candidates, for those who must have one.
type Draw struct {
	Place int   // from 1: the place that they share
	Order []int // the tied candidates as drawn
}

// STAR orders scored candidates: the two with the highest totals meet in a
// run-off, which the one wins who is scored higher on more ballots; then the
// same among the rest, for each place.
//
// A tie for a place in the run-off goes to more head-to-head wins among the tied,
// then to more best scores; a tie in the run-off to the higher total, then to
// more best scores. Where these do not decide, all who could win share the place.
// The seed of the draw makes it repeatable.
func STAR(p *Poll, seed string) (Places, []Draw, error) {
	if p.Kind != Scores {
		return nil, nil, fmt.Errorf("STAR needs scores: %w", ErrKind)
	}
	pairs, err := p.Pairwise()
	if err != nil {
		return nil, nil, err
	}
	s := &star{Pairwise: pairs, total: make([]int64, len(p.Candidates)), best: make([]int64, len(p.Candidates))}
	for _, b := range p.Scored {
		for c, score := range b.Scores {
			s.total[c] += b.Count * int64(score)
			if score == p.Max {
				s.best[c] += b.Count
			}
		}
	}
	var places Places
	var draws []Draw
	rest := s.all()
	for next := 1; len(rest) > 0; {
		winners := s.winners(rest)
		if len(winners) > 1 {
			draws = append(draws, Draw{next, drawn(seed, p.Candidates, winners)})
		}
		places = append(places, winners)
		next += len(winners)
		rest = slices.DeleteFunc(rest, func(c int) bool { return slices.Contains(winners, c) })
	}
	return places, draws, nil
}

// star is what is counted for every candidate.
type star struct {
	*Pairwise
	total []int64
	best  []int64 // how many gave it the best score
}

// winners are the candidates of the rest who win the run-off, or could win it
// when a place in it, or its result, is left to a draw.
func (s *star) winners(rest []int) []int {
	if len(rest) == 1 {
		return []int{rest[0]}
	}
	sure, tied := s.finalists(rest)
	var winners []int
	run := func(a, b int) { winners = append(winners, s.runOff(a, b)...) }
	for i, a := range tied {
		for _, b := range tied[i+1:] {
			if len(sure) == 0 {
				run(a, b)
			}
		}
		if len(sure) == 1 {
			run(sure[0], a)
		}
	}
	if len(sure) == 2 {
		run(sure[0], sure[1])
	}
	slices.Sort(winners)
	return slices.Compact(winners)
}

// finalists are those who certainly reach the run-off, and those who are tied
// for what is left of its two places.
func (s *star) finalists(rest []int) (sure, tied []int) {
	order := slices.Clone(rest)
	wins := make([]int, len(s.total)) // against those with the same total
	for _, a := range rest {
		for _, b := range rest {
			if s.total[a] == s.total[b] && s.beats(a, b) {
				wins[a]++
			}
		}
	}
	compare := func(a, b int) int {
		return cmp.Or(cmp.Compare(s.total[b], s.total[a]), cmp.Compare(wins[b], wins[a]), cmp.Compare(s.best[b], s.best[a]))
	}
	slices.SortFunc(order, compare)
	second := order[1]
	for _, c := range order {
		switch d := compare(c, second); {
		case d < 0:
			sure = append(sure, c)
		case d == 0:
			tied = append(tied, c)
		}
	}
	if len(sure)+len(tied) == 2 {
		return append(sure, tied...), nil
	}
	return sure, tied
}

// runOff is who wins between two; both when nothing decides.
func (s *star) runOff(a, b int) []int {
	switch d := cmp.Or(cmp.Compare(s.Prefer[a][b], s.Prefer[b][a]), cmp.Compare(s.total[a], s.total[b]), cmp.Compare(s.best[a], s.best[b])); {
	case d > 0:
		return []int{a}
	case d < 0:
		return []int{b}
	}
	return []int{a, b}
}

// drawn orders tied candidates by the SHA-256 of the seed, the names of all the
// tied and the own name, so that anyone can repeat the draw and nobody can steer
// it once the seed is public.
func drawn(seed string, names []string, tied []int) []int {
	among := make([]string, len(tied))
	for i, c := range tied {
		among[i] = names[c]
	}
	slices.Sort(among)
	lot := make(map[int][sha256.Size]byte, len(tied))
	for _, c := range tied {
		lot[c] = sha256.Sum256([]byte(seed + "\n" + strings.Join(among, "\n") + "\n\n" + names[c]))
	}
	order := slices.Clone(tied)
	slices.SortFunc(order, func(a, b int) int {
		x, y := lot[a], lot[b]
		return slices.Compare(x[:], y[:])
	})
	return order
}
