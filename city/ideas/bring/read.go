package bring

import (
	"bufio"
	"errors"
	"io"
	"slices"
	"time"

	"ronda/platform/fault"
)

// Format names a program whose exports are read.
type Format string

// The formats.
const (
	Decidim      Format = "decidim"       // open data: the ZIP, or one list of it
	Consul       Format = "consul"        // answers of the GraphQL API, or the desk's list of investments
	ConsulMadrid Format = "consul-madrid" // proposals.csv and debates.csv of Decide Madrid
	Polis        Format = "polis"         // comments.csv and votes.csv: statements, not ideas; see ReadPolis
	Fider        Format = "fider"         // posts.csv
)

// Formats lists the formats.
var Formats = []Format{Decidim, Consul, ConsulMadrid, Polis, Fider}

// Known says whether f is a format.
func (f Format) Known() bool { return slices.Contains(Formats, f) }

// Options say how a file is read.
type Options struct {
	Source string         // the site it comes from, e.g. "decide.madrid.es"; empty: as the file says, or the format's name
	Zone   *time.Location // of times that do not say theirs; nil: UTC
	Names  bool           // keep the names that authors show there; without it, ideas come without
	Accept []string       // numbers, as the report has them, of rows to take though they look like garbage
	Limits Limits         // zero: Usual
	Step   func(rows int) // called now and then with how many rows were read; nil: not
}

// session is the reading of one file.
type session struct {
	Options
	format Format
	source string
	zone   *time.Location
	names  bool
	file   string // of the ZIP that is being read
	rows   int
	seen   map[string]bool   // numbers there of the rows that were fit
	left   []string          // files of the ZIP that were not read
	after  map[string]string // what came of an idea there, by its address
	out    func(Row) error

	accepted map[string]bool
}

// ErrStop, returned by fn, ends a reading without being an error.
var ErrStop = errors.New("bring: enough")

// Read goes through the ideas of a file, packed with gzip or not, and hands each
// over once, in the order of the file, those that are not to be taken with the
// reason. It holds one row at a time, and of a ZIP the file as it comes. What is
// wrong with the file as a whole is fault.Invalid; errors of fn end the reading.
func Read(f Format, in io.Reader, o Options, fn func(Row) error) error {
	s := newSession(f, o, fn)
	if err := s.read(in); err != nil && !errors.Is(err, ErrStop) {
		return err
	}
	return nil
}

func newSession(f Format, o Options, fn func(Row) error) *session {
	if o.Limits == (Limits{}) {
		o.Limits = Usual
	}
	if o.Step == nil {
		o.Step = func(int) {}
	}
	s := &session{Options: o, format: f, source: o.Source, zone: o.Zone, names: o.Names, seen: map[string]bool{}, after: map[string]string{}, out: fn, accepted: map[string]bool{}}
	for _, id := range o.Accept {
		s.accepted[id] = true
	}
	return s
}

func (s *session) read(in io.Reader) error {
	file, err := unpacked(in, s.Limits)
	if err != nil {
		return err
	}
	shape, err := look(file)
	if err != nil {
		return err
	}
	switch {
	case s.format == Decidim && shape == archive:
		return s.readZIP(file)
	case shape == archive:
		return fault.New(fault.Invalid, "ideas.bring.zip")
	case s.format == Consul && shape == document:
		return s.readGraph(file)
	case shape == document:
		return fault.New(fault.Invalid, "ideas.bring.json")
	}
	return s.readList(file)
}

// readList reads one list of the format.
func (s *session) readList(in *bufio.Reader) error {
	switch s.format {
	case Decidim:
		return s.readDecidim(in)
	case Consul:
		return s.readInvestments(in)
	case ConsulMadrid:
		return s.readMadrid(in)
	case Fider:
		return s.readFider(in)
	}
	return fault.New(fault.Invalid, "ideas.bring.format")
}

// hand gives a row to the caller. One whose number was there already is not fit.
func (s *session) hand(r Row) error {
	if s.rows++; s.rows > s.Limits.Rows {
		return fault.New(fault.Invalid, "ideas.bring.rows", "max", s.Limits.Rows)
	}
	if r.Why == "" && s.seen[r.ID] {
		r.Why = WhyTwice
	}
	if r.Why == "" {
		s.seen[r.ID] = true
	}
	if s.rows%256 == 0 {
		s.Step(s.rows)
	}
	return s.out(r)
}

// each reads the rows of a list; row makes a draft of a record.
func (s *session) each(in *records, row func(record) draft) error {
	for {
		rec, err := in.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		d := draft{title: rec.cells[0], why: WhyBroken}
		if !rec.broken {
			d = row(rec)
		}
		if err := s.hand(s.finished(d, rec.line, rec.last)); err != nil {
			return err
		}
	}
}

// open reads the heading of a list.
func (s *session) open(in *bufio.Reader) (*records, heading, error) {
	rows, err := openRecords(in, s.Limits)
	if err != nil {
		return nil, heading{}, err
	}
	names, err := rows.heading()
	return rows, newHeading(names), err
}

// missing is the fault of a list that lacks a column.
func missing(columns string) error {
	return fault.New(fault.Invalid, "ideas.bring.column", "columns", columns)
}
