package pages

import (
	"context"
	"strconv"
	"strings"
	"time"

	"ronda/city/indicators/impact"
	"ronda/platform/event"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// moments says how an act reads; its kind is the end of its sentence's key.
var moments = map[string]ui.Tone{impact.EventDefined: ui.Plain, impact.EventEdited: ui.Warn, impact.EventRetired: ui.Warn, impact.EventMeasured: ui.Good,
	impact.EventCorrected: ui.Warn, impact.EventReached: ui.Good, impact.EventScored: ui.Info, impact.EventKeyMade: ui.Plain, impact.EventKeyEnded: ui.Warn}

// Moment tells an act of this package in the reader's language; ok is false for
// those of others.
func (p *Pages) Moment(ctx context.Context, e event.Event) (ui.Moment, bool) {
	tone, ok := moments[e.Kind]
	if !ok {
		return ui.Moment{}, false
	}
	say, err := p.words(ctx)
	if err != nil {
		return ui.Moment{}, false
	}
	d := e.Data
	title := t(ctx, "act."+strings.TrimPrefix(e.Kind, "impact."), "name", e.Text["name"], "number", d["number"], "period", impact.SayPeriod(ctx, d["period"]), "value", spoken(ctx, d["value"]),
		"was", spoken(ctx, d["was"]), "unit", d["unit"], "people", spoken(ctx, d["people"]), "group", say.Group(d["group"]), "score", d["score"], "key", d["key"])
	m := ui.Moment{Tone: tone, Title: title, Stamp: e.At.Format(time.RFC3339), When: i18n.DateTime(ctx, e.At.In(web.Zone(ctx))), Meta: say.Who(ctx, e.Actor.Post, e.Actor.Body)}
	if d["number"] != "" {
		m.Href = "/indicadores/" + d["number"]
	} else if d["initiative"] != "" {
		m.Href = "/iniciativas/" + d["initiative"] + "/indicadores"
	}
	if d["system"] != "" {
		m.Meta = t(ctx, "system", "name", d["system"], "body", m.Meta)
	}
	m.Text = e.Text["reason"]
	if m.Text == "" {
		m.Text = e.Text["why"]
	}
	return m, true
}

// spoken is a figure as readers write it, "21.300" or "1,6"; what is none stays.
func spoken(ctx context.Context, figure string) string {
	whole, rest, broken := strings.Cut(figure, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return figure
	}
	if !broken {
		return i18n.Number(ctx, n)
	}
	mark := "."
	if i18n.Of(ctx) == i18n.Spanish {
		mark = ","
	}
	said := i18n.Number(ctx, n)
	if n == 0 && strings.HasPrefix(whole, "-") {
		said = "-" + said
	}
	return said + mark + rest
}
