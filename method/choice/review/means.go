package review

import (
	"math"
	"slices"
)

// trimFrom is how many reviewers an idea must have before one highest and one
// lowest grade of each criterion are dropped.
const trimFrom = 5

// means gives each idea its mean grade on each criterion, ideas times criteria:
// the grades less the severity of who gave them, without the highest and the
// lowest where there are enough. Reviews of one reviewer can be left out; an
// idea that has no others keeps the means in keep.
func (t *table) means(s severity, without int, keep []float64) []float64 {
	out := make([]float64, len(t.ideas)*t.criteria)
	var column []float64
	for i := range t.ideas {
		for c := range t.criteria {
			column = column[:0]
			for review := t.first[i]; review < t.first[i+1]; review++ {
				r := int(t.reviewer[review])
				if r == without {
					continue
				}
				grade := t.grades[review*t.criteria+c]
				if s != nil {
					grade -= s[r*t.criteria+c]
				}
				column = append(column, grade)
			}
			if at := i*t.criteria + c; len(column) > 0 {
				out[at] = trimmedMean(column)
			} else {
				out[at] = keep[at]
			}
		}
	}
	return out
}

// trimmedMean is the mean, without one highest and one lowest of five or more.
func trimmedMean(column []float64) float64 {
	sum, n := 0.0, float64(len(column))
	for _, x := range column {
		sum += x
	}
	if len(column) >= trimFrom {
		sum -= slices.Max(column) + slices.Min(column)
		n -= 2
	}
	return sum / n
}

// scores weighs the means of each idea.
func (t *table) scores(out, means, weights []float64) {
	for i := range t.ideas {
		out[i] = dot(means[i*t.criteria:(i+1)*t.criteria], weights)
	}
}

// unevenFrom is the distance of the quartiles of an idea's grades from which its
// reviewers disagree.
const unevenFrom = 2

// uneven lists the criteria on which the reviewers of an idea disagree.
func (t *table) uneven(idea int) []int {
	var out []int
	column := make([]float64, t.first[idea+1]-t.first[idea])
	for c := range t.criteria {
		for i := range column {
			column[i] = t.of(t.first[idea] + i)[c]
		}
		slices.Sort(column)
		if quantile(column, 0.75)-quantile(column, 0.25) >= unevenFrom {
			out = append(out, c)
		}
	}
	return out
}

// quantile reads a share of sorted values, on the straight line between two.
func quantile(sorted []float64, share float64) float64 {
	at := share * float64(len(sorted)-1)
	low := int(math.Floor(at))
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (at-float64(low))*(sorted[high]-sorted[low])
}
