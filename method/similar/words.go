package similar

import (
	"html"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxWord is the length in bytes after which a word is cut: no word of a
// language is longer, and a wall of letters must not cost more than a word.
const maxWord = 64

// Plain returns the words of a text that may hold HTML: tags become blanks,
// entities their characters, letters with accents their composed form (NFC).
// A "<" that opens no tag stays. Invalid UTF-8 is replaced by blanks.
func Plain(text string) string {
	text = stripTags(strings.ToValidUTF8(text, " "))
	if strings.Contains(text, "&") {
		text = html.UnescapeString(text)
	}
	return norm.NFC.String(text)
}

// Words returns the words of a text in order: runs of two or more letters or
// digits of its [Plain] form in lower case, accents kept.
func Words(text string) []string {
	return split(strings.ToLower(Plain(text)))
}

// Fold returns the text in lower case, without accents, with single blanks:
// the form in which "Estación  BiciMAD" is found by "estacion bicimad". It is
// meant for plain text (titles, names); markup is kept as it is. Folding twice
// changes nothing.
func Fold(text string) string {
	return strings.Join(strings.Fields(unaccent(strings.ToLower(strings.ToValidUTF8(text, " ")))), " ")
}

// stripTags replaces every tag or comment by a blank.
func stripTags(text string) string {
	open := strings.IndexByte(text, '<')
	if open < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for open >= 0 {
		end := 0
		if opensTag(text[open+1:]) {
			end = strings.IndexByte(text[open:], '>')
		}
		if end < 0 {
			break
		}
		if end > 0 {
			b.WriteString(text[:open] + " ")
		} else {
			b.WriteString(text[:open+1])
		}
		text = text[open+end+1:]
		open = strings.IndexByte(text, '<')
	}
	b.WriteString(text)
	return b.String()
}

// opensTag says whether what follows a "<" can be a tag.
func opensTag(rest string) bool {
	if rest == "" {
		return false
	}
	c := rest[0]
	return c == '/' || c == '!' || c == '?' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// split cuts text into words and drops those of a single letter.
func split(text string) []string {
	var words []string
	for run := range strings.FieldsFuncSeq(text, func(r rune) bool { return !inWord(r) }) {
		if word := strings.TrimLeftFunc(run, unicode.IsMark); longer(word, 1) {
			words = append(words, cut(word))
		}
	}
	return words
}

// inWord says whether a letter belongs to a word: letters, digits and the
// marks set on them.
func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// longer says whether a word has more than n letters or digits.
func longer(word string, n int) bool {
	for _, r := range word {
		if !unicode.IsMark(r) {
			n--
		}
		if n < 0 {
			return true
		}
	}
	return false
}

// cut shortens a word to maxWord bytes without breaking a letter.
func cut(word string) string {
	if len(word) <= maxWord {
		return word
	}
	return strings.ToValidUTF8(word[:maxWord], "")
}

// unaccent removes the accents of every letter: "señalización" becomes
// "senalizacion". Texts of ASCII letters come back as they are.
func unaccent(text string) string {
	if isASCII(text) {
		return text
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(text)))
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
