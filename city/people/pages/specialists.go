package pages

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"ronda/city/people"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const (
	specialistsHref   = "/especialistas"
	organisationsHref = specialistsHref + "/organizaciones"
	specialistsShown  = 50
)

// specialistsPage lists whom initiatives can be confirmed with.
type specialistsPage struct {
	Heading ui.Heading
	Buttons ui.Buttons
	Filters ui.Filters
	Table   ui.Table
	Empty   ui.Empty
	Pager   ui.Pager
}

func (p *Pages) specialists(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	if err := allow(ctx, people.ActSeeSpecialists); err != nil {
		return err
	}
	tag := q.Get("saber")
	after, err := web.After(r)
	if err != nil {
		return err
	}
	list, err := p.people.Specialists(ctx, people.SpecialistFilter{Tag: tag, After: after, Limit: specialistsShown + 1})
	if err != nil {
		return err
	}
	view := specialistsPage{Heading: ui.Heading{Title: i18n.T(ctx, "people.specialists"), Lead: i18n.T(ctx, "people.specialists.lead")},
		Empty: ui.Empty{Title: i18n.T(ctx, "people.specialists.none"), Text: i18n.T(ctx, "people.specialists.none.text")}}
	if people.Can(people.Me(ctx), people.ActSpecialists) {
		view.Buttons = ui.Buttons{{Text: i18n.T(ctx, "people.specialist.new"), Href: specialistsHref + "/nuevo", Icon: "plus"},
			{Text: i18n.T(ctx, "people.organisations"), Href: organisationsHref, Weight: ui.Quiet}}
	}
	if len(list) > specialistsShown {
		list = list[:specialistsShown]
		view.Pager.Later = specialistsHref + "?" + url.Values{"saber": {tag}, "desde": {list[specialistsShown-1].Person}}.Encode()
	}
	if view.Filters, err = p.tagFilters(ctx, tag); err != nil {
		return err
	}
	if view.Table, err = p.specialistTable(ctx, list); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Section: partBodies, Private: true, Body: specialistsBody(view)})
}

// tagFilters are the expertises there are, as filters.
func (p *Pages) tagFilters(ctx context.Context, on string) (ui.Filters, error) {
	tags, err := p.people.Tags(ctx)
	group := ui.FilterGroup{Name: i18n.T(ctx, "people.tags")}
	for _, t := range tags {
		choice := ui.Choice{Text: t, Href: specialistsHref + "?" + url.Values{"saber": {t}}.Encode(), On: t == on, Count: -1}
		if choice.On {
			choice.Href = specialistsHref
		}
		group.Choices = append(group.Choices, choice)
	}
	if len(tags) == 0 {
		return ui.Filters{}, err
	}
	return ui.Filters{Groups: []ui.FilterGroup{group}, Clear: specialistsHref}, err
}

func (p *Pages) specialistTable(ctx context.Context, list []people.Specialist) (ui.Table, error) {
	var outside, inside []string
	for _, s := range list {
		if s.Organisation != "" {
			outside = append(outside, s.Organisation)
		} else {
			inside = append(inside, s.Body)
		}
	}
	organisations, err := p.people.OrganisationNames(ctx, outside...)
	if err != nil {
		return ui.Table{}, err
	}
	bodies, err := p.people.BodyNames(ctx, "", inside...)
	t := ui.Table{Caption: i18n.T(ctx, "people.specialists"), HideCaption: true}
	for _, key := range []string{"people.column.person", "people.column.from_where", "people.tags", "people.consent.column"} {
		t.Columns = append(t.Columns, ui.Head{Text: i18n.T(ctx, key)})
	}
	may := people.Can(people.Me(ctx), people.ActSpecialists)
	for _, s := range list {
		name := ui.Cell{Text: s.Name}
		if may {
			name.Href = specialistsHref + "/nuevo?" + url.Values{"persona": {s.Person}}.Encode()
		}
		consent := ui.State{Text: i18n.T(ctx, "people.consent.no")}
		if s.Consent {
			consent = ui.State{Tone: ui.Good, Text: i18n.T(ctx, "people.consent.yes")}
		}
		t.Rows = append(t.Rows, ui.Row{name, {Text: organisations[s.Organisation] + bodies[s.Body]}, {Text: strings.Join(s.Tags, ", ")}, {View: stateBody(consent, ui.Button{})}})
	}
	return t, err
}

func (p *Pages) newSpecialist(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := allow(ctx, people.ActSpecialists); err != nil {
		return err
	}
	person := r.URL.Query().Get("persona")
	f, err := p.specialistForm(ctx, person)
	if err != nil {
		return err
	}
	if s, ok, err := p.people.Specialist(ctx, person); err != nil {
		return err
	} else if ok {
		f.Form.Values = ui.ValuesOf(people.SpecialistForm{Organisation: s.Organisation, Body: s.Body, Tags: strings.Join(s.Tags, ", "), Consent: s.Consent})
	}
	return showForm(w, r, f)
}

