package bring

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"ronda/platform/fault"
)

// record is a row of a list.
type record struct {
	line, last int // of the file, from 1
	cells      []string
	broken     bool // cells holds what is left of it, in one
}

// line is a line of the file as it stands there.
type line struct {
	number int
	text   string
	cut    bool // longer than any row may be: text is its beginning
}

// records reads a list row by row. A row whose quotes are wrong does not take
// the rest of the file with it: reading goes on at the next line that is a whole
// row by itself.
type records struct {
	in        *bufio.Reader
	limits    Limits
	separator byte
	width     int  // cells of the heading, 0 before it was read
	wrapped   bool // every row is one cell in quotes
	number    int  // of the last line read
	back      []line
	broken    int
}

// openRecords finds what separates the cells: a first line "sep=;" says so,
// otherwise it is what the heading has most of.
func openRecords(in *bufio.Reader, l Limits) (*records, error) {
	in, err := text(in)
	if err != nil {
		return nil, err
	}
	r := &records{in: in, limits: l, separator: ','}
	first, err := r.filled()
	if errors.Is(err, io.EOF) {
		err = fault.New(fault.Invalid, "ideas.bring.empty")
	}
	if err != nil {
		return nil, err
	}
	if named, ok := strings.CutPrefix(strings.ToLower(strings.Trim(first.text, `"`)), "sep="); ok && len(named) == 1 && named[0] < utf8.RuneSelf {
		r.separator = named[0]
		return r, nil
	}
	for _, other := range []byte(";\t|") {
		if strings.Count(first.text, string(other)) > strings.Count(first.text, string(r.separator)) {
			r.separator = other
		}
	}
	r.back = []line{first}
	return r, nil
}

// heading reads the first row, which says how wide all others are.
func (r *records) heading() ([]string, error) {
	rec, err := r.next()
	if errors.Is(err, io.EOF) {
		err = fault.New(fault.Invalid, "ideas.bring.empty")
	}
	if err == nil && rec.broken {
		err = fault.New(fault.Invalid, "ideas.bring.heading", "line", rec.line)
	}
	if err != nil {
		return nil, err
	}
	if inner := r.unwrap(rec.cells); inner != nil {
		r.wrapped, rec.cells = true, inner
	}
	r.width = len(rec.cells)
	return rec.cells, nil
}

// next is the next row that is not blank, io.EOF after the last.
func (r *records) next() (record, error) {
	first, err := r.filled()
	if err != nil {
		return record{}, err
	}
	s := splitter{separator: r.separator}
	lines, size := []line{first}, len(first.text)
	done := s.begin(first.text)
	for !done && !lines[len(lines)-1].cut && size <= r.limits.Row {
		more, err := r.read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return record{}, err
		}
		lines, size = append(lines, more), size+len(more.text)
		done = s.add(more.text)
	}
	if cells, ok := r.fitting(s.cells); done && ok && !lines[len(lines)-1].cut {
		return record{line: first.number, last: lines[len(lines)-1].number, cells: cells}, nil
	}
	return r.give(lines)
}

// give is a row that cannot be read. Lines after its first that begin a row
// which can be read are put back for it.
func (r *records) give(lines []line) (record, error) {
	if r.broken++; r.broken > r.limits.Broken {
		return record{}, fault.New(fault.Invalid, "ideas.bring.broken", "max", r.limits.Broken, "line", lines[0].number)
	}
	end := r.resume(lines)
	r.back = append(append([]line{}, lines[end:]...), r.back...)
	return record{line: lines[0].number, last: lines[end-1].number, broken: true, cells: []string{beginning(unicode8(lines[0].text), 120)}}, nil
}

// searches is how many times over the lines of a broken row may be looked at for
// the next one that begins in it.
const searches = 8

// resume is the place of the first line after the broken one with which a row
// begins that fits, len(lines) when there is none.
func (r *records) resume(lines []line) int {
	work := searches * r.limits.Row
	for i := 1; r.width > 1 && i < len(lines) && work > 0; i++ {
		s := splitter{separator: r.separator}
		done := s.begin(lines[i].text)
		work -= len(lines[i].text) + 1
		for n := i + 1; !done && n < len(lines) && work > 0; n++ {
			done = s.add(lines[n].text)
			work -= len(lines[n].text) + 1
		}
		if _, fits := r.fitting(s.cells); done && fits {
			return i
		}
	}
	return len(lines)
}

// fitting are the cells of a row as the heading has them, ok false when there are
// more or fewer.
func (r *records) fitting(cells []string) (fit []string, ok bool) {
	if r.width == 0 {
		return cells, true
	}
	if inner := r.unwrap(cells); inner != nil && (r.wrapped || len(cells) != r.width) {
		cells = inner
	}
	for len(cells) > r.width && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells, len(cells) == r.width
}

// unwrap takes a row apart that stands in quotes as a whole, nil if it does not.
func (r *records) unwrap(cells []string) []string {
	if len(cells) == 0 || strings.IndexByte(cells[0], r.separator) < 0 {
		return nil
	}
	for _, more := range cells[1:] {
		if more != "" {
			return nil
		}
	}
	inner, ok := split(cells[0], r.separator)
	if !ok || len(inner) < 2 {
		return nil
	}
	return inner
}

// filled is the next line with something in it.
func (r *records) filled() (line, error) {
	for {
		l, err := r.read()
		if err != nil || strings.TrimSpace(l.text) != "" {
			return l, err
		}
	}
}

// read is the next line without its end.
func (r *records) read() (line, error) {
	if len(r.back) > 0 {
		l := r.back[0]
		r.back = r.back[1:]
		return l, nil
	}
	var l line
	var b strings.Builder
	for {
		part, err := r.in.ReadSlice('\n')
		if errors.Is(err, io.EOF) && len(part)+b.Len() == 0 {
			return line{}, io.EOF
		}
		if b.Len() <= r.limits.Row {
			b.Write(part)
		} else {
			l.cut = true
		}
		if err == nil || errors.Is(err, io.EOF) {
			break
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line{}, err
		}
	}
	r.number++
	l.number, l.text = r.number, strings.TrimSuffix(strings.TrimSuffix(b.String(), "\n"), "\r")
	l.cut = l.cut || len(l.text) > r.limits.Row
	return l, nil
}
