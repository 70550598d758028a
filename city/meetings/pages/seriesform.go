package pages

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ronda/city/meetings"
	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/ui"
	"ronda/platform/web"
)

// repeats are the ways of repeating that the form offers. On which weekday, and
// in which week of the month, the first day says.
var repeats = []struct {
	name, unit string
	every      int
	last       bool
}{
	{"week", meetings.EveryWeek, 1, false}, {"two_weeks", meetings.EveryWeek, 2, false}, {"month", meetings.EveryMonth, 1, false},
	{"month_last", meetings.EveryMonth, 1, true}, {"two_months", meetings.EveryMonth, 2, false},
}

// wrongRule gives the faults of a rule the names of the fields that made it.
func wrongRule(err error) error {
	return named(err, "first", "day", "starts", "day", "every", "repeat", "unit", "repeat", "weekday", "repeat", "nth", "repeat", "from", "from")
}

// ruleFields ask how a series repeats and until when.
func ruleFields(ctx context.Context) []ui.Field {
	repeat := ui.Field{Name: "repeat", Label: t(ctx, "field.repeat"), Hint: t(ctx, "field.repeat.hint"), Kind: ui.Radios, Required: true}
	for _, x := range repeats {
		repeat.Options = append(repeat.Options, ui.Option{Value: x.name, Text: t(ctx, "repeat."+x.name)})
	}
	return []ui.Field{repeat,
		{Name: "count", Label: t(ctx, "field.count"), Hint: t(ctx, "field.count.hint"), Kind: ui.Number},
		{Name: "until", Label: t(ctx, "field.until"), Hint: t(ctx, "field.until.hint"), Kind: ui.Date}}
}

// ruleOf reads how a series repeats.
func ruleOf(typed url.Values) (meetings.Rule, error) {
	var c fault.Check
	rule := meetings.Rule{Count: number(&c, typed, "count"), Until: clock.Day(typed.Get("until"))}
	first, err := clock.ParseDay(typed.Get("day"))
	c.Require(err == nil, "day", "fault.day")
	at := first.Time(time.UTC)
	for _, x := range repeats {
		if x.name != typed.Get("repeat") {
			continue
		}
		rule.Unit, rule.Every, rule.Weekday = x.unit, x.every, at.Weekday()
		if x.unit == meetings.EveryMonth {
			if rule.Nth = (at.Day()-1)/7 + 1; x.last || rule.Nth == 5 {
				rule.Nth = -1
			}
		}
	}
	c.Require(rule.Unit != "", "repeat", "fault.choice")
	return rule, c.Err()
}

// repeatOf is the way of the form that a rule repeats in.
func repeatOf(r meetings.Rule) string {
	for _, x := range repeats {
		if x.unit == r.Unit && x.every == r.Every && x.last == (r.Nth == -1) {
			return x.name
		}
	}
	return ""
}

// newSeries is the form of a new series of a kind.
func (p *Pages) newSeries(w http.ResponseWriter, r *http.Request) error {
	kind := meetings.Kind(r.URL.Query().Get("tipo"))
	if kind == "" {
		return p.choose(w, r)
	}
	page, err := p.seriesForm(r, kind, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) seriesForm(r *http.Request, kind meetings.Kind, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	say, err := p.words(ctx)
	if err != nil {
		return web.Page{}, err
	}
	if !kind.Known() {
		return web.Page{}, notFound()
	}
	if _, err := (meetings.Case{Charter: say.Charter, Meeting: meetings.Meeting{Kind: kind}}).Require(people.Me(ctx), meetings.PlanSeries); err != nil {
		return web.Page{}, err
	}
	if typed == nil {
		if typed, err = p.opening(ctx, url.Values{}, kind); err != nil {
			return web.Page{}, err
		}
		typed["repeat"] = []string{"week"}
		if kind == meetings.Monthly || kind.Cycle() {
			typed["repeat"] = []string{"month"}
		}
	}
	parts, err := p.seriesParts(ctx, say, kind, true)
	if err != nil {
		return web.Page{}, err
	}
	view := actPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: "/reuniones", Text: t(ctx, "list")}, {Href: "/series", Text: t(ctx, "tab.series")}},
		Over: kindName(ctx, kind), Title: t(ctx, "series.new"), Lead: t(ctx, "about."+string(kind))},
		Form:  ui.Form{Action: "/series/nueva", Values: typed, Errors: wrong, Hidden: []ui.Pair{{Name: "kind", Value: string(kind)}}},
		Parts: parts, Buttons: ui.Buttons{{Text: t(ctx, "series.save")}, {Text: t(ctx, "back"), Href: "/series", Weight: ui.Plainer}}}
	return narrow(view), nil
}

