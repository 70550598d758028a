package pages

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/city/roundtable/wording"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// words says codes of a charter in the language of a request.
type words struct{ wording.Words }

func (p *Pages) words(ctx context.Context, ch *charter.Charter) words {
	return words{wording.Of(ctx, ch, p.people)}
}

// today is the city's day.
func (w words) today(ctx context.Context) clock.Day { return w.Charter.Today(clock.Now(ctx)) }

// state says where an initiative stands: "Paso 4 en curso", "Adoptada".
func state(ctx context.Context, s roundtable.State, current int, ring string, override bool) ui.State {
	switch s {
	case roundtable.Filed:
		return roundState(ctx, current, ring)
	case roundtable.Adopted:
		if override {
			return ui.State{Tone: ui.Warn, Text: i18n.T(ctx, "roundtable.state.overridden")}
		}
		return ui.State{Tone: ui.Good, Text: i18n.T(ctx, "roundtable.state.adopted")}
	case roundtable.Declined, roundtable.Withdrawn:
		return ui.State{Tone: ui.Bad, Text: i18n.T(ctx, "roundtable.state."+string(s))}
	case roundtable.Deferred:
		return ui.State{Tone: ui.Warn, Text: i18n.T(ctx, "roundtable.state.deferred")}
	}
	return ui.State{Tone: ui.Plain, Text: i18n.T(ctx, "roundtable.state."+string(s))}
}

func roundState(ctx context.Context, current int, ring string) ui.State {
	if current == 0 {
		return ui.State{Tone: ui.Now, Text: i18n.T(ctx, "roundtable.state.ready")}
	}
	switch ring[current-1] {
	case ui.SeatReturned:
		return ui.State{Tone: ui.Bad, Text: i18n.T(ctx, "roundtable.state.returned")}
	case ui.SeatStale:
		return ui.State{Tone: ui.Warn, Text: i18n.T(ctx, "roundtable.state.stale", "step", strconv.Itoa(current))}
	}
	return ui.State{Tone: ui.Now, Text: i18n.T(ctx, "roundtable.state.step", "step", strconv.Itoa(current))}
}

// card is an initiative in a list.
func (w words) card(ctx context.Context, c roundtable.Card) ui.Card {
	name, colour := w.Axis(c.Axis)
	lead := c.Change
	if lead == "" {
		lead = c.Line
	}
	ring := c.Ring
	if !c.State.Public() {
		ring = ""
	}
	return ui.Card{Href: "/iniciativas/" + c.Number, Title: c.Title, Lead: lead, Number: c.Number, Axis: colour, AxisName: name, Seats: ring,
		State: state(ctx, c.State, c.Current, c.Ring, c.Override), Meta: w.Body(ctx, c.Ministry)}
}

// cards draws initiatives with what other modules say of them in figures.
func (p *Pages) cards(ctx context.Context, w words, list []roundtable.Card) (ui.Cards, error) {
	out, ids := make(ui.Cards, len(list)), make([]string, len(list))
	for i, c := range list {
		out[i], ids[i] = w.card(ctx, c), c.ID
	}
	if p.slots.Figures == nil || len(list) == 0 {
		return out, nil
	}
	figures, err := p.slots.Figures(ctx, ids...)
	for i := range out {
		out[i].Figures = figures[ids[i]]
	}
	return out, err
}

// when says a moment in the city's zone: "hoy, 10:40", "24 mar 2026".
func (w words) when(ctx context.Context, t, now time.Time) string {
	t, now = t.In(w.Charter.City.Zone), now.In(w.Charter.City.Zone)
	today := now.Format(time.DateOnly)
	switch t.Format(time.DateOnly) {
	case today:
		return i18n.T(ctx, "roundtable.when.today", "time", t.Format("15:04"))
	case now.AddDate(0, 0, -1).Format(time.DateOnly):
		return i18n.T(ctx, "roundtable.when.yesterday", "time", t.Format("15:04"))
	}
	return i18n.ShortDate(ctx, t)
}

// contentDisposition makes a browser save a file under its name instead of
// showing it.
func contentDisposition(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e || r == '"' || r == '\\' {
			return '_'
		}
		return r
	}, name)
	return `attachment; filename="` + ascii + `"; filename*=UTF-8''` + url.PathEscape(name)
}
