package exchange

import (
	"context"
	"net/http"
	"strconv"

	"ronda/city/roundtable"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// Web are the pages by which a list of initiatives comes in.
type Web struct{ x *Exchange }

// NewWeb makes the pages.
func NewWeb(x *Exchange) *Web { return &Web{x} }

// Routes registers the pages.
func (p *Web) Routes(m *web.Mux) {
	m.Get("/administracion/importar", p.form)
	m.Post("/administracion/importar", p.take)
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
