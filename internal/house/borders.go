package house

import (
	"fmt"
	"go/ast"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// TablePath is the file with the table of borders.
const TablePath = "app/borders.go"

// layers says which layers (first folders) a layer may import beside its own.
// Layers that are missing here may import all.
var layers = map[string][]string{
	"platform": {},
	"method":   {},
	"cities":   {"platform"},
	"city":     {"platform", "method"},
	"app":      {"platform", "method", "city", "cities", "internal"},
}

// forTests adds what the tests of a layer may import.
var forTests = map[string][]string{
	"city": {"cities", "internal"},
}

// closed names packages that a layer does without, and why.
var closed = map[string]map[string]string{
	"method": {
		"net": "a method does no I/O", "net/http": "a method does no I/O", "os": "a method does no I/O",
		"os/exec": "a method does no I/O", "database/sql": "a method does no I/O",
	},
	"city": {"database/sql": "the transaction is in the context: use platform/db"},
}

// Table reads the table of borders out of the source of app: the map literal
// named Borders.
func Table(t *Tree) (map[string][]string, error) {
	f := t.file(TablePath)
	if f == nil || f.Go == nil {
		return nil, fmt.Errorf("%s: not there, or not Go", TablePath)
	}
	var table map[string][]string
	ast.Inspect(f.Go, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if ok && len(spec.Values) == 1 && spec.Names[0].Name == "Borders" {
			if lit, ok := spec.Values[0].(*ast.CompositeLit); ok {
				table = readTable(lit)
			}
		}
		return true
	})
	if table == nil {
		return nil, fmt.Errorf("%s: no map literal Borders", TablePath)
	}
	return table, nil
}

func readTable(lit *ast.CompositeLit) map[string][]string {
	table := map[string][]string{}
	for _, e := range lit.Elts {
		row, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		from, _ := literal(row.Key)
		table[from] = []string{}
		if to, ok := row.Value.(*ast.CompositeLit); ok {
			for _, name := range to.Elts {
				s, _ := literal(name)
				table[from] = append(table[from], s)
			}
		}
	}
	return table
}

// Borders finds imports that the layers or the table forbid.
func Borders(t *Tree, table map[string][]string) []Finding {
	var out []Finding
	for _, f := range t.goFiles() {
		for _, spec := range f.Go.Imports {
			to, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				continue
			}
			if why := forbidden(f, to, table); why != "" {
				out = append(out, f.at(spec, "imports %s: %s", to, why))
			}
		}
	}
	return append(out, cycles(table)...)
}

// forbidden says why f may not import to, "" if it may.
func forbidden(f *File, to string, table map[string][]string) string {
	from, _, _ := strings.Cut(f.Path, "/")
	inner, ours := strings.CutPrefix(to, Module+"/")
	if !ours {
		if f.isTest() {
			return ""
		}
		return closed[from][to]
	}
	layer, _, _ := strings.Cut(inner, "/")
	allowed, ruled := layers[from]
	switch {
	case !ruled, layer == from && from != "city", slices.Contains(allowed, layer):
		return ""
	case f.isTest() && slices.Contains(forTests[from], layer):
		return ""
	case layer != "city" || from != "city":
		return from + " does not know " + layer
	}
	return crossing(module(f.Path), module(inner), table)
}

// module is the name of the city module that holds the path.
func module(p string) string {
	parts := strings.Split(p, "/")
	if len(parts) < 2 {
		return ""
	}
	return parts[1]
}

func crossing(from, to string, table map[string][]string) string {
	allowed, listed := table[from]
	switch {
	case from == to, slices.Contains(allowed, to):
		return ""
	case !listed:
		return "city/" + from + " is not listed in " + TablePath
	}
	return "the table in " + TablePath + " does not let " + from + " import " + to
}

// cycles finds modules that reach themselves over the table.
func cycles(table map[string][]string) []Finding {
	var out []Finding
	for _, start := range slices.Sorted(maps.Keys(table)) {
		seen := map[string]bool{}
		var reach func(string)
		reach = func(m string) {
			for _, next := range table[m] {
				if !seen[next] {
					seen[next] = true
					reach(next)
				}
			}
		}
		if reach(start); seen[start] {
			out = append(out, Finding{Path: TablePath, Says: start + " imports itself over others: the graph must be acyclic"})
		}
	}
	return out
}
