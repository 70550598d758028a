package impact

import (
	"embed"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this package.
var Migrations = db.Migrations{Module: "impact", FS: migrations}

// Deps are the neighbours of the module.
type Deps struct {
	DB         *db.DB
	Log        *event.Log
	Charters   *charter.Store
	People     *people.Module
	Roundtable *roundtable.Module
	Delivery   *delivery.Module // decides who may do what
	Pepper     []byte           // under which addresses of the network are counted, never kept
}

// Module is the indicators of a city's initiatives.
type Module struct {
	Deps
	sums sums
}

// New makes the module over its neighbours.
func New(d Deps) *Module { return &Module{Deps: d} }

func notFound() error { return fault.New(fault.NotFound, "fault.notfound") }
