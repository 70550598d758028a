package room

import (
	"context"
	"net/http"
	"net/url"

	"ronda/city/meetings"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// followPage is what everybody sees who does not lead.
type followPage struct {
	Now     nowView
	Agenda  agendaView
	Queue   queueView
	Record  []result
	People  peopleView
	Self    selfView
	Minutes string // address, once the meeting is over
}

// selfView is what the person can do for themselves.
type selfView struct {
	Action   string
	Speak    bool
	Asked    bool
	Speaking bool
	Place    int
	Turn     string
	CheckIn  bool
	In       bool
}

// follow shows the meeting as it goes.
func (r *Rooms) follow(w http.ResponseWriter, q *http.Request) error {
	h, err := r.enter(q)
	if err != nil {
		return err
	}
	return web.Render(w, q, r.followPage(q.Context(), h, ui.Errors{}))
}

func (r *Rooms) followPage(ctx context.Context, h hall, wrong ui.Errors) web.Page {
	p := followPage{Now: h.now(ctx), Agenda: h.agenda(ctx), Queue: h.queue(ctx), Record: h.results(ctx, "*"), People: h.attendance(ctx), Self: h.self()}
	if h.Meeting.State.Over() {
		p.Minutes = "/reuniones/" + h.Meeting.Number + "/minuta"
	}
	return r.page(ctx, h, viewFollow, t(ctx, "title.follow"), followBody(p, wrong))
}

func (h hall) self() selfView {
	s := selfView{Action: Href(h.Meeting.Number), Speak: h.Room.May[meetings.Speak] && h.Me != "", CheckIn: h.Room.May[meetings.CheckInSelf] && h.Me != "", In: h.people[h.Me].Present()}
	if turn, place := h.place(); turn != nil {
		s.Turn, s.Place, s.Asked, s.Speaking = turn.ID, place, true, place == 0
	}
	return s
}

// act is something a form asks for.
type act func(ctx context.Context, number string, form url.Values) error

// own are the acts of somebody for themselves.
func (r *Rooms) own() map[string]act {
	return map[string]act{
		"in": func(ctx context.Context, n string, _ url.Values) error {
			return r.meetings.CheckIn(ctx, n, meetings.Arrival{})
		},
		"out": func(ctx context.Context, n string, _ url.Values) error { return r.meetings.CheckOut(ctx, n, "") },
		"ask": func(ctx context.Context, n string, _ url.Values) error { return r.meetings.AskToSpeak(ctx, n, "") },
		"leave": func(ctx context.Context, n string, form url.Values) error {
			return r.meetings.LeaveQueue(ctx, n, form.Get("turn"))
		},
	}
}

// followAct does what somebody asks for themselves.
func (r *Rooms) followAct(w http.ResponseWriter, q *http.Request) error {
	_, err := r.do(w, q, r.own())
	if err != nil {
		return web.Again(w, q, err, func(wrong ui.Errors) (web.Page, error) {
			h, err := r.enter(q)
			if err != nil {
				return web.Page{}, err
			}
			return r.followPage(q.Context(), h, wrong), nil
		})
	}
	return web.Redirect(w, q, Href(q.PathValue("number")), "")
}

// do reads the form and does its act, one of those given.
func (r *Rooms) do(w http.ResponseWriter, q *http.Request, acts map[string]act) (url.Values, error) {
	form, err := web.Form(w, q)
	if err != nil {
		return nil, err
	}
	do := acts[form.Get("act")]
	if do == nil {
		return form, fault.New(fault.Invalid, "fault.choice")
	}
	number := q.PathValue("number")
	if err := do(q.Context(), number, form); err != nil {
		return form, err
	}
	r.woken(number)
	return form, nil
}

// wall shows the room to the room: large, and nothing to press.
func (r *Rooms) wall(w http.ResponseWriter, q *http.Request) error {
	h, err := r.enter(q)
	if err != nil {
		return err
	}
	ctx := q.Context()
	p := r.page(ctx, h, viewWall, t(ctx, "title.wall"), wallBody(h.now(ctx), h.queue(ctx), h.agenda(ctx)))
	p.Wide = true
	return web.Render(w, q, p)
}
