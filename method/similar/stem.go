package similar

import (
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/spanish"
)

// Stems returns the stems of the words of a text, in order and with repeats:
// "Instalación de estaciones" gives "instal", "de", "estacion". Joined with
// blanks they make a search column that both databases index alike; stem the
// question with the same function. Words of other languages keep most of their
// letters and are found by the same word again.
func Stems(text string) []string {
	words := Words(text)
	for i, w := range words {
		words[i] = Stem(w)
	}
	return words
}

// Stem returns the stem of one word in lower case: the Spanish rules of
// Snowball first, since they need the accents, then the accents removed.
// "educacion", as many people type it, has the stem of "educación".
func Stem(word string) string {
	env := snowballstem.NewEnv(repair(word))
	spanish.Stem(env)
	return unaccent(env.Current())
}

// repair puts the accent back on a final "cion" of a word of six letters or
// more: the rules strip "ción" but not every "cion".
func repair(word string) string {
	if strings.HasSuffix(word, "cion") && utf8.RuneCountInString(word) >= 6 {
		return word[:len(word)-len("cion")] + "ción"
	}
	return word
}
