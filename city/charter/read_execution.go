package charter

import (
	"slices"
	"strings"

	"ronda/city/charter/internal/strict"
	"ronda/platform/clock"
)

// The greatest bounds of a light, in days and in percentage points.
const (
	termMax  = 3650
	pointMax = 100
)

func (p *parser) execution(o *strict.Object) {
	e := Execution{
		Week: week(o), Holidays: p.holidays(o),
		Functions:    each(o, "functions", func(o *strict.Object) Function { return Function{p.entry(o, "function")} }),
		Sources:      each(o, "funding_sources", func(o *strict.Object) FundingSource { return FundingSource{p.entry(o, "funding_source")} }),
		Routes:       each(o, "routes", func(o *strict.Object) Route { return Route{p.entry(o, "route")} }),
		Competences:  p.competences(o),
		ReportEvery:  o.Int("report_every", 1, 365),
		MeasureGrace: o.Int("measure_grace", 0, 365),
	}
	o.Object("light", func(o *strict.Object) {
		e.Light.LateAmber, e.Light.LateRed = rising(o, "late", termMax)
		e.Light.GapAmber, e.Light.GapRed = rising(o, "gap", pointMax)
	})
	p.c.Execution = e
}

// weekdays are the names of the days in the files, by time.Weekday.
var weekdays = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

func week(o *strict.Object) (works [7]bool) {
	days := o.Choices("week", weekdays...)
	for _, day := range days {
		works[slices.Index(weekdays, day)] = true
	}
	return works
}

// holidays reads each holiday with its days. A day may have only one.
func (p *parser) holidays(o *strict.Object) []Holiday {
	var all []Holiday
	seen := map[clock.Day]string{}
	o.Each("holidays", func(o *strict.Object) {
		e := p.entry(o, "holiday")
		o.NeedTexts("days", func(s string, at strict.At) {
			day, err := clock.ParseDay(strings.TrimSpace(s))
			switch other := seen[day]; {
			case err != nil:
				p.Fail(at, "charter.problem.day", "name", "days", "value", s)
			case other != "":
				p.Fail(at, "charter.problem.holiday_twice", "day", day, "other", other)
			default:
				seen[day] = e.Code
				all = append(all, Holiday{Day: day, Name: e.Name})
			}
		})
	})
	slices.SortFunc(all, func(a, b Holiday) int { return compareDays(a.Day, b.Day) })
	return all
}

// competences reads who may act in what: bodies by their codes, or all bodies of
// some kinds.
func (p *parser) competences(o *strict.Object) List[Competence] {
	var all []Competence
	o.OptEach("competences", func(o *strict.Object) {
		k := Competence{Entry: p.entry(o, "competence"), Bodies: o.OptRefs("bodies", "body")}
		if o.Has("kinds") {
			kinds := as[Kind](o.Choices("kinds", as[string](Kinds)...))
			for _, b := range p.c.Bodies.all {
				if slices.Contains(kinds, b.Kind) && !slices.Contains(k.Bodies, b.Code) {
					k.Bodies = append(k.Bodies, b.Code)
				}
			}
		}
		if len(k.Bodies) == 0 {
			p.Fail(o.At(), "charter.problem.nobody_competent", "code", k.Code)
		}
		all = append(all, k)
	})
	return newList(all)
}

// rising reads the two bounds of a light; red is above amber.
func rising(o *strict.Object, key string, top int) (amber, red int) {
	o.Object(key, func(o *strict.Object) {
		amber, red = o.Int("amber", 1, top), o.Int("red", 1, top)
		if red != 0 && red <= amber {
			o.Fail("red", "charter.problem.light", "amber", amber, "red", red)
		}
	})
	return amber, red
}
