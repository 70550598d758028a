package similar

import (
	"cmp"
	"slices"
)

// Pair is two texts of a collection that are alike, A before B in the order of
// their ids as strings.
type Pair struct {
	A      string  `json:"a"`
	B      string  `json:"b"`
	Cosine float64 `json:"cosine"`
}

// Pairs returns every pair of texts whose cosine is at least least (above 0),
// most alike first, equal ones by id. Its cost is the sum of the squares of the
// lengths of the postings; step, when not nil, hears after each text how many
// are done.
func (x *Index) Pairs(least float64, step func(done int)) []Pair {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.scaled()
	b := x.take()
	defer x.give(b)
	var pairs []Pair
	for slot := range x.texts {
		pairs = append(pairs, x.later(s, b, int32(slot), least)...)
		if step != nil {
			step(slot + 1)
		}
	}
	slices.SortFunc(pairs, func(p, q Pair) int {
		return cmp.Or(cmp.Compare(q.Cosine, p.Cosine), cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B))
	})
	return pairs
}

// later returns the pairs of one text with those in later slots.
func (x *Index) later(s *scale, b *board, slot int32, least float64) []Pair {
	for _, t := range x.texts[slot].terms {
		b.addWhole(x.lists[t.of], wish{t.of, s.idf2[t.of], tf(t.tf)}, slot)
	}
	own2, _ := x.length2(s, slot)
	var pairs []Pair
	for _, other := range b.touched {
		other2, _ := x.length2(s, other)
		if score := cosine(b.whole[other], own2, other2); score >= least {
			pairs = append(pairs, pair(x.texts[slot].id, x.texts[other].id, score))
		}
	}
	b.clear()
	return pairs
}

func pair(a, b string, cosine float64) Pair {
	if b < a {
		a, b = b, a
	}
	return Pair{a, b, cosine}
}
