package review

import "math"

// places gives each score its place from the top, the first and the last of the
// places that equal scores share.
func places(scores []float64) (first, last []int) {
	first, last = make([]int, len(scores)), make([]int, len(scores))
	newSorter(len(scores)).each(scores, func(i, from, to int) { first[i], last[i] = from, to })
	return first, last
}

// ranges remembers the best and the worst place of each idea.
type ranges struct {
	best, worst []int
	sorter      *sorter
}

func newRanges(n int) *ranges {
	r := &ranges{best: make([]int, n), worst: make([]int, n), sorter: newSorter(n)}
	for i := range r.best {
		r.best[i] = n
	}
	return r
}

// note adds the places of one ranking.
func (r *ranges) note(scores []float64) {
	r.sorter.each(scores, func(i, first, last int) {
		r.best[i] = min(r.best[i], first)
		r.worst[i] = max(r.worst[i], last)
	})
}

// sorter sorts scores by their digits, which for thousands of them a thousand
// times over is several times faster than comparing. Scores are compared to
// 1e-9, so that rounding does not part equals.
type sorter struct{ keys, spare []key }

// key is a score turned into a number that is smaller for better ones.
type key struct {
	score uint64
	index int
}

const (
	precision = 1e9     // units of a score in a key
	offset    = 1 << 40 // makes every key positive
	digitBits = 11
	digits    = 1 << digitBits
)

func newSorter(n int) *sorter { return &sorter{make([]key, n), make([]key, n)} }

// each calls fn for each score with the first and last of its places.
func (s *sorter) each(scores []float64, fn func(i, first, last int)) {
	s.sort(scores)
	for from := 0; from < len(s.keys); {
		to := from + 1
		for to < len(s.keys) && s.keys[to].score == s.keys[from].score {
			to++
		}
		for _, k := range s.keys[from:to] {
			fn(k.index, from+1, to)
		}
		from = to
	}
}

// sort fills the keys and sorts them, digit by digit from the last; above the
// digits that differ at all there is nothing to do.
func (s *sorter) sort(scores []float64) {
	least, all := uint64(math.MaxUint64), uint64(0)
	for i, x := range scores {
		s.keys[i] = key{uint64(offset - int64(math.Round(x*precision))), i}
		least = min(least, s.keys[i].score)
	}
	for i := range s.keys {
		s.keys[i].score -= least
		all |= s.keys[i].score
	}
	for shift := 0; all>>shift > 0; shift += digitBits {
		var start [digits]int
		for _, k := range s.keys {
			start[k.score>>shift%digits]++
		}
		sum := 0
		for d, n := range start {
			start[d], sum = sum, sum+n
		}
		for _, k := range s.keys {
			d := k.score >> shift % digits
			s.spare[start[d]] = k
			start[d]++
		}
		s.keys, s.spare = s.spare, s.keys
	}
}
