package pages

import (
	"context"
	"net/url"
	"strconv"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/ui"
)

// acts are what is done on a page of its own with a few words.
func (p *Pages) acts() []act {
	out := append(p.meetingActs(), p.minutesActs()...)
	return append(out, p.dealActs()...)
}

// on opens a meeting for one action.
func (p *Pages) on(action meetings.Action) func(context.Context, string) (about, error) {
	return func(ctx context.Context, number string) (about, error) {
		v, err := p.meetings.Meeting(ctx, number)
		if err != nil {
			return about{}, err
		}
		if _, err := v.Require(people.Me(ctx), action); err != nil {
			return about{}, err
		}
		if !v.May[action] {
			return about{}, notNow()
		}
		return about{v.Meeting.Title, Href(number), v}, nil
	}
}

func (p *Pages) meetingActs() []act {
	m := p.meetings
	return []act{
		{name: "call", pattern: "/reuniones/{number}/convocar", open: p.on(meetings.EditMeeting),
			do: func(ctx context.Context, number string, _ url.Values) error { return m.CallMeeting(ctx, number) }},
		{name: "cancel", pattern: "/reuniones/{number}/cancelar", yes: ui.Danger, open: p.on(meetings.CancelMeeting), form: p.whyForm("why"),
			do: func(ctx context.Context, number string, typed url.Values) error {
				return m.CancelMeeting(ctx, number, typed.Get("why"))
			}},
		{name: "move", pattern: "/reuniones/{number}/mover", open: p.on(meetings.EditMeeting), row: whenFields, form: p.moveForm, do: p.move},
		{name: "reply", pattern: "/reuniones/{number}/responder", open: p.on(meetings.Reply), form: replyForm, do: p.reply},
		{name: "interest", pattern: "/reuniones/{number}/interes", open: p.on(meetings.Want), form: interestForm,
			do: func(ctx context.Context, number string, typed url.Values) error {
				return m.Interest(ctx, number, meetings.Wish{Organisation: typed.Get("organisation"), Text: typed.Get("text")})
			}},
		{name: "series_call", pattern: "/series/{number}/convocar", open: p.onSeries,
			do: func(ctx context.Context, number string, _ url.Values) error { return m.CallSeries(ctx, number) }},
		{name: "series_end", pattern: "/series/{number}/terminar", yes: ui.Danger, open: p.onSeries, form: endForm,
			do: func(ctx context.Context, number string, typed url.Values) error {
				return m.EndSeries(ctx, number, clock.Day(typed.Get("last")), typed.Get("why"))
			}},
	}
}

// onSeries opens a series for whoever plans it.
func (p *Pages) onSeries(ctx context.Context, number string) (about, error) {
	v, err := p.meetings.Series(ctx, number)
	if err != nil {
		return about{}, err
	}
	if _, err := v.Require(people.Me(ctx), meetings.PlanSeries); err != nil {
		return about{}, err
	}
	if !v.Series.Ended.IsZero() {
		return about{}, notNow()
	}
	return about{v.Series.Title, "/series/" + number, v}, nil
}

// whyForm asks for a reason.
func (p *Pages) whyForm(name string) func(context.Context, about) ([]ui.Field, ui.Values) {
	return func(ctx context.Context, _ about) ([]ui.Field, ui.Values) {
		return []ui.Field{reason(ctx, name, "field.why", true, meetings.TextMax)}, nil
	}
}

// moveForm opens on when and where the meeting is.
func (p *Pages) moveForm(ctx context.Context, a about) ([]ui.Field, ui.Values) {
	v := a.view.(meetings.View)
	list := placeFields(ctx)
	at := v.Meeting.Starts.In(v.Charter.City.Zone)
	return append(list, reason(ctx, "why", "field.why_move", true, meetings.TextMax)), ui.Values{"version": {itoa(v.Meeting.Version)}, "day": {at.Format("2006-01-02")}, "clock": {at.Format("15:04")},
		"length": {itoa(v.Meeting.Length)}, "place": {v.Meeting.Place}, "link": {v.Meeting.Link}}
}

func (p *Pages) move(ctx context.Context, number string, typed url.Values) error {
	to, err := p.placed(ctx, typed)
	if err != nil {
		return err
	}
	version, _ := strconv.Atoi(typed.Get("version"))
	return named(p.meetings.MoveMeeting(ctx, number, version, to, typed.Get("why")), "starts", "day")
}

// replyForm opens on the own answer.
func replyForm(ctx context.Context, a about) ([]ui.Field, ui.Values) {
	v := a.view.(meetings.View)
	answer := ui.Field{Name: "answer", Label: t(ctx, "field.answer"), Kind: ui.Radios, Required: true}
	for _, x := range []meetings.Answer{meetings.Accepted, meetings.Tentative, meetings.Declined} {
		answer.Options = append(answer.Options, ui.Option{Value: string(x), Text: t(ctx, "answer."+string(x))})
	}
	list := []ui.Field{answer}
	if v.Series != nil {
		list = append(list, ui.Field{Name: "series", Label: t(ctx, "field.answer_all"), Kind: ui.Check})
	}
	return list, ui.Values{"answer": {string(ownReply(v))}}
}

