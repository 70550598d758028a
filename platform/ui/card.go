package ui

import (
	"context"
	"io"
)

// Card is one thing in a grid or on a board: its ring, its name, what it
// changes and where it stands.
type Card struct {
	Href     string
	Title    string
	Lead     string // one sentence
	Number   string // readable number, "INI-2026-0042"; may be empty
	Axis     int    // 1 to 8
	AxisName string // named to screen readers and on hover
	Seats    string // states of the steps, as in Ring; empty draws no ring
	State    State
	Meta     string // who, where
	Figures  []Mini // a few, in a row above the foot; none is usual
}

// Mini is a figure in a narrow place: what it is of, and the figure in words.
type Mini struct{ Label, Value string }

// Cards is a grid of cards.
type Cards []Card

// Render draws the card alone.
func (c Card) Render(ctx context.Context, w io.Writer) error {
	p := pen{w: w}
	c.draw(ctx, &p)
	return p.err
}

// Render draws the grid.
func (c Cards) Render(ctx context.Context, w io.Writer) error {
	p := pen{w: w}
	p.write(`<ul class="grid cards">`)
	for _, card := range c {
		p.write(`<li>`)
		card.draw(ctx, &p)
		p.write(`</li>`)
	}
	p.write(`</ul>`)
	return p.err
}

func (c Card) draw(ctx context.Context, p *pen) {
	p.write(`<article class="card `, axisClass(c.Axis), `">`)
	if c.Seats != "" {
		Ring{Seats: c.Seats, Axis: c.Axis}.draw(ctx, p)
	}
	p.write(`<div>`)
	p.element(`<p class="axis">`, c.AxisName, `</p>`)
	p.write(`<p class="title"><a href="`)
	p.href(c.Href)
	p.write(`">`)
	p.text(c.Title)
	p.write(`</a></p>`)
	p.element(`<p class="lead">`, c.Lead, `</p>`)
	c.drawFigures(p)
	c.drawFoot(p)
	p.write(`</div></article>`)
}

func (c Card) drawFigures(p *pen) {
	if len(c.Figures) == 0 {
		return
	}
	p.write(`<dl class="minis">`)
	for _, f := range c.Figures {
		p.element(`<div><dt>`, f.Label, `</dt>`)
		p.element(`<dd class="num">`, f.Value, `</dd></div>`)
	}
	p.write(`</dl>`)
}

func (c Card) drawFoot(p *pen) {
	p.write(`<p class="foot">`)
	if c.State.Text != "" {
		c.State.draw(p)
	}
	if c.Meta != "" || c.Number != "" {
		p.write(`<span class="meta">`)
		p.element(`<span>`, c.Meta, `</span> `)
		p.element(`<span class="num">`, c.Number, `</span>`)
		p.write(`</span>`)
	}
	p.write(`</p>`)
}

// Empty stands where a list has nothing: an empty table, a sentence, and one
// thing to do about it.
type Empty struct {
	Title  string
	Text   string
	Action Link
}

// Render draws the empty table and its words.
func (e Empty) Render(ctx context.Context, w io.Writer) error { return empty(e).Render(ctx, w) }

// Board shows things by the step at which they stand: a column a step. It
// scrolls sideways with the keyboard and becomes one column on a phone.
type Board struct {
	Label   string // names the board to screen readers
	Columns []Column
}

// Column is one step of a board.
type Column struct {
	No    int // shown before the title when above 0
	Title string
	Count int    // things in all, which may be more than the cards shown
	Href  string // the full list; shown when Count is larger than the cards
	Cards []Card
}

// Render draws the board.
func (b Board) Render(ctx context.Context, w io.Writer) error { return board(b).Render(ctx, w) }

func (s State) shape() string {
	if s.Icon != "" {
		return iconSVG[s.Icon]
	}
	return iconSVG[s.Tone.icon()]
}

// Render draws the tag.
func (s State) Render(_ context.Context, w io.Writer) error {
	p := pen{w: w}
	s.draw(&p)
	return p.err
}

func (s State) draw(p *pen) {
	p.write(`<span class="state `, s.Tone.class(), `">`, s.shape(), " ")
	p.text(s.Text)
	p.write(`</span>`)
}

// Render draws the chip.
func (a Axis) Render(ctx context.Context, w io.Writer) error { return axis(a).Render(ctx, w) }

// axisClass is the class that sets the axis' colour.
func axisClass(axis int) string { return axisClasses[axisIndex(axis)] }

var axisClasses = [9]string{"ax0", "ax1", "ax2", "ax3", "ax4", "ax5", "ax6", "ax7", "ax8"}
