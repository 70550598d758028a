package panorama

import (
	"context"
	"strconv"
	"strings"
	"time"

	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/indicators/impact"
	"ronda/city/roundtable"
	"ronda/platform/event"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

func (m *Module) lifeView(ctx context.Context, x *life) lifeView {
	i := x.Initiative
	path := "/iniciativas/" + i.Number
	v := lifeView{Heading: ui.Heading{Title: t(ctx, "life.title", "title", i.Title), Over: i.Number, Crumbs: []ui.Link{{Href: "/iniciativas", Text: t(ctx, "life.all")}, {Href: path, Text: i.Number}}},
		Change: i.Change, Phases: x.phases(ctx), Quote: x.quote(ctx), Link: ui.CopyLink{Href: path + "/impacto"}, Address: web.Origin(ctx) + path + "/impacto"}
	v.Timeline = m.timeline(ctx, x)
	v.Figures = x.figures(ctx)
	if x.main == nil || x.main.Measured == 0 {
		v.None = t(ctx, "life.unmeasured")
		return v
	}
	v.Impact = measured(ctx, *x.main)
	return v
}

// measured draws where an indicator began, where it is and where it is to get.
func measured(ctx context.Context, i impact.Indicator) ui.Bars {
	out := ui.Bars{Label: i.Name}
	add := func(name string, v impact.Value) {
		if v.Known {
			out.Items = append(out.Items, ui.Bar{Name: name, Value: max(0, v.Float(i.Decimals)), Text: v.Say(ctx, i.Decimals) + " " + i.Unit})
		}
	}
	add(t(ctx, "life.baseline"), i.Baseline)
	add(impact.SayPeriod(ctx, i.CurrentPeriod), i.Current)
	add(t(ctx, "life.target"), i.Target)
	return out
}

// station is a phase before it is said.
type station struct {
	key string
	at  time.Time
}

// phases are the stations of the line: those that were reached with their days,
// then what is to come.
func (x *life) phases(ctx context.Context) []phase {
	when := func(kinds ...string) time.Time {
		e, _ := x.at(kinds...)
		return e.At
	}
	var idea time.Time
	if len(x.ideas) > 0 {
		idea = x.ideas[0].Published
	}
	stations := []station{{"idea", idea}, {"filed", x.Initiative.FiledAt}, {"adopted", when(roundtable.EventAdopted, roundtable.EventOverridden)},
		{"executed", when(delivery.EventAccepted, delivery.EventReported)}, {"measured", when(impact.EventMeasured)}}
	if stations[2].at.IsZero() && x.Initiative.State == roundtable.Adopted {
		stations[2].at = x.Initiative.DecidedAt
	}
	var out []phase
	var before time.Time
	for n, s := range stations {
		if n == 0 && s.at.IsZero() {
			continue // it began at an office
		}
		p := phase{What: t(ctx, "phase."+s.key), Reached: !s.at.IsZero(), Day: t(ctx, "phase.open")}
		if p.Reached {
			p.Day, p.Stamp = i18n.ShortDate(ctx, s.at.In(web.Zone(ctx))), s.at.Format(time.RFC3339)
			if !before.IsZero() && s.at.After(before) {
				p.Took = t(ctx, "phase.took", "count", days(before, s.at))
			}
			before = s.at
		}
		out = append(out, p)
	}
	return out
}

func days(from, to time.Time) int { return int(to.Sub(from).Hours() / 24) }

// figures are the numbers that a headline needs.
func (x *life) figures(ctx context.Context) ui.Figures {
	var out ui.Figures
	if e, ok := x.at(impact.EventMeasured); ok {
		out = append(out, ui.Figure{Value: i18n.Number(ctx, int64(days(x.born(), e.At))), Text: t(ctx, "life.days")})
	}
	if x.money.Planned > 0 {
		out = append(out, ui.Figure{Value: budget.Short(ctx, x.money.Planned, x.money.Currency), Text: t(ctx, "life.money"), Href: "/iniciativas/" + x.Initiative.Number + "/presupuesto"})
	}
	if n := len(x.indicators); n > 0 {
		out = append(out, ui.Figure{Value: strconv.Itoa(n), Text: t(ctx, "life.indicators", "count", n), Href: "/iniciativas/" + x.Initiative.Number + "/indicadores"})
	}
	return out
}

// timeline is the line of life in words, with the proofs.
func (m *Module) timeline(ctx context.Context, x *life) ui.Timeline {
	out := ui.Timeline{More: ui.Link{Href: "/iniciativas/" + x.Initiative.Number + "/historia", Text: t(ctx, "life.history")}}
	for _, i := range x.ideas {
		out.Items = append(out.Items, ui.Moment{Tone: ui.Now, Title: t(ctx, "life.idea", "title", i.Title), Href: "/ideas/" + i.Number, Stamp: i.Published.Format(time.RFC3339),
			When: dayOf(ctx, i.Published), Meta: i.Signature, Text: t(ctx, "life.supports", "count", i.Supports)})
	}
	for _, e := range x.acts {
		if moment, ok := m.tell(ctx, e); ok {
			out.Items = append(out.Items, moment)
		}
	}
	return out
}

// tell is an act with its full day, as whoever quotes it needs it.
func (m *Module) tell(ctx context.Context, e event.Event) (ui.Moment, bool) {
	if m.Tell == nil {
		return ui.Moment{}, false
	}
	x, ok := m.Tell(ctx, e)
	x.When = dayOf(ctx, e.At)
	if x.Proof == "" && e.Public && m.Proof != nil {
		x.Proof = m.Proof(ctx, e.ID)
	}
	return x, ok
}

// quote is the sentence that can be quoted as it is.
func (x *life) quote(ctx context.Context) string {
	parts := []string{x.beginning(ctx)}
	if e, ok := x.last(roundtable.EventAdopted, roundtable.EventOverridden); ok {
		parts = append(parts, t(ctx, "quote.adopted", "who", x.say.Who(ctx, e.Actor.Post, e.Actor.Body), "day", dayOf(ctx, e.At)))
	} else if x.Initiative.State == roundtable.Adopted {
		parts = append(parts, t(ctx, "quote.adopted.day", "day", dayOf(ctx, x.Initiative.DecidedAt)))
	}
	if x.executor != "" {
		parts = append(parts, t(ctx, "quote.executed", "body", x.say.Body(ctx, x.executor)))
	}
	if x.money.Planned > 0 {
		parts = append(parts, t(ctx, "quote.money", "amount", budget.Short(ctx, x.money.Planned, x.money.Currency)))
	}
	text := strings.Join(parts, ", ") + "."
	if i := x.main; i != nil && i.Measured > 0 {
		return text + " " + x.result(ctx, *i)
	}
	return text
}

func (x *life) beginning(ctx context.Context) string {
	title := x.Initiative.Title
	if len(x.ideas) == 0 {
		return t(ctx, "quote.filed", "title", title, "body", x.say.Body(ctx, x.Initiative.Sponsor), "day", dayOf(ctx, x.born()))
	}
	if who := x.ideas[0].Signature; who != "" {
		return t(ctx, "quote.idea.named", "title", title, "who", who, "day", dayOf(ctx, x.born()))
	}
	return t(ctx, "quote.idea", "title", title, "day", dayOf(ctx, x.born()))
}

// result says what was measured last.
func (x *life) result(ctx context.Context, i impact.Indicator) string {
	args := []any{"name", i.Name, "from", i.Baseline.Say(ctx, i.Decimals), "now", i.Current.Say(ctx, i.Decimals), "unit", i.Unit,
		"period", impact.SayPeriod(ctx, i.CurrentPeriod), "target", i.Target.Say(ctx, i.Decimals)}
	if !i.Baseline.Known {
		return t(ctx, "quote.now", args...)
	}
	return t(ctx, "quote.moved", args...)
}
