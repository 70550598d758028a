package pages

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/indicators/impact"
	"ronda/city/roundtable"
	"ronda/city/roundtable/wording"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

func forbidden() error { return fault.New(fault.Forbidden, "fault.forbidden") }

// defineForm adds an indicator to an initiative.
func (p *Pages) defineForm() form {
	return form{done: "defined", page: func(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
		ctx, number := r.Context(), r.PathValue("number")
		c, v, err := p.Impact.Case(ctx, number)
		if err != nil {
			return web.Page{}, err
		}
		if _, err := c.Require(ctx, delivery.DefineIndicator); err != nil {
			return web.Page{}, err
		}
		if typed == nil {
			typed = ui.Values{"kind": {"outcome"}, "social": {"true"}, "direction": {"up"}, "every": {"quarter"}, "decimals": {"0"}, "baseline_day": {string(v.Today)}}
		}
		back := "/iniciativas/" + number + "/indicadores"
		return narrow(formPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: back, Text: v.Initiative.Title}}, Title: t(ctx, "define"), Lead: t(ctx, "define.lead")},
			Form: ui.Form{Action: r.URL.Path, Values: typed, Errors: wrong}, Parts: p.under(ctx, v.Charter).definitionParts(ctx, v, typed.Get("post")),
			Buttons: ui.Buttons{{Text: t(ctx, "save")}, {Text: t(ctx, "back"), Href: back, Weight: ui.Plainer}}}), nil
	}, do: func(ctx context.Context, r *http.Request, typed url.Values) (string, error) {
		d, err := read(typed)
		if err != nil {
			return "", err
		}
		i, err := p.Impact.Define(ctx, r.PathValue("number"), d)
		return "/indicadores/" + i.Number, err
	}}
}

func (p *Pages) definePage(w http.ResponseWriter, r *http.Request) error {
	return p.defineForm().show(w, r)
}
func (p *Pages) define(w http.ResponseWriter, r *http.Request) error {
	return p.defineForm().send(w, r)
}

// editForm changes a definition.
func (p *Pages) editForm() form {
	return form{done: "edited", page: func(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
		ctx := r.Context()
		v, err := p.require(ctx, r, delivery.DefineIndicator)
		if err != nil {
			return web.Page{}, err
		}
		if typed == nil {
			typed = valuesOf(v.Indicator)
		}
		parts := append(p.under(ctx, v.Of.Charter).definitionParts(ctx, v.Of, typed.Get("post")), formPart{Fields: []ui.Field{{Name: "reason", Label: t(ctx, "field.reason"),
			Hint: t(ctx, "field.edit_reason.hint"), Kind: ui.Area, Rows: 3, Max: 2000}}})
		return narrow(formPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/indicadores/" + v.Number, Text: v.Name}}, Title: t(ctx, "edit"), Lead: t(ctx, "edit.lead")},
			Form: ui.Form{Action: r.URL.Path, Values: typed, Errors: wrong, Hidden: []ui.Pair{{Name: "version", Value: typed.Get("version")}}}, Parts: parts,
			Buttons: ui.Buttons{{Text: t(ctx, "save")}, {Text: t(ctx, "back"), Href: "/indicadores/" + v.Number, Weight: ui.Plainer}}}), nil
	}, do: func(ctx context.Context, r *http.Request, typed url.Values) (string, error) {
		d, err := read(typed)
		if err != nil {
			return "", err
		}
		version, _ := strconv.ParseInt(typed.Get("version"), 10, 64) // another is stale
		return "/indicadores/" + r.PathValue("number"), p.Impact.Edit(ctx, r.PathValue("number"), d, version, typed.Get("reason"))
	}}
}

func (p *Pages) editPage(w http.ResponseWriter, r *http.Request) error {
	return p.editForm().show(w, r)
}
func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error { return p.editForm().send(w, r) }

// retireForm ends the measuring of an indicator.
func (p *Pages) retireForm() form {
	return form{done: "retired", page: func(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
		ctx := r.Context()
		v, err := p.require(ctx, r, delivery.DefineIndicator)
		if err != nil {
			return web.Page{}, err
		}
		return narrow(formPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/indicadores/" + v.Number, Text: v.Name}}, Title: t(ctx, "retire"), Lead: t(ctx, "retire.lead")},
			Form: ui.Form{Action: r.URL.Path, Values: typed, Errors: wrong}, Parts: []formPart{{Fields: []ui.Field{{Name: "reason", Label: t(ctx, "field.reason"), Kind: ui.Area, Rows: 3, Max: 2000, Required: true}}}},
			Buttons: ui.Buttons{{Text: t(ctx, "retire"), Weight: ui.Danger}, {Text: t(ctx, "back"), Href: "/indicadores/" + v.Number, Weight: ui.Plainer}}}), nil
	}, do: func(ctx context.Context, r *http.Request, typed url.Values) (string, error) {
		return "/indicadores/" + r.PathValue("number"), p.Impact.Retire(ctx, r.PathValue("number"), typed.Get("reason"))
	}}
}

