package review

import (
	"errors"
	"fmt"
	"math"
)

// Weighing is what comparing criteria in pairs gives.
type Weighing struct {
	Weights    []float64 // sum to 1
	Ratio      float64   // consistency ratio; 0 is perfect
	Consistent bool      // the ratio is at most 0.10; otherwise ask again
}

// randomIndex is the mean consistency index of random comparisons of 3 to 10
// criteria (Saaty 1980).
var randomIndex = [...]float64{0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49}

// maxCriteria is how many criteria can be compared in pairs.
const maxCriteria = len(randomIndex) + 2

// Weigh finds the weights of criteria from comparisons in pairs, the analytic
// hierarchy process: more[i][j] is how many times more i matters than j, and
// more[j][i] its inverse.
func Weigh(more [][]float64) (Weighing, error) {
	n := len(more)
	if n == 0 || n > maxCriteria {
		return Weighing{}, fmt.Errorf("%d criteria: between 1 and %d can be compared in pairs", n, maxCriteria)
	}
	if err := checkInverse(more); err != nil {
		return Weighing{}, err
	}
	w := Weighing{Weights: make([]float64, n)}
	sum := 0.0
	for i, row := range more {
		logs := 0.0
		for _, x := range row {
			logs += math.Log(x)
		}
		w.Weights[i] = math.Exp(logs / float64(n))
		sum += w.Weights[i]
	}
	for i := range w.Weights {
		w.Weights[i] /= sum
	}
	w.Ratio = ratio(more, w.Weights)
	const consistent = 0.10
	w.Consistent = w.Ratio <= consistent
	return w, nil
}

func checkInverse(more [][]float64) error {
	const close = 1e-6
	for _, row := range more {
		if len(row) != len(more) {
			return errors.New("the comparisons are not a square")
		}
	}
	for i, row := range more {
		for j, x := range row {
			if !(x > 0) || math.IsInf(x, 0) || !(math.Abs(x*more[j][i]-1) <= close) {
				return fmt.Errorf("comparison of %d with %d: %v is not above zero, or not the inverse of the other", i, j, x)
			}
		}
	}
	return nil
}

// ratio is the consistency index over that of random comparisons.
func ratio(more [][]float64, weights []float64) float64 {
	n := len(more)
	if n <= 2 {
		return 0 // two criteria cannot contradict
	}
	largest := 0.0 // the principal eigenvalue, as the mean over the rows
	for i, row := range more {
		largest += dot(row, weights) / weights[i] / float64(n)
	}
	return max(0, (largest-float64(n))/float64(n-1)/randomIndex[n-3])
}
