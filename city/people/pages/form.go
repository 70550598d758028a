package pages

import (
	"net/http"
	"net/url"

	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// formPage is a page that asks something.
type formPage struct {
	Heading ui.Heading
	Notices []ui.Notice // what to know before answering
	Form    ui.Form
	Fields  []ui.Field
	Buttons ui.Buttons
	Part    string // of the navigation
}

// showForm shows the page as it opens.
func showForm(w http.ResponseWriter, r *http.Request, f formPage) error {
	return web.Render(w, r, web.Page{Title: f.Heading.Title, Section: f.Part, Private: true, Narrow: true, Body: formBody(f)})
}

// again shows the page with what was typed and what is wrong with it. An error
// that is not the form's to show is given back.
func again(w http.ResponseWriter, r *http.Request, f formPage, typed url.Values, err error) error {
	if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
		return err
	}
	f.Form.Values, f.Form.Errors = ui.Values(typed), ui.ErrorsOf(r.Context(), err)
	return web.Render(w, r, web.Page{Title: f.Heading.Title, Section: f.Part, Private: true, Narrow: true, Wrong: true, Status: web.Status(err), Body: formBody(f)})
}
