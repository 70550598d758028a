// Package sheet reads tables as people export them: comma, semicolon or tab
// between the columns, found by name and in any order, with or without a byte
// order mark, a "sep=" line, doubled quotes round whole rows, or a few cells in
// the encoding of an old spreadsheet. What is no table at all is refused with a
// reason.
package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// ErrNotTable says that the text is something else, most often the page of
// error that a portal sent instead of its file.
var ErrNotTable = errors.New("this is a page of HTML, not a table")

// maxPeek bounds what is looked at to guess the separator, in bytes.
const maxPeek = 64 << 10

// Sheet is an open table, read row by row.
type Sheet struct {
	rows    *csv.Reader
	header  []string
	columns map[string]int
	wrapped bool // each row is one quoted cell
}

// Open reads the header of a table. It fails with [ErrNotTable] on HTML and
// with io.ErrUnexpectedEOF on an empty text.
func Open(r io.Reader) (*Sheet, error) {
	buffered := bufio.NewReaderSize(r, maxPeek)
	if err := skipMark(buffered); err != nil {
		return nil, err
	}
	separator, err := guess(buffered)
	if err != nil {
		return nil, err
	}
	s := &Sheet{rows: csv.NewReader(buffered)}
	s.rows.Comma, s.rows.LazyQuotes = separator, true
	s.rows.FieldsPerRecord, s.rows.ReuseRecord = -1, true
	return s, s.readHeader()
}

// skipMark drops a byte order mark.
func skipMark(r *bufio.Reader) error {
	start, err := r.Peek(3)
	if len(start) == 0 {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return fmt.Errorf("empty table: %w", err)
	}
	if string(start) == "\ufeff" {
		r.Discard(3)
	}
	return nil
}

// guess returns the separator: the one a "sep=" line names, which it drops, or
// the most frequent in the first line.
func guess(r *bufio.Reader) (rune, error) {
	start, err := r.Peek(maxPeek)
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return 0, fmt.Errorf("reading the header: %w", err)
	}
	line, _, _ := bytes.Cut(start, []byte("\n"))
	if bytes.HasPrefix(bytes.TrimSpace(start), []byte("<")) {
		return 0, ErrNotTable
	}
	if name, ok := bytes.CutPrefix(bytes.TrimRight(line, "\r"), []byte("sep=")); ok && len(name) == 1 && name[0] < utf8.RuneSelf {
		r.Discard(min(len(line)+1, len(start)))
		return rune(name[0]), nil
	}
	separator := ','
	for _, other := range ";\t" {
		if bytes.Count(line, []byte(string(other))) > bytes.Count(line, []byte(string(separator))) {
			separator = other
		}
	}
	return separator, nil
}

func (s *Sheet) readHeader() error {
	row, err := s.rows.Read()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return fmt.Errorf("reading the header: %w", err)
	}
	if inner := s.unwrap(row); inner != nil {
		s.wrapped, row = true, inner
	}
	s.columns = map[string]int{}
	for i, name := range row {
		name = strings.TrimSpace(valid(name))
		s.header = append(s.header, name)
		if _, twice := s.columns[strings.ToLower(name)]; !twice {
			s.columns[strings.ToLower(name)] = i
		}
	}
	return nil
}

// Header returns the names of the columns as written, without blanks round them.
func (s *Sheet) Header() []string { return s.header }

// Column returns the place of the first of the named columns that is there,
// whatever its capitals, or -1.
func (s *Sheet) Column(names ...string) int {
	for _, name := range names {
		if i, ok := s.columns[strings.ToLower(name)]; ok {
			return i
		}
	}
	return -1
}

// Next returns the cells of the next row, which may be fewer or more than the
// columns, and io.EOF after the last. The slice is used again by the next call;
// the cells are not. Every cell is valid UTF-8.
func (s *Sheet) Next() ([]string, error) {
	row, err := s.rows.Read()
	if err != nil {
		return nil, err
	}
	if s.wrapped {
		if inner := s.unwrap(row); inner != nil {
			row = inner
		}
	}
	for i, cell := range row {
		row[i] = valid(cell)
	}
	return row, nil
}

// Line returns the number of the line, from 1, where the last row began.
func (s *Sheet) Line() int {
	line, _ := s.rows.FieldPos(0)
	return line
}

// Cell returns the cell of a column without blanks round it, "" when the row
// ends before it or the column is -1.
func Cell(row []string, column int) string {
	if column < 0 || column >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[column])
}

// unwrap returns the cells of a row that was quoted as a whole, or nil.
func (s *Sheet) unwrap(row []string) []string {
	if len(row) != 1 || !strings.ContainsRune(row[0], s.rows.Comma) {
		return nil
	}
	r := csv.NewReader(strings.NewReader(row[0]))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = s.rows.Comma, true, -1
	inner, err := r.Read()
	if err != nil {
		return nil
	}
	return inner
}

// valid returns a cell as UTF-8, taking one that is not for Windows-1252.
func valid(cell string) string {
	if utf8.ValidString(cell) {
		return cell
	}
	decoded, err := charmap.Windows1252.NewDecoder().String(cell)
	if err != nil {
		return strings.ToValidUTF8(cell, "\ufffd")
	}
	return decoded
}
