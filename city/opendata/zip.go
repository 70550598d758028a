package opendata

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/table"
	"ronda/platform/web"
)

// skippedMost is how many rows left out the whole names one by one; the others are
// counted.
const skippedMost = 1000

// WriteAll writes every dataset, every file, the dictionary and the rows that were
// left out on the way as one ZIP, file after file.
func (c *Catalogue) WriteAll(ctx context.Context, w io.Writer, f table.Format) error {
	p := &parcel{c: c, zip: zip.NewWriter(w), format: f, at: clock.Now(ctx)}
	if err := p.file(i18n.T(ctx, "opendata.readme.name"), func(w io.Writer) error { return p.readme(ctx, w) }); err != nil {
		return err
	}
	for _, d := range c.sets {
		if d.Name == leftOutName {
			continue // written last, of this reading
		}
		if err := p.list(ctx, d, c.Rows(ctx, d, nil, p.note)); err != nil {
			return err
		}
	}
	for _, x := range c.files {
		err := p.file(x.Name, func(w io.Writer) error { return x.Write(ctx, w, p.note) })
		if err != nil && !fault.Is(err, fault.NotFound) { // what has nothing to say is left out
			return err
		}
	}
	if err := p.leftOut(ctx); err != nil {
		return err
	}
	return p.zip.Close()
}

// parcel is a ZIP on its way.
type parcel struct {
	c       *Catalogue
	zip     *zip.Writer
	format  table.Format
	at      time.Time
	skipped []Skipped
}

func (p *parcel) note(s Skipped) {
	if len(p.skipped) < skippedMost {
		p.skipped = append(p.skipped, s)
	}
}

// file adds a file that write writes; one of which nothing is written is none.
func (p *parcel) file(name string, write func(io.Writer) error) error {
	if err := write(&entry{p: p, name: name}); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// entry is a file of a parcel, which its first byte opens.
type entry struct {
	p    *parcel
	name string
	w    io.Writer
}

// Write writes to the file.
func (e *entry) Write(b []byte) (int, error) {
	if e.w == nil {
		w, err := e.p.zip.CreateHeader(&zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: e.p.at})
		if err != nil {
			return 0, err
		}
		e.w = w
	}
	return e.w.Write(b)
}

func (p *parcel) list(ctx context.Context, d Dataset, rows table.Rows) error {
	return p.file(d.Name+"."+string(p.format), func(w io.Writer) error {
		if p.format == table.JSON {
			return table.WriteJSON(ctx, w, d.Columns(), rows)
		}
		return table.WriteCSV(ctx, w, d.Columns(), rows, false)
	})
}

func (p *parcel) leftOut(ctx context.Context) error {
	d, err := p.c.Set(leftOutName)
	if err != nil {
		return err
	}
	return p.list(ctx, d, func(yield func([]any, error) bool) {
		for _, s := range p.skipped {
			if !yield(s.cells(ctx), nil) {
				return
			}
		}
	})
}

// readme says what the parcel holds and how it may be used.
func (p *parcel) readme(ctx context.Context, w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n%s\n", i18n.T(ctx, "opendata.title"), i18n.T(ctx, "opendata.readme.at", "at", i18n.DateTime(ctx, p.at.In(web.Zone(ctx)))), web.Origin(ctx)+"/datos")
	fmt.Fprintf(&b, "\n%s\n%s\n\n", i18n.T(ctx, "opendata.licence"), i18n.T(ctx, "opendata.readme.moment"))
	for _, d := range p.c.sets {
		fmt.Fprintf(&b, "%s.%s\n    %s\n", d.Name, p.format, i18n.T(ctx, d.About))
	}
	for _, x := range p.c.files {
		fmt.Fprintf(&b, "%s\n    %s\n", x.Name, i18n.T(ctx, x.About))
	}
	_, err := io.WriteString(w, strings.ReplaceAll(b.String(), "\n", "\r\n"))
	return err
}
