package pages

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"ronda/city/delivery"
	"ronda/city/indicators/impact"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// initiativePage is what one initiative changes, and for whom.
type initiativePage struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Do      ui.Buttons
	Rows    []indicatorRow
	Empty   ui.Empty
	Planned ui.Bars
	People  ui.Table
	Count   ui.Buttons
	Score   ui.Facts
	Total   string
	Why     string
	Rate    ui.Buttons
}

func (p *Pages) initiative(w http.ResponseWriter, r *http.Request) error {
	ctx, number := r.Context(), r.PathValue("number")
	c, v, err := p.Impact.Case(ctx, number)
	if err != nil {
		return err
	}
	say := p.under(ctx, v.Charter)
	view := initiativePage{Heading: ui.Heading{Crumbs: wayToInitiative(ctx, v), Over: number, Title: t(ctx, "of"), Lead: v.Dossier.Change}, Empty: ui.Empty{Title: t(ctx, "of.none"), Text: t(ctx, "of.none.text")}}
	if p.Tabs != nil {
		view.Tabs = p.Tabs(ctx, number, "/indicadores")
	}
	list, err := p.Impact.Of(ctx, number)
	if err != nil {
		return err
	}
	for _, i := range list {
		view.Rows = append(view.Rows, say.row(ctx, i, v.Today))
	}
	at := "/iniciativas/" + number + "/indicadores"
	if c.May(ctx, delivery.DefineIndicator) {
		view.Do = ui.Buttons{{Text: t(ctx, "define"), Href: at + "/nuevo", Weight: ui.Quiet}}
	}
	if c.May(ctx, delivery.Measure) && v.Initiative.State == roundtable.Adopted {
		view.Count = ui.Buttons{{Text: t(ctx, "reach"), Href: at + "/personas", Weight: ui.Quiet}}
	}
	if p.Impact.MayRate(ctx, c) {
		view.Rate = ui.Buttons{{Text: t(ctx, "rate"), Href: at + "/puntaje", Weight: ui.Quiet}}
	}
	if err := p.beneficiaries(ctx, say, number, &view); err != nil {
		return err
	}
	if err := p.rated(ctx, v, &view); err != nil {
		return err
	}
	return web.Render(w, r, open(t(ctx, "of")+" · "+v.Initiative.Title, view.Heading.Lead, initiativeBody(view)))
}

func wayToInitiative(ctx context.Context, v roundtable.View) []ui.Link {
	return []ui.Link{{Href: "/iniciativas", Text: t(ctx, "initiatives")}, {Href: "/iniciativas/" + v.Initiative.Number, Text: v.Initiative.Title}}
}

// beneficiaries shows those planned beside those reached.
func (p *Pages) beneficiaries(ctx context.Context, say words, number string, view *initiativePage) error {
	all, err := p.Impact.Beneficiaries(ctx, number)
	if err != nil {
		return err
	}
	view.People = ui.Table{Caption: t(ctx, "people"), HideCaption: true, Columns: []ui.Head{{Text: t(ctx, "people.group")}, {Text: t(ctx, "people.planned"), Number: true},
		{Text: t(ctx, "people.reached"), Number: true}, {Text: t(ctx, "evidence")}}}
	for _, b := range all {
		name := say.Group(b.Group) + " · " + say.Territory(b.Territory)
		row := ui.Row{{Text: name}, {Text: orNone(ctx, b.Planned)}, {Text: "–"}, {}}
		if n, ok := b.Reached(); ok {
			row[2].Text, row[3] = i18n.Number(ctx, n), counted(ctx, b)
			if b.Planned > 0 {
				row[2].View = ui.Progress{Label: name, Done: float64(n), Whole: float64(b.Planned)}
			}
		}
		view.People.Rows = append(view.People.Rows, row)
	}
	return nil
}

func orNone(ctx context.Context, n int64) string {
	if n == 0 {
		return "–"
	}
	return i18n.Number(ctx, n)
}

// counted says what shows how many were reached, until when, and what was said
// before.
func counted(ctx context.Context, b impact.Beneficiaries) ui.Cell {
	last := b.History[0]
	text := t(ctx, "people.until", "day", day(ctx, last.Day))
	if last.Note != "" {
		text += " · " + last.Note
	}
	for _, old := range b.History[1:] {
		text += " · " + t(ctx, "people.was", "count", i18n.Number(ctx, old.People), "day", day(ctx, old.Day))
	}
	if last.Reason != "" {
		text += " · " + t(ctx, "reason", "reason", last.Reason)
	}
	return ui.Cell{Text: text, Href: last.Evidence}
}

// rated shows the score of scope and impact.
func (p *Pages) rated(ctx context.Context, v roundtable.View, view *initiativePage) error {
	s, ok, err := p.Impact.Scored(ctx, v.Initiative.Number)
	if err != nil || !ok {
		return err
	}
	view.Total, view.Why = strconv.Itoa(s.Total), s.Why
	for _, name := range impact.Criteria {
		view.Score = append(view.Score, ui.Fact{Name: t(ctx, "criterion."+name), Text: t(ctx, "points", "count", s.Points[name], "max", impact.CriterionMax)})
	}
	return nil
}

