package table

import (
	"bytes"
	"context"
	"iter"
	"net/http"
	"net/url"
	"strings"

	"ronda/platform/fault"
)

// Format is a form in which a list leaves the house.
type Format string

// The formats, as they stand in an address: ?formato=csv.
const (
	CSV  Format = "csv"
	JSON Format = "json"
	XLSX Format = "xlsx"
)

// Formats lists them in the order in which a page offers them.
var Formats = []Format{CSV, XLSX, JSON}

const param = "formato"

var mimes = map[Format]string{
	CSV:  "text/csv; charset=utf-8; header=present",
	JSON: "application/json; charset=utf-8",
	XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// Asked is the format that an address asks for, ok false for the page itself.
func Asked(r *http.Request) (f Format, ok bool) {
	f = Format(r.URL.Query().Get(param))
	return f, f != ""
}

// Address is the address of the same list in a format: the path and filters of
// the request with ?formato=, without the parameters named, which are those that
// choose a page of the list.
func Address(r *http.Request, f Format, without ...string) string {
	q := r.URL.Query()
	for _, name := range without {
		q.Del(name)
	}
	q.Set(param, string(f))
	return (&url.URL{Path: r.URL.Path, RawQuery: q.Encode()}).String()
}

// Serve answers with the list as a file called name (without its ending) in the
// format that the address asks for; ?bom=1 adds the mark that some spreadsheets
// need to read accents in CSV. A format that does not exist is Invalid. An error
// of the rows before anything is sent is returned; later it breaks the download
// off, so that nobody takes half a list for the whole.
func Serve(w http.ResponseWriter, r *http.Request, name string, columns []Column, rows Rows) error {
	f, _ := Asked(r)
	mime, ok := mimes[f]
	if !ok {
		return fault.New(fault.Invalid, "table.format")
	}
	next, stop := iter.Pull2(rows)
	defer stop()
	first, err, some := next()
	if err != nil {
		return err
	}
	mark := r.URL.Query().Get("bom") == "1"
	h := w.Header()
	h.Set("Content-Type", mime)
	h.Set("Content-Disposition", `attachment; filename="`+fileName(name)+"."+string(f)+`"`)
	if f == XLSX { // made as a whole before it is sent
		var b bytes.Buffer
		if err := WriteXLSX(r.Context(), &b, name, columns, resumed(first, some, next)); err != nil {
			h.Del("Content-Disposition")
			return err
		}
		_, _ = b.WriteTo(w) // the visitor may have left
		return nil
	}
	if err := stream(r.Context(), w, f, mark, columns, resumed(first, some, next)); err != nil {
		panic(http.ErrAbortHandler)
	}
	return nil
}

func stream(ctx context.Context, w http.ResponseWriter, f Format, mark bool, columns []Column, rows Rows) error {
	if f == JSON {
		return WriteJSON(ctx, w, columns, rows)
	}
	return WriteCSV(ctx, w, columns, rows, mark)
}

// resumed gives the first row, if there is any, and then the others.
func resumed(first []any, some bool, next func() ([]any, error, bool)) Rows {
	return func(yield func([]any, error) bool) {
		row, err, ok := first, error(nil), some
		for ok && yield(row, err) && err == nil {
			row, err, ok = next()
		}
	}
}

// fileName keeps what is safe in every header and file system.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_':
			return r
		case r == ' ' || r == '.':
			return '-'
		}
		return -1
	}, name)
	if name == "" {
		return "ronda"
	}
	return name
}
