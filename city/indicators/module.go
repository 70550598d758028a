package indicators

import (
	"context"
	"embed"
	"sync"
	"sync/atomic"

	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/indicators/impact"
	"ronda/city/meetings"
	"ronda/city/roundtable"
	"ronda/platform/db"
	"ronda/platform/event"
)

//go:embed migrations
var migrations embed.FS

// Migrations are the tables of this module.
var Migrations = db.Migrations{Module: "indicators", FS: migrations}

// Deps are the neighbours of the module.
type Deps struct {
	DB         *db.DB
	Charters   *charter.Store
	Roundtable *roundtable.Module
	Meetings   *meetings.Module
	Delivery   *delivery.Module // who executes and takes part; nil: nobody yet
	Impact     *impact.Module   // measurements filed; nil: none are
}

// Module is the indices of a city.
type Module struct {
	Deps
	db       *db.DB
	kept     atomic.Pointer[Picture]
	behind   atomic.Pointer[drill] // the facts of the kept picture, nil while nobody asks for them
	asked    atomic.Bool           // somebody has asked for them since the last picture
	drilling sync.Mutex            // held by whoever reads them
	heard    atomic.Bool           // of a moment since the kept picture was begun
}

// New makes the module over its neighbours.
func New(d Deps) *Module { return &Module{Deps: d, db: d.DB} }

// noted are the events that become moments, with the name of what they carry.
var noted = map[string]string{
	roundtable.EventOwnerAsked: "ministry", roundtable.EventOwnerIn: "ministry", roundtable.EventOwnerOut: "ministry", roundtable.EventReturned: "step",
}

// Listen notes moments as they happen.
func (m *Module) Listen(l *event.Log) {
	l.Listen("indicators.moments", func(ctx context.Context, e event.Event) error {
		name, ok := noted[e.Kind]
		if !ok || e.Subject.Kind != roundtable.SubjectKind {
			return nil
		}
		defer m.heard.Store(true)
		return m.db.Write(ctx, func(ctx context.Context) error {
			_, err := m.db.Exec(ctx, `INSERT INTO indicators_moment (event, initiative, kind, code, at) VALUES ($1, $2, $3, $4, $5)
				ON CONFLICT (event) DO NOTHING`, e.ID, e.Subject.ID, e.Kind, e.Data[name], e.At)
			return err
		})
	})
}
