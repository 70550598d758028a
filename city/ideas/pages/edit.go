package pages

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"ronda/city/ideas"
	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// editPage lets the author change the words of an idea that was sent.
func (p *Pages) editPage(w http.ResponseWriter, r *http.Request) error {
	if away, err := p.signIn(w, r, r.URL.RequestURI(), "ideas.pages.flash.sign_in"); away {
		return err
	}
	v, err := p.ideas.Idea(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	i := v.Idea
	typed := valuesOf(ideas.Draft{Title: i.Title, Text: i.Text, Place: i.Place, Lat: i.Lat, Lon: i.Lon, Signature: i.Signature, Version: i.Version})
	page, err := p.editForm(r, v, typed, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page.page())
}

func (p *Pages) editForm(r *http.Request, v ideas.View, typed ui.Values, wrong ui.Errors) (writePage, error) {
	ctx := r.Context()
	if _, err := v.Require(people.Me(ctx), ideas.MayEdit); err != nil {
		return writePage{}, err
	}
	lat, lon := degrees(typed)
	point, err := p.pointMap(ctx, lat, lon, t(ctx, "point.press"))
	if err != nil {
		return writePage{}, err
	}
	say := p.wordsOf(ctx, v.Charter)
	return writePage{Sent: true, Entered: true, Point: point, Places: say.placeOptions(ctx), Picker: say.picker(), Cancel: "/ideas/" + v.Idea.Number,
		Heading: ui.Heading{Crumbs: crumbsTo(ctx, v.Idea), Title: t(ctx, "edit"), Lead: t(ctx, "edit.lead")},
		Form:    ui.Form{ID: "idea", Action: "/ideas/" + v.Idea.Number + "/editar", Values: typed, Errors: wrong, Hidden: hiddenOf(typed, ideas.Challenge{})}}, nil
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	form, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number, typed := r.Context(), r.PathValue("number"), ui.Values(form)
	if pointed(typed) {
		return p.movePoint(w, r, typed)
	}
	version, _ := strconv.Atoi(typed.Get("version"))
	d, err := p.typedDraft(ctx, typed)
	if err != nil {
		return err
	}
	err = p.ideas.Edit(ctx, number, version, ideas.Words{Title: strings.TrimSpace(d.Title), Text: d.Text, Place: d.Place,
		Lat: d.Lat, Lon: d.Lon, Signature: d.Signature})
	if err == nil {
		return web.Redirect(w, r, "/ideas/"+number, "ideas.pages.flash.edited")
	}
	v, failed := p.ideas.Idea(ctx, number)
	if failed != nil {
		return failed
	}
	var both *ui.Conflict
	if i := v.Idea; fault.Is(err, fault.Conflict) && i.Version != version {
		typed["version"] = []string{strconv.Itoa(i.Version)}
		both = p.wordsOf(ctx, v.Charter).bothTexts(ctx, ideas.Words{Title: i.Title, Text: i.Text, Place: i.Place, At: i.Moved}, typed)
	}
	return again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
		page, err := p.editForm(r, v, typed, wrong)
		page.Conflict = both
		return page.page(), err
	})
}

// movePoint shows the form again with the point where the map was pressed, or
// without one: nothing of it is a version before it is saved.
func (p *Pages) movePoint(w http.ResponseWriter, r *http.Request, typed ui.Values) error {
	v, err := p.ideas.Idea(r.Context(), r.PathValue("number"))
	if err != nil {
		return err
	}
	if err := p.setPoint(r.Context(), typed); err != nil {
		return again(w, r, err, func(wrong ui.Errors) (web.Page, error) {
			page, err := p.editForm(r, v, typed, wrong)
			return page.page(), err
		})
	}
	page, err := p.editForm(r, v, typed, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page.page())
}

// conflict puts what is stored beside what was typed, and lets the next save win
// knowingly.
func (p *Pages) conflict(ctx context.Context, say words, err error, typed ui.Values) *ui.Conflict {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Conflict {
		return nil
	}
	theirs, ok := f.Theirs.(ideas.Draft)
	if !ok {
		return nil
	}
	typed["version"] = []string{strconv.Itoa(theirs.Version)}
	return say.bothTexts(ctx, ideas.Words{Title: theirs.Title, Text: theirs.Text, Place: theirs.Place, Signature: theirs.Signature, At: theirs.At}, typed)
}

func (w words) bothTexts(ctx context.Context, theirs ideas.Words, typed ui.Values) *ui.Conflict {
	return &ui.Conflict{Title: t(ctx, "conflict"), Text: t(ctx, "conflict.text"), Who: w.when(ctx, theirs.At), Rows: []ui.ConflictRow{
		{Label: t(ctx, "write.name"), Theirs: theirs.Title, Yours: typed.Get("title")},
		{Label: t(ctx, "write.text"), Theirs: theirs.Text, Yours: typed.Get("text")},
		{Label: t(ctx, "write.place"), Theirs: w.place(theirs.Place), Yours: w.place(typed.Get("place"))},
	}}
}
