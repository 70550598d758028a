package house

import (
	"html"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/a-h/templ/parser/v2"
	"github.com/a-h/templ/parser/v2/visitor"
)

// names are words that read the same in every language.
var names = []string{
	"Ronda", "CSV", "JSON", "XLSX", "Atom", "iCal", "PDF", "API", "OpenAPI", "SVG", "RSS",
}

// readAloud are the attributes whose text a person reads or hears.
var readAloud = []string{"title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription"}

// Words finds text written into a view instead of the catalogue: half of the
// readers would meet it in the other language. An element with a lang or a
// translate attribute speaks for itself.
func Words(t *Tree) []Finding {
	var out []Finding
	for _, f := range t.Files {
		if path.Ext(f.Path) != ".templ" {
			continue
		}
		view, err := parser.ParseString(string(f.Text))
		if err != nil {
			out = append(out, Finding{Path: f.Path, Says: err.Error()})
			continue
		}
		_ = view.Visit(listener(func(line uint32, text string) { // the listener returns no error
			out = append(out, Finding{Path: f.Path, Line: int(line) + 1, Says: "says " + text + " in one language only: use a message"})
		}))
	}
	return out
}

// listener visits the views of a file and tells every text that no catalogue
// translates. Lines count from 0.
func listener(tell func(line uint32, text string)) *visitor.Visitor {
	v := visitor.New()
	children := v.Element
	v.Element = func(n *parser.Element) error {
		if slices.ContainsFunc(n.Attributes, ownLanguage) {
			return nil
		}
		return children(n)
	}
	v.Text = func(n *parser.Text) error {
		if spoken(n.Value) {
			tell(n.Range.From.Line, strings.TrimSpace(n.Value))
		}
		return nil
	}
	v.ConstantAttribute = func(n *parser.ConstantAttribute) error {
		key, ok := n.Key.(parser.ConstantAttributeKey)
		if ok && slices.Contains(readAloud, key.Name) && spoken(n.Value) {
			tell(key.NameRange.From.Line, n.Value)
		}
		return nil
	}
	return v
}

// ownLanguage says whether the attribute takes its element out of translation.
func ownLanguage(a parser.Attribute) bool {
	var key parser.AttributeKey
	switch a := a.(type) {
	case *parser.ConstantAttribute:
		key = a.Key
	case *parser.ExpressionAttribute:
		key = a.Key
	default:
		return false
	}
	return key.String() == "lang" || key.String() == "translate"
}

// spoken says whether the text holds a word that needs translating.
func spoken(text string) bool {
	words := strings.FieldsFunc(html.UnescapeString(text), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(words, func(w string) bool { return len([]rune(w)) > 1 && !slices.Contains(names, w) })
}
