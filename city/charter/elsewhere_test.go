package charter_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ronda/city/charter"
)

// own are the codes that mean something in one city only: those of several
// words, which no program writes by chance.
func own(c *charter.Charter) []string {
	all := slices.Concat(codes(c.Bodies.All()), codes(c.Posts.All()), codes(c.Frame.Axes.All()), codes(c.Frame.Goals.All()),
		codes(c.Frame.Groups.All()), codes(c.Frame.Types.All()), codes(c.Flow.Steps.All()), codes(c.Territories.All()))
	for _, s := range c.Flow.Steps.All() {
		all = append(all, codes(s.Items.All())...)
	}
	return slices.DeleteFunc(all, func(code string) bool { return !strings.Contains(code, "-") })
}

// The rooms of the city and what they stand on know no city by name: what is
// peculiar to Buenos Aires is read, never written in code. Packages that only
// tests use, those whose names end in "test", may name it as tests do.
func TestNoCityStandsInTheCode(t *testing.T) {
	forbidden := own(load(t, "buenosaires"))
	for _, root := range []string{"../../city", "../../platform", "../../method"} {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			ext := filepath.Ext(path)
			if err != nil || ext != ".go" && ext != ".templ" && ext != ".sql" || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(filepath.Dir(path), "test") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, code := range forbidden {
				if strings.Contains(string(text), `"`+code+`"`) || strings.Contains(string(text), `'`+code+`'`) {
					t.Errorf("%s names %q, which only Buenos Aires has", path, code)
				}
			}
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			t.Error(err)
		}
	}
}
