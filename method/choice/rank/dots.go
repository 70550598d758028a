package rank

import (
	"cmp"
	"fmt"
	"slices"
)

// MaxDotsOnOne is how many dots a person may put on one idea.
const MaxDotsOnOne = 3

// DotsEach is how many dots each person has for so many ideas: a quarter of
// them, rounded up.
func DotsEach(ideas int) int {
	const quarter = 4
	return (ideas + quarter - 1) / quarter
}

// CheckDots says what is wrong with one person's dots, one number for each idea.
func CheckDots(dots []int) error {
	sum := 0
	for i, n := range dots {
		if n < 0 || n > MaxDotsOnOne {
			return fmt.Errorf("idea %d: %d dots, between 0 and %d can stand on one", i, n, MaxDotsOnOne)
		}
		sum += n
	}
	if limit := DotsEach(len(dots)); sum > limit {
		return fmt.Errorf("%d dots, each person has %d", sum, limit)
	}
	return nil
}

// Dots adds up the dots of everyone and orders the ideas by them. Dots only cut
// a long list: between similar ideas they split.
func Dots(ideas int, persons [][]int) (totals []int, places Places, err error) {
	totals = make([]int, ideas)
	for p, dots := range persons {
		if len(dots) != ideas {
			return nil, nil, fmt.Errorf("person %d: dots for %d ideas, there are %d", p, len(dots), ideas)
		}
		if err := CheckDots(dots); err != nil {
			return nil, nil, fmt.Errorf("person %d: %w", p, err)
		}
		for i, n := range dots {
			totals[i] += n
		}
	}
	order := indexes(ideas)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(totals[b], totals[a]) })
	for i, c := range order {
		if i > 0 && totals[order[i-1]] == totals[c] {
			places[len(places)-1] = append(places[len(places)-1], c)
		} else {
			places = append(places, []int{c})
		}
	}
	return totals, places, nil
}
