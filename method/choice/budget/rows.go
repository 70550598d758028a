package budget

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxRow bounds one row, so that a file without line ends cannot fill memory.
const maxRow = 16 << 20

// rows reads a .pb file row by row: fields between semicolons, quoted as in CSV.
type rows struct {
	in    *bufio.Reader
	line  int    // number of the last line read, from 1
	start int    // number of the line on which the row began
	long  []byte // a row that did not fit the buffer, or spans lines
}

func newRows(r io.Reader) *rows { return &rows{in: bufio.NewReaderSize(r, 1<<18)} }

// fail is an error at the row read last.
func (r *rows) fail(format string, args ...any) error {
	return fmt.Errorf("line %d: %w", r.start, fmt.Errorf(format, args...))
}

// next is the next row that is not blank, without its line end; it stays valid
// until the next call. The error is io.EOF after the last one.
func (r *rows) next() ([]byte, error) {
	for {
		row, err := r.readLine()
		if err != nil {
			return nil, err
		}
		r.start = r.line
		if r.line == 1 {
			row = bytes.TrimPrefix(row, []byte("\xef\xbb\xbf"))
		}
		if len(bytes.TrimSpace(row)) == 0 {
			continue
		}
		if bytes.IndexByte(row, '"') < 0 || !openQuote(row) {
			return row, nil
		}
		return r.joinLines(row)
	}
}

// readLine reads one line of the file.
func (r *rows) readLine() ([]byte, error) {
	r.long = r.long[:0]
	for {
		part, err := r.in.ReadSlice('\n')
		whole := len(r.long) == 0
		if !errors.Is(err, bufio.ErrBufferFull) && whole && len(part) > 0 {
			r.line++
			return trimEnd(part), nilAtEnd(err)
		}
		r.long = append(r.long, part...)
		switch {
		case len(r.long) > maxRow:
			return nil, fmt.Errorf("line %d: longer than %d bytes", r.line+1, maxRow)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && len(r.long) == 0:
			return nil, err
		}
		r.line++
		return trimEnd(r.long), nilAtEnd(err)
	}
}

func nilAtEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func trimEnd(line []byte) []byte { return bytes.TrimRight(line, "\r\n") }

// joinLines adds the lines that a quoted field runs on to.
func (r *rows) joinLines(row []byte) ([]byte, error) {
	joined := bytes.Clone(row)
	for openQuote(joined) {
		line, err := r.readLine()
		if errors.Is(err, io.EOF) {
			return nil, r.fail("a quotation mark opens a field and is never closed")
		}
		if err != nil {
			return nil, err
		}
		if joined = append(append(joined, '\n'), line...); len(joined) > maxRow {
			return nil, r.fail("a quoted field is longer than %d bytes", maxRow)
		}
	}
	return joined, nil
}

// openQuote says whether the row ends inside a quoted field.
func openQuote(row []byte) bool {
	for len(row) > 0 {
		var closed bool
		if _, row, closed = cut(row); !closed {
			return true
		}
	}
	return false
}

// cut splits the first field off a row; closed is false when its quotation mark
// is never closed.
func cut(row []byte) (field, rest []byte, closed bool) {
	if row[0] == '"' {
		return cutQuoted(row)
	}
	if i := bytes.IndexByte(row, ';'); i >= 0 {
		return row[:i], row[i+1:], true
	}
	return row, nil, true
}

// cutQuoted reads a field that starts with a quotation mark. What stands between
// the closing mark and the semicolon is kept, as spreadsheets do.
func cutQuoted(row []byte) (field, rest []byte, closed bool) {
	end := 1
	for end < len(row) {
		if row[end] != '"' {
			end++
			continue
		}
		if end+1 < len(row) && row[end+1] == '"' {
			end += 2
			continue
		}
		tail, rest := row[end+1:], []byte(nil)
		if i := bytes.IndexByte(tail, ';'); i >= 0 {
			tail, rest = tail[:i], tail[i+1:]
		}
		return append(bytes.ReplaceAll(row[1:end], []byte(`""`), []byte(`"`)), tail...), rest, true
	}
	return row, nil, false
}

// fields splits a row into texts.
func fields(row []byte) []string {
	var out []string
	for {
		if len(row) == 0 {
			return append(out, "")
		}
		field, rest, _ := cut(row)
		out = append(out, string(field))
		if rest == nil {
			return out
		}
		row = rest
	}
}

// columns maps the names of a header row to their places.
func columns(header []string) map[string]int {
	at := make(map[string]int, len(header))
	for i, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := at[name]; !twice {
			at[name] = i
		}
	}
	return at
}
