package roundtable

import (
	"context"

	"ronda/city/charter"
	"ronda/platform/clock"
	"ronda/platform/event"
	"ronda/platform/fault"
)

// Told is evidence that another module gives of an item of a step, e.g. minutes
// of a meeting. Telling the same of the same source again replaces it.
type Told struct {
	Source     event.Subject // what shows it, e.g. the meeting
	Item       string        // code of the item; the flow says of which step
	Kind       charter.Evidence
	Day        clock.Day
	Text       string
	URL        string
	Figure     int64
	Specialist *Specialist // what a specialist said, beside the evidence
}

// Tell takes what another module tells of an initiative.
func (m *Module) Tell(ctx context.Context, initiative string, t Told) error {
	return fault.New(fault.Unavailable, "fault.unavailable")
}
