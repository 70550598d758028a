package pages

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// params are the names of the filters in an address, by kind.
var params = map[string]string{
	roundtable.ByState: "estado", roundtable.ByStep: "paso", roundtable.ByAxis: "eje", roundtable.ByMinistry: "ministerio",
	roundtable.ByTerritory: "lugar", roundtable.ByGoal: "objetivo", roundtable.ByPurpose: "proposito", roundtable.BySDG: "ods",
	roundtable.ByType: "tipo", roundtable.ByBody: "organismo",
}

// Param is the name of a filter in an address, e.g. "eje" for ByAxis.
func Param(kind string) string { return params[kind] }

// Href is the list narrowed by one value of one kind.
func Href(kind, code string) string {
	return "/iniciativas?" + url.Values{params[kind]: {code}}.Encode()
}

// search is the name of what is looked for in an address.
const search = "q"

// QueryOf are the words that an address looks for.
func QueryOf(q url.Values) string { return strings.TrimSpace(q.Get(search)) }

// FilterOf reads the filters of an address, for what is public.
func FilterOf(q url.Values) roundtable.Filter {
	f := roundtable.Filter{By: map[string]string{}}
	for kind, name := range params {
		if v := q.Get(name); v != "" {
			f.By[kind] = v
		}
	}
	return f
}

// Wrong says of an address with a filter or a place in a list that nobody was ever
// given what is said of every address that is none: NotFound.
func Wrong(err error) error {
	var f *fault.Error
	if errors.As(err, &f) && f.Kind == fault.Invalid && len(f.Fields) > 0 {
		return fault.New(fault.NotFound, f.Fields[0].Key)
	}
	return err
}

