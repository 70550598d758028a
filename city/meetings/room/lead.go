package room

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"

	"ronda/city/meetings"
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
	Said    ui.Form // what a specialist says, at a collaborative meeting
	Opening string  // of an act that failed: its form stays open
	Works   bool    // a collaborative meeting: it agrees an agenda and hears specialists
	Inform  bool    // the open item only informs
	Closing string  // the item that can be closed now
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
		Opening: failed, Over: h.Meeting.State.Over(), Works: h.Meeting.Kind == meetings.Collaborative, Minutes: "/reuniones/" + h.Meeting.Number + "/minuta"}
	for _, m := range []int{1, 2, 3, 5, 10} {
		p.Seconds = append(p.Seconds, ui.Option{Value: strconv.Itoa(m * 60), Text: t(ctx, "minutes", "count", m)})
	}
	p.Seconds = append(p.Seconds, ui.Option{Value: "0", Text: t(ctx, "queue.unlimited")})
	p.Close, p.Note, p.Arrive, p.Said = p.form("close"), p.form("record"), p.form("arrive"), p.form("said")
	it := h.open()
	if it == nil && h.Meeting.State == meetings.Held {
		it = h.unclosed() // what was left without its outcome gets it afterwards, one after another
	}
	if sent := h.sentFor(form.Get("item")); failed == "close" && sent != nil && sent.State != meetings.ItemClosed {
		it = sent // what was typed stays with the item it was typed for
	}
	if it != nil {
		p.Closing = it.ID
		p.Inform = it.Wanted == meetings.Inform
		p.Close.Hidden = append(p.Close.Hidden, ui.Pair{Name: "item", Value: it.ID})
		if open := h.open(); open != nil && open.ID != it.ID {
			p.Close.Hidden = append(p.Close.Hidden, ui.Pair{Name: "sure", Value: it.ID})
		}
		p.Note.Hidden = append(p.Note.Hidden, ui.Pair{Name: "item", Value: it.ID})
		p.Said.Hidden = append(p.Said.Hidden, ui.Pair{Name: "item", Value: it.ID})
	}
	p.failed(failed, form, wrong)
	return r.page(ctx, h, viewLead, t(ctx, "title.lead"), leadBody(p)), nil
}

// sentFor is the item that a form was sent for, nil for none.
func (h hall) sentFor(id string) *meetings.Item {
	for i := range h.Items {
		if h.Items[i].ID == id {
			return &h.Items[i]
		}
	}
	return nil
}

// form is an empty form of an act.
func (p *leadPage) form(act string) ui.Form {
	return ui.Form{ID: act, Action: p.Action, Hidden: []ui.Pair{{Name: "act", Value: act}}, Values: ui.Values{}}
}

// failed puts what was wrong into the form that was sent. What was typed for an
// item that is closed by now is kept in the form of records.
func (p *leadPage) failed(act string, form url.Values, wrong ui.Errors) {
	if act == "close" && p.Closing != form.Get("item") {
		p.Opening, p.Note.Errors = "record", wrong
		p.Note.Values = ui.Values{"what": {cmp.Or(form.Get("what"), form.Get("text"))}, "owner": form["owner"], "outside": form["outside"], "due": form["due"]}
		return
	}
	for _, f := range []*ui.Form{&p.Close, &p.Note, &p.Arrive, &p.Said} {
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
