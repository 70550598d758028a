package office

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

func (o *Office) dossierRoutes(m *web.Mux) {
	m.Get("/iniciativas/{number}/expediente", o.dossier)
	m.Post("/iniciativas/{number}/expediente", o.editDossier)
	m.Post("/iniciativas/{number}/expediente/borrador", o.keepDossier)
	m.Post("/iniciativas/{number}/expediente/descartar", o.dropDossier)
	m.Get("/iniciativas/{number}/presentar", o.filePage)
	m.Post("/iniciativas/{number}/presentar", o.file)
}

// draftOf is the name of the draft of an initiative's dossier.
func draftOf(number string) string { return "expediente-" + number }

// editing reads an initiative that the person may write now.
func (o *Office) editing(ctx context.Context, number string) (roundtable.View, error) {
	v, err := o.rt.View(ctx, number)
	if err != nil {
		return v, err
	}
	if _, err := v.Require(people.Me(ctx), roundtable.Edit); err != nil {
		return v, err
	}
	return v, v.Fits(roundtable.Edit)
}

func (o *Office) dossier(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := o.editing(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	left, err := o.rt.LeftDraft(ctx, draftOf(v.Initiative.Number))
	if err != nil {
		return err
	}
	typed := ui.Values(left)
	if len(left) == 0 {
		typed = encode(v.Dossier)
	}
	typed["file_public"] = []string{"true"}
	p := o.dossierPage(ctx, v, typed, ui.Errors{})
	p.Left = len(left) > 0
	return web.Render(w, r, p.page())
}

// editDossier does what the pressed button says. The page is one form, so that
// whatever the button, nothing typed elsewhere on the page is lost.
func (o *Office) editDossier(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	posted, err := postedForm(w, r)
	if err != nil {
		return err
	}
	v, err := o.editing(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	verb, what, _ := strings.Cut(posted.Get("do"), ":")
	typed := ui.Values(posted.Values)
	switch verb {
	case "row":
		addRow(typed, "group-", "where-", "people-")
	case "link":
		addRow(typed, "url-", "label-")
	case "targets": // of the goals that are chosen now
	case "write": // back from the two versions to the form
		typed = merged(typed, v.Dossier)
	case "attach", "detach", "invite", "barrier", "resolve":
		return o.beside(w, r, v, posted, verb, what)
	default:
		return o.saveDossier(w, r, v, typed)
	}
	return web.Render(w, r, o.dossierPage(ctx, v, typed, ui.Errors{}).page())
}

// addRow adds an empty row, counted by the first of its fields.
func addRow(v ui.Values, names ...string) {
	n := itoa(rows(v, names[0]))
	for _, name := range names {
		v[name+n] = []string{""}
	}
}

func (o *Office) saveDossier(w http.ResponseWriter, r *http.Request, v roundtable.View, typed ui.Values) error {
	ctx, number := r.Context(), v.Initiative.Number
	d, err := decode(typed)
	if err == nil {
		take(&d, v.Dossier, typed["take"])
		err = o.rt.Edit(ctx, number, d)
	}
	if theirs, ok := stored(err); ok {
		return o.twoVersions(w, r, v, typed, d, theirs)
	}
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return o.dossierPage(ctx, v, typed, wrong).page(), nil })
	}
	if err := o.rt.KeepDraft(ctx, draftOf(number), nil); err != nil {
		return err
	}
	return web.Redirect(w, r, href(v.Initiative, "/expediente"), "roundtable.office.flash.saved")
}

// keepDossier saves what is typed so far as the person's draft.
func (o *Office) keepDossier(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	v, err := o.editing(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	if err := o.rt.KeepDraft(r.Context(), draftOf(v.Initiative.Number), unfinished(typed)); err != nil {
		return err
	}
	return o.saved(w, r)
}

// keepTyped saves what stands in a posted form before another page is shown.
// What is too long for a draft is still on the page.
func (o *Office) keepTyped(ctx context.Context, v roundtable.View, typed url.Values) error {
	d, err := decode(ui.Values(typed))
	if err == nil && len(d.Differences(v.Dossier)) == 0 {
		return nil
	}
	err = o.rt.KeepDraft(ctx, draftOf(v.Initiative.Number), unfinished(typed))
	if fault.Is(err, fault.Invalid) {
		return nil
	}
	return err
}

// dropDossier forgets the draft: the page opens with what is stored.
func (o *Office) dropDossier(w http.ResponseWriter, r *http.Request) error {
	number := r.PathValue("number")
	if err := o.rt.KeepDraft(r.Context(), draftOf(number), nil); err != nil {
		return err
	}
	return web.Redirect(w, r, "/iniciativas/"+number+"/expediente", "")
}

// dossierTitle is what the page is called.
func dossierTitle(ctx context.Context, v roundtable.View) string {
	return i18n.T(ctx, "roundtable.office.dossier", "title", v.Initiative.Title)
}
