package opendata

import (
	"context"
	"io"
	"net/url"
	"strconv"

	"ronda/city/indicators"
	"ronda/city/indicators/index"
	"ronda/platform/table"
)

// ofIndices are the roundtable's own indices; the acts behind them are a file of
// their own.
func (s *sources) ofIndices() []Dataset {
	return []Dataset{define(partImpact, "indices", "indices", s.indices, "period text", "index text", "measures text", "of text", "!value number percent",
		"counted number records", "rule text")}
}

func (s *sources) indices(ctx context.Context, _ url.Values) table.Rows {
	p, err := s.Indices.Picture(ctx)
	if err != nil {
		return failed(err)
	}
	return func(yield func([]any, error) bool) {
		for _, row := range indexRows(p) {
			if !yield(append(row, index.Rule), nil) {
				return
			}
		}
	}
}

// indexRows are the quarters of the city, and of the year so far its parts.
func indexRows(p *indicators.Picture) [][]any {
	var out [][]any
	for _, q := range p.Quarters {
		name := strconv.Itoa(q.Year) + "-Q" + strconv.Itoa(q.No)
		out = append(out, []any{name, "I1", "city", "", known(q.Participation), nil}, []any{name, "I2", "city", "", known(q.Levels), nil})
	}
	year, i1, i2 := strconv.Itoa(p.Year), p.Participation, p.Compliance
	out = append(out, []any{year, "I1", "city", "", known(i1.City), i1.Counted}, []any{year, "I2", "city", "", known(i2.City), i2.Counted})
	for _, m := range i1.Ministries {
		out = append(out, []any{year, "I1", "ministry", m.Ministry, known(m.Value), m.Listed})
	}
	for _, a := range i1.Axes {
		out = append(out, []any{year, "I1", "axis", a.Axis, known(a.Value), nil})
	}
	for _, m := range i2.Ministries {
		out = append(out, []any{year, "I2", "ministry", m.Ministry, known(m.Value), nil})
	}
	for _, a := range i2.Axes {
		out = append(out, []any{year, "I2", "axis", a.Axis, known(a.Value), nil})
	}
	return out
}

// known is the value as it is published, nil where it is not defined.
func known(v index.Value) any {
	if !v.Known {
		return nil
	}
	return v.Rounded()
}

// acts writes the acts that the indices count.
func (s *sources) acts(ctx context.Context, w io.Writer, _ func(Skipped)) error {
	facts, zone, err := s.Indices.Facts(ctx)
	if err != nil {
		return err
	}
	return facts.WritePublic(w, zone.String())
}

// files are the public data that are no lists.
func (s *sources) files() []File {
	return []File{
		{Name: "iati.xml", Href: "/datos/iati.xml", Title: "opendata.file.iati", About: "opendata.file.iati.about", Mime: "application/xml; charset=utf-8", Write: s.writeIATI},
		{Name: "ocds.json", Href: "/datos/ocds.json", Title: "opendata.file.ocds", About: "opendata.file.ocds.about", Mime: "application/json; charset=utf-8", Write: s.writeOCDS},
		{Name: "indices-actos.csv", Href: "/indices/actos.csv", Title: "opendata.file.acts", About: "opendata.file.acts.about", Mime: "text/csv; charset=utf-8", Write: s.acts},
	}
}
