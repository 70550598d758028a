package impact

import (
	"context"
	"slices"
	"strings"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/i18n"
)

// Guard stops the signature of the step that asks for an indicator of what changes
// for people, while indicators are kept here and none of them is complete. Where
// none is kept the evidence alone decides.
func (m *Module) Guard(ctx context.Context, x roundtable.Initiative, step charter.Step) error {
	ch, err := m.Charters.ByID(ctx, x.Charter)
	if err != nil {
		return err
	}
	item := ch.Flow.ShownBy(charter.ProofOutcome)
	if item == "" || !step.Items.Has(item) {
		return nil
	}
	list, err := m.find(ctx, `WHERE initiative = $1 AND retired_at = 0 ORDER BY id`, x.ID)
	if err != nil || len(list) == 0 || slices.ContainsFunc(list, func(i Indicator) bool { return i.Impact() }) {
		return err
	}
	var c fault.Check
	c.Fail("item-"+item, "indicators.impact.fault.no_impact")
	return c.Err()
}

// prove tells the step that asks for impact what is kept here, while the
// initiative is in the round.
func (m *Module) prove(ctx context.Context, v roundtable.View) error {
	if v.Initiative.State != roundtable.Filed {
		return nil
	}
	list, err := m.find(ctx, `WHERE initiative = $1 AND retired_at = 0 ORDER BY id`, v.Initiative.ID)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		if err := m.proveOutcome(ctx, v, list); err != nil {
			return err
		}
		if err := m.provePlanned(ctx, v); err != nil {
			return err
		}
	}
	return m.proveScore(ctx, v)
}

// proof is evidence of an item that this package shows by itself.
func (m *Module) proof(ctx context.Context, v roundtable.View, shows charter.Proof, t roundtable.Told) error {
	t.Item = v.Charter.Flow.ShownBy(shows)
	if t.Item == "" {
		return nil
	}
	t.Source = event.Subject{Kind: "impact." + string(shows), ID: v.Initiative.ID}
	return m.Roundtable.Tell(ctx, v.Initiative.ID, t)
}

// proveOutcome lists the complete indicators of what changes for people.
func (m *Module) proveOutcome(ctx context.Context, v roundtable.View, list []Indicator) error {
	said := i18n.With(ctx, nil, inLanguage(v.Charter)) // the same whoever causes it
	var lines []string
	last := Indicator{}
	for _, i := range list {
		if i.Impact() {
			lines = append(lines, i.line(said))
			last = i
		}
	}
	body := ""
	if p, ok := v.Charter.Posts.Get(last.Post); ok {
		body = p.Body
	}
	return m.proof(ctx, v, charter.ProofOutcome, roundtable.Told{Kind: charter.EvidenceList, Text: strings.Join(lines, "\n"), Withdrawn: len(lines) == 0, Post: last.Post, Body: body})
}

// line says an indicator in a line: what, from where to where, when.
func (i Indicator) line(ctx context.Context) string {
	way := i.Baseline.Say(ctx, i.Decimals) + " → " + i.Target.Say(ctx, i.Decimals) + " " + i.Unit
	return strings.Join([]string{i.Number + " " + strings.ReplaceAll(i.Name, ";", ","), strings.ReplaceAll(way, ";", ","), string(i.TargetDay)}, "; ")
}

// provePlanned tells how many people the dossier plans to reach.
func (m *Module) provePlanned(ctx context.Context, v roundtable.View) error {
	var total int64
	for _, p := range v.Dossier.Planned {
		total += p.People
	}
	return m.proof(ctx, v, charter.ProofBeneficiaries, roundtable.Told{Kind: charter.EvidenceFigure, Figure: total, Withdrawn: total == 0})
}

// proveScore tells the score of scope and impact, if there is one.
func (m *Module) proveScore(ctx context.Context, v roundtable.View) error {
	s, ok, err := m.score(ctx, v.Initiative.ID)
	if err != nil || !ok {
		return err
	}
	return m.proof(ctx, v, charter.ProofThreshold, roundtable.Told{Kind: charter.EvidenceFigure, Figure: s.Figure(v.Charter), Post: s.Post, Body: s.Body})
}

// inLanguage is the language in which evidence is told: the city's first.
func inLanguage(ch *charter.Charter) i18n.Lang {
	if len(ch.City.Languages) > 0 {
		return ch.City.Languages[0]
	}
	return i18n.Spanish
}
