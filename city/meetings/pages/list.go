package pages

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"ronda/city/charter"
	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/id"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// ownMost is how many of the person's own meetings stand first.
const ownMost = 4

// list shows what is coming and what was; an official's own meetings first.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	f, err := p.filterOf(r)
	if err != nil {
		return err
	}
	say, err := p.words(ctx)
	if err != nil {
		return err
	}
	after, err := placeOf(r)
	if err != nil {
		return err
	}
	found, err := p.meetings.List(ctx, f, after, shownAtOnce)
	if err != nil {
		return unknown(err)
	}
	view := listPage{
		Heading: ui.Heading{Title: t(ctx, "list"), Lead: t(ctx, "list.lead")}, Tabs: tabs(ctx, "/reuniones"), New: p.newButtons(ctx, say),
		Filters: listFilters(r, f), Empty: emptyList(ctx, r, f), Pager: ui.Pager{Later: later(r, found.Next)},
	}
	view.Further = p.further(ctx, say)
	if after != "" {
		view.Pager.Earlier = with(r, "desde", "")
	}
	rows := found.Meetings
	if after == "" && !f.Past {
		if err := p.first(ctx, say, f, &rows, &view); err != nil {
			return err
		}
	}
	view.Groups = append(view.Groups, say.byMonth(ctx, rows)...)
	return web.Render(w, r, pageOf(view.Heading.Title, view.Heading.Lead, listBody(view)))
}

// further are what officials, and the Coordination, find from the list.
func (p *Pages) further(ctx context.Context, say words) []ui.Link {
	who := people.Me(ctx)
	if !who.Official() {
		return nil
	}
	out := []ui.Link{{Href: "/reuniones/tiempo", Text: t(ctx, "time.see")}}
	if _, coordinates := who.In(say.Charter.Office(charter.OfficeCoordination)); coordinates && p.slots.Invitations != "" {
		out = append(out, ui.Link{Href: p.slots.Invitations, Text: t(ctx, "invitations.see")})
	}
	return out
}

// placeOf is where the list goes on: an instant and an id, as the list gives them
// out. What it never gave out is NotFound, as other wrong addresses are.
func placeOf(r *http.Request) (string, error) {
	after := r.URL.Query().Get("desde")
	if after == "" {
		return "", nil
	}
	at, last, _ := strings.Cut(after, "_")
	if _, err := strconv.ParseInt(at, 10, 64); err != nil || !id.Valid(last) {
		return "", notFound()
	}
	return after, nil
}

// shownAtOnce is how many meetings a page of the list has: of weekly ones, the next
// two months.
const shownAtOnce = 12

// first puts the person's own meetings, and the one that comes first, on top.
func (p *Pages) first(ctx context.Context, say words, f meetings.Filter, rows *[]meetings.Meeting, view *listPage) error {
	own := meetings.Page{}
	if people.Me(ctx).Official() && f == (meetings.Filter{}) {
		var err error
		if own, err = p.meetings.List(ctx, meetings.Filter{Mine: true}, "", ownMost); err != nil {
			return err
		}
	}
	next := nextOf(own.Meetings)
	if next == nil {
		next = nextOf(*rows)
	}
	if next != nil {
		view.Next = say.row(ctx, *next)
		*rows = without(*rows, []meetings.Meeting{*next})
		own.Meetings = without(own.Meetings, []meetings.Meeting{*next})
	}
	if len(own.Meetings) > 0 {
		view.Groups = append(view.Groups, rowGroup{t(ctx, "list.mine"), say.rows(ctx, own.Meetings)})
		*rows = without(*rows, own.Meetings)
	}
	return nil
}

// nextOf is the first meeting that will take place or is going on, nil without one.
func nextOf(list []meetings.Meeting) *meetings.Meeting {
	for _, m := range list {
		if m.State.Coming() || m.State == meetings.Running {
			return &m
		}
	}
	return nil
}

// without is a list without some of its meetings.
func without(list, some []meetings.Meeting) []meetings.Meeting {
	gone := map[string]bool{}
	for _, m := range some {
		gone[m.ID] = true
	}
	var out []meetings.Meeting
	for _, m := range list {
		if !gone[m.ID] {
			out = append(out, m)
		}
	}
	return out
}

