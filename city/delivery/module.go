package delivery

import (
	"embed"

	"ronda/city/charter"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/photo"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "delivery", FS: migrations}

// Deps are the neighbours of the module.
type Deps struct {
	DB         *db.DB
	Log        *event.Log
	Charters   *charter.Store
	People     *people.Module
	Roundtable *roundtable.Module
	Physical   Progress  // of the work plan; nil: nothing is known
	Money      Spending  // of the budget; nil: nothing is known
	Advance    Advancing // of the work plan; nil: reports tell of no task
}

// Module is the execution of what a city's roundtable adopts.
type Module struct {
	Deps
	db       *db.DB
	log      *event.Log
	darkroom *photo.Darkroom
}

// New makes the module over its neighbours.
func New(d Deps) *Module {
	return &Module{Deps: d, db: d.DB, log: d.Log, darkroom: photo.NewDarkroom()}
}
