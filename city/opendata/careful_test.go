package opendata

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"

	"ronda/platform/clock"
	"ronda/platform/table"
)

// made1 is a list made up for a test.
func listOf(rows table.Rows, fields ...string) Dataset {
	return define(partAbout, "prueba", "test", func(context.Context, url.Values) table.Rows { return rows }, fields...)
}

func rowsOf(all ...[]any) table.Rows {
	return func(yield func([]any, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// Each way in which a row can be wrong costs that row alone and is named.
func TestWhatCannotBeSaidIsLeftOut(t *testing.T) {
	day := clock.Day("2026-03-24")
	good := []any{"a", 1, day, time.Unix(1, 0)}
	var told []string
	d := listOf(rowsOf(good, []any{"cells"}, []any{"bad\xff", 1, day, nil}, []any{"b", math.NaN(), day, nil}, []any{"c", "1", day, nil}, []any{"d", 1, clock.Day("2026-02-30"), nil},
		[]any{"e", 1, day, time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)}, []any{nil, nil, nil, nil}, good), "name text", "n number", "day day", "at time")
	kept := 0
	for row, err := range careful(t.Context(), d, nil, func(s Skipped) { told = append(told, s.Why) }) {
		if err != nil || len(row) != 4 {
			t.Fatal(row, err)
		}
		kept++
	}
	if got := strings.Join(told, " "); kept != 3 || got != "cells text number text day time" && got != "cells text number number day time" {
		t.Errorf("kept %d, left out %s", kept, got)
	}
}

// What a module trips over is one row; a source that fails ends the list.
func TestATripIsNoFall(t *testing.T) {
	rows := stream(func(fn func(int) error) error {
		for n := range 3 {
			if err := fn(n); err != nil {
				return err
			}
		}
		return errors.New("the source is gone")
	}, func(n int) []any { return []any{[]string{"a", "b"}[n%2] + string([]byte("xyz")[:1+n*n]), nil} })
	var told []Skipped
	var out, failed int
	for _, err := range careful(t.Context(), listOf(rows, "name text", "n number"), nil, func(s Skipped) { told = append(told, s) }) {
		if err != nil {
			failed++
			continue
		}
		out++
	}
	if out != 2 || len(told) != 1 || told[0].Why != whyBroken || failed != 1 {
		t.Errorf("%d rows, %d failures, left out %+v", out, failed, told)
	}
}

// measuring is a sink that notes the largest heap while it is written to.
type measuring struct {
	n, wrote int
	peak     uint64
}

func (m *measuring) Write(p []byte) (int, error) {
	m.wrote += len(p)
	if m.n++; m.n%64 == 0 {
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		m.peak = max(m.peak, s.HeapAlloc)
	}
	return len(p), nil
}

// A list of any length needs the memory of a row: 120,000 rows of a hundred
// characters and more leave in a few megabytes, one list or all.
func TestListsLeaveInLittleMemory(t *testing.T) {
	text := strings.Repeat("palabra ", 15)
	d := listOf(func(yield func([]any, error) bool) {
		for n := range 120_000 {
			if !yield([]any{text, n}, nil) {
				return
			}
		}
	}, "name text", "n number")
	c := NewCatalogue([]Dataset{d}, nil)
	for name, write := range map[string]func(io.Writer) error{
		"csv":  func(w io.Writer) error { return c.Write(t.Context(), w, "prueba", table.CSV) },
		"json": func(w io.Writer) error { return c.Write(t.Context(), w, "prueba", table.JSON) },
		"zip":  func(w io.Writer) error { return c.WriteAll(t.Context(), w, table.CSV) },
	} {
		runtime.GC()
		var before runtime.MemStats
		runtime.ReadMemStats(&before)
		m := &measuring{}
		if err := write(m); err != nil {
			t.Fatal(name, err)
		}
		if grew := int64(m.peak) - int64(before.HeapAlloc); grew > 24<<20 {
			t.Errorf("%s: the heap grew by %d MiB for %d MiB", name, grew>>20, m.wrote>>20)
		}
	}
	if x, ok := c.Counted("prueba"); !ok || x.Rows != 120_000 {
		t.Errorf("counted %+v", x)
	}
}

// Whatever stands in a cell, CSV and JSON can be read again and no spreadsheet
// runs it.
func FuzzCells(f *testing.F) {
	for _, s := range []string{"=1+1", "+a", "-a", "@a", "\t=1", "'=1", "a\xffb", "a\x00b", "\r\n", `"`, "ñandú"} {
		f.Add(s, 1.5)
	}
	f.Fuzz(func(t *testing.T, s string, n float64) {
		c := NewCatalogue([]Dataset{listOf(rowsOf([]any{s, n}, []any{"last", 1}), "name text", "n number")}, nil)
		var text, object bytes.Buffer
		if err := errors.Join(c.Write(t.Context(), &text, "prueba", table.CSV), c.Write(t.Context(), &object, "prueba", table.JSON)); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&text).ReadAll()
		var all []map[string]any
		if jerr := json.Unmarshal(object.Bytes(), &all); err != nil || jerr != nil || len(all) != len(rows)-1 || rows[len(rows)-1][0] != "last" {
			t.Fatalf("%v %v: %d objects, %q", err, jerr, len(all), rows)
		}
		if len(all) == 2 && (rows[1][0] != "" && strings.ContainsAny(rows[1][0][:1], "=+-@\t\r\n") || all[0]["name"] != s) {
			t.Errorf("%q leaves as %q and %q", s, rows[1][0], all[0]["name"])
		}
	})
}

// A source that fails breaks the whole off instead of ending it.
func TestAHalfIsNotTheWhole(t *testing.T) {
	c := NewCatalogue([]Dataset{listOf(failed(errors.New("gone")), "name text")}, nil)
	var out bytes.Buffer
	if err := c.WriteAll(t.Context(), &out, table.CSV); err == nil {
		t.Error("a whole without one of its lists is no error")
	}
	if _, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len())); err == nil {
		t.Error("what was sent can be taken for the whole")
	}
}