// address is a page with what is looked for and the filters, changed in one kind
// (empty code: without).
func address(path string, f roundtable.Filter, query, kind, code string) string {
	q := url.Values{}
	if query != "" {
		q.Set(search, query)
	}
	for k, v := range f.By {
		if k != kind {
			q.Set(params[k], v)
		}
	}
	if code != "" {
		q.Set(params[kind], code)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// first are the filters that most people want; the others are folded away.
var first = []string{roundtable.ByState, roundtable.ByStep, roundtable.ByAxis}

// mostChoices is how many values of a kind are offered at once; what is chosen
// is always among them.
const mostChoices = 12

// filters draws the links that narrow the list at path, once for everybody who
// sees the same counters.
func (p *Pages) filters(ctx context.Context, say words, path string, f roundtable.Filter) (templ.Component, error) {
	counts, err := p.rt.AllCounts(ctx, f.Inside)
	if err != nil {
		return nil, err
	}
	day := say.today(ctx)
	key := strings.Join([]string{say.Charter.Version.ID, string(say.Lang), string(day), address(path, f, "", "", "")}, " ")
	return p.drawn.part(ctx, counts, key, func() templ.Component { return say.filters(ctx, path, f, "", counts, day) })
}

// filters are the links that narrow the list at path, with how many each finds.
func (w words) filters(ctx context.Context, path string, f roundtable.Filter, query string, counts *roundtable.Tally, day clock.Day) ui.Filters {
	out := ui.Filters{Search: w.searchBox(ctx, path, f, query)}
	for _, kind := range roundtable.FilterKinds {
		if kind == roundtable.ByBody && f.By[kind] == "" {
			continue // too many to offer; pages of bodies link here
		}
		group := ui.FilterGroup{Name: i18n.T(ctx, "roundtable.filter."+kind)}
		for _, code := range w.offered(kind, f.By[kind], counts.Kind(kind), day) {
			choice := ui.Choice{Text: w.value(ctx, kind, code), On: f.By[kind] == code, Count: counts.Of(kind, code)}
			choice.Href = address(path, f, query, kind, code)
			if choice.On {
				choice.Href = address(path, f, query, kind, "")
			}
			if kind == roundtable.ByAxis {
				_, choice.Axis = w.Axis(code)
			}
			group.Choices = append(group.Choices, choice)
		}
		switch {
		case len(group.Choices) == 0:
		case slices.Contains(first, kind):
			out.Groups = append(out.Groups, group)
		default:
			out.More = append(out.More, group)
		}
	}
	if len(f.By) > 0 {
		out.Clear = address(path, roundtable.Filter{}, query, "", "")
	}
	return out
}

func (w words) searchBox(ctx context.Context, path string, f roundtable.Filter, query string) *ui.SearchBox {
	box := &ui.SearchBox{Action: path, Value: query, Label: i18n.T(ctx, "roundtable.search")}
	for kind, v := range f.By {
		box.Hidden = append(box.Hidden, ui.Pair{Name: params[kind], Value: v})
	}
	slices.SortFunc(box.Hidden, func(a, b ui.Pair) int { return strings.Compare(a.Name, b.Name) })
	return box
}

// offered are the values of a kind that find something, in the charter's order.
func (w words) offered(kind, chosen string, counts map[string]int, day clock.Day) []string {
	var codes []string
	for _, code := range w.order(kind) {
		if counts[code] > 0 || code == chosen {
			codes = append(codes, code)
		}
	}
	if len(codes) <= mostChoices || kind == roundtable.ByTerritory {
		return codes
	}
	slices.SortStableFunc(codes, func(a, b string) int { return counts[b] - counts[a] })
	short := codes[:mostChoices]
	if chosen != "" && !slices.Contains(short, chosen) {
		short = append(short, chosen)
	}
	return short
}

// order is every value of a kind as the charter lists them.
func (w words) order(kind string) []string {
	switch kind {
	case roundtable.ByState:
		return []string{string(roundtable.Filed), string(roundtable.Adopted), string(roundtable.Deferred), string(roundtable.Declined), string(roundtable.Withdrawn)}
	case roundtable.ByStep:
		var out []string
		for _, s := range w.Charter.Flow.Steps.All() {
			out = append(out, strconv.Itoa(s.Number))
		}
		return append(out, roundtable.Ready)
	case roundtable.ByAxis:
		return keys(w.Charter.Frame.Axes)
	case roundtable.ByMinistry, roundtable.ByBody:
		return keys(w.Charter.Bodies)
	case roundtable.ByTerritory:
		return w.districts()
	case roundtable.ByGoal:
		return keys(w.Charter.Frame.Goals)
	case roundtable.ByPurpose:
		return keys(w.Charter.Frame.Purposes)
	case roundtable.BySDG:
		return keys(w.Charter.SDG.Goals)
	}
	return keys(w.Charter.Frame.Types)
}

func keys[T charter.Coded](l charter.List[T]) []string {
	var out []string
	for _, x := range l.All() {
		out = append(out, x.Key())
	}
	return out
}

// districts are the whole city and its districts; neighbourhoods are found from
// the map.
func (w words) districts() []string {
	out := []string{w.Charter.Whole().Code}
	for _, t := range w.Charter.AtLevel(charter.LevelDistrict) {
		out = append(out, t.Code)
	}
	return out
}

// value says a filter's value in words.
func (w words) value(ctx context.Context, kind, code string) string {
	switch kind {
	case roundtable.ByState:
		return i18n.T(ctx, "roundtable.state."+code)
	case roundtable.ByStep:
		if code == roundtable.Ready {
			return i18n.T(ctx, "roundtable.state.ready")
		}
		return w.stepNumber(code)
	case roundtable.ByAxis:
		name, _ := w.Axis(code)
		return name
	case roundtable.ByMinistry, roundtable.ByBody:
		return w.Body(ctx, code)
	case roundtable.ByTerritory:
		return w.Territory(code)
	case roundtable.ByGoal:
		return w.Goal(code)
	case roundtable.ByPurpose:
		return w.Purpose(code)
	case roundtable.BySDG:
		return w.SDG(code)
	}
	return w.Kind(code)
}

// stepNumber names a step by its number: "4. Confirmación de especialistas".
func (w words) stepNumber(number string) string {
	for _, s := range w.Charter.Flow.Steps.All() {
		if strconv.Itoa(s.Number) == number {
			return number + ". " + s.Name.In(w.Lang)
		}
	}
	return number
}

// later is the address of the next page of a list, empty at its end.
func later(r *http.Request, next string) string {
	if next == "" {
		return ""
	}
	q := r.URL.Query()
	q.Set("desde", next)
	return r.URL.Path + "?" + q.Encode()
}
