package office

import (
	"context"
	"net/http"

	"ronda/city/roundtable"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// filePage asks once more before an initiative becomes public.
type filePage struct {
	Heading ui.Heading
	Confirm ui.Confirm
	Public  []string // what becomes public
	Inside  []string // what does not
	Todo    []todo   // what is missing; then nothing can be filed
	Back    string
}

func (o *Office) filePage(w http.ResponseWriter, r *http.Request) error {
	p, err := o.fileForm(r, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, p)
}

func (o *Office) fileForm(r *http.Request, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	v, err := o.rt.View(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	if _, err := v.Require(me(ctx), roundtable.File); err != nil {
		return web.Page{}, err
	}
	if err := v.Fits(roundtable.File); err != nil {
		return web.Page{}, err
	}
	if v.Charter, err = o.charters.Current(ctx); err != nil { // the round keeps the charter of the day it begins
		return web.Page{}, err
	}
	p := filePage{
		Heading: ui.Heading{Crumbs: crumbs(ctx, v.Initiative), Over: v.Initiative.Number, Title: i18n.T(ctx, "roundtable.office.file.title"), Lead: v.Initiative.Title},
		Confirm: ui.Confirm{Title: i18n.T(ctx, "roundtable.office.file.confirm"), Text: o.firstStep(ctx, v), Tone: ui.Now,
			Form:   ui.Form{Action: href(v.Initiative, "/presentar"), Errors: wrong},
			Yes:    ui.Button{Text: i18n.T(ctx, "roundtable.office.file.yes")},
			Cancel: href(v.Initiative, "/expediente")},
		Back: href(v.Initiative, "/expediente"),
	}
	for _, t := range todos(ctx, v) {
		if !t.Done {
			t.Href = p.Back + t.Href
			p.Todo = append(p.Todo, t)
		}
	}
	for _, key := range []string{"dossier", "files", "history", "steps"} {
		p.Public = append(p.Public, i18n.T(ctx, "roundtable.office.file.public."+key))
	}
	for _, key := range []string{"drafts", "comments", "files"} {
		p.Inside = append(p.Inside, i18n.T(ctx, "roundtable.office.file.inside."+key))
	}
	page := pageOf(p.Heading.Title, fileBody(p))
	page.Narrow = true
	return page, nil
}

// firstStep says who has the initiative first, and for how long.
func (o *Office) firstStep(ctx context.Context, v roundtable.View) string {
	steps := v.Charter.Flow.Steps.All()
	if len(steps) == 0 {
		return ""
	}
	say := o.words(ctx, v.Charter)
	return i18n.T(ctx, "roundtable.office.file.first", "step", steps[0].Name.In(say.Lang),
		"office", say.Body(ctx, v.Charter.Office(steps[0].Office)), "count", steps[0].DueDays)
}

func (o *Office) file(w http.ResponseWriter, r *http.Request) error {
	ctx, number := r.Context(), r.PathValue("number")
	if _, err := web.Form(w, r); err != nil {
		return err
	}
	if err := o.rt.File(ctx, number); err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return o.fileForm(r, wrong) })
	}
	if err := o.rt.KeepDraft(ctx, draftOf(number), nil); err != nil {
		return err
	}
	return web.Redirect(w, r, "/iniciativas/"+number, "roundtable.office.flash.filed")
}
