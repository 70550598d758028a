package pages

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

const delegationsHref = "/delegaciones"

// delegationsPage is who acts for this person, and for whom this person acts.
type delegationsPage struct {
	Heading  ui.Heading
	Own      ui.Buttons // one for each post that can be delegated
	Given    ui.Table
	Received ui.Table
	Empty    ui.Empty
}

func (p *Pages) delegations(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := allow(ctx, people.ActDelegate); err != nil {
		return err
	}
	me := people.Me(ctx)
	given, err := p.people.DelegationsGiven(ctx, me.Person)
	if err != nil {
		return err
	}
	received, err := p.people.DelegationsReceived(ctx, me.Person)
	if err != nil {
		return err
	}
	view := delegationsPage{Heading: ui.Heading{Title: i18n.T(ctx, "people.delegations"), Lead: i18n.T(ctx, "people.delegations.lead")},
		Empty: ui.Empty{Title: i18n.T(ctx, "people.delegations.none"), Text: i18n.T(ctx, "people.delegations.none.text")}}
	if view.Own, err = p.ownPosts(ctx, me); err != nil {
		return err
	}
	if view.Given, err = p.delegationTable(ctx, "people.delegations.given", given, true); err != nil {
		return err
	}
	if view.Received, err = p.delegationTable(ctx, "people.delegations.received", received, false); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: view.Heading.Title, Section: partDesk, Private: true, Body: delegationsBody(view)})
}

// ownPosts are the buttons that delegate each post the person holds.
func (p *Pages) ownPosts(ctx context.Context, me people.Standing) (ui.Buttons, error) {
	var buttons ui.Buttons
	for _, h := range me.Posts {
		if h.Delegated {
			continue
		}
		post, err := p.people.Post(ctx, h.Post)
		if err != nil {
			return nil, err
		}
		buttons = append(buttons, ui.Button{Text: i18n.T(ctx, "people.delegate.post", "post", post.Title), Href: newDelegationHref(h.Post), Weight: ui.Quiet})
	}
	return buttons, nil
}

func newDelegationHref(post string) string {
	return delegationsHref + "/nueva?" + url.Values{"puesto": {post}}.Encode()
}

// delegationTable lists delegations with the other side of each and, of those
// given, how to revoke one.
func (p *Pages) delegationTable(ctx context.Context, caption string, list []people.Delegation, given bool) (ui.Table, error) {
	var ids, posts []string
	for _, d := range list {
		ids, posts = append(ids, d.Giver, d.Delegate), append(posts, d.Post)
	}
	called, err := p.people.Names(ctx, ids...)
	if err != nil {
		return ui.Table{}, err
	}
	titles, err := p.people.PostTitles(ctx, "", posts...)
	if err != nil {
		return ui.Table{}, err
	}
	day, err := p.people.Today(ctx)
	t := ui.Table{Caption: i18n.T(ctx, caption), HideCaption: true}
	for _, key := range []string{"people.column.person", "people.column.post", "people.column.days", "people.column.reason", "people.column.state"} {
		t.Columns = append(t.Columns, ui.Head{Text: i18n.T(ctx, key)})
	}
	for _, d := range list {
		other := d.Giver
		if given {
			other = d.Delegate
		}
		t.Rows = append(t.Rows, ui.Row{{Text: called[other]}, {Text: titles[d.Post]}, {Text: delegationSpan(ctx, d)}, {Text: d.Reason}, {View: delegationState(ctx, d, day, given)}})
	}
	return t, err
}

// delegationSpan is the days on which the delegation lets its delegate act, or
// those it was planned for when it never began.
func delegationSpan(ctx context.Context, d people.Delegation) string {
	if d.From >= d.To {
		return span(ctx, d.From, d.Planned)
	}
	return span(ctx, d.From, d.To)
}

// delegationState says where a delegation stands, with the way to revoke one
// that was given.
func delegationState(ctx context.Context, d people.Delegation, day clock.Day, given bool) templ.Component {
	key, tone := standOf(d, day)
	var act ui.Button
	if given && (tone == ui.Good || tone == ui.Info) {
		act = ui.Button{Text: i18n.T(ctx, "people.revoke"), Of: ": " + delegationSpan(ctx, d), Href: delegationsHref + "/" + d.ID + "/revocar", Weight: ui.Plainer}
	}
	return stateBody(ui.State{Tone: tone, Text: i18n.T(ctx, key)}, act)
}

// standOf is where a delegation stands on a day.
func standOf(d people.Delegation, day clock.Day) (key string, tone ui.Tone) {
	switch {
	case d.To < d.Planned && (!d.Stopped.IsZero() || d.To <= day || d.From >= d.To):
		return "people.delegation.revoked", ui.Warn
	case d.To <= day:
		return "people.delegation.past", ui.Plain
	case day < d.From:
		return "people.delegation.coming", ui.Info
	}
	return "people.delegation.now", ui.Good
}

func (p *Pages) newDelegation(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	if err := allow(ctx, people.ActDelegate); err != nil {
		return err
	}
	heading, err := p.delegationHeading(ctx, q.Get("puesto"))
	if err != nil {
		return err
	}
	if q.Get("persona") == "" {
		return p.pick(w, r, heading, partDesk)
	}
	f, err := p.delegationForm(ctx, heading, q.Get("puesto"), q.Get("persona"))
	if err != nil {
		return err
	}
	return showForm(w, r, f)
}

