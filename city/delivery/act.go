package delivery

import (
	"context"
	"strings"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// work is one act on the execution of an initiative while its transaction runs.
type work struct {
	Case
	m     *Module
	Who   people.Standing
	As    people.Holding // the post in whose name it is done
	State execution
}

// act does an action to the execution of an initiative: lock it, ask the policy,
// let fn change it and tell of it, and write its state, in one transaction.
func (m *Module) act(ctx context.Context, number string, action Action, fn func(ctx context.Context, w *work) error) error {
	return m.db.Write(ctx, func(ctx context.Context) error {
		x, err := m.Roundtable.Look(ctx, number)
		if err != nil {
			return err
		}
		w := &work{m: m, Who: people.Me(ctx)}
		if w.State, err = m.lock(ctx, x.Initiative); err != nil {
			return err
		}
		w.Case = Case{Charter: x.Charter, Initiative: x.Initiative}
		if w.Case, _, err = w.with(ctx, m, w.State); err != nil {
			return err
		}
		if w.As, err = w.Require(ctx, action); err != nil {
			return err
		}
		if err := fn(ctx, w); err != nil {
			return err
		}
		return m.save(ctx, w.State)
	})
}

// tell writes the event of the act on the initiative's timeline, public when the
// initiative is. what names a text of the event and is empty without one.
func (w *work) tell(ctx context.Context, kind string, data map[string]string, what, text string) error {
	i := w.Initiative
	all := map[string]string{"number": i.Number}
	for name, v := range data {
		all[name] = v
	}
	if w.As.Delegated {
		all["delegated"] = "yes"
	}
	e := event.Event{Kind: kind, Subject: i.Subject(), Public: i.State.Public(), Data: all,
		Actor: event.Actor{Person: w.Who.Person, Post: w.As.Post, Body: w.As.Body}}
	for _, body := range []string{w.carrier(), i.Ministry, w.As.Body, data["to"], data["ministry"]} {
		if body != "" {
			e.Related = append(e.Related, event.Subject{Kind: "body", ID: body})
		}
	}
	if text != "" {
		e.Text = map[string]string{what: text}
	}
	_, err := w.m.log.Append(ctx, e)
	return err
}

// today is the city's day.
func (w *work) today(ctx context.Context) clock.Day {
	return clock.DayOf(clock.Now(ctx), w.Charter.City.Zone)
}

// after is the day so many calendar days after another.
func after(day clock.Day, days int, c Case) clock.Day {
	return clock.DayOf(day.Time(c.Charter.City.Zone).AddDate(0, 0, days), c.Charter.City.Zone)
}

// reason checks a reason that everybody reads: long enough to help somebody.
func reason(c *fault.Check, field string, text *string) {
	*text = strings.TrimSpace(*text)
	c.Text(field, *text, true, ReasonMax)
	if !c.Failed(field) && len([]rune(*text)) < ReasonMin {
		c.Fail(field, "roundtable.fault.reason", "min", ReasonMin)
	}
}