// byMonth puts meetings under their months.
func (w words) byMonth(ctx context.Context, list []meetings.Meeting) []rowGroup {
	var out []rowGroup
	for _, m := range list {
		at := w.in(m.Starts)
		title := capital(t(ctx, "month.of", "month", month(ctx, at.Month(), false), "year", at.Year()))
		if len(out) == 0 || out[len(out)-1].Title != title {
			out = append(out, rowGroup{Title: title})
		}
		last := &out[len(out)-1]
		last.Rows = append(last.Rows, w.row(ctx, m))
	}
	return out
}

// filterOf reads the filters of an address.
func (p *Pages) filterOf(r *http.Request) (f meetings.Filter, err error) {
	q := r.URL.Query()
	f = meetings.Filter{Kind: meetings.Kind(q.Get("tipo")), Past: q.Get("cuando") == "pasadas", Mine: q.Get("de") == "mias"}
	if f.Kind != "" && !f.Kind.Known() {
		return f, notFound()
	}
	if f.Mine && !people.Me(r.Context()).SignedIn() {
		f.Mine = false
	}
	if number := q.Get("iniciativa"); number != "" {
		v, err := p.roundtable.View(r.Context(), number)
		if err != nil {
			return f, err
		}
		f.Initiative = v.Initiative.ID
	}
	return f, nil
}

func listFilters(r *http.Request, f meetings.Filter) ui.Filters {
	ctx := r.Context()
	choice := func(on bool, name, value, text string) ui.Choice {
		c := ui.Choice{Text: text, On: on, Count: -1, Href: with(r, name, value)}
		if on {
			c.Href = with(r, name, "")
		}
		return c
	}
	when := ui.FilterGroup{Name: t(ctx, "filter.when"), Choices: []ui.Choice{choice(f.Past, "cuando", "pasadas", t(ctx, "filter.past"))}}
	if people.Me(ctx).SignedIn() {
		when.Choices = append(when.Choices, choice(f.Mine, "de", "mias", t(ctx, "filter.mine")))
	}
	kinds := ui.FilterGroup{Name: t(ctx, "filter.kind")}
	for _, k := range meetings.Kinds {
		kinds.Choices = append(kinds.Choices, choice(f.Kind == k, "tipo", string(k), kindName(ctx, k)))
	}
	return ui.Filters{Groups: []ui.FilterGroup{when, kinds}, Clear: "/reuniones"}
}

func emptyList(ctx context.Context, r *http.Request, f meetings.Filter) ui.Empty {
	if f == (meetings.Filter{}) {
		return ui.Empty{Title: t(ctx, "list.none"), Text: t(ctx, "list.none.text"), Action: ui.Link{Href: "/reuniones?cuando=pasadas", Text: t(ctx, "list.past")}}
	}
	return ui.Empty{Title: t(ctx, "list.empty"), Text: t(ctx, "list.empty.text"), Action: ui.Link{Href: "/reuniones", Text: t(ctx, "list.all")}}
}

// tabs are the faces of the meetings.
func tabs(ctx context.Context, current string) ui.Tabs {
	out := ui.Tabs{Label: t(ctx, "tabs")}
	for _, face := range []struct{ href, key string }{
		{"/reuniones", "list"}, {"/reuniones/calendario", "calendar"}, {"/series", "series"}, {"/decisiones", "decisions"}, {"/compromisos", "commitments"},
	} {
		out.Items = append(out.Items, ui.NavItem{Href: face.href, Text: t(ctx, "tab."+face.key), Current: face.href == current})
	}
	return out
}

// newButtons lead to planning, for whoever plans some kind of meeting.
func (p *Pages) newButtons(ctx context.Context, say words) ui.Buttons {
	if len(say.plans(ctx, meetings.PlanMeeting))+len(say.plans(ctx, meetings.PlanSeries)) == 0 {
		return nil
	}
	return ui.Buttons{{Text: t(ctx, "new"), Href: "/reuniones/nueva", Icon: "plus"}}
}

// plans are the kinds of which the person may plan a meeting or a series.
func (w words) plans(ctx context.Context, action meetings.Action) []meetings.Kind {
	var out []meetings.Kind
	for _, k := range meetings.Kinds {
		if _, ok := (meetings.Case{Charter: w.Charter, Meeting: meetings.Meeting{Kind: k}}).Can(people.Me(ctx), action); ok {
			out = append(out, k)
		}
	}
	return out
}

// capital begins a sentence.
func capital(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}