// seriesParts are the fields of a series; of one that exists those of its time
// are left out.
func (p *Pages) seriesParts(ctx context.Context, say words, kind meetings.Kind, fresh bool) ([]formPart, error) {
	led, err := p.ledFields(ctx, say)
	if err != nil {
		return nil, err
	}
	parts := []formPart{{Title: t(ctx, "part.about"), Fields: aboutFields(ctx)}}
	if fresh {
		when := whenFields(ctx)
		when[0].Label = t(ctx, "field.first")
		parts = append(parts, formPart{Title: t(ctx, "part.rule"), Row: when, Fields: ruleFields(ctx)})
	}
	parts = append(parts, formPart{Title: t(ctx, "part.where"), Fields: placeFields(ctx)})
	who := formPart{Title: t(ctx, "part.who"), Fields: led}
	if fresh {
		who.Fields = append(who.Fields, say.circleField(ctx))
	}
	who.Fields = append(who.Fields, sizeFields(ctx)...)
	if fresh && !kind.Cycle() {
		who.Fields = append(who.Fields, ui.Field{Name: "private", Label: t(ctx, "field.private"), Hint: t(ctx, "field.private.hint"), Kind: ui.Check})
	}
	return append(parts, who), nil
}

func (p *Pages) createSeries(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	s, err := p.planSeries(ctx, typed)
	if err != nil {
		return web.Again(w, r, wrongRule(err), func(wrong ui.Errors) (web.Page, error) {
			return p.seriesForm(r, meetings.Kind(typed.Get("kind")), ui.Values(typed), wrong)
		})
	}
	return web.Redirect(w, r, "/series/"+s.Number, "meetings.pages.flash.series_planned")
}

func (p *Pages) planSeries(ctx context.Context, typed url.Values) (meetings.Series, error) {
	s, err := seriesOf(typed)
	if err != nil {
		return s, err
	}
	if err := p.timed(ctx, &s, typed); err != nil {
		return s, err
	}
	say, err := p.words(ctx)
	if err != nil {
		return s, err
	}
	if s.Guests, err = p.circleGuests(ctx, say, typed["circles"]); err != nil {
		return s, err
	}
	s.Kind, s.Private = meetings.Kind(typed.Get("kind")), typed.Get("private") == "true"
	return p.meetings.CreateSeries(ctx, s)
}

// seriesOf reads what a series says of itself.
func seriesOf(typed url.Values) (meetings.Series, error) {
	var c fault.Check
	s := meetings.Series{Title: strings.TrimSpace(typed.Get("title")), Purpose: strings.TrimSpace(typed.Get("purpose")), Place: strings.TrimSpace(typed.Get("place")),
		Link: strings.TrimSpace(typed.Get("link")), Chair: typed.Get("chair"), Secretaries: codesOf(typed.Get("secretaries"), typed.Get("second")),
		Length: number(&c, typed, "length"), Capacity: number(&c, typed, "capacity"), Quorum: number(&c, typed, "quorum")}
	return s, c.Err()
}

// timed reads when a series falls.
func (p *Pages) timed(ctx context.Context, s *meetings.Series, typed url.Values) (err error) {
	if s.Rule, err = ruleOf(typed); err != nil {
		return err
	}
	s.Clock = typed.Get("clock")
	s.First, err = p.meetings.When(ctx, typed.Get("day"), s.Clock)
	return err
}

func seriesValues(s meetings.Series) ui.Values {
	v := valuesOf(meetings.Meeting{Title: s.Title, Purpose: s.Purpose, Chair: s.Chair, Secretaries: s.Secretaries, Capacity: s.Capacity, Quorum: s.Quorum, Version: s.Version})
	v["place"], v["link"], v["length"] = []string{s.Place}, []string{s.Link}, []string{itoa(s.Length)}
	v["clock"], v["repeat"] = []string{s.Clock}, []string{repeatOf(s.Rule)}
	v["count"], v["until"] = []string{amount(s.Rule.Count)}, []string{string(s.Rule.Until)}
	return v
}

// editSeriesPage changes what a series says, save when it falls.
func (p *Pages) editSeriesPage(w http.ResponseWriter, r *http.Request) error {
	page, err := p.seriesEdit(r, nil, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) seriesEdit(r *http.Request, typed ui.Values, both *ui.Conflict, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	of, err := p.onSeries(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	v := of.view.(meetings.SeriesView)
	if typed == nil {
		typed = seriesValues(v.Series)
	}
	parts, err := p.seriesParts(ctx, p.wordsOf(ctx, v.Charter), v.Series.Kind, false)
	if err != nil {
		return web.Page{}, err
	}
	view := actPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: of.href, Text: of.title}}, Title: t(ctx, "series.edit"), Lead: t(ctx, "series.edit.lead")}, Conflict: both,
		Form: ui.Form{Action: r.URL.Path, Values: typed, Errors: wrong, Hidden: []ui.Pair{{Name: "version", Value: typed.Get("version")}, {Name: "length", Value: typed.Get("length")}}}, Parts: parts,
		Buttons: ui.Buttons{{Text: t(ctx, "save")}, {Text: t(ctx, "back"), Href: of.href, Weight: ui.Plainer}}}
	return narrow(view), nil
}

