// Package fault names the six kinds of error a person can meet. Everything
// that is not one of them is internal: logged once at the edge with its request
// id and shown as one sentence. Words for people are message keys, so that the
// same fault reads well in every language.
package fault

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Kind says what the person can do about the error.
type Kind string

// The kinds, from the one a person can mend at once to the one they must wait out.
const (
	Invalid     Kind = "invalid"     // a field is wrong; Fields says which and why
	NotFound    Kind = "notfound"    // nothing of that name, or nothing this person may know of
	Forbidden   Kind = "forbidden"   // known, but not for this role
	Conflict    Kind = "conflict"    // somebody was faster; Theirs may hold what they wrote
	TooMany     Kind = "toomany"     // a limit of what one may do in a while is reached; wait
	Unavailable Kind = "unavailable" // try again later
	Internal    Kind = "internal"    // ours to mend
)

// Field is one thing wrong with one field of a form.
type Field struct {
	Name string // the field's name in the form, e.g. "title"
	Key  string // message key, e.g. "fault.required"
	Args []any  // pairs for the message, e.g. "max", 200
}

// Error is what use cases return for the six kinds.
type Error struct {
	Kind   Kind
	Key    string // message key for the sentence at the top of the page
	Args   []any
	Fields []Field
	Theirs any // Conflict only: the stored value that beat this one
	Err    error
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Kind))
	if e.Key != "" {
		b.WriteString(" " + e.Key)
	}
	for _, f := range e.Fields {
		fmt.Fprintf(&b, " %s:%s", f.Name, f.Key)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// New makes a fault of a kind with the message key of its sentence.
func New(kind Kind, key string, args ...any) *Error {
	return &Error{Kind: kind, Key: key, Args: clipped(args)}
}

// argMax is how much of a text an error gives back, in runes: what somebody sent
// may be of any length.
const argMax = 200

// clipped shortens the texts of a message that are longer than a sentence needs.
func clipped(args []any) []any {
	for i, a := range args {
		if s, ok := a.(string); ok && len(s) > argMax {
			if runes := []rune(s); len(runes) > argMax {
				args = slices.Clone(args)
				args[i] = string(runes[:argMax]) + "…"
			}
		}
	}
	return args
}

// KindOf is the kind of the first fault in err's chain, Internal if there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is says whether err is a fault of that kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// Wrap adds the call path to a non-nil *errp; use it as
//
//	defer fault.Wrap(&err, "Sign(%s, %d)", number, step)
func Wrap(errp *error, format string, args ...any) {
	if *errp != nil {
		*errp = fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), *errp)
	}
}

// Check collects what is wrong with a form, field by field, in form order.
type Check struct{ fields []Field }

// Fail records that a field is wrong.
func (c *Check) Fail(name, key string, args ...any) {
	c.fields = append(c.fields, Field{Name: name, Key: key, Args: clipped(args)})
}

// Require fails the field unless ok.
func (c *Check) Require(ok bool, name, key string, args ...any) {
	if !ok {
		c.Fail(name, key, args...)
	}
}

// Text checks a line or text that a person typed: present when required, which
// takes a character that can be seen, at most max runes, valid UTF-8 without
// control characters other than line ends and tabs. U+FFFD is what somebody before
// us put in the place of such bytes.
func (c *Check) Text(name, value string, required bool, max int) {
	switch {
	case required && !strings.ContainsFunc(value, seen):
		c.Fail(name, "fault.required")
	case strings.ToValidUTF8(value, "") != value || strings.ContainsFunc(value, control):
		c.Fail(name, "fault.encoding")
	case len([]rune(value)) > max:
		c.Fail(name, "fault.too_long", "max", max, "length", len([]rune(value)))
	}
}

func control(r rune) bool {
	return (r < 0x20 && r != '\n' && r != '\r' && r != '\t') || r == 0x7f || r == 0xfffd || r == 0xfffe || r == 0xffff
}

// seen says whether a rune leaves a mark: marks and joiners alone, and the letters
// and symbols that are drawn as nothing, do not.
func seen(r rune) bool {
	switch r {
	case 0x115f, 0x1160, 0x3164, 0xffa0, 0x2800:
		return false
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S)
}

// Failed says whether that field has failed already.
func (c *Check) Failed(name string) bool {
	return slices.ContainsFunc(c.fields, func(f Field) bool { return f.Name == name })
}

// Err is nil when nothing failed, otherwise an Invalid with every field.
func (c *Check) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Key: "fault.form", Args: []any{"count", len(c.fields)}, Fields: c.fields}
}
