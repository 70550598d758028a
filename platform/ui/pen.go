package ui

import (
	"html"
	"io"

	"github.com/a-h/templ"
)

// pen writes HTML until the first error. Templates draw everything but the few
// components that a list repeats thirty times: those are drawn by pen, which
// takes a third of the time and leaves no garbage.
type pen struct {
	w   io.Writer
	err error
}

// write writes markup as it is.
func (p *pen) write(markup ...string) {
	for _, s := range markup {
		if p.err == nil {
			_, p.err = io.WriteString(p.w, s)
		}
	}
}

// text writes words, escaped for an element or a quoted attribute.
func (p *pen) text(words string) { p.write(html.EscapeString(words)) }

// element writes words in an element, or nothing without words.
func (p *pen) element(open, words, close string) {
	if words != "" {
		p.write(open)
		p.text(words)
		p.write(close)
	}
}

// href writes an address; code in it is refused.
func (p *pen) href(address string) { p.text(string(templ.URL(address))) }
