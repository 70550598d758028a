package exchange

import (
	"io"
	"strconv"
	"strings"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/table"
)

// heads are the columns that an import understands, each under its names in the
// languages of the program.
var heads = []struct{ field, es, en string }{
	{"title", "titulo", "title"}, {"line", "resumen", "line"}, {"change", "que cambia", "change"}, {"problem", "problema", "problem"},
	{"type", "tipo", "type"}, {"axis", "eje", "axis"}, {"axes", "otros ejes", "further axes"}, {"goals", "objetivos", "goals"}, {"purposes", "propositos", "purposes"},
	{"sdg", "ods", "sdg"}, {"territories", "lugares", "territories"}, {"sponsor", "organismo", "sponsor"}, {"state", "estado", "state"}, {"day", "fecha", "day"},
	{"group", "grupo", "group"}, {"people", "personas", "people"},
}

// Heads are the names of the columns that an import understands, in Spanish or
// English.
func Heads(english bool) []string {
	var out []string
	for _, h := range heads {
		if english {
			out = append(out, h.en)
			continue
		}
		out = append(out, h.es)
	}
	return out
}

// Read reads a list of initiatives from CSV or XLSX. It needs the columns title,
// line and sponsor; the others may be absent. Several values in a cell stand
// between commas or semicolons.
func Read(r io.Reader) ([]roundtable.Imported, error) {
	sheet, err := table.Read(r, table.Usual)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for _, h := range heads {
		at[h.field] = sheet.Column(h.es, h.en, h.field)
	}
	for _, needed := range []string{"title", "line", "sponsor"} {
		if at[needed] < 0 {
			return nil, fault.New(fault.Invalid, "roundtable.import.column", "column", headOf(needed, false)+" / "+headOf(needed, true))
		}
	}
	var out []roundtable.Imported
	for _, row := range sheet.Rows {
		cell := func(field string) string { return strings.TrimSpace(table.Restored(row.Cell(at[field]))) }
		out = append(out, imported(row.Line, cell))
	}
	return out, nil
}

func headOf(field string, english bool) string {
	for _, h := range heads {
		if h.field == field && english {
			return h.en
		}
		if h.field == field {
			return h.es
		}
	}
	return field
}

func imported(line int, cell func(string) string) roundtable.Imported {
	d := roundtable.Dossier{Title: cell("title"), Line: cell("line"), Change: cell("change"), Problem: cell("problem"), Type: cell("type"), Axis: cell("axis"),
		Axes: several(cell("axes")), Goals: several(cell("goals")), Purposes: several(cell("purposes")), Territories: several(cell("territories"))}
	sdg := several(cell("sdg"))
	if len(sdg) > 0 {
		d.SDG, d.Targets = sdg[0], sdg[1:]
	}
	if group := cell("group"); group != "" && len(d.Territories) > 0 {
		n, err := strconv.ParseInt(strings.NewReplacer(".", "", ",", "", " ", "").Replace(cell("people")), 10, 64)
		if err != nil {
			n = -1 // refused with the row, as what it is: no number
		}
		d.Planned = []roundtable.Planned{{Group: group, Territory: d.Territories[0], People: n}}
	}
	return roundtable.Imported{Line: line, Dossier: d, Sponsor: cell("sponsor"), State: strings.ToLower(cell("state")), Day: clock.Day(cell("day"))}
}

func several(s string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == ',' }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
