package opendata

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"sync"
	"time"

	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/table"
)

// File is public data that is no list, e.g. the portfolio as XML.
type File struct {
	Name  string // at the end of its address, and in the whole: "iati.xml"
	Href  string
	Title string // message key
	About string // message key
	Mime  string
	Write func(ctx context.Context, w io.Writer, told func(Skipped)) error
}

// Catalogue is everything that is given away.
type Catalogue struct {
	sets   []Dataset
	files  []File
	mu     sync.Mutex
	census map[string]Census
}

// Census is how many rows a dataset had when it was last read whole.
type Census struct {
	At            time.Time
	Rows, Skipped int
}

// NewCatalogue makes a catalogue of datasets and files, and adds the lists that
// tell of the others: the dictionary and the rows left out.
func NewCatalogue(sets []Dataset, files []File) *Catalogue {
	c := &Catalogue{sets: sets, files: files, census: map[string]Census{}}
	c.sets = append(c.sets, c.dictionary(), c.leftOut())
	return c
}

// Sets are the datasets in the order of the catalogue.
func (c *Catalogue) Sets() []Dataset { return c.sets }

// Files are the files.
func (c *Catalogue) Files() []File { return c.files }

// Set is the dataset of a name; NotFound.
func (c *Catalogue) Set(name string) (Dataset, error) {
	for _, d := range c.sets {
		if d.Name == name {
			return d, nil
		}
	}
	return Dataset{}, fault.New(fault.NotFound, "fault.notfound")
}

// Rows are the rows of a dataset that can be said; told, which may be nil, hears of
// the others. A reading of the whole is counted.
func (c *Catalogue) Rows(ctx context.Context, d Dataset, asked url.Values, told func(Skipped)) table.Rows {
	return func(yield func([]any, error) bool) {
		count := Census{}
		rows := careful(ctx, d, asked, func(s Skipped) {
			count.Skipped++
			if told != nil {
				told(s)
			}
		})
		for row, err := range rows {
			if !yield(row, err) || err != nil {
				return
			}
			count.Rows++
		}
		if !narrowed(asked) {
			count.At = clock.Now(ctx)
			c.keep(d.Name, count)
		}
	}
}

// narrowed says whether an address asks for less than the whole list.
func narrowed(asked url.Values) bool {
	for name := range asked {
		if name != "formato" && name != "bom" && name != "lang" {
			return true
		}
	}
	return false
}

func (c *Catalogue) keep(name string, count Census) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.census[name] = count
}

// Counted is the newest census of a dataset, ok false before the first.
func (c *Catalogue) Counted(name string) (Census, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	x, ok := c.census[name]
	return x, ok
}

// Count reads every list once and keeps how long it is. A list that cannot be read
// keeps the count it had; all their errors come back as one.
func (c *Catalogue) Count(ctx context.Context) error {
	var first error
	for _, d := range c.sets {
		if d.Name == leftOutName { // counting it would read everything again
			continue
		}
		for _, err := range c.Rows(ctx, d, nil, nil) {
			if err != nil && first == nil {
				first = fmt.Errorf("counting %s: %w", d.Name, err)
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return first
}

// Run counts at once and then every hour until ctx ends; failed hears of errors.
func (c *Catalogue) Run(ctx context.Context, failed func(error)) {
	for wait := settling; ; wait = countEvery {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		if err := c.Count(ctx); err != nil && ctx.Err() == nil {
			failed(err)
		}
	}
}

const (
	settling   = time.Minute // a start has better things to do first
	countEvery = time.Hour
)

// Write writes a list in a format to w.
func (c *Catalogue) Write(ctx context.Context, w io.Writer, name string, f table.Format) error {
	d, err := c.Set(name)
	if err != nil {
		return err
	}
	rows := c.Rows(ctx, d, nil, nil)
	switch f {
	case table.JSON:
		return table.WriteJSON(ctx, w, d.Columns(), rows)
	case table.XLSX:
		return table.WriteXLSX(ctx, w, d.Name, d.Columns(), rows)
	}
	return table.WriteCSV(ctx, w, d.Columns(), rows, false)
}
