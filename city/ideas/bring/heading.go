package bring

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ronda/platform/table"
)

// heading finds the columns of a list by their names, whatever their capitals,
// accents, spaces and dashes.
type heading struct{ names []string }

func newHeading(cells []string) heading {
	h := heading{make([]string, len(cells))}
	for i, c := range cells {
		h.names[i] = simple(c)
	}
	return h
}

// simple is a name of a column with nothing but letters, digits and slashes.
func simple(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '/' {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(name))
}

// columns are the places of the columns with one of the names, best first: those
// of the first name before those of the second. A text that stands there in
// several languages has a column for each ("title/es"): Spanish comes first, then
// the others as the file has them, what machines translated last.
func (h heading) columns(names ...string) []int {
	var all []int
	for _, name := range names {
		all = append(all, h.named(simple(name))...)
	}
	return all
}

func (h heading) named(name string) []int {
	var whole, spanish, other, machine []int
	for i, have := range h.names {
		locale, below := strings.CutPrefix(have, name+"/")
		switch {
		case have == name:
			whole = append(whole, i)
		case !below || strings.Contains(strings.TrimPrefix(locale, machined), "/"):
		case strings.HasPrefix(locale, machined):
			machine = append(machine, i)
		case strings.HasPrefix(locale, "es"):
			spanish = append(spanish, i)
		case isLocale(locale):
			other = append(other, i)
		}
	}
	return slices.Concat(whole, spanish, other, machine)
}

// machined comes before the locale of a text that a machine translated.
const machined = "machinetranslations/"

// isLocale says whether the end of a column's name is a language, such as "ca",
// "ptbr" or "zhhant", and not a part of something else, such as "id".
func isLocale(s string) bool {
	return (len(s) == 2 && s != "id") || len(s) == 4 || s == "zhhans" || s == "zhhant"
}

// has says whether there is a column for each of the names.
func (h heading) has(names ...string) bool {
	for _, name := range names {
		if len(h.columns(name)) == 0 {
			return false
		}
	}
	return true
}

// field reads one thing out of rows: the first of its columns with something in
// it.
type field []int

func (f field) of(rec record) string {
	for _, i := range f {
		if i < len(rec.cells) {
			if cell := strings.TrimSpace(table.Restored(rec.cells[i])); cell != "" {
				return cell
			}
		}
	}
	return ""
}
