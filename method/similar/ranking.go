package similar

import (
	"cmp"
	"slices"
	"strings"
)

// hit is a text with its score and the number of copies it stands for.
type hit struct {
	slot   int32
	score  float64
	copies int
}

// ranking keeps the best hits offered to it without sorting the rest.
type ranking struct {
	x     *Index
	limit int  // 0: keep all
	join  bool // texts with the same stems become one hit
	floor float64
	hits  []hit
}

func (x *Index) newRanking(limit int, join bool) *ranking {
	return &ranking{x: x, limit: limit, join: join}
}

// offer takes a hit in, unless enough better ones are there.
func (r *ranking) offer(h hit) {
	if h.score < r.floor {
		return
	}
	r.hits = append(r.hits, h)
	if r.limit > 0 && len(r.hits) >= 2*r.limit+64 {
		r.settle()
		if len(r.hits) == r.limit {
			r.floor = r.hits[r.limit-1].score
		}
	}
}

// settle sorts the hits, joins copies and lets go of those beyond the limit.
func (r *ranking) settle() {
	slices.SortFunc(r.hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(r.x.texts[a.slot].id, r.x.texts[b.slot].id))
	})
	if r.join {
		r.hits = r.joined()
	}
	if r.limit > 0 && len(r.hits) > r.limit {
		r.hits = r.hits[:r.limit]
	}
}

// joined returns the sorted hits with copies added to the first of them. Only
// hits of the same score can be copies.
func (r *ranking) joined() []hit {
	kept := r.hits[:0]
	first := 0 // where the hits of the present score begin
	for _, h := range r.hits {
		if len(kept) > 0 && kept[len(kept)-1].score != h.score {
			first = len(kept)
		}
		if at := slices.IndexFunc(kept[first:], func(k hit) bool { return r.same(k, h) }); at >= 0 {
			kept[first+at].copies += h.copies
		} else {
			kept = append(kept, h)
		}
	}
	return kept
}

func (r *ranking) same(a, b hit) bool {
	return slices.Equal(r.x.texts[a.slot].terms, r.x.texts[b.slot].terms)
}

// matches returns the best hits in order.
func (r *ranking) matches() []Match {
	r.settle()
	out := make([]Match, len(r.hits))
	for i, h := range r.hits {
		out[i] = Match{r.x.texts[h.slot].id, h.score, h.copies}
	}
	return out
}
