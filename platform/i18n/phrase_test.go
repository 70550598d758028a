package i18n

import (
	"testing"
	"testing/fstest"
)

// A phrase that is cut up in advance says what the library says, where that says
// something.
func TestPhrasesSayWhatTheLibrarySays(t *testing.T) {
	text := `"a.plain" = "Nada que poner"
"a.name" = "De {{.from}} a {{.to}}, y {{.from}}."
"a.cut" = "{{.n}}"
"a.hard" = "{{if .n}}sí{{end}} {{ .n }}"
["a.days"]
one = "{{.count}} día de {{.who}}"
other = "{{.count}} días de {{.who}}"
["a.alone"]
one = "uno solo"
other = "varios"
`
	files := fstest.MapFS{"messages.es.toml": {Data: []byte(text)}, "messages.en.toml": {Data: []byte(text)}}
	c, err := New(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]any{
		nil, {"count", 1, "who", "Ana", "from", "<b>", "to", 3, "n", 0}, {"count", 0, "who", "Ana"}, {"count", int64(1), "who", 1.5},
		{"count", 1_000_000, "who", "Ana"}, {"count", -1, "who", nil}, {"count", 1.0, "who", "Ana"}, {"count", "1", "who", "Ana"},
		{"from", "a", "to", []string{"b"}, "from", "c"}, {"who", "Ana", "n", true},
	} {
		for _, key := range c.Keys(Spanish) {
			for _, lang := range Langs {
				got, want := c.Text(lang, key, args...), c.localize(lang, key, args)
				if want == key {
					continue // the library asks for a singular even where the message has none
				}
				if got != want {
					t.Errorf("%s %s %v: %q, the library says %q", lang, key, args, got, want)
				}
			}
		}
	}
	if len(c.phrase[Spanish]) != 4 {
		t.Errorf("%d phrases are cut up, want 4", len(c.phrase[Spanish]))
	}
}

func BenchmarkPhrase(b *testing.B) {
	files := fstest.MapFS{"messages.es.toml": {Data: []byte("\"a.b\" = \"Paso {{.step}} en curso\"")}, "messages.en.toml": {Data: []byte("")}}
	c, err := New(files)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c.Text(Spanish, "a.b", "step", 3)
	}
}
