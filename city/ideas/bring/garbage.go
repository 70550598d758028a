package bring

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"ronda/method/similar"
)

// Why a row is not taken: message keys.
const (
	WhyBroken   = "ideas.bring.why.broken" // quotes or number of cells are wrong
	WhyNoID     = "ideas.bring.why.no_id"  // what it is known by
	WhyTwice    = "ideas.bring.why.twice"  // the number stood further up already
	WhyNoTitle  = "ideas.bring.why.no_title"
	WhyLinks    = "ideas.bring.why.links"    // nothing but addresses
	WhyScript   = "ideas.bring.why.script"   // a program instead of a text
	WhyProbe    = "ideas.bring.why.probe"    // somebody tried the security of the other program
	WhyTest     = "ideas.bring.why.test"     // somebody tried whether it works
	WhyNoise    = "ideas.bring.why.noise"    // keys struck at random
	WhyAmends   = "ideas.bring.why.amends"   // a change of words of another idea
	WhyRejected = "ideas.bring.why.rejected" // by the moderators there
	WhyRefused  = "ideas.bring.why.refused"  // a statement shorter or longer than ours
	WhyUnseen   = "ideas.bring.why.unseen"   // not published there
)

// sign is something that editors never write into a text and people do not write
// about a city. Texts are searched for the hint first, which costs little.
type sign struct {
	hint    string         // lower case
	pattern *regexp.Regexp // nil: the hint says it all
}

func signs(pairs ...string) []sign {
	var out []sign
	for i := 0; i+1 < len(pairs); i += 2 {
		s := sign{hint: pairs[i]}
		if pairs[i+1] != "" {
			s.pattern = regexp.MustCompile(pairs[i+1])
		}
		out = append(out, s)
	}
	return out
}

// shows says whether a text in lower case has one of the signs.
func shows(text string, list []sign) bool {
	return slices.ContainsFunc(list, func(s sign) bool {
		return strings.Contains(text, s.hint) && (s.pattern == nil || s.pattern.MatchString(text))
	})
}

// What is written to break a program, or to try whether it breaks.
var (
	scripts = signs(
		"script", `<\s*script\b|(?:java|vb)script\s*:`,
		"<svg", "",
		"data:text/html", "",
		"onerror", `\bonerror\s*=`,
		"alert", `\balert\s*\(\s*['"\d\x60]`,
		"=", `<[a-z][^<>]*\bon[a-z]{3,20}\s*=`)
	attacks = signs(
		"=", `['"]\s*or\s+['"]?1['"]?\s*=\s*['"]?1`,
		"select", `\bunion\s+(?:all\s+)?select\b`,
		"drop", `;\s*drop\s+table\b`,
		"sleep", `\bsleep\s*\(\s*\d+\s*\)`,
		"{{", `\{\{\s*\d+\s*[*+]\s*\d+\s*\}\}`,
		"${", `\$\{(?:jndi:|\s*\d+\s*\*\s*\d+\s*\})`,
		"../../", "", "/etc/passwd", "", "169.254.169.254", "", "flag.txt", "")
	probes = signs(
		"ssrf", `\bssrf\b`, "xss", `\bxss\b`, "csrf", `\bcsrf\b`, "xxe", `\bxxe\b`, "sqli", `\bsqli\b`,
		"interactsh", "", "burp", `\bburp ?collaborator\b`, "pentest", "", ".oast.", "", ".xbow.ltd", "",
		"injection", `\b(?:sql|html|command|template) injection\b`)
	links = regexp.MustCompile(`(?i)\b(?:https?://|www\.)\S+`)
)

// trying are the words of a title that tries a form out; a title made of them
// alone, with numbers, is one. The first are those it must have one of.
var (
	tries = words(`test tests testing prueba pruebas probando probar demo`)
	fills = words(`a an and con content controller de description del direct ejemplo embed encoding es esta este esto example for form formulario html http https idea image is
		it la legitimate link lorem ipsum mi my new no not nueva nuevo only para payload please por post proposal propuesta title titulo texto text the this titular un una uno url
		valid valida valido video with without y youtube borrar delete favor ignorar ignore invalid advanced basic formatted research security access flag test1 test2`)
	mashed = regexp.MustCompile(`^(?:(?:asd|qwe|zxc|jkl|dfg|sdf|fgh|ghj|hjk)\w{0,12})+$`)
)

func words(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

// garbage says why a row is none, "" for one that may be an idea. raw is what
// the file says, title and text are what would be kept of it.
func garbage(raw, title, text string) string {
	open := strings.ToLower(html.UnescapeString(html.UnescapeString(raw))) // escaped twice is as bad
	switch {
	case shows(open, scripts):
		return WhyScript
	case shows(open, attacks), shows(open, probes):
		return WhyProbe
	case !speaks(title) && !speaks(text):
		if links.MatchString(title + " " + text) {
			return WhyLinks
		}
		return WhyNoTitle
	case isTrial(title, text):
		return WhyTest
	case isNoise(title):
		return WhyNoise
	}
	return ""
}

// speaks says whether a text has a letter outside of addresses.
func speaks(text string) bool {
	if !strings.Contains(text, "://") && !strings.Contains(text, "www.") && !strings.Contains(text, "WWW.") {
		return strings.ContainsFunc(text, unicode.IsLetter)
	}
	return strings.ContainsFunc(links.ReplaceAllString(text, " "), unicode.IsLetter)
}

// isTrial says whether somebody tried the form out: the title has nothing but
// words of a trial, or is one made-up word of that kind that the text repeats.
func isTrial(title, text string) bool {
	said := letters(title)
	if len(said) == 0 {
		return false
	}
	one := said[0]
	if len(said) == 1 && (strings.HasPrefix(one, "test") || strings.HasPrefix(one, "prueba")) {
		return text == "" || strings.EqualFold(text, title) || tries[one]
	}
	tried := false
	for _, w := range said {
		if !tries[w] && !fills[w] {
			return false
		}
		tried = tried || tries[w]
	}
	return tried
}

// letters are the words of a title without numbers and what looks like one.
func letters(title string) []string {
	var out []string
	for _, w := range similar.Words(similar.Fold(title)) {
		if !strings.ContainsFunc(w, unicode.IsDigit) {
			out = append(out, w)
		}
	}
	return out
}

// isNoise says whether a title is keys struck at random: one letter again and
// again, or the keys beside each other.
func isNoise(title string) bool {
	joined := strings.Join(letters(title), "")
	if len(joined) < 3 {
		return false
	}
	return strings.Trim(joined, joined[:1]) == "" || mashed.MatchString(joined)
}
