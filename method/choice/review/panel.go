// Package review puts ideas in order by the grades of reviewers who did not all
// see the same ideas, and says how sure each place is.
package review

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Panel is what reviewers said: for each review, a grade on every criterion.
type Panel struct {
	Weights []float64 // one for each criterion, above zero; they need not sum to 1
	Best    int       // the best grade; the worst is 0
	Reviews []Review
}

// Review is one reviewer's grades of one idea.
type Review struct {
	Reviewer string
	Idea     string
	Grades   []int // parallel to the weights of the panel
	Conflict bool  // the reviewer declared a conflict of interest: the review does not count
}

// Enough is how many reviewers an idea should have.
const Enough = 3

// maxBest bounds the scale of the grades.
const maxBest = 100

// Check says what makes a panel impossible to rank.
func (p *Panel) Check() error {
	if len(p.Weights) == 0 {
		return errors.New("there is no criterion")
	}
	for c, w := range p.Weights {
		if !(w > 0) || math.IsInf(w, 0) {
			return fmt.Errorf("criterion %d: weight %v must be above zero", c, w)
		}
	}
	if p.Best < 1 || p.Best > maxBest {
		return fmt.Errorf("best grade %d: must be between 1 and %d", p.Best, maxBest)
	}
	seen := make(map[[2]string]bool, len(p.Reviews))
	for _, r := range p.Reviews {
		if pair := [2]string{r.Reviewer, r.Idea}; seen[pair] {
			return fmt.Errorf("%s reviews %s twice", r.Reviewer, r.Idea)
		} else {
			seen[pair] = true
		}
		if len(r.Grades) != len(p.Weights) {
			return fmt.Errorf("%s gives %s %d grades, there are %d criteria", r.Reviewer, r.Idea, len(r.Grades), len(p.Weights))
		}
		for _, g := range r.Grades {
			if g < 0 || g > p.Best {
				return fmt.Errorf("%s gives %s the grade %d, outside of 0 to %d", r.Reviewer, r.Idea, g, p.Best)
			}
		}
	}
	return nil
}

// weights are the panel's, made to sum to 1.
func (p *Panel) weights() []float64 {
	sum := 0.0
	for _, w := range p.Weights {
		sum += w
	}
	out := make([]float64, len(p.Weights))
	for c, w := range p.Weights {
		out[c] = w / sum
	}
	return out
}

// table is the panel in the form that the arithmetic needs: reviews that count,
// sorted by idea and reviewer, so that the order of the input cannot matter.
type table struct {
	ideas     []string
	reviewers []string
	criteria  int
	best      int
	first     []int     // first[i]:first[i+1] are the reviews of idea i
	reviewer  []int32   // of each review
	grades    []float64 // criteria of them for each review
}

func newTable(p *Panel) *table {
	t := &table{criteria: len(p.Weights), best: p.Best}
	var counted []Review
	for _, r := range p.Reviews {
		if !r.Conflict {
			counted = append(counted, r)
		}
	}
	slices.SortFunc(counted, func(a, b Review) int {
		return cmp.Or(cmp.Compare(a.Idea, b.Idea), cmp.Compare(a.Reviewer, b.Reviewer))
	})
	index := map[string]int32{}
	for _, r := range counted {
		t.reviewers = append(t.reviewers, r.Reviewer)
	}
	slices.Sort(t.reviewers)
	t.reviewers = slices.Compact(t.reviewers)
	for i, name := range t.reviewers {
		index[name] = int32(i)
	}
	for i, r := range counted {
		if i == 0 || r.Idea != counted[i-1].Idea {
			t.ideas, t.first = append(t.ideas, r.Idea), append(t.first, i)
		}
		t.reviewer = append(t.reviewer, index[r.Reviewer])
		for _, g := range r.Grades {
			t.grades = append(t.grades, float64(g))
		}
	}
	t.first = append(t.first, len(counted))
	return t
}

// of is the grades of a review, one for each criterion.
func (t *table) of(review int) []float64 {
	return t.grades[review*t.criteria : (review+1)*t.criteria]
}

// complete says whether every reviewer saw every idea.
func (t *table) complete() bool { return len(t.reviewer) == len(t.ideas)*len(t.reviewers) }

// trims says whether any idea has so many reviews that some grades are dropped.
func (t *table) trims() bool {
	for i := range t.ideas {
		if t.first[i+1]-t.first[i] >= trimFrom {
			return true
		}
	}
	return false
}

// weighed is the table with the weighted grade as its only criterion.
func (t *table) weighed(weights []float64) *table {
	out := *t
	out.criteria, out.grades = 1, make([]float64, len(t.reviewer))
	for review := range out.grades {
		out.grades[review] = dot(t.of(review), weights)
	}
	return &out
}
