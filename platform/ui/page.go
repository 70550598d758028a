package ui

import (
	"context"
	"io"

	"ronda/platform/fault"
)

// Heading opens a page: where you are, what it is, one sentence.
type Heading struct {
	Crumbs []Link // from the start to the page above this one
	Over   string // small line above the title
	Title  string
	Lead   string // one sentence
}

// Render draws the heading; children, such as buttons, stand below it.
func (h Heading) Render(ctx context.Context, w io.Writer) error { return heading(h).Render(ctx, w) }

// Crumbs are the pages above this one.
type Crumbs []Link

// Render draws the trail.
func (c Crumbs) Render(ctx context.Context, w io.Writer) error { return crumbs(c).Render(ctx, w) }

// Hero is the wide opening of a page whose frame has Bleed: words in its
// children at the left, a drawing at the right.
type Hero struct {
	Axis int // 1 to 8
	Art  Component
}

// Component is anything that can draw itself; a templ.Component is one.
type Component interface {
	Render(ctx context.Context, w io.Writer) error
}

// Render draws the opening around its children.
func (h Hero) Render(ctx context.Context, w io.Writer) error { return hero(h).Render(ctx, w) }

// Tabs are the faces of one thing, each with its own address.
type Tabs struct {
	Label string
	Items []NavItem
}

// Render draws the tabs.
func (t Tabs) Render(ctx context.Context, w io.Writer) error { return tabs(t).Render(ctx, w) }

// Notice tells something that matters on the page; more may follow as children.
type Notice struct {
	Tone  Tone // Info, Good, Warn or Bad
	Title string
	Text  string
	Link  Link
}

// Render draws the notice around its children.
func (n Notice) Render(ctx context.Context, w io.Writer) error { return notice(n).Render(ctx, w) }

// Conflict puts two versions of the same thing side by side, when somebody
// stored theirs while this person was writing.
type Conflict struct {
	Title string
	Text  string
	Who   string // who stored the other version, and when
	Rows  []ConflictRow
}

// ConflictRow is one field in both versions.
type ConflictRow struct {
	Label  string
	Theirs string
	Yours  string
}

// Render draws the two versions.
func (c Conflict) Render(ctx context.Context, w io.Writer) error { return conflict(c).Render(ctx, w) }

// Problem is the page of an error: one sentence and what to do.
type Problem struct {
	Kind   fault.Kind
	Text   string // the error's own sentence; that of its kind when empty
	Do     string // what to do now; what is said of the kind when empty
	ID     string // request id, for internal errors
	Action Link   // to the start when empty
}

// Render draws the body of the page.
func (p Problem) Render(ctx context.Context, w io.Writer) error { return problem(p).Render(ctx, w) }

func (p Problem) key() string {
	if p.Kind == "" {
		return "fault.internal"
	}
	return "fault." + string(p.Kind)
}

// seats draws how the kind of error stands at the table.
func (p Problem) seats() string {
	switch p.Kind {
	case fault.NotFound:
		return "oooooo"
	case fault.Forbidden:
		return "oorooo"
	case fault.Conflict:
		return "occooo"
	case fault.TooMany, fault.Unavailable:
		return "cooooo"
	}
	return "orfroo"
}