func (p *Pages) retirePage(w http.ResponseWriter, r *http.Request) error {
	return p.retireForm().show(w, r)
}
func (p *Pages) retire(w http.ResponseWriter, r *http.Request) error {
	return p.retireForm().send(w, r)
}

// require gives the indicator of the address for whoever may do the action.
func (p *Pages) require(ctx context.Context, r *http.Request, action delivery.Action) (impact.View, error) {
	v, err := p.Impact.Indicator(ctx, r.PathValue("number"))
	if err != nil {
		return v, err
	}
	if _, err = v.Case.Require(ctx, action); err == nil && !v.Retired.IsZero() {
		err = fault.New(fault.Conflict, "indicators.impact.fault.retired")
	}
	return v, err
}

// definitionParts are the fields of a definition.
func (w words) definitionParts(ctx context.Context, v roundtable.View, post string) []formPart {
	return []formPart{
		{Title: t(ctx, "part.what"), Fields: []ui.Field{
			{Name: "name", Label: t(ctx, "field.name"), Hint: t(ctx, "field.name.hint"), Required: true, Max: 160},
			{Name: "kind", Label: t(ctx, "field.kind"), Kind: ui.Radios, Required: true, Options: options(ctx, "kind", "outcome", "output")},
			{Name: "social", Label: t(ctx, "field.social"), Hint: t(ctx, "field.social.hint"), Kind: ui.Check},
			{Name: "about", Label: t(ctx, "field.about"), Hint: t(ctx, "field.about.hint"), Kind: ui.Area, Rows: 3, Max: 2000}}},
		{Title: t(ctx, "part.value"), Row: []ui.Field{
			{Name: "unit", Label: t(ctx, "field.unit"), Hint: t(ctx, "field.unit.hint"), Required: true, Max: 60},
			{Name: "decimals", Label: t(ctx, "field.decimals"), Kind: ui.Select, Options: digits()}},
			Fields: []ui.Field{
				{Name: "direction", Label: t(ctx, "field.direction"), Kind: ui.Radios, Required: true, Options: options(ctx, "direction", "up", "down")},
				{Name: "adds", Label: t(ctx, "field.adds"), Hint: t(ctx, "field.adds.hint"), Kind: ui.Check}, {Name: "below_zero", Label: t(ctx, "field.below_zero"), Kind: ui.Check}}},
		{Title: t(ctx, "part.aim"), Row: []ui.Field{{Name: "baseline", Label: t(ctx, "baseline")}, {Name: "baseline_day", Label: t(ctx, "field.baseline_day"), Kind: ui.Date},
			{Name: "target", Label: t(ctx, "target")}, {Name: "target_day", Label: t(ctx, "field.target_day"), Kind: ui.Date}}},
		{Title: t(ctx, "part.who"), Fields: []ui.Field{
			{Name: "source", Label: t(ctx, "field.source"), Hint: t(ctx, "field.source.hint"), Max: 240},
			{Name: "every", Label: t(ctx, "field.every"), Kind: ui.Select, Required: true, Options: options(ctx, "every", "month", "quarter", "half", "year")},
			{Name: "post", Label: t(ctx, "field.post"), Hint: t(ctx, "field.post.hint"), Kind: ui.Select, Options: w.posts(ctx, v, post)},
			{Name: "by_territory", Label: t(ctx, "field.by_territory"), Kind: ui.Check}, {Name: "by_group", Label: t(ctx, "field.by_group"), Kind: ui.Check},
			{Name: "per_inhabitant", Label: t(ctx, "field.per_inhabitant"), Kind: ui.Check}}}}
}

func options(ctx context.Context, of string, codes ...string) []ui.Option {
	var out []ui.Option
	for _, code := range codes {
		out = append(out, ui.Option{Value: code, Text: t(ctx, of+"."+code)})
	}
	return out
}

func digits() []ui.Option {
	var out []ui.Option
	for n := range 7 {
		out = append(out, ui.Option{Value: strconv.Itoa(n), Text: strconv.Itoa(n)})
	}
	return out
}

