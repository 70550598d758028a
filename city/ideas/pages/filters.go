package pages

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/ideas"
	"ronda/platform/id"
	"ronda/platform/ui"
)

// params are the names of the filters in an address, by kind.
var params = map[string]string{
	ideas.FilterOutcome: "estado", ideas.FilterAnswer: "respuesta", ideas.FilterChallenge: "desafio", ideas.FilterPlace: "lugar",
	ideas.FilterAxis: "eje", ideas.FilterTag: "tema", ideas.FilterBody: "organismo", ideas.FilterFamily: "familia",
}

// orders are the names of the orders in an address; the first is the usual one.
var orders = []struct {
	Order ideas.Order
	Param string
}{{ideas.ByNew, ""}, {ideas.BySupports, "apoyadas"}, {ideas.ByWaiting, "sin-respuesta"}, {ideas.ByChance, "azar"}}

// Href is the list of ideas narrowed by one value of one kind, for links of
// other modules, e.g. Href(ideas.FilterBody, code); a challenge goes by
// its number.
func Href(kind, code string) string {
	return "/ideas?" + url.Values{params[kind]: {code}}.Encode()
}

// filterOf reads the filters and the order of an address.
func filterOf(q url.Values) ideas.Filter {
	f := ideas.Filter{By: map[string]string{}, Order: ideas.ByNew, After: q.Get("desde")}
	for kind, name := range params {
		if v := q.Get(name); v != "" {
			f.By[kind] = v
		}
	}
	for _, o := range orders {
		if q.Get("orden") == o.Param {
			f.Order = o.Order
		}
	}
	return f
}

// filter is filterOf with a challenge named by its number, as addresses do, found.
func (p *Pages) filter(ctx context.Context, q url.Values) (ideas.Filter, error) {
	f := filterOf(q)
	if number := f.By[ideas.FilterChallenge]; number != "" && number != ideas.None && !id.Valid(number) {
		c, err := p.ideas.Challenge(ctx, number)
		if err != nil {
			return f, err
		}
		f.By[ideas.FilterChallenge] = c.ID
	}
	return f, nil
}

