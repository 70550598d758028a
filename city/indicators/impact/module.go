package impact

import (
	"context"
	"embed"

	"ronda/city/charter"
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
}

// Module is the indicators of a city's initiatives.
type Module struct{ Deps }

// New makes the module over its neighbours.
func New(d Deps) *Module { return &Module{d} }

// nobody is who acts where no person does.
func notFound() error { return fault.New(fault.NotFound, "fault.notfound") }

// current is the charter in force.
func (m *Module) current(ctx context.Context) (*charter.Charter, error) { return m.Charters.Current(ctx) }
