package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"ronda/platform/web"
)

const (
	cellMax     = excelize.TotalCellChars // characters of an XLSX cell; the format allows no more
	columnWidth = 22
)

// WriteXLSX writes a sheet called name with a bold heading that stays in view
// and a filter. Times are in the city's zone, because the format knows none.
func WriteXLSX(ctx context.Context, w io.Writer, name string, columns []Column, rows Rows) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	x, err := newSheet(ctx, f, name, columns)
	if err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	for row, err := range rows {
		if err := fits(columns, row, err); err != nil {
			return err
		}
		if err := x.write(row); err != nil {
			return fmt.Errorf("xlsx: %w", err)
		}
	}
	if err := x.stream.Flush(); err != nil {
		return fmt.Errorf("xlsx: %w", err)
	}
	return f.Write(w)
}

type sheet struct {
	ctx     context.Context
	stream  *excelize.StreamWriter
	columns []Column
	styles  map[Kind]int
	line    int
	cells   []any
}

func newSheet(ctx context.Context, f *excelize.File, name string, columns []Column) (*sheet, error) {
	name = sheetName(name)
	if err := f.SetSheetName(f.GetSheetName(0), name); err != nil {
		return nil, err
	}
	stream, err := f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	x := &sheet{ctx: ctx, stream: stream, columns: columns, styles: map[Kind]int{}, line: 1, cells: make([]any, len(columns))}
	day, moment := "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"
	bold, err1 := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	var err2, err3 error
	x.styles[Day], err2 = f.NewStyle(&excelize.Style{CustomNumFmt: &day})
	x.styles[Time], err3 = f.NewStyle(&excelize.Style{CustomNumFmt: &moment})
	err = errors.Join(err1, err2, err3,
		stream.SetColWidth(1, max(1, len(columns)), columnWidth),
		stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	if err != nil {
		return nil, err
	}
	for i, c := range columns {
		x.cells[i] = excelize.Cell{StyleID: bold, Value: c.heading(ctx)}
	}
	return x, stream.SetRow("A1", x.cells)
}

func (x *sheet) write(row []any) error {
	x.line++
	for i, c := range x.columns {
		x.cells[i] = x.cell(c, c.cell(x.ctx, row[i]))
	}
	return x.stream.SetRow(fmt.Sprintf("A%d", x.line), x.cells)
}

// cell is a value as the sheet stores it. A text is stored as a text, so nothing
// in it runs.
func (x *sheet) cell(c Column, v any) any {
	switch v := v.(type) {
	case time.Time:
		return excelize.Cell{StyleID: x.styles[Time], Value: wall(v.In(web.Zone(x.ctx)))}
	case string:
		if c.Kind == Day {
			if t, err := time.Parse(time.DateOnly, v); err == nil {
				return excelize.Cell{StyleID: x.styles[Day], Value: t}
			}
		}
		return shortened(v)
	}
	return v
}

// wall is what the clock on the wall shows, written as if it were UTC.
func wall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

func shortened(text string) string {
	if len(text) <= cellMax {
		return text // in bytes at most what is allowed in characters
	}
	runes := []rune(text)
	if len(runes) <= cellMax/2 { // the format counts in UTF-16
		return text
	}
	return string(runes[:cellMax/2-1]) + "…"
}

// sheetName is a name that the format takes: at most 31 characters, none of
// them one of :\/?*[] and no apostrophe at the ends.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) || r < ' ' {
			return '-'
		}
		return r
	}, name)
	name = strings.Trim(name, "' ")
	if runes := []rune(name); len(runes) > 31 {
		name = strings.Trim(string(runes[:31]), "' ")
	}
	if name == "" {
		return "1"
	}
	return name
}
