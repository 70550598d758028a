package charter

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"ronda/platform/i18n"
)

// ChangeKind says what happened to a thing between two versions.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed"
)

// Change is one thing that differs between two versions.
type Change struct {
	File   string // where it stands, e.g. "bodies.yaml"
	List   string // the list it is on, e.g. "bodies"; empty for the settings of the file
	Code   string // its code; empty for the settings of the file
	Name   Name   // as it is called now, or was before it was removed; nil for settings
	Kind   ChangeKind
	Fields []FieldChange // in alphabetical order
}

// FieldChange is one value that differs. An empty text means that it is not there.
type FieldChange struct {
	Path string // e.g. "name.es", "items.presupuesto.hint.es"
	Old  string
	New  string
}

// Diff lists what differs between two versions, in the order of files and lists,
// codes in alphabetical order. The order of a list counts for nothing, nor do
// comments.
func Diff(old, new *Charter) []Change {
	before, after := things(old.files), things(new.files)
	var changes []Change
	for _, key := range slices.SortedFunc(maps.Keys(union(before, after)), thing.compare) {
		c := compare(before[key], after[key])
		if c.Kind == "" {
			continue
		}
		c.File, c.List, c.Code = key.file, key.list, key.code
		changes = append(changes, c)
	}
	return changes
}

// thing names an element of a list, or the settings of a file.
type thing struct{ file, list, code string }

func (t thing) compare(o thing) int {
	return cmp.Or(cmp.Compare(slices.Index(FileNames, t.file), slices.Index(FileNames, o.file)),
		strings.Compare(t.list, o.list), strings.Compare(t.code, o.code))
}

func union(a, b map[thing]map[string]string) map[thing]map[string]string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// compare gives a change without a kind when both are the same.
func compare(old, new map[string]string) Change {
	paths := maps.Clone(old)
	if paths == nil {
		paths = map[string]string{}
	}
	maps.Copy(paths, new)
	var c Change
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		if old[path] != new[path] {
			c.Fields = append(c.Fields, FieldChange{path, old[path], new[path]})
		}
	}
	switch {
	case old == nil:
		c.Kind, c.Name = Added, nameOf(new)
	case new == nil:
		c.Kind, c.Name = Removed, nameOf(old)
	case len(c.Fields) > 0:
		c.Kind, c.Name = Changed, nameOf(new)
	}
	return c
}

func nameOf(values map[string]string) Name {
	var name Name
	for _, lang := range i18n.Langs {
		if s, ok := values["name."+string(lang)]; ok && values["code"] != "" {
			if name == nil {
				name = Name{}
			}
			name[lang] = s
		}
	}
	return name
}

// things reads the files, which Parse has accepted, as flat values: path -> text.
func things(files Files) map[thing]map[string]string {
	found := map[thing]map[string]string{}
	for file, text := range files {
		var doc yaml.Node
		if yaml.Unmarshal([]byte(text), &doc) != nil || len(doc.Content) == 0 {
			continue
		}
		top := doc.Content[0]
		settings := map[string]string{}
		for i := 0; i+1 < len(top.Content); i += 2 {
			key, value := top.Content[i].Value, top.Content[i+1]
			if !listOfThings(value) {
				flatten(value, key, settings)
				continue
			}
			for _, element := range value.Content {
				values := map[string]string{}
				flatten(element, "", values)
				found[thing{file, key, values["code"]}] = values
			}
		}
		found[thing{file: file}] = settings
	}
	return found
}

func listOfThings(n *yaml.Node) bool {
	return n.Kind == yaml.SequenceNode && len(n.Content) > 0 && codeOf(n.Content[0]) != ""
}

func codeOf(n *yaml.Node) string {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Kind == yaml.MappingNode && n.Content[i].Value == "code" {
			return n.Content[i+1].Value
		}
	}
	return ""
}

// flatten writes every value below n into values; elements of a list of things
// go by their codes, other lists are one text.
func flatten(n *yaml.Node, path string, values map[string]string) {
	switch {
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			flatten(n.Content[i+1], join(path, n.Content[i].Value), values)
		}
	case listOfThings(n):
		for _, element := range n.Content {
			flatten(element, join(path, codeOf(element)), values)
		}
	case n.Kind == yaml.SequenceNode:
		var texts []string
		for _, element := range n.Content {
			texts = append(texts, element.Value)
		}
		values[path] = strings.Join(texts, ", ")
	case n.Tag != "!!null":
		values[path] = strings.TrimSpace(n.Value)
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
