package house

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestGeneratedFindsStaleViews(t *testing.T) {
	const view = "package a\n\ntempl page() {\n\t<p>{ word }</p>\n}\n"
	scratch := t.TempDir()
	got, err := Generated(t.Context(), tree(t, "city/a/page.templ", view, "city/a/old_templ.go", "package a"), root, scratch)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, got, "old_templ.go: its source is gone", "page_templ.go: is not current")

	code, err := os.ReadFile(filepath.Join(scratch, "city/a/page_templ.go"))
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := strings.ReplaceAll(string(code), "city/a/page.templ", "page.templ")
	if elsewhere == string(code) {
		t.Fatal("the generated code does not name its source: the test shows nothing")
	}
	for _, made := range []string{string(code), elsewhere} {
		got, err := Generated(t.Context(), tree(t, "city/a/page.templ", view, "city/a/page_templ.go", made), root, t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		expect(t, got)
	}
	changed := strings.Replace(view, "<p>", "<p class=\"lead\">", 1)
	got, err = Generated(t.Context(), tree(t, "city/a/page.templ", changed, "city/a/page_templ.go", string(code)), root, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	expect(t, got, "page_templ.go: is not current: run make generate")
}
