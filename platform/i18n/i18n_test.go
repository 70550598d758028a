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

func TestACitySaysItOtherwise(t *testing.T) {
	ours, err := i18n.New(fstest.MapFS{
		"messages.es.toml": file("\"x.hi\" = \"Hola\"\n\"x.to\" = \"Hola, {{.name}}\"\n"),
		"messages.en.toml": file("\"x.hi\" = \"Hi\"\n\"x.to\" = \"Hi, {{.name}}\"\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	theirs := ours.Saying(map[string]map[i18n.Lang]string{
		"x.hi":   {i18n.Spanish: "Buenas"},
		"x.to":   {i18n.Spanish: "Buenas, {{.name}}, ¿qué tal?", i18n.English: "Good day, {{.nobody}}"},
		"x.none": {i18n.Spanish: "nada"},
	})
	for _, want := range []struct {
		lang i18n.Lang
		key  string
		text string
	}{
		{i18n.Spanish, "x.hi", "Buenas"}, {i18n.English, "x.hi", "Hi"}, {i18n.Spanish, "x.to", "Buenas, Ana, ¿qué tal?"},
		{i18n.English, "x.to", "Hi, Ana"}, // a placeholder that the message lacks: as the program says it
		{i18n.Spanish, "x.none", "x.none"},
	} {
		if got := theirs.Text(want.lang, want.key, "name", "Ana"); got != want.text {
			t.Errorf("%s %s: %q, want %q", want.lang, want.key, got, want.text)
		}
	}
	if got := ours.Text(i18n.Spanish, "x.hi"); got != "Hola" {
		t.Errorf("the program's own word became %q", got)
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
