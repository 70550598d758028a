package pages

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/fault"
	"ronda/platform/id"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// newMeeting asks for the kind first, and then for the meeting.
func (p *Pages) newMeeting(w http.ResponseWriter, r *http.Request) error {
	kind := meetings.Kind(r.URL.Query().Get("tipo"))
	if kind == "" {
		return p.choose(w, r)
	}
	page, err := p.meetingForm(r, kind, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

// meetingForm is the form of a new meeting of a kind.
func (p *Pages) meetingForm(r *http.Request, kind meetings.Kind, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return web.Page{}, err
	}
	if !kind.Known() {
		return web.Page{}, notFound()
	}
	c := meetings.Case{Charter: say.Charter, Meeting: meetings.Meeting{Kind: kind}}
	if c.Meeting.Convener, err = p.convener(r, typed); err != nil {
		return web.Page{}, err
	}
	if _, err := c.Require(people.Me(ctx), meetings.PlanMeeting); err != nil {
		return web.Page{}, err
	}
	if typed == nil {
		if typed, err = p.opening(ctx, r.URL.Query(), kind); err != nil {
			return web.Page{}, err
		}
	}
	parts, err := p.meetingParts(ctx, say, kind, typed, true)
	if err != nil {
		return web.Page{}, err
	}
	view := actPage{Heading: ui.Heading{Crumbs: say.wayToNew(ctx),
		Title: t(ctx, "new."+string(kind)), Lead: t(ctx, "about."+string(kind))},
		Form:  ui.Form{Action: "/reuniones/nueva", Values: typed, Errors: wrong, Hidden: []ui.Pair{{Name: "kind", Value: string(kind)}, {Name: "initiative", Value: typed.Get("initiative")}, {Name: "once", Value: cmp.Or(typed.Get("once"), id.New())}}},
		Parts: parts, Buttons: ui.Buttons{{Text: t(ctx, "new.save")}, {Text: t(ctx, "back"), Href: "/reuniones", Weight: ui.Plainer}}}
	return narrow(view), nil
}

// wayToNew leads back from the form of a new meeting: to the choice of its kind
// for whom there is one.
func (w words) wayToNew(ctx context.Context) []ui.Link {
	way := []ui.Link{{Href: "/reuniones", Text: t(ctx, "list")}}
	if len(w.plans(ctx, meetings.PlanMeeting)) > 0 {
		way = append(way, ui.Link{Href: "/reuniones/nueva", Text: t(ctx, "new")})
	}
	return way
}

// convener is the body that proposes the initiative of a collaborative meeting,
// which the address or the form names.
func (p *Pages) convener(r *http.Request, typed ui.Values) (string, error) {
	if number := r.URL.Query().Get("iniciativa"); number != "" {
		v, err := p.roundtable.View(r.Context(), number)
		return v.Initiative.Sponsor, err
	}
	if id := typed.Get("initiative"); id != "" {
		i, err := p.roundtable.ByID(r.Context(), id)
		return i.Sponsor, err
	}
	return "", nil
}

// opening is what the form of a new meeting opens on. A collaborative one is of
// an initiative and called after it.
func (p *Pages) opening(ctx context.Context, q url.Values, kind meetings.Kind) (ui.Values, error) {
	typed := ui.Values{"length": {"90"}, "clock": {"10:00"}, "day": {q.Get("dia")}}
	if me := people.Me(ctx); me.Official() {
		typed["chair"] = []string{me.Posts[0].Post}
	}
	if number := q.Get("iniciativa"); number != "" {
		v, err := p.roundtable.View(ctx, number)
		if err != nil {
			return nil, err
		}
		typed["initiative"] = []string{v.Initiative.ID}
		typed["title"] = []string{t(ctx, "new.collaborative.of", "title", v.Initiative.Title)}
		typed["open"] = []string{"true"}
	}
	return typed, nil
}

// meetingParts are the fields of a meeting of a kind. Time and place of one that
// exists are changed by moving it.
func (p *Pages) meetingParts(ctx context.Context, say words, kind meetings.Kind, typed ui.Values, fresh bool) ([]formPart, error) {
	led, err := p.ledFields(ctx, say)
	if err != nil {
		return nil, err
	}
	parts := []formPart{{Title: t(ctx, "part.about"), Fields: aboutFields(ctx)}}
	if fresh {
		parts = append(parts, formPart{Title: t(ctx, "part.when"), Row: whenFields(ctx), Fields: placeFields(ctx)})
	}
	if kind.Cycle() {
		parts = append(parts, formPart{Title: t(ctx, "part.cycle"), Text: t(ctx, "part.cycle.text"), Fields: say.cycleFields(ctx, kind, typed.Get("axis"))})
	}
	who := formPart{Title: t(ctx, "part.who"), Fields: led}
	if fresh {
		who.Fields = append(who.Fields, say.circleField(ctx))
	}
	who.Fields = append(who.Fields, sizeFields(ctx)...)
	if fresh && !kind.Cycle() { // the cycle is private; what was planned stays as it is
		who.Fields = append(who.Fields, ui.Field{Name: "private", Label: t(ctx, "field.private"), Hint: t(ctx, "field.private.hint"), Kind: ui.Check})
	}
	if kind == meetings.Collaborative {
		who.Fields = append(who.Fields, ui.Field{Name: "open", Label: t(ctx, "field.open"), Hint: t(ctx, "field.open.hint"), Kind: ui.Check})
	}
	return append(parts, who), nil
}

// createMeeting plans the meeting of the form.
func (p *Pages) createMeeting(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	m, err := p.create(ctx, typed)
	if err != nil {
		return web.Again(w, r, named(err, "starts", "day"), func(wrong ui.Errors) (web.Page, error) {
			return p.meetingForm(r, meetings.Kind(typed.Get("kind")), ui.Values(typed), wrong)
		})
	}
	return web.Redirect(w, r, Href(m.Number), "meetings.pages.flash.planned")
}

func (p *Pages) create(ctx context.Context, typed url.Values) (meetings.Meeting, error) {
	m, err := p.placed(ctx, typed)
	if err != nil {
		return m, err
	}
	if err := said(&m, typed); err != nil {
		return m, err
	}
	m.ID, m.Kind, m.Initiative = typed.Get("once"), meetings.Kind(typed.Get("kind")), typed.Get("initiative")
	say, err := p.words(ctx)
	if err != nil {
		return m, err
	}
	guests, err := p.circleGuests(ctx, say, typed["circles"])
	if err != nil {
		return m, err
	}
	return p.meetings.CreateMeeting(ctx, m, guests)
}

// said reads what a meeting says of itself.
func said(m *meetings.Meeting, typed url.Values) error {
	var c fault.Check
	m.Title, m.Purpose = strings.TrimSpace(typed.Get("title")), strings.TrimSpace(typed.Get("purpose"))
	m.Chair, m.Secretaries = typed.Get("chair"), codesOf(typed.Get("secretaries"), typed.Get("second"))
	m.Capacity, m.Quorum = number(&c, typed, "capacity"), number(&c, typed, "quorum")
	m.Private, m.Open = typed.Get("private") == "true", typed.Get("open") == "true"
	m.Guest, m.Host, m.Logistics = strings.TrimSpace(typed.Get("guest")), strings.TrimSpace(typed.Get("host")), strings.TrimSpace(typed.Get("logistics"))
	m.Axis, m.Materials = typed.Get("axis"), documentsOf(typed.Get("materials"))
	return c.Err()
}

func codesOf(codes ...string) meetings.Codes {
	var out meetings.Codes
	for _, c := range codes {
		if c != "" && !out.Has(c) {
			out = append(out, c)
		}
	}
	return out
}

// valuesOf is a meeting as its form shows it.
func valuesOf(m meetings.Meeting) ui.Values {
	v := ui.Values{"title": {m.Title}, "purpose": {m.Purpose}, "chair": {m.Chair}, "guest": {m.Guest}, "host": {m.Host}, "logistics": {m.Logistics}, "axis": {m.Axis},
		"materials": {documentsText(m.Materials)}, "capacity": {amount(m.Capacity)}, "quorum": {amount(m.Quorum)}, "private": {truth(m.Private)}, "open": {truth(m.Open)}, "version": {itoa(m.Version)}}
	for i, name := range []string{"secretaries", "second"} {
		if i < len(m.Secretaries) {
			v[name] = []string{m.Secretaries[i]}
		}
	}
	return v
}

// amount is a number for a field, nothing for none.
func amount(n int) string {
	if n == 0 {
		return ""
	}
	return itoa(n)
}

func truth(b bool) string {
	if b {
		return "true"
	}
	return ""
}

// editMeetingPage changes what a meeting says.
func (p *Pages) editMeetingPage(w http.ResponseWriter, r *http.Request) error {
	page, err := p.editForm(r, nil, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) editForm(r *http.Request, typed ui.Values, both *ui.Conflict, wrong ui.Errors) (web.Page, error) {
	ctx, number := r.Context(), r.PathValue("number")
	of, err := p.on(meetings.EditMeeting)(ctx, number)
	if err != nil {
		return web.Page{}, err
	}
	m := of.view.(meetings.View).Meeting
	if typed == nil {
		typed = valuesOf(m)
	}
	parts, err := p.meetingParts(ctx, p.wordsOf(ctx, of.view.(meetings.View).Charter), m.Kind, typed, false)
	if err != nil {
		return web.Page{}, err
	}
	view := actPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: of.href, Text: m.Title}}, Title: t(ctx, "do.edit"), Lead: t(ctx, "edit.lead")}, Conflict: both,
		Form:  ui.Form{Action: r.URL.Path, Values: typed, Errors: wrong, Hidden: []ui.Pair{{Name: "version", Value: typed.Get("version")}}},
		Parts: parts, Buttons: ui.Buttons{{Text: t(ctx, "save")}, {Text: t(ctx, "back"), Href: of.href, Weight: ui.Plainer}}}
	return narrow(view), nil
}

