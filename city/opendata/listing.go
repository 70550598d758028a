package opendata

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"ronda/platform/i18n"
	"ronda/platform/table"
	"ronda/platform/web"
)

// License is the licence of all data.
const License = "https://creativecommons.org/licenses/by/4.0/"

// listing is the catalogue as programs read it.
type listing struct {
	Title    string        `json:"title"`
	License  string        `json:"license"`
	Terms    string        `json:"terms"`
	All      string        `json:"all"`
	Datasets []listedSet   `json:"datasets"`
	Files    []listedEntry `json:"files"`
}

type listedEntry struct {
	Name  string            `json:"name"`
	Title string            `json:"title"`
	About string            `json:"about"`
	Links map[string]string `json:"links"` // by format
}

type listedSet struct {
	listedEntry
	Rows      *int          `json:"rows,omitempty"`
	LeftOut   *int          `json:"left_out,omitempty"`
	CountedAt *time.Time    `json:"counted_at,omitempty"`
	Fields    []listedField `json:"fields"`
}

type listedField struct {
	Key     string `json:"key"`
	Heading string `json:"heading"`
	Kind    string `json:"kind"`
	Unit    string `json:"unit,omitempty"`
	Meaning string `json:"meaning"`
}

// writeIndex writes the catalogue as JSON in the language of ctx.
func (c *Catalogue) writeIndex(ctx context.Context, w io.Writer, terms string) error {
	out := listing{Title: i18n.T(ctx, "opendata.title"), License: License, Terms: terms, All: web.Origin(ctx) + "/datos/todo.zip"}
	for _, d := range c.sets {
		out.Datasets = append(out.Datasets, c.listed(ctx, d))
	}
	for _, f := range c.files {
		out.Files = append(out.Files, listedEntry{Name: f.Name, Title: i18n.T(ctx, f.Title), About: i18n.T(ctx, f.About), Links: map[string]string{"file": web.Origin(ctx) + f.Href}})
	}
	return json.NewEncoder(w).Encode(out)
}

func (c *Catalogue) listed(ctx context.Context, d Dataset) listedSet {
	s := listedSet{listedEntry: listedEntry{Name: d.Name, Title: i18n.T(ctx, d.Title), About: i18n.T(ctx, d.About), Links: map[string]string{}}}
	for _, f := range table.Formats {
		s.Links[string(f)] = web.Origin(ctx) + address(d, f)
	}
	if x, ok := c.Counted(d.Name); ok {
		s.Rows, s.LeftOut, s.CountedAt = &x.Rows, &x.Skipped, &x.At
	}
	for _, f := range d.Fields {
		s.Fields = append(s.Fields, listedField{Key: f.Key, Heading: i18n.T(ctx, f.Label), Kind: string(f.Kind), Unit: said(ctx, f.Unit), Meaning: i18n.T(ctx, f.Meaning)})
	}
	return s
}

// address is where a list is given in a format.
func address(d Dataset, f table.Format) string { return "/datos/" + d.Name + "?formato=" + string(f) }
