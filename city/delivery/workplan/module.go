package workplan

import (
	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/db"
	"ronda/platform/event"
)

// Deps are the neighbours of the module.
type Deps struct {
	DB         *db.DB
	Log        *event.Log
	Charters   *charter.Store
	People     *people.Module
	Roundtable *roundtable.Module
	Delivery   *delivery.Module // who may do what
}

// Module is the work plans of a city.
type Module struct {
	Deps
	db        *db.DB
	log       *event.Log
	calendars calendars
}

// New makes the module over its neighbours.
func New(d Deps) *Module { return &Module{Deps: d, db: d.DB, log: d.Log} }
