package opinion

import "math"

// jacobi returns the eigenvalues of a small symmetric matrix, largest first,
// and its eigenvectors as columns in the same order, by cyclic rotations.
func jacobi(a [block][block]float64) (values [block]float64, vectors [block][block]float64) {
	for p := range block {
		vectors[p][p] = 1
	}
	for range 60 {
		if offDiagonal(&a) == 0 {
			break
		}
		for p := range block {
			for q := p + 1; q < block; q++ {
				rotate(&a, &vectors, p, q)
			}
		}
	}
	for p := range block {
		values[p] = a[p][p]
	}
	sortColumns(&values, &vectors)
	return values, vectors
}

// offDiagonal returns the largest entry above the diagonal that still counts
// beside the largest on it.
func offDiagonal(a *[block][block]float64) float64 {
	var most, scale float64
	for p := range block {
		scale = max(scale, math.Abs(a[p][p]))
		for q := p + 1; q < block; q++ {
			most = max(most, math.Abs(a[p][q]))
		}
	}
	if most <= 1e-17*scale {
		return 0
	}
	return most
}

// rotate turns the plane of p and q so that the entry between them vanishes.
func rotate(a, vectors *[block][block]float64, p, q int) {
	if a[p][q] == 0 {
		return
	}
	theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
	t := 1 / (math.Abs(theta) + math.Sqrt(theta*theta+1))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(t*t+1)
	s := t * c
	for i := range block {
		x, y := a[i][p], a[i][q]
		a[i][p], a[i][q] = c*x-s*y, s*x+c*y
	}
	for i := range block {
		x, y := a[p][i], a[q][i]
		a[p][i], a[q][i] = c*x-s*y, s*x+c*y
		x, y = vectors[i][p], vectors[i][q]
		vectors[i][p], vectors[i][q] = c*x-s*y, s*x+c*y
	}
}

// sortColumns orders the values, largest first, and the columns with them.
func sortColumns(values *[block]float64, vectors *[block][block]float64) {
	for p := range block {
		best := p
		for q := p + 1; q < block; q++ {
			if values[q] > values[best] {
				best = q
			}
		}
		values[p], values[best] = values[best], values[p]
		for i := range block {
			vectors[i][p], vectors[i][best] = vectors[i][best], vectors[i][p]
		}
	}
}