func (p *Pages) reply(ctx context.Context, number string, typed url.Values) error {
	return p.meetings.Respond(ctx, number, meetings.Answer(typed.Get("answer")), typed.Get("series") == "true")
}

func interestForm(ctx context.Context, _ about) ([]ui.Field, ui.Values) {
	return []ui.Field{reason(ctx, "text", "field.interest", true, meetings.LineMax),
		{Name: "organisation", Label: t(ctx, "field.organisation"), Hint: t(ctx, "field.organisation.hint"), Max: meetings.TitleMax}}, nil
}

func endForm(ctx context.Context, _ about) ([]ui.Field, ui.Values) {
	return []ui.Field{{Name: "last", Label: t(ctx, "field.last"), Hint: t(ctx, "field.last.hint"), Kind: ui.Date, Required: true},
		reason(ctx, "why", "field.why", true, meetings.TextMax)}, nil
}

func (p *Pages) minutesActs() []act {
	m := p.meetings
	plain := func(fn func(context.Context, string) error) func(context.Context, string, url.Values) error {
		return func(ctx context.Context, number string, _ url.Values) error { return fn(ctx, number) }
	}
	return []act{
		{name: "approve", pattern: "/reuniones/{number}/minuta/aprobar", open: p.on(meetings.ApproveMinutes), do: plain(m.Approve), to: "/minuta"},
		{name: "sign", pattern: "/reuniones/{number}/minuta/firmar", open: p.on(meetings.SignMinutes), do: plain(m.Sign), to: "/minuta"},
		{name: "return", pattern: "/reuniones/{number}/minuta/devolver", open: p.on(meetings.ReturnMinutes), form: p.whyForm("why"), to: "/minuta",
			do: func(ctx context.Context, number string, typed url.Values) error {
				return m.ReturnMinutes(ctx, number, typed.Get("why"))
			}},
		{name: "release", pattern: "/reuniones/{number}/minuta/publicar", open: p.on(meetings.ReleaseMinutes), form: p.releaseForm, to: "/minuta",
			do: func(ctx context.Context, number string, typed url.Values) error {
				return m.Release(ctx, number, meetings.Release{Items: typed["items"], Decisions: typed["decisions"], Commitments: typed["commitments"]})
			}},
	}
}

// releaseForm offers what may become public, nothing chosen: to release is done
// on purpose.
func (p *Pages) releaseForm(ctx context.Context, a about) ([]ui.Field, ui.Values) {
	v := a.view.(meetings.View)
	items := ui.Field{Name: "items", Label: t(ctx, "field.release_items"), Kind: ui.Checks}
	for _, i := range v.Items {
		if !i.Private && !i.Released {
			items.Options = append(items.Options, ui.Option{Value: i.ID, Text: i.Title})
		}
	}
	decisions := ui.Field{Name: "decisions", Label: t(ctx, "decisions"), Kind: ui.Checks}
	for _, d := range v.Decisions {
		if !d.Private && !d.Public {
			decisions.Options = append(decisions.Options, ui.Option{Value: d.Number, Text: d.Text})
		}
	}
	tasks := ui.Field{Name: "commitments", Label: t(ctx, "commitments"), Kind: ui.Checks}
	for _, c := range v.Commitments {
		if !c.Private && !c.Public {
			tasks.Options = append(tasks.Options, ui.Option{Value: c.Number, Text: c.What})
		}
	}
	var out []ui.Field
	for _, f := range []ui.Field{items, decisions, tasks} {
		if len(f.Options) > 0 {
			out = append(out, f)
		}
	}
	return out, nil
}

func (p *Pages) dealActs() []act {
	m := p.meetings
	text := func(fn func(context.Context, string, string) error, name string) func(context.Context, string, url.Values) error {
		return func(ctx context.Context, number string, typed url.Values) error {
			return named(fn(ctx, number, typed.Get(name)), "text", name, "why", name)
		}
	}
	how := func(ctx context.Context, _ about) ([]ui.Field, ui.Values) {
		return []ui.Field{reason(ctx, "text", "field.how", true, meetings.TextMax)}, nil
	}
	return []act{
		{name: "keep", pattern: "/compromisos/{number}/cumplir", open: p.onCommitment, form: how, do: text(m.KeepCommitment, "text")},
		{name: "give_up", pattern: "/compromisos/{number}/descartar", yes: ui.Danger, open: p.onCommitment, form: p.whyForm("why"), do: text(m.DropCommitment, "why")},
		{name: "done", pattern: "/decisiones/{number}/cumplir", open: p.onDecision, form: how, do: text(m.DecisionDone, "text")},
		{name: "drop", pattern: "/decisiones/{number}/descartar", yes: ui.Danger, open: p.onDecision, form: p.whyForm("why"), do: text(m.DropDecision, "why")},
	}
}
