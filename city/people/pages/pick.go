package pages

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"ronda/city/people"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// pickPage finds a person: a search, and those found as links that go on.
type pickPage struct {
	Heading ui.Heading
	Form    ui.Form
	Field   ui.Field
	Find    ui.Button
	Found   ui.Table
	Empty   *ui.Empty
}

// pick shows the search for an official; the links lead back to the same
// address with the person in it.
func (p *Pages) pick(w http.ResponseWriter, r *http.Request, heading ui.Heading, part string) error {
	ctx, q := r.Context(), r.URL.Query()
	view := pickPage{Heading: heading, Form: ui.Form{Get: true, Action: r.URL.Path, Values: ui.Values(q), Hidden: rest(q, "persona")},
		Field: ui.Field{Name: "q", Kind: ui.Search, Label: i18n.T(ctx, "people.pick.label"), Hint: i18n.T(ctx, "people.pick.hint"), Focus: true},
		Find:  ui.Button{Text: i18n.T(ctx, "ui.search"), Icon: "search"}}
	if q.Get("q") != "" {
		found, err := p.people.Persons(ctx, people.PersonFilter{Query: q.Get("q"), Official: true})
		if err != nil {
			return err
		}
		if view.Found, err = p.pickTable(ctx, r, found); err != nil {
			return err
		}
		if len(found) == 0 {
			view.Empty = &ui.Empty{Title: i18n.T(ctx, "people.pick.none"), Text: i18n.T(ctx, "people.pick.none.text")}
		}
	}
	return web.Render(w, r, web.Page{Title: heading.Title, Section: part, Private: true, Body: pickBody(view)})
}

// rest is the parameters that lead through a page, without some, to travel
// along.
func rest(q url.Values, without ...string) []ui.Pair {
	var pairs []ui.Pair
	for _, name := range []string{"puesto", "persona"} {
		if v := q.Get(name); v != "" && !slices.Contains(without, name) {
			pairs = append(pairs, ui.Pair{Name: name, Value: v})
		}
	}
	return pairs
}

func (p *Pages) pickTable(ctx context.Context, r *http.Request, found []people.Person) (ui.Table, error) {
	posts, err := p.postsOf(ctx, found)
	if err != nil {
		return ui.Table{}, err
	}
	t := ui.Table{Caption: i18n.T(ctx, "people.pick.found"), HideCaption: true,
		Columns: []ui.Head{{Text: i18n.T(ctx, "people.column.person")}, {Text: i18n.T(ctx, "people.column.posts")}}}
	for _, f := range found {
		q := r.URL.Query()
		q.Del("q")
		q.Set("persona", f.ID)
		t.Rows = append(t.Rows, ui.Row{{Text: f.Name, Href: r.URL.Path + "?" + q.Encode()}, {Text: posts[f.ID]}})
	}
	return t, nil
}

// postsOf are the titles of the posts that persons hold today, in one line each.
func (p *Pages) postsOf(ctx context.Context, list []people.Person) (map[string]string, error) {
	day, err := p.people.Today(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(list))
	for i, person := range list {
		ids[i] = person.ID
	}
	terms, err := p.people.TermsHeld(ctx, day, ids...)
	if err != nil {
		return nil, err
	}
	codes := make([]string, len(terms))
	for i, t := range terms {
		codes[i] = t.Post
	}
	titles, err := p.people.PostTitles(ctx, day, codes...)
	if err != nil {
		return nil, err
	}
	held := map[string][]string{}
	for _, t := range terms {
		held[t.Person] = append(held[t.Person], titles[t.Post])
	}
	out := make(map[string]string, len(held))
	for person, posts := range held {
		out[person] = strings.Join(posts, ", ")
	}
	return out, nil
}
