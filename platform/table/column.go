package table

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"

	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/web"
)

// Kind is what a column holds.
type Kind string

// The kinds. A nil, an empty day and the zero time are an empty cell.
const (
	Text   Kind = "text"   // string
	Number Kind = "number" // any integer or float
	Day    Kind = "day"    // clock.Day
	Time   Kind = "time"   // time.Time; in the city's zone, in JSON in UTC
	Link   Kind = "link"   // string; a path of this site becomes a whole address
)

// Column describes one column of a list.
type Column struct {
	Key   string // name in JSON, e.g. "opened_at"
	Label string // message key of the heading in CSV and XLSX
	Kind  Kind
}

// heading is the column's heading in the language of ctx.
func (c Column) heading(ctx context.Context) string { return i18n.T(ctx, c.Label) }

// cell is a value as its column understands it: nil, string, int64, float64 or
// time.Time. A day stays a string.
func (c Column) cell(ctx context.Context, v any) any {
	switch v := v.(type) {
	case nil:
		return nil
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return v
	case clock.Day:
		if v == "" {
			return nil
		}
		return string(v)
	case string:
		if c.Kind == Link {
			return link(ctx, v)
		}
		return v
	}
	return number(v)
}

// number is a value that is counted or measured; anything else is its text.
func number(v any) any {
	switch rv := reflect.ValueOf(v); {
	case rv.CanInt():
		return rv.Int()
	case rv.CanUint() && rv.Uint() <= math.MaxInt64:
		return int64(rv.Uint())
	case rv.CanFloat() && !math.IsNaN(rv.Float()) && !math.IsInf(rv.Float(), 0):
		return rv.Float()
	case rv.CanFloat():
		return nil
	case rv.Kind() == reflect.String:
		return rv.String()
	}
	return fmt.Sprint(v)
}

func link(ctx context.Context, path string) string {
	if strings.HasPrefix(path, "/") {
		return web.Origin(ctx) + path
	}
	return path
}

// plain is a cell as text for CSV: numbers with a decimal point, days and times
// in the order year, month, day.
func plain(ctx context.Context, cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case time.Time:
		return v.In(web.Zone(ctx)).Format(time.DateTime)
	case string:
		return Harmless(v)
	}
	return Harmless(fmt.Sprint(cell))
}

// value is a cell for JSON.
func value(cell any) json.RawMessage {
	if t, ok := cell.(time.Time); ok {
		cell = t.UTC()
	}
	text, err := json.Marshal(cell)
	if err != nil { // a time after the year 9999
		return json.RawMessage("null")
	}
	return text
}

// Harmless puts an apostrophe before a text that a spreadsheet would take for a
// formula. Read takes it away again.
func Harmless(text string) string {
	if runs(text) {
		return "'" + text
	}
	return text
}

// Restored is the text that Harmless was given.
func Restored(text string) string {
	if rest, ok := strings.CutPrefix(text, "'"); ok && runs(rest) {
		return rest
	}
	return text
}

// runs says whether the text, after any apostrophes, begins like a formula.
func runs(text string) bool {
	text = strings.TrimLeft(text, "'")
	return text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0]))
}
