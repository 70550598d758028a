package ui

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// bound is a field with all that the form knows about it.
type bound struct {
	Field
	id    string
	value string
	has   func(value string) bool
	err   string
}

func (f Form) bind(field Field) bound {
	if field.Kind == "" {
		field.Kind = Text
	}
	if field.Autocomplete == "" {
		field.Autocomplete = usualAutocomplete(field.Kind)
	}
	return bound{
		Field: field,
		id:    f.fieldID(field.Name),
		value: f.Values.Get(field.Name),
		has:   func(value string) bool { return f.Values.Has(field.Name, value) },
		err:   f.Errors.For(field.Name),
	}
}

func usualAutocomplete(kind Kind) string {
	switch kind {
	case Email:
		return "email"
	case Phone:
		return "tel"
	case Code:
		return "one-time-code"
	}
	return ""
}

func (b bound) hintID() string  { return b.id + "-hint" }
func (b bound) errorID() string { return b.id + "-error" }
func (b bound) countID() string { return b.id + "-count" }
func (b bound) liveID() string  { return b.id + "-live" }
func (b bound) listID() string  { return b.id + "-list" }

// optionID is the id of the i-th box; the first has the id of the field itself,
// so that the error summary leads to it.
func (b bound) optionID(i int) string {
	if i == 0 {
		return b.id
	}
	return b.id + "-" + strconv.Itoa(i+1)
}

// describedBy lists the ids of everything that explains the field.
func (b bound) describedBy() string {
	var ids []string
	if b.Hint != "" {
		ids = append(ids, b.hintID())
	}
	if b.err != "" {
		ids = append(ids, b.errorID())
	}
	if b.counts() {
		ids = append(ids, b.countID())
	}
	return strings.Join(ids, " ")
}

// counts says whether the field shows how many characters are left.
func (b bound) counts() bool { return b.Kind == Area && b.Max > 0 }

// attrs are attributes in the order they are written.
type attrs struct{ templ.OrderedAttributes }

// set adds an attribute unless it is empty.
func (a *attrs) set(name, value string) {
	if value != "" {
		a.OrderedAttributes = append(a.OrderedAttributes, templ.KV[string, any](name, value))
	}
}

// flag adds an attribute without a value when on.
func (a *attrs) flag(name string, on bool) {
	if on {
		a.OrderedAttributes = append(a.OrderedAttributes, templ.KV[string, any](name, true))
	}
}

// shared are the attributes that every control of the field has.
func (b bound) shared() attrs {
	var a attrs
	a.set("id", b.id)
	a.set("name", b.Name)
	a.set("aria-describedby", b.describedBy())
	if b.err != "" {
		a.set("aria-invalid", "true")
	}
	a.set("autocomplete", b.Autocomplete)
	a.set("placeholder", b.Placeholder)
	if b.Required && b.Kind != File {
		a.set("aria-required", "true")
	}
	a.flag("autofocus", b.Focus)
	if b.Live != "" {
		a.set("hx-get", b.Live)
		a.set("hx-trigger", "input changed delay:300ms")
		a.set("hx-target", "#"+b.liveID())
	}
	return a
}

// input are the attributes of an <input>.
func (b bound) input() attrs {
	a := b.shared()
	a.set("type", b.inputType())
	a.set("inputmode", b.inputMode())
	switch b.Kind {
	case File:
		a.set("accept", b.Accept)
		a.set("data-max-bytes", positive(b.MaxBytes))
		a.flag("multiple", b.Several)
		return a
	case Date, DateTime, Time:
		a.set("min", b.From)
		a.set("max", b.To)
	}
	if len(b.Suggest) > 0 {
		a.set("list", b.listID())
	}
	a.set("value", b.value)
	return a
}

// area are the attributes of a <textarea>.
func (b bound) area() attrs {
	a := b.shared()
	a.set("rows", b.rows())
	if b.counts() {
		a.set("data-count", b.countID())
		a.set("data-max", strconv.Itoa(b.Max))
	}
	return a
}

// inputType is the type attribute. Numbers are asked as text: a number box
// drops what it cannot read and turns its value when the wheel moves over it.
func (b bound) inputType() string {
	switch b.Kind {
	case Code, Number:
		return "text"
	}
	return string(b.Kind)
}

func (b bound) inputMode() string {
	switch {
	case b.Kind == Number && b.Decimals:
		return "decimal"
	case b.Kind == Code, b.Kind == Number:
		return "numeric"
	}
	return ""
}

func (b bound) rows() string {
	if b.Rows == 0 {
		return "5"
	}
	return strconv.Itoa(b.Rows)
}

func (b bound) class() string {
	c := "field field-" + string(b.Kind)
	if b.err != "" {
		c += " wrong"
	}
	if b.Short {
		c += " short"
	}
	return c
}

func positive(n int64) string {
	if n <= 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// optionGroups splits the options of a Select at each change of group.
func (b bound) optionGroups() [][]Option {
	var groups [][]Option
	for i, o := range b.Options {
		if i == 0 || o.Group != b.Options[i-1].Group {
			groups = append(groups, nil)
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], o)
	}
	return groups
}

// boxType is the type of one box of a group.
func (b bound) boxType() string {
	if b.Kind == Radios {
		return "radio"
	}
	return "checkbox"
}
