package house

import (
	"strings"
	"testing"
)

func TestShapeFindsWhatIsHardToRead(t *testing.T) {
	long := func(n int) string { return "func f() {\n" + strings.Repeat("\tg()\n", n-2) + "}\n" }
	cases := []struct{ name, path, code, want string }{
		{"a function of a screen", "city/people/a.go", long(80), ""},
		{"a long function", "city/people/a.go", long(81), "f has 81 lines"},
		{"a long scenario", "city/people/a_test.go", long(81), ""},
		{"a long file", "city/people/a.go", strings.Repeat("\n", 500), "too long to read"},
		{"an init", "city/people/a.go", "func init() {}", "a.go:3: init"},
		{"a late context", "city/people/a.go", "func f(n int, ctx context.Context) {}", "f takes its context at place 2"},
		{"a first context", "city/people/a.go", "func f(ctx context.Context, n int) {}", ""},
		{"a silent function", "city/people/a.go", "func Sign() {}", "Sign is exported without a comment"},
		{"a silent method", "city/people/a.go", "func (p *Post) Sign() {}", "Sign is exported"},
		{"a method nobody reaches", "city/people/a.go", "func (p *post) Sign() {}", ""},
		{"a silent type", "city/people/a.go", "type Post struct{}", "Post is exported"},
		{"a silent constant", "city/people/a.go", "const Max = 1", "Max is exported"},
		{"a group with a comment", "city/people/a.go", "// The limits.\nconst (\n\tMax = 1\n\tMin = 0\n)", ""},
		{"a wide interface", "city/people/a.go", "type store interface { A(); B(); C(); D() }", "store is wide"},
		{"a generated file", "city/people/a_templ.go", "func Page() {}", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Shape(tree(t, c.path, "package people\n\n"+c.code+"\n"))
			if c.want == "" {
				expect(t, got)
				return
			}
			expect(t, got, c.want)
		})
	}
	expect(t, Shape(tree(t, "city/helpers/a.go", "package helpers\n")), "package helpers says nothing")
}
