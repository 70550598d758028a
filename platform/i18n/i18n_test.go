package i18n_test

import (
	"testing"
	"testing/fstest"

	"ronda/platform/i18n"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func TestWordsInBothLanguages(t *testing.T) {
	c, err := i18n.New(fstest.MapFS{
		"messages.es.toml": file("\"x.hi\" = \"Hola\"\n\"x.to\" = \"Hola, {{.name}}\"\n[\"x.n\"]\none = \"{{.count}} idea\"\nother = \"{{.count}} ideas\"\n"),
		"messages.en.toml": file("\"x.hi\" = \"Hi\"\n\"x.to\" = \"Hi, {{.name}}\"\n[\"x.n\"]\none = \"{{.count}} idea\"\nother = \"{{.count}} ideas\"\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		lang i18n.Lang
		key  string
		args []any
		text string
	}{
		{i18n.Spanish, "x.hi", nil, "Hola"}, {i18n.English, "x.to", []any{"name", "Ana <b>"}, "Hi, Ana <b>"},
		{i18n.Spanish, "x.n", []any{"count", 1}, "1 idea"}, {i18n.Spanish, "x.n", []any{"count", 0}, "0 ideas"},
		{i18n.Spanish, "x.n", []any{"count", 1_000_000}, "1000000 ideas"}, {i18n.English, "x.none", nil, "x.none"},
	} {
		if got := c.Text(want.lang, want.key, want.args...); got != want.text {
			t.Errorf("%s %s: %q, want %q", want.lang, want.key, got, want.text)
		}
	}
}

func TestAKeyMayNotStandTwice(t *testing.T) {
	one := fstest.MapFS{"messages.es.toml": file("\"x.a\" = \"a\"\n"), "messages.en.toml": file("\"x.a\" = \"a\"\n")}
	if _, err := i18n.New(one, one); err == nil {
		t.Error("two modules say the same key")
	}
}

func TestParse(t *testing.T) {
	for in, want := range map[string]bool{"es": true, "en-GB": true, "EN": true, "fr": false, "": false, "../es": false} {
		if _, ok := i18n.Parse(in); ok != want {
			t.Errorf("%q: %v", in, ok)
		}
	}
}
