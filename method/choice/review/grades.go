package review

import (
	"fmt"

	"ronda/method/choice/rank"
)

// All stands for every criterion together.
const All = -1

// Grades counts the grades that each idea got on one criterion, or on All, as a
// poll for majority judgment. Ideas with fewer reviews have each grade counted
// more often, so that all count the same: their shares decide, not how many
// happened to review them.
func Grades(p *Panel, criterion int) (*rank.Poll, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if criterion < All || criterion >= len(p.Weights) {
		return nil, fmt.Errorf("there is no criterion %d", criterion)
	}
	t := newTable(p)
	poll := &rank.Poll{Kind: rank.Grades, Candidates: t.ideas}
	common := int64(1)
	for i := range t.ideas {
		common = leastCommonMultiple(common, int64(t.first[i+1]-t.first[i]))
		const most = 1 << 30
		if common > most {
			return nil, fmt.Errorf("the ideas have too many different numbers of reviews to be compared")
		}
	}
	for i := range t.ideas {
		tally := make([]int64, t.best+1)
		each := common / int64(t.first[i+1]-t.first[i])
		for review := t.first[i]; review < t.first[i+1]; review++ {
			for c, g := range t.of(review) {
				if criterion == All || criterion == c {
					tally[int(g)] += each
				}
			}
		}
		poll.Tallies = append(poll.Tallies, tally)
	}
	return poll, nil
}

func leastCommonMultiple(a, b int64) int64 {
	x, y := a, b
	for y != 0 {
		x, y = y, x%y
	}
	return a / x * b
}
