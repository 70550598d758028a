package opendata

import (
	"strings"
	"testing"

	"ronda/city/ideas/bring"
	"ronda/city/roundtable"
	"ronda/platform/i18n"
	"ronda/platform/table"
)

// All is the catalogue without anything behind it: what it is made of.
func all() *Catalogue { return New(Deps{}) }

// The dictionary says every field of every list in both languages, and nothing
// that is no field.
func TestTheDictionaryFitsTheLists(t *testing.T) {
	words, err := i18n.New(Messages, roundtable.Messages, bring.Messages, table.Messages)
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	names := map[string]bool{}
	for _, d := range all().Sets() {
		if names[d.Name] {
			t.Errorf("two lists are called %s", d.Name)
		}
		names[d.Name] = true
		need(t, words, used, d.Title, d.About, "opendata.part."+d.Part)
		keys := map[string]bool{}
		for _, f := range d.Fields {
			if keys[f.Key] {
				t.Errorf("%s has two fields %s", d.Name, f.Key)
			}
			keys[f.Key] = true
			need(t, words, used, f.Label, f.Meaning, "opendata.kind."+string(f.Kind))
			if f.Unit != "" {
				need(t, words, used, f.Unit)
			}
		}
	}
	for _, key := range words.Keys(i18n.Spanish) {
		for _, about := range []string{"opendata.meaning.", "opendata.column.", "opendata.unit.", "opendata.set."} {
			if strings.HasPrefix(key, about) && !used[key] {
				t.Errorf("%s is of no field", key)
			}
		}
	}
}

func need(t *testing.T, words *i18n.Catalogue, used map[string]bool, keys ...string) {
	t.Helper()
	for _, key := range keys {
		used[key] = true
		for _, lang := range i18n.Langs {
			if !words.Has(lang, key) {
				t.Errorf("%s: nobody says %s", lang, key)
			}
		}
	}
}
