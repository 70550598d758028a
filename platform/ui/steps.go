package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Steps is a task list: the steps of something, each with its state.
type Steps []Step

// Step is one row of a task list.
type Step struct {
	No        int
	Href      string // may be empty: nothing to open yet
	Title     string
	Text      string // what it takes
	Meta      string // who signed and when, or until when
	Seat      byte   // SeatSigned, SeatCurrent...
	StateText string // the word for Seat when empty
	Now       bool   // the step that waits now, marked for screen readers
}

// Render draws the list.
func (s Steps) Render(ctx context.Context, w io.Writer) error { return steps(s).Render(ctx, w) }

func (s Step) state(ctx context.Context) State {
	state := SeatState(ctx, s.Seat)
	if s.StateText != "" {
		state.Text = s.StateText
	}
	return state
}

// Timeline is what happened, newest first.
type Timeline struct {
	Items []Moment
	More  Link // earlier items; empty when these are all
}

// Moment is one thing that happened.
type Moment struct {
	Tone     Tone
	Icon     string // another shape than the tone's own, such as "back" for returned
	Axis     int    // colours the marker of a Plain moment; 0 for none
	Title    string
	Href     string // what it happened to
	Stamp    string // machine time for the time element, RFC 3339
	When     string // "ayer, 17:05"
	Meta     string // who, where
	Text     string // what they wrote; line ends are kept
	Body     templ.Component
	Proof    string // address of the proof of inclusion in the public record
	Internal string // words of a mark such as "Interno"; empty for public acts
}

// Render draws the timeline.
func (t Timeline) Render(ctx context.Context, w io.Writer) error { return timeline(t).Render(ctx, w) }

func (m Moment) icon() string {
	if m.Icon != "" {
		return m.Icon
	}
	return m.Tone.icon()
}

// Owes is the list of what waits for a person, most urgent first.
type Owes []Owe

// Owe is one thing that waits, with the one thing to do about it.
type Owe struct {
	Due    string // "hace 2 días", "hoy", "6 abr": see the function Due
	Tone   Tone
	Title  string
	Meta   string
	Href   string // where it is done
	Action string // words of the button: "Revisar y firmar"
	Main   bool   // the one yellow button of the page
}

// Render draws the list.
func (o Owes) Render(ctx context.Context, w io.Writer) error { return owes(o).Render(ctx, w) }

func (o Owe) button() Button {
	b := Button{Text: o.Action, Of: ": " + o.Title, Href: o.Href, Weight: Quiet}
	if o.Main {
		b.Weight = Primary
	}
	return b
}
