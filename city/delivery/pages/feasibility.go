package pages

import (
	"context"
	"net/http"
	"strings"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/roundtable/wording"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

func (p *Pages) feasibility(w http.ResponseWriter, r *http.Request) error {
	page, err := p.feasibilityView(r, fields{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) feasibilityView(r *http.Request, f fields) (web.Page, error) {
	ctx, number := r.Context(), r.PathValue("number")
	x, err := p.delivery.Feasibility(ctx, number)
	if err != nil {
		return web.Page{}, err
	}
	say := p.wordsOf(ctx, x.Charter)
	edits := x.May(ctx, delivery.EditFeasibility)
	view := checkPage{Heading: say.heading(ctx, x.Initiative, "feasibility"), Tabs: p.Tabs(ctx, number, "/viabilidad"), NewName: t(ctx, "way.new")}
	view.Heading.Lead = t(ctx, "feasibility.lead")
	for _, warning := range x.Warnings {
		view.Notices = append(view.Notices, ui.Notice{Tone: ui.Bad, Title: t(ctx, "way.incompetent", "body", say.Body(ctx, warning.Body)), Text: warning.Competence.Name.In(say.Lang)})
	}
	if len(x.Ways) > 0 {
		for _, key := range x.Lacks {
			view.Notices = append(view.Notices, ui.Notice{Tone: ui.Warn, Text: i18n.T(ctx, key)})
		}
	} else {
		view.Empty = emptyCheck(ctx, "feasibility", edits)
	}
	for _, kind := range delivery.WayKinds {
		group := checkGroup{Title: t(ctx, "way."+kind)}
		for _, way := range x.Ways {
			if way.Kind == kind {
				group.Rows = append(group.Rows, say.way(ctx, way, edits, f))
			}
		}
		if len(group.Rows) > 0 {
			view.Groups = append(view.Groups, group)
		}
	}
	if edits {
		view.New = newRow(say.wayFields(ctx, ""), f, t(ctx, "way.add"), ui.Values{"kind": {delivery.WayRule}, "state": {delivery.WayWaits}})
	}
	return working(view.Heading.Title, view.Heading.Lead, x.Initiative, checkBody(view)), nil
}

// wayTones is how the state of a line reads.
var wayTones = map[string]ui.Tone{delivery.WayOpen: ui.Good, delivery.WayWaits: ui.Now, delivery.WayShut: ui.Bad}

// way is a line of the legal way.
func (w words) way(ctx context.Context, x delivery.Way, edits bool, f fields) checkRow {
	row := checkRow{ID: x.ID, Title: firstOf(w.codeOf(x), x.Text), State: ui.State{Tone: wayTones[x.State], Text: t(ctx, "way."+x.State)}}
	if row.Title != x.Text {
		row.Meta = x.Text
	}
	if x.Day != "" {
		row.Meta = joined(row.Meta, t(ctx, "way.by", "day", w.short(ctx, dayOf(x.Day))))
	}
	if x.URL != "" {
		row.Link = ui.Link{Href: x.URL, Text: t(ctx, "way.document")}
	}
	if edits {
		opened := ui.Values{"kind": {x.Kind}, "code": {x.Code}, "text": {x.Text}, "url": {x.URL}, "state": {x.State}, "day": dayText(x.Day)}
		row.Edit, row.Drop = rowForms(ctx, x.ID, x.Version, w.wayFields(ctx, x.Code), opened, f)
	}
	return row
}

// codeOf names the matter or the way of contracting.
func (w words) codeOf(x delivery.Way) string {
	switch x.Kind {
	case delivery.WayCompetence:
		return wordsOfCode(w.Charter.Execution.Competences, w.Lang, x.Code)
	case delivery.WayRoute:
		return wordsOfCode(w.Charter.Execution.Routes, w.Lang, x.Code)
	}
	return ""
}

func wordsOfCode[T wording.Listed](list charter.List[T], lang i18n.Lang, code string) string {
	return wording.Lines(list, lang, code)
}

func (w words) wayFields(ctx context.Context, chosen string) []ui.Field {
	kind := ui.Field{Name: "kind", Label: t(ctx, "field.way.kind"), Kind: ui.Select, Required: true}
	for _, k := range delivery.WayKinds {
		kind.Options = append(kind.Options, ui.Option{Value: k, Text: t(ctx, "way."+k)})
	}
	state := ui.Field{Name: "state", Label: t(ctx, "field.way.state"), Kind: ui.Radios, Required: true}
	for _, s := range delivery.WayStates {
		state.Options = append(state.Options, ui.Option{Value: s, Text: t(ctx, "way."+s)})
	}
	code := ui.Field{Name: "code", Label: t(ctx, "field.way.code"), Hint: t(ctx, "field.way.code.hint"), Kind: ui.Select, Placeholder: t(ctx, "field.way.code.none")}
	group := func(name string, list []ui.Option) {
		for _, o := range list {
			o.Group = name
			code.Options = append(code.Options, o)
		}
	}
	group(t(ctx, "way.competence"), wording.Choices(w.Charter.Execution.Competences, w.today, w.Lang, chosen))
	group(t(ctx, "way.route"), wording.Choices(w.Charter.Execution.Routes, w.today, w.Lang, chosen))
	return []ui.Field{kind, code, {Name: "text", Label: t(ctx, "field.way.text"), Hint: t(ctx, "field.way.text.hint"), Kind: ui.Area, Rows: 3, Max: delivery.TextMax},
		{Name: "url", Label: t(ctx, "field.way.url"), Kind: ui.Web}, state, {Name: "day", Label: t(ctx, "field.way.day"), Kind: ui.Date}}
}

// feasibilityAct changes the checklist.
func (p *Pages) feasibilityAct(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number := r.Context(), r.PathValue("number")
	if typed.Get("do") == "drop" {
		err = p.delivery.DropWay(ctx, number, typed.Get("id"))
	} else {
		err = p.delivery.SaveWay(ctx, number, delivery.Way{ID: typed.Get("id"), Version: version(typed), Kind: typed.Get("kind"), Code: typed.Get("code"), Text: typed.Get("text"),
			URL: typed.Get("url"), State: typed.Get("state"), Day: clock.Day(strings.TrimSpace(typed.Get("day")))})
	}
	if err != nil {
		next(err, typed)
		return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.feasibilityView(r, fields{ui.Values(typed), wrong}) })
	}
	return done(w, r, href(number)+"/viabilidad", "row_"+firstOf(typed.Get("do"), "save"))
}
