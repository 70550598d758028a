package house

import "testing"

func TestKeysFindsMissingAndUnusedMessages(t *testing.T) {
	const catalogue = `"people.name" = "x"`
	cases := []struct{ name, code, want string }{
		{"used", `i18n.T(ctx, "people.name")`, ""},
		{"missing in a view", `i18n.T(ctx, "people.nam"); use("people.name")`, "no catalogue has the message people.nam"},
		{"missing in a fault", `fault.New(kind, "people.gone"); use("people.name")`, "people.gone"},
		{"missing in a check", `c.Require(ok, "name", "people.empty"); use("people.name")`, "people.empty"},
		{"missing in a field", `use(fault.Field{Name: "name", Key: "people.bad"}); use("people.name")`, "people.bad"},
		{"used by its beginning", `i18n.T(ctx, "people."+kind)`, ""},
		{"used by a format", `c.Text(lang, fmt.Sprintf("people.%s", kind))`, ""},
		{"a beginning of nothing", `i18n.T(ctx, "bikes."+kind); use("people.name")`, "no message begins with bikes."},
		{"used by its ending", `i18n.T(ctx, key+".name")`, ""},
		{"unused", `i18n.T(ctx, key)`, "city/people/messages.es.toml:1: people.name is used nowhere"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Keys(tree(t,
				"city/people/messages.es.toml", catalogue, "city/people/messages.en.toml", catalogue,
				"city/people/a.go", "package people\n\nfunc f() { "+c.code+" }\n"))
			if c.want == "" {
				expect(t, got)
				return
			}
			expect(t, got, c.want)
		})
	}
}

func TestKeysCountsWhatACityNames(t *testing.T) {
	const catalogue = `"people.name" = "x"`
	expect(t, Keys(tree(t,
		"city/people/messages.es.toml", catalogue, "city/people/messages.en.toml", catalogue,
		"cities/small/words.yaml", "label: people.name")))
}
