package exchange

import (
	"context"
	"net/http"
	"strconv"

	"ronda/city/roundtable"
	"ronda/city/roundtable/pages"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/table"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Web are the pages of open data and of the import. Other modules add their
// datasets.
type Web struct {
	x    *Exchange
	sets []Dataset
}

// NewWeb makes the pages over the roundtable's datasets and more.
func NewWeb(x *Exchange, more ...Dataset) *Web { return &Web{x, append(x.Datasets(), more...)} }

// Routes registers the pages.
func (p *Web) Routes(m *web.Mux) {
	m.Get("/datos", p.index)
	m.Get("/datos/{name}", p.dataset)
	m.Get("/administracion/importar", p.form)
	m.Post("/administracion/importar", p.take)
}

type indexView struct {
	Heading ui.Heading
	Sets    []setView
}

type setView struct {
	Name, Title, About string
	Links              []ui.Link
	Columns            ui.Table
}

// index says what there is, what each column means, and gives it in three forms.
func (p *Web) index(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v := indexView{Heading: ui.Heading{Title: i18n.T(ctx, "roundtable.data.title"), Lead: i18n.T(ctx, "roundtable.data.lead")}}
	for _, d := range p.sets {
		s := setView{Name: d.Name, Title: i18n.T(ctx, d.Title), About: i18n.T(ctx, d.About), Columns: dictionary(ctx, d)}
		for _, f := range []string{"csv", "json", "xlsx"} {
			s.Links = append(s.Links, ui.Link{Href: "/datos/" + d.Name + "?formato=" + f, Text: i18n.T(ctx, "roundtable.export."+f)})
		}
		v.Sets = append(v.Sets, s)
	}
	return web.Render(w, r, web.Page{Title: v.Heading.Title, Description: v.Heading.Lead, Section: "data", Body: indexBody(v)})
}

func dictionary(ctx context.Context, d Dataset) ui.Table {
	t := ui.Table{Caption: i18n.T(ctx, "roundtable.data.columns"), Columns: []ui.Head{{Text: i18n.T(ctx, "roundtable.data.key")}, {Text: i18n.T(ctx, "roundtable.data.meaning")}, {Text: i18n.T(ctx, "roundtable.data.kind")}}}
	for _, c := range d.Columns {
		t.Rows = append(t.Rows, ui.Row{{Text: c.Key}, {Text: i18n.T(ctx, c.Label)}, {Text: i18n.T(ctx, "roundtable.data.kind."+string(c.Kind))}})
	}
	return t
}

func (p *Web) dataset(w http.ResponseWriter, r *http.Request) error {
	for _, d := range p.sets {
		if d.Name == r.PathValue("name") {
			if _, asked := table.Asked(r); !asked {
				return web.Redirect(w, r, "/datos#"+d.Name, "")
			}
			return pages.Wrong(table.Serve(w, r, d.Name, d.Columns, d.Rows(r.Context(), r.URL.Query())))
		}
	}
	return fault.New(fault.NotFound, "fault.notfound")
}

type importView struct {
	Heading ui.Heading
	Form    ui.Form
	Columns string
	Notice  *ui.Notice
	Report  ui.Table
}

func (p *Web) view(ctx context.Context) importView {
	v := importView{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/administracion", Text: i18n.T(ctx, "roundtable.import.crumb")}}, Title: i18n.T(ctx, "roundtable.import.title"), Lead: i18n.T(ctx, "roundtable.import.lead")},
		Form: ui.Form{Action: "/administracion/importar", Files: true}}
	for n, h := range Heads(i18n.Of(ctx) == i18n.English) {
		if n > 0 {
			v.Columns += ", "
		}
		v.Columns += h
	}
	return v
}

func (p *Web) form(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if _, _, err := p.x.rt.Import(ctx, nil, true); err != nil {
		return err // who may not import does not see the form either
	}
	return p.show(w, r, p.view(ctx), http.StatusOK)
}

func (p *Web) show(w http.ResponseWriter, r *http.Request, v importView, status int) error {
	return web.Render(w, r, web.Page{Title: v.Heading.Title, Section: "admin", Private: true, Status: status, Wrong: status != http.StatusOK, Body: importBody(v)})
}

// take tries the list, or keeps it when every row is right and the person says so.
func (p *Web) take(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if _, _, err := p.x.rt.Import(ctx, nil, true); err != nil {
		return err // before the file is taken apart
	}
	form, file, _, err := web.FileForm(w, r, "file")
	if err != nil {
		return err
	}
	v := p.view(ctx)
	v.Form.Values = ui.Values(form)
	if file == nil {
		v.Form.Errors = ui.Errors{Title: i18n.T(ctx, "fault.form", "count", 1), Fields: []ui.FieldError{{Name: "file", Text: i18n.T(ctx, "fault.required")}}}
		return p.show(w, r, v, http.StatusUnprocessableEntity)
	}
	defer file.Close()
	rows, err := Read(file)
	if fault.Is(err, fault.Invalid) {
		v.Form.Errors = ui.ErrorsOf(ctx, err)
		return p.show(w, r, v, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	report, kept, err := p.x.rt.Import(ctx, rows, form.Get("keep") != "true")
	if err != nil {
		return err
	}
	v.Report = reportTable(ctx, report)
	notice, status := outcome(ctx, report, kept)
	v.Notice = &notice
	return p.show(w, r, v, status)
}

// outcome says in a sentence what became of the list.
func outcome(ctx context.Context, report []roundtable.ImportRow, kept bool) (ui.Notice, int) {
	wrong := 0
	for _, row := range report {
		if len(row.Faults) > 0 {
			wrong++
		}
	}
	switch {
	case kept:
		return ui.Notice{Tone: ui.Good, Title: i18n.T(ctx, "roundtable.import.kept", "count", len(report))}, http.StatusOK
	case wrong > 0:
		return ui.Notice{Tone: ui.Bad, Title: i18n.T(ctx, "roundtable.import.wrong", "count", wrong), Text: i18n.T(ctx, "roundtable.import.nothing")}, http.StatusUnprocessableEntity
	}
	return ui.Notice{Tone: ui.Good, Title: i18n.T(ctx, "roundtable.import.right", "count", len(report)), Text: i18n.T(ctx, "roundtable.import.again")}, http.StatusOK
}

// reportTable is one line for each row of the file.
func reportTable(ctx context.Context, report []roundtable.ImportRow) ui.Table {
	t := ui.Table{Caption: i18n.T(ctx, "roundtable.import.report"), Columns: []ui.Head{{Text: i18n.T(ctx, "roundtable.import.line"), Number: true}, {Text: i18n.T(ctx, "roundtable.field.title")}, {Text: i18n.T(ctx, "roundtable.import.result")}}}
	for _, row := range report {
		result := ui.Cell{Text: i18n.T(ctx, "roundtable.import.fine")}
		if row.Number != "" {
			result = ui.Cell{Text: row.Number, Href: "/iniciativas/" + row.Number}
		}
		if len(row.Faults) > 0 {
			result.Text = ""
			for _, f := range row.Faults {
				result.Text += f.Name + ": " + i18n.T(ctx, f.Key, f.Args...) + ". "
			}
		}
		t.Rows = append(t.Rows, ui.Row{{Text: strconv.Itoa(row.Line)}, {Text: row.Title}, result})
	}
	return t
}
