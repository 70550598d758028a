package room

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ronda/city/meetings"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// leadPage is what the chair and those who help sees.
type leadPage struct {
	Action  string
	State   meetings.State
	Now     nowView
	Agenda  agendaView
	Queue   queueView
	People  peopleView
	Record  []result
	Close   ui.Form // of the open item
	Note    ui.Form // a decision or commitment on its own
	Arrive  ui.Form // somebody who was not invited
	Wrong   ui.Errors
	Owners  []ui.Option
	Ranks   []ui.Option
	Asking  []ui.Option // present, to be put in the queue
	Seconds []ui.Option
	Opening string // of an act that failed: its form stays open
	Inform  bool   // the open item only informs
	Over    bool
	Minutes string
}

// lead shows the page on which a meeting is led.
func (r *Rooms) lead(w http.ResponseWriter, q *http.Request) error {
	h, err := r.enter(q)
	if err != nil {
		return err
	}
	return r.showLead(w, q, h, "", nil, ui.Errors{})
}

func (r *Rooms) showLead(w http.ResponseWriter, q *http.Request, h hall, failed string, form url.Values, wrong ui.Errors) error {
	p, err := r.leadPage(q.Context(), h, failed, form, wrong)
	if err != nil {
		return err
	}
	return web.Render(w, q, p)
}

func (r *Rooms) leadPage(ctx context.Context, h hall, failed string, form url.Values, wrong ui.Errors) (web.Page, error) {
	if _, err := h.Require(h.viewer, meetings.Chair); err != nil {
		return web.Page{}, err
	}
	p := leadPage{Action: Href(h.Meeting.Number) + viewLead, State: h.Meeting.State, Now: h.now(ctx), Agenda: h.agenda(ctx), Queue: h.queue(ctx),
		People: h.roll(ctx), Record: h.results(ctx, "*"), Owners: h.owners(ctx), Ranks: h.ranks(ctx), Asking: h.asking(),
		Opening: failed, Over: h.Meeting.State.Over(), Minutes: "/reuniones/" + h.Meeting.Number + "/minuta"}
	for _, m := range []int{1, 2, 3, 5, 10} {
		p.Seconds = append(p.Seconds, ui.Option{Value: strconv.Itoa(m * 60), Text: t(ctx, "minutes", "count", m)})
	}
	p.Seconds = append(p.Seconds, ui.Option{Value: "0", Text: t(ctx, "queue.unlimited")})
	p.Close, p.Note, p.Arrive = p.form("close"), p.form("record"), p.form("arrive")
	if it := h.open(); it != nil {
		p.Inform = it.Wanted == meetings.Inform
		p.Close.Hidden = append(p.Close.Hidden, ui.Pair{Name: "item", Value: it.ID})
		p.Note.Hidden = append(p.Note.Hidden, ui.Pair{Name: "item", Value: it.ID})
	}
	p.failed(failed, form, wrong)
	return r.page(ctx, h, viewLead, t(ctx, "title.lead"), leadBody(p)), nil
}

// form is an empty form of an act.
func (p *leadPage) form(act string) ui.Form {
	return ui.Form{ID: act, Action: p.Action, Hidden: []ui.Pair{{Name: "act", Value: act}}, Values: ui.Values{}}
}

// failed puts what was wrong into the form that was sent.
func (p *leadPage) failed(act string, form url.Values, wrong ui.Errors) {
	for _, f := range []*ui.Form{&p.Close, &p.Note, &p.Arrive} {
		if f.ID == act {
			f.Values, f.Errors = ui.Values(form), wrong
			return
		}
	}
	p.Wrong = wrong
}

// asking is who may be put into the queue: those in the room who are not in it.
func (h hall) asking() []ui.Option {
	waits := map[string]bool{}
	for _, turn := range h.Queue {
		waits[turn.Key] = true
	}
	var out []ui.Option
	for _, a := range h.Attendees {
		if a.Present() && !waits[a.Key] {
			out = append(out, ui.Option{Value: a.Key, Text: h.names[a.Key]})
		}
	}
	return out
}

