package pages

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// agenda is where an agenda is put in order, its time always in view.
func (p *Pages) agenda(w http.ResponseWriter, r *http.Request) error {
	typed := ui.Values{"wanted": {string(meetings.Discuss)}, "minutes": {"15"}}
	for _, name := range []string{"title", "section", "subject", "text"} {
		typed[name] = []string{r.URL.Query().Get(name)}
	}
	page, err := p.agendaView(r, typed, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

// ordered opens a meeting whose agenda the person may change, wholly or in a
// ministry's section.
func (p *Pages) ordered(ctx context.Context, number string) (meetings.View, error) {
	v, err := p.meetings.Meeting(ctx, number)
	if err != nil {
		return v, err
	}
	if v.May[meetings.EditAgenda] || v.Meeting.State.Coming() && len(ownSections(v, people.Me(ctx))) > 0 {
		return v, nil
	}
	if _, err := v.Require(people.Me(ctx), meetings.EditAgenda); err != nil {
		return v, err
	}
	return v, notNow()
}

// ownSections are the ministries whose part of a monthly meeting the person may
// change without changing the whole agenda.
func ownSections(v meetings.View, me people.Standing) []string {
	if v.Meeting.Kind != meetings.Monthly {
		return nil
	}
	var out []string
	for _, b := range v.Charter.Ministries(v.Today) {
		c := v.Case
		c.Item = &meetings.Item{Section: b.Code}
		if _, ok := c.Can(me, meetings.EditSection); ok {
			out = append(out, b.Code)
		}
	}
	return out
}

func (p *Pages) agendaView(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	v, err := p.ordered(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	say := p.wordsOf(ctx, v.Charter)
	form, err := p.itemForm(ctx, say, v, typed)
	if err != nil {
		return web.Page{}, err
	}
	href := Href(v.Meeting.Number)
	view := agendaPage{Action: href + "/orden", Form: ui.Form{ID: "punto", Action: href + "/orden", Values: typed, Errors: wrong}, Fields: form,
		Heading: ui.Heading{Crumbs: []ui.Link{{Href: href, Text: v.Meeting.Title}}, Over: joined(say.long(ctx, v.Meeting.Starts), say.hours(ctx, v.Meeting.Starts, v.Meeting.Ends())), Title: t(ctx, "order")},
		Budget:  budgetOf(ctx, slicesOf(v.Items), v.Meeting.Length), Add: ui.Button{Text: t(ctx, "order.add.do"), Name: "do", Value: "add", Icon: "plus"}}
	if len(v.Items) == 0 {
		view.Budget = budget{Sum: "0", Text: t(ctx, "budget.of", "length", v.Meeting.Length)}
	}
	if err := p.arrange(ctx, say, v, &view); err != nil {
		return web.Page{}, err
	}
	if view.Backlog, err = p.backlog(ctx, say, v); err != nil {
		return web.Page{}, err
	}
	return working(view.Heading.Title, agendaEditor(view)), nil
}

// arrange puts the items on the page, those of a ministry in its section.
func (p *Pages) arrange(ctx context.Context, say words, v meetings.View, view *agendaPage) error {
	monthly := v.Meeting.Kind == meetings.Monthly
	no := numbersOf(v.Items)
	for _, i := range v.Items {
		if !monthly || i.Section == "" {
			view.Items = append(view.Items, say.sorted(ctx, v, no, i))
		}
	}
	if !monthly {
		return nil
	}
	list, err := p.meetings.Sections(ctx, v.Meeting.Number)
	if err != nil {
		return err
	}
	for _, s := range list {
		part := sortedSection{Part: say.section(ctx, v, s)}
		for i := range part.Part.Lines {
			part.Part.Lines[i].Add = view.Action + "?" + lineQuery(s.Lines[i]).Encode() + "#nuevo"
		}
		for _, i := range s.Items {
			part.Items = append(part.Items, say.sorted(ctx, v, no, i))
		}
		view.Sections = append(view.Sections, part)
	}
	return nil
}

// lineQuery opens the form of a new item on a line that a module brought.
func lineQuery(l meetings.Line) url.Values {
	q := url.Values{"title": {l.Title}, "section": {l.Section}, "text": {l.Detail}}
	if l.Subject.ID != "" {
		q.Set("subject", l.Subject.Kind+":"+l.Subject.ID)
	}
	return q
}

// sorted is an item with the buttons that move it.
func (w words) sorted(ctx context.Context, v meetings.View, no map[string]int, i meetings.Item) sortedRow {
	at := no[i.ID]
	may := v.May[meetings.EditAgenda]
	return sortedRow{ID: i.ID, To: at, No: itoa(at) + ".", Title: i.Title, Minutes: length(ctx, i.Minutes), Edit: Href(v.Meeting.Number) + "/orden/" + i.ID,
		Meta: joined(t(ctx, "wanted."+string(i.Wanted)), w.who(ctx, i.Presenter)), Up: may && at > 1, Down: may && at < len(v.Items), Series: may && i.State == meetings.ItemWaiting}
}

// backlog is what waits for a meeting like this.
func (p *Pages) backlog(ctx context.Context, say words, v meetings.View) ([]backlogRow, error) {
	series := ""
	if v.Series != nil {
		series = v.Series.Number
	}
	list, err := p.meetings.Backlog(ctx, series)
	if fault.Is(err, fault.Forbidden) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return say.waiting(ctx, list, v.May[meetings.EditAgenda]), nil
}

func (w words) waiting(ctx context.Context, list []meetings.Item, take bool) []backlogRow {
	var out []backlogRow
	for _, i := range list {
		out = append(out, backlogRow{ID: i.ID, Title: i.Title, Text: i.Text, Take: take,
			Meta: joined(t(ctx, "wanted."+string(i.Wanted)), length(ctx, i.Minutes), w.who(ctx, i.Body))})
	}
	return out
}

// agendaAct is what the buttons of the editor do.
func (p *Pages) agendaAct(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number, item := r.Context(), r.PathValue("number"), typed.Get("item")
	to, _ := strconv.Atoi(typed.Get("to"))
	anchor, flash := "#punto-"+item, ""
	switch typed.Get("do") {
	case "up":
		err = p.meetings.MoveItem(ctx, number, item, to-1)
	case "down":
		err = p.meetings.MoveItem(ctx, number, item, to+1)
	case "take":
		err, flash = p.meetings.TakeFromBacklog(ctx, number, item), "meetings.pages.flash.taken"
	case "later":
		err, anchor, flash = p.meetings.PutBack(ctx, number, item), "", "meetings.pages.flash.put_back"
	default:
		return p.addItem(w, r, typed)
	}
	if err != nil {
		return err
	}
	return web.Redirect(w, r, Href(number)+"/orden"+anchor, flash)
}

func (p *Pages) addItem(w http.ResponseWriter, r *http.Request, typed url.Values) error {
	ctx, number := r.Context(), r.PathValue("number")
	i, err := p.itemOf(ctx, typed)
	if err == nil {
		_, err = p.meetings.AddItem(ctx, number, i)
	}
	if err != nil {
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.agendaView(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, Href(number)+"/orden#nuevo", "meetings.pages.flash.added")
}

// subjectOf reads what an item is about: the number of an initiative as people
// write it, or a subject as a link of this program says it.
func (p *Pages) subjectOf(ctx context.Context, text string) (event.Subject, error) {
	kind, id, ok := cut(text)
	if text == "" || ok {
		return event.Subject{Kind: kind, ID: id}, nil
	}
	v, err := p.roundtable.View(ctx, text)
	if fault.Is(err, fault.NotFound) {
		var c fault.Check
		c.Fail("subject", "meetings.pages.fault.subject")
		return event.Subject{}, c.Err()
	}
	return v.Initiative.Subject(), err
}