// posts are those that may answer for an indicator, of the initiative's ministry
// first; the empty one is nobody yet.
func (w words) posts(ctx context.Context, v roundtable.View, chosen string) []ui.Option {
	near := map[bool][]ui.Option{}
	for _, post := range w.Charter.Posts.All() {
		if !post.ActiveOn(v.Today) && post.Code != chosen {
			continue
		}
		own := w.Charter.Within(post.Body, v.Initiative.Ministry)
		group := t(ctx, "posts.others")
		if own {
			group = w.Body(ctx, v.Initiative.Ministry)
		}
		near[own] = append(near[own], ui.Option{Value: post.Code, Text: w.Post(ctx, post.Code), Group: group})
	}
	return append(append([]ui.Option{{Text: t(ctx, "posts.none")}}, near[true]...), near[false]...)
}

// groupField asks for a group of people, empty for everybody when not required.
func (w words) groupField(ctx context.Context, today clock.Day, required bool) ui.Field {
	f := ui.Field{Name: "group", Label: t(ctx, "field.group"), Kind: ui.Select, Required: required, Options: wording.Choices(w.Charter.Frame.Groups, today, w.Lang)}
	if !required {
		f.Options = append([]ui.Option{{Text: t(ctx, "everybody")}}, f.Options...)
	}
	return f
}

// placeField asks for the city, a district or a neighbourhood.
func (w words) placeField(ctx context.Context, today clock.Day, required bool) ui.Field {
	f := ui.Field{Name: "territory", Label: t(ctx, "field.territory"), Kind: ui.Select, Required: required}
	for _, place := range w.Charter.Territories.All() {
		if place.Level == charter.LevelCity && !required {
			f.Options = append(f.Options, ui.Option{Text: place.Name.In(w.Lang)})
		} else if place.ActiveOn(today) {
			f.Options = append(f.Options, ui.Option{Value: place.Code, Text: place.Name.In(w.Lang), Group: w.Charter.LevelName(place.Level).In(w.Lang)})
		}
	}
	return f
}

// read makes a definition of what was typed.
func read(typed url.Values) (impact.Definition, error) {
	var c fault.Check
	is := func(name string) bool { return typed.Get(name) == "true" }
	d := impact.Definition{Name: typed.Get("name"), About: typed.Get("about"), Kind: impact.Kind(typed.Get("kind")), Social: is("social"), Unit: typed.Get("unit"),
		Direction: impact.Direction(typed.Get("direction")), BelowZero: is("below_zero"), Adds: is("adds"), BaselineDay: dayOf(&c, typed, "baseline_day"),
		TargetDay: dayOf(&c, typed, "target_day"), Source: typed.Get("source"), Every: impact.Frequency(typed.Get("every")), Post: typed.Get("post"),
		ByTerritory: is("by_territory"), ByGroup: is("by_group"), PerInhabitant: is("per_inhabitant")}
	d.Decimals, _ = strconv.Atoi(typed.Get("decimals"))
	for name, to := range map[string]*impact.Value{"baseline": &d.Baseline, "target": &d.Target} {
		v, key := impact.ReadValue(typed.Get(name), min(max(d.Decimals, 0), 6))
		if key != "" {
			c.Fail(name, key, "decimals", d.Decimals)
		}
		*to = v
	}
	if !d.Baseline.Known && !c.Failed("baseline") {
		d.BaselineDay = "" // the day of nothing
	}
	return d, c.Err()
}

// dayOf reads a day; empty is none.
func dayOf(c *fault.Check, typed url.Values, name string) clock.Day {
	text := strings.TrimSpace(typed.Get(name))
	if text == "" {
		return ""
	}
	d, err := clock.ParseDay(text)
	c.Require(err == nil, name, "indicators.impact.fault.day")
	return d
}

// valuesOf is a definition as its form shows it.
func valuesOf(i impact.Indicator) ui.Values {
	d := i.Definition
	flag := func(on bool) []string {
		if on {
			return []string{"true"}
		}
		return nil
	}
	return ui.Values{"name": {d.Name}, "about": {d.About}, "kind": {string(d.Kind)}, "social": flag(d.Social), "unit": {d.Unit}, "decimals": {strconv.Itoa(d.Decimals)},
		"direction": {string(d.Direction)}, "below_zero": flag(d.BelowZero), "adds": flag(d.Adds), "baseline": {shown(d.Baseline, d.Decimals)}, "baseline_day": {string(d.BaselineDay)},
		"target": {shown(d.Target, d.Decimals)}, "target_day": {string(d.TargetDay)}, "source": {d.Source}, "every": {string(d.Every)}, "post": {d.Post},
		"by_territory": flag(d.ByTerritory), "by_group": flag(d.ByGroup), "per_inhabitant": flag(d.PerInhabitant), "version": {strconv.FormatInt(i.Version, 10)}}
}

// shown is a value for a field: without grouping, so that it is read back as it is.
func shown(v impact.Value, decimals int) string {
	text := v.Text(decimals)
	if decimals >= 3 {
		return text + "0000"[:max(0, 4-decimals)] // three decimals would look like thousands
	}
	return text
}
