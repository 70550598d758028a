package house

import (
	"strings"
	"testing"
	"testing/fstest"
)

// tree reads a tree out of pairs of path and text.
func tree(t *testing.T, pairs ...string) *Tree {
	t.Helper()
	fsys := fstest.MapFS{}
	for i := 0; i+1 < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	tr, err := Read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// expect checks that there is one finding for each want, in order, and that it
// holds the want's text; no want means no finding.
func expect(t *testing.T, got []Finding, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d findings, want %d: %v", len(got), len(want), got)
	}
	for i := range want {
		if !strings.Contains(got[i].String(), want[i]) {
			t.Errorf("finding %d is %q, want %q in it", i, got[i], want[i])
		}
	}
}

func TestBordersFindsForbiddenImports(t *testing.T) {
	table := map[string][]string{"people": {}, "roundtable": {"people"}}
	cases := []struct{ name, path, imports, want string }{
		{"platform knows no city", "platform/db/a.go", "ronda/city/people", "platform does not know city"},
		{"platform knows no method", "platform/db/a.go", "ronda/method/plan", "platform does not know method"},
		{"method knows no platform", "method/plan/a.go", "ronda/platform/db", "method does not know platform"},
		{"method does no I/O", "method/plan/a.go", "net/http", "no I/O"},
		{"city knows no app", "city/people/a.go", "ronda/app", "city does not know app"},
		{"city keeps no transaction", "city/people/a.go", "database/sql", "platform/db"},
		{"an edge outside the table", "city/people/a.go", "ronda/city/roundtable", "does not let people import roundtable"},
		{"a module outside the table", "city/bikes/a.go", "ronda/city/people", "city/bikes is not listed"},
		{"a test is held to the table", "city/people/a_test.go", "ronda/city/roundtable", "does not let people"},
		{"an edge of the table", "city/roundtable/a.go", "ronda/city/people", ""},
		{"a module's own folder", "city/people/sub/a.go", "ronda/city/people", ""},
		{"city stands on platform", "city/people/a.go", "ronda/platform/db", ""},
		{"a test reads the example city", "city/people/a_test.go", "ronda/cities/buenosaires", ""},
		{"app knows all", "app/a.go", "ronda/city/people", ""},
		{"the program knows all", "cmd/ronda/a.go", "ronda/app", ""},
		{"platform uses libraries", "platform/db/a.go", "database/sql", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Borders(tree(t, c.path, "package a\n\nimport _ \""+c.imports+"\"\n"), table)
			if c.want == "" {
				expect(t, got)
				return
			}
			expect(t, got, c.path+":3: imports "+c.imports+": ")
			expect(t, got, c.want)
		})
	}
}

func TestBordersFindsCycles(t *testing.T) {
	got := Borders(tree(t), map[string][]string{"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})
	expect(t, got, "a imports itself", "b imports itself", "c imports itself")
}

func TestTableIsReadFromTheSource(t *testing.T) {
	table, err := Table(tree(t, TablePath, `package app
var Borders = map[string][]string{"people": {}, "roundtable": {"people", "places"}}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(table["roundtable"], " "); len(table) != 2 || got != "people places" {
		t.Errorf("table is %v", table)
	}
	if _, err := Table(tree(t, TablePath, "package app")); err == nil {
		t.Error("a source without the table is read as one")
	}
}
