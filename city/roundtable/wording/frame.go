package wording

import (
	"strings"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/i18n"
	"ronda/platform/ui"
)

// Listed is what stands in a list with a code, a name and days of validity.
type Listed interface {
	charter.Coded
	Self() charter.Entry
}

// name is what an entry is called.
func name[T Listed](list charter.List[T], lang i18n.Lang, code string) string {
	if x, ok := list.Get(code); ok {
		return x.Self().Name.In(lang)
	}
	return code
}

// Lines names entries of a list, a line for each.
func Lines[T Listed](list charter.List[T], lang i18n.Lang, codes ...string) string {
	var lines []string
	for _, code := range codes {
		if code != "" {
			lines = append(lines, name(list, lang, code))
		}
	}
	return strings.Join(lines, "\n")
}

// Choices are the entries of a list that are valid on a day or chosen already, as
// options of a field.
func Choices[T Listed](list charter.List[T], day clock.Day, lang i18n.Lang, chosen ...string) []ui.Option {
	was := map[string]bool{}
	for _, code := range chosen {
		was[code] = true
	}
	var out []ui.Option
	for _, x := range list.All() {
		if x.ActiveOn(day) || was[x.Key()] {
			e := x.Self()
			out = append(out, ui.Option{Value: e.Code, Text: e.Name.In(lang), Hint: e.About.In(lang)})
		}
	}
	return out
}

// Territory names a place: the city, a district, a neighbourhood.
func (w Words) Territory(code string) string { return name(w.Charter.Territories, w.Lang, code) }

// Group names a group of people that an initiative is for.
func (w Words) Group(code string) string { return name(w.Charter.Frame.Groups, w.Lang, code) }

// Goal names one of the city's goals.
func (w Words) Goal(code string) string { return name(w.Charter.Frame.Goals, w.Lang, code) }

// Purpose names one of the city's purposes.
func (w Words) Purpose(code string) string { return name(w.Charter.Frame.Purposes, w.Lang, code) }

// Kind names a type of initiative.
func (w Words) Kind(code string) string { return name(w.Charter.Frame.Types, w.Lang, code) }

// Barrier names a kind of barrier.
func (w Words) Barrier(code string) string { return name(w.Charter.Frame.Barriers, w.Lang, code) }

// SDG names a goal or a target of sustainable development with its code.
func (w Words) SDG(code string) string {
	if g, ok := w.Charter.SDG.Goals.Get(code); ok {
		return code + ". " + g.Name.In(w.Lang)
	}
	if t, ok := w.Charter.SDG.Targets.Get(code); ok {
		return code + " " + t.Name.In(w.Lang)
	}
	return code
}
