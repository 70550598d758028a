package ui

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Form wraps fields: it posts, shows the summary of errors on top with a link
// to each field, and hands typed values and errors to its fields.
//
//	@form {
//		@form.Field(ui.Field{Name: "title", Label: ..., Required: true, Max: 120})
//		@ui.Button{Text: ...}
//	}
type Form struct {
	ID       string // prefix of the fields' ids; "f" when empty
	Action   string // where it posts; empty posts to the page itself
	Get      bool   // a search form: GET, its values in the address
	Files    bool   // holds a file field
	Values   Values
	Errors   Errors
	Hidden   []Pair // values that travel along, such as the version edited
	Autosave string // address that stores the draft while it is typed and answers Saved, with Hidden anew; empty for none
}

// Pair is a name with a value.
type Pair struct {
	Name  string
	Value string
}

// Kind is what a field asks for.
type Kind string

// The kinds of field; the empty one is a line of text.
const (
	Text     Kind = "text"
	Area     Kind = "textarea" // several lines, with a counter when Max is set
	Email    Kind = "email"
	Phone    Kind = "tel"
	Web      Kind = "url"
	Search   Kind = "search"
	Number   Kind = "number"
	Date     Kind = "date"
	DateTime Kind = "datetime-local"
	Time     Kind = "time"
	Select   Kind = "select"
	Radios   Kind = "radios" // one of the options
	Checks   Kind = "checks" // any of the options
	Check    Kind = "check"  // one box, value "true"
	File     Kind = "file"
	Code     Kind = "code" // one-time code
)

// Field asks for one thing. Its value and its error come from the form, by
// Name, so a page cannot tie them wrongly.
type Field struct {
	Name         string
	Label        string
	Kind         Kind
	Hint         string // help that stands below the label
	Required     bool
	Autocomplete string   // "email", "name"...; sensible for Email, Phone and Code when empty
	Placeholder  string   // an example, never the label
	Options      []Option // Select, Radios, Checks
	Max          int      // most characters (Text, Area); 0 for no limit
	Rows         int      // lines of an Area; 0 for 5
	From, To     string   // bounds of Date, DateTime and Time
	Decimals     bool     // Number: the phone's keyboard has the decimal sign
	Unit         string   // shown after a Number: "%", "días"
	Accept       string   // of File: ".pdf,.png"
	MaxBytes     int64    // of File: checked in the browser before it is sent
	Several      bool     // File: more than one
	Short        bool     // the box is as wide as what goes in it
	Focus        bool     // takes the focus when the page opens
	HideLabel    bool     // the label is for screen readers only, as in a search
	Live         string   // address asked while typing; its answer appears below the field
	Suggest      []string // words offered while typing
}

// Option is one of the answers of a Select, Radios or Checks field.
type Option struct {
	Value    string
	Text     string
	Hint     string // Radios and Checks only
	Disabled bool
	Group    string // Select only: options of one group stand together
}

// Render draws the form around its children. The error summary stands above the
// fields but speaks of them by their labels, so with errors the fields are
// drawn first and put below it.
func (f Form) Render(ctx context.Context, w io.Writer) error {
	if len(f.Errors.Fields) == 0 {
		return form(f, nil).Render(ctx, w)
	}
	var fields strings.Builder
	labels := labelBook{}
	children := templ.GetChildren(ctx)
	if err := children.Render(context.WithValue(templ.ClearChildren(ctx), labelKey{}, labels), &fields); err != nil {
		return err
	}
	return form(f, labels).Render(templ.WithChildren(ctx, templ.Raw(fields.String())), w)
}

// labelBook holds the labels of the fields drawn so far, by name.
type labelBook map[string]string

type labelKey struct{}

// sentence is what the summary says of an error: the field's label, then what
// is wrong with it.
func (l labelBook) sentence(e FieldError) string {
	label := l[e.Name]
	switch {
	case label == "":
		return e.Text
	case strings.HasSuffix(label, "?"):
		return label + " " + e.Text
	}
	return label + ": " + e.Text
}

// Field draws one field with its label, hint, value and error.
func (f Form) Field(field Field) templ.Component {
	b := f.bind(field)
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if labels, ok := ctx.Value(labelKey{}).(labelBook); ok {
			labels[b.Name] = b.Label
		}
		return fieldRow(b).Render(ctx, w)
	})
}

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

func (f Form) prefix() string {
	if f.ID == "" {
		return "f"
	}
	return f.ID
}

// fieldID is the id of a field's control; an error link leads to it.
func (f Form) fieldID(name string) string { return f.prefix() + "-" + name }

func (f Form) method() string {
	if f.Get {
		return "get"
	}
	return "post"
}

func (f Form) enctype() string {
	if f.Files {
		return "multipart/form-data"
	}
	return "application/x-www-form-urlencoded"
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
