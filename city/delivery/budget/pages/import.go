package pages

import (
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// sendPage asks for the file of a law.
type sendPage struct {
	Heading ui.Heading
	Form    ui.Form
	Hint    string // how large the file may be
	Columns ui.Table
	Clear   *ui.Form // takes all lines out; nil when there are none
}

// sendForm asks for the file.
func (p *Pages) sendForm(w http.ResponseWriter, r *http.Request) error {
	page, err := p.sendPage(r, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) sendPage(r *http.Request, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	law, err := p.asked(r)
	if err != nil {
		return web.Page{}, err
	}
	if !p.may(ctx, delivery.ImportBudget) {
		return web.Page{}, forbidden(ctx)
	}
	view := sendPage{Heading: ui.Heading{Crumbs: way(ctx, law.Year), Title: t(ctx, "import", "year", yearText(law.Year)), Lead: t(ctx, "import.lead")},
		Form: ui.Form{Files: true, Errors: wrong}, Hint: t(ctx, "import.file.hint"), Columns: columnsTable(ctx, budget.Fields, nil)}
	if law.InForce() {
		view.Clear = &ui.Form{ID: "clear", Files: true, Hidden: []ui.Pair{{Name: "do", Value: "clear"}}}
	}
	return working(view.Heading, sendBody(view)), nil
}

// columnsTable says which columns a list has; own holds what is said otherwise of
// some than in the list of a law.
func columnsTable(ctx context.Context, list budget.FieldList, own map[budget.Field]string) ui.Table {
	out := ui.Table{Caption: t(ctx, "import.columns"), Columns: []ui.Head{{Text: t(ctx, "import.field")}, {Text: t(ctx, "import.what")}}}
	for _, f := range list {
		what, said := own[f.Field]
		if !said {
			what = t(ctx, "import.about."+string(f.Field))
		}
		if !f.Required {
			what += " " + i18n.T(ctx, "ui.optional")
		}
		out.Rows = append(out.Rows, ui.Row{{Text: t(ctx, "field."+string(f.Field))}, {Text: what}})
	}
	return out
}

// send keeps the file and leads to its trial.
func (p *Pages) send(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	law, err := p.asked(r)
	if err != nil {
		return err
	}
	if !p.may(ctx, delivery.ImportBudget) {
		return forbidden(ctx) // before the file is taken apart
	}
	form, file, head, err := web.FileForm(w, r, "file")
	if err != nil {
		return err
	}
	if form.Get("do") == "clear" {
		if err := p.Budget.Clear(ctx, law.Year); err != nil {
			return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.sendPage(r, wrong) })
		}
		return web.Redirect(w, r, Href(law.Year)+"/importar", "delivery.budget.pages.flash.cleared")
	}
	kept, err := p.keep(ctx, law.Year, file, head)
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.sendPage(r, wrong) })
	}
	return web.Redirect(w, r, Href(law.Year)+"/importar/"+kept, "")
}

// keep keeps a file that was sent for its trials and gives its id.
func (p *Pages) keep(ctx context.Context, year int, file multipart.File, head *multipart.FileHeader) (string, error) {
	if file == nil {
		var c fault.Check
		c.Fail("file", "fault.required")
		return "", c.Err()
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return "", err
	}
	return p.Budget.Keep(ctx, year, head.Filename, data)
}

// tryPage shows what would become of a file.
type tryPage struct {
	Heading ui.Heading
	Notice  ui.Notice
	Figures ui.Figures
	Faults  ui.Table
	More    string // wrong rows that are not listed, in words
	Sample  ui.Table
	Form    ui.Form
	Fields  []ui.Field
	Mark    ui.Field
	Keeps   bool   // the rows may be kept
	Keep    string // how keeping them is called
}

