package pages

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// groupsMost is how many working groups the form has room for.
const groupsMost = 3

// groupsPage splits a crowded meeting into working groups.
func (p *Pages) groupsPage(w http.ResponseWriter, r *http.Request) error {
	page, err := p.groupsForm(r, ui.Values{"evenly": {"true"}}, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) groupsForm(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	of, err := p.on(meetings.EditMeeting)(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	v := of.view.(meetings.View)
	posts, err := p.postOptions(ctx, p.wordsOf(ctx, v.Charter))
	if err != nil {
		return web.Page{}, err
	}
	var parts []formPart
	var groups []ui.Option
	for n := range groupsMost {
		no := itoa(n + 1)
		name := t(ctx, "groups.no", "number", n+1)
		groups = append(groups, ui.Option{Value: no, Text: name})
		parts = append(parts, formPart{Title: name, Fields: []ui.Field{
			{Name: "title-" + no, Label: t(ctx, "groups.title"), Max: meetings.TitleMax, Required: n < 2},
			{Name: "chair-" + no, Label: t(ctx, "field.chair"), Kind: ui.Select, Options: posts, Placeholder: t(ctx, "field.post.none"), Required: n < 2},
			{Name: "place-" + no, Label: t(ctx, "field.place"), Max: meetings.LineMax}}})
	}
	parts = append(parts, formPart{Title: t(ctx, "groups.share"), Text: t(ctx, "groups.share.text"), Fields: shareFields(ctx, v, groups)})
	view := actPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: of.href, Text: of.title}}, Title: t(ctx, "do.groups"), Lead: t(ctx, "groups.lead", "count", len(v.Attendees))},
		Form: ui.Form{Action: r.URL.Path, Values: typed, Errors: wrong}, Parts: parts,
		Buttons: ui.Buttons{{Text: t(ctx, "groups.do")}, {Text: t(ctx, "back"), Href: of.href, Weight: ui.Plainer}}}
	return narrow(view), nil
}

// shareFields ask which group takes each item, and how the guests are shared.
func shareFields(ctx context.Context, v meetings.View, groups []ui.Option) []ui.Field {
	var out []ui.Field
	for _, i := range v.Items {
		out = append(out, ui.Field{Name: "item-" + i.ID, Label: i.Title, Kind: ui.Select, Options: groups, Placeholder: t(ctx, "groups.whole")})
	}
	return append(out, ui.Field{Name: "evenly", Label: t(ctx, "groups.evenly"), Hint: t(ctx, "groups.evenly.hint"), Kind: ui.Check})
}

func (p *Pages) split(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number := r.Context(), r.PathValue("number")
	of, err := p.on(meetings.EditMeeting)(ctx, number)
	if err != nil {
		return err
	}
	groups, err := groupsOf(of.view.(meetings.View), typed)
	if err == nil {
		_, err = p.meetings.SplitGroups(ctx, number, groups)
	}
	if err != nil {
		return web.Again(w, r, named(err, "groups", "title-1", "title", "title-1", "chair", "chair-1"), func(wrong ui.Errors) (web.Page, error) {
			return p.groupsForm(r, ui.Values(typed), wrong)
		})
	}
	return web.Redirect(w, r, Href(number), "meetings.pages.flash.split")
}

// groupsOf reads the groups that have a title.
func groupsOf(v meetings.View, typed url.Values) ([]meetings.Group, error) {
	var c fault.Check
	var out []meetings.Group
	for n := range groupsMost {
		no := itoa(n + 1)
		g := meetings.Group{Title: strings.TrimSpace(typed.Get("title-" + no)), Chair: typed.Get("chair-" + no), Place: strings.TrimSpace(typed.Get("place-" + no)),
			Starts: v.Meeting.Starts, Length: v.Meeting.Length}
		c.Require(n >= 2 || g.Title != "", "title-"+no, "fault.required")
		if g.Title == "" {
			continue
		}
		c.Require(g.Chair != "", "chair-"+no, "fault.required")
		for _, i := range v.Items {
			if typed.Get("item-"+i.ID) == no {
				g.Items = append(g.Items, i.ID)
			}
		}
		out = append(out, g)
	}
	if typed.Get("evenly") == "true" && len(out) > 0 {
		deal(v.Attendees, out)
	}
	return out, c.Err()
}

// deal gives each guest a group in turn.
func deal(list []meetings.Attendee, groups []meetings.Group) {
	at := 0
	for _, a := range list {
		if a.Role == meetings.RoleChair || a.Role == meetings.RoleOut {
			continue
		}
		g := &groups[at%len(groups)]
		g.Guests = append(g.Guests, a.Key)
		at++
	}
}

// wishes are those who said that they want to come to an open meeting.
func (p *Pages) wishes(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, say, err := p.opened(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	var persons []string
	for _, x := range v.Wishes {
		persons = append(persons, x.Person)
	}
	names, err := p.people.Names(ctx, persons...)
	if err != nil {
		return err
	}
	view := wishesPage{Action: r.URL.Path, Heading: ui.Heading{Crumbs: []ui.Link{{Href: Href(v.Meeting.Number), Text: v.Meeting.Title}}, Title: t(ctx, "wishes"), Lead: t(ctx, "wishes.lead")}}
	for _, x := range v.Wishes {
		row := wishRow{ID: x.ID, Name: joined(names[x.Person], x.Organisation, say.who(ctx, x.Post)), Text: x.Text, When: say.when(ctx, x.At), Open: x.State == meetings.WishOpen,
			State: ui.State{Text: t(ctx, "wish."+string(x.State))}}
		if x.State == meetings.WishInvited {
			row.State.Tone = ui.Good
		}
		view.Rows = append(view.Rows, row)
	}
	return web.Render(w, r, working(view.Heading.Title, wishesBody(view)))
}

// opened opens an open meeting for whoever convenes it.
func (p *Pages) opened(ctx context.Context, number string) (meetings.View, words, error) {
	v, err := p.meetings.Meeting(ctx, number)
	if err != nil {
		return v, words{}, err
	}
	if _, err := v.Require(people.Me(ctx), meetings.EditMeeting); err != nil {
		return v, words{}, err
	}
	return v, p.wordsOf(ctx, v.Charter), nil
}

func (p *Pages) wishAct(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	number := r.PathValue("number")
	if err := p.meetings.AnswerWish(r.Context(), number, typed.Get("wish"), typed.Get("do") == "invite"); err != nil {
		return err
	}
	return web.Redirect(w, r, Href(number)+"/interesados", "meetings.pages.flash.wish")
}

type wishesPage struct {
	Heading ui.Heading
	Action  string
	Rows    []wishRow
}

type wishRow struct {
	ID, Name, Text, When string
	Open                 bool
	State                ui.State
}
