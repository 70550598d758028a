package pages

import (
	"cmp"
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// historySize is how much of the history the initiative's own page shows.
const historySize = 8

// historyRead is how much is read for it: pieces of evidence fold into one line.
const historyRead = 12

// initiativePage is an initiative as anybody sees it, with what the person may
// do added.
type initiativePage struct {
	Heading     ui.Heading
	Change      string
	Axis        ui.Axis
	State       ui.State
	Ring        ui.Ring
	Notices     []ui.Notice
	Follow      templ.Component
	Actions     templ.Component
	Href        string
	StepsTitle  string
	Steps       ui.Steps
	Facts       ui.Facts
	Problem     string
	Planned     ui.Bars
	Chips       []ui.Link // goals, purposes, development goals: links to the list
	Links       []ui.Link
	Files       ui.Table
	Timeline    ui.Timeline
	Questions   []questionView
	Ask         templ.Component
	Barriers    []barrierView
	BarrierForm templ.Component
	Owners      templ.Component
	Meetings    templ.Component
	Execution   templ.Component
	Comments    ui.Timeline
	Comment     templ.Component
	Inside      bool
	Invented    bool
}

type questionView struct {
	ID, Text, Meta, Answer, AnswerMeta, Hidden string
	State                                      ui.State
	Form                                       templ.Component
}

type barrierView struct {
	ID, Kind, What, Meta, How string
	State                     ui.State
}

func (p *Pages) initiative(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.rt.View(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	events, err := p.rt.History(ctx, v.Initiative, "", historyRead)
	if err != nil {
		return err
	}
	say := p.words(ctx, v.Charter)
	page := say.page(ctx, v)
	page.Facts = append(page.Facts, p.origins(ctx, v.Initiative)...)
	page.Timeline = p.short(ctx, v, events)
	if page.Questions, err = p.questions(ctx, say, v); err != nil {
		return err
	}
	if page.Notices, err = p.titled(ctx, v, page.Notices); err != nil {
		return err
	}
	p.panels(ctx, v, &page)
	desc := v.Initiative.Change
	if desc == "" {
		desc = v.Initiative.Line
	}
	return web.Render(w, r, web.Page{Title: v.Initiative.Title, Description: desc, Section: "initiatives", Wide: true,
		Private: !v.Initiative.State.Public(), Body: initiativeBody(page)})
}

// titled puts the title of the initiative that this one joined into its notice.
func (p *Pages) titled(ctx context.Context, v roundtable.View, notices []ui.Notice) ([]ui.Notice, error) {
	if v.Initiative.State != roundtable.Joined {
		return notices, nil
	}
	other, err := p.rt.View(ctx, v.Initiative.Into)
	if err == nil {
		notices[0].Link.Text = other.Initiative.Title
	}
	return notices, err
}

// short is the newest part of the history. Evidence that was added to one step
// in one go is told in one line; the whole history tells each.
func (p *Pages) short(ctx context.Context, v roundtable.View, events []event.Event) ui.Timeline {
	t := ui.Timeline{}
	last := event.Event{}
	for _, e := range events {
		if len(t.Items) == historySize {
			break
		}
		same := e.Kind == roundtable.EventEvidence && last.Kind == e.Kind && last.Data["step"] == e.Data["step"]
		last = e
		if same {
			t.Items[len(t.Items)-1].Title = i18n.T(ctx, "roundtable.evidence.several", "step", p.words(ctx, v.Charter).Step(e.Data["step"]))
			continue
		}
		if m, ok := p.Moment(ctx, v.Charter, e, ""); ok {
			t.Items = append(t.Items, m)
		}
	}
	t.More = ui.Link{Href: "/iniciativas/" + v.Initiative.Number + "/historia", Text: i18n.T(ctx, "roundtable.history.all")}
	return t
}

// panels adds what other parts of the program let this person do.
func (p *Pages) panels(ctx context.Context, v roundtable.View, page *initiativePage) {
	s := p.slots
	if s.Follow != nil && v.Initiative.State.Public() {
		page.Follow = s.Follow(ctx, v.Initiative.Subject())
	}
	for _, x := range []struct {
		make func(context.Context, roundtable.View) templ.Component
		to   *templ.Component
	}{{s.Panels.Actions, &page.Actions}, {s.Panels.Ask, &page.Ask}, {s.Panels.Comment, &page.Comment}, {s.Panels.Owners, &page.Owners}, {s.Panels.Barriers, &page.BarrierForm}, {s.Panels.Meetings, &page.Meetings}, {s.Panels.Execution, &page.Execution}} {
		if x.make != nil {
			*x.to = x.make(ctx, v)
		}
	}
}

// page says the state of an initiative in words and figures.
func (w words) page(ctx context.Context, v roundtable.View) initiativePage {
	i := v.Initiative
	axis, colour := w.Axis(i.Axis)
	page := initiativePage{
		Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/", Text: i18n.T(ctx, "roundtable.crumb.home")}, {Href: "/iniciativas", Text: i18n.T(ctx, "roundtable.list.title")}},
			Over: i.Number, Title: i.Title},
		Change: i.Change, Href: "/iniciativas/" + i.Number, State: state(ctx, i.State, i.Current, i.Ring, i.Override), Problem: i.Problem,
		Inside: v.Inside, Invented: i.Invented, StepsTitle: i18n.T(ctx, "roundtable.steps", "count", v.Charter.Flow.Steps.Len()),
		Notices: w.notices(ctx, v), Facts: w.facts(ctx, v), Planned: w.planned(ctx, v), Chips: w.chips(v), Files: w.files(ctx, v),
		Comments: w.comments(ctx, v), Barriers: w.barriers(ctx, v),
	}
	if page.Change == "" {
		page.Change = i.Line
	}
	if i.Axis != "" {
		page.Axis = ui.Axis{Index: colour, Name: axis, Href: "/ejes/" + i.Axis}
	}
	if v.Round != nil {
		page.Ring = ui.Ring{Label: i.Title, Seats: i.Ring, Axis: colour, Size: ui.Large, Center: strconv.Itoa(i.Signed) + "/" + strconv.Itoa(len(v.Round.Steps))}
		page.Steps = w.steps(ctx, v)
	}
	for _, l := range v.Dossier.Links {
		text := l.Label
		if text == "" {
			text = l.URL
		}
		page.Links = append(page.Links, ui.Link{Href: l.URL, Text: text})
	}
	return page
}

// notices say what a reader must know before reading on.
func (w words) notices(ctx context.Context, v roundtable.View) []ui.Notice {
	i, link := v.Initiative, ui.Link{}
	switch {
	case i.State == roundtable.Joined:
		link = ui.Link{Href: "/iniciativas/" + i.Into, Text: i.Into}
		return []ui.Notice{{Tone: ui.Info, Title: i18n.T(ctx, "roundtable.notice.joined"), Link: link}}
	case !i.State.Public():
		return []ui.Notice{{Tone: ui.Info, Title: i18n.T(ctx, "roundtable.notice.inside"), Text: i18n.T(ctx, "roundtable.notice.inside.text")}}
	case i.Override:
		return []ui.Notice{{Tone: ui.Warn, Title: i18n.T(ctx, "roundtable.notice.override"), Text: cmp.Or(i.Exception, i18n.T(ctx, "roundtable.notice.override.text"))}}
	case i.State == roundtable.Deferred:
		return []ui.Notice{{Tone: ui.Warn, Title: i18n.T(ctx, "roundtable.notice.deferred", "until", w.Day(ctx, i.Until))}}
	}
	return nil
}

// steps are the six, or as many as the city has, as a task list.
func (w words) steps(ctx context.Context, v roundtable.View) ui.Steps {
	var out ui.Steps
	for _, s := range v.Round.Steps {
		rules, _ := v.Charter.Flow.Steps.Get(s.Code)
		row := ui.Step{No: s.Number, Href: "/iniciativas/" + v.Initiative.Number + "/pasos/" + s.Code, Title: rules.Name.In(w.Lang),
			Text: rules.Question.In(w.Lang), Seat: v.Round.RingIn(v.Initiative.State)[s.Number-1], Now: s.Number == v.Initiative.Current && !v.Initiative.State.Over(), Meta: w.stepMeta(ctx, v, s)}
		out = append(out, row)
	}
	return out
}

// stepMeta says who signed and when, or who has it until when.
func (w words) stepMeta(ctx context.Context, v roundtable.View, s roundtable.Step) string {
	office := w.Body(ctx, s.Office)
	switch {
	case s.State == roundtable.Signed:
		return i18n.T(ctx, "roundtable.step.signed", "office", office, "day", w.Day(ctx, clock.DayOf(s.SignedAt, v.Charter.City.Zone)))
	case v.Initiative.State.Over():
		return i18n.T(ctx, "roundtable.step.unsigned", "office", office)
	case s.State == roundtable.Returned:
		return i18n.T(ctx, "roundtable.step.returned", "body", w.Body(ctx, v.Initiative.Sponsor))
	case s.Due != "" && v.Initiative.State == roundtable.Filed:
		due, _ := ui.Due(ctx, s.Due, v.Today)
		return i18n.T(ctx, "roundtable.step.with", "office", office, "due", due)
	}
	return office
}

func (w words) files(ctx context.Context, v roundtable.View) ui.Table {
	t := ui.Table{Caption: i18n.T(ctx, "roundtable.files"), HideCaption: true, Columns: []ui.Head{{Text: i18n.T(ctx, "roundtable.file.name")}, {Text: i18n.T(ctx, "roundtable.file.size"), Number: true}, {Text: i18n.T(ctx, "roundtable.file.day")}}}
	for _, a := range v.Attachments {
		if a.Public || v.Inside {
			t.Rows = append(t.Rows, ui.Row{{Text: a.Name, Href: "/adjuntos/" + a.ID}, {Text: ui.Bytes(ctx, a.Size)}, {Text: w.Day(ctx, clock.DayOf(a.At, v.Charter.City.Zone))}})
		}
	}
	return t
}

func (w words) barriers(ctx context.Context, v roundtable.View) []barrierView {
	var out []barrierView
	for _, b := range v.Barriers {
		x := barrierView{ID: b.ID, Kind: w.Barrier(b.Kind), What: b.What, How: b.How,
			Meta: i18n.T(ctx, "roundtable.barrier.meta", "owner", w.Body(ctx, b.Owner), "day", w.Day(ctx, b.Opened))}
		x.State = ui.State{Tone: ui.Bad, Text: i18n.T(ctx, "roundtable.barrier.open", "count", b.DaysOpen(v.Today))}
		if b.Resolved != "" {
			x.State = ui.State{Tone: ui.Good, Text: i18n.T(ctx, "roundtable.barrier.resolved", "count", b.DaysOpen(v.Today))}
		}
		out = append(out, x)
	}
	return out
}

// comments are the words of officials inside and the opinions of local boards.
func (w words) comments(ctx context.Context, v roundtable.View) ui.Timeline {
	var t ui.Timeline
	for _, c := range v.Comments {
		m := ui.Moment{Title: w.Body(ctx, c.Body), Meta: w.Post(ctx, c.Post), Text: c.Text, When: w.when(ctx, c.At, clock.Now(ctx)), Stamp: c.At.Format(time.RFC3339)}
		if c.Public {
			m.Tone = ui.Info
		} else {
			m.Internal = i18n.T(ctx, "roundtable.internal")
		}
		t.Items = append(t.Items, m)
	}
	return t
}

// questions tells what citizens asked, without saying who they are, and who
// answers.
func (p *Pages) questions(ctx context.Context, w words, v roundtable.View) ([]questionView, error) {
	var people []string
	for _, q := range v.Questions {
		if q.AnsweredBy != "" {
			people = append(people, q.AnsweredBy)
		}
	}
	names, err := p.people.Names(ctx, people...)
	if err != nil {
		return nil, err
	}
	var out []questionView
	for _, q := range v.Questions {
		x := questionView{ID: q.ID, Text: q.Text, Meta: w.when(ctx, q.At, clock.Now(ctx)), Answer: q.Answer}
		switch {
		case q.Hidden != "":
			x.Text, x.Answer, x.Hidden = "", "", i18n.T(ctx, "roundtable.question.hidden", "reason", q.Hidden)
		case q.Answered():
			x.State = ui.State{Tone: ui.Good, Text: i18n.T(ctx, "roundtable.question.answered")}
			x.AnswerMeta = i18n.T(ctx, "roundtable.question.by", "name", names[q.AnsweredBy], "post", w.Post(ctx, q.Post), "day", w.Day(ctx, clock.DayOf(q.AnsweredAt, v.Charter.City.Zone)))
		default:
			due, tone := ui.Due(ctx, q.Due, v.Today)
			x.State = ui.State{Tone: tone, Text: i18n.T(ctx, "roundtable.question.waits", "body", w.Body(ctx, q.Answerer), "due", due)}
			if p.slots.Panels.Answer != nil {
				x.Form = p.slots.Panels.Answer(ctx, v, q)
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// history is the whole timeline, page by page.
func (p *Pages) history(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.rt.View(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	before, err := web.After(r)
	if err != nil {
		return err
	}
	const size = 50
	events, err := p.rt.History(ctx, v.Initiative, before, size+1)
	if err != nil {
		return err
	}
	var t ui.Timeline
	var pager ui.Pager
	for i, e := range events {
		if i == size {
			pager.Later = later(r, events[i-1].ID)
			break
		}
		if m, ok := p.Moment(ctx, v.Charter, e, ""); ok {
			t.Items = append(t.Items, m)
		}
	}
	i := v.Initiative
	heading := ui.Heading{Crumbs: []ui.Link{{Href: "/iniciativas", Text: i18n.T(ctx, "roundtable.list.title")}, {Href: "/iniciativas/" + i.Number, Text: i.Title}},
		Over: i.Number, Title: i18n.T(ctx, "roundtable.history"), Lead: i18n.T(ctx, "roundtable.history.lead")}
	return web.Render(w, r, web.Page{Title: heading.Title + ": " + i.Title, Section: "initiatives", Private: !i.State.Public(), Body: historyBody(heading, t, pager)})
}

// attachment sends a file so that no browser runs it.
func (p *Pages) attachment(w http.ResponseWriter, r *http.Request) error {
	a, data, err := p.rt.Attachment(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", a.Media)
	h.Set("Content-Disposition", contentDisposition(a.Name))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Length", strconv.Itoa(len(data)))
	_, err = w.Write(data)
	return err
}

// show draws c, nothing for nothing.
func show(c templ.Component) templ.Component {
	if c == nil {
		return templ.NopComponent
	}
	return c
}

// Cards draws initiatives by id for other parts of the program.
func (p *Pages) Cards(ctx context.Context, cards []roundtable.Card) (ui.Cards, error) {
	ch, err := p.charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	return p.cards(ctx, p.words(ctx, ch), cards)
}

// OfBody draws the initiatives that a body sponsors, for the body's own page;
// nil when it has none.
func (p *Pages) OfBody(ctx context.Context, body string) (templ.Component, error) {
	ch, err := p.charters.Current(ctx)
	if err != nil {
		return nil, err
	}
	kind := roundtable.ByBody
	if b, ok := ch.Bodies.Get(body); ok && b.Kind.Ministerial() {
		kind = roundtable.ByMinistry
	}
	page, err := p.rt.List(ctx, roundtable.Filter{By: map[string]string{kind: body}}, "", 6)
	if fault.Is(err, fault.Invalid) {
		return nil, nil // a body that the city's files do not have: nothing is filed under it
	}
	if err != nil || len(page.Cards) == 0 {
		return nil, err
	}
	cards, err := p.cards(ctx, p.words(ctx, ch), page.Cards)
	if err != nil {
		return nil, err
	}
	return ofBody(page.Total, Href(kind, body), cards), nil
}

// hero opens the page, with the large ring once there is one.
func (p initiativePage) hero() ui.Hero {
	h := ui.Hero{Axis: p.Axis.Index}
	if p.Ring.Seats != "" {
		h.Art = p.Ring
	}
	return h
}
