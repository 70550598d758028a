package table

import (
	"bytes"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ronda/platform/fault"
)

// Limits bound what is read.
type Limits struct {
	Bytes    int64 // of the file
	Rows     int   // with something in them, below the heading
	Columns  int
	Cell     int   // bytes of one cell
	Cells    int   // in the whole list
	Unpacked int64 // XLSX: bytes of all that is inside
	Entries  int   // XLSX: files inside
	Ratio    int64 // XLSX: how many times bigger the inside may be than the file, above a few MiB
}

// Usual are limits for a list that a person made.
var Usual = Limits{Bytes: 10 << 20, Rows: 20_000, Columns: 200, Cell: 64 << 10, Cells: 2_000_000, Unpacked: 64 << 20, Entries: 500, Ratio: 100}

// Sheet is a list that was read.
type Sheet struct {
	Head []string // the first row with something in it, without spaces around
	Line int      // its line in the file, from 1
	Rows []Row    // rows with something in them
}

// Row is one row. It has as many cells as the heading.
type Row struct {
	Line  int // in the file, from 1: the line or row that the sender sees
	Cells []string
}

// Column is the place of the column with one of the names, -1 without one.
// Capitals, accents and spaces do not matter.
func (s Sheet) Column(names ...string) int {
	for i, head := range s.Head {
		for _, name := range names {
			if folded(head) == folded(name) {
				return i
			}
		}
	}
	return -1
}

// Cell is the cell of a row in a column as Column gives it, "" for -1.
func (r Row) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

func folded(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(name))
}

// Read reads a list from a CSV or XLSX file, which it knows by what is in it and
// not by its name. What is wrong is fault.Invalid; its message says the line
// where there is one. Other errors are those of r.
func Read(r io.Reader, limits Limits) (Sheet, error) {
	data, err := io.ReadAll(io.LimitReader(r, limits.Bytes+1))
	if err != nil {
		return Sheet{}, err
	}
	if int64(len(data)) > limits.Bytes {
		return Sheet{}, fault.New(fault.Invalid, "table.too_big", "max", limits.Bytes>>20)
	}
	b := &builder{limits: limits}
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		err = readXLSX(data, b)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		err = fault.New(fault.Invalid, "table.old_excel")
	case bytes.HasPrefix(data, []byte("%PDF")):
		err = fault.New(fault.Invalid, "table.not_a_list")
	default:
		err = readCSV(data, b)
	}
	if err == nil && b.sheet.Head == nil {
		err = fault.New(fault.Invalid, "table.empty")
	}
	if err != nil {
		return Sheet{}, err
	}
	return b.sheet, nil
}

// builder puts rows together and holds them to the limits.
type builder struct {
	limits Limits
	sheet  Sheet
	cells  int // so far
}

// add takes the row of a line; an empty one is left out.
func (b *builder) add(line int, cells []string) error {
	cells = trimmed(cells)
	if len(cells) == 0 {
		return nil
	}
	if len(cells) > b.limits.Columns {
		return wrong("table.columns", line, "max", b.limits.Columns)
	}
	for i, c := range cells {
		if len(c) > b.limits.Cell {
			return wrong("table.cell", line, "column", i+1, "max", b.limits.Cell>>10)
		}
		if !readable(c) {
			return wrong("table.encoding", line, "column", i+1)
		}
	}
	if b.cells += len(cells); b.cells > b.limits.Cells {
		return fault.New(fault.Invalid, "table.cells", "max", b.limits.Cells)
	}
	if b.sheet.Head == nil {
		b.sheet.Head, b.sheet.Line = cells, line
		return nil
	}
	if len(cells) > len(b.sheet.Head) {
		return wrong("table.wide", line, "cells", len(cells), "columns", len(b.sheet.Head))
	}
	if len(b.sheet.Rows) == b.limits.Rows {
		return fault.New(fault.Invalid, "table.rows", "max", b.limits.Rows)
	}
	full := make([]string, len(b.sheet.Head))
	copy(full, cells)
	b.sheet.Rows = append(b.sheet.Rows, Row{Line: line, Cells: full})
	return nil
}

// trimmed is the cells without spaces around and without empty ones at the end.
func trimmed(cells []string) []string {
	last := 0
	for i, c := range cells {
		cells[i] = strings.TrimSpace(c)
		if cells[i] != "" {
			last = i + 1
		}
	}
	return cells[:last]
}

// readable refuses control characters other than tabs and line ends.
func readable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return (r < ' ' && r != '\t' && r != '\n' && r != '\r') || r == 0x7f || r == 0xfffe || r == 0xffff || r == unicode.ReplacementChar
	})
}

// wrong is a fault at a line.
func wrong(key string, line int, args ...any) error {
	return fault.New(fault.Invalid, key, append([]any{"line", line}, args...)...)
}
