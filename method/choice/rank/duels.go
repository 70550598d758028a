package rank

import (
	"cmp"
	"errors"
	"math"
	"slices"
)

// Duel is how often two candidates met, by index, and who was preferred.
type Duel struct {
	A, B         int
	WinsA, WinsB int64
}

// Duels turns counted preferences into duels: every ballot that prefers one of
// a pair is one.
func (w *Pairwise) Duels() []Duel {
	var duels []Duel
	for a := range w.Candidates {
		for b := a + 1; b < len(w.Candidates); b++ {
			if w.Prefer[a][b]+w.Prefer[b][a] > 0 {
				duels = append(duels, Duel{a, b, w.Prefer[a][b], w.Prefer[b][a]})
			}
		}
	}
	return duels
}

// Strength is what duels tell of one candidate.
type Strength struct {
	Weight float64 // odds against the fictitious candidate of weight 1
	Chance float64 // of beating another candidate drawn at random
	Low    float64 // 90% interval of Chance
	High   float64
	Duels  int64
}

// ErrDiverged says that the weights did not settle.
var ErrDiverged = errors.New("the weights of the duels did not settle")

const (
	settled  = 1e-8   // largest change of the logarithm of a weight in the last step
	rounds   = 200    // of minorise-maximise, which comes near from anywhere
	steps    = 100    // of Newton's method, which from there takes a handful
	together = 1e-6   // relative difference under which weights share a place
	ninety   = 1.6449 // standard deviations of a 90% interval
)

// BradleyTerry fits a weight to each of n candidates so that a beats b with the
// chance w(a)/(w(a)+w(b)), and orders by it. Everyone also tied once with a
// fictitious candidate of weight 1, which keeps the weights finite and sets
// their scale. The likeliest weights are unique; they are approached by the
// minorise-maximise method (Hunter 2004) and reached by Newton's.
func BradleyTerry(n int, duels []Duel) ([]Strength, Places, error) {
	f := newFit(n, duels)
	if err := f.settle(); err != nil {
		return nil, nil, err
	}
	root, err := f.information()
	if err != nil {
		return nil, nil, err
	}
	deviation := root.inverseRoots()
	out := make([]Strength, n)
	for a, w := range f.weight {
		out[a] = Strength{Weight: w, Chance: f.chance(a, w), Duels: f.met[a],
			Low: f.chance(a, w*math.Exp(-ninety*deviation[a])), High: f.chance(a, w*math.Exp(ninety*deviation[a]))}
	}
	return out, f.places(), nil
}

// fit is the state of fitting the weights.
type fit struct {
	duels  []Duel
	weight []float64
	wins   []float64 // with half a win of the virtual tie
	met    []int64
}

func newFit(n int, duels []Duel) *fit {
	const virtualTie = 0.5
	f := &fit{duels: slices.Clone(duels), weight: make([]float64, n), wins: make([]float64, n), met: make([]int64, n)}
	slices.SortFunc(f.duels, func(x, y Duel) int { return cmp.Or(x.A-y.A, x.B-y.B) })
	for a := range f.weight {
		f.weight[a], f.wins[a] = 1, virtualTie
	}
	for _, d := range duels {
		f.wins[d.A] += float64(d.WinsA)
		f.wins[d.B] += float64(d.WinsB)
		f.met[d.A] += d.WinsA + d.WinsB
		f.met[d.B] += d.WinsA + d.WinsB
	}
	return f
}

// settle brings the weights to where they change no more.
func (f *fit) settle() error {
	for range rounds {
		f.round()
	}
	for range steps {
		change, err := f.step()
		if err != nil {
			return err
		}
		if change < settled {
			return nil
		}
	}
	return ErrDiverged
}

// expect is how many duels each candidate should win by the weights, the virtual
// tie among them.
func (f *fit) expect() []float64 {
	wins := make([]float64, len(f.weight))
	for a, w := range f.weight {
		wins[a] = w / (w + 1)
	}
	for _, d := range f.duels {
		share := float64(d.WinsA+d.WinsB) / (f.weight[d.A] + f.weight[d.B])
		wins[d.A] += share * f.weight[d.A]
		wins[d.B] += share * f.weight[d.B]
	}
	return wins
}

// round moves every weight by what it won over what it should have won.
func (f *fit) round() {
	for a, wins := range f.expect() {
		f.weight[a] *= f.wins[a] / wins
	}
}

// step makes one step of Newton's method in the logarithms of the weights, none
// longer than 1, and returns the longest.
func (f *fit) step() (float64, error) {
	root, err := f.information()
	if err != nil {
		return 0, err
	}
	gap := f.expect()
	for a := range gap {
		gap[a] = f.wins[a] - gap[a]
	}
	longest := 0.0
	for a, move := range root.solve(gap) {
		move = max(-1, min(1, move))
		f.weight[a] *= math.Exp(move)
		longest = max(longest, math.Abs(move))
	}
	return longest, nil
}

// chance is the mean chance of beating another candidate if a had weight w.
func (f *fit) chance(a int, w float64) float64 {
	if len(f.weight) < 2 {
		return w / (w + 1)
	}
	sum := 0.0
	for b, other := range f.weight {
		if b != a {
			sum += w / (w + other)
		}
	}
	return sum / float64(len(f.weight)-1)
}

// information is the root of the information matrix of the logarithms of the
// weights; it exists unless a weight left the range of numbers.
func (f *fit) information() (*triangle, error) {
	t := newTriangle(len(f.weight))
	for a, w := range f.weight {
		t.add(a, a, w/((w+1)*(w+1)))
	}
	for _, d := range f.duels {
		a, b := f.weight[d.A], f.weight[d.B]
		h := float64(d.WinsA+d.WinsB) * a * b / ((a + b) * (a + b))
		t.add(d.A, d.A, h)
		t.add(d.B, d.B, h)
		t.add(max(d.A, d.B), min(d.A, d.B), -h)
	}
	if !t.root() {
		return nil, ErrDiverged
	}
	return t, nil
}

// places orders the candidates by weight.
func (f *fit) places() Places {
	order := indexes(len(f.weight))
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(f.weight[b], f.weight[a]) })
	var places Places
	for i, c := range order {
		if i > 0 && f.weight[order[i-1]]-f.weight[c] <= together*f.weight[c] {
			last := len(places) - 1
			places[last] = append(places[last], c)
			slices.Sort(places[last])
		} else {
			places = append(places, []int{c})
		}
	}
	return places
}

// NextPair is the pair that a person should be asked about next: the two that
// met least often, then the closest in weight, then the first. Pairs that the
// person has seen are left out; ok is false when none is left.
func NextPair(strengths []Strength, seen func(a, b int) bool) (a, b int, ok bool) {
	var met int64
	var gap float64
	for i := range strengths {
		for j := i + 1; j < len(strengths); j++ {
			if seen(i, j) {
				continue
			}
			m := strengths[i].Duels + strengths[j].Duels
			g := math.Abs(math.Log(strengths[i].Weight / strengths[j].Weight))
			if !ok || m < met || m == met && g < gap {
				a, b, met, gap, ok = i, j, m, g, true
			}
		}
	}
	return a, b, ok
}
