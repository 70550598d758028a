package pages

import (
	"context"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// told are the acts that a timeline tells, with how each reads.
var told = map[string]ui.Tone{
	people.EventAppointed: ui.Good, people.EventTermEnded: ui.Plain, people.EventDelegated: ui.Info, people.EventDelegationRevoked: ui.Warn,
	people.EventBodyFounded: ui.Good, people.EventPostFounded: ui.Plain, people.EventPostEnded: ui.Plain, people.EventBodyEnded: ui.Warn,
	people.EventSynced: ui.Plain, people.EventOperatorGranted: ui.Warn, people.EventOperatorRevoked: ui.Warn,
}

// Moment tells a public event of city/people in the reader's language, with a
// link to the body it is about; ok is false for any other event.
func (p *Pages) Moment(ctx context.Context, e event.Event) (m ui.Moment, ok bool) {
	tone, ours := told[e.Kind]
	if !ours {
		return ui.Moment{}, false
	}
	day := clock.DayOf(e.At, web.Zone(ctx))
	posts, err := p.people.PostTitles(ctx, day, e.Data["post"])
	if err != nil {
		return ui.Moment{}, false
	}
	bodies, err := p.people.BodyNames(ctx, day, e.Data["body"])
	if err != nil {
		return ui.Moment{}, false
	}
	m = ui.Moment{Tone: tone, Stamp: e.At.Format(time.RFC3339), When: when(ctx, e.At), Text: e.Text["act"] + e.Text["reason"],
		Title: i18n.T(ctx, "people.told."+e.Kind[len("people."):], "post", posts[e.Data["post"]], "body", bodies[e.Data["body"]],
			"term", span(ctx, clock.Day(e.Data["from"]), clock.Day(e.Data["to"])))}
	if e.Data["body"] != "" {
		m.Href = bodyHref(e.Data["body"])
	}
	return m, true
}
