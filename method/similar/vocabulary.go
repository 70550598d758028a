package similar

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// headLetters is the shortest beginning of a word that is completed.
	headLetters = 3
	// rootLetters is the shortest stem taken for the root of a longer word.
	rootLetters = 4
	// maxEndings bounds the stems that complete an unfinished word.
	maxEndings = 64
)

// vocabulary numbers the stems of a collection and lists where each stands.
// Stems are never forgotten: a city's words are bounded and return.
type vocabulary struct {
	numbers map[string]int32   // stem -> number
	stems   []string           // by number
	lists   [][]posting        // by number: the texts that hold it, in no order
	heads   map[string][]int32 // first letters -> numbers
}

func newVocabulary() vocabulary {
	return vocabulary{numbers: map[string]int32{}, heads: map[string][]int32{}}
}

// number returns the number of a stem, giving it one when new.
func (v *vocabulary) number(stem string) int32 {
	if n, ok := v.numbers[stem]; ok {
		return n
	}
	n := int32(len(v.stems))
	v.numbers[stem] = n
	v.stems = append(v.stems, stem)
	v.lists = append(v.lists, nil)
	if h := head(stem); h != "" {
		v.heads[h] = append(v.heads[h], n)
	}
	return n
}

// find returns the number of a stem that some text holds.
func (v *vocabulary) find(stem string) (int32, bool) {
	n, ok := v.numbers[stem]
	return n, ok && len(v.lists[n]) > 0
}

// endings returns the stems that an unfinished word may become: its own stem
// and those that begin with its letters, the most frequent first and at most
// maxEndings; failing that, the longest known stem at its beginning, for a word
// typed beyond its stem ("iluminaci" and "ilumin").
func (v *vocabulary) endings(word string) []int32 {
	var found []int32
	if n, ok := v.find(Stem(word)); ok {
		found = append(found, n)
	}
	start := unaccent(word)
	for _, n := range v.heads[head(start)] {
		if len(v.lists[n]) > 0 && strings.HasPrefix(v.stems[n], start) && !slices.Contains(found, n) {
			found = append(found, n)
		}
	}
	if len(found) == 0 {
		return v.root(start)
	}
	slices.SortFunc(found, func(a, b int32) int {
		return cmp.Or(cmp.Compare(len(v.lists[b]), len(v.lists[a])), strings.Compare(v.stems[a], v.stems[b]))
	})
	return found[:min(len(found), maxEndings)]
}

// root returns the longest known stem at the beginning of a word.
func (v *vocabulary) root(word string) []int32 {
	for utf8.RuneCountInString(word) >= rootLetters {
		if n, ok := v.find(word); ok {
			return []int32{n}
		}
		_, size := utf8.DecodeLastRuneInString(word)
		word = word[:len(word)-size]
	}
	return nil
}

// head returns the letters under which a stem is found by its beginning, or
// "" for a shorter one.
func head(stem string) string {
	end := 0
	for range headLetters {
		_, size := utf8.DecodeRuneInString(stem[end:])
		if size == 0 {
			return ""
		}
		end += size
	}
	return stem[:end]
}

// stemCount is a stem with how often it stands in a text and in its title.
type stemCount struct {
	stem      string
	tf, title uint16
}

// count tallies the stems of a title and a body. The result is ordered by
// stem, so that sums over it are the same to the last bit each time.
func count(title, body []string) []stemCount {
	tally := make(map[string]stemCount, len(title)+len(body))
	for i, stem := range slices.Concat(title, body) {
		c := tally[stem]
		c.stem, c.tf = stem, more(c.tf)
		if i < len(title) {
			c.title = more(c.title)
		}
		tally[stem] = c
	}
	counts := make([]stemCount, 0, len(tally))
	for _, c := range tally {
		counts = append(counts, c)
	}
	slices.SortFunc(counts, func(a, b stemCount) int { return strings.Compare(a.stem, b.stem) })
	return counts
}

// more counts one up and stays at the largest count.
func more(n uint16) uint16 {
	if n == math.MaxUint16 {
		return n
	}
	return n + 1
}
