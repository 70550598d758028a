package bring

import (
	"bufio"
	"bytes"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"ronda/platform/fault"
)

// Limits bound what is read.
type Limits struct {
	Bytes    int64 // of the file as it comes
	Unpacked int64 // of all that is inside, after gzip and ZIP
	Ratio    int64 // how many times bigger the inside may be, above a few MiB
	Entries  int   // files in a ZIP
	Rows     int
	Row      int // bytes of one row of CSV
	Broken   int // rows that cannot be read, before the file is given up
}

// Usual are limits for the whole export of a large city.
var Usual = Limits{Bytes: 64 << 20, Unpacked: 192 << 20, Ratio: 200, Entries: 500, Rows: 200_000, Row: 512 << 10, Broken: 500}

// free is how many bytes a file may always unpack to: a short list of rows that
// are alike packs very well.
const free = 8 << 20

// peekSize is how much of a file is looked at to know what it is, in bytes.
const peekSize = 64 << 10

// bounded reads up to a number of bytes and then fails with a fault instead of
// ending, so that nobody takes the part for the whole. Several readers may share
// what is left.
type bounded struct {
	from io.Reader
	left *int64
	err  error
}

// Read implements io.Reader.
func (b bounded) Read(p []byte) (int, error) {
	if *b.left < 0 {
		return 0, b.err
	}
	if int64(len(p)) > *b.left+1 {
		p = p[:*b.left+1]
	}
	n, err := b.from.Read(p)
	if *b.left -= int64(n); *b.left < 0 {
		return n - 1, b.err
	}
	return n, err
}

// counted counts the bytes that pass.
type counted struct {
	from io.Reader
	n    *int64
}

// Read implements io.Reader.
func (c counted) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	*c.n += int64(n)
	return n, err
}

// unpacking reads what a packed file holds. It gives up when that is far more than
// the file can honestly hold, and says in words when the file is damaged.
type unpacking struct {
	from   io.Reader
	packed *int64 // bytes read of the file so far
	out    int64
	ratio  int64
}

// Read implements io.Reader.
func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.from.Read(p)
	u.out += int64(n)
	if u.out > max(free, u.ratio*(*u.packed)) {
		return 0, bomb()
	}
	return n, damaged(err)
}

// damaged is an error of unpacking as a person meets it. Faults and the end stay
// what they are.
func damaged(err error) error {
	if err == nil || err == io.EOF || fault.Is(err, fault.Invalid) {
		return err
	}
	return fault.New(fault.Invalid, "ideas.bring.packed")
}

func bomb() error { return fault.New(fault.Invalid, "ideas.bring.bomb") }

// unpacked opens a file: without its gzip, if it has one, within the limits.
func unpacked(in io.Reader, l Limits) (*bufio.Reader, error) {
	left, packed := l.Bytes, int64(0)
	tooBig := fault.New(fault.Invalid, "ideas.bring.too_big", "max", l.Bytes>>20)
	outer := bufio.NewReaderSize(counted{bounded{in, &left, tooBig}, &packed}, peekSize)
	magic, err := outer.Peek(2)
	if len(magic) == 0 && err == io.EOF {
		return nil, fault.New(fault.Invalid, "ideas.bring.empty")
	}
	if string(magic) != "\x1f\x8b" {
		return outer, nil
	}
	inner, err := gzip.NewReader(outer)
	if err != nil {
		return nil, fault.New(fault.Invalid, "ideas.bring.packed")
	}
	inside := l.Unpacked
	return bufio.NewReaderSize(bounded{&unpacking{from: inner, packed: &packed, ratio: l.Ratio}, &inside, bomb()}, peekSize), nil
}

// The kinds of file that are told apart by how they begin.
type shape int

const (
	list shape = iota // CSV, as far as one can see
	document
	archive
)

// look says what a file is. Pages of a web site, spreadsheets and other things
// that are none of ours are refused in plain words.
func look(in *bufio.Reader) (shape, error) {
	start, err := in.Peek(peekSize)
	if len(start) == 0 {
		if err == io.EOF {
			err = fault.New(fault.Invalid, "ideas.bring.empty")
		}
		return 0, err
	}
	if strings.HasPrefix(string(start), "PK\x03\x04") {
		return archive, nil
	}
	if marked16(start) {
		return list, nil
	}
	if bytes.IndexByte(start, 0) >= 0 || bytes.HasPrefix(start, []byte("%PDF")) {
		return 0, fault.New(fault.Invalid, "ideas.bring.binary")
	}
	text := bytes.TrimSpace(bytes.TrimPrefix(start, []byte(mark)))
	switch {
	case len(text) == 0:
		return 0, fault.New(fault.Invalid, "ideas.bring.empty")
	case text[0] == '<':
		return 0, page(text)
	case text[0] == '{', text[0] == '[':
		return document, nil
	}
	return list, nil
}

// mark is the byte order mark in UTF-8.
const mark = "\ufeff"

func marked16(start []byte) bool {
	return bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff"))
}

// page is what to say of a page of a web site that came in place of a list. A
// portal that keeps programs out says so in the page.
func page(text []byte) error {
	text = bytes.ToLower(text)
	for _, words := range []string{"access denied", "forbidden", "captcha", "acceso denegado"} {
		if bytes.Contains(text, []byte(words)) {
			return fault.New(fault.Invalid, "ideas.bring.denied")
		}
	}
	return fault.New(fault.Invalid, "ideas.bring.page")
}

// text is a list as UTF-8 without a mark and with line feeds: UTF-16 is turned
// into UTF-8; cells in an older encoding are turned where they are read, since a
// file may hold both. An old Macintosh's lines end in carriage returns.
func text(in *bufio.Reader) (*bufio.Reader, error) {
	start, err := in.Peek(peekSize)
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return nil, err
	}
	if marked16(start) {
		wide := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
		return bufio.NewReaderSize(transform.NewReader(in, wide), peekSize), nil
	}
	if bytes.HasPrefix(start, []byte(mark)) {
		if _, err := in.Discard(len(mark)); err != nil {
			return nil, err
		}
	}
	if bytes.IndexByte(start, '\n') < 0 && bytes.IndexByte(start, '\r') >= 0 {
		return bufio.NewReaderSize(feeds{in}, peekSize), nil
	}
	return in, nil
}

// feeds turns carriage returns into line feeds.
type feeds struct{ from io.Reader }

// Read implements io.Reader.
func (f feeds) Read(p []byte) (int, error) {
	n, err := f.from.Read(p)
	for i, c := range p[:n] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}
