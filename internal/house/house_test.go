package house

import (
	"os"
	"testing"
)

// root is the top of the repository.
const root = "../.."

// TestHouse holds the repository to every rule.
func TestHouse(t *testing.T) {
	tr, err := Read(os.DirFS(root))
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
	rules := []struct {
		name     string
		findings []Finding
	}{
		{"syntax", tr.Unparsed},
		{"borders", Borders(tr, table)},
	}
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			for _, f := range r.findings {
				t.Error(f)
			}
		})
	}
}
