package strict

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"ronda/platform/clock"
	"ronda/platform/i18n"
)

// MaxText is the most runes a text may have.
const MaxText = 2000

var codeForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,59}$`)

// scalar is the value as written, ok false after recording that it is none.
func (o *Object) scalar(n *yaml.Node, key string) (value string, ok bool) {
	at := At{o.file, n.Line}
	switch {
	case n.Kind == yaml.AliasNode:
		o.r.Fail(at, "charter.problem.alias")
	case n.Kind != yaml.ScalarNode:
		o.r.Fail(at, "charter.problem.want_value", "name", key)
	case strings.TrimSpace(n.Value) == "":
		o.r.Fail(at, "charter.problem.missing", "name", key)
	case utf8.RuneCountInString(n.Value) > MaxText:
		o.r.Fail(at, "charter.problem.too_long", "name", key, "max", MaxText)
	default:
		return strings.TrimSpace(n.Value), true
	}
	return "", false
}

// Text reads a text that must be there.
func (o *Object) Text(key string) string {
	n := o.need(key)
	if n == nil {
		return ""
	}
	s, _ := o.scalar(n, key)
	return s
}

// OptText reads a text that may be absent.
func (o *Object) OptText(key string) string {
	if !o.Has(key) {
		return ""
	}
	return o.Text(key)
}

// Match reads a text of a given form; problem says how it should look.
func (o *Object) Match(key string, form *regexp.Regexp, problem string) string {
	s := o.Text(key)
	if s != "" && !form.MatchString(s) {
		o.Fail(key, problem, "name", key, "value", s)
		return ""
	}
	return s
}

// Code reads a code: lower-case letters, digits, dots, hyphens and underscores,
// at most 60.
func (o *Object) Code(key string) string { return o.Match(key, codeForm, "charter.problem.code") }

// Choice reads one of the values.
func (o *Object) Choice(key string, values ...string) string {
	s := o.Text(key)
	if s != "" && !slices.Contains(values, s) {
		o.Fail(key, "charter.problem.choice", "name", key, "value", s, "choices", strings.Join(values, ", "))
		return ""
	}
	return s
}

// Int reads a whole number within bounds.
func (o *Object) Int(key string, from, to int) int {
	s := o.Text(key)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < from || n > to {
		o.Fail(key, "charter.problem.number", "name", key, "value", s, "from", from, "to", to)
		return 0
	}
	return n
}

// OptInt reads a whole number that may be absent, absent then being fallback.
func (o *Object) OptInt(key string, from, to, fallback int) int {
	if !o.Has(key) {
		return fallback
	}
	return o.Int(key, from, to)
}

// Share reads a number from 0 to 1.
func (o *Object) Share(key string) float64 {
	s := o.Text(key)
	if s == "" {
		return 0
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f >= 0 && f <= 1) {
		o.Fail(key, "charter.problem.number", "name", key, "value", s, "from", 0, "to", 1)
		return 0
	}
	return f
}

// OptBool reads true or false, absent being false.
func (o *Object) OptBool(key string) bool {
	if !o.Has(key) {
		return false
	}
	return o.Choice(key, "true", "false") == "true"
}

// OptDay reads a day that may be absent.
func (o *Object) OptDay(key string) clock.Day {
	s := o.OptText(key)
	if s == "" {
		return ""
	}
	day, err := clock.ParseDay(s)
	if err != nil {
		o.Fail(key, "charter.problem.day", "name", key, "value", s)
		return ""
	}
	return day
}

// Words reads a text in each language of the reader: {es: ..., en: ...}.
func (o *Object) Words(key string) map[i18n.Lang]string {
	words := map[i18n.Lang]string{}
	o.Object(key, func(w *Object) {
		for _, lang := range o.r.langs {
			if !w.Has(string(lang)) {
				w.Fail(string(lang), "charter.problem.translation", "name", key, "lang", lang)
				continue
			}
			words[lang] = w.Text(string(lang))
		}
	})
	return words
}

// OptWords reads words that may be absent.
func (o *Object) OptWords(key string) map[i18n.Lang]string {
	if !o.Has(key) {
		return nil
	}
	return o.Words(key)
}

// Ref reads the code of a thing of this kind, which must exist in the end.
func (o *Object) Ref(key, kind string) string {
	code := o.Code(key)
	o.r.Refer(kind, code, o.AtKey(key))
	return code
}

// OptRef reads a reference that may be absent.
func (o *Object) OptRef(key, kind string) string {
	if !o.Has(key) {
		return ""
	}
	return o.Ref(key, kind)
}

// OptTexts reads a list of texts that may be absent; each hands the place too.
func (o *Object) OptTexts(key string, each func(text string, at At)) {
	for _, n := range o.list(key) {
		if s, ok := o.scalar(n, key); ok {
			each(s, At{o.file, n.Line})
		}
	}
}

// NeedTexts reads a list of texts with at least one.
func (o *Object) NeedTexts(key string, each func(text string, at At)) {
	if n := o.need(key); n != nil && n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
		o.Fail(key, "charter.problem.empty_list", "name", key)
	}
	o.OptTexts(key, each)
}

// OptRefs reads a list of references that may be absent. The same one twice is
// a problem.
func (o *Object) OptRefs(key, kind string) []string {
	var codes []string
	o.OptTexts(key, func(code string, at At) {
		if slices.Contains(codes, code) {
			o.r.Fail(at, "charter.problem.listed_twice", "value", code)
			return
		}
		codes = append(codes, code)
		o.r.Refer(kind, code, at)
	})
	return codes
}

// Refs reads a list of references with at least one.
func (o *Object) Refs(key, kind string) []string {
	if o.need(key) == nil {
		return nil
	}
	codes := o.OptRefs(key, kind)
	if len(codes) == 0 {
		o.Fail(key, "charter.problem.empty_list", "name", key)
	}
	return codes
}

// Choices reads a list of values with at least one.
func (o *Object) Choices(key string, values ...string) []string {
	if o.need(key) == nil {
		return nil
	}
	var chosen []string
	o.OptTexts(key, func(s string, at At) {
		if !slices.Contains(values, s) {
			o.r.Fail(at, "charter.problem.choice", "name", key, "value", s, "choices", strings.Join(values, ", "))
			return
		}
		chosen = append(chosen, s)
	})
	if len(chosen) == 0 {
		o.Fail(key, "charter.problem.empty_list", "name", key)
	}
	return chosen
}