// specialistForm asks for somebody new, or for what is known of a person.
func (p *Pages) specialistForm(ctx context.Context, person string) (formPage, error) {
	organisations, err := p.organisationOptions(ctx)
	if err != nil {
		return formPage{}, err
	}
	bodies, err := p.bodyOptions(ctx)
	if err != nil {
		return formPage{}, err
	}
	f := formPage{Heading: ui.Heading{Crumbs: crumbs(ctx, specialistsHref, "people.specialists"), Title: i18n.T(ctx, "people.specialist.new")}, Part: partBodies,
		Form: ui.Form{Action: specialistsHref + "/nuevo"}}
	if person == "" {
		f.Fields = append(f.Fields, ui.Field{Name: "name", Label: i18n.T(ctx, "people.column.name"), Required: true, Max: 120, Autocomplete: "off"})
	} else {
		who, err := p.people.Person(ctx, person)
		if err != nil {
			return f, err
		}
		f.Heading.Title = who.Name
		f.Form.Hidden = []ui.Pair{{Name: "person", Value: person}}
	}
	f.Fields = append(f.Fields,
		ui.Field{Name: "organisation", Kind: ui.Select, Label: i18n.T(ctx, "people.organisation"), Hint: i18n.T(ctx, "people.organisation.hint"), Placeholder: i18n.T(ctx, "people.organisation.none"), Options: organisations},
		ui.Field{Name: "body", Kind: ui.Select, Label: i18n.T(ctx, "people.or_body"), Placeholder: i18n.T(ctx, "people.organisation.none"), Options: bodies},
		ui.Field{Name: "tags", Label: i18n.T(ctx, "people.tags"), Hint: i18n.T(ctx, "people.tags.hint"), Required: true, Max: 480},
		ui.Field{Name: "consent", Kind: ui.Check, Label: i18n.T(ctx, "people.consent"), Hint: i18n.T(ctx, "people.consent.hint")})
	f.Buttons = ui.Buttons{{Text: i18n.T(ctx, "people.save")}, {Text: i18n.T(ctx, "ui.cancel"), Href: specialistsHref, Weight: ui.Plainer}}
	return f, nil
}

const organisationsOffered = 500 // in a select; beyond that it is no list to choose from

func (p *Pages) organisationOptions(ctx context.Context) ([]ui.Option, error) {
	list, err := p.people.Organisations(ctx, "", organisationsOffered)
	var options []ui.Option
	for _, o := range list {
		options = append(options, ui.Option{Value: o.ID, Text: o.Name})
	}
	return options, err
}

func (p *Pages) setSpecialist(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := allow(ctx, people.ActSpecialists); err != nil {
		return err
	}
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	_, err = p.people.SetSpecialist(ctx, people.SpecialistForm{Person: typed.Get("person"), Name: typed.Get("name"), Organisation: typed.Get("organisation"),
		Body: typed.Get("body"), Tags: typed.Get("tags"), Consent: typed.Get("consent") == "true"})
	if err == nil {
		return web.Redirect(w, r, specialistsHref, "people.flash.specialist")
	}
	f, ferr := p.specialistForm(ctx, typed.Get("person"))
	if ferr != nil {
		return ferr
	}
	return again(w, r, f, typed, err)
}

// organisationsPage lists the organisations, with the form for another one.
type organisationsPage struct {
	Table ui.Table
	Form  formPage
	Pager ui.Pager
}

func (p *Pages) organisationsView(ctx context.Context, after string) (organisationsPage, error) {
	if err := allow(ctx, people.ActSpecialists); err != nil {
		return organisationsPage{}, err
	}
	list, err := p.people.Organisations(ctx, after, specialistsShown+1)
	view := organisationsPage{Table: ui.Table{Caption: i18n.T(ctx, "people.organisations"), HideCaption: true,
		Columns: []ui.Head{{Text: i18n.T(ctx, "people.column.name")}, {Text: i18n.T(ctx, "people.kind")}}}, Form: organisationForm(ctx)}
	if len(list) > specialistsShown {
		list = list[:specialistsShown]
		view.Pager.Later = organisationsHref + "?" + url.Values{"desde": {list[specialistsShown-1].ID}}.Encode()
	}
	for _, o := range list {
		view.Table.Rows = append(view.Table.Rows, ui.Row{{Text: o.Name}, {Text: i18n.T(ctx, "people.organisation."+string(o.Kind))}})
	}
	return view, err
}

func organisationForm(ctx context.Context) formPage {
	kind := ui.Field{Name: "kind", Kind: ui.Select, Label: i18n.T(ctx, "people.kind"), Placeholder: i18n.T(ctx, "people.choose"), Required: true}
	for _, k := range people.OrganisationKinds {
		kind.Options = append(kind.Options, ui.Option{Value: string(k), Text: i18n.T(ctx, "people.organisation."+string(k))})
	}
	return formPage{Heading: ui.Heading{Crumbs: crumbs(ctx, specialistsHref, "people.specialists"), Title: i18n.T(ctx, "people.organisations")}, Part: partBodies,
		Form:    ui.Form{Action: organisationsHref},
		Fields:  []ui.Field{{Name: "name", Label: i18n.T(ctx, "people.column.name"), Required: true, Max: 120, Autocomplete: "off"}, kind},
		Buttons: ui.Buttons{{Text: i18n.T(ctx, "people.organisation.add")}}}
}

func (p *Pages) organisations(w http.ResponseWriter, r *http.Request) error {
	after, err := web.After(r)
	if err != nil {
		return err
	}
	view, err := p.organisationsView(r.Context(), after)
	if err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: view.Form.Heading.Title, Section: partBodies, Private: true, Body: organisationsBody(view)})
}

func (p *Pages) addOrganisation(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := allow(ctx, people.ActSpecialists); err != nil {
		return err
	}
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	if _, err := p.people.AddOrganisation(ctx, typed.Get("name"), typed.Get("kind")); err != nil {
		return again(w, r, organisationForm(ctx), typed, err)
	}
	return web.Redirect(w, r, organisationsHref, "people.flash.organisation")
}
