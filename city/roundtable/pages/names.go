package pages

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// words says codes of a charter in the language of a request.
type words struct {
	ch   *charter.Charter
	lang i18n.Lang
	p    *Pages
}

func (p *Pages) words(ctx context.Context, ch *charter.Charter) words {
	return words{ch, i18n.Of(ctx), p}
}

// body names a body: from the charter, or as people know it when it was made
// since.
func (w words) body(ctx context.Context, code string) string {
	if b, ok := w.ch.Bodies.Get(code); ok {
		return b.Name.In(w.lang)
	}
	if code == "" {
		return ""
	}
	names, err := w.p.people.BodyNames(ctx, "", code)
	if err != nil || names[code] == "" {
		return code
	}
	return names[code]
}

func (w words) post(code string) string {
	if p, ok := w.ch.Posts.Get(code); ok {
		return p.Name.In(w.lang)
	}
	return code
}

func (w words) axis(code string) (name string, colour int) {
	if a, ok := w.ch.Frame.Axes.Get(code); ok {
		return a.Name.In(w.lang), a.Color
	}
	return code, 0
}

func (w words) step(code string) string {
	if s, ok := w.ch.Flow.Steps.Get(code); ok {
		return s.Name.In(w.lang)
	}
	return code
}

func (w words) item(code string) string {
	if it, _, ok := w.ch.Flow.Item(code); ok {
		return it.Name.In(w.lang)
	}
	return code
}

func (w words) territory(code string) string {
	if t, ok := w.ch.Territories.Get(code); ok {
		return t.Name.In(w.lang)
	}
	return code
}

// sdg names a goal or target with its code.
func (w words) sdg(code string) string {
	if g, ok := w.ch.SDG.Goals.Get(code); ok {
		return code + ". " + g.Name.In(w.lang)
	}
	if t, ok := w.ch.SDG.Targets.Get(code); ok {
		return code + " " + t.Name.In(w.lang)
	}
	return code
}

// of names an entry of one of the lists of the frame.
func of[T charter.Coded](list charter.List[T], code string, name func(T) charter.Name, lang i18n.Lang) string {
	if x, ok := list.Get(code); ok {
		return name(x).In(lang)
	}
	return code
}

func (w words) group(code string) string {
	return of(w.ch.Frame.Groups, code, func(x charter.Group) charter.Name { return x.Name }, w.lang)
}

func (w words) goal(code string) string {
	return of(w.ch.Frame.Goals, code, func(x charter.Goal) charter.Name { return x.Name }, w.lang)
}

func (w words) purpose(code string) string {
	return of(w.ch.Frame.Purposes, code, func(x charter.Purpose) charter.Name { return x.Name }, w.lang)
}

func (w words) kind(code string) string {
	return of(w.ch.Frame.Types, code, func(x charter.InitiativeType) charter.Name { return x.Name }, w.lang)
}

func (w words) barrier(code string) string {
	return of(w.ch.Frame.Barriers, code, func(x charter.BarrierKind) charter.Name { return x.Name }, w.lang)
}

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
	name, colour := w.axis(c.Axis)
	lead := c.Change
	if lead == "" {
		lead = c.Line
	}
	ring := c.Ring
	if !c.State.Public() {
		ring = ""
	}
	return ui.Card{Href: "/iniciativas/" + c.Number, Title: c.Title, Lead: lead, Number: c.Number, Axis: colour, AxisName: name, Seats: ring,
		State: state(ctx, c.State, c.Current, c.Ring, c.Override), Meta: w.body(ctx, c.Ministry)}
}

func (w words) cards(ctx context.Context, list []roundtable.Card) ui.Cards {
	out := make(ui.Cards, len(list))
	for i, c := range list {
		out[i] = w.card(ctx, c)
	}
	return out
}

// when says a moment in the city's zone: "hoy, 10:40", "24 mar 2026".
func (w words) when(ctx context.Context, t, now time.Time) string {
	t, now = t.In(w.ch.City.Zone), now.In(w.ch.City.Zone)
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
