package pages

import (
	"context"
	"time"

	"ronda/city/delivery"
	"ronda/city/delivery/workplan"
	"ronda/platform/event"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// tones says how an act reads; acts that are not listed are plain.
var tones = map[string]ui.Tone{
	delivery.EventAccepted: ui.Good, delivery.EventRefused: ui.Bad, delivery.EventHandedOver: ui.Now, delivery.EventReported: ui.Info, delivery.EventLightSet: ui.Warn, delivery.EventPartIn: ui.Good,
	workplan.EventFrozen: ui.Good, workplan.EventAsked: ui.Now, workplan.EventAccepted: ui.Good, workplan.EventRefused: ui.Bad,
}

// Moment tells an act of the execution or of the work plan in the reader's
// language; ok is false for what nobody tells. The kind of an event is the key of
// its sentence.
func (p *Pages) Moment(ctx context.Context, e event.Event) (ui.Moment, bool) {
	say, err := p.words(ctx)
	if err != nil {
		return ui.Moment{}, false
	}
	var args []any
	for name, v := range e.Data {
		args = append(args, name, say.said(ctx, name, v))
	}
	title := i18n.T(ctx, e.Kind, args...)
	if title == e.Kind {
		return ui.Moment{}, false
	}
	m := ui.Moment{Tone: tones[e.Kind], Title: title, Stamp: e.At.Format(time.RFC3339), When: say.moment(ctx, e.At), Meta: say.Who(ctx, e.Actor.Post, e.Actor.Body)}
	for _, name := range []string{"text", "reason", "note", "answer", "what"} {
		if e.Text[name] != "" {
			m.Text = e.Text[name]
		}
	}
	switch {
	case !e.Public:
		m.Internal = t(ctx, "internal")
	case p.slots.Proof != nil:
		m.Proof = p.slots.Proof(ctx, e.ID)
	}
	return m, true
}

// said puts a code of an event's data in words.
func (w words) said(ctx context.Context, name, v string) string {
	switch name {
	case "from", "to", "ministry":
		return w.Body(ctx, v)
	case "colour", "rule", "light":
		return t(ctx, "light."+firstOf(v, "off"))
	}
	return v
}
