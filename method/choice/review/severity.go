package review

import "slices"

// severity is how much each reviewer grades above (or, below zero, under) what
// others give to the same ideas, for each criterion: reviewers times criteria.
//
// The model is grade = mean + idea + reviewer + error, least squares with a
// ridge of 1 on the reviewers, so that who reviewed little is trusted to be
// average. The best value of each idea is the mean of what is left of its
// grades; put in, there remain equations for the reviewers alone,
//
//	(1 + L) severity = b,
//
// where L spreads a value against the mean of those who reviewed the same idea
// and b is how much each reviewer graded above that mean. They are solved by
// conjugate gradients. By linearity, adjusting each criterion is adjusting the
// weighted grade, whatever the weights.
type severity []float64

// fit finds the severity of all reviewers but one; without is -1 to keep all,
// and start, which may be nil, is where to begin.
func (t *table) fit(without int, start severity) severity {
	out := slices.Clone(start)
	if out == nil {
		out = make(severity, len(t.reviewers)*t.criteria)
	}
	s := newSolver(len(t.reviewers))
	value := make([]float64, len(t.reviewer)) // of each review
	for c := range t.criteria {
		for r := range s.x {
			s.x[r] = out[r*t.criteria+c]
		}
		for review := range value {
			value[review] = t.grades[review*t.criteria+c]
		}
		clear(s.b)
		t.spread(s.b, value, without)
		s.solve(func(y, x []float64) {
			copy(y, x)
			for review, r := range t.reviewer {
				value[review] = x[r]
			}
			t.spread(y, value, without)
		})
		for r, x := range s.x {
			out[r*t.criteria+c] = x
		}
	}
	return out
}

// weighed is the severity in the weighted grade, nil of nil.
func (s severity) weighed(weights []float64) severity {
	var out severity
	for at := 0; at < len(s); at += len(weights) {
		out = append(out, dot(s[at:at+len(weights)], weights))
	}
	return out
}

// spread adds to each reviewer, for each idea they reviewed, the value of the
// review less the mean of the idea's.
func (t *table) spread(y, value []float64, without int) {
	from := 0
	for _, to := range t.first[1:] {
		reviewers, values := t.reviewer[from:to], value[from:to]
		from = to
		sum, n := 0.0, 0
		for k, r := range reviewers {
			if int(r) != without {
				sum += values[k]
				n++
			}
		}
		mean := sum / float64(max(1, n))
		for k, r := range reviewers {
			if int(r) != without {
				y[r] += values[k] - mean
			}
		}
	}
}

// solver finds x with A x = b for a symmetric positive definite A.
type solver struct{ x, b, left, step, image []float64 }

func newSolver(n int) *solver {
	flat := make([]float64, 5*n)
	return &solver{flat[:n], flat[n : 2*n], flat[2*n : 3*n], flat[3*n : 4*n], flat[4*n:]}
}

// solve starts from x; apply writes A x into y.
func (s *solver) solve(apply func(y, x []float64)) {
	const exact = 1e-20 // of the square of what is left, far below any grade
	apply(s.image, s.x)
	for i := range s.left {
		s.left[i] = s.b[i] - s.image[i]
	}
	copy(s.step, s.left)
	size := dot(s.left, s.left)
	for range 2*len(s.x) + 10 { // it ends after len(s.x) but for rounding
		if size < exact {
			return
		}
		apply(s.image, s.step)
		length := size / dot(s.step, s.image)
		for i := range s.x {
			s.x[i] += length * s.step[i]
			s.left[i] -= length * s.image[i]
		}
		before := size
		size = dot(s.left, s.left)
		for i := range s.step {
			s.step[i] = s.left[i] + size/before*s.step[i]
		}
	}
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}
