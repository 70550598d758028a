package opendata

import (
	"cmp"
	"context"
	"errors"
	"io"
	"strconv"
	"time"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/opendata/iati"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/clock"
	"ronda/platform/db"
	"ronda/platform/fault"
	"ronda/platform/web"
)

// Codes of IATI's lists.
const (
	localGovernment = "11"
	oneProvince     = "6"  // scope: sub-national, a single first-level division
	ownVocabulary   = "99" // the reporting organisation's
	goalTag         = "2"
	targetTag       = "3"
)

// writeIATI writes the public portfolio as IATI activities; NotFound, with nothing
// written, while there is none.
func (s *sources) writeIATI(ctx context.Context, w io.Writer, told func(Skipped)) error {
	ctx = public(ctx, "iati", told)
	p, err := s.gather(ctx, s.gatherChoices, s.gatherDraws, s.gatherSpent, s.gatherImpact, s.gatherExecution)
	if err != nil {
		return err
	}
	out := iati.NewWriter(w, clock.Now(ctx))
	n := 0
	err = s.Roundtable.Each(ctx, roundtable.Filter{}, func(i roundtable.Initiative) error {
		n++
		a, _, err := made(i, func(i roundtable.Initiative) ([]any, bool) { return []any{p.activity(ctx, i)}, true })
		if err == nil {
			err = out.Write(a[0].(iati.Activity))
		}
		var broken *Broken
		var unsayable iati.Unsayable
		if errors.As(err, &broken) || errors.As(err, &unsayable) {
			told(Skipped{Dataset: "iati", Row: n, Reference: i.Number, Why: whyBroken})
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	if out.Empty() { // the standard knows no file without an activity
		return fault.New(fault.NotFound, "opendata.files.none")
	}
	return out.Close()
}

// public is a context in which somebody without an account reads, and rows that
// cannot be read are told.
func public(ctx context.Context, file string, told func(Skipped)) context.Context {
	return db.Skipping(people.With(ctx, people.Standing{}), func(error) { told(Skipped{Dataset: file, Why: whyUnreadable}) })
}

// projectID names an initiative of this city in the formats of others.
func projectID(ch *charter.Charter, number string) string {
	return "ronda-" + ch.City.Code + "-" + number
}

// activity is an initiative as an activity.
func (p *portfolio) activity(ctx context.Context, i roundtable.Initiative) iati.Activity {
	ch := p.charter
	kind, _ := ch.Frame.Types.Get(i.Type)
	axis, _ := ch.Frame.Axes.Get(i.Axis)
	english := func(n charter.Name) string { return n.In("en") }
	a := iati.Activity{Lang: "es", Currency: ch.City.Currency, Updated: i.Moved.UTC().Format(time.RFC3339), Identifier: projectID(ch, i.Number),
		Reporting: iati.Org{Ref: "ronda-" + ch.City.Code, Type: localGovernment, Text: named(ch.City.Name)},
		Title:     iati.Say("es", i.Title, "en", cmp.Or(english(kind.Name), "Initiative")+" “"+i.Title+"”"),
		Description: []iati.Description{{Type: "1", Text: iati.Say("es", cmp.Or(i.Line, i.Title), "en", "Initiative "+i.Number+" of "+english(ch.City.Name)+
			"; axis: "+english(axis.Name)+"; proposed by "+english(p.body(i.Sponsor).Name)+".")}},
		Others: []iati.Other{{Ref: i.Number, Type: "A1"}}, Status: iati.Code{Code: p.status(i)}, Dates: p.dates(i), Orgs: p.orgs(i),
		Scope: &iati.Code{Code: oneProvince}, Locations: p.locations(i), Tags: p.tags(i), Budgets: p.budgets(i), Moves: p.moves(i), Results: p.results(i),
		Links: []iati.Link{{Format: "text/html", URL: web.Origin(ctx) + "/iniciativas/" + i.Number, Title: iati.Say("es", i.Title), Category: iati.Code{Code: "A12"}}}}
	if i.Change != "" {
		a.Description = append(a.Description, iati.Description{Type: "2", Text: iati.Say("es", i.Change)})
	}
	if ch.City.Country != "" {
		a.Countries = []iati.Share{{Code: ch.City.Country}}
	}
	if i.Axis != "" {
		a.Sectors = []iati.Sector{{Vocabulary: ownVocabulary, URI: web.Origin(ctx) + "/ejes", Code: i.Axis, Text: named(axis.Name)}}
	}
	return a
}

func named(n charter.Name) iati.Text { return iati.Say("es", n.In("es"), "en", n.In("en")) }

func (p *portfolio) body(code string) charter.Body {
	b, ok := p.charter.Bodies.Get(code)
	if !ok {
		b.Name = charter.Name{"es": code, "en": code}
	}
	return b
}

// status is where an initiative stands in the words of the standard.
func (p *portfolio) status(i roundtable.Initiative) string {
	switch i.State {
	case roundtable.Adopted:
		run, runs := p.runs[i.Number]
		switch {
		case over(run):
			return iati.Finalisation
		case runs:
			return iati.Implementation
		}
	case roundtable.Declined, roundtable.Withdrawn:
		return iati.Cancelled
	case roundtable.Deferred:
		return iati.Suspended
	}
	return iati.Pipeline
}

// over says whether the last report of who carries it out said that it is done.
func over(e delivery.PublicExecution) bool { return e.Reports > 0 && e.Next == "" }

// dates are when its plan begins and ends, and, once a ministry carries it out, when
// that began and ended. What has no plan is planned from the day on which it entered
// the round.
func (p *portfolio) dates(i roundtable.Initiative) []iati.ActivityDate {
	zone := p.charter.City.Zone
	entered := cmp.Or(i.FiledAt, i.DecidedAt, i.Created)
	plan := p.spans[i.Number]
	out := []iati.ActivityDate{{Type: iati.PlannedStart, Date: string(cmp.Or(plan.start, clock.DayOf(entered, zone)))}}
	run, runs := p.runs[i.Number]
	if runs {
		out = append(out, iati.ActivityDate{Type: iati.ActualStart, Date: string(clock.DayOf(run.Since, zone))})
	}
	if plan.finish != "" {
		out = append(out, iati.ActivityDate{Type: iati.PlannedEnd, Date: string(plan.finish)})
	}
	if over(run) {
		out = append(out, iati.ActivityDate{Type: iati.ActualEnd, Date: string(run.Reported)})
	}
	return out
}

// orgs are the city that pays, the ministry that answers, and who carries it out:
// the ministry that took it over or, before one did, the body that proposed it.
func (p *portfolio) orgs(i roundtable.Initiative) []iati.Org {
	org := func(ref, role string, name charter.Name) iati.Org {
		return iati.Org{Ref: "ronda-" + p.charter.City.Code + ref, Type: localGovernment, Role: role, Text: named(name)}
	}
	var out []iati.Org
	if len(p.draws[i.ID]) > 0 {
		out = append(out, org("", "1", p.charter.City.Name))
	}
	executor := p.runs[i.Number].Executor
	if answers := cmp.Or(executor, i.Ministry); answers != "" {
		out = append(out, org("-"+answers, "2", p.body(answers).Name))
	}
	if carries := cmp.Or(executor, i.Sponsor); carries != "" {
		out = append(out, org("-"+carries, "4", p.body(carries).Name))
	}
	if len(out) == 0 {
		out = append(out, org("", "2", p.charter.City.Name))
	}
	return out
}

func (p *portfolio) locations(i roundtable.Initiative) []iati.Location {
	var out []iati.Location
	for _, code := range p.places[i.ID] {
		place, ok := p.charter.Territories.Get(code)
		if ok {
			out = append(out, iati.Location{Ref: code, Name: named(place.Name)})
		}
	}
	return out
}

// tags are the goals and targets of sustainable development.
func (p *portfolio) tags(i roundtable.Initiative) []iati.Sector {
	var out []iati.Sector
	add := func(code string) {
		if g, ok := p.charter.SDG.Goals.Get(code); ok {
			out = append(out, iati.Sector{Vocabulary: goalTag, Code: code, Text: named(g.Name)})
		} else if t, ok := p.charter.SDG.Targets.Get(code); ok {
			out = append(out, iati.Sector{Vocabulary: targetTag, Code: code, Text: named(t.Name)})
		}
	}
	add(i.SDG)
	for _, c := range p.choices[i.ID] {
		if c.kind == "sdg" {
			add(c.code)
		}
	}
	return out
}

// amount is centavos as the standard writes money.
func amount(centavos int64) string { return strconv.FormatFloat(units(centavos), 'f', 2, 64) }
