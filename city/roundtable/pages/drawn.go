package pages

import (
	"bytes"
	"context"
	"io"
	"sync"

	"github.com/a-h/templ"

	"ronda/city/roundtable"
)

// drawn keeps parts of pages that depend on the counters of the lists and on
// nothing about the reader but the language: the same hundred links for
// everybody until an initiative moves.
type drawn struct {
	mu    sync.Mutex
	parts map[*roundtable.Tally]map[string][]byte
}

const (
	mostTallies = 2   // the newest of each area
	mostParts   = 128 // of one tally; more are drawn each time they are asked for
)

// part gives what draw draws, from memory when it was drawn for these counters
// under this key before.
func (d *drawn) part(ctx context.Context, of *roundtable.Tally, key string, draw func() templ.Component) (templ.Component, error) {
	text := d.find(of, key)
	if text == nil {
		var b bytes.Buffer
		if err := draw().Render(ctx, &b); err != nil {
			return nil, err
		}
		text = b.Bytes()
		d.keep(of, key, text)
	}
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := w.Write(text)
		return err
	}), nil
}

func (d *drawn) find(of *roundtable.Tally, key string) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.parts[of][key]
}

func (d *drawn) keep(of *roundtable.Tally, key string, text []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.parts[of] == nil {
		if len(d.parts) >= mostTallies || d.parts == nil {
			d.parts = map[*roundtable.Tally]map[string][]byte{}
		}
		d.parts[of] = map[string][]byte{}
	}
	if len(d.parts[of]) < mostParts {
		d.parts[of][key] = text
	}
}
