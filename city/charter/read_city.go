package charter

import (
	"regexp"
	"slices"
	"time"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"ronda/city/charter/internal/strict"
	"ronda/platform/i18n"
)

var prefixForm = regexp.MustCompile(`^[A-Z]{2,6}$`)

func (p *parser) city(o *strict.Object) {
	langs := as[i18n.Lang](o.Choices("languages", as[string](i18n.Langs)...))
	if len(langs) > 0 {
		p.Speak(langs)
	}
	p.c.City = City{
		Code: o.Code("code"), Name: o.Words("name"), Roundtable: o.Words("roundtable"),
		Country: o.Text("country"), Zone: zone(o), Currency: o.Text("currency"), Languages: langs,
		NumberPrefix: o.Match("number_prefix", prefixForm, "charter.problem.prefix"),
		BudgetBody:   o.Ref("budget_body", "body"), SDGFocus: o.OptRefs("sdg_focus", "sdg_goal"),
	}
	p.c.Says, p.c.saysAt = map[string]Name{}, map[string]strict.At{}
	o.OptObject("words", func(o *strict.Object) {
		for _, key := range o.Keys() {
			p.c.Says[key], p.c.saysAt[key] = o.Words(key), o.AtKey(key)
		}
	})
	if c := p.c.City.Country; c != "" {
		if r, err := language.ParseRegion(c); err != nil || !r.IsCountry() || r.String() != c {
			o.Fail("country", "charter.problem.country", "value", c)
		}
	}
	if c := p.c.City.Currency; c != "" {
		if unit, err := currency.ParseISO(c); err != nil || unit.String() != c {
			o.Fail("currency", "charter.problem.currency", "value", c)
		}
	}
}

// zone reads the time zone. "Local" and an empty name are zones to Go, but say
// nothing of the city.
func zone(o *strict.Object) *time.Location {
	name := o.Text("zone")
	if name == "" {
		return nil
	}
	z, err := time.LoadLocation(name)
	if err != nil || slices.Contains([]string{"Local", "local"}, name) {
		o.Fail("zone", "charter.problem.zone", "value", name)
		return nil
	}
	return z
}
