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
	return newModel(t).fit(without, start)
}

// model is the equations of a table, kept for fitting without each reviewer in
// turn: between two of those only the ideas of one reviewer differ.
type model struct {
	*table
	mine   [][]int   // ideas of each reviewer, in order
	excess []float64 // b with everyone: reviewers times criteria
	solver *solver
}

func newModel(t *table) *model {
	m := &model{t, make([][]int, len(t.reviewers)), make([]float64, len(t.reviewers)*t.criteria), newSolver(len(t.reviewers))}
	for i := range t.ideas {
		for review := t.first[i]; review < t.first[i+1]; review++ {
			r := t.reviewer[review]
			m.mine[r] = append(m.mine[r], i)
		}
		for c := range t.criteria {
			mean := m.meanGrade(i, c, -1)
			for review := t.first[i]; review < t.first[i+1]; review++ {
				m.excess[int(t.reviewer[review])*t.criteria+c] += t.of(review)[c] - mean
			}
		}
	}
	return m
}

// fit is table.fit.
func (m *model) fit(without int, start severity) severity {
	out := slices.Clone(start)
	if out == nil {
		out = make(severity, len(m.reviewers)*m.criteria)
	}
	s := m.solver
	for c := range m.criteria {
		for r := range s.x {
			s.x[r], s.b[r] = out[r*m.criteria+c], m.excess[r*m.criteria+c]
		}
		m.leave(s.b, c, without)
		s.solve(func(y, x []float64) { m.apply(y, x, without) })
		for r, x := range s.x {
			out[r*m.criteria+c] = x
		}
	}
	return out
}

// leave takes a reviewer out of b: on their ideas the others are seen against
// the mean of the others.
func (m *model) leave(b []float64, criterion, without int) {
	for _, i := range m.ideasOf(without) {
		change := m.meanGrade(i, criterion, -1) - m.meanGrade(i, criterion, without)
		for _, r := range m.reviewer[m.first[i]:m.first[i+1]] {
			b[r] += change
		}
	}
	if without >= 0 {
		b[without] = 0
	}
}

func (m *model) ideasOf(reviewer int) []int {
	if reviewer < 0 {
		return nil
	}
	return m.mine[reviewer]
}

// meanGrade is the mean grade of an idea on a criterion, as given by all
// reviewers but one; 0 without any.
func (t *table) meanGrade(idea, criterion, without int) float64 {
	sum, n := 0.0, 0
	for review := t.first[idea]; review < t.first[idea+1]; review++ {
		if int(t.reviewer[review]) != without {
			sum += t.of(review)[criterion]
			n++
		}
	}
	return sum / float64(max(1, n))
}

// weighed is the severity in the weighted grade, nil of nil.
func (s severity) weighed(weights []float64) severity {
	var out severity
	for at := 0; at < len(s); at += len(weights) {
		out = append(out, dot(s[at:at+len(weights)], weights))
	}
	return out
}

// apply writes (1 + L) x into y: each value as often as there are reviews, and
// once more, less the mean of the values on each idea. It is what fitting spends
// its time on, so ideas that nobody left are walked without asking.
func (m *model) apply(y, x []float64, without int) {
	for r, ideas := range m.mine {
		y[r] = float64(1+len(ideas)) * x[r]
	}
	from := 0
	for _, i := range m.ideasOf(without) {
		m.lessMeans(y, x, from, i)
		m.lessMeanOfOthers(y, x, i, without)
		from = i + 1
	}
	m.lessMeans(y, x, from, len(m.ideas))
	if without >= 0 {
		y[without] = x[without]
	}
}

// lessMeans takes the mean of x on each of some ideas off y.
func (t *table) lessMeans(y, x []float64, from, to int) {
	start := t.first[from]
	for _, end := range t.first[from+1 : to+1] {
		reviewers := t.reviewer[start:end]
		start = end
		sum := 0.0
		for _, r := range reviewers {
			sum += x[r]
		}
		mean := sum / float64(len(reviewers))
		for _, r := range reviewers {
			y[r] -= mean
		}
	}
}

// lessMeanOfOthers is lessMeans on one idea, which one reviewer has left.
func (t *table) lessMeanOfOthers(y, x []float64, idea, without int) {
	reviewers := t.reviewer[t.first[idea]:t.first[idea+1]]
	sum := 0.0
	for _, r := range reviewers {
		if int(r) != without {
			sum += x[r]
		}
	}
	mean := sum / float64(max(1, len(reviewers)-1))
	for _, r := range reviewers {
		y[r] -= mean
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
