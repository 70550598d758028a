package opendata

import (
	"context"
	"strings"

	"ronda/platform/i18n"
	"ronda/platform/table"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// indexView is the page of open data.
type indexView struct {
	Heading ui.Heading
	Figures ui.Figures
	All     []ui.Link
	Parts   []partView
	Files   []fileView
}

// partView is a part of the catalogue.
type partView struct {
	Code, Title string
	Sets        []setView
}

// setView is a dataset on the page.
type setView struct {
	Name, Title, About string
	Count              string
	Skipped            ui.Link // to the rows left out; empty text when there are none
	Links              []ui.Link
	Fields             ui.Table
}

// fileView is a file on the page.
type fileView struct {
	Title, About string
	Link         ui.Link
}

func (p *Web) view(ctx context.Context) indexView {
	v := indexView{Heading: ui.Heading{Title: i18n.T(ctx, "opendata.title"), Lead: i18n.T(ctx, "opendata.lead")},
		All: []ui.Link{{Href: "/datos/todo.zip", Text: i18n.T(ctx, "opendata.all.csv")}, {Href: "/datos/todo.zip?formato=json", Text: i18n.T(ctx, "opendata.all.json")},
			{Href: "/datos/catalogo.json", Text: i18n.T(ctx, "opendata.index")}}}
	rows := 0
	for _, part := range parts {
		x := partView{Code: part, Title: i18n.T(ctx, "opendata.part."+part)}
		for _, d := range p.c.Sets() {
			if d.Part == part {
				x.Sets = append(x.Sets, p.setView(ctx, d))
			}
		}
		if len(x.Sets) > 0 {
			v.Parts = append(v.Parts, x)
		}
	}
	for _, d := range p.c.Sets() {
		x, _ := p.c.Counted(d.Name)
		rows += x.Rows
	}
	for _, f := range p.c.Files() {
		v.Files = append(v.Files, fileView{i18n.T(ctx, f.Title), i18n.T(ctx, f.About), ui.Link{Href: f.Href, Text: f.Name}})
	}
	v.Figures = ui.Figures{{Value: i18n.Number(ctx, int64(len(p.c.Sets()))), Text: i18n.T(ctx, "opendata.sets")}}
	if rows > 0 {
		v.Figures = append(v.Figures, ui.Figure{Value: i18n.Number(ctx, int64(rows)), Text: i18n.T(ctx, "opendata.rows")})
	}
	v.Figures = append(v.Figures, ui.Figure{Value: "CC BY 4.0", Text: i18n.T(ctx, "opendata.licence.short")})
	return v
}

func (p *Web) setView(ctx context.Context, d Dataset) setView {
	s := setView{Name: d.Name, Title: i18n.T(ctx, d.Title), About: i18n.T(ctx, d.About), Fields: fieldTable(ctx, d), Count: i18n.T(ctx, "opendata.uncounted")}
	if x, ok := p.c.Counted(d.Name); ok {
		s.Count = i18n.T(ctx, "opendata.count", "count", x.Rows, "n", i18n.Number(ctx, int64(x.Rows)), "at", i18n.DateTime(ctx, x.At.In(web.Zone(ctx))))
		if x.Skipped > 0 {
			s.Skipped = ui.Link{Href: address(Dataset{Name: leftOutName}, table.CSV) + "&conjunto=" + d.Name, Text: i18n.T(ctx, "opendata.skipped", "count", x.Skipped)}
		}
	}
	for _, f := range table.Formats {
		s.Links = append(s.Links, ui.Link{Href: address(d, f), Text: strings.ToUpper(string(f))})
	}
	return s
}

// fieldTable is the part of the dictionary about one dataset.
func fieldTable(ctx context.Context, d Dataset) ui.Table {
	t := ui.Table{Caption: i18n.T(ctx, "opendata.fields"), Columns: []ui.Head{{Text: i18n.T(ctx, "opendata.column.field")}, {Text: i18n.T(ctx, "opendata.column.meaning")}, {Text: i18n.T(ctx, "opendata.column.field_kind")}}}
	for _, f := range d.Fields {
		kind := i18n.T(ctx, "opendata.kind."+string(f.Kind))
		if f.Unit != "" {
			kind += ", " + i18n.T(ctx, f.Unit)
		}
		t.Rows = append(t.Rows, ui.Row{{Text: f.Key}, {Text: i18n.T(ctx, f.Meaning)}, {Text: kind}})
	}
	return t
}
