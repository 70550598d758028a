package pages

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// cut splits a subject as a link says it, "initiative:0190...".
func cut(text string) (kind, id string, ok bool) { return strings.Cut(text, ":") }

// itemForm are the fields of a point of the agenda of v; those that it does well
// without are folded away.
func (p *Pages) itemForm(ctx context.Context, say words, v meetings.View, typed ui.Values) (itemForm, error) {
	f := p.itemFields(ctx)
	posts, err := p.postOptions(ctx, say)
	if err != nil {
		return f, err
	}
	f.More[1].Options = posts
	if v.Meeting.Kind == meetings.Monthly {
		f.More = append(f.More, say.sectionField(ctx, v))
	}
	for _, x := range f.More {
		f.Open = f.Open || typed.Get(x.Name) != ""
	}
	return f, nil
}

func (p *Pages) itemFields(ctx context.Context) itemForm {
	wanted := ui.Field{Name: "wanted", Label: t(ctx, "field.wanted"), Kind: ui.Select, Required: true}
	for _, x := range meetings.Wants {
		wanted.Options = append(wanted.Options, ui.Option{Value: string(x), Text: t(ctx, "wanted."+string(x))})
	}
	return itemForm{
		Title:   ui.Field{Name: "title", Label: t(ctx, "field.item"), Hint: t(ctx, "field.item.hint"), Required: true, Max: meetings.TitleMax},
		Wanted:  wanted,
		Minutes: ui.Field{Name: "minutes", Label: t(ctx, "field.minutes"), Kind: ui.Number, Required: true, Unit: t(ctx, "unit.minutes")},
		More: []ui.Field{
			{Name: "text", Label: t(ctx, "field.text"), Kind: ui.Area, Rows: 4, Max: meetings.TextMax},
			{Name: "presenter", Label: t(ctx, "field.presenter"), Kind: ui.Select, Placeholder: t(ctx, "field.post.none")},
			{Name: "subject", Label: t(ctx, "field.subject"), Hint: t(ctx, "field.subject.hint"), Short: true},
			{Name: "documents", Label: t(ctx, "field.documents"), Hint: t(ctx, "field.documents.hint"), Kind: ui.Area, Rows: 3},
			{Name: "private", Label: t(ctx, "field.item_private"), Hint: t(ctx, "field.item_private.hint"), Kind: ui.Check},
		},
	}
}

// sectionField asks which ministry brings the point. Who may change a section
// only has no other choice.
func (w words) sectionField(ctx context.Context, v meetings.View) ui.Field {
	f := ui.Field{Name: "section", Label: t(ctx, "field.section"), Kind: ui.Select}
	if v.May[meetings.EditAgenda] {
		f.Placeholder = t(ctx, "field.section.none")
	}
	own := ownSections(v, people.Me(ctx))
	for _, b := range w.Charter.Ministries(w.today) {
		if slices.Contains(own, b.Code) {
			f.Options = append(f.Options, ui.Option{Value: b.Code, Text: b.Name.In(w.Lang)})
		}
	}
	return f
}

// itemOf reads a point out of a form.
func (p *Pages) itemOf(ctx context.Context, typed url.Values) (meetings.Item, error) {
	var c fault.Check
	i := meetings.Item{Title: strings.TrimSpace(typed.Get("title")), Text: strings.TrimSpace(typed.Get("text")), Wanted: meetings.Wanted(typed.Get("wanted")),
		Minutes: number(&c, typed, "minutes"), Presenter: typed.Get("presenter"), Section: typed.Get("section"),
		Documents: documentsOf(typed.Get("documents")), Private: typed.Get("private") == "true"}
	c.Require(c.Failed("minutes") || i.Minutes > 0, "minutes", "fault.required")
	if err := c.Err(); err != nil {
		return i, err
	}
	s, err := p.subjectOf(ctx, strings.TrimSpace(typed.Get("subject")))
	i.SubjectKind, i.SubjectID = s.Kind, s.ID
	return i, err
}

