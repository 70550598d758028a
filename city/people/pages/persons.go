package pages

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const (
	personsHref = "/administracion/personas"
	perPage     = 30
)

// personsPage lists persons for administrators.
type personsPage struct {
	Heading ui.Heading
	New     ui.Button
	Form    ui.Form
	Field   ui.Field
	Find    ui.Button
	Table   ui.Table
	Empty   ui.Empty
	Pager   ui.Pager
}

func (p *Pages) persons(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	if err := allow(ctx, people.ActPersons); err != nil {
		return err
	}
	after, err := web.After(r)
	if err != nil {
		return err
	}
	found, err := p.people.Persons(ctx, people.PersonFilter{Query: q.Get("q"), After: after, Limit: perPage + 1})
	if err != nil {
		return err
	}
	view := personsPage{Heading: ui.Heading{Crumbs: crumbs(ctx, "/administracion", "people.admin"), Title: i18n.T(ctx, "people.persons"), Lead: i18n.T(ctx, "people.persons.lead")},
		New:  ui.Button{Text: i18n.T(ctx, "people.person.new"), Href: personsHref + "/nueva", Icon: "plus"},
		Form: ui.Form{Get: true, Action: personsHref, Values: ui.Values(q)}, Find: ui.Button{Text: i18n.T(ctx, "ui.search"), Weight: ui.Quiet, Icon: "search"},
		Field: ui.Field{Name: "q", Kind: ui.Search, Label: i18n.T(ctx, "people.persons.search")},
		Empty: ui.Empty{Title: i18n.T(ctx, "people.pick.none"), Text: i18n.T(ctx, "people.pick.none.text")}}
	if q.Get("desde") != "" {
		view.Pager.Earlier = personsHref + "?" + url.Values{"q": {q.Get("q")}}.Encode()
	}
	if len(found) > perPage {
		found = found[:perPage]
		view.Pager.Later = personsHref + "?" + url.Values{"q": {q.Get("q")}, "desde": {found[perPage-1].ID}}.Encode()
	}
	if view.Table, err = p.personTable(ctx, found); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Section: partAdmin, Private: true, Body: personsBody(view)})
}

func (p *Pages) personTable(ctx context.Context, found []people.Person) (ui.Table, error) {
	posts, err := p.postsOf(ctx, found)
	if err != nil {
		return ui.Table{}, err
	}
	roles, err := p.rolesToday(ctx)
	if err != nil {
		return ui.Table{}, err
	}
	signIn, err := p.mayEnter(ctx, found)
	t := ui.Table{Caption: i18n.T(ctx, "people.persons"), HideCaption: true, Columns: []ui.Head{{Text: i18n.T(ctx, "people.column.person")},
		{Text: i18n.T(ctx, "people.column.posts")}, {Text: i18n.T(ctx, "people.roles")}, {Text: i18n.T(ctx, "people.column.class")}}}
	if p.accounts != nil {
		t.Columns = append(t.Columns, ui.Head{Text: i18n.T(ctx, "people.column.account")})
	}
	for _, f := range found {
		row := ui.Row{{Text: f.Name, Href: personHref(f.ID)}, {Text: posts[f.ID]}, {Text: strings.Join(roles[f.ID], ", ")}, {Text: class(ctx, f)}}
		if p.accounts != nil {
			row = append(row, ui.Cell{Text: signIn[f.ID]})
		}
		t.Rows = append(t.Rows, row)
	}
	return t, err
}

// mayEnter says of each person, yes or no, whether there is an account to sign in
// with.
func (p *Pages) mayEnter(ctx context.Context, found []people.Person) (map[string]string, error) {
	out := map[string]string{}
	if p.accounts == nil {
		return out, nil
	}
	ids := make([]string, len(found))
	for i, f := range found {
		ids[i] = f.ID
	}
	has, err := p.accounts(ctx, ids...)
	for _, id := range ids {
		key := "people.account.no"
		if _, ok := has[id]; ok {
			key = "people.account.yes"
		}
		out[id] = i18n.T(ctx, key)
	}
	return out, err
}

