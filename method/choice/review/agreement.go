package review

// Agreement is how far reviewers agree on one criterion.
type Agreement struct {
	Alpha   float64 // Krippendorff's alpha for ordered grades: 1 is perfect, 0 is chance
	Defined bool    // false when no idea has two reviewers, or all grades are the same
	Low     bool    // alpha is under Reliable
}

// Reliable is the alpha from which conclusions can be drawn (Krippendorff 2004).
const Reliable = 0.667

// agreements computes the agreement on every criterion, of grades as given.
func (t *table) agreements() []Agreement {
	out := make([]Agreement, t.criteria)
	for c := range out {
		out[c] = alpha(t.coincidences(c))
	}
	return out
}

// coincidences counts pairs of grades that an idea got on a criterion, each idea
// weighing as much as the grades it has.
func (t *table) coincidences(criterion int) [][]float64 {
	pairs := make([][]float64, t.best+1)
	for g := range pairs {
		pairs[g] = make([]float64, t.best+1)
	}
	count := make([]float64, t.best+1)
	for i := range t.ideas {
		clear(count)
		n := float64(t.first[i+1] - t.first[i])
		if n < 2 {
			continue
		}
		for review := t.first[i]; review < t.first[i+1]; review++ {
			count[int(t.of(review)[criterion])]++
		}
		for g, a := range count {
			for h, b := range count {
				if g == h {
					b--
				}
				pairs[g][h] += a * b / (n - 1)
			}
		}
	}
	return pairs
}

// alpha compares the disagreement there is with what chance would give. The
// distance of two grades is the number of grades given between them, half of
// those at the ends.
func alpha(pairs [][]float64) Agreement {
	size := make([]float64, len(pairs))
	n := 0.0
	for g, row := range pairs {
		for _, x := range row {
			size[g] += x
		}
		n += size[g]
	}
	observed, expected := 0.0, 0.0
	for g := range pairs {
		between := -size[g] / 2
		for h := g; h < len(pairs); h++ {
			between += size[h]
			d := between - size[h]/2
			observed += 2 * pairs[g][h] * d * d
			expected += 2 * size[g] * size[h] * d * d
		}
	}
	if expected == 0 {
		return Agreement{}
	}
	a := 1 - (n-1)*observed/expected
	return Agreement{Alpha: a, Defined: true, Low: a < Reliable}
}
