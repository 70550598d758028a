package event

import (
	"encoding/json"
	"strings"
)

// readFlat reads an object of texts, {"name":"text"}, as pack writes it. The
// plain ones, which nearly all are, need no reflection: every page that tells a
// history reads dozens.
func readFlat(text string) (map[string]string, error) {
	if text == "null" {
		return nil, nil
	}
	if m, ok := plainObject(text); ok {
		return m, nil
	}
	var m map[string]string
	err := json.Unmarshal([]byte(text), &m)
	return m, err
}

// plainObject reads an object without blanks, escapes and control characters;
// false for any other.
func plainObject(text string) (map[string]string, bool) {
	rest, ok := strings.CutPrefix(text, `{"`)
	if !ok || strings.ContainsFunc(text, func(r rune) bool { return r == '\\' || r < ' ' || r == '\uFFFD' }) {
		return nil, false
	}
	m := make(map[string]string, strings.Count(text, `":"`))
	for {
		name, after, ok := strings.Cut(rest, `":"`)
		if !ok || strings.Contains(name, `"`) {
			return nil, false
		}
		value, after, ok := strings.Cut(after, `"`)
		if !ok {
			return nil, false
		}
		m[name] = value
		if after == "}" {
			return m, true
		}
		if rest, ok = strings.CutPrefix(after, `,"`); !ok {
			return nil, false
		}
	}
}