// rolesToday are the names of the roles that each person has today, by person.
func (p *Pages) rolesToday(ctx context.Context) (map[string][]string, error) {
	out := map[string][]string{}
	for _, role := range []string{people.RoleAdministrator, people.RoleFacilitator} {
		holders, err := p.people.WithRole(ctx, role)
		if err != nil {
			return nil, err
		}
		for _, person := range holders {
			out[person] = append(out[person], i18n.T(ctx, "people.role."+role))
		}
	}
	return out, nil
}

// class says which kind of account a person has.
func class(ctx context.Context, f people.Person) string {
	key := "people.class.citizen"
	if f.Official {
		key = "people.class.official"
	}
	text := i18n.T(ctx, key)
	if f.Invented {
		text += ", " + i18n.T(ctx, "people.class.invented")
	}
	return text
}

func personForm(ctx context.Context) formPage {
	return formPage{Heading: ui.Heading{Crumbs: crumbs(ctx, personsHref, "people.persons"), Title: i18n.T(ctx, "people.person.new"), Lead: i18n.T(ctx, "people.person.new.lead")},
		Form: ui.Form{Action: personsHref + "/nueva"}, Fields: []ui.Field{{Name: "name", Label: i18n.T(ctx, "people.column.name"), Required: true, Max: 120, Focus: true, Autocomplete: "off"}},
		Buttons: ui.Buttons{{Text: i18n.T(ctx, "people.person.create")}, {Text: i18n.T(ctx, "ui.cancel"), Href: personsHref, Weight: ui.Plainer}}, Part: partAdmin}
}

func (p *Pages) newPerson(w http.ResponseWriter, r *http.Request) error {
	if err := allow(r.Context(), people.ActPersons); err != nil {
		return err
	}
	return showForm(w, r, personForm(r.Context()))
}

func (p *Pages) createPerson(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	id, err := p.people.CreateOfficial(r.Context(), typed.Get("name"))
	if err != nil {
		return again(w, r, personForm(r.Context()), typed, err)
	}
	return web.Redirect(w, r, personHref(id), "people.flash.person")
}

// personPage is one person with posts and roles.
type personPage struct {
	Heading ui.Heading
	Notice  *ui.Notice
	Appoint ui.Button
	Account ui.Button // how the person signs in; the page is the composition's
	Terms   ui.Table
	Roles   []roleRow
	Past    ui.Table // roles that ended
}

// roleRow is one role with the button that gives or takes it.
type roleRow struct {
	Name, About string
	State       ui.State
	Form        ui.Form
	Button      ui.Button
}

func (p *Pages) person(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := allow(ctx, people.ActPersons); err != nil {
		return err
	}
	who, err := p.people.Person(ctx, r.PathValue("id"))
	if err != nil {
		return err
	}
	view := personPage{Heading: ui.Heading{Crumbs: crumbs(ctx, personsHref, "people.persons"), Over: class(ctx, who), Title: who.Name},
		Appoint: ui.Button{Text: i18n.T(ctx, "people.appoint.somewhere"), Href: appointHref + "?" + url.Values{"persona": {who.ID}}.Encode()},
		Account: ui.Button{Text: i18n.T(ctx, "people.account"), Href: personsHref + "/" + who.ID + "/cuenta", Weight: ui.Quiet}}
	if view.Terms, err = p.termTable(ctx, who.ID); err != nil {
		return err
	}
	if view.Roles, view.Past, err = p.roles(ctx, who.ID); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: who.Name, Section: partAdmin, Private: true, Body: personBody(view)})
}

