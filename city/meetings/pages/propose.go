package pages

import (
	"net/http"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// proposePage asks for a point for one of the next meetings of a series.
func (p *Pages) proposePage(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	page, err := p.proposal(r, ui.Values{"wanted": {string(meetings.Discuss)}, "minutes": {"15"}, "subject": {q.Get("iniciativa")}, "title": {q.Get("title")}}, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) proposal(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	v, err := p.meetings.Series(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	if _, err := v.Require(people.Me(ctx), meetings.ProposeItem); err != nil {
		return web.Page{}, err
	}
	href := "/series/" + v.Series.Number
	form, err := p.itemForm(ctx, p.wordsOf(ctx, v.Charter), meetings.View{}, typed)
	if err != nil {
		return web.Page{}, err
	}
	view := itemPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: href, Text: v.Series.Title}}, Title: t(ctx, "agenda.propose"), Lead: t(ctx, "propose.lead")},
		Form: ui.Form{Action: r.URL.Path, Values: typed, Errors: wrong}, Fields: form,
		Save: ui.Buttons{{Text: t(ctx, "propose.do")}, {Text: t(ctx, "back"), Href: href, Weight: ui.Plainer}}}
	page := working(view.Heading.Title, itemBody(view))
	page.Narrow = true
	return page, nil
}

// propose puts the point on the backlog of the series.
func (p *Pages) propose(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number := r.Context(), r.PathValue("number")
	i, err := p.itemOf(ctx, typed)
	if err == nil {
		_, err = p.meetings.Propose(ctx, number, i)
	}
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.proposal(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, "/series/"+number, "meetings.pages.flash.proposed")
}