// chairs are the acts of whoever leads.
func (r *Rooms) chairs() map[string]act {
	m := r.meetings
	return map[string]act{
		"begin": func(ctx context.Context, n string, _ url.Values) error { return m.Begin(ctx, n) },
		"open":  func(ctx context.Context, n string, f url.Values) error { return m.OpenItem(ctx, n, f.Get("item")) },
		"pause": func(ctx context.Context, n string, f url.Values) error { return m.PauseItem(ctx, n, f.Get("item")) },
		"close": r.closeItem, "record": r.record,
		"end": func(ctx context.Context, n string, _ url.Values) error { return m.End(ctx, n) },
		"floor": func(ctx context.Context, n string, f url.Values) error {
			seconds, _ := strconv.Atoi(f.Get("seconds")) // none, or nonsense, is no limit
			return m.GiveFloor(ctx, n, f.Get("turn"), max(0, seconds))
		},
		"done":  func(ctx context.Context, n string, _ url.Values) error { return m.EndTurn(ctx, n) },
		"queue": func(ctx context.Context, n string, f url.Values) error { return m.AskToSpeak(ctx, n, f.Get("key")) },
		"drop":  func(ctx context.Context, n string, f url.Values) error { return m.LeaveQueue(ctx, n, f.Get("turn")) },
		"in": func(ctx context.Context, n string, f url.Values) error {
			return m.CheckIn(ctx, n, meetings.Arrival{Key: f.Get("key"), Rank: f.Get("rank")})
		},
		"out": func(ctx context.Context, n string, f url.Values) error { return m.CheckOut(ctx, n, f.Get("key")) },
		"arrive": func(ctx context.Context, n string, f url.Values) error {
			a := meetings.Arrival{Name: strings.TrimSpace(f.Get("name")), Rank: f.Get("rank"), For: f.Get("for")}
			return named(m.CheckIn(ctx, n, a))
		},
	}
}

// leadAct does what whoever leads asks for.
func (r *Rooms) leadAct(w http.ResponseWriter, q *http.Request) error {
	form, err := r.do(w, q, r.chairs())
	if err == nil {
		return web.Redirect(w, q, Href(q.PathValue("number"))+viewLead, "")
	}
	return web.Again(w, q, err, func(wrong ui.Errors) (web.Page, error) {
		h, err := r.enter(q)
		if err != nil {
			return web.Page{}, err
		}
		return r.leadPage(q.Context(), h, form.Get("act"), form, wrong)
	})
}

// closeItem closes an item with its outcome and what was decided or undertaken.
func (r *Rooms) closeItem(ctx context.Context, number string, f url.Values) error {
	c := meetings.Closing{Outcome: meetings.Outcome(f.Get("outcome")), Text: f.Get("text")}
	if c.Outcome == meetings.Decided && strings.TrimSpace(f.Get("what")) != "" {
		d, err := decisionOf(f)
		if err != nil {
			return err
		}
		c.Decisions = []meetings.Decision{d}
	}
	if c.Outcome == meetings.Tasked && strings.TrimSpace(f.Get("what")) != "" {
		x, err := commitmentOf(f)
		if err != nil {
			return err
		}
		c.Commitments = []meetings.Commitment{x}
	}
	return named(r.meetings.CloseItem(ctx, number, f.Get("item"), c))
}

// record keeps a decision or a commitment without closing its item.
func (r *Rooms) record(ctx context.Context, number string, f url.Values) error {
	if f.Get("kind") == "task" {
		x, err := commitmentOf(f)
		if err == nil {
			_, err = r.meetings.RecordCommitment(ctx, number, f.Get("item"), x)
		}
		return named(err)
	}
	d, err := decisionOf(f)
	if err == nil {
		_, err = r.meetings.RecordDecision(ctx, number, f.Get("item"), d)
	}
	return named(err, "text", "what")
}

func decisionOf(f url.Values) (meetings.Decision, error) {
	due, err := dayOf(f)
	_, owner, _ := strings.Cut(f.Get("owner"), ":")
	return meetings.Decision{Text: f.Get("what"), Owner: owner, Due: due}, err
}

func commitmentOf(f url.Values) (meetings.Commitment, error) {
	due, err := dayOf(f)
	kind, who, _ := strings.Cut(f.Get("owner"), ":")
	if name := strings.TrimSpace(f.Get("outside")); name != "" {
		kind, who = meetings.WhoOutside, name
	}
	return meetings.Commitment{What: f.Get("what"), Who: who, WhoKind: kind, Due: due}, err
}

// dayOf is the day of the form, empty for none.
func dayOf(f url.Values) (clock.Day, error) {
	if f.Get("due") == "" {
		return "", nil
	}
	day, err := clock.ParseDay(f.Get("due"))
	if err != nil {
		return "", &fault.Error{Kind: fault.Invalid, Fields: []fault.Field{{Name: "due", Key: "fault.date"}}}
	}
	return day, nil
}

// named gives the faults of fields the names that they have in the forms.
// pairs are further names and what the form calls them.
func named(err error, pairs ...string) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	names := map[string]string{"decisions": "what", "commitments": "what", "who": "owner", "guests": "name"}
	for at := 0; at+1 < len(pairs); at += 2 {
		names[pairs[at]] = pairs[at+1]
	}
	for i, field := range f.Fields {
		if name := names[field.Name]; name != "" {
			f.Fields[i].Name = name
		}
	}
	return err
}