// itemValues is a point as its form shows it.
func itemValues(i meetings.Item) ui.Values {
	v := ui.Values{"title": {i.Title}, "text": {i.Text}, "wanted": {string(i.Wanted)}, "minutes": {itoa(i.Minutes)}, "presenter": {i.Presenter}, "section": {i.Section},
		"documents": {documentsText(i.Documents)}, "private": {truth(i.Private)}, "version": {itoa(i.Version)}}
	if i.SubjectID != "" {
		v["subject"] = []string{i.SubjectKind + ":" + i.SubjectID}
	}
	return v
}

// itemPage edits one point.
func (p *Pages) itemPage(w http.ResponseWriter, r *http.Request) error {
	page, err := p.itemView(r, nil, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) itemView(r *http.Request, typed ui.Values, both *ui.Conflict, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	v, err := p.ordered(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	i, ok := find(v.Items, r.PathValue("item"))
	if !ok {
		return web.Page{}, notFound()
	}
	if typed == nil {
		typed = itemValues(i)
	}
	form, err := p.itemForm(ctx, p.wordsOf(ctx, v.Charter), v, typed)
	if err != nil {
		return web.Page{}, err
	}
	form.Open = true
	href := Href(v.Meeting.Number)
	view := itemPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: href, Text: v.Meeting.Title}, {Href: href + "/orden", Text: t(ctx, "order")}}, Title: t(ctx, "item.edit")}, Conflict: both,
		Form: ui.Form{Action: r.URL.Path, Values: typed, Errors: wrong, Hidden: []ui.Pair{{Name: "version", Value: typed.Get("version")}}}, Fields: form,
		Save: ui.Buttons{{Text: t(ctx, "save"), Name: "do", Value: "save"}, {Text: t(ctx, "back"), Href: href + "/orden", Weight: ui.Plainer}, {Text: t(ctx, "order.drop"), Name: "do", Value: "drop", Weight: ui.Quiet}}}
	page := working(view.Heading.Title, itemBody(view))
	page.Narrow = true
	return page, nil
}

func find(items []meetings.Item, id string) (meetings.Item, bool) {
	for _, i := range items {
		if i.ID == id {
			return i, true
		}
	}
	return meetings.Item{}, false
}

// editItem stores one point, or takes it out.
func (p *Pages) editItem(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number, item := r.Context(), r.PathValue("number"), r.PathValue("item")
	if typed.Get("do") == "drop" {
		if err := p.meetings.DropItem(ctx, number, item); err != nil {
			return err
		}
		return web.Redirect(w, r, Href(number)+"/orden", "meetings.pages.flash.item_dropped")
	}
	version, _ := strconv.Atoi(typed.Get("version"))
	i, err := p.itemOf(ctx, typed)
	if err == nil {
		_, err = p.meetings.EditItem(ctx, number, item, version, i)
	}
	if err == nil {
		return web.Redirect(w, r, Href(number)+"/orden#punto-"+item, "meetings.pages.flash.item_saved")
	}
	both := bothItems(ctx, err, ui.Values(typed))
	return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.itemView(r, ui.Values(typed), both, wrong) })
}

// bothItems puts what is stored beside what was typed.
func bothItems(ctx context.Context, err error, typed ui.Values) *ui.Conflict {
	theirs, ok := theirsOf[meetings.Item](err)
	if !ok {
		return nil
	}
	typed["version"] = []string{itoa(theirs.Version)}
	return &ui.Conflict{Title: t(ctx, "conflict"), Text: t(ctx, "conflict.text"), Rows: []ui.ConflictRow{
		{Label: t(ctx, "field.item"), Theirs: theirs.Title, Yours: typed.Get("title")},
		{Label: t(ctx, "field.minutes"), Theirs: itoa(theirs.Minutes), Yours: typed.Get("minutes")},
		{Label: t(ctx, "field.text"), Theirs: theirs.Text, Yours: typed.Get("text")},
	}}
}
