package ideas

import (
	"slices"
	"strings"
	"unicode"
)

// labelMax is the length of a tag, in characters.
const labelMax = 40

// labels makes tags of words: small letters and digits with hyphens between them,
// each once, in order.
func labels(words []string) []string {
	var out []string
	for _, w := range words {
		parts := strings.FieldsFunc(strings.ToLower(strings.ToValidUTF8(w, "")), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		r := []rune(strings.Join(parts, "-"))
		if l := strings.Trim(string(r[:min(len(r), labelMax)]), "-"); l != "" {
			out = append(out, l)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
