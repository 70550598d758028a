package pages

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"strings"

	"ronda/city/delivery"
	"ronda/city/delivery/workplan"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// keepMost is the largest file, in bytes, that a trial keeps in the page, so that
// it need not be chosen again to bring it in.
const keepMost = 400_000

// importPage brings a plan made elsewhere.
type importPage struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Form    ui.Form
	File    ui.Field
	Buttons ui.Buttons
	Report  *reportView
}

// reportView is what an import would do.
type reportView struct {
	Notice  ui.Notice
	Figures ui.Figures
	Errors  ui.Table
	Notes   []string
	Confirm *ui.Form
	Again   bool // the file is too large to wait in the page: it is chosen once more to be brought
}

func (p *Pages) importPage(w http.ResponseWriter, r *http.Request) error {
	page, err := p.importView(r, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) importView(r *http.Request, report *reportView, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	v, err := p.plans.Plan(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	if _, err := v.Case.Require(ctx, delivery.EditPlan); err != nil {
		return web.Page{}, err
	}
	say := p.wordsOf(ctx, v.Case.Charter)
	i := v.Case.Initiative
	view := importPage{Heading: say.heading(ctx, i, "import"), Tabs: p.Tabs(ctx, i.Number, "/plan"), Report: report,
		Form:    ui.Form{Files: true, Errors: wrong, Hidden: []ui.Pair{{Name: "version", Value: itoa(int(v.Plan.Version))}}},
		File:    ui.Field{Name: "file", Label: t(ctx, "field.file"), Hint: t(ctx, "field.file.hint"), Kind: ui.File, Accept: ".xml,.csv", MaxBytes: web.FileMax, Required: true},
		Buttons: ui.Buttons{{Text: t(ctx, "import.try"), Name: "do", Value: "try"}, {Text: t(ctx, "back"), Href: href(i.Number) + "/plan", Weight: ui.Plainer}}}
	if report != nil && report.Again {
		view.Buttons = append(ui.Buttons{{Text: t(ctx, "import.bring"), Name: "do", Value: "bring"}}, view.Buttons...)
		view.Buttons[1].Weight = ui.Quiet
	}
	view.Heading.Crumbs = append(view.Heading.Crumbs, ui.Link{Href: href(i.Number) + "/plan", Text: t(ctx, "plan")})
	view.Heading.Lead = t(ctx, "import.lead")
	page := working(view.Heading.Title, view.Heading.Lead, i, importBody(view))
	page.Private = true
	return page, nil
}

// importAct tries a file, or brings it in.
func (p *Pages) importAct(w http.ResponseWriter, r *http.Request) error {
	typed, file, head, err := web.FileForm(w, r, "file")
	if err != nil {
		return err
	}
	name := typed.Get("name")
	var data []byte
	if file != nil {
		defer file.Close()
		name = head.Filename
		if data, err = io.ReadAll(file); err != nil {
			return err
		}
	} else if data, err = base64.StdEncoding.DecodeString(typed.Get("data")); err != nil || len(data) == 0 {
		return p.importAgain(w, r, &fault.Error{Kind: fault.Invalid, Fields: []fault.Field{{Name: "file", Key: "fault.required"}}})
	}
	ctx, number := r.Context(), r.PathValue("number")
	trial := typed.Get("do") != "bring"
	report, err := p.plans.Import(ctx, number, version(typed), formatOf(name, data), bytes.NewReader(data), trial)
	if err != nil {
		return p.importAgain(w, r, err)
	}
	if report.Done {
		return done(w, r, href(number)+"/plan", "imported")
	}
	page, err := p.importView(r, p.sayReport(ctx, report, typed, name, data), ui.Errors{})
	if err != nil {
		return err
	}
	if len(report.Errors) > 0 {
		page.Status, page.Wrong = http.StatusUnprocessableEntity, true
	}
	return web.Render(w, r, page)
}

func (p *Pages) importAgain(w http.ResponseWriter, r *http.Request, err error) error {
	return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.importView(r, nil, wrong) })
}

// formatOf tells the formats apart by the name of the file, or by how it begins.
func formatOf(name string, data []byte) workplan.Format {
	if strings.HasSuffix(strings.ToLower(name), ".xml") || bytes.HasPrefix(bytes.TrimLeft(data, "\ufeff \r\n"), []byte("<")) {
		return workplan.XML
	}
	return workplan.CSV
}

// sayReport says what an import would do, and offers to do it.
func (p *Pages) sayReport(ctx context.Context, x workplan.Report, typed url.Values, name string, data []byte) *reportView {
	out := &reportView{Notice: ui.Notice{Tone: ui.Good, Title: t(ctx, "import.fine", "name", name), Text: t(ctx, "import.fine.text", "start", x.Start.String(), "finish", x.Finish.String())},
		Figures: ui.Figures{{Value: itoa(x.Tasks), Text: t(ctx, "import.tasks")}, {Value: itoa(x.Links), Text: t(ctx, "import.links")}, {Value: itoa(x.Added), Text: t(ctx, "import.added")},
			{Value: itoa(x.Changed), Text: t(ctx, "import.changed")}, {Value: itoa(x.Gone), Text: t(ctx, "import.gone")}}}
	for _, n := range x.Notes {
		out.Notes = append(out.Notes, joined(n.Task, i18n.T(ctx, n.Key, n.Args...)))
	}
	if len(x.Errors) > 0 {
		out.Notice = ui.Notice{Tone: ui.Bad, Title: t(ctx, "import.wrong", "count", len(x.Errors)), Text: t(ctx, "import.wrong.text")}
		out.Errors = errorTable(ctx, x.Errors)
		return out
	}
	if len(data) > keepMost {
		out.Again, out.Notes = true, append(out.Notes, t(ctx, "import.once_more"))
	} else {
		out.Confirm = &ui.Form{ID: "traer", Files: true, Hidden: []ui.Pair{{Name: "version", Value: typed.Get("version")}, {Name: "name", Value: name},
			{Name: "data", Value: base64.StdEncoding.EncodeToString(data)}, {Name: "do", Value: "bring"}}}
	}
	return out
}

// errorTable lists the lines of a file that are wrong.
func errorTable(ctx context.Context, lines []workplan.Line) ui.Table {
	out := ui.Table{Caption: t(ctx, "import.errors"), Columns: []ui.Head{{Text: t(ctx, "import.line")}, {Text: t(ctx, "task")}, {Text: t(ctx, "import.column")}, {Text: t(ctx, "import.value")}, {Text: t(ctx, "import.problem")}}}
	for _, l := range lines {
		at := "–"
		if l.Line > 0 {
			at = itoa(l.Line)
		}
		out.Rows = append(out.Rows, ui.Row{{Text: at}, {Text: l.Task}, {Text: l.Column}, {Text: l.Value}, {Text: i18n.T(ctx, l.Key, l.Args...)}})
	}
	return out
}

// file gives the plan as a file of a format.
func (p *Pages) file(format workplan.Format) web.Handler {
	kinds := map[workplan.Format]string{workplan.XML: "application/xml; charset=utf-8", workplan.CSV: "text/csv; charset=utf-8"}
	return func(w http.ResponseWriter, r *http.Request) error {
		number := r.PathValue("number")
		var out bytes.Buffer
		if err := p.plans.Export(r.Context(), number, format, &out); err != nil {
			return err
		}
		w.Header().Set("Content-Type", kinds[format])
		w.Header().Set("Content-Disposition", `attachment; filename="plan-`+number+"."+string(format)+`"`)
		_, err := out.WriteTo(w)
		return err
	}
}
