package house

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// languages are the languages of the catalogue, the first one being written first.
var languages = []string{"es", "en"}

// A message is one entry of a catalogue file: a plain text, or a text for each
// plural form.
type message struct {
	file  *File
	forms map[string]string // "other" alone for a plain text
}

// catalogue is the messages of every module: language, key, message.
type catalogue map[string]map[string]message

// keyForm is how a message key reads: "module.what" in lower case.
var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9][a-z0-9_-]*)+$`)

// placeholder is a gap to fill in a message: {{.name}}.
var placeholder = regexp.MustCompile(`{{\s*\.(\w+)\s*}}`)

// Messages finds keys that a language lacks, texts that are empty or ask for
// other values than their translation, keys that two modules claim, and keys
// that do not begin with the name of their module.
func Messages(t *Tree) []Finding {
	c, out := readCatalogue(t)
	for _, f := range t.Files {
		if lang, ok := messagesLang(f.Path); ok {
			out = append(out, partner(t, f, lang)...)
		}
	}
	for _, lang := range languages {
		for _, key := range slices.Sorted(maps.Keys(c[lang])) {
			out = append(out, checkMessage(c, lang, key)...)
		}
	}
	return out
}

// messagesLang is the language of a file of messages.
func messagesLang(name string) (lang string, ok bool) {
	base, ok := strings.CutPrefix(path.Base(name), "messages.")
	lang, toml := strings.CutSuffix(base, ".toml")
	return lang, ok && toml
}

// partner checks that the file stands beside one in each other language.
func partner(t *Tree, f *File, lang string) []Finding {
	if !slices.Contains(languages, lang) {
		return []Finding{{Path: f.Path, Says: "the program does not speak " + lang}}
	}
	for _, other := range languages {
		if name := path.Join(f.dir(), "messages."+other+".toml"); t.file(name) == nil {
			return []Finding{{Path: f.Path, Says: "stands without " + path.Base(name)}}
		}
	}
	return nil
}

func readCatalogue(t *Tree) (catalogue, []Finding) {
	var out []Finding
	c := catalogue{}
	for _, lang := range languages {
		c[lang] = map[string]message{}
	}
	for _, f := range t.Files {
		lang, ok := messagesLang(f.Path)
		if !ok || c[lang] == nil {
			continue
		}
		for key, m := range readMessages(f, &out) {
			if first, twice := c[lang][key]; twice {
				out = append(out, f.atKey(key, "stands in %s too", first.file.Path))
				continue
			}
			c[lang][key] = m
		}
	}
	return c, out
}

// readMessages is what one file says; what is no message becomes a finding.
func readMessages(f *File, out *[]Finding) map[string]message {
	var raw map[string]any
	if err := toml.Unmarshal(f.Text, &raw); err != nil {
		*out = append(*out, Finding{Path: f.Path, Says: err.Error()})
		return nil
	}
	messages := map[string]message{}
	for key, value := range raw {
		m := message{file: f, forms: map[string]string{}}
		switch value := value.(type) {
		case string:
			m.forms["other"] = value
		case map[string]any:
			for form, text := range value {
				m.forms[form] = fmt.Sprint(text)
			}
		}
		if m.forms["other"] == "" {
			*out = append(*out, f.atKey(key, `has no text: write "key" = "text", or a table with one and other`))
			continue
		}
		messages[key] = m
	}
	return messages
}

// atKey is a finding at the line where the file writes the key.
func (f *File) atKey(key, format string, args ...any) Finding {
	found := Finding{Path: f.Path, Says: key + " " + fmt.Sprintf(format, args...)}
	if before, _, ok := strings.Cut(string(f.Text), `"`+key+`"`); ok {
		found.Line = 1 + strings.Count(before, "\n")
	}
	return found
}

func checkMessage(c catalogue, lang, key string) []Finding {
	m := c[lang][key]
	var out []Finding
	if !keyForm.MatchString(key) {
		out = append(out, m.file.atKey(key, "is no key: write module.what in lower case"))
	}
	name := moduleKey(m.file.dir())
	if !strings.HasPrefix(m.file.Path, "platform/") && !strings.HasPrefix(key, name+".") {
		out = append(out, m.file.atKey(key, "does not begin with %s., the name of its module", name))
	}
	for _, other := range languages {
		theirs, ok := c[other][key]
		switch {
		case !ok:
			out = append(out, m.file.atKey(key, "is missing in %s", other))
		case other > lang: // each pair once
			continue
		case !slices.Equal(gaps(m), gaps(theirs)):
			out = append(out, m.file.atKey(key, "fills %v here and %v in %s", gaps(m), gaps(theirs), other))
		case (len(m.forms) > 1) != (len(theirs.forms) > 1):
			out = append(out, m.file.atKey(key, "has a plural in one language only"))
		}
	}
	return out
}

// moduleKey is how the keys of the module in a folder begin: "people" for
// city/people, "roundtable.office" for city/roundtable/office.
func moduleKey(dir string) string {
	if _, below, ok := strings.Cut(dir, "/"); ok {
		dir = below
	}
	return strings.ReplaceAll(dir, "/", ".")
}

// gaps are the names of the message's placeholders, each once, in order.
func gaps(m message) []string {
	names := map[string]bool{}
	for _, text := range m.forms {
		for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
			names[found[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}
