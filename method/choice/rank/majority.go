package rank

import (
	"fmt"
	"slices"
)

// MajorityJudgment orders by the median grade, the lower middle one when the
// grades are even in number; between equal medians, one median grade is taken
// from each and the new medians are compared, until they differ (Balinski and
// Laraki 2011). Whoever was graded by fewer people than another has the missing
// grades counted as the worst. Scores count as grades.
func MajorityJudgment(p *Poll) (Places, error) {
	tallies, err := p.tallies()
	if err != nil {
		return nil, err
	}
	fillWorst(tallies)
	order := indexes(len(tallies))
	slices.SortStableFunc(order, func(a, b int) int { return compareMedians(tallies[b], tallies[a]) })
	var places Places
	for i, c := range order {
		if i > 0 && compareMedians(tallies[order[i-1]], tallies[c]) == 0 {
			last := len(places) - 1
			places[last] = append(places[last], c)
		} else {
			places = append(places, []int{c})
		}
	}
	return places, nil
}

// tallies counts the grades of each candidate, worst first.
func (p *Poll) tallies() ([][]int64, error) {
	switch p.Kind {
	case Grades:
		tallies := make([][]int64, len(p.Tallies))
		for i, t := range p.Tallies {
			tallies[i] = slices.Clone(t)
		}
		return tallies, nil
	case Scores:
		tallies := make([][]int64, len(p.Candidates))
		for c := range tallies {
			tallies[c] = make([]int64, p.Max+1)
			for _, b := range p.Scored {
				tallies[c][b.Scores[c]] += b.Count
			}
		}
		return tallies, nil
	}
	return nil, fmt.Errorf("majority judgment needs grades or scores: %w", ErrKind)
}

// fillWorst gives everyone the same number of grades.
func fillWorst(tallies [][]int64) {
	most := int64(0)
	for _, t := range tallies {
		most = max(most, total(t))
	}
	for _, t := range tallies {
		t[0] += most - total(t)
	}
}

func total(tally []int64) (n int64) {
	for _, k := range tally {
		n += k
	}
	return n
}

// compareMedians is above zero when a is better than b; they must have the same
// number n of grades. Taking medians away walks outwards from the middle of the
// sorted grades, at the same places for both. So the first difference met is
// the one nearest the middle, and it lies at an end of a stretch of places in
// which both grades stay the same: there are few of these.
func compareMedians(a, b []int64) int {
	n := total(a)
	nearest, result := n, 0
	gradeA, gradeB := 0, 0
	endA, endB := a[0], b[0] // the places before these have the grades above
	for from := int64(0); from < n; {
		for endA <= from {
			gradeA++
			endA += a[gradeA]
		}
		for endB <= from {
			gradeB++
			endB += b[gradeB]
		}
		to := min(endA, endB)
		if turn := firstTurn(from, to, n); gradeA != gradeB && turn < nearest {
			nearest, result = turn, gradeA-gradeB
		}
		from = to
	}
	return result
}

// firstTurn is when the walk from the middle first meets one of the places from
// from to to-1 of n sorted grades.
func firstTurn(from, to, n int64) int64 {
	middle := (n - 1) / 2
	switch {
	case to <= middle:
		return turn(to-1, n)
	case from > middle:
		return turn(from, n)
	}
	return 0
}

// turn is when a place is taken away: the middle first, then by turns one below
// and one above, beginning below when n is odd.
func turn(place, n int64) int64 {
	middle := (n - 1) / 2
	steps := place - middle
	if n%2 == 0 {
		steps = -steps
	}
	if steps > 0 {
		return 2 * steps
	}
	return max(0, -2*steps-1)
}
