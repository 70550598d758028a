package pages

import (
	"context"
	"slices"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/method/similar"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// meant are the filters that the words looked for are the name of, e.g. of a
// part of the city: whoever types "comuna 8" wants what is for it, which hardly
// anybody writes into a text. Those that find nothing are not offered.
func (p *Pages) meant(ctx context.Context, say words, query string, inside bool) ([]ui.Link, error) {
	if query == "" {
		return nil, nil
	}
	counts, err := p.rt.AllCounts(ctx, inside)
	if err != nil {
		return nil, err
	}
	var out []ui.Link
	offer := func(kind, code string) {
		if counts.Of(kind, code) > 0 {
			out = append(out, ui.Link{Href: Href(kind, code), Text: i18n.T(ctx, "roundtable.found.meant", "name", say.value(ctx, kind, code))})
		}
	}
	folded := similar.Fold(query)
	for _, t := range say.Charter.Territories.All() {
		if called(folded, t.Name, append(slices.Clone(t.Also), t.Short)) {
			offer(roundtable.ByTerritory, t.Code)
		}
	}
	for _, b := range say.Charter.Bodies.All() {
		if !called(folded, b.Name, []string{b.Short}) {
			continue
		}
		if b.Kind.Ministerial() {
			offer(roundtable.ByMinistry, b.Code)
		} else {
			offer(roundtable.ByBody, b.Code)
		}
	}
	return out, nil
}

// called says whether folded words are a name, in any language, or another
// spelling of it.
func called(folded string, name charter.Name, also []string) bool {
	for _, said := range name {
		also = append(also, said)
	}
	return slices.ContainsFunc(also, func(s string) bool { return s != "" && similar.Fold(s) == folded })
}
