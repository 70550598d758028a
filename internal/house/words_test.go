package house

import "testing"

func TestWordsFindsTextOutsideTheCatalogue(t *testing.T) {
	cases := []struct{ name, view, want string }{
		{"a text", `<p>Hola</p>`, "a.templ:4: says Hola"},
		{"a text in a condition", "if ok {\n<p>Hola</p>\n}", "says Hola"},
		{"a label", `<a href="/" aria-label="Inicio"></a>`, "a.templ:4: says Inicio"},
		{"a message", `<p>{ i18n.T(ctx, "people.name") }</p>`, ""},
		{"signs", `<p>&middot; 1 / 2</p>`, ""},
		{"a name", `<p>Ronda</p><a href="/x.csv">CSV</a>`, ""},
		{"its own language", `<a lang="en" href="?lang=en">English</a>`, ""},
		{"a class is not read aloud", `<p class="lead" id="top"></p>`, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Words(tree(t, "city/people/a.templ", "package people\n\ntempl a() {\n"+c.view+"\n}\n"))
			if c.want == "" {
				expect(t, got)
				return
			}
			expect(t, got, c.want)
		})
	}
}
