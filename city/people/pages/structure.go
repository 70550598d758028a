package pages

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const structureHref = "/administracion/organismos"

// structurePage lists the bodies for administrators.
type structurePage struct {
	Heading ui.Heading
	Buttons ui.Buttons
	Form    ui.Form
	Field   ui.Field
	Find    ui.Button
	Table   ui.Table
	Empty   ui.Empty
}

func (p *Pages) structure(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := allow(ctx, people.ActStructure); err != nil {
		return err
	}
	ch, err := p.people.Charter(ctx)
	if err != nil {
		return err
	}
	all, err := p.people.Bodies(ctx, people.BodyFilter{Ended: true})
	if err != nil {
		return err
	}
	q := r.URL.Query()
	found := keep(all, people.BodyFilter{Query: q.Get("q")})
	view := structurePage{Form: ui.Form{Get: true, Action: structureHref, Values: ui.Values(q)}, Find: ui.Button{Text: i18n.T(ctx, "ui.search"), Weight: ui.Quiet, Icon: "search"},
		Field:   ui.Field{Name: "q", Kind: ui.Search, Label: i18n.T(ctx, "people.tree.search"), Hint: i18n.T(ctx, "people.structure.hint")},
		Empty:   ui.Empty{Title: i18n.T(ctx, "people.tree.none"), Text: i18n.T(ctx, "people.tree.none.text")},
		Heading: ui.Heading{Crumbs: crumbs(ctx, "/administracion", "people.admin"), Title: i18n.T(ctx, "people.structure"), Lead: i18n.T(ctx, "people.structure.lead")},
		Buttons: ui.Buttons{{Text: i18n.T(ctx, "people.body.new"), Href: structureHref + "/nuevo", Icon: "plus"},
			{Text: i18n.T(ctx, "people.reorganise"), Href: structureHref + "/reorganizar", Weight: ui.Quiet}},
		Table: bodyTable(ctx, ch, all, found)}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Section: partAdmin, Private: true, Body: structureBody(view)})
}

func bodyTable(ctx context.Context, ch *charter.Charter, all, found []people.Body) ui.Table {
	called := map[string]string{}
	for _, b := range all {
		called[b.Code] = b.Name
	}
	t := ui.Table{Caption: i18n.T(ctx, "people.bodies"), HideCaption: true}
	for _, key := range []string{"people.column.name", "people.kind", "people.above", "people.life"} {
		t.Columns = append(t.Columns, ui.Head{Text: i18n.T(ctx, key)})
	}
	for _, b := range found {
		t.Rows = append(t.Rows, ui.Row{{Text: b.Name, Href: bodyHref(b.Code)}, {Text: ch.KindName(b.Kind).In(i18n.Of(ctx))}, {Text: called[b.Parent]}, {Text: span(ctx, b.From, b.To)}})
	}
	return t
}

// nameFields ask for a name in each language; those of the city are required.
func (p *Pages) nameFields(ctx context.Context) []ui.Field {
	var fields []ui.Field
	ch, err := p.people.Charter(ctx)
	for i, lang := range i18n.Langs {
		required := i == 0
		if err == nil {
			required = slices.Contains(ch.City.Languages, lang)
		}
		fields = append(fields, ui.Field{Name: "name_" + string(lang), Label: i18n.T(ctx, "people.name."+string(lang)), Required: required, Max: 120, Autocomplete: "off"})
	}
	return fields
}

// nameOf reads the fields of nameFields.
func nameOf(typed url.Values) charter.Name {
	n := charter.Name{}
	for _, lang := range i18n.Langs {
		n[lang] = typed.Get("name_" + string(lang))
	}
	return n
}

// bodyOptions are the bodies of today to choose from.
func (p *Pages) bodyOptions(ctx context.Context) ([]ui.Option, error) {
	all, err := p.people.Bodies(ctx, people.BodyFilter{})
	var options []ui.Option
	for _, b := range all {
		options = append(options, ui.Option{Value: b.Code, Text: b.Name})
	}
	return options, err
}

func (p *Pages) bodyForm(ctx context.Context, above string) (formPage, error) {
	if err := allow(ctx, people.ActStructure); err != nil {
		return formPage{}, err
	}
	ch, err := p.people.Charter(ctx)
	if err != nil {
		return formPage{}, err
	}
	options, err := p.bodyOptions(ctx)
	if err != nil {
		return formPage{}, err
	}
	kind := ui.Field{Name: "kind", Kind: ui.Select, Label: i18n.T(ctx, "people.kind"), Placeholder: i18n.T(ctx, "people.choose"), Required: true}
	for _, k := range charter.Kinds {
		kind.Options = append(kind.Options, ui.Option{Value: string(k), Text: cmp.Or(ch.KindName(k).In(i18n.Of(ctx)), i18n.T(ctx, "people.kind."+string(k)))})
	}
	fields := append(p.nameFields(ctx), kind,
		ui.Field{Name: "short", Label: i18n.T(ctx, "people.short"), Max: 20, Short: true},
		ui.Field{Name: "parent", Kind: ui.Select, Label: i18n.T(ctx, "people.above"), Placeholder: i18n.T(ctx, "people.above.none"), Options: options},
		ui.Field{Name: "from", Kind: ui.Date, Label: i18n.T(ctx, "people.first_day"), Required: true})
	return formPage{Heading: ui.Heading{Crumbs: crumbs(ctx, structureHref, "people.structure"), Title: i18n.T(ctx, "people.body.new")},
		Form: ui.Form{Action: structureHref + "/nuevo", Values: ui.Values{"parent": {above}}}, Fields: fields, Part: partAdmin,
		Buttons: ui.Buttons{{Text: i18n.T(ctx, "people.body.create")}, {Text: i18n.T(ctx, "ui.cancel"), Href: structureHref, Weight: ui.Plainer}}}, nil
}

