package pages

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// foundMost is how many persons a search by name shows.
const foundMost = 8

// invited shows who is invited and asks for more: posts, ranks, bodies, persons,
// people from outside.
func (p *Pages) invited(w http.ResponseWriter, r *http.Request) error {
	page, err := p.invitedView(r, ui.Values{"role": {string(meetings.RoleRequired)}, "q": {r.URL.Query().Get("q")}}, "", ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

// invitedView draws the page; what is wrong belongs to the form of that name.
func (p *Pages) invitedView(r *http.Request, typed ui.Values, form string, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	of, err := p.on(meetings.EditMeeting)(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	v := of.view.(meetings.View)
	say := p.wordsOf(ctx, v.Charter)
	view := invitedPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: of.href, Text: of.title}}, Title: t(ctx, "invited"), Lead: t(ctx, "invited.lead")},
		Action: r.URL.Path, Replies: replies(ctx, v.Attendees)}
	for _, a := range v.Attendees {
		if a.Role == meetings.RoleOut {
			continue
		}
		row := say.attendee(ctx, a)
		if a.Role != meetings.RoleChair {
			row.Drop = a.Key
		}
		view.Rows = append(view.Rows, row)
	}
	if view.Parts, err = p.inviteParts(ctx, say, view.Action, typed, form, wrong); err != nil {
		return web.Page{}, err
	}
	return working(t(ctx, "invited")+": "+of.title, invitedBody(view)), nil
}

// inviteParts are the ways to invite, each a small form.
func (p *Pages) inviteParts(ctx context.Context, say words, action string, typed ui.Values, form string, wrong ui.Errors) ([]invitePart, error) {
	posts, err := p.postOptions(ctx, say)
	if err != nil {
		return nil, err
	}
	bodies, err := p.bodyOptions(ctx)
	if err != nil {
		return nil, err
	}
	role := ui.Field{Name: "role", Label: t(ctx, "field.role"), Kind: ui.Select, Required: true}
	for _, x := range []meetings.GuestRole{meetings.RoleRequired, meetings.RoleOptional, meetings.RoleGuest} {
		role.Options = append(role.Options, ui.Option{Value: string(x), Text: t(ctx, "role."+string(x))})
	}
	part := func(name string, fields ...ui.Field) invitePart {
		out := invitePart{Title: t(ctx, "invite."+name), Text: t(ctx, "invite."+name+".text"), Fields: fields, Form: ui.Form{ID: name, Action: action, Values: typed},
			Add: ui.Button{Text: t(ctx, "invite."+name+".do"), Name: "do", Value: name, Weight: ui.Quiet}}
		if form == name {
			out.Form.Errors = wrong
		}
		return out
	}
	none := t(ctx, "field.post.none")
	person := part("person", ui.Field{Name: "q", Label: t(ctx, "field.person"), Kind: ui.Search})
	person.Form.Get, person.Add.Name = true, ""
	if err := p.findPersons(ctx, typed.Get("q"), &person); err != nil {
		return nil, err
	}
	return []invitePart{
		part("post", ui.Field{Name: "guests", Label: t(ctx, "field.post"), Kind: ui.Select, Options: posts, Placeholder: none, Required: true}, role),
		part("circle", say.circleField(ctx)),
		part("body", ui.Field{Name: "guests", Label: t(ctx, "field.body"), Kind: ui.Select, Options: bodies, Placeholder: none, Required: true}, role),
		person,
		part("outside", ui.Field{Name: "name", Label: t(ctx, "field.name"), Hint: t(ctx, "field.name.hint"), Required: true, Max: meetings.LineMax},
			ui.Field{Name: "address", Label: t(ctx, "field.address"), Hint: t(ctx, "field.address.hint"), Kind: ui.Email}),
	}, nil
}

// findPersons looks for officials by name.
func (p *Pages) findPersons(ctx context.Context, name string, part *invitePart) error {
	if strings.TrimSpace(name) == "" {
		return nil
	}
	found, err := p.people.Persons(ctx, people.PersonFilter{Query: name, Official: true, Limit: foundMost})
	if err != nil {
		return err
	}
	for _, x := range found {
		part.Found = append(part.Found, ui.Option{Value: x.ID, Text: x.Name})
	}
	if len(found) == 0 {
		part.None = t(ctx, "invite.person.none")
	}
	return nil
}

// invite adds or takes off guests.
func (p *Pages) invite(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number, do := r.Context(), r.PathValue("number"), typed.Get("do")
	if do == "drop" {
		if err := p.meetings.Uninvite(ctx, number, typed.Get("guest")); err != nil {
			return err
		}
		return web.Redirect(w, r, Href(number)+"/invitados", "meetings.pages.flash.uninvited")
	}
	guests, err := p.guestsOf(ctx, do, typed)
	if err == nil {
		err = p.meetings.Invite(ctx, number, guests...)
	}
	if err != nil {
		names := map[string]string{"circle": "circles", "outside": "name"}
		if to := names[do]; to != "" {
			err = named(err, "guests", to)
		}
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.invitedView(r, ui.Values(typed), do, wrong) })
	}
	return web.Redirect(w, r, Href(number)+"/invitados", "meetings.pages.flash.invited")
}

// guestsOf reads whom one of the forms invites.
func (p *Pages) guestsOf(ctx context.Context, do string, typed url.Values) ([]meetings.Guest, error) {
	role := meetings.GuestRole(typed.Get("role"))
	switch do {
	case "post":
		return []meetings.Guest{{Post: typed.Get("guests"), Role: role}}, nil
	case "body":
		return []meetings.Guest{{Body: typed.Get("guests"), Role: role}}, nil
	case "person":
		return []meetings.Guest{{Person: typed.Get("person"), Role: meetings.RoleOptional}}, nil
	case "outside":
		return []meetings.Guest{{Name: strings.TrimSpace(typed.Get("name")), Address: strings.TrimSpace(typed.Get("address")), Role: meetings.RoleGuest}}, nil
	}
	say, err := p.words(ctx)
	if err != nil {
		return nil, err
	}
	return p.circleGuests(ctx, say, typed["circles"])
}
