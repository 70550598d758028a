package impact

import (
	"context"

	"ronda/city/charter"
	"ronda/city/roundtable"
	"ronda/platform/desk"
	"ronda/platform/event"
	"ronda/platform/fault"
)

func unwritten() error { return fault.New(fault.Unavailable, "fault.unavailable") }

// Report takes a reading.
func (m *Module) Report(context.Context, Reading) (Measurement, error) { return Measurement{}, unwritten() }

// Define adds an indicator to an initiative.
func (m *Module) Define(context.Context, string, Definition) (Indicator, error) {
	return Indicator{}, unwritten()
}

// Edit changes a definition from a version.
func (m *Module) Edit(context.Context, string, Definition, int64, string) error { return unwritten() }

// Retire ends the measuring of an indicator.
func (m *Module) Retire(context.Context, string, string) error { return unwritten() }

// Of are the indicators of an initiative, by its number.
func (m *Module) Of(context.Context, string) ([]Indicator, error) { return nil, unwritten() }

// EachIndicator reads every public indicator.
func (m *Module) EachIndicator(context.Context, func(Indicator) error) error { return unwritten() }

// EachMeasurement reads every version of every public measurement, in the order of indicators and periods.
func (m *Module) EachMeasurement(context.Context, func(Indicator, Measurement) error) error { return unwritten() }

// Desk is the measurements that a person owes.
func (m *Module) Desk(context.Context, string) ([]desk.Item, error) { return nil, unwritten() }

// Guard stops the signature of the step that asks for an indicator of impact.
func (m *Module) Guard(context.Context, roundtable.Initiative, charter.Step) error { return nil }

// Listen hears of adoptions.
func (m *Module) Listen(*event.Log) {}

// Forget parts a person from what is kept here.
func (m *Module) Forget(context.Context, string) error { return nil }