// address is a page with the filters and the order, changed in one kind (empty
// code: without).
func address(path string, f ideas.Filter, kind, code string) string {
	q := url.Values{}
	for k, v := range f.By {
		if k != kind {
			q.Set(params[k], v)
		}
	}
	if code != "" {
		q.Set(params[kind], code)
	}
	for _, o := range orders {
		if o.Order == f.Order && o.Param != "" {
			q.Set("orden", o.Param)
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// firstFilters are those that most people want; the others are folded away.
var firstFilters = []string{ideas.FilterOutcome}

// mostChoices is how many values of a kind are offered at once; what is chosen
// is always among them.
const mostChoices = 12

// filters draws the links that narrow the list, once for everybody who sees the
// same counters; query is what stands in the search box.
func (p *Pages) filters(ctx context.Context, say words, f ideas.Filter, query string) (templ.Component, error) {
	counts, err := p.ideas.Counts(ctx)
	if err != nil {
		return nil, err
	}
	draw := func() (templ.Component, error) {
		titles, err := p.titles(ctx, f.By[ideas.FilterChallenge], counts)
		view := say.filters(ctx, f, counts, titles)
		view.Search.Value = query
		return view, err
	}
	if query != "" {
		return draw()
	}
	return p.drawn.part(ctx, counts, strings.Join([]string{"filters", say.ch.Version.ID, string(say.lang), address("", f, "", "")}, " "), draw)
}

// titles are the names of the challenges that filters offer, by id.
func (p *Pages) titles(ctx context.Context, chosen string, counts *ideas.Tally) (map[string]string, error) {
	titles := map[string]string{ideas.None: t(ctx, "door")}
	for _, code := range most(counts.Kind(ideas.FilterChallenge), chosen) {
		if code == ideas.None {
			continue
		}
		c, err := p.ideas.ChallengeByID(ctx, code)
		if err != nil {
			return titles, err
		}
		titles[code] = c.Title
	}
	return titles, nil
}

// filters are the links that narrow the list, with how many each finds.
func (w words) filters(ctx context.Context, f ideas.Filter, counts *ideas.Tally, titles map[string]string) ui.Filters {
	out := ui.Filters{Search: searchBox(ctx, f)}
	for _, kind := range ideas.FilterKinds {
		if (kind == ideas.FilterBody || kind == ideas.FilterFamily) && f.By[kind] == "" {
			continue // too many to offer; pages of bodies and families link here
		}
		group := ui.FilterGroup{Name: t(ctx, "filter."+kind)}
		for _, code := range w.offered(kind, f.By[kind], counts.Kind(kind)) {
			group.Choices = append(group.Choices, w.choice(ctx, f, kind, code, counts, titles))
		}
		switch {
		case len(group.Choices) == 0:
		case slices.Contains(firstFilters, kind):
			out.Groups = append(out.Groups, group)
		default:
			out.More = append(out.More, group)
		}
	}
	if len(f.By) > 0 {
		out.Clear = "/ideas"
	}
	return out
}

func (w words) choice(ctx context.Context, f ideas.Filter, kind, code string, counts *ideas.Tally, titles map[string]string) ui.Choice {
	c := ui.Choice{Text: w.value(ctx, kind, code, titles), On: f.By[kind] == code, Count: counts.Of(kind, code), Href: address("/ideas", f, kind, code)}
	if c.On {
		c.Href = address("/ideas", f, kind, "")
	}
	if kind == ideas.FilterAxis {
		_, c.Axis = w.axis(code)
	}
	return c
}

// orderLinks lead to the same list in each order.
func orderLinks(ctx context.Context, f ideas.Filter) []ui.NavItem {
	var out []ui.NavItem
	for _, o := range orders {
		as := ideas.Filter{By: f.By, Order: o.Order}
		out = append(out, ui.NavItem{Href: address("/ideas", as, "", ""), Text: t(ctx, "order."+string(o.Order)), Current: o.Order == f.Order})
	}
	return out
}

func searchBox(ctx context.Context, f ideas.Filter) *ui.SearchBox {
	box := &ui.SearchBox{Action: "/ideas", Label: t(ctx, "search")}
	for kind, v := range f.By {
		box.Hidden = append(box.Hidden, ui.Pair{Name: params[kind], Value: v})
	}
	slices.SortFunc(box.Hidden, func(a, b ui.Pair) int { return strings.Compare(a.Name, b.Name) })
	return box
}

// offered are the values of a kind that find something: those that find most,
// or in the order of the city.
func (w words) offered(kind, chosen string, counts map[string]int) []string {
	var codes []string
	switch kind {
	case ideas.FilterOutcome:
		for _, o := range ideas.Outcomes {
			codes = append(codes, cmp.Or(string(o), ideas.None))
		}
	case ideas.FilterAnswer:
		codes = []string{ideas.No, ideas.Yes}
	case ideas.FilterPlace:
		codes = []string{w.ch.Whole().Code}
		for _, t := range w.ch.AtLevel(charter.LevelDistrict) {
			codes = append(codes, t.Code)
		}
		if chosen != "" && !slices.Contains(codes, chosen) {
			codes = append(codes, chosen)
		}
	default:
		return most(counts, chosen)
	}
	return slices.DeleteFunc(codes, func(c string) bool { return counts[c] == 0 && c != chosen })
}

// most are the codes that find most, the chosen one always among them.
func most(counts map[string]int, chosen string) []string {
	var codes []string
	for code := range counts {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	codes = codes[:min(len(codes), mostChoices)]
	if chosen != "" && !slices.Contains(codes, chosen) {
		codes = append(codes, chosen)
	}
	return codes
}

// value says a filter's value in words.
func (w words) value(ctx context.Context, kind, code string, titles map[string]string) string {
	switch kind {
	case ideas.FilterOutcome:
		return t(ctx, "outcome."+cmp.Or(strings.Trim(code, ideas.None), "waiting"))
	case ideas.FilterAnswer:
		return t(ctx, "answer."+code)
	case ideas.FilterChallenge:
		return cmp.Or(titles[code], code)
	case ideas.FilterPlace:
		return w.place(code)
	case ideas.FilterAxis:
		name, _ := w.axis(code)
		return name
	case ideas.FilterBody:
		return w.body(ctx, code)
	case ideas.FilterFamily:
		return t(ctx, "filter.this_family")
	}
	return code
}

// later is the address of the next page of a list, empty at its end.
func later(r *http.Request, name, next string) string {
	if next == "" {
		return ""
	}
	q := r.URL.Query()
	q.Set(name, next)
	return r.URL.Path + "?" + q.Encode()
}
