package bring

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// splitter takes one record apart, line by line: a cell in quotes may go over
// several lines. A quote inside a cell that is neither doubled nor at its end is
// taken as written.
type splitter struct {
	separator byte
	cells     []string
	cell      strings.Builder
	quoted    bool // inside of quotes
}

// add takes a line without its end and says whether the record ends with it.
func (s *splitter) add(line string) bool {
	if s.quoted {
		s.cell.WriteByte('\n')
	}
	for i := 0; ; {
		if s.quoted {
			i = s.insideQuotes(line, i)
			if s.quoted {
				return false
			}
		}
		end := strings.IndexByte(line[i:], s.separator)
		if end < 0 {
			s.cell.WriteString(line[i:])
			s.close()
			return true
		}
		s.cell.WriteString(line[i : i+end])
		s.close()
		if i += end + 1; i < len(line) && line[i] == '"' {
			s.quoted = true
			i++
		}
	}
}

// begin starts a record with its first line.
func (s *splitter) begin(line string) bool {
	if rest, ok := strings.CutPrefix(line, `"`); ok {
		s.quoted = true
		return s.first(rest)
	}
	return s.add(line)
}

// first is add for the rest of a first line that begins with a quote.
func (s *splitter) first(rest string) bool {
	i := s.insideQuotes(rest, 0)
	if s.quoted {
		return false
	}
	return s.add(rest[i:])
}

// insideQuotes reads from i to the quote that ends the cell and gives the place
// after it; s.quoted stays true when the line ends before.
func (s *splitter) insideQuotes(line string, i int) int {
	for {
		at := strings.IndexByte(line[i:], '"')
		if at < 0 {
			s.cell.WriteString(line[i:])
			return len(line)
		}
		s.cell.WriteString(line[i : i+at])
		i += at + 1
		switch {
		case i == len(line) || line[i] == s.separator:
			s.quoted = false
			return i
		case line[i] == '"':
			i++
		}
		s.cell.WriteByte('"')
	}
}

func (s *splitter) close() {
	s.cells = append(s.cells, unicode8(s.cell.String()))
	s.cell.Reset()
}

// split takes a record that is complete apart, ok false when its quotes are not
// closed.
func split(record string, separator byte) (cells []string, ok bool) {
	s := splitter{separator: separator}
	ok = true
	for n, line := range strings.Split(record, "\n") {
		if n == 0 {
			ok = s.begin(line)
			continue
		}
		if ok {
			return nil, false // ended before its last line
		}
		ok = s.add(line)
	}
	return s.cells, ok
}

// unicode8 is a cell as UTF-8: one that is not is taken for Windows-1252, which
// holds all of Latin-1.
func unicode8(cell string) string {
	if utf8.ValidString(cell) {
		return cell
	}
	out, err := charmap.Windows1252.NewDecoder().String(cell)
	if err != nil {
		return strings.ToValidUTF8(cell, "\ufffd")
	}
	return out
}
