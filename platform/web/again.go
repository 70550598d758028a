package web

import (
	"net/http"

	"ronda/platform/fault"
	"ronda/platform/ui"
)

// Again shows the page of a form once more, with what was wrong, or gives the
// error back when it is not the form's to show: only Invalid and Conflict are.
func Again(w http.ResponseWriter, r *http.Request, err error, page func(ui.Errors) (Page, error)) error {
	if kind := fault.KindOf(err); kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	p, failed := page(ui.ErrorsOf(r.Context(), err))
	if failed != nil {
		return failed
	}
	p.Status, p.Wrong = Status(err), true
	return Render(w, r, p)
}
