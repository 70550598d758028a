package house

import "testing"

func TestMessagesFindsWhatALanguageLacks(t *testing.T) {
	const dir = "city/people/"
	cases := []struct{ name, es, en, want string }{
		{"both say it", `"people.name" = "Nombre"`, `"people.name" = "Name"`, ""},
		{"English lacks it", "\n\"people.name\" = \"Nombre\"", "", dir + "messages.es.toml:2: people.name is missing in en"},
		{"Spanish lacks it", "", `"people.name" = "Name"`, dir + "messages.en.toml:1: people.name is missing in es"},
		{"an empty text", `"people.name" = ""`, `"people.name" = ""`, "has no text"},
		{"another gap", `"people.left" = "{{.days}} días"`, `"people.left" = "{{.day}} days"`, "fills [days] here and [day] in en"},
		{"one form may leave the count out", "[\"people.left\"]\none = \"un día\"\nother = \"{{.count}} días\"",
			"[\"people.left\"]\none = \"{{.count}} day\"\nother = \"{{.count}} days\"", ""},
		{"a plural in one language", "[\"people.left\"]\none = \"{{.count}} día\"\nother = \"{{.count}} días\"",
			`"people.left" = "{{.count}} days"`, "plural in one language"},
		{"another module's name", `"bikes.name" = "Nombre"`, `"bikes.name" = "Name"`, "does not begin with people."},
		{"not a key", `"people.Full Name" = "Nombre"`, `"people.Full Name" = "Name"`, "is no key"},
		{"broken TOML", `"people.name" = `, `"people.name" = "Name"`, "toml"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Messages(tree(t, dir+"messages.es.toml", c.es, dir+"messages.en.toml", c.en))
			if c.want == "" {
				expect(t, got)
				return
			}
			if len(got) == 0 {
				t.Fatal("nothing found")
			}
			expect(t, got[:1], c.want)
		})
	}
}

func TestMessagesOfAFolderBelowAModuleNameBoth(t *testing.T) {
	const dir = "city/people/office/"
	of := func(key string) *Tree {
		text := `"` + key + `" = "x"`
		return tree(t, dir+"messages.es.toml", text, dir+"messages.en.toml", text)
	}
	expect(t, Messages(of("people.office.name")))
	expect(t, Messages(of("office.name")), "does not begin with people.office.", "does not begin with people.office.")
}

func TestMessagesFindsALoneFile(t *testing.T) {
	expect(t, Messages(tree(t, "city/people/messages.es.toml", "")), "stands without messages.en.toml")
}

func TestMessagesFindsAKeyOfTwoModules(t *testing.T) {
	const text = `"ui.name" = "x"`
	got := Messages(tree(t,
		"platform/a/messages.es.toml", text, "platform/a/messages.en.toml", text,
		"platform/b/messages.es.toml", text, "platform/b/messages.en.toml", text))
	expect(t, got, "platform/b/messages.en.toml:1: ui.name stands in platform/a/messages.en.toml too", "platform/b/messages.es.toml:1")
}