// tryForm tries the file with the mapping that its headings suggest.
func (p *Pages) tryForm(w http.ResponseWriter, r *http.Request) error {
	page, err := p.tryPage(r, nil)
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) tryPage(r *http.Request, typed url.Values) (web.Page, error) {
	ctx := r.Context()
	law, err := p.asked(r)
	if err != nil {
		return web.Page{}, err
	}
	name, file, err := p.Budget.Kept(ctx, law.Year, r.PathValue("file"))
	if err != nil {
		return web.Page{}, err
	}
	how := budget.Guess(file.Sheet)
	if typed != nil {
		how = mappingOf(typed, budget.Fields)
	}
	report, err := p.Budget.Import(ctx, law.Year, file, how, true)
	if err != nil && !fault.Is(err, fault.Invalid) {
		return web.Page{}, err
	}
	view := tryPage{Heading: ui.Heading{Crumbs: append(way(ctx, law.Year), ui.Link{Href: Href(law.Year) + "/importar", Text: t(ctx, "law.import")}), Title: t(ctx, "try"), Lead: name},
		Form: ui.Form{Values: valuesOf(how), Errors: ui.ErrorsOf(ctx, err)}, Sample: sample(ctx, file), Fields: mappingFields(ctx, file, budget.Fields), Mark: markField(ctx), Keep: t(ctx, "try.keep")}
	if err == nil {
		view.reported(ctx, law, report)
	}
	page := working(view.Heading, tryBody(view))
	page.Narrow = false
	page.Wrong = err != nil || report.Wrong > 0
	return page, nil
}

// reported says what would become of every row.
func (v *tryPage) reported(ctx context.Context, law budget.Law, r budget.Report) {
	v.Keeps = r.Wrong == 0 && r.New > 0
	v.Figures = ui.Figures{{Value: i18n.Number(ctx, int64(r.New)), Text: t(ctx, "try.new")}, {Value: i18n.Number(ctx, int64(r.Known)), Text: t(ctx, "try.known")},
		{Value: i18n.Number(ctx, int64(r.Wrong)), Text: t(ctx, "try.wrong")}, {Value: budget.Short(ctx, r.Sum, law.Currency), Text: t(ctx, "try.sum")}}
	switch {
	case r.Wrong > 0:
		v.Notice = ui.Notice{Tone: ui.Bad, Title: t(ctx, "try.bad", "count", r.Wrong), Text: t(ctx, "try.nothing")}
	case r.New == 0:
		v.Notice = ui.Notice{Tone: ui.Info, Title: t(ctx, "try.same"), Text: t(ctx, "try.same.text")}
	default:
		v.Notice = ui.Notice{Tone: ui.Good, Title: t(ctx, "try.good", "count", r.New, "sum", budget.Amount(ctx, r.Sum, law.Currency)), Text: reconciled(ctx, law, r)}
	}
	v.faulty(ctx, r.Faults, r.Wrong)
}

// faulty lists what is wrong with rows.
func (v *tryPage) faulty(ctx context.Context, faults []budget.RowFault, wrong int) {
	v.Faults = faultsTable(ctx, faults)
	if left := wrong - len(v.Faults.Rows); left > 0 && len(v.Faults.Rows) >= budget.FaultsMax {
		v.More = t(ctx, "try.more", "count", left)
	}
}

// reconciled compares the sum of the lines with the total that the law states,
// and says which lines are of no ministry of the city.
func reconciled(ctx context.Context, law budget.Law, r budget.Report) string {
	text := t(ctx, "reconcile.unsaid")
	if law.Declared > 0 {
		text = t(ctx, "reconcile.same")
		if d := r.After.Difference(); d != 0 {
			text = t(ctx, "reconcile.differs", "difference", signed(ctx, d, law.Currency), "declared", budget.Amount(ctx, law.Declared, law.Currency))
		}
	}
	if r.NoMinistry > 0 {
		text += " " + t(ctx, "try.no_ministry", "count", r.NoMinistry)
	}
	return text
}

