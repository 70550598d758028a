package opendata

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/url"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/table"
)

// Why a row was left out; each has its message.
const (
	whyUnreadable = "unreadable" // the database holds something else than it should
	whyBroken     = "broken"     // its module makes no row of it
	whyCells      = "cells"      // not one value a field
	whyText       = "text"       // no text in UTF-8
	whyNumber     = "number"     // no number
	whyDay        = "day"        // no day of the calendar
	whyTime       = "time"       // no time between the years 1 and 9999
)

// Broken is a row that is left out. As the error of a row it does not end the rows.
type Broken struct {
	Field string // key of the field at fault; empty for the whole row
	Why   string // code
	Cause error  // for the log; nothing of it is published
}

// Error says it to the log.
func (b *Broken) Error() string {
	return fmt.Sprintf("opendata: row left out, field %q: %s: %v", b.Field, b.Why, b.Cause)
}

// Unwrap gives the cause.
func (b *Broken) Unwrap() error { return b.Cause }

// Skipped is what the report says of a row that was left out.
type Skipped struct {
	Dataset   string
	Row       int    // which one of those read, from 1
	Reference string // what stands in its first field, e.g. the number of the initiative
	Field     string
	Why       string
}

// careful are the rows of a dataset that can be said, read as somebody without an
// account; told hears of every other one.
func careful(ctx context.Context, d Dataset, asked url.Values, told func(Skipped)) table.Rows {
	return func(yield func([]any, error) bool) {
		n := 0
		skip := func(row []any, b *Broken) {
			slog.WarnContext(ctx, "open data: a row is left out", "dataset", d.Name, "row", n, "error", b)
			told(Skipped{Dataset: d.Name, Row: n, Reference: reference(row), Field: b.Field, Why: b.Why})
		}
		ctx := db.Skipping(people.With(ctx, people.Standing{}), func(err error) {
			n++
			skip(nil, &Broken{Why: whyUnreadable, Cause: err})
		})
		for row, err := range d.Rows(ctx, asked) {
			n++
			var broken *Broken
			switch {
			case errors.As(err, &broken):
			case err != nil:
				yield(nil, err)
				return
			default:
				broken = flaw(d.Fields, row)
			}
			if broken != nil {
				skip(row, broken)
				continue
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// reference is the first cell when it is a short text.
func reference(row []any) string {
	if len(row) == 0 {
		return ""
	}
	if s, ok := row[0].(string); ok && len(s) < 100 && sayable(s) {
		return s
	}
	return ""
}

// flaw is the first thing that keeps a row from being written, nil for none.
func flaw(fields []Field, row []any) *Broken {
	if len(row) != len(fields) {
		return &Broken{Why: whyCells, Cause: fmt.Errorf("%d values for %d fields", len(row), len(fields))}
	}
	for n, f := range fields {
		if why := unfit(f.Kind, row[n]); why != "" {
			return &Broken{Field: f.Key, Why: why}
		}
	}
	return nil
}

// unfit says why a value cannot stand in a column of a kind, empty when it can.
func unfit(kind table.Kind, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case time.Time:
		if kind != table.Time || v.Year() < 1 || v.Year() > 9999 {
			return whyTime
		}
		return ""
	case clock.Day:
		if _, err := clock.ParseDay(string(v)); v != "" && (err != nil || kind != table.Day) {
			return whyDay
		}
		return ""
	}
	switch rv := reflect.ValueOf(v); {
	case rv.CanInt(), rv.CanUint():
		return wrongUnless(kind == table.Number, whyNumber)
	case rv.CanFloat():
		return wrongUnless(kind == table.Number && !math.IsNaN(rv.Float()) && !math.IsInf(rv.Float(), 0), whyNumber)
	case rv.Kind() == reflect.String:
		return wrongUnless((kind == table.Text || kind == table.Link) && sayable(rv.String()), whyText)
	}
	return string(kind)
}

func wrongUnless(right bool, why string) string {
	if right {
		return ""
	}
	return why
}

// sayable says whether a text can stand in every format.
func sayable(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }
