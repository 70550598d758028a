package ui

import (
	"context"
	"io"
	"slices"

	"github.com/a-h/templ"
)

// Table shows rows and columns; on a phone each row becomes a small sheet with
// the name of the column before every value.
type Table struct {
	Caption     string // says what the table is
	HideCaption bool   // for screen readers only, when a heading says the same
	Columns     []Head
	Rows        []Row
}

// Head is the top of a column.
type Head struct {
	Text   string
	Number bool   // digits stand under digits
	Sort   string // address of the list sorted by this column; empty when it cannot be
	Sorted Order  // how the list is sorted by this column now
}

// Order is how a column is sorted.
type Order string

// The orders; the empty one is not sorted by this column.
const (
	Ascending  Order = "ascending"
	Descending Order = "descending"
)

// Row is one line; its first cell names it.
type Row []Cell

// Cell is one value: a text, a link, or a drawing.
type Cell struct {
	Text string
	Href string
	View templ.Component // after the text
}

// Render draws the table.
func (t Table) Render(ctx context.Context, w io.Writer) error { return table(t).Render(ctx, w) }

func (o Order) icon() string {
	switch o {
	case Ascending:
		return "▲"
	case Descending:
		return "▼"
	}
	return ""
}

func (t Table) number(column int) bool { return t.Columns[column].Number }

// Facts is a list of names and values, as in "En números".
type Facts []Fact

// Fact is one name with its value.
type Fact struct {
	Name string
	Text string
	Href string
	View templ.Component // after the text: a bar, chips
}

// Render draws the list.
func (f Facts) Render(ctx context.Context, w io.Writer) error { return facts(f).Render(ctx, w) }

// Filters narrow a list. Every choice is a link, so that a filtered list has an
// address that can be shared.
type Filters struct {
	Groups []FilterGroup
	More   []FilterGroup // folded away until one of them is on
	Clear  string        // address without any filter; shown when one is on
	Search *SearchBox    // nil for none
}

// FilterGroup is the choices of one kind: by axis, by state.
type FilterGroup struct {
	Name    string
	Choices []Choice
}

// Choice is one filter. When it is on, Href leads to the list without it.
type Choice struct {
	Text  string
	Href  string
	On    bool
	Count int // rows it would leave; -1 hides it
	Axis  int // colours the choice of an axis; 0 for none
}

// SearchBox looks for words in the same list; Hidden keeps the filters on.
type SearchBox struct {
	Action string
	Name   string // of the parameter, "q" when empty
	Label  string
	Value  string
	Hidden []Pair
}

// Render draws the filters.
func (f Filters) Render(ctx context.Context, w io.Writer) error { return filters(f).Render(ctx, w) }

// on lists the choices that are on, in order.
func (f Filters) on() []Choice {
	var list []Choice
	for _, g := range slices.Concat(f.Groups, f.More) {
		for _, c := range g.Choices {
			if c.On {
				list = append(list, c)
			}
		}
	}
	return list
}

// anyOn says whether a choice of these groups is on.
func anyOn(groups []FilterGroup) bool { return len(Filters{Groups: groups}.on()) > 0 }

func (s SearchBox) name() string {
	if s.Name == "" {
		return "q"
	}
	return s.Name
}

// Pager leads to the rows before and after these; an empty address hides its
// side.
type Pager struct {
	Earlier string
	Later   string
	Note    string // "1.204 iniciativas"
}

// Render draws the links, or nothing when all rows are on the page.
func (p Pager) Render(ctx context.Context, w io.Writer) error { return pager(p).Render(ctx, w) }
