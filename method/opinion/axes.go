package opinion

import "math"

const (
	// block is the number of vectors iterated to find two of them: the more,
	// the faster they settle, at the price of each round.
	block = 6
	// settled is the change of the two leading vectors under which the iteration
	// stops. The values settle twice as fast and would stop it at half of the
	// digits; then the order of the rows could be seen in a map.
	settled = 1e-11
	// maxRounds bounds the iteration; 10 to 40 rounds are usual.
	maxRounds = 300
)

// vectors are block vectors over the statements, side by side.
type vectors [][block]float64

// axes are the two principal axes: a loading for each statement.
type axes [2][]float64

// deviation is a vote less the mean of its statement.
type deviation struct {
	statement int32
	x         float64
}

// deviations returns the centred votes on accepted statements, row by row.
func (m *matrix) deviations() [][]deviation {
	all := make([]deviation, 0, m.cells)
	rows := make([][]deviation, len(m.rows))
	for i, row := range m.rows {
		from := len(all)
		for _, a := range row {
			if !m.rejected[a.statement] {
				all = append(all, deviation{a.statement, float64(a.vote) - m.means[a.statement]})
			}
		}
		rows[i] = all[from:len(all):len(all)]
	}
	return rows
}

// principal returns the two leading eigenvectors of X'X, X having the given
// rows over n statements, by block power iteration with Rayleigh-Ritz steps. An
// axis along which nobody differs is all zeros.
func principal(rows [][]deviation, n int) axes {
	return leading(rows, n, maxRounds)
}

// leading is principal with a bound on the rounds.
func leading(rows [][]deviation, n, rounds int) axes {
	v := start(n)
	orthonormalise(v)
	for range rounds {
		w := apply(rows, v)
		before := v
		v = turned(w, ritz(v, w))
		orthonormalise(v)
		if still(v, before) {
			break
		}
	}
	return axes{axis(v, 0), axis(v, 1)}
}

// start returns the fixed pseudo-random vectors the iteration begins with.
func start(n int) vectors {
	v := make(vectors, n)
	noise := random(1)
	for j := range v {
		for b := range block {
			v[j][b] = noise.float() - 0.5
		}
	}
	return v
}

// apply returns X'X v in one pass over the rows.
func apply(rows [][]deviation, v vectors) vectors {
	w := make(vectors, len(v))
	for _, row := range rows {
		t := product(row, v)
		for _, d := range row {
			u := &w[d.statement]
			u[0] += d.x * t[0]
			u[1] += d.x * t[1]
			u[2] += d.x * t[2]
			u[3] += d.x * t[3]
			u[4] += d.x * t[4]
			u[5] += d.x * t[5]
		}
	}
	return w
}

// product multiplies a row with each vector. It and apply take half of the time
// of a map and are written out so that the sums stay in registers.
func product(row []deviation, v vectors) [block]float64 {
	var t0, t1, t2, t3, t4, t5 float64
	for _, d := range row {
		u := &v[d.statement]
		t0 += d.x * u[0]
		t1 += d.x * u[1]
		t2 += d.x * u[2]
		t3 += d.x * u[3]
		t4 += d.x * u[4]
		t5 += d.x * u[5]
	}
	return [block]float64{t0, t1, t2, t3, t4, t5}
}

// ritz returns the rotation to the eigenvectors of v'w, that of the largest value
// first.
func ritz(v, w vectors) (turn [block][block]float64) {
	var a [block][block]float64
	for j := range v {
		for p := range block {
			for q := range block {
				a[p][q] += v[j][p] * w[j][q]
			}
		}
	}
	_, turn = jacobi(a)
	return turn
}

// turned returns the vectors combined by the columns of turn.
func turned(w vectors, turn [block][block]float64) vectors {
	out := make(vectors, len(w))
	for j := range w {
		for p := range block {
			for q := range block {
				out[j][q] += w[j][p] * turn[p][q]
			}
		}
	}
	return out
}

// orthonormalise makes each vector orthogonal to those before it, twice for
// the sake of rounding, and of length 1. One of which nothing but rounding is
// left, beside the first or beside what it was, becomes 0.
func orthonormalise(v vectors) {
	first := math.Sqrt(dot(v, 0, 0))
	for b := range block {
		least := 1e-10 * max(first, math.Sqrt(dot(v, b, b)))
		for range 2 {
			for p := range b {
				d := dot(v, p, b)
				for j := range v {
					v[j][b] -= d * v[j][p]
				}
			}
		}
		length := math.Sqrt(dot(v, b, b))
		scale := 0.0
		if length > least {
			scale = 1 / length
		}
		for j := range v {
			v[j][b] *= scale
		}
	}
}

func dot(v vectors, p, q int) float64 {
	var sum float64
	for j := range v {
		sum += v[j][p] * v[j][q]
	}
	return sum
}

// still says whether the two leading vectors stopped turning.
func still(now, before vectors) bool {
	for b := range 2 {
		along := dotOf(now, before, b)
		off := 0.0
		for j := range now {
			d := now[j][b] - along*before[j][b]
			off += d * d
		}
		if off > settled*settled {
			return false
		}
	}
	return true
}

// dotOf is the product of the b-th vectors of two blocks.
func dotOf(v, w vectors, b int) float64 {
	var sum float64
	for j := range v {
		sum += v[j][b] * w[j][b]
	}
	return sum
}

// axis returns one vector with the sign that makes its largest loading
// positive; of equally large ones the first decides.
func axis(v vectors, b int) []float64 {
	out := make([]float64, len(v))
	largest, sign := 0.0, 1.0
	for j := range v {
		out[j] = v[j][b]
		if size := math.Abs(out[j]); size > largest*(1+1e-9) {
			largest, sign = size, math.Copysign(1, out[j])
		}
	}
	for j := range out {
		out[j] = out[j]*sign + 0 // no negative zeros
	}
	return out
}
