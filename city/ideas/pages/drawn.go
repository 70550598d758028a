package pages

import (
	"bytes"
	"context"
	"io"
	"sync"

	"github.com/a-h/templ"

	"ronda/city/ideas"
)

// drawn keeps parts of pages that depend on the counters of the lists and on
// nothing about the reader but the language: the same links and maps for
// everybody until an idea moves.
type drawn struct {
	mu    sync.Mutex
	of    *ideas.Tally
	parts map[string][]byte
}

const mostParts = 128 // more are drawn each time they are asked for

// part gives what draw draws, from memory when it was drawn for these counters
// under this key before.
func (d *drawn) part(ctx context.Context, of *ideas.Tally, key string, draw func() (templ.Component, error)) (templ.Component, error) {
	text := d.find(of, key)
	if text == nil {
		c, err := draw()
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := c.Render(ctx, &b); err != nil {
			return nil, err
		}
		text = b.Bytes()
		d.keep(of, key, text)
	}
	return raw(text), nil
}

// raw writes what was drawn before.
func raw(text []byte) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

func (d *drawn) find(of *ideas.Tally, key string) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.of != of {
		return nil
	}
	return d.parts[key]
}

func (d *drawn) keep(of *ideas.Tally, key string, text []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.of != of || d.parts == nil {
		d.of, d.parts = of, map[string][]byte{}
	}
	if len(d.parts) < mostParts {
		d.parts[key] = text
	}
}
