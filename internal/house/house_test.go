package house

import (
	"os"
	"testing"
)

// root is the top of the repository.
const root = "../.."

// TestHouse holds the repository to every rule.
func TestHouse(t *testing.T) {
	fsys := os.DirFS(root)
	tr, err := Read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if len(tr.goFiles()) == 0 {
		t.Fatal("no Go in the tree: the rules would hold for nothing")
	}
	table, err := Table(tr)
	if err != nil {
		t.Fatal(err)
	}
	stale, err := Generated(t.Context(), tr, root, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	rules := []struct {
		name     string
		findings []Finding
	}{
		{"syntax", tr.Unparsed},
		{"borders", Borders(tr, table)},
		{"messages", Messages(tr)},
		{"keys", Keys(tr)},
		{"words", Words(tr)},
		{"tables", Tables(tr)},
		{"shape", Shape(tr)},
		{"generated", stale},
		{"docs", Docs(tr, fsys)},
	}
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			for _, f := range r.findings {
				t.Error(f)
			}
		})
	}
}
