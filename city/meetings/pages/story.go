package pages

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"ronda/platform/event"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// storySize is how much of a history a page shows.
const storySize = 8

// tones says how an act reads; acts that are not listed are plain.
var tones = map[string]ui.Tone{
	"meetings.signed": ui.Good, "meetings.approved": ui.Good, "meetings.released": ui.Good, "meetings.kept": ui.Good, "meetings.agreed": ui.Good,
	"meetings.cancelled": ui.Bad, "meetings.returned": ui.Bad, "meetings.dropped": ui.Bad, "meetings.series_ended": ui.Warn,
	"meetings.moved": ui.Warn, "meetings.series_split": ui.Warn, "meetings.called": ui.Now, "meetings.began": ui.Now,
}

// story is what happened to a subject, newest first; the acts that are not public
// are for those inside.
func (p *Pages) story(ctx context.Context, s event.Subject, inside bool) (ui.Timeline, error) {
	events, err := p.log.Timeline(ctx, s, event.Page{Limit: storySize, PublicOnly: !inside})
	if err != nil {
		return ui.Timeline{}, err
	}
	say, err := p.words(ctx)
	if err != nil {
		return ui.Timeline{}, err
	}
	var out ui.Timeline
	for _, e := range events {
		if m, ok := say.moment(ctx, e); ok {
			out.Items = append(out.Items, m)
		}
	}
	return out, nil
}

// Moment tells an act of the meetings in the reader's language; ok is false for
// what nobody tells. The kind of an event is the key of its sentence.
func (p *Pages) Moment(ctx context.Context, e event.Event) (ui.Moment, bool) {
	say, err := p.words(ctx)
	if err != nil {
		return ui.Moment{}, false
	}
	return say.moment(ctx, e)
}

func (w words) moment(ctx context.Context, e event.Event) (ui.Moment, bool) {
	title := w.sentence(ctx, e)
	if title == e.Kind {
		return ui.Moment{}, false
	}
	m := ui.Moment{Tone: tones[e.Kind], Title: title, Stamp: e.At.Format(time.RFC3339), When: w.when(ctx, e.At), Meta: w.Who(ctx, e.Actor.Post, e.Actor.Body)}
	for _, name := range []string{"why", "how", "decision", "commitment"} {
		if e.Text[name] != "" {
			m.Text = e.Text[name]
		}
	}
	if !e.Public {
		m.Internal = t(ctx, "internal")
	} else if w.p.slots.Proof != nil {
		m.Proof = w.p.slots.Proof(ctx, e.ID)
	}
	return m, true
}

// sentence says what happened, with the codes of the event in words.
func (w words) sentence(ctx context.Context, e event.Event) string {
	var args []any
	for name, v := range e.Data {
		args = append(args, name, w.said(ctx, name, v))
	}
	return i18n.T(ctx, e.Kind, args...)
}

// said puts a code of an event's data in words.
func (w words) said(ctx context.Context, name, v string) string {
	switch name {
	case "kind":
		return t(ctx, "kind."+v)
	case "outcome":
		return t(ctx, "outcome."+v)
	case "owner", "who":
		return w.who(ctx, v)
	case "from", "to":
		if at, err := time.Parse(time.RFC3339, v); err == nil {
			return w.when(ctx, at)
		}
	}
	return v
}

// asView makes a component of the house one of the templates.
func asView(c ui.Component) templ.Component { return templ.ComponentFunc(c.Render) }
