package pages

import (
	"context"
	"net/http"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// agreedPage is the common agenda of an initiative in its versions.
type agreedPage struct {
	Heading  ui.Heading
	Versions []agreedVersion
	Empty    ui.Empty
}

type agreedVersion struct {
	Title, Meta string
	Href        string // of the meeting that agreed it
	Lines       ui.Table
}

// agreed shows what those at the collaborative meetings of an initiative agreed
// to do, newest first. It is for officials: what of it is public stands in the
// register of commitments.
func (p *Pages) agreed(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.roundtable.View(ctx, r.PathValue("number"))
	if err != nil {
		return err
	}
	if !people.Me(ctx).Official() {
		return notFound()
	}
	list, err := p.meetings.CommonAgendas(ctx, v.Initiative.ID)
	if err != nil {
		return err
	}
	say := p.wordsOf(ctx, v.Charter)
	i := v.Initiative
	view := agreedPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/iniciativas", Text: t(ctx, "slide.list")}, {Href: "/iniciativas/" + i.Number, Text: i.Title}}, Over: i.Number, Title: t(ctx, "fact.agenda"), Lead: t(ctx, "agreed.lead")},
		Empty: ui.Empty{Title: t(ctx, "agreed.none"), Text: t(ctx, "agreed.none.text"), Action: ui.Link{Href: "/iniciativas/" + i.Number, Text: i.Title}}}
	for n, a := range list {
		var before []meetings.AgreedLine
		if n+1 < len(list) {
			before = list[n+1].Lines
		}
		view.Versions = append(view.Versions, agreedVersion{Title: t(ctx, "agenda.version", "version", a.Version), Meta: t(ctx, "agreed.at", "day", say.when(ctx, a.At), "meeting", a.Number),
			Href: Href(a.Number), Lines: say.agreedLines(ctx, a, before)})
	}
	return web.Render(w, r, working(view.Heading.Title+": "+i.Title, agreedBody(view)))
}

// agreedLines are the lines of a version; those that the version before it did
// not have as they are now are marked.
func (w words) agreedLines(ctx context.Context, a meetings.CommonAgenda, before []meetings.AgreedLine) ui.Table {
	out := ui.Table{Caption: t(ctx, "agenda.version", "version", a.Version), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "column.what")}, {Text: t(ctx, "column.owner")}, {Text: t(ctx, "column.due")}, {Text: t(ctx, "agreed.change")}}}
	was := map[string]meetings.AgreedLine{}
	for _, l := range before {
		was[l.Commitment] = l
	}
	for _, l := range a.Lines {
		change := ui.Cell{}
		switch old, had := was[l.Commitment]; {
		case len(before) == 0:
		case !had:
			change.View = asView(ui.State{Tone: ui.Info, Text: t(ctx, "agreed.new")})
		case old != l:
			change.View = asView(ui.State{Tone: ui.Warn, Text: t(ctx, "agreed.changed")})
		}
		out.Rows = append(out.Rows, ui.Row{{Text: l.What, Href: "/compromisos/" + l.Commitment}, {Text: w.owner(ctx, l.WhoKind, l.Who)}, {Text: w.plainDay(ctx, l.Due)}, change})
	}
	return out
}
