package house

import (
	"go/ast"
	"maps"
	"slices"
	"strings"
)

// speakers names the functions that take a message key and the position of the
// key among their arguments.
var speakers = map[string]int{
	"i18n.T":    1, // T(ctx, key, ...)
	"fault.New": 1, // New(kind, key, ...)
	"*.Text":    1, // Catalogue.Text(lang, key, ...)
	"*.Fail":    1, // Check.Fail(field, key, ...)
	"*.Require": 2, // Check.Require(ok, field, key, ...)
}

// Keys finds keys that the program uses and no catalogue has, and messages that
// nothing uses. Keys put together at run time count by their parts: what stands
// before the gap must begin some key of the catalogue.
func Keys(t *Tree) []Finding {
	c, _ := readCatalogue(t)
	known := map[string]bool{}
	for _, lang := range languages {
		for key := range c[lang] {
			known[key] = true
		}
	}
	var out []Finding
	words := map[string]bool{}
	for _, f := range t.goFiles() {
		if f.isTest() || strings.HasPrefix(f.Path, "internal/") {
			continue
		}
		out = append(out, missing(f, known)...)
		f.literals(func(_ *ast.BasicLit, s string) {
			start, _, _ := strings.Cut(s, "%") // a format begins a key as an addition does
			words[s], words[start] = true, true
		})
	}
	return append(out, unused(c, words, data(t))...)
}

// missing finds keys of the file that no catalogue has.
func missing(f *File, known map[string]bool) []Finding {
	var out []Finding
	check := func(e ast.Expr) {
		if key, ok := literal(e); ok && keyForm.MatchString(key) && !known[key] {
			out = append(out, f.at(e, "no catalogue has the message %s", key))
		}
		sum, ok := e.(*ast.BinaryExpr)
		if !ok {
			return
		}
		if start, ok := literal(sum.X); ok && strings.Contains(start, ".") && !begins(known, start) {
			out = append(out, f.at(e, "no message begins with %s", start))
		}
	}
	ast.Inspect(f.Go, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if at, ok := keyPosition(n); ok {
				check(n.Args[at])
			}
		case *ast.KeyValueExpr:
			if name, ok := n.Key.(*ast.Ident); ok && name.Name == "Key" {
				check(n.Value)
			}
		}
		return true
	})
	return out
}

// keyPosition is the place of the message key among the call's arguments.
func keyPosition(call *ast.CallExpr) (int, bool) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return 0, false
	}
	at, ok := speakers["*."+sel.Sel.Name]
	if pkg, named := sel.X.(*ast.Ident); named && !ok {
		at, ok = speakers[pkg.Name+"."+sel.Sel.Name]
	}
	return at, ok && at < len(call.Args)
}

func begins(known map[string]bool, start string) bool {
	for key := range known {
		if strings.HasPrefix(key, start) {
			return true
		}
	}
	return false
}

// data is the text of the files of cities, which name messages too.
func data(t *Tree) string {
	var b strings.Builder
	for _, f := range t.Files {
		if strings.HasPrefix(f.Path, "cities/") {
			b.Write(f.Text)
		}
	}
	return b.String()
}

// unused finds messages that no source names, whole or in two parts.
func unused(c catalogue, words map[string]bool, data string) []Finding {
	var out []Finding
	first := languages[0]
	for _, key := range slices.Sorted(maps.Keys(c[first])) {
		if !words[key] && !joined(key, words) && !strings.Contains(data, key) {
			out = append(out, c[first][key].file.atKey(key, "is used nowhere"))
		}
	}
	return out
}

// joined says whether the key may come from adding to a literal that ends at
// one of its separators, or from adding a literal ending to another key.
func joined(key string, words map[string]bool) bool {
	for i := 1; i < len(key); i++ {
		if strings.ContainsRune("._-", rune(key[i-1])) && words[key[:i]] {
			return true
		}
		if strings.ContainsRune("._-", rune(key[i])) && words[key[i:]] {
			return true
		}
	}
	return false
}
