package similar

import (
	"math"
	"sync/atomic"
)

const (
	// commonShare is the share of the texts beyond which a stem says nothing.
	commonShare = 0.2
	// commonFloor keeps stems telling in small collections, where a fifth of
	// the texts may be a single one.
	commonFloor = 10
)

// scale holds what depends on the whole collection: the weight of each term,
// and the lengths of the vectors as far as somebody asked for them.
type scale struct {
	idf2    []float64 // by term; 0 when too common or gone
	unseen  float64   // idf squared of a stem that no text holds
	lengths []lengths // by slot
}

// lengths are the squared lengths of the vectors of a text and of its title,
// as bits of float64. They are known once whole is not 0.
type lengths struct {
	whole, title atomic.Uint64
}

// scaled returns the weights for the texts of now, computed once after each
// change. Call it with the lock held for reading.
func (x *Index) scaled() *scale {
	if s := x.scale.Load(); s != nil {
		return s
	}
	n := len(x.slots)
	s := &scale{
		idf2:    make([]float64, len(x.lists)),
		unseen:  idf2(n, 0),
		lengths: make([]lengths, len(x.texts)),
	}
	for t, list := range x.lists {
		s.idf2[t] = telling(n, len(list))
	}
	x.scale.Store(s)
	return s
}

// length2 returns the squared lengths of a text's vector and of its title's.
// Readers may compute the same pair at once; they store the same bits.
func (x *Index) length2(s *scale, slot int32) (whole, title float64) {
	known := &s.lengths[slot]
	if bits := known.whole.Load(); bits != 0 {
		return math.Float64frombits(bits), math.Float64frombits(known.title.Load())
	}
	for _, t := range x.texts[slot].terms {
		w, h := tf(t.tf), tf(t.title)
		whole += s.idf2[t.of] * (w * w)
		title += s.idf2[t.of] * (h * h)
	}
	known.title.Store(math.Float64bits(title))
	known.whole.Store(math.Float64bits(whole))
	return whole, title
}

// telling is the squared idf of a stem in df of n texts, and 0 for a stem that
// is gone or too common to tell texts apart.
func telling(n, df int) float64 {
	if df == 0 || df > commonFloor && float64(df) > commonShare*float64(n) {
		return 0
	}
	return idf2(n, df)
}

// idf2 is the square of the smoothed inverse document frequency.
func idf2(n, df int) float64 {
	idf := math.Log(float64(1+n)/float64(1+df)) + 1
	return idf * idf
}

// tf damps the frequency of a stem within a text.
func tf(count uint16) float64 {
	if int(count) < len(damped) {
		return damped[count]
	}
	return 1 + math.Log(float64(count))
}

// damped holds 1 + ln n for the frequencies that occur, and 0 for none.
var damped = func() (table [64]float64) {
	for n := 1; n < len(table); n++ {
		table[n] = 1 + math.Log(float64(n))
	}
	return table
}()
