package pages

import (
	"cmp"
	"context"
	"net/http"
	"net/url"

	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const appointHref = "/nombrar"

// newAppointment asks, one at a time, for the post, the person and the days.
func (p *Pages) newAppointment(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	if err := allow(ctx, people.ActAppoint); err != nil {
		return err
	}
	if q.Get("puesto") == "" {
		return p.choosePost(w, r, q.Get("persona"))
	}
	if q.Get("persona") == "" {
		post, err := p.appointable(ctx, q.Get("puesto"))
		if err != nil {
			return err
		}
		return p.pick(w, r, ui.Heading{Over: post.Title, Title: i18n.T(ctx, "people.appoint"), Crumbs: bodyCrumb(ctx, post), Lead: i18n.T(ctx, "people.appoint.who")}, partBodies)
	}
	f, err := p.appointForm(ctx, q.Get("puesto"), q.Get("persona"))
	if err != nil {
		return err
	}
	return showForm(w, r, f)
}

// appointable is a post that this person may appoint to.
func (p *Pages) appointable(ctx context.Context, code string) (people.Post, error) {
	post, err := p.people.Post(ctx, code)
	if err != nil {
		return post, err
	}
	b, err := p.people.Body(ctx, post.Body)
	if err != nil {
		return post, err
	}
	if !people.CanAppoint(people.Me(ctx), post, b) {
		return post, fault.New(fault.Forbidden, "people.fault.not_yours")
	}
	return post, nil
}

func bodyCrumb(ctx context.Context, post people.Post) []ui.Link {
	return []ui.Link{{Href: "/organismos", Text: i18n.T(ctx, "people.tree.title")}, {Href: bodyHref(post.Body), Text: i18n.T(ctx, "people.body")}}
}

// choosePost lists the posts that this person may appoint to.
func (p *Pages) choosePost(w http.ResponseWriter, r *http.Request, person string) error {
	ctx := r.Context()
	posts, err := p.people.Posts(ctx, "")
	if err != nil {
		return err
	}
	bodies, err := p.people.Bodies(ctx, people.BodyFilter{})
	if err != nil {
		return err
	}
	field := ui.Field{Name: "puesto", Kind: ui.Select, Label: i18n.T(ctx, "people.column.post"), Placeholder: i18n.T(ctx, "people.choose"), Required: true}
	for _, b := range bodies {
		for _, post := range posts {
			if post.Body == b.Code && people.CanAppoint(people.Me(ctx), post, b) {
				field.Options = append(field.Options, ui.Option{Value: post.Code, Text: post.Title, Group: b.Name})
			}
		}
	}
	f := formPage{Heading: ui.Heading{Title: i18n.T(ctx, "people.appoint"), Lead: i18n.T(ctx, "people.appoint.where")}, Part: partBodies,
		Form: ui.Form{Get: true, Action: appointHref}, Fields: []ui.Field{field}, Buttons: ui.Buttons{{Text: i18n.T(ctx, "people.go_on")}}}
	if person != "" {
		f.Form.Hidden = []ui.Pair{{Name: "persona", Value: person}}
	}
	return showForm(w, r, f)
}

func (p *Pages) appointForm(ctx context.Context, code, person string) (formPage, error) {
	post, err := p.appointable(ctx, code)
	if err != nil {
		return formPage{}, err
	}
	who, err := p.people.Person(ctx, person)
	if err != nil {
		return formPage{}, err
	}
	held, err := p.heldBy(ctx, post)
	if err != nil {
		return formPage{}, err
	}
	f := formPage{
		Heading: ui.Heading{Crumbs: bodyCrumb(ctx, post), Over: post.Title, Title: i18n.T(ctx, "people.appoint.title", "name", who.Name)}, Part: partBodies,
		Notices: held,
		Form:    ui.Form{Action: appointHref, Hidden: []ui.Pair{{Name: "post", Value: post.Code}, {Name: "person", Value: who.ID}}},
		Fields: []ui.Field{
			{Name: "from", Kind: ui.Date, Label: i18n.T(ctx, "people.first_day"), Required: true},
			{Name: "last", Kind: ui.Date, Label: i18n.T(ctx, "people.last_day"), Hint: lastHint(ctx, post)},
			{Name: "act", Label: i18n.T(ctx, "people.act"), Hint: i18n.T(ctx, "people.act.hint"), Max: 200},
		},
		Buttons: ui.Buttons{{Text: i18n.T(ctx, "people.appoint")}, {Text: i18n.T(ctx, "ui.cancel"), Href: bodyHref(post.Body), Weight: ui.Plainer}},
	}
	if len(held) > 0 && post.Seats == 1 {
		f.Fields = append(f.Fields, ui.Field{Name: "replace", Kind: ui.Check, Label: i18n.T(ctx, "people.replace"), Hint: i18n.T(ctx, "people.replace.hint")})
	}
	return f, nil
}

func lastHint(ctx context.Context, post people.Post) string {
	if post.Years > 0 {
		return i18n.T(ctx, "people.last_day.years", "count", post.Years)
	}
	return i18n.T(ctx, "people.last_day.open")
}

// heldBy says who holds the post today.
func (p *Pages) heldBy(ctx context.Context, post people.Post) ([]ui.Notice, error) {
	day, err := p.people.Today(ctx)
	if err != nil {
		return nil, err
	}
	holders, err := p.holderNames(ctx, day)
	if err != nil || len(holders[post.Code]) == 0 {
		return nil, err
	}
	if post.Seats > 1 {
		return []ui.Notice{{Tone: ui.Info, Title: i18n.T(ctx, "people.seats_taken", "taken", len(holders[post.Code]), "count", post.Seats)}}, nil
	}
	return []ui.Notice{{Tone: ui.Info, Title: i18n.T(ctx, "people.held_by", "name", holders[post.Code][0])}}, nil
}

func (p *Pages) appoint(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	a := people.Appointment{Post: typed.Get("post"), Person: typed.Get("person"), From: typed.Get("from"), Last: typed.Get("last"),
		Act: typed.Get("act"), Replace: typed.Get("replace") == "true"}
	_, pending, err := p.people.Appoint(ctx, a)
	if err != nil {
		return p.appointAgain(w, r, a, typed, err)
	}
	if pending {
		return web.Redirect(w, r, changesHref, "people.flash.proposed")
	}
	post, err := p.people.Post(ctx, a.Post)
	if err != nil {
		return err
	}
	return web.Redirect(w, r, bodyHref(post.Body), "people.flash.appointed")
}

func (p *Pages) appointAgain(w http.ResponseWriter, r *http.Request, a people.Appointment, typed url.Values, err error) error {
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	f, ferr := p.appointForm(r.Context(), a.Post, a.Person)
	if fault.Is(ferr, fault.NotFound) { // the hidden person is none: nothing to show again
		return err
	}
	if ferr != nil {
		return ferr
	}
	return again(w, r, f, typed, err)
}

func (p *Pages) askEndTerm(w http.ResponseWriter, r *http.Request) error {
	f, _, err := p.endTermForm(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return showForm(w, r, f)
}

func (p *Pages) endTermForm(ctx context.Context, id string) (formPage, people.Post, error) {
	if err := allow(ctx, people.ActAppoint); err != nil {
		return formPage{}, people.Post{}, err
	}
	t, err := p.people.Term(ctx, id)
	if err != nil {
		return formPage{}, people.Post{}, err
	}
	post, err := p.appointable(ctx, t.Post)
	if err != nil {
		return formPage{}, post, err
	}
	called, err := p.people.Names(ctx, t.Person)
	if err != nil {
		return formPage{}, post, err
	}
	day, err := p.people.Today(ctx)
	return formPage{
		Heading: ui.Heading{Crumbs: bodyCrumb(ctx, post), Over: post.Title, Title: i18n.T(ctx, "people.term.end.title", "name", called[t.Person]),
			Lead: i18n.T(ctx, "people.term.end.lead", "term", cmp.Or(span(ctx, t.From, t.To), "-"))},
		Form:   ui.Form{Action: "/mandatos/" + id + "/terminar", Values: ui.Values{"last": {string(day)}}},
		Fields: []ui.Field{{Name: "last", Kind: ui.Date, Label: i18n.T(ctx, "people.last_day"), Hint: i18n.T(ctx, "people.term.end.hint"), Required: true}},
		Buttons: ui.Buttons{{Text: i18n.T(ctx, "people.term.end"), Weight: ui.Danger},
			{Text: i18n.T(ctx, "ui.cancel"), Href: bodyHref(post.Body), Weight: ui.Plainer}},
		Part: partBodies,
	}, post, err
}

func (p *Pages) endTerm(w http.ResponseWriter, r *http.Request) error {
	f, post, err := p.endTermForm(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	pending, err := p.people.EndTerm(r.Context(), r.PathValue("id"), typed.Get("last"))
	if err != nil {
		return again(w, r, f, typed, err)
	}
	if pending {
		return web.Redirect(w, r, changesHref, "people.flash.proposed")
	}
	return web.Redirect(w, r, bodyHref(post.Body), "people.flash.term_ended")
}
