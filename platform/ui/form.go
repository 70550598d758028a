package ui

import (
	"context"
	"io"
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
