package pages

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ronda/city/delivery"
	"ronda/city/delivery/workplan"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// accountRow is one report of progress.
type accountRow struct {
	No, Meta, Text string
	State          ui.State
	Done, Spent    string
	Photos         []photoView
}

// photoView is a photograph of a report.
type photoView struct {
	Href, Alt     string
	Width, Height string
}

// reportsAtOnce is how many reports the page shows.
const reportsAtOnce = 10

// lightTones is how a colour reads.
var lightTones = map[delivery.Colour]ui.Tone{delivery.Green: ui.Good, delivery.Amber: ui.Warn, delivery.Red: ui.Bad}

// told puts the reports on the page, newest first.
func (p *Pages) told(r *http.Request, say words, c delivery.Case, view *executionPage) error {
	ctx := r.Context()
	before, _ := strconv.Atoi(r.URL.Query().Get("antes"))
	list, err := p.delivery.Accounts(ctx, c.Initiative.ID, max(before, 0), reportsAtOnce+1)
	if err != nil {
		return err
	}
	if len(list) > reportsAtOnce {
		list = list[:reportsAtOnce]
		view.More = with(r, "antes", itoa(list[reportsAtOnce-1].Number))
	}
	photos, err := p.delivery.Photos(ctx, list...)
	if err != nil {
		return err
	}
	for _, a := range list {
		view.Told = append(view.Told, say.account(ctx, c.Initiative.Number, a, photos[a.ID]))
	}
	if len(list) == 0 {
		view.Empty = &ui.Empty{Title: t(ctx, "reports.none"), Text: t(ctx, "reports.none.text")}
		if c.May(ctx, delivery.Report) {
			view.Empty.Text = t(ctx, "reports.none.do")
		}
	}
	return nil
}

// account is one report in words, with what was known when it was given.
func (w words) account(ctx context.Context, number string, a delivery.Account, photos []delivery.Photo) accountRow {
	row := accountRow{No: t(ctx, "report.no", "no", a.Number), Meta: joined(w.Who(ctx, a.Post, a.Body), w.moment(ctx, a.At)), Text: a.Text}
	if a.Light != delivery.Off {
		row.State = ui.State{Tone: lightTones[a.Light], Text: t(ctx, "light."+string(a.Light))}
	}
	if a.Done != delivery.Unknown {
		row.Done = t(ctx, "report.done", "done", percent(float64(a.Done)/100), "expected", percent(float64(a.Planned)/100))
	}
	if a.Currency != "" && a.Budget > 0 {
		row.Spent = t(ctx, "report.spent", "spent", percent(100*float64(a.Accrued)/float64(a.Budget)))
	}
	for _, x := range photos {
		row.Photos = append(row.Photos, photoView{Href: href(number) + "/ejecucion/fotos/" + x.ID, Alt: firstOf(x.Caption, t(ctx, "photo.of", "no", a.Number)), Width: itoa(x.Width), Height: itoa(x.Height)})
	}
	return row
}

