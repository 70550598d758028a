package bring

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"ronda/method/similar"
)

// What markup says about lines, before it is taken away.
var (
	unseen = regexp.MustCompile(`(?is)<(?:script|style|template|noscript)\b.*?(?:</(?:script|style|template|noscript)\s*>|$)`)
	breaks = regexp.MustCompile(`(?i)<br\s*/?>|</(?:p|div|ul|ol|tr|h[1-6]|blockquote)\s*>`)
	items  = regexp.MustCompile(`(?i)<li\b[^>]*>`)
)

// mails are addresses of mail, which belong to a person and not to an idea.
var mails = regexp.MustCompile(`(?i)(?:mailto:)?[\p{L}0-9._%+'-]+@[\p{L}0-9-]+(?:\.[\p{L}0-9-]+)+`)

// noMail stands in the place of an address.
const noMail = "[…@…]"

// plain is a text of another program without markup, control characters and
// addresses of mail, with its paragraphs. mail says whether an address was
// taken out.
func plain(text string) (out string, mail bool) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if strings.Contains(text, "<") {
		text = unseen.ReplaceAllString(text, " ")
		text = items.ReplaceAllString(breaks.ReplaceAllString(text, "\n"), "\n- ")
	}
	text = strings.Map(printable, similar.Plain(text))
	text = strings.TrimSpace(paragraphs(text))
	if !strings.Contains(text, "@") {
		return text, false
	}
	out = mails.ReplaceAllString(text, noMail)
	return out, out != text
}

// paragraphs are the lines of a text with single blanks, and at most one empty
// line between them.
func paragraphs(text string) string {
	var b strings.Builder
	empty := 0
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			empty++
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n"[:1+min(empty, 1)])
		}
		b.WriteString(line)
		empty = 0
	}
	return b.String()
}

// printable drops what nobody sees: control characters, marks that turn the
// direction of foreign text, and zero-width ones. The joiner stays, since scripts
// and emoji are written with it.
func printable(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r == '\r' || r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f':
		return '\n'
	case unicode.Is(unicode.Zs, r):
		return ' '
	case r == '\u200d' || r == '\u200c':
		return r
	case r == utf8.RuneError || r == 0xfffe || r == 0xffff || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u200b' || r == '\ufeff':
		return -1
	}
	return r
}

// oneLine is a plain text without line ends.
func oneLine(text string) (out string, mail bool) {
	text, mail = plain(text)
	return strings.Join(strings.Fields(text), " "), mail
}

// beginning is at most so many characters of a text, cut after a word and with an
// ellipsis when something was cut.
func beginning(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	runes := []rune(text)[:most-1]
	cut := string(runes)
	if at := strings.LastIndexFunc(cut, unicode.IsSpace); at > len(cut)/2 {
		cut = cut[:at]
	}
	return strings.TrimRightFunc(cut, unicode.IsSpace) + "…"
}