func (p *Pages) editMeeting(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number := r.Context(), r.PathValue("number")
	version, _ := strconv.Atoi(typed.Get("version"))
	var m meetings.Meeting
	if err = said(&m, typed); err == nil {
		_, err = p.meetings.EditMeeting(ctx, number, version, m)
	}
	if err == nil {
		return web.Redirect(w, r, Href(number), "meetings.pages.flash.edited")
	}
	both := bothMeetings(ctx, err, ui.Values(typed))
	return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.editForm(r, ui.Values(typed), both, wrong) })
}

// theirsOf is what somebody stored while this person was writing.
func theirsOf[T any](err error) (theirs T, ok bool) {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Conflict {
		return theirs, false
	}
	theirs, ok = f.Theirs.(T)
	return theirs, ok
}

// bothMeetings puts what is stored beside what was typed, and lets the next save
// win knowingly.
func bothMeetings(ctx context.Context, err error, typed ui.Values) *ui.Conflict {
	theirs, ok := theirsOf[meetings.Meeting](err)
	if !ok {
		return nil
	}
	typed["version"] = []string{itoa(theirs.Version)}
	return &ui.Conflict{Title: t(ctx, "conflict"), Text: t(ctx, "conflict.text"), Rows: []ui.ConflictRow{
		{Label: t(ctx, "field.title"), Theirs: theirs.Title, Yours: typed.Get("title")},
		{Label: t(ctx, "field.purpose"), Theirs: theirs.Purpose, Yours: typed.Get("purpose")},
		{Label: t(ctx, "field.logistics"), Theirs: theirs.Logistics, Yours: typed.Get("logistics")},
	}}
}
