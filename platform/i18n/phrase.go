package i18n

import (
	"fmt"
	"strings"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
)

// phrase is a message with placeholders, cut up once so that saying it only
// joins. one is nil when the message has no singular of its own.
type phrase struct{ one, other []piece }

// piece is a text, or the name of a placeholder.
type piece struct{ text, name string }

// cut splits a message at its placeholders. ok is false for what is more than
// {{.name}}.
func cut(message string) (pieces []piece, ok bool) {
	for {
		text, rest, found := strings.Cut(message, "{{")
		if text != "" {
			pieces = append(pieces, piece{text: text})
		}
		if !found {
			return pieces, true
		}
		name, after, closed := strings.Cut(rest, "}}")
		if !closed || !strings.HasPrefix(name, ".") || strings.ContainsAny(name[1:], ".|() {") || name == "." {
			return nil, false
		}
		pieces = append(pieces, piece{name: name[1:]})
		message = after
	}
}

// newPhrase cuts both forms of a message; ok is false when there are other forms
// or one of the two is more than text and placeholders.
func newPhrase(m *goi18n.Message) (p phrase, ok bool) {
	if m.Zero != "" || m.Two != "" || m.Few != "" || m.Many != "" && m.Many != m.Other {
		return p, false
	}
	if p.other, ok = cut(m.Other); !ok || m.One == "" {
		return p, ok
	}
	p.one, ok = cut(m.One)
	return p, ok
}

// say joins the pieces with the values of args, pairs of name and value. ok is
// false when a value is missing or the count is no whole number.
func (p phrase) say(args []any) (text string, ok bool) {
	pieces := p.other
	if p.one != nil {
		count, given := value(args, "count")
		single, whole := isOne(count)
		if given && !whole {
			return "", false
		}
		if single {
			pieces = p.one
		}
	}
	var b strings.Builder
	for _, x := range pieces {
		if x.name == "" {
			b.WriteString(x.text)
			continue
		}
		v, given := value(args, x.name)
		if !given || v == nil {
			return "", false
		}
		if s, plain := v.(string); plain {
			b.WriteString(s)
		} else {
			fmt.Fprint(&b, v)
		}
	}
	return b.String(), true
}

// value is what args say of a name; the last one counts.
func value(args []any, name string) (v any, ok bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == any(name) {
			v, ok = args[i+1], true
		}
	}
	return v, ok
}

// isOne says whether a count takes the singular, which in our languages is that
// of one alone; whole is false for what is no whole number.
func isOne(count any) (one, whole bool) {
	switch n := count.(type) {
	case int:
		return n == 1 || n == -1, true
	case int64:
		return n == 1 || n == -1, true
	}
	return false, false
}
