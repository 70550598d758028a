package rank

import "math"

// triangle is the lower half of a symmetric positive definite matrix, and after
// root its Cholesky factor L.
type triangle struct{ row [][]float64 }

func newTriangle(n int) *triangle {
	t := &triangle{make([][]float64, n)}
	for i := range t.row {
		t.row[i] = make([]float64, i+1)
	}
	return t
}

// add adds to the element in row i and column j, which is not above i.
func (t *triangle) add(i, j int, x float64) { t.row[i][j] += x }

// root replaces the matrix by its factor, false if it has none.
func (t *triangle) root() bool {
	for i, row := range t.row {
		for j, other := range t.row[:i+1] {
			sum := row[j] - dot(row[:j], other[:j])
			switch {
			case i > j:
				row[j] = sum / other[j]
			case sum > 0 && !math.IsInf(sum, 1):
				row[j] = math.Sqrt(sum)
			default:
				return false
			}
		}
	}
	return true
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

// solve is x with L Lᵀ x = b.
func (t *triangle) solve(b []float64) []float64 {
	x := make([]float64, len(b))
	for i, row := range t.row {
		x[i] = (b[i] - dot(row[:i], x[:i])) / row[i]
	}
	for i := len(x) - 1; i >= 0; i-- {
		x[i] /= t.row[i][i]
		for j, l := range t.row[i][:i] {
			x[j] -= l * x[i]
		}
	}
	return x
}

// inverseRoots is the root of each element on the diagonal of the inverse of
// L Lᵀ: the length of a column of the inverse of L.
func (t *triangle) inverseRoots() []float64 {
	roots := make([]float64, len(t.row))
	column := make([]float64, len(t.row))
	for j := range roots {
		column[j] = 1 / t.row[j][j]
		square := column[j] * column[j]
		for i := j + 1; i < len(t.row); i++ {
			row := t.row[i]
			column[i] = -dot(row[j:i], column[j:i]) / row[i]
			square += column[i] * column[i]
		}
		roots[j] = math.Sqrt(square)
	}
	return roots
}
