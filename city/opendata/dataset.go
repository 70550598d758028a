package opendata

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"ronda/city/roundtable/exchange"
	"ronda/platform/table"
)

// Dataset is a public list that can be taken away.
type Dataset struct {
	Name   string // in the address: "iniciativas"
	Part   string // of the catalogue: one of the parts
	Title  string // message key
	About  string // message key
	Fields []Field
	Rows   func(ctx context.Context, asked url.Values) table.Rows // asked narrows it where it can be narrowed
}

// Field is a column with what the dictionary says of it.
type Field struct {
	table.Column
	Meaning string // message key
	Unit    string // message key of what a number counts; empty for none
}

// The parts of the catalogue, in the order shown.
const (
	partRound     = "round"
	partMeetings  = "meetings"
	partExecution = "execution"
	partBudget    = "budget"
	partImpact    = "impact"
	partIdeas     = "ideas"
	partAbout     = "about" // the data themselves
)

var parts = []string{partRound, partMeetings, partExecution, partBudget, partImpact, partIdeas, partAbout}

// Columns are the columns as files have them.
func (d Dataset) Columns() []table.Column {
	out := make([]table.Column, len(d.Fields))
	for n, f := range d.Fields {
		out[n] = f.Column
	}
	return out
}

// define makes a dataset of this package. Each field is written "key kind" or
// "key kind unit"; a key after "!" means something else here than in the other
// datasets.
func define(part, name, code string, rows func(ctx context.Context, asked url.Values) table.Rows, fields ...string) Dataset {
	d := Dataset{Name: name, Part: part, Title: "opendata.set." + code, About: "opendata.set." + code + ".about", Rows: rows}
	for _, spec := range fields {
		words := append(strings.Fields(spec), "", "")
		key, own := strings.CutPrefix(words[0], "!")
		d.Fields = append(d.Fields, field(code, table.Column{Key: key, Label: "opendata.column." + key, Kind: table.Kind(words[1])}, own, words[2]))
	}
	return d
}

// take makes a dataset of one that its module defines, with the units of its
// figures by key and the fields that mean something else in it than elsewhere.
func take(part, code string, d exchange.Dataset, units map[string]string, own ...string) Dataset {
	out := Dataset{Name: d.Name, Part: part, Title: d.Title, About: d.About, Rows: d.Rows}
	special := " " + strings.Join(own, " ") + " "
	for _, c := range d.Columns {
		out.Fields = append(out.Fields, field(code, c, strings.Contains(special, " "+c.Key+" "), units[c.Key]))
	}
	return out
}

func field(code string, c table.Column, own bool, unit string) Field {
	f := Field{Column: c, Meaning: "opendata.meaning." + c.Key}
	if own {
		f.Meaning = "opendata.meaning." + code + "." + c.Key
	}
	if unit != "" {
		f.Unit = "opendata.unit." + unit
	}
	return f
}

// errEnough ends a reading whose reader has enough.
var errEnough = errors.New("opendata: the reader has enough")

// stream turns a reading by callback into rows. A value of which no row can be made
// becomes a Broken row.
func stream[T any](each func(fn func(T) error) error, row func(T) []any) table.Rows {
	return streamSome(each, func(v T) ([]any, bool) { return row(v), true })
}

// streamSome is stream of the values that ok keeps.
func streamSome[T any](each func(fn func(T) error) error, row func(T) (cells []any, ok bool)) table.Rows {
	return func(yield func([]any, error) bool) {
		err := each(func(v T) error {
			cells, ok, err := made(v, row)
			if (ok || err != nil) && !yield(cells, err) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(nil, err)
		}
	}
}

// made makes the row of a value; what goes wrong with it goes wrong with it alone.
func made[T any](v T, row func(T) ([]any, bool)) (cells []any, ok bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			cells, err = nil, &Broken{Why: whyBroken, Cause: fmt.Errorf("%v", r)}
		}
	}()
	cells, ok = row(v)
	return cells, ok, nil
}

// failed are the rows of a source that cannot be read.
func failed(err error) table.Rows {
	return func(yield func([]any, error) bool) { yield(nil, err) }
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}
