package ui

import (
	"context"
	"io"

	"ronda/platform/i18n"
)

// Weight is how loud a button is.
type Weight string

// The weights. A page has one main action, so one Primary button.
const (
	Primary Weight = ""
	Quiet   Weight = "quiet"
	Danger  Weight = "danger"
	Plainer Weight = "plain" // reads as a link
)

// Button sends the form it stands in, or leads to Href when that is set.
type Button struct {
	Text   string
	Of     string // rest of the sentence for screen readers: "Firmar" + "efectividad de Eco Bici"
	Weight Weight
	Href   string
	Name   string // with Value, tells two buttons of a form apart
	Value  string
	Action string // posts the form to another address
	Icon   string
}

// Render draws the button.
func (b Button) Render(ctx context.Context, w io.Writer) error { return button(b).Render(ctx, w) }

func (b Button) class() string {
	if b.Weight == Primary {
		return "btn"
	}
	return "btn " + string(b.Weight)
}

// Buttons stand side by side, the main one first.
type Buttons []Button

// Render draws the buttons in one row that wraps.
func (b Buttons) Render(ctx context.Context, w io.Writer) error { return buttons(b).Render(ctx, w) }

// Fieldset groups fields that answer one question; fields are its children.
type Fieldset struct {
	Legend string
	Hint   string
	Number int // shown before the legend when above 0
}

// Render draws the group around its children.
func (f Fieldset) Render(ctx context.Context, w io.Writer) error { return fieldset(f).Render(ctx, w) }

// Confirm asks once more before something that others will see or that cannot
// be undone. Fields, such as a reason, are its children.
type Confirm struct {
	Title  string
	Text   string // what will happen
	Tone   Tone
	Form   Form
	Yes    Button
	Cancel string // address of "no, go back"; empty leaves it out
}

// Render draws the panel with its form.
func (c Confirm) Render(ctx context.Context, w io.Writer) error { return confirm(c).Render(ctx, w) }

func (c Confirm) buttons(ctx context.Context) Buttons {
	list := Buttons{c.Yes}
	if c.Cancel != "" {
		list = append(list, Button{Text: i18n.T(ctx, "ui.cancel"), Href: c.Cancel, Weight: Plainer})
	}
	return list
}

// Saved is what an Autosave address answers: a line that says when, and all the
// hidden values of the form anew, such as its version, which replace the old.
type Saved struct {
	Text   string
	Hidden []Pair
}

// Render draws the line.
func (s Saved) Render(ctx context.Context, w io.Writer) error { return saved(s).Render(ctx, w) }
