package house

import (
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
)

// created is a table that SQL text makes.
var created = regexp.MustCompile(`(?i)CREATE\s+(?:VIRTUAL\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"?(\w+)`)

// word is a name as SQL writes it.
var word = regexp.MustCompile(`\w+`)

// A table is one that a module's migrations make.
type table struct {
	name  string
	owner string // folder of the module, e.g. city/people
}

// Tables finds tables that do not carry the name of their module, and text of
// one module that names a table of another: rows stay with their owner, ids
// cross the border.
func Tables(t *Tree) []Finding {
	tables, out := made(t)
	for _, f := range t.Files {
		switch {
		case !strings.HasPrefix(f.Path, "city/") && !strings.HasPrefix(f.Path, "platform/"):
		case path.Ext(f.Path) == ".sql":
			for i, line := range strings.Split(string(f.Text), "\n") {
				out = append(out, trespass(f, i+1, line, tables)...)
			}
		case f.Go != nil:
			f.literals(func(lit *ast.BasicLit, s string) {
				out = append(out, trespass(f, f.line(lit.Pos()), s, tables)...)
			})
		}
	}
	return out
}

// made lists the tables of all migrations and finds misnamed ones.
func made(t *Tree) (tables []table, out []Finding) {
	for _, f := range t.Files {
		if path.Ext(f.Path) != ".sql" {
			continue
		}
		owner := ownerOf(f)
		for _, m := range created.FindAllStringSubmatch(string(f.Text), -1) {
			tables = append(tables, table{m[1], owner})
			module := path.Base(owner)
			if m[1] != module && !strings.HasPrefix(m[1], module+"_") {
				out = append(out, Finding{Path: f.Path, Says: "table " + m[1] + " does not begin with " + module + "_, the name of its module"})
			}
		}
	}
	return tables, out
}

// ownerOf is the folder of the module that holds the file: its own, or the one
// above when it is a folder of migrations.
func ownerOf(f *File) string {
	if above, _, in := strings.Cut(f.dir(), "/migrations"); in { // migrations may have a folder for each database
		return above
	}
	return f.dir()
}

// trespass finds tables of other modules in one text.
func trespass(f *File, line int, text string, tables []table) []Finding {
	var out []Finding
	words := word.FindAllString(text, -1)
	for _, tab := range tables {
		if tab.owner == ownerOf(f) || !slices.Contains(words, tab.name) {
			continue
		}
		if !strings.Contains(tab.name, "_") && !isSQL(text) {
			continue // a plain word such as "event" is a table only in SQL
		}
		out = append(out, Finding{Path: f.Path, Line: line, Says: "names " + tab.name + ", a table of " + tab.owner + ": ask its owner"})
	}
	return out
}

// statement is what a text that queries begins with.
var statement = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP)\b`)

func isSQL(text string) bool { return statement.MatchString(text) }