func (p *Pages) newBody(w http.ResponseWriter, r *http.Request) error {
	f, err := p.bodyForm(r.Context(), r.URL.Query().Get("arriba"))
	if err != nil {
		return err
	}
	return showForm(w, r, f)
}

func (p *Pages) foundBody(w http.ResponseWriter, r *http.Request) error {
	f, err := p.bodyForm(r.Context(), "")
	if err != nil {
		return err
	}
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	code, err := p.people.FoundBody(r.Context(), people.BodyForm{Name: nameOf(typed), Kind: typed.Get("kind"), Short: typed.Get("short"),
		Parent: typed.Get("parent"), From: typed.Get("from")})
	if err != nil {
		return again(w, r, f, typed, err)
	}
	return web.Redirect(w, r, bodyHref(code), "people.flash.body")
}

func (p *Pages) postForm(ctx context.Context, body string) (formPage, error) {
	if err := allow(ctx, people.ActStructure); err != nil {
		return formPage{}, err
	}
	ch, err := p.people.Charter(ctx)
	if err != nil {
		return formPage{}, err
	}
	options, err := p.bodyOptions(ctx)
	if err != nil {
		return formPage{}, err
	}
	rank := ui.Field{Name: "rank", Kind: ui.Select, Label: i18n.T(ctx, "people.rank"), Placeholder: i18n.T(ctx, "people.choose"), Required: true}
	for _, k := range charter.Ranks {
		rank.Options = append(rank.Options, ui.Option{Value: string(k), Text: cmp.Or(ch.RankName(k).In(i18n.Of(ctx)), i18n.T(ctx, "people.rank."+string(k)))})
	}
	fields := append(p.nameFields(ctx),
		ui.Field{Name: "body", Kind: ui.Select, Label: i18n.T(ctx, "people.column.body"), Placeholder: i18n.T(ctx, "people.choose"), Required: true, Options: options}, rank,
		ui.Field{Name: "signs", Kind: ui.Check, Label: i18n.T(ctx, "people.signs"), Hint: i18n.T(ctx, "people.signs.hint")},
		ui.Field{Name: "seats", Kind: ui.Number, Label: i18n.T(ctx, "people.seats"), Hint: i18n.T(ctx, "people.seats.hint"), Short: true},
		ui.Field{Name: "from", Kind: ui.Date, Label: i18n.T(ctx, "people.first_day"), Required: true})
	return formPage{Heading: ui.Heading{Crumbs: crumbs(ctx, structureHref, "people.structure"), Title: i18n.T(ctx, "people.post.new")},
		Form: ui.Form{Action: "/administracion/puestos/nuevo", Values: ui.Values{"body": {body}, "signs": {"true"}, "seats": {"1"}}}, Fields: fields, Part: partAdmin,
		Buttons: ui.Buttons{{Text: i18n.T(ctx, "people.post.create")}, {Text: i18n.T(ctx, "ui.cancel"), Href: structureHref, Weight: ui.Plainer}}}, nil
}

func (p *Pages) newPost(w http.ResponseWriter, r *http.Request) error {
	f, err := p.postForm(r.Context(), r.URL.Query().Get("organismo"))
	if err != nil {
		return err
	}
	return showForm(w, r, f)
}

func (p *Pages) foundPost(w http.ResponseWriter, r *http.Request) error {
	f, err := p.postForm(r.Context(), "")
	if err != nil {
		return err
	}
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	form := people.PostForm{Title: nameOf(typed), Body: typed.Get("body"), Rank: typed.Get("rank"), Signs: typed.Get("signs") == "true",
		Seats: typed.Get("seats"), From: typed.Get("from")}
	if _, err := p.people.FoundPost(r.Context(), form); err != nil {
		return again(w, r, f, typed, err)
	}
	return web.Redirect(w, r, bodyHref(form.Body), "people.flash.post")
}

func (p *Pages) endPostForm(ctx context.Context, code string) (formPage, people.Post, error) {
	if err := allow(ctx, people.ActStructure); err != nil {
		return formPage{}, people.Post{}, err
	}
	post, err := p.people.Post(ctx, code)
	if err != nil {
		return formPage{}, post, err
	}
	day, err := p.people.Today(ctx)
	return formPage{Heading: ui.Heading{Crumbs: crumbs(ctx, structureHref, "people.structure"), Over: post.Title, Title: i18n.T(ctx, "people.post.end"), Lead: i18n.T(ctx, "people.post.end.lead")},
		Form:    ui.Form{Action: "/administracion/puestos/" + code + "/terminar", Values: ui.Values{"last": {string(day)}}},
		Fields:  []ui.Field{{Name: "last", Kind: ui.Date, Label: i18n.T(ctx, "people.last_day"), Required: true, From: string(day)}},
		Buttons: ui.Buttons{{Text: i18n.T(ctx, "people.post.end"), Weight: ui.Danger}, {Text: i18n.T(ctx, "ui.cancel"), Href: bodyHref(post.Body), Weight: ui.Plainer}}, Part: partAdmin}, post, err
}

func (p *Pages) askEndPost(w http.ResponseWriter, r *http.Request) error {
	f, _, err := p.endPostForm(r.Context(), r.PathValue("post"))
	if err != nil {
		return err
	}
	return showForm(w, r, f)
}

func (p *Pages) endPost(w http.ResponseWriter, r *http.Request) error {
	f, post, err := p.endPostForm(r.Context(), r.PathValue("post"))
	if err != nil {
		return err
	}
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	if err := p.people.EndPost(r.Context(), post.Code, typed.Get("last")); err != nil {
		return again(w, r, f, typed, err)
	}
	return web.Redirect(w, r, bodyHref(post.Body), "people.flash.post_ended")
}
