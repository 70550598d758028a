package house

import (
	"testing"
	"testing/fstest"
)

func TestDocsFindsWhatIsNotThere(t *testing.T) {
	const code = "package people\n\nfunc TestPosts(t *testing.T) {}\n"
	cases := []struct{ name, path, text, want string }{
		{"a link", "README.md", "see [people](city/people/a_test.go#top) and [the law](https://example.org/law)", ""},
		{"a dead link", "README.md", "a\nsee [people](city/persons)", "README.md:2: links to city/persons"},
		{"a link from below", "docs/a.md", "see [people](../city/people)", ""},
		{"a place and a test", missionPath, "| M18 | `city/people/` | `TestPosts` |", ""},
		{"a dead place", missionPath, "| M18 | `city/persons` | `TestPosts` |", "names city/persons"},
		{"a dead test", missionPath, "| M18 | `city/people` | `TestTerms` |", "names TestTerms"},
		{"a route is no place", missionPath, "| M18 | `/personas/{id}` | `GET /a/b` |", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			fsys := fstest.MapFS{"city/people/a_test.go": {Data: []byte(code)}, c.path: {Data: []byte(c.text)}}
			tr, err := Read(fsys)
			if err != nil {
				t.Fatal(err)
			}
			got := Docs(tr, fsys)
			if c.want == "" {
				expect(t, got)
				return
			}
			expect(t, got, c.want)
		})
	}
}