// termTable is what a person holds and held.
func (p *Pages) termTable(ctx context.Context, person string) (ui.Table, error) {
	terms, err := p.people.TermsOf(ctx, person)
	if err != nil {
		return ui.Table{}, err
	}
	day, err := p.people.Today(ctx)
	if err != nil {
		return ui.Table{}, err
	}
	t := ui.Table{Caption: i18n.T(ctx, "people.posts"), HideCaption: true}
	for _, key := range []string{"people.column.post", "people.column.body", "people.column.term", "people.act", "people.column.state"} {
		t.Columns = append(t.Columns, ui.Head{Text: i18n.T(ctx, key)})
	}
	for _, term := range terms {
		post, err := p.people.Post(ctx, term.Post)
		if err != nil {
			return t, err
		}
		b, err := p.people.BodyOn(ctx, post.Body, term.From)
		if err != nil {
			return t, err
		}
		t.Rows = append(t.Rows, ui.Row{{Text: post.Title}, {Text: b.Name, Href: bodyHref(b.Code)}, {Text: span(ctx, term.From, term.To)}, {Text: term.Act},
			{View: termState(ctx, term, term.To == "" || day < term.To, day < term.From)}})
	}
	return t, nil
}

// termState says where a term stands, with the way to end one that is not over.
func termState(ctx context.Context, t people.Term, open, coming bool) templ.Component {
	state := ui.State{Text: i18n.T(ctx, "people.term.past")}
	var act ui.Button
	if open {
		state = ui.State{Tone: ui.Good, Text: i18n.T(ctx, "people.term.now")}
		act = ui.Button{Text: i18n.T(ctx, "people.term.end"), Href: "/mandatos/" + t.ID + "/terminar", Weight: ui.Plainer}
	}
	if coming {
		state = ui.State{Tone: ui.Info, Text: i18n.T(ctx, "people.term.coming")}
	}
	return stateBody(state, act)
}

// roles are the roles that there are, with those the person has, and the ones
// that ended.
func (p *Pages) roles(ctx context.Context, person string) ([]roleRow, ui.Table, error) {
	held, err := p.people.RolesOf(ctx, person)
	if err != nil {
		return nil, ui.Table{}, err
	}
	since := map[string]string{}
	past := ui.Table{Caption: i18n.T(ctx, "people.roles.past"), Columns: []ui.Head{{Text: i18n.T(ctx, "people.column.role")}, {Text: i18n.T(ctx, "people.column.days")}}}
	for _, h := range held {
		if h.To == "" {
			since[h.Role] = span(ctx, h.From, "")
			continue
		}
		past.Rows = append(past.Rows, ui.Row{{Text: i18n.T(ctx, "people.role."+h.Role)}, {Text: span(ctx, h.From, h.To)}})
	}
	var rows []roleRow
	for _, role := range people.Roles {
		rows = append(rows, row(ctx, person, role, since[role]))
	}
	return rows, past, nil
}

func row(ctx context.Context, person, role, since string) roleRow {
	name := i18n.T(ctx, "people.role."+role)
	r := roleRow{Name: name, About: i18n.T(ctx, "people.role."+role+".about"), State: ui.State{Text: i18n.T(ctx, "people.role.none")},
		Form:   ui.Form{ID: role, Action: personHref(person) + "/roles", Hidden: []ui.Pair{{Name: "role", Value: role}}},
		Button: ui.Button{Text: i18n.T(ctx, "people.role.grant"), Of: ": " + name, Name: "do", Value: "grant", Weight: ui.Quiet}}
	if since != "" {
		r.State = ui.State{Tone: ui.Good, Text: since}
		r.Button = ui.Button{Text: i18n.T(ctx, "people.role.revoke"), Of: ": " + name, Name: "do", Value: "revoke", Weight: ui.Quiet}
	}
	return r
}

func (p *Pages) changeRole(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := allow(ctx, people.ActRoles); err != nil {
		return err
	}
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	change := map[string]func(context.Context, string, string) (bool, error){"grant": p.people.Grant, "revoke": p.people.Revoke}[typed.Get("do")]
	if change == nil {
		return fault.New(fault.Invalid, "fault.invalid")
	}
	pending, err := change(ctx, r.PathValue("id"), typed.Get("role"))
	if err != nil {
		return err
	}
	if pending {
		return web.Redirect(w, r, changesHref, "people.flash.proposed")
	}
	return web.Redirect(w, r, personHref(r.PathValue("id")), "people.flash.role")
}
