package table

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
)

// Rows are the rows of a list, each with a value for each column in order. An
// error ends them.
type Rows = iter.Seq2[[]any, error]

// bom marks a text as UTF-8 for spreadsheets that would guess otherwise.
const bom = "\uFEFF"

// WriteCSV writes a heading and the rows as CSV in UTF-8 with commas, with a
// byte order mark when mark is set.
func WriteCSV(ctx context.Context, w io.Writer, columns []Column, rows Rows, mark bool) error {
	if mark {
		if _, err := io.WriteString(w, bom); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(columns))
	for i, c := range columns {
		line[i] = Harmless(c.heading(ctx))
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for row, err := range rows {
		if err := fits(columns, row, err); err != nil {
			return err
		}
		for i, c := range columns {
			line[i] = plain(ctx, c.cell(ctx, row[i]))
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// WriteJSON writes the rows as an array of objects, one on each line.
func WriteJSON(ctx context.Context, w io.Writer, columns []Column, rows Rows) error {
	out := bufio.NewWriter(w)
	names := make([]json.RawMessage, len(columns))
	for i, c := range columns {
		names[i] = value(c.Key)
	}
	separator := "[\n"
	for row, err := range rows {
		if err := fits(columns, row, err); err != nil {
			return err
		}
		_, _ = out.WriteString(separator) // bufio keeps the first error for Flush
		for i, c := range columns {
			before := ","
			if i == 0 {
				before = "{"
			}
			fmt.Fprintf(out, "%s%s:%s", before, names[i], value(c.cell(ctx, row[i])))
		}
		_, _ = out.WriteString("}")
		separator = ",\n"
	}
	if separator == "[\n" {
		_, _ = out.WriteString("[")
	}
	_, _ = out.WriteString("\n]\n")
	return out.Flush()
}

// fits is the error of a row, or that it does not have a value for each column.
func fits(columns []Column, row []any, err error) error {
	if err == nil && len(row) != len(columns) {
		err = fmt.Errorf("table: a row of %d values for %d columns", len(row), len(columns))
	}
	return err
}