// delegationHeading names the post; Forbidden to whoever does not hold it.
func (p *Pages) delegationHeading(ctx context.Context, code string) (ui.Heading, error) {
	h, ok := people.Me(ctx).Holds(code)
	if !ok || h.Delegated {
		return ui.Heading{}, fault.New(fault.Forbidden, "people.fault.not_holder")
	}
	post, err := p.people.Post(ctx, code)
	return ui.Heading{Crumbs: crumbs(ctx, delegationsHref, "people.delegations"), Over: post.Title, Title: i18n.T(ctx, "people.delegate"),
		Lead: i18n.T(ctx, "people.delegate.lead")}, err
}

func (p *Pages) delegationForm(ctx context.Context, heading ui.Heading, post, person string) (formPage, error) {
	delegate, err := p.people.Person(ctx, person)
	if err != nil {
		return formPage{}, err
	}
	day, err := p.people.Today(ctx)
	if err != nil {
		return formPage{}, err
	}
	held, _ := people.Me(ctx).Holds(post)
	return formPage{
		Heading: heading, Part: partDesk,
		Notices: []ui.Notice{{Tone: ui.Info, Title: i18n.T(ctx, "people.delegate.to", "name", delegate.Name),
			Link: ui.Link{Href: newDelegationHref(post), Text: i18n.T(ctx, "people.pick.other")}}},
		Form: ui.Form{Action: delegationsHref + "/nueva", Hidden: []ui.Pair{{Name: "post", Value: post}, {Name: "person", Value: person}},
			Values: ui.Values{"from": {string(day)}}},
		Fields: []ui.Field{
			{Name: "from", Kind: ui.Date, Label: i18n.T(ctx, "people.first_day"), Required: true, From: string(day), To: lastOf(held)},
			{Name: "last", Kind: ui.Date, Label: i18n.T(ctx, "people.last_day"), Required: true, From: string(day), To: lastOf(held)},
			{Name: "reason", Label: i18n.T(ctx, "people.delegate.reason"), Hint: i18n.T(ctx, "people.delegate.reason.hint"), Required: true, Max: 500},
		},
		Buttons: ui.Buttons{{Text: i18n.T(ctx, "people.delegate")}, {Text: i18n.T(ctx, "ui.cancel"), Href: delegationsHref, Weight: ui.Plainer}},
	}, nil
}

// lastOf is the last day of a holding, empty when it is open.
func lastOf(h people.Holding) string {
	return string(dayBefore(h.To))
}

func (p *Pages) delegate(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	d := people.DelegationForm{Post: typed.Get("post"), Delegate: typed.Get("person"), From: typed.Get("from"), Last: typed.Get("last"), Reason: typed.Get("reason")}
	if _, err = p.people.Delegate(ctx, d); err == nil {
		return web.Redirect(w, r, delegationsHref, "people.flash.delegated")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	heading, herr := p.delegationHeading(ctx, d.Post)
	if herr != nil {
		return herr
	}
	f, ferr := p.delegationForm(ctx, heading, d.Post, d.Delegate)
	if fault.Is(ferr, fault.NotFound) { // the hidden person is none: nothing to show again
		return err
	}
	if ferr != nil {
		return ferr
	}
	return again(w, r, f, typed, err)
}

func (p *Pages) askRevoke(w http.ResponseWriter, r *http.Request) error {
	f, err := p.revokeForm(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	return showForm(w, r, f)
}

// revokeForm asks from which day; only for those who may revoke it.
func (p *Pages) revokeForm(ctx context.Context, id string) (formPage, error) {
	me := people.Me(ctx)
	if !people.Can(me, people.ActDelegate) && !me.Administrator() {
		return formPage{}, fault.New(fault.Forbidden, "fault.forbidden")
	}
	d, err := p.people.Delegation(ctx, id)
	if err != nil {
		return formPage{}, err
	}
	if d.Giver != me.Person && !me.Administrator() {
		return formPage{}, fault.New(fault.Forbidden, "people.fault.not_giver")
	}
	called, err := p.people.Names(ctx, d.Delegate)
	if err != nil {
		return formPage{}, err
	}
	post, err := p.people.Post(ctx, d.Post)
	if err != nil {
		return formPage{}, err
	}
	day, err := p.people.Today(ctx)
	return formPage{
		Heading: ui.Heading{Crumbs: crumbs(ctx, delegationsHref, "people.delegations"), Over: post.Title,
			Title: i18n.T(ctx, "people.revoke.title", "name", called[d.Delegate]), Lead: i18n.T(ctx, "people.revoke.lead")},
		Form: ui.Form{Action: delegationsHref + "/" + id + "/revocar", Values: ui.Values{"from": {string(day)}}},
		Fields: []ui.Field{{Name: "from", Kind: ui.Date, Label: i18n.T(ctx, "people.revoke.from"), Hint: i18n.T(ctx, "people.revoke.hint"), Required: true,
			From: string(day), To: string(dayBefore(d.To))}},
		Buttons: ui.Buttons{{Text: i18n.T(ctx, "people.revoke"), Weight: ui.Danger}, {Text: i18n.T(ctx, "ui.cancel"), Href: delegationsHref, Weight: ui.Plainer}},
		Part:    partDesk,
	}, err
}

func (p *Pages) revoke(w http.ResponseWriter, r *http.Request) error {
	f, err := p.revokeForm(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	if err := p.people.RevokeDelegation(r.Context(), r.PathValue("id"), typed.Get("from")); err != nil {
		return again(w, r, f, typed, err)
	}
	return web.Redirect(w, r, delegationsHref, "people.flash.revoked")
}
