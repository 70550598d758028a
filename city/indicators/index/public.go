package index

import (
	"encoding/csv"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// PublicColumns are the columns of the public file. A row is one record; what its
// columns say depends on the kind of record:
//
//	rule        code: version of the rule; ref: name of the zone in which periods begin
//	ministry    ministry, from, to: when it existed
//	step        ref: version of the city's rules; code; items it requires; in order
//	initiative  ministry: executor; code: axis; items: outcome; from: filed; to: decided; ref: version of the city's rules
//	listed      ministry, from, to: when it was co-owner or invited
//	act         ministry, code: kind, from: when; ref: number of the record
//	call        ministry; code: came or absent; from: when; seconds stayed, of: seconds on the initiative; ref: meeting
//	signed      code: step; items signed; from, to
//	time        code: step; from: signed; seconds with its office
//	return      code: step; from: when
//
// Instants are UTC with microseconds, spans closed-open, an empty bound is open.
var PublicColumns = []string{"record", "initiative", "ministry", "code", "items", "from", "to", "seconds", "of", "ref"}

// line is a row of the public file.
type line struct {
	record, initiative, ministry, code string
	items                              []string
	span                               Span
	seconds, of                        time.Duration
	ref                                string
}

// WritePublic writes the facts as CSV, from which anybody can compute the indices
// again. zone is the name of the city's zone.
func (f *Facts) WritePublic(w io.Writer, zone string) error {
	out := csv.NewWriter(w)
	if err := out.Write(PublicColumns); err != nil {
		return err
	}
	put := func(l line) error { return out.Write(l.fields()) }
	if err := f.writeFrame(put, zone); err != nil {
		return err
	}
	for n := range f.Initiatives {
		for l := range f.Initiatives[n].lines {
			if err := put(l); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// writeFrame writes what holds for all initiatives.
func (f *Facts) writeFrame(put func(line) error, zone string) error {
	lines := []line{{record: "rule", code: Rule, ref: zone}}
	for _, m := range f.Ministries {
		lines = append(lines, line{record: "ministry", ministry: m.Code, span: m.Span})
	}
	for _, version := range slices.Sorted(maps.Keys(f.Rules)) {
		for _, s := range f.Rules[version] {
			lines = append(lines, line{record: "step", code: s.Code, items: s.Items, ref: version})
		}
	}
	for _, l := range lines {
		if err := put(l); err != nil {
			return err
		}
	}
	return nil
}

// lines yields the records of an initiative.
func (i *Initiative) lines(yield func(line) bool) {
	own := line{record: "initiative", ministry: i.Ministry, code: i.Axis, span: Span{i.Filed, i.Decided}, ref: i.Rules}
	if i.Outcome != "" {
		own.items = []string{string(i.Outcome)}
	}
	all := []line{own}
	for _, x := range i.Listed {
		all = append(all, line{record: "listed", ministry: x.Ministry, span: x.Span})
	}
	for _, x := range i.Acts {
		all = append(all, line{record: "act", ministry: x.Ministry, code: string(x.Kind), span: Span{From: x.At}, ref: x.Ref})
	}
	for _, x := range i.Calls {
		code := "absent"
		if x.Came {
			code = "came"
		}
		all = append(all, line{record: "call", ministry: x.Ministry, code: code, span: Span{From: x.At}, seconds: x.Stayed, of: x.Length, ref: x.Meeting})
	}
	for _, x := range i.Signed {
		all = append(all, line{record: "signed", code: x.Step, items: x.Items, span: x.Span})
	}
	for _, x := range i.Times {
		all = append(all, line{record: "time", code: x.Step, span: Span{From: x.Signed}, seconds: x.Spent})
	}
	for _, x := range i.Returns {
		all = append(all, line{record: "return", code: x.Step, span: Span{From: x.At}})
	}
	for _, l := range all {
		if l.initiative = i.Number; !yield(l) {
			return
		}
	}
}

func (l line) fields() []string {
	return []string{l.record, l.initiative, l.ministry, l.code, strings.Join(l.items, " "), instant(l.span.From), instant(l.span.To),
		seconds(l.seconds), seconds(l.of), l.ref}
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000000Z")
}

func seconds(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return strconv.FormatFloat(d.Seconds(), 'f', -1, 64)
}
