package pages

import (
	"context"
	"slices"
	"time"

	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// origins say what the initiative came of, e.g. an idea of a citizen.
func (p *Pages) origins(ctx context.Context, i roundtable.Initiative) ui.Facts {
	var links []ui.Link
	for _, s := range i.Origins() {
		if p.slots.Origin == nil {
			break
		}
		if link, ok := p.slots.Origin(ctx, s); ok {
			links = append(links, link)
		}
	}
	return linked(i18n.T(ctx, "roundtable.fact.origin"), links)
}

// linked is one fact that has one or more answers, nothing without any.
func linked(name string, links []ui.Link) ui.Facts {
	switch len(links) {
	case 0:
		return nil
	case 1:
		return ui.Facts{{Name: name, Text: links[0].Text, Href: links[0].Href}}
	}
	return ui.Facts{{Name: name, View: linkRow(links)}}
}

// facts are the short answers: who, since when, how long, how often.
func (w words) facts(ctx context.Context, v roundtable.View) ui.Facts {
	i := v.Initiative
	var f ui.Facts
	add := func(key, text, href string) {
		if text != "" {
			f = append(f, ui.Fact{Name: i18n.T(ctx, "roundtable.fact."+key), Text: text, Href: href})
		}
	}
	add("sponsor", w.Body(ctx, i.Sponsor), href("/organismos/", i.Sponsor))
	add("ministry", w.Body(ctx, i.Ministry), Href(roundtable.ByMinistry, i.Ministry))
	for _, o := range v.Owners {
		if o.State == roundtable.OwnerIn {
			add("owner", w.Body(ctx, o.Ministry), Href(roundtable.ByMinistry, o.Ministry))
		}
	}
	if i.Type != "" {
		add("type", w.Kind(i.Type), Href(roundtable.ByType, i.Type))
	}
	f = append(f, linked(i18n.T(ctx, "roundtable.fact.territory"), w.places(v.Dossier.Territories))...)
	if v.Round == nil {
		return f
	}
	add("filed", w.Day(ctx, clock.DayOf(i.FiledAt, v.Charter.City.Zone)), "")
	add("round", w.days(ctx, v), "")
	add("returns", i18n.T(ctx, "roundtable.returns", "count", i.Returns), "")
	return f
}

// places lead to what else touches each place, in the order of the city's files:
// Comuna 4 before Comuna 12.
func (w words) places(codes []string) []ui.Link {
	place := w.Charter.Territories.Place
	var out []ui.Link
	for _, code := range slices.SortedStableFunc(slices.Values(codes), func(a, b string) int { return place(a) - place(b) }) {
		out = append(out, ui.Link{Href: Href(roundtable.ByTerritory, code), Text: w.Territory(code)})
	}
	return out
}

func href(prefix, code string) string {
	if code == "" {
		return ""
	}
	return prefix + code
}

// days is how long the initiative has been, or was, in the round.
func (w words) days(ctx context.Context, v roundtable.View) string {
	end := clock.Now(ctx)
	if !v.Initiative.DecidedAt.IsZero() {
		end = v.Initiative.DecidedAt
	}
	return i18n.T(ctx, "roundtable.days", "count", int(end.Sub(v.Initiative.FiledAt)/(24*time.Hour)))
}

// planned draws who is to benefit.
func (w words) planned(ctx context.Context, v roundtable.View) ui.Bars {
	b := ui.Bars{Label: i18n.T(ctx, "roundtable.planned")}
	_, colour := w.Axis(v.Initiative.Axis)
	for _, x := range v.Dossier.Planned {
		b.Items = append(b.Items, ui.Bar{Name: w.Group(x.Group) + " · " + w.Territory(x.Territory), Value: float64(x.People),
			Text: i18n.Number(ctx, x.People), Axis: colour})
	}
	return b
}

// chips are the tags of the dossier, each leading to what shares it.
func (w words) chips(v roundtable.View) []ui.Link {
	var out []ui.Link
	for _, a := range v.Dossier.Axes {
		name, _ := w.Axis(a)
		out = append(out, ui.Link{Href: "/ejes/" + a, Text: name})
	}
	for _, c := range v.Dossier.Goals {
		out = append(out, ui.Link{Href: Href(roundtable.ByGoal, c), Text: w.Goal(c)})
	}
	for _, c := range v.Dossier.Purposes {
		out = append(out, ui.Link{Href: Href(roundtable.ByPurpose, c), Text: w.Purpose(c)})
	}
	for _, c := range append([]string{v.Initiative.SDG}, v.Dossier.Targets...) {
		if c != "" {
			out = append(out, ui.Link{Href: Href(roundtable.BySDG, c), Text: w.SDG(c)})
		}
	}
	return out
}
