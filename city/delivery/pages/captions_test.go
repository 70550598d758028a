package pages

import (
	"slices"
	"testing"
)

// TestEachPhotographHasItsLine: one line is of all photographs; of several, each has
// its own.
func TestEachPhotographHasItsLine(t *testing.T) {
	for typed, want := range map[string][]string{
		"":                     {"", ""},
		"El aula":              {"El aula", "El aula"},
		"El aula\r\nEl taller": {"El aula", "El taller"},
		"a\nb\nc":              {"a", "b"},
	} {
		if got := captionsOf(typed, 2); !slices.Equal(got, want) {
			t.Errorf("%q gives %q, want %q", typed, got, want)
		}
	}
}
