package impact_test

import (
	"errors"
	"testing"
	"time"

	"ronda/cities"
	"ronda/city/charter"
	"ronda/city/delivery"
	"ronda/city/indicators/impact"
	"ronda/city/people"
	"ronda/city/roundtable"
	"ronda/city/roundtable/roundtest"
	"ronda/platform/db"
	"ronda/platform/event"
	"ronda/platform/fault"
	"ronda/platform/search"
)

const (
	planner = "director-planificacion"
	chief   = "jefe-de-gabinete"
	other   = "ministro-cultura"
)

// town is a roundtable whose initiatives are measured.
type town struct {
	*roundtest.World
	log    *event.Log
	impact *impact.Module
}

func tables(e db.Engine) []db.Migrations {
	return []db.Migrations{event.Migrations, charter.Migrations, people.Migrations, search.Migrations(e), roundtable.Migrations, delivery.Migrations, impact.Migrations}
}

// newTown is a town on an empty database.
func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	log := event.New(d)
	w := &town{World: &roundtest.World{T: t, DB: d, Charters: charter.NewStore(d), Now: time.Date(2026, 3, 24, 13, 40, 0, 0, time.UTC)}, log: log}
	files, err := cities.Open("buenosaires")
	w.Must(err)
	w.City, err = w.Charters.Install(w.As(), files, "", "test")
	w.Must(err)
	w.People = people.New(d, log, w.Charters.Current)
	w.Roundtable = roundtable.New(d, log, w.Charters, w.People)
	w.measured()
	return w
}

func (w *town) measured() {
	own := delivery.New(delivery.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable})
	w.impact = impact.New(impact.Deps{DB: w.DB, Log: w.log, Charters: w.Charters, People: w.People, Roundtable: w.Roundtable, Delivery: own, Pepper: []byte("pepper")})
	w.impact.Listen(w.log)
}

// later lets listeners hear, and days pass.
func (w *town) later(days int) {
	w.Helper()
	w.Must(w.log.Dispatch(w.As()))
	w.Now = w.Now.AddDate(0, 0, days)
}

// adopted is an initiative in execution since 24 March 2026.
func (w *town) adopted(title string) string {
	w.Helper()
	number := w.Filed(title, nil)
	w.Must(w.Roundtable.Overrule(w.As(chief), number, "Hace falta que empiece este año."))
	w.later(0)
	return number
}

// defined is a definition that lacks nothing.
func defined() impact.Definition {
	return impact.Definition{Name: "Estudiantes con proyecto propio", Kind: impact.Outcome, Social: true, Unit: "estudiantes", Direction: impact.Up,
		Baseline: impact.Of(1000), BaselineDay: "2026-01-01", Target: impact.Of(9000), TargetDay: "2027-12-31", Source: "Relevamiento anual",
		Every: impact.Quarterly, Post: roundtest.Proposer, ByTerritory: true, ByGroup: true, PerInhabitant: true}
}

func (w *town) define(number string, change func(*impact.Definition)) impact.Indicator {
	w.Helper()
	d := defined()
	if change != nil {
		change(&d)
	}
	i, err := w.impact.Define(w.As(roundtest.Proposer), number, d)
	w.Must(err)
	return i
}

// reading is a reading of the first quarter of 2026.
func reading(i impact.Indicator, value string) impact.Reading {
	return impact.Reading{Indicator: i.Number, Period: "2026-Q1", Value: value, Note: "Planilla de las escuelas"}
}

// refused checks the kind of a fault, and its field when one is named.
func refused(t *testing.T, what string, err error, kind fault.Kind, field, key string) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: %v, want %s", what, err, kind)
		return
	}
	var f *fault.Error
	if errors.As(err, &f); field != "" {
		for _, x := range f.Fields {
			if x.Name == field && x.Key == "indicators.impact.fault."+key {
				return
			}
		}
		t.Errorf("%s: %v, want %s to say %s", what, f.Fields, field, key)
	}
}
