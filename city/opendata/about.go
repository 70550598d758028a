package opendata

import (
	"context"
	"net/url"

	"ronda/platform/i18n"
	"ronda/platform/table"
)

// dictionary is the list of all fields: what the files of the others mean.
func (c *Catalogue) dictionary() Dataset {
	return define(partAbout, "diccionario", "dictionary", func(ctx context.Context, _ url.Values) table.Rows {
		return func(yield func([]any, error) bool) {
			for _, d := range c.sets {
				for _, f := range d.Fields {
					if !yield([]any{d.Name, f.Key, i18n.T(ctx, f.Label), i18n.T(ctx, "opendata.kind."+string(f.Kind)), said(ctx, f.Unit), i18n.T(ctx, f.Meaning)}, nil) {
						return
					}
				}
			}
		}
	}, "dataset text", "field text", "heading text", "field_kind text", "unit text", "meaning text")
}

// said is a message, empty for no key.
func said(ctx context.Context, key string) string {
	if key == "" {
		return ""
	}
	return i18n.T(ctx, key)
}

const leftOutName = "salteadas"

// leftOut is the list of rows that the other lists leave out; ?conjunto= asks for
// those of one.
func (c *Catalogue) leftOut() Dataset {
	return define(partAbout, leftOutName, "left_out", func(ctx context.Context, asked url.Values) table.Rows {
		return func(yield func([]any, error) bool) {
			for _, d := range c.sets {
				only := asked.Get("conjunto")
				if d.Name == leftOutName || only != "" && only != d.Name {
					continue
				}
				if !c.leftOutOf(ctx, d, yield) {
					return
				}
			}
		}
	}, "dataset text", "row number", "reference text", "field text", "why text")
}

// leftOutOf reads a list for the rows that it leaves out; false when the reader has
// enough.
func (c *Catalogue) leftOutOf(ctx context.Context, d Dataset, yield func([]any, error) bool) bool {
	var waiting []Skipped
	give := func() bool {
		for _, s := range waiting {
			if !yield(s.cells(ctx), nil) {
				return false
			}
		}
		waiting = waiting[:0]
		return true
	}
	for _, err := range c.Rows(ctx, d, nil, func(s Skipped) { waiting = append(waiting, s) }) {
		if err != nil { // a source that fails is no row: the others still tell of theirs
			break
		}
		if !give() {
			return false
		}
	}
	return give()
}

func (s Skipped) cells(ctx context.Context) []any {
	return []any{s.Dataset, s.Row, s.Reference, s.Field, i18n.T(ctx, "opendata.why."+s.Why)}
}
