package pages

import (
	"context"

	"ronda/city/roundtable"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// heading opens a page of an initiative: key is that of its title.
func (w words) heading(ctx context.Context, i roundtable.Initiative, key string) ui.Heading {
	return ui.Heading{Crumbs: []ui.Link{{Href: "/iniciativas", Text: t(ctx, "initiatives")}, {Href: href(i.Number), Text: i.Title}}, Over: i.Number, Title: t(ctx, key)}
}

// Tabs are the faces of the execution of an initiative, for all pages of it; current
// is the path of the one that is open, after its address: "/presupuesto".
func (p *Pages) Tabs(ctx context.Context, number, current string) ui.Tabs {
	out := ui.Tabs{Label: t(ctx, "tabs")}
	add := func(path, text string) {
		out.Items = append(out.Items, ui.NavItem{Href: href(number) + path, Text: text, Current: path == current})
	}
	add("/ejecucion", t(ctx, "execution"))
	add("/plan", t(ctx, "plan"))
	add("/plan/objetivos", t(ctx, "objectives"))
	add("/plan/cambios", t(ctx, "changes"))
	for _, tab := range p.slots.Tabs {
		add(tab.Path, i18n.T(ctx, tab.Key))
	}
	add("/equipamiento", t(ctx, "equipment"))
	add("/viabilidad", t(ctx, "feasibility"))
	return out
}
