package places

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ronda/city/charter"
)

// Tree answers what lies in what. It is read-only; make one of a charter with
// NewTree and keep it as long as the charter.
type Tree struct {
	charter  *charter.Charter
	children map[string][]charter.Territory
	named    map[charter.Level]map[string]string // level -> folded name -> code
}

// NewTree is the tree of a charter's territories.
func NewTree(c *charter.Charter) *Tree {
	t := &Tree{charter: c, children: map[string][]charter.Territory{}, named: map[charter.Level]map[string]string{}}
	for _, part := range c.Territories.All() {
		if part.Parent != "" {
			t.children[part.Parent] = append(t.children[part.Parent], part)
		}
		t.name(part)
	}
	return t
}

// name notes everything a part goes by; what two parts go by means the first.
func (t *Tree) name(part charter.Territory) {
	known := t.named[part.Level]
	if known == nil {
		known = map[string]string{}
		t.named[part.Level] = known
	}
	spellings := append([]string{part.Code, part.Short}, part.Also...)
	for _, name := range part.Name {
		spellings = append(spellings, name)
	}
	for _, s := range spellings {
		if s = fold(s); s != "" && known[s] == "" {
			known[s] = part.Code
		}
	}
}

// Find is the part of a level that goes by a name: its code, its name in any
// language, its short form or another spelling that the charter lists. Accents,
// capitals and punctuation do not count.
func (t *Tree) Find(level charter.Level, name string) (charter.Territory, bool) {
	code, ok := t.named[level][fold(name)]
	if !ok {
		return charter.Territory{}, false
	}
	return t.charter.Territories.Get(code)
}

// fold leaves the letters without accents and the digits of s, in lower case,
// with single spaces. Numbers lose the zero in front: "Comuna 05" is "comuna 5".
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(b.String())
	for i, w := range words {
		if n, err := strconv.Atoi(w); err == nil {
			words[i] = strconv.Itoa(n)
		}
	}
	return strings.Join(words, " ")
}

// Path is the part and everything it lies in, nearest first, so that a
// neighbourhood is followed by its district and the city. Nil for an unknown code.
func (t *Tree) Path(code string) []charter.Territory {
	var path []charter.Territory
	for part, ok := t.charter.Territories.Get(code); ok; part, ok = t.charter.Territories.Get(part.Parent) {
		path = append(path, part)
	}
	return path
}

// At is the part of a level that a part lies in or is, ok false when it is
// wider than that level.
func (t *Tree) At(level charter.Level, code string) (charter.Territory, bool) {
	for _, part := range t.Path(code) {
		if part.Level == level {
			return part, true
		}
	}
	return charter.Territory{}, false
}

// Contains says whether part lies in whole or is it.
func (t *Tree) Contains(whole, part string) bool {
	return slices.ContainsFunc(t.Path(part), func(p charter.Territory) bool { return p.Code == whole })
}

// Children are the parts right below, in the order of the charter.
func (t *Tree) Children(code string) []charter.Territory { return slices.Clone(t.children[code]) }

// Within lists the codes of a part and of everything in it, the part first. Nil
// for an unknown code.
func (t *Tree) Within(code string) []string {
	if !t.charter.Territories.Has(code) {
		return nil
	}
	codes := []string{code}
	for _, child := range t.children[code] {
		codes = append(codes, t.Within(child.Code)...)
	}
	return codes
}

// Cover leaves out of a list the parts that lie in others of it, the unknown and
// the repeated ones; what stays is in the order of the list. "Comuna 7, Flores"
// is Comuna 7.
func (t *Tree) Cover(codes []string) []string {
	var cover []string
	for _, code := range codes {
		inAnother := func(other string) bool { return other != code && t.Contains(other, code) }
		if t.charter.Territories.Has(code) && !slices.Contains(cover, code) && !slices.ContainsFunc(codes, inAnother) {
			cover = append(cover, code)
		}
	}
	return cover
}