func faultsTable(ctx context.Context, faults []budget.RowFault) ui.Table {
	out := ui.Table{Caption: t(ctx, "try.report"), Columns: []ui.Head{{Text: t(ctx, "try.row"), Number: true}, {Text: t(ctx, "field.code")}, {Text: t(ctx, "try.column")}, {Text: t(ctx, "try.why")}}}
	for _, f := range faults {
		out.Rows = append(out.Rows, ui.Row{{Text: strconv.Itoa(f.Line)}, {Text: f.Code}, {Text: t(ctx, "field."+string(f.Field))}, {Text: i18n.T(ctx, f.Key, f.Args...)}})
	}
	return out
}

// sampleRows is how many rows of the file a trial shows.
const sampleRows = 3

// sample shows the first rows, so that columns can be told apart.
func sample(ctx context.Context, f budget.File) ui.Table {
	out := ui.Table{Caption: t(ctx, "try.sample")}
	for n, head := range f.Sheet.Head {
		out.Columns = append(out.Columns, ui.Head{Text: columnName(ctx, n, head)})
	}
	for _, row := range f.Sheet.Rows[:min(sampleRows, len(f.Sheet.Rows))] {
		cells := make(ui.Row, len(row.Cells))
		for i, c := range row.Cells {
			cells[i] = ui.Cell{Text: c}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func columnName(ctx context.Context, n int, head string) string {
	if head == "" {
		return t(ctx, "try.unnamed", "no", n+1)
	}
	return head
}

// mappingFields ask which column holds what.
func mappingFields(ctx context.Context, f budget.File, list budget.FieldList) []ui.Field {
	options := []ui.Option{{Value: "", Text: t(ctx, "try.none")}}
	for n, head := range f.Sheet.Head {
		options = append(options, ui.Option{Value: strconv.Itoa(n), Text: columnName(ctx, n, head)})
	}
	var out []ui.Field
	for _, x := range list {
		out = append(out, ui.Field{Name: "column-" + string(x.Field), Label: t(ctx, "field."+string(x.Field)), Kind: ui.Select, Required: x.Required, Options: options})
	}
	return out
}

// markField asks how the list writes decimals.
func markField(ctx context.Context) ui.Field {
	return ui.Field{Name: "mark", Label: t(ctx, "mark"), Kind: ui.Select, Required: true,
		Options: []ui.Option{{Value: "", Text: t(ctx, "mark.told")}, {Value: ",", Text: "1.234.567,89"}, {Value: ".", Text: "1,234,567.89"}}}
}

func mappingOf(typed url.Values, list budget.FieldList) budget.Mapping {
	m := budget.Mapping{Columns: map[budget.Field]int{}, Mark: budget.Mark(typed.Get("mark"))}
	for _, f := range list {
		if at, err := strconv.Atoi(typed.Get("column-" + string(f.Field))); err == nil {
			m.Columns[f.Field] = at
		}
	}
	return m
}

func valuesOf(m budget.Mapping) ui.Values {
	v := ui.Values{"mark": {string(m.Mark)}}
	for f, at := range m.Columns {
		v["column-"+string(f)] = []string{strconv.Itoa(at)}
	}
	return v
}

// try tries the file with the mapping of the form, or keeps its lines.
func (p *Pages) try(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if typed.Get("do") == "keep" {
		law, err := p.asked(r)
		if err != nil {
			return err
		}
		_, file, err := p.Budget.Kept(ctx, law.Year, r.PathValue("file"))
		if err != nil {
			return err
		}
		report, err := p.Budget.Import(ctx, law.Year, file, mappingOf(typed, budget.Fields), false)
		if err == nil && report.Kept {
			if err := p.Budget.Drop(ctx, r.PathValue("file")); err != nil {
				return err
			}
			return web.Redirect(w, r, Href(law.Year), "delivery.budget.pages.flash.imported")
		}
		if err != nil && !fault.Is(err, fault.Invalid) {
			return err
		}
	}
	page, err := p.tryPage(r, typed)
	if err != nil {
		return err
	}
	if page.Wrong {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page)
}
