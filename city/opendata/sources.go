package opendata

import (
	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/delivery/budget"
	"ronda/city/delivery/workplan"
	"ronda/city/ideas"
	"ronda/city/indicators"
	"ronda/city/indicators/impact"
	"ronda/city/meetings"
	"ronda/city/roundtable"
)

// Deps are the modules whose public lists are given away.
type Deps struct {
	Charters   *charter.Store
	Roundtable *roundtable.Module
	Meetings   *meetings.Module
	Ideas      *ideas.Module
	Indices    *indicators.Module
	Delivery   *delivery.Module
	Plans      *workplan.Module
	Budget     *budget.Module
	Impact     *impact.Module
}

// sources read the modules.
type sources struct{ Deps }

// New makes the catalogue of a city.
func New(d Deps) *Catalogue {
	s := &sources{d}
	var sets []Dataset
	for _, of := range []func() []Dataset{s.round, s.ofMeetings, s.ofExecution, s.ofDelivery, s.ofBudget, s.ofImpact, s.ofIndices, s.ofIdeas} {
		sets = append(sets, of()...)
	}
	return NewCatalogue(sets, s.files())
}