// reachForm counts people reached.
func (p *Pages) reachForm() form {
	return form{done: "reached", page: func(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
		ctx, number := r.Context(), r.PathValue("number")
		c, v, err := p.Impact.Case(ctx, number)
		if err != nil {
			return web.Page{}, err
		}
		if _, err := c.Require(ctx, delivery.Measure); err != nil {
			return web.Page{}, err
		}
		say := p.under(ctx, v.Charter)
		if typed == nil {
			typed = ui.Values{"day": {string(v.Today)}}
			if len(v.Dossier.Planned) > 0 {
				typed["group"], typed["territory"] = []string{v.Dossier.Planned[0].Group}, []string{v.Dossier.Planned[0].Territory}
			}
		}
		back := "/iniciativas/" + number + "/indicadores"
		return narrow(formPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: back, Text: v.Initiative.Title}}, Title: t(ctx, "reach"), Lead: t(ctx, "reach.lead")},
			Form: ui.Form{Action: r.URL.Path, Values: typed, Errors: wrong}, Parts: []formPart{{Fields: say.reachFields(ctx, v)}},
			Buttons: ui.Buttons{{Text: t(ctx, "save")}, {Text: t(ctx, "back"), Href: back, Weight: ui.Plainer}}}), nil
	}, do: func(ctx context.Context, r *http.Request, typed url.Values) (string, error) {
		number := r.PathValue("number")
		return "/iniciativas/" + number + "/indicadores#personas", p.Impact.Reach(ctx, number, impact.Count{Group: typed.Get("group"), Territory: typed.Get("territory"),
			People: typed.Get("people"), Day: typed.Get("day"), Evidence: typed.Get("evidence"), Note: typed.Get("note"), Reason: typed.Get("reason")})
	}}
}

func (p *Pages) reachPage(w http.ResponseWriter, r *http.Request) error {
	return p.reachForm().show(w, r)
}
func (p *Pages) reach(w http.ResponseWriter, r *http.Request) error { return p.reachForm().send(w, r) }

func (w words) reachFields(ctx context.Context, v roundtable.View) []ui.Field {
	return []ui.Field{w.groupField(ctx, v.Today, true), w.placeField(ctx, v.Today, true),
		{Name: "people", Label: t(ctx, "field.people"), Hint: t(ctx, "field.people.hint"), Required: true, Short: true},
		{Name: "day", Label: t(ctx, "field.until"), Kind: ui.Date, Required: true, To: string(v.Today)},
		{Name: "note", Label: t(ctx, "field.note"), Hint: t(ctx, "field.note.hint"), Kind: ui.Area, Rows: 3, Max: 2000},
		{Name: "evidence", Label: t(ctx, "field.evidence"), Hint: t(ctx, "field.evidence.hint"), Kind: ui.Web},
		{Name: "reason", Label: t(ctx, "field.less"), Hint: t(ctx, "field.less.hint"), Kind: ui.Area, Rows: 3, Max: 2000}}
}

// scoreForm scores scope and impact.
func (p *Pages) scoreForm() form {
	return form{done: "scored", page: func(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
		ctx, number := r.Context(), r.PathValue("number")
		c, v, err := p.Impact.Case(ctx, number)
		if err != nil {
			return web.Page{}, err
		}
		if !p.Impact.MayRate(ctx, c) {
			return web.Page{}, forbidden()
		}
		if typed == nil {
			if typed, err = p.scored(ctx, number); err != nil {
				return web.Page{}, err
			}
		}
		var list []ui.Field
		for _, name := range impact.Criteria {
			list = append(list, ui.Field{Name: name, Label: t(ctx, "criterion."+name), Hint: t(ctx, "criterion."+name+".hint"), Kind: ui.Number, Unit: t(ctx, "of_max", "max", impact.CriterionMax), Required: true})
		}
		list = append(list, ui.Field{Name: "why", Label: t(ctx, "field.why"), Kind: ui.Area, Rows: 4, Max: 2000, Required: true})
		back := "/iniciativas/" + number + "/indicadores"
		return narrow(formPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: back, Text: v.Initiative.Title}}, Title: t(ctx, "rate"), Lead: t(ctx, "rate.lead")},
			Form: ui.Form{Action: r.URL.Path, Values: typed, Errors: wrong}, Parts: []formPart{{Fields: list}},
			Buttons: ui.Buttons{{Text: t(ctx, "save")}, {Text: t(ctx, "back"), Href: back, Weight: ui.Plainer}}}), nil
	}, do: func(ctx context.Context, r *http.Request, typed url.Values) (string, error) {
		number, points := r.PathValue("number"), map[string]string{}
		for _, name := range impact.Criteria {
			points[name] = typed.Get(name)
		}
		return "/iniciativas/" + number + "/indicadores#puntaje", p.Impact.Rate(ctx, number, points, typed.Get("why"))
	}}
}

func (p *Pages) scorePage(w http.ResponseWriter, r *http.Request) error {
	return p.scoreForm().show(w, r)
}
func (p *Pages) score(w http.ResponseWriter, r *http.Request) error { return p.scoreForm().send(w, r) }

// scored is the score that stands, as its form shows it.
func (p *Pages) scored(ctx context.Context, number string) (ui.Values, error) {
	s, _, err := p.Impact.Scored(ctx, number)
	out := ui.Values{"why": {s.Why}}
	for name, n := range s.Points {
		out[name] = []string{strconv.Itoa(n)}
	}
	return out, err
}

// todayIn is the city's day.
func (w words) todayIn(ctx context.Context) clock.Day { return w.Charter.Today(clock.Now(ctx)) }