// photo sends a photograph so that no browser runs it.
func (p *Pages) photo(w http.ResponseWriter, r *http.Request) error {
	x, data, err := p.delivery.Photo(r.Context(), r.PathValue("photo"))
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age=600")
	h.Set("ETag", `"`+x.SHA256+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	return nil
}

// reportPage is the form by which progress is told, made for a phone.
type reportPage struct {
	Heading ui.Heading
	Form    ui.Form
	Text    ui.Field
	Tasks   []ui.Field
	Photos  []ui.Field
	Final   ui.Field
	Buttons ui.Buttons
}

func (p *Pages) reportForm(w http.ResponseWriter, r *http.Request) error {
	page, err := p.reportView(r, fields{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) reportView(r *http.Request, f fields) (web.Page, error) {
	ctx, number := r.Context(), r.PathValue("number")
	v, err := p.plans.Plan(ctx, number)
	if err != nil {
		return web.Page{}, err
	}
	if _, err := v.Case.Require(ctx, delivery.Report); err != nil {
		return web.Page{}, err
	}
	say := p.wordsOf(ctx, v.Case.Charter)
	view := reportPage{Heading: say.heading(ctx, v.Case.Initiative, "report"), Form: ui.Form{Files: true, Errors: f.wrong, Hidden: []ui.Pair{{Name: "version", Value: itoa(int(v.Plan.Version))}}},
		Text:    ui.Field{Name: "text", Label: t(ctx, "field.text"), Hint: t(ctx, "field.text.hint"), Kind: ui.Area, Rows: 5, Required: true, Max: delivery.TextMax},
		Final:   ui.Field{Name: "final", Label: t(ctx, "field.final"), Hint: t(ctx, "field.final.hint"), Kind: ui.Check},
		Buttons: ui.Buttons{{Text: t(ctx, "report.send")}, {Text: t(ctx, "back"), Href: href(number) + "/ejecucion", Weight: ui.Plainer}}}
	view.Heading.Crumbs = append(view.Heading.Crumbs, ui.Link{Href: href(number) + "/ejecucion", Text: t(ctx, "execution")})
	view.Heading.Lead = t(ctx, "report.lead")
	view.Photos = []ui.Field{{Name: "photos", Label: t(ctx, "field.photos"), Hint: t(ctx, "field.photos.hint", "max", delivery.PhotosMax), Kind: ui.File, Accept: "image/jpeg,image/png,image/webp", MaxBytes: web.FileMax, Several: true},
		{Name: "caption", Label: t(ctx, "field.caption"), Hint: t(ctx, "field.caption.hint"), Kind: ui.Area, Rows: 3, Max: delivery.PhotosMax * delivery.LineMax}}
	opened := ui.Values{}
	for _, row := range v.Rows {
		if goesOn(row, v.Today.Time(say.Charter.City.Zone)) {
			opened[taskField(row.Code)] = []string{itoa(row.Done)}
			view.Tasks = append(view.Tasks, ui.Field{Name: taskField(row.Code), Label: row.Name, Hint: joined(say.span(ctx, row.Dates.Start, row.Dates.Finish)), Kind: ui.Number, Unit: "%"})
		}
	}
	view.Form.Values = f.values(opened)
	page := working(view.Heading.Title, "", v.Case.Initiative, reportBody(view))
	page.Narrow, page.Private = true, true
	return page, nil
}

// taskField is the name of the field that holds how far a task is.
func taskField(code string) string { return "task-" + code }

// goesOn says whether a report is asked how far a task is: it should have begun, and
// is not done.
func goesOn(row workplan.Row, today time.Time) bool {
	return !row.Summary && row.Done < 100 && !row.Dates.Start.Time().After(today.AddDate(0, 0, 1))
}

// report tells how the execution goes.
func (p *Pages) report(w http.ResponseWriter, r *http.Request) error {
	typed, photos, err := web.FilesForm(w, r, "photos", delivery.PhotosMax)
	if err != nil {
		return err
	}
	ctx, number := r.Context(), r.PathValue("number")
	news, err := newsOf(typed, photos)
	if err == nil {
		err = p.delivery.Report(ctx, number, news)
	}
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.reportView(r, fields{ui.Values(typed), wrong}) })
	}
	return done(w, r, href(number)+"/ejecucion", "reported")
}

// newsOf reads a report out of its form: tasks whose figure was left alone did not
// go on.
func newsOf(typed url.Values, photos []*multipart.FileHeader) (delivery.News, error) {
	var c fault.Check
	n := delivery.News{Text: typed.Get("text"), Final: typed.Get("final") == "true"}
	for name, values := range typed {
		code, isTask := strings.CutPrefix(name, "task-")
		if !isTask || len(values) == 0 || strings.TrimSpace(values[0]) == "" {
			continue
		}
		n.Done = append(n.Done, delivery.Advance{Task: code, Percent: number0(&c, typed, name), Version: version(typed)})
	}
	if err := c.Err(); err != nil {
		return n, err
	}
	captions := captionsOf(typed.Get("caption"), len(photos))
	for at, head := range photos {
		data, err := readFile(head)
		if err != nil {
			return n, err
		}
		n.Photos = append(n.Photos, delivery.Shot{File: data, Caption: captions[at]})
	}
	return n, nil
}

// captionsOf gives each photograph its line of what was typed; a single line is of
// all, and what has no line of its own stays without.
func captionsOf(typed string, photos int) []string {
	lines := strings.FieldsFunc(typed, func(r rune) bool { return r == '\n' || r == '\r' })
	out := make([]string, photos)
	for at := range out {
		switch {
		case len(lines) == 1:
			out[at] = lines[0]
		case at < len(lines):
			out[at] = lines[at]
		}
	}
	return out
}

func readFile(head *multipart.FileHeader) ([]byte, error) {
	f, err := head.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(f)
}