func (p *Pages) editSeries(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	ctx, number := r.Context(), r.PathValue("number")
	version, _ := strconv.Atoi(typed.Get("version"))
	s, err := seriesOf(typed)
	if err == nil {
		_, err = p.meetings.EditSeries(ctx, number, version, s)
	}
	if err == nil {
		return web.Redirect(w, r, "/series/"+number, "meetings.pages.flash.series_edited")
	}
	var both *ui.Conflict
	if theirs, ok := theirsOf[meetings.Series](err); ok {
		typed.Set("version", itoa(theirs.Version))
		both = &ui.Conflict{Title: t(ctx, "conflict"), Text: t(ctx, "conflict.text"), Rows: []ui.ConflictRow{
			{Label: t(ctx, "field.title"), Theirs: theirs.Title, Yours: typed.Get("title")}, {Label: t(ctx, "field.purpose"), Theirs: theirs.Purpose, Yours: typed.Get("purpose")},
			{Label: t(ctx, "field.place"), Theirs: theirs.Place, Yours: typed.Get("place")}}}
	}
	return web.Again(w, r, err, func(wrong ui.Errors) (web.Page, error) { return p.seriesEdit(r, ui.Values(typed), both, wrong) })
}

// restPage moves the rest of a series: from which meeting on, and to when.
func (p *Pages) restPage(w http.ResponseWriter, r *http.Request) error {
	page, err := p.restForm(r, nil, ui.Errors{})
	if err != nil {
		return err
	}
	return web.Render(w, r, page)
}

func (p *Pages) restForm(r *http.Request, typed ui.Values, wrong ui.Errors) (web.Page, error) {
	ctx := r.Context()
	of, err := p.onSeries(ctx, r.PathValue("number"))
	if err != nil {
		return web.Page{}, err
	}
	v := of.view.(meetings.SeriesView)
	say := p.wordsOf(ctx, v.Charter)
	if typed == nil {
		typed = seriesValues(v.Series)
	}
	from := ui.Field{Name: "from", Label: t(ctx, "field.from"), Kind: ui.Select, Required: true, Placeholder: t(ctx, "field.from.none")}
	for _, m := range v.Coming {
		from.Options = append(from.Options, ui.Option{Value: m.Occurrence.UTC().Format(time.RFC3339), Text: say.long(ctx, m.Occurrence)})
	}
	when := whenFields(ctx)
	when[0].Label = t(ctx, "field.rest_first")
	parts := []formPart{{Title: t(ctx, "part.from"), Fields: []ui.Field{from}}, {Title: t(ctx, "part.rest"), Row: when, Fields: append(ruleFields(ctx), placeFields(ctx)...)},
		{Fields: []ui.Field{reason(ctx, "why", "field.why_move", true, meetings.TextMax)}}}
	view := actPage{Heading: ui.Heading{Crumbs: []ui.Link{{Href: of.href, Text: of.title}}, Over: say.rule(ctx, v.Series), Title: t(ctx, "series.rest"), Lead: t(ctx, "series.rest.lead")},
		Form: ui.Form{Action: r.URL.Path, Values: typed, Errors: wrong}, Parts: parts,
		Buttons: ui.Buttons{{Text: t(ctx, "series.rest.yes")}, {Text: t(ctx, "back"), Href: of.href, Weight: ui.Plainer}}}
	return narrow(view), nil
}

func (p *Pages) moveRest(w http.ResponseWriter, r *http.Request) error {
	typed, err := web.Form(w, r)
	if err != nil {
		return err
	}
	next, err := p.restOf(r.Context(), r.PathValue("number"), typed)
	if err != nil {
		return web.Again(w, r, wrongRule(err), func(wrong ui.Errors) (web.Page, error) { return p.restForm(r, ui.Values(typed), wrong) })
	}
	return web.Redirect(w, r, "/series/"+next.Number, "meetings.pages.flash.rest_moved")
}

// restOf moves the rest of a series as the form says. What it does not ask stays.
func (p *Pages) restOf(ctx context.Context, number string, typed url.Values) (meetings.Series, error) {
	of, err := p.onSeries(ctx, number)
	if err != nil {
		return meetings.Series{}, err
	}
	next := of.view.(meetings.SeriesView).Series
	from, err := time.Parse(time.RFC3339, typed.Get("from"))
	if err != nil {
		var c fault.Check
		c.Fail("from", "fault.choice")
		return next, c.Err()
	}
	s, err := seriesOf(typed)
	if err != nil {
		return next, err
	}
	next.Place, next.Link, next.Length = s.Place, s.Link, s.Length
	if err := p.timed(ctx, &next, typed); err != nil {
		return next, err
	}
	return p.meetings.SplitSeries(ctx, number, from, typed.Get("why"), next)
}
