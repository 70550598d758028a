package similar

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

const (
	shingleLetters = 5
	sketchHashes   = 128
	sketchBands    = 32 // of four hashes each
	bandHashes     = sketchHashes / sketchBands
)

// Sketch is the MinHash signature of the set of five-letter shingles of a
// text: two texts agree in each of its hashes with a probability equal to the
// Jaccard index of their sets.
type Sketch [sketchHashes]uint32

// NewSketch returns the signature of a text (title and description together).
// The same text has the same sketch on every machine and in every version.
func NewSketch(content string) Sketch { return sketch(shingles(content)) }

// Jaccard returns the share of five-letter shingles that two texts have in
// common, from 0 to 1; 0 when both are empty.
func Jaccard(a, b string) float64 { return jaccard(shingles(a), shingles(b)) }

// Copy is two texts whose letters nearly agree, A before B by id.
type Copy struct {
	A       string  `json:"a"`
	B       string  `json:"b"`
	Jaccard float64 `json:"jaccard"` // exact, not estimated
}

// NearCopies returns the pairs of texts, given by id, whose Jaccard index is at
// least least, the nearest first. Pairs are proposed by equal bands of their
// sketches, so one at 0.5 is missed with a chance of 13 %, one at 0.7 of
// 0.02 %, and every proposed pair is verified exactly.
func NearCopies(texts map[string]string, least float64) []Copy {
	ids := make([]string, 0, len(texts))
	for id := range texts {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	sets := make([][]uint32, len(ids))
	sketches := make([]Sketch, len(ids))
	for i, id := range ids {
		sets[i] = shingles(texts[id])
		sketches[i] = sketch(sets[i])
	}
	var copies []Copy
	for _, p := range candidates(sketches) {
		if j := jaccard(sets[p[0]], sets[p[1]]); j >= least {
			copies = append(copies, Copy{ids[p[0]], ids[p[1]], j})
		}
	}
	slices.SortFunc(copies, func(p, q Copy) int {
		return cmp.Or(cmp.Compare(q.Jaccard, p.Jaccard), strings.Compare(p.A, q.A), strings.Compare(p.B, q.B))
	})
	return copies
}

// candidates returns the pairs of sketches with an equal band, each once.
func candidates(sketches []Sketch) [][2]int {
	seen := map[[2]int]bool{}
	var pairs [][2]int
	for band := range sketchBands {
		buckets := map[[bandHashes]uint32][]int{}
		for i := range sketches {
			key := [bandHashes]uint32(sketches[i][band*bandHashes:])
			if key == emptyBand {
				continue
			}
			for _, j := range buckets[key] {
				if pair := [2]int{j, i}; !seen[pair] {
					seen[pair] = true
					pairs = append(pairs, pair)
				}
			}
			buckets[key] = append(buckets[key], i)
		}
	}
	return pairs
}

// emptyBand is the band of a text without shingles.
var emptyBand = [bandHashes]uint32{math.MaxUint32, math.MaxUint32, math.MaxUint32, math.MaxUint32}

// shingles returns the sorted set of hashes of the five-letter runs of a text
// without markup, accents and capitals. A shorter text is one shingle.
func shingles(content string) []uint32 {
	text := []rune(Fold(Plain(content)))
	if len(text) == 0 {
		return nil
	}
	width := min(shingleLetters, len(text))
	set := make([]uint32, 0, len(text))
	for i := range len(text) - width + 1 {
		set = append(set, hash(text[i:i+width]))
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// hash mixes letters into 32 bits (FNV-1a over code points, then an avalanche).
func hash(letters []rune) uint32 {
	h := uint64(14695981039346656037)
	for _, r := range letters {
		h = (h ^ uint64(r)) * 1099511628211
	}
	return uint32(mix(h) >> 32)
}

// mix spreads every bit of its argument over all 64 (splitmix64's finish).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// sketch keeps, for each of 128 multiply-add permutations, the least value
// over the set.
func sketch(set []uint32) Sketch {
	var s Sketch
	for i := range s {
		s[i] = math.MaxUint32
		factor, shift := mix(uint64(2*i+1))|1, mix(uint64(2*i+2))
		for _, v := range set {
			s[i] = min(s[i], uint32((uint64(v)*factor+shift)>>32))
		}
	}
	return s
}

// jaccard of two sorted sets.
func jaccard(a, b []uint32) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := cmp.Compare(a[i], b[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			common, i, j = common+1, i+1, j+1
		}
	}
	return float64(common) / float64(len(a)+len(b)-common)
}
