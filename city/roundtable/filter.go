package roundtable

import (
	"context"
	"slices"
	"strconv"

	"ronda/city/charter"
	"ronda/platform/fault"
	"ronda/platform/id"
)

// Filter narrows a list: values by kind (see FilterKinds). Inside lists what is
// in preparation instead of what is public.
type Filter struct {
	Inside bool
	By     map[string]string
}

func (f Filter) area() string {
	if f.Inside {
		return InsideArea
	}
	return PublicArea
}

// tags are the filter's conditions, "all" when there is none.
func (f Filter) tags() ([]tag, error) {
	var out []tag
	for kind, code := range f.By {
		if code == "" {
			continue
		}
		if !slices.Contains(FilterKinds, kind) {
			return nil, notFound()
		}
		out = append(out, tag{f.area(), kind, code})
	}
	if len(out) == 0 {
		out = append(out, tag{f.area(), ByAll, ""})
	}
	slices.SortFunc(out, tag.compare)
	return out, nil
}

// known is Invalid for a filter or a place in a list that nobody was ever given:
// an empty list would say that the city has nothing of the kind. The fields are
// the kinds, and "after". A code that the city has given up is known while
// something is filed under it.
func (m *Module) known(ctx context.Context, f Filter, after string) error {
	var c fault.Check
	c.Require(after == "" || after == id.Last || id.Valid(after), "after", "roundtable.fault.after")
	if len(f.By) > 0 {
		ch, err := m.charters.Current(ctx)
		if err != nil {
			return err
		}
		counts, err := m.AllCounts(ctx, f.Inside)
		if err != nil {
			return err
		}
		for _, kind := range FilterKinds {
			code := f.By[kind]
			c.Require(code == "" || listed(ch, kind, code) || counts.Of(kind, code) > 0, kind, "roundtable.fault.filter")
		}
	}
	return c.Err()
}

// listed says whether the city's files have the value.
func listed(ch *charter.Charter, kind, code string) bool {
	switch kind {
	case ByState:
		return slices.Contains(States, State(code))
	case ByStep:
		n, err := strconv.Atoi(code)
		return code == Ready || err == nil && n > 0 && n <= ch.Flow.Steps.Len()
	case ByAxis:
		return ch.Frame.Axes.Has(code)
	case ByMinistry, ByBody:
		return ch.Bodies.Has(code)
	case ByTerritory:
		return ch.Territories.Has(code)
	case ByGoal:
		return ch.Frame.Goals.Has(code)
	case ByPurpose:
		return ch.Frame.Purposes.Has(code)
	case BySDG:
		return ch.SDG.Goals.Has(code) || ch.SDG.Targets.Has(code)
	}
	return ch.Frame.Types.Has(code)
}
