package similar

import "slices"

// Differing returns the words that stand in only one of two texts, as they are
// written there in lower case, each once and in order: what a person must look
// at when a template was filled in twice ("Arreglar la calle Mitre", "Arreglar
// la calle Salta" gives "mitre" and "salta"). Forms of one word do not differ.
func Differing(a, b string) (onlyA, onlyB []string) {
	wordsA, wordsB := Words(a), Words(b)
	return lacking(wordsA, wordsB), lacking(wordsB, wordsA)
}

// lacking returns the words whose stem no word of other has.
func lacking(words, other []string) []string {
	known := make(map[string]bool, len(other))
	for _, w := range other {
		known[Stem(w)] = true
	}
	var out []string
	for _, w := range words {
		if !known[Stem(w)] && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
